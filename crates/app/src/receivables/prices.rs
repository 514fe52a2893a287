//! What suppliers bill, passed on to customers: price rules, and the lines that they make.

use std::sync::Arc;

use domain::{
    access::Permission,
    billing::{
        invoice::{Reconciled, reconcile},
        line::Line,
    },
    deed::Deed,
    id::{CustomerId, InvoiceId, PriceRuleId, SupplierInvoiceId},
    receivable::{
        invoice::{self, Origin, Vat},
        pricing::{Passed, Priced, Rule, pass_on as priced},
        vat,
    },
};
use rust_decimal::Decimal;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    Json, Tx, parties,
    payables::{self, Invoice, Share},
    receivables::{
        self as kept,
        prices::{self, PriceRule},
    },
    records, suppliers, tenants,
};
use text::{Words, billing};

use super::{add_lines, customer as known, drafts::DESCRIPTION};
use crate::{Agent, App, Error, Result, audit};

/// The most rules of a desk.
const RULES: usize = 500;
/// The longest name of a product, in characters.
const PRODUCT: usize = 200;
/// How many rows of lines are read at once.
const ROWS: i64 = 500;

/// The desk's price rules, the oldest first.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn price_rules(app: &App, agent: &Agent) -> Result<Vec<PriceRule>> {
    agent.require(Permission::ReceivablesView)?;
    Ok(app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(prices::all(tx))).await?)
}

/// Adds a price rule. Drafts that were made keep their prices.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`]; `taken` where there is one for the same lines.
pub async fn add_price_rule(app: &App, agent: &Agent, new: Rule) -> Result<PriceRuleId> {
    agent.require(Permission::ReceivablesManage)?;
    let mut new = new;
    new.product = match new.product.trim() {
        "" => String::new(),
        product => crate::error::line("product", product, PRODUCT)?,
    };
    if !new.is_sound() {
        return Err(Error::invalid("percent", "not-a-price"));
    }
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(PriceRuleId::new);
    let act = audit::act(&mut ids, now, agent.actor(), Deed::PriceRuleAdd, &id, json!({ "rule": new }));
    let unit = Arc::new((PriceRule { id, rule: Json(new), created_at: now }, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (new, act) = &*unit;
                let rule = &new.rule.0;
                if let Some(customer) = rule.customer {
                    known(tx, customer).await?;
                }
                if let Some(supplier) = rule.supplier {
                    suppliers::get(tx, supplier).await?.ok_or(Error::NotFound("supplier"))?;
                }
                let all = prices::all(tx).await?;
                let alike = |other: &PriceRule| {
                    (other.rule.0.customer, other.rule.0.supplier) == (rule.customer, rule.supplier)
                        && other.rule.0.product.eq_ignore_ascii_case(&rule.product)
                };
                if all.iter().any(alike) {
                    return Err(Error::invalid("product", "taken"));
                }
                if all.len() >= RULES {
                    return Err(Error::Refused("too-many"));
                }
                prices::add(tx, new).await?;
                Ok::<_, Error>(records::audit(tx, act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Removes a price rule. Drafts that were made keep their prices.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn remove_price_rule(app: &App, agent: &Agent, id: PriceRuleId) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let act =
        Arc::new(audit::act(&mut app.ids(now), now, agent.actor(), Deed::PriceRuleRemove, &id, json!({})));
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                if !prices::remove(tx, id).await? {
                    return Err(Error::NotFound("price_rule"));
                }
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// What of a supplier's invoice goes on to one of our customers.
#[derive(Clone, Debug)]
pub struct Onward {
    /// The part of the invoice that is for it, by the supplier's names.
    pub share: Share,
    /// Which of our customers it is, and its name; none if that is not known.
    pub customer: Option<(CustomerId, String)>,
    /// Its VAT; none if somebody has to say it.
    pub vat: Option<Vat>,
    /// Its lines, and what is left.
    pub passed: Passed,
    /// What the lines come to, without VAT, in minor units.
    pub net: i64,
}

impl Onward {
    /// What the supplier bills for the lines.
    #[must_use]
    pub fn cost(&self) -> Decimal {
        self.passed.lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.cost))
    }
}

/// What a supplier's invoice would make for whom, and why it cannot be passed on as it is.
#[derive(Clone, Debug)]
pub struct PassOn {
    /// The invoice.
    pub invoice: Invoice,
    /// Why not: `not-reconciled` until its lines add up to it, `void`.
    pub refused: Option<&'static str>,
    /// The rules, by whose places lines name them.
    pub rules: Vec<PriceRule>,
    /// For whom what.
    pub onward: Vec<Onward>,
}

/// What a supplier's invoice would make for which customer. Nothing is kept.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn pass_on_preview(app: &App, agent: &Agent, id: SupplierInvoiceId) -> Result<PassOn> {
    agent.require(Permission::PayablesView)?;
    agent.require(Permission::ReceivablesView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let invoice = payables::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                let rules = prices::all(tx).await?;
                let mut onward = Vec::new();
                for share in payables::shares(tx, id).await? {
                    onward.push(of_share(tx, &invoice, &rules, share).await?);
                }
                Ok(PassOn { refused: refused(&invoice), invoice, rules, onward })
            })
        })
        .await
}

/// Lines that do not add up yet may still change; of what was taken back nothing is owed.
fn refused(invoice: &Invoice) -> Option<&'static str> {
    match reconcile(invoice.money(), &invoice.sums.0) {
        _ if invoice.is_void || invoice.kind == domain::billing::invoice::Kind::VoidNote => Some("void"),
        Reconciled::Exactly => None,
        Reconciled::NoLines | Reconciled::Mixed | Reconciled::Off { .. } => Some("not-reconciled"),
    }
}

