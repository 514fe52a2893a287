//! How prices are made of what suppliers bill, and a supplier's invoice passed on to customers.

use app::receivables::{self, Onward};
use domain::{
    access::Permission,
    id::{PriceRuleId, SupplierInvoiceId},
    money::Money,
    receivable::pricing::{Base, Rounding, Rule},
};
use store::receivables::prices::PriceRule;
use text::{billing, format};

use super::invoice::number;
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        billing::tabs,
        pieces::choice,
        see_with,
        shell::{Done, Page},
        view::{OnwardLine, PassOnPage, PriceRuleLine, PriceRulesPage},
    },
};

const PATH: &str = "/price-rules";

/// `GET /price-rules`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page).await?;
    page.html(&view)
}

async fn view(page: &Page) -> Answer<PriceRulesPage> {
    let rules = receivables::price_rules(&page.app, &page.agent).await?;
    let words = page.reader.words;
    let (_, (customers, suppliers)) = page
        .read("billing", |tx| {
            Box::pin(async move {
                let customers = store::parties::customers(tx, "", None, 500).await?;
                Ok((customers, store::suppliers::all(tx).await?))
            })
        })
        .await?;
    let customer = |rule: &Rule| {
        let id = rule.customer?;
        Some(customers.iter().find(|one| one.id == id).map_or_else(|| id.to_string(), |one| one.name.clone()))
    };
    let supplier = |rule: &Rule| {
        let id = rule.supplier?;
        suppliers.iter().find(|one| one.id == id).map(|one| one.name.clone())
    };
    let line = |kept: &PriceRule| {
        let rule = &kept.rule.0;
        let base = words.word("price-base", rule.base.word()).into_owned();
        let rounding = words.word("price-rounding", rule.rounding.word()).into_owned();
        PriceRuleLine {
            id: kept.id.to_string(),
            customer: customer(rule).unwrap_or_default(),
            supplier: supplier(rule).unwrap_or_default(),
            product: rule.product.clone(),
            price: words.f(
                "price-rule-price",
                &[
                    ("base", base.into()),
                    ("percent", signed(page, rule).into()),
                    ("rounding", rounding.into()),
                    ("step", billing::decimal(words, rule.step).into()),
                ],
            ),
        }
    };
    let anybody = |key: &str| choice("", words.t(key), true);
    Ok(PriceRulesPage {
        tabs: tabs(page, PATH),
        notice: page.notice(),
        rules: rules.iter().map(line).collect(),
        customers: std::iter::once(anybody("price-rule-everybody"))
            .chain(customers.iter().map(|one| choice(one.id, one.name.as_str(), false)))
            .collect(),
        suppliers: std::iter::once(anybody("price-rule-every-supplier"))
            .chain(suppliers.iter().map(|one| choice(one.id, one.name.as_str(), false)))
            .collect(),
        bases: page.reader.choices("price-base", Base::ALL, Some(Base::Cost)),
        roundings: page.reader.choices("price-rounding", Rounding::ALL, Some(Rounding::Nearest)),
        may_manage: page.agent.may(Permission::ReceivablesManage),
        shell: page.shell("billing").await?,
    })
}

/// What is added, with its sign.
fn signed(page: &Page, rule: &Rule) -> String {
    let text = billing::decimal(page.reader.words, rule.percent);
    if rule.percent.is_sign_negative() { text } else { format!("+{text}") }
}

/// `POST /price-rules`.
pub(crate) async fn add(page: Page, form: Form) -> Answer {
    let done = async {
        let rule = Rule {
            customer: form.optional("customer")?,
            supplier: form.optional("supplier")?,
            product: form.get("product").to_owned(),
            base: form.parse("base")?,
            percent: number(form.get("percent"), "percent")?,
            step: number(form.get("step"), "step")?,
            rounding: form.parse("rounding")?,
        };
        receivables::add_price_rule(&page.app, &page.agent, rule).await
    };
    match done.await {
        Ok(_) => Ok(see_with(PATH, &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(PATH, &form, error)?;
            let view = view(&page).await?;
            page.again(&view)
        }
    }
}

/// `POST /price-rules/{id}/remove`.
pub(crate) async fn remove(page: Page, Path(id): Path<PriceRuleId>) -> Answer {
    receivables::remove_price_rule(&page.app, &page.agent, id).await?;
    Ok(see_with(PATH, &Done::Removed.into()))
}

/// `GET /payables/{id}/pass-on`.
pub(crate) async fn preview(page: Page, Path(id): Path<SupplierInvoiceId>) -> Answer {
    let view = pass_on_view(&page, id).await?;
    page.html(&view)
}

async fn pass_on_view(page: &Page, id: SupplierInvoiceId) -> Answer<PassOnPage> {
    let found = receivables::pass_on_preview(&page.app, &page.agent, id).await?;
    let words = page.reader.words;
    let lines: Vec<OnwardLine> = found.onward.iter().map(|one| onward(page, one)).collect();
    Ok(PassOnPage {
        notice: page.notice(),
        id: id.to_string(),
        number: found.invoice.number.clone(),
        refused: found.refused.map(|why| words.word("problem", why).into_owned()),
        no_rules: found.rules.is_empty(),
        may_pass: found.refused.is_none()
            && page.agent.may(Permission::ReceivablesManage)
            && found.onward.iter().any(|one| one.vat.is_some() && !one.passed.lines.is_empty()),
        lines,
        shell: page.shell("billing").await?,
    })
}

fn onward(page: &Page, one: &Onward) -> OnwardLine {
    let words = page.reader.words;
    let currency = one.share.currency;
    let cost = one.cost();
    let price = Money { minor: one.net, currency };
    let margin = domain::receivable::invoice::decimal(price).saturating_sub(cost);
    let mut left: Vec<String> = Vec::new();
    if one.customer.is_none() {
        left.push(words.t("pass-on-no-customer").into_owned());
    } else if one.vat.is_none() {
        left.push(words.t("pass-on-no-vat").into_owned());
    }
    for (why, (lines, cost)) in &one.passed.left {
        let amount = billing::amount(words, *cost, currency);
        let why = words.word("pass-on-left", why.word()).into_owned();
        left.push(words.f(
            "pass-on-left",
            &[("n", i64::from(*lines).into()), ("why", why.into()), ("amount", amount.into())],
        ));
    }
    OnwardLine {
        name: one.customer.as_ref().map_or_else(|| one.share.name.clone(), |(_, name)| name.clone()),
        href: one.customer.as_ref().map(|(id, _)| format!("/receivables/customers/{id}")).unwrap_or_default(),
        vat: one.vat.map(|vat| {
            let rate = if vat.category.is_taxed() {
                format!(" {}\u{a0}%", vat.rate.normalize())
            } else {
                String::new()
            };
            format!("{}{rate}", words.word("vat", vat.category.word()))
        }),
        lines: one.passed.lines.len().to_string(),
        cost: billing::amount(words, cost, currency),
        price: format::money(words, price),
        margin: billing::amount(words, margin, currency),
        is_loss: margin.is_sign_negative() && !margin.is_zero(),
        left,
    }
}

/// `POST /payables/{id}/pass-on`.
pub(crate) async fn pass_on(page: Page, Path(id): Path<SupplierInvoiceId>, form: Form) -> Answer {
    match receivables::pass_on(&page.app, &page.agent, id).await {
        Ok(_) => Ok(see_with("/receivables?show=drafts", &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing("pass-on", &form, error)?;
            let view = pass_on_view(&page, id).await?;
            page.again(&view)
        }
    }
}
