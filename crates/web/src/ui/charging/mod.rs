//! Charging for support: what is to be invoiced, what customers have paid for before, and how it is said.

pub(crate) mod prepaid;

use std::collections::BTreeMap;

use app::charging;
use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use domain::{
    access::Permission,
    charging::{
        entitlement::Entitlement,
        rules::{INCREMENTS, Rules},
    },
    clock::promise::Seconds,
    id::{ChargeId, CustomerId},
    money::{Currency, Money},
    receivable::invoice::VatCategory,
};
use store::charging::Listed;
use text::{Words, format};

use super::{
    admin::amount,
    billing::tabs,
    pieces::choice,
    receivables::invoice::read_vat,
    see_with,
    shell::{Done, Page},
    view::{ChargeLine, ChargesPage, Link, Pages, RulesForm},
};
use crate::{
    form::{Form, Query},
    problem::Answer,
};

const PATH: &str = "/charges";
const RULES: &str = "/charges/rules";
const TO_DRAFTS: &str = "/charges/drafts";
/// Where the drafts are.
const DRAFTS_OF: &str = "/receivables?show=drafts";
/// How many lines a page has.
const ROWS: i64 = 50;

/// What a request is entitled to: in a word, and why, in sentences.
pub(crate) fn explained(words: Words, entitlement: &Entitlement) -> (String, String) {
    let time = |minutes: u32| format::duration_working(words, i64::from(minutes) * 60);
    let money = |amount: Money| format::money(words, amount);
    let why = match entitlement {
        Entitlement::Plan { name, .. } => words.f("charge-why-plan", &[("name", name.into())]),
        Entitlement::Prepaid { name, left, beyond, .. } => {
            let first = words.f("charge-why-prepaid", &[("name", name.into()), ("left", time(*left).into())]);
            let then = match beyond {
                Some(price) => words.f("charge-why-beyond", &[("price", money(*price).into())]),
                None => words.t("charge-why-beyond-unknown").into_owned(),
            };
            format!("{first} {then}")
        }
        Entitlement::Pack { name, left, .. } => {
            words.f("charge-why-pack", &[("name", name.into()), ("left", (*left).into())])
        }
        Entitlement::Incident { price } => words.f("charge-why-incident", &[("price", money(*price).into())]),
        Entitlement::Hourly { price, estimate, cap } => {
            let args = [
                ("price", money(*price).into()),
                ("estimate", time(*estimate).into()),
                ("cap", time(*cap).into()),
            ];
            words.f("charge-why-hourly", &args)
        }
        Entitlement::Free { number: Some(number), .. } => {
            words.f("charge-why-warranty", &[("number", number.to_string().into())])
        }
        Entitlement::Free { why, number: None } => words.word("charge-free", why.word()).into_owned(),
        Entitlement::Microsoft { reason } => words.f("charge-why-microsoft", &[("reason", reason.into())]),
        Entitlement::Ask { what } => words.word("charge-ask", what.word()).into_owned(),
    };
    (words.word("charge-basis", entitlement.basis().word()).into_owned(), why)
}

/// A quantity in hundredths: "1.25".
pub(crate) fn hundredths(words: Words, quantity: u32) -> String {
    let figure = format::money(words, Money { minor: quantity.into(), currency: Currency::EURO });
    figure.split('\u{a0}').next().unwrap_or_default().to_owned()
}

/// `GET /charges`.
pub(crate) async fn lines(page: Page, query: Query) -> Answer {
    let view = view(&page, query.optional("customer")?, query.optional("after")?).await?;
    page.html(&view)
}

async fn view(page: &Page, customer: Option<CustomerId>, after: Option<ChargeId>) -> Answer<ChargesPage> {
    let words = page.reader.words;
    let mut found = charging::open_lines(&page.app, &page.agent, customer, after, ROWS + 1).await?;
    let rows = usize::try_from(ROWS).unwrap_or_default();
    let more = found.len() > rows;
    found.truncate(rows);
    let (rules, version) = charging::rules(&page.app, &page.agent).await?;
    let filter = customer.map(|id| format!("customer={id}")).unwrap_or_default();
    let last = found.last().filter(|_| more).map(|last| last.charge.id);
    let pages = Pages {
        back: after.map(|_| format!("{PATH}?{filter}")),
        on: last.map(|id| format!("{PATH}?{filter}&after={id}")),
    };
    let mut totals: BTreeMap<Currency, i64> = BTreeMap::new();
    for line in &found {
        let amount = line.charge.money(line.charge.amount);
        let sum = totals.entry(amount.currency).or_default();
        *sum = sum.saturating_add(amount.minor);
    }
    let total = |(currency, minor): (&Currency, &i64)| {
        format::money(words, Money { minor: *minor, currency: *currency })
    };
    Ok(ChargesPage {
        tabs: tabs(page, PATH),
        notice: page.notice(),
        only: found.first().filter(|_| customer.is_some()).map(|line| line.customer.clone()),
        totals: totals.iter().map(total).collect(),
        lines: found.iter().map(|line| charge_line(words, line)).collect(),
        export: if filter.is_empty() { format!("{PATH}/export") } else { format!("{PATH}/export?{filter}") },
        pages,
        rules: rules_form(words, &rules, version),
        vats: match page.agent.may(Permission::ReceivablesManage) && !found.is_empty() {
            true => page.reader.choices("vat", VatCategory::ALL, Some(VatCategory::Standard)),
            false => Vec::new(),
        },
        shell: page.shell("billing").await?,
    })
}