async fn of_share(tx: &mut Tx, invoice: &Invoice, rules: &[PriceRule], share: Share) -> Result<Onward> {
    let customer = customer_of(tx, &share).await?;
    let Some((id, _)) = customer else {
        return Ok(Onward { share, customer, vat: None, passed: Passed::default(), net: 0 });
    };
    let mut lines: Vec<Line> = Vec::new();
    let mut after = 0;
    loop {
        let rows = payables::lines_for(tx, invoice.id, &share.customer, after, ROWS).await?;
        let Some(last) = rows.last().map(|row| row.last) else { break };
        after = last;
        lines.extend(rows.into_iter().flat_map(|row| row.lines.0).filter(|l| l.currency == share.currency));
    }
    let rules: Vec<Rule> = rules.iter().map(|rule| rule.rule.0.clone()).collect();
    let passed = priced(&rules, invoice.supplier, id, &lines);
    let net = passed.lines.iter().filter_map(|line| {
        invoice::rounded(line.quantity.checked_mul(line.unit_price)?, share.currency).ok()
    });
    let net = net.fold(0_i64, i64::saturating_add);
    Ok(Onward { vat: vat_of(tx, id).await?, share, customer, passed, net })
}

/// Which of our customers a supplier means: by its tenant, or else by its name if one only has it.
async fn customer_of(tx: &mut Tx, share: &Share) -> Result<Option<(CustomerId, String)>> {
    if let Some(id) = tenants::get(tx, &share.customer).await?.and_then(|tenant| tenant.customer) {
        return Ok(parties::customer(tx, id).await?.map(|customer| (customer.id, customer.name)));
    }
    let alike = parties::customers(tx, &share.name, None, 20).await?;
    let mut alike = alike.into_iter().filter(|one| one.name.to_lowercase() == share.name.to_lowercase());
    Ok(match (alike.next(), alike.next()) {
        (Some(customer), None) => Some((customer.id, customer.name)),
        _ => None,
    })
}

/// The VAT of a customer's lines: what was said of it, or else what follows plainly from who sells and who buys.
///
/// # Errors
/// As the database says.
pub(crate) async fn vat_of(tx: &mut Tx, customer: CustomerId) -> Result<Option<Vat>> {
    let Some((buyer, _)) = kept::buyer(tx, customer).await? else { return Ok(None) };
    if buyer.vat.is_some() {
        return Ok(buyer.vat);
    }
    let seller = kept::seller(tx).await?;
    Ok(seller.and_then(|(seller, _)| vat::usual(&seller.seller.party, seller.rate, &buyer.buyer.party)))
}

/// Puts what a supplier's invoice makes onto the drafts of its customers, each line once, however often it is asked for; how
/// many drafts there are. Customers that are not known, or whose VAT nobody has said, are left out.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; `not-reconciled`, `void`; `nothing-to-pass-on` where nothing could be put on a
/// draft.
pub async fn pass_on(app: &App, agent: &Agent, id: SupplierInvoiceId) -> Result<usize> {
    agent.require(Permission::ReceivablesManage)?;
    let preview = pass_on_preview(app, agent, id).await?;
    if let Some(why) = preview.refused {
        return Err(Error::Refused(why));
    }
    let mut drafts = 0;
    for onward in preview.onward {
        let (Some((customer, _)), Some(vat)) = (onward.customer.clone(), onward.vat) else { continue };
        if onward.passed.lines.is_empty() {
            continue;
        }
        if to_draft(app, agent, id, customer, vat, onward).await?.is_some() {
            drafts += 1;
        }
    }
    if drafts == 0 { Err(Error::Refused("nothing-to-pass-on")) } else { Ok(drafts) }
}

async fn to_draft(
    app: &App,
    agent: &Agent,
    id: SupplierInvoiceId,
    customer: CustomerId,
    vat: Vat,
    onward: Onward,
) -> Result<Option<InvoiceId>> {
    let now = app.now();
    let unit = Arc::new((app.ids(now), agent.actor(), onward));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (ids, actor, onward) = &*unit;
                let mut ids = ids.clone();
                let buyer = kept::buyer(tx, customer).await?.and_then(|(data, _)| data.lang);
                let words = Words::new(match buyer {
                    Some(lang) => lang,
                    None => known(tx, customer).await?.lang,
                });
                let lines: Vec<_> =
                    onward.passed.lines.iter().map(|line| for_customer(id, words, line, vat)).collect();
                let draft = add_lines(tx, &mut ids, now, customer, onward.share.currency, &lines).await?;
                if let Some(draft) = draft {
                    let data = json!({ "payable": id, "lines": lines.len() });
                    let act = audit::act(&mut ids, now, *actor, Deed::InvoiceChange, &draft, data);
                    records::audit(tx, &act).await?;
                }
                Ok(draft)
            })
        })
        .await
}

/// A line as it stands on the customer's draft, in its language.
fn for_customer(id: SupplierInvoiceId, words: Words, line: &Priced, vat: Vat) -> invoice::Line {
    let mut description = line.product.clone();
    if let Some(charge) = line.charge {
        description = format!("{description} · {}", words.word("payable-charge", charge.word()));
    }
    let days = [line.begins, line.ends].into_iter().flatten().map(|day| billing::day(words, day));
    let days: Vec<String> = days.collect();
    if !days.is_empty() {
        description = format!("{description}, {}", days.join(" – "));
    }
    let digest: String =
        Sha256::digest(&line.key).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    invoice::Line {
        description: description.chars().take(DESCRIPTION).collect(),
        quantity: line.quantity,
        unit_price: line.unit_price,
        vat,
        origin: Some(Origin::SupplierLine(format!("{id}/{digest}"))),
    }
}