fn charge_line(words: Words, line: &Listed) -> ChargeLine {
    let charge = &line.charge;
    ChargeLine {
        day: charge.day.clone(),
        customer: Link {
            href: format!("{PATH}?customer={}", charge.customer),
            text: line.customer.clone(),
            current: false,
        },
        ticket: Link {
            href: format!("/tickets/{}", line.number),
            text: format!("#{}", line.number),
            current: false,
        },
        description: charge.description.clone(),
        quantity: format!(
            "{} {}",
            hundredths(words, charge.quantity),
            words.word("charge-unit", charge.unit.word())
        ),
        price: format::money(words, charge.money(charge.price)),
        amount: format::money(words, charge.money(charge.amount)),
    }
}

/// A number of minutes as a field has it: "1 h 30 min".
pub(crate) fn minutes_field(minutes: u32) -> String {
    amount::write(Seconds::new(minutes.saturating_mul(60)))
}

/// The minutes of such a field; none where nothing stands.
///
/// # Errors
/// `not-an-amount`.
pub(crate) fn minutes(field: &'static str, text: &str) -> app::Result<Option<u32>> {
    Ok(amount::read(field, text)?.map(|seconds| seconds.get() / 60))
}

fn rules_form(words: Words, rules: &Rules, version: i64) -> RulesForm {
    let hourly = rules.hourly.map(|price| price.to_string());
    RulesForm {
        version: u64::try_from(version).unwrap_or_default(),
        increments: INCREMENTS
            .iter()
            .map(|minutes| {
                let text = format::duration_working(words, i64::from(*minutes) * 60);
                choice(minutes, text, *minutes == rules.increment)
            })
            .collect(),
        hourly: hourly
            .and_then(|text| text.split_once(' ').map(|(amount, _)| amount.to_owned()))
            .unwrap_or_default(),
        currency: rules.currency.to_string(),
        estimate: minutes_field(rules.estimate),
        cap: minutes_field(rules.cap),
        warranty_days: rules.warranty_days.to_string(),
        low_hours: minutes_field(rules.low_minutes),
        low_incidents: rules.low_incidents.to_string(),
    }
}

fn read_rules(form: &Form) -> app::Result<Rules> {
    let currency: Currency =
        form.get("currency").trim().parse().map_err(|_| app::Error::invalid("currency", "unknown"))?;
    let hourly = match form.get("hourly").trim() {
        "" => None,
        amount => Some(Money::parse(amount, currency).ok_or(app::Error::invalid("hourly", "not-a-price"))?),
    };
    let count = |field: &'static str| -> app::Result<u32> {
        form.get(field).trim().parse().map_err(|_| app::Error::invalid(field, "not-a-count"))
    };
    Ok(Rules {
        increment: form.parse("increment")?,
        hourly,
        currency,
        estimate: minutes("estimate", form.get("estimate"))?.unwrap_or(0),
        cap: minutes("cap", form.get("cap"))?.unwrap_or(0),
        warranty_days: count("warranty_days")?,
        low_minutes: minutes("low_hours", form.get("low_hours"))?.unwrap_or(0),
        low_incidents: count("low_incidents")?,
    })
}

/// `POST /charges/rules`.
pub(crate) async fn rules(page: Page, form: Form) -> Answer {
    let version = form.parse("version")?;
    let done = async {
        let rules = read_rules(&form)?;
        charging::set_rules(&page.app, &page.agent, rules, version).await
    };
    match done.await {
        Ok(()) => Ok(see_with(PATH, &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(RULES, &form, error)?;
            page.again(&view(&page, None, None).await?)
        }
    }
}

/// `POST /charges/drafts`: what waits, onto the drafts of its customers.
pub(crate) async fn to_drafts(page: Page, form: Form) -> Answer {
    let done = async {
        let vat = read_vat(form.get("vat"), form.get("rate"))?;
        charging::to_drafts(&page.app, &page.agent, form.optional("customer")?, vat).await
    };
    match done.await {
        Ok(_) => Ok(see_with(DRAFTS_OF, &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(TO_DRAFTS, &form, error)?;
            page.again(&view(&page, None, None).await?)
        }
    }
}

/// `GET /charges/export`: the lines as a table for programs.
pub(crate) async fn export(page: Page, query: Query) -> Answer {
    let bytes = charging::to_csv(&page.app, &page.agent, query.optional("customer")?).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"charges.csv\"")),
    ];
    Ok((headers, bytes).into_response())
}
