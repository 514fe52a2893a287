//! One customer: who it is on paper, its ledger, what is open, and what it pays.

use app::receivables::{self, NewDraft, NewPayment, Of, Settle};
use domain::{
    access::Permission,
    id::{ContactId, CustomerId, LedgerId},
    money::{Currency, Money},
    receivable::{
        invoice::VatCategory,
        ledger::EntryKind,
        party::{Buyer, Party},
    },
};
use store::receivables::{BuyerData, ledger::Entry};
use text::format;

use super::{
    invoice::{file, read_vat},
    line, link,
    list::{aged, party, seen},
    money,
};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        billing::tabs,
        pieces::{self, choice},
        shell::{Done, Page},
        view::{EntryLine, LedgerPage, OpenLine},
    },
};

fn href(id: CustomerId) -> String {
    format!("/receivables/customers/{id}")
}

/// `GET /receivables/customers/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<CustomerId>) -> Answer {
    let view = view(&page, id).await?;
    page.html(&view)
}

/// `GET /receivables/customers/{id}/pdf`: the statement of its account.
pub(crate) async fn pdf(page: Page, Path(id): Path<CustomerId>) -> Answer {
    let (name, bytes) = receivables::account_pdf(&page.app, &page.agent, id).await?;
    Ok(file(&name, "application/pdf", bytes))
}

async fn view(page: &Page, id: CustomerId) -> Answer<LedgerPage> {
    let of = receivables::account(&page.app, &page.agent, id).await?;
    let who = receivables::buyer(&page.app, &page.agent, id).await?;
    let words = page.reader.words;
    let version = who.data.as_ref().map(|(_, version)| version.to_string()).unwrap_or_default();
    let data = who.data.map(|(data, _)| data).unwrap_or_else(|| BuyerData {
        buyer: Buyer {
            party: Party { name: who.customer.name.clone(), ..Party::default() },
            reference: String::new(),
        },
        days: None,
        currency: None,
        lang: None,
        vat: None,
    });
    let balances = of.account.balance().into_iter().filter(|(_, minor)| *minor != 0);
    let empty = || link("", "");
    let contact = |contact: &store::parties::Contact| {
        choice(contact.id, contact.name.as_str(), who.chosen.contains(&contact.id))
    };
    Ok(LedgerPage {
        tabs: tabs(page, ""),
        shell: page.shell("billing").await?,
        notice: page.notice(),
        href: href(id),
        name: who.customer.name.clone(),
        may_manage: page.agent.may(Permission::ReceivablesManage),
        balances: balances.map(|(currency, minor)| money(&page.reader, minor, currency)).collect(),
        ages: of
            .ages
            .iter()
            .map(|(currency, ages)| aged(&page.reader, empty(), *currency, ages, 0, ages.iter().sum()))
            .collect(),
        open: open(page, &of),
        credits: credits(page, &of),
        drafts: of.drafts.iter().map(|draft| line(&page.reader, draft)).collect(),
        entries: of.entries.iter().rev().map(|entry| shown(page, &of, entry)).collect(),
        today: of.today.to_string(),
        currency: data.currency.map(|currency| currency.code().to_owned()).unwrap_or_default(),
        party: data.buyer.party.into(),
        reference: data.buyer.reference,
        vats: {
            let mut all = vec![choice("", words.t("account-vat-usual"), data.vat.is_none())];
            all.extend(page.reader.choices("vat", VatCategory::ALL, data.vat.map(|vat| vat.category)));
            all
        },
        rate: data
            .vat
            .filter(|vat| vat.category.is_taxed())
            .map(|vat| vat.rate.to_string())
            .unwrap_or_default(),
        days: data.days.map(|days| days.to_string()).unwrap_or_default(),
        languages: {
            let mut all = vec![choice("", words.t("receivable-of-customer"), data.lang.is_none())];
            all.extend(pieces::languages(data.lang));
            all
        },
        contacts: who.contacts.iter().map(contact).collect(),
        version,
    })
}

fn entry_of(of: &Of, id: LedgerId) -> Option<&Entry> {
    of.entries.iter().find(|entry| entry.id == id)
}

fn open(page: &Page, of: &Of) -> Vec<OpenLine> {
    let shown = |(id, owed): (LedgerId, domain::receivable::ledger::Owed)| {
        let entry = entry_of(of, id)?;
        let days = domain::receivable::ledger::days_past(owed.due, of.today);
        Some(OpenLine {
            id: id.to_string(),
            label: entry.label.clone(),
            href: entry.invoice.map(|id| format!("/receivables/invoices/{id}")).unwrap_or_default(),
            due: format::day(page.reader.words, owed.due),
            late: if days > 0 {
                page.reader.words.f("receivable-late", &[("n", i64::from(days).into())])
            } else {
                String::new()
            },
            open: money(&page.reader, owed.open, owed.amount.currency),
            plain: plain(owed.open, owed.amount.currency),
            currency: owed.amount.currency.code().to_owned(),
        })
    };
    of.account.open().into_iter().filter_map(shown).collect()
}

fn credits(page: &Page, of: &Of) -> Vec<OpenLine> {
    let shown = |(id, credit): (LedgerId, domain::receivable::ledger::Credit)| {
        let entry = entry_of(of, id)?;
        Some(OpenLine {
            id: id.to_string(),
            label: entry.label.clone(),
            href: entry.invoice.map(|id| format!("/receivables/invoices/{id}")).unwrap_or_default(),
            due: format::day(page.reader.words, entry.day),
            late: String::new(),
            open: money(&page.reader, credit.left, credit.amount.currency),
            plain: plain(credit.left, credit.amount.currency),
            currency: credit.amount.currency.code().to_owned(),
        })
    };
    of.account.left().filter_map(shown).collect()
}

/// An amount as a form takes it.
pub(super) fn plain(minor: i64, currency: Currency) -> String {
    domain::receivable::invoice::decimal(Money { minor, currency }).to_string()
}

fn shown(page: &Page, of: &Of, entry: &Entry) -> EntryLine {
    let words = page.reader.words;
    let of_what = entry.target.and_then(|id| entry_of(of, id)).map(|other| other.label.clone());
    let reversed = of.account.credits.get(&entry.id).is_some_and(|credit| credit.reversed);
    let sign = entry.kind.sign();
    EntryLine {
        id: entry.id.to_string(),
        day: format::day(words, entry.day),
        kind: words.word("entry-kind", entry.kind.word()).into_owned(),
        label: entry.label.clone(),
        href: entry.invoice.map(|id| format!("/receivables/invoices/{id}")).unwrap_or_default(),
        of: of_what.filter(|label| *label != entry.label).unwrap_or_default(),
        reason: entry.reason.clone(),
        amount: money(
            &page.reader,
            if sign == 0 { entry.amount } else { sign * entry.amount },
            entry.currency,
        ),
        moves: sign != 0,
        may_reverse: entry.kind == EntryKind::Payment
            && !reversed
            && page.agent.may(Permission::ReceivablesManage),
    }
}

async fn told(page: Page, id: CustomerId, form: &Form, done: app::Result<()>, name: &str) -> Answer {
    match done {
        Ok(()) => Ok(crate::ui::see_with(&href(id), &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(format!("{}/{name}", href(id)), form, error)?;
            let view = view(&page, id).await?;
            page.again(&view)
        }
    }
}

/// `POST /receivables/customers/{id}/profile`.
pub(crate) async fn profile(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let done = async {
        let days = match form.get("days").trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| app::Error::invalid("days", "not-a-count"))?),
        };
        let data = BuyerData {
            buyer: Buyer { party: party(&form), reference: form.get("reference").to_owned() },
            days,
            currency: form.optional("currency")?,
            lang: form.optional("language")?,
            vat: match form.get("vat") {
                "" => None,
                category => Some(read_vat(category, form.get("rate"))?),
            },
        };
        let contacts: Result<Vec<ContactId>, _> = form.all("contacts").map(str::parse).collect();
        let contacts = contacts.map_err(|_| app::Error::invalid("contacts", "unknown"))?;
        receivables::set_buyer(&page.app, &page.agent, id, data, contacts, seen(&form)).await
    };
    let done = done.await;
    told(page, id, &form, done, "profile").await
}

/// `POST /receivables/customers/{id}/invoices`.
pub(crate) async fn begin(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let new = NewDraft { customer: id, currency: None, lines: Vec::new(), note: String::new() };
    match receivables::create(&page.app, &page.agent, new).await {
        Ok(invoice) => Ok(crate::ui::see(&format!("/receivables/invoices/{invoice}"))),
        Err(error) => told(page, id, &form, Err(error), "invoices").await,
    }
}

/// The amounts that a form says for invoices: fields `settle-{entry}`.
pub(super) fn settles(form: &Form, currency: Currency) -> Result<Vec<Settle>, app::Error> {
    let mut all = Vec::new();
    for (name, value) in form.pairs() {
        let Some(id) = name.strip_prefix("settle-") else { continue };
        if value.trim().is_empty() {
            continue;
        }
        let wrong = || app::Error::invalid("settles", "not-an-amount");
        let id: LedgerId = id.parse().map_err(|_| wrong())?;
        let amount = amount(value, currency).ok_or_else(wrong)?;
        if amount.minor != 0 {
            all.push((id, amount.minor));
        }
    }
    Ok(all)
}

/// An amount that somebody typed, with a point or a comma.
pub(crate) fn amount(text: &str, currency: Currency) -> Option<Money> {
    Money::parse(&text.trim().replace(',', "."), currency)
}

/// `POST /receivables/customers/{id}/payments`.
pub(crate) async fn pay(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let done = async {
        let currency: Currency = form.parse("currency")?;
        let amount =
            amount(form.get("amount"), currency).ok_or(app::Error::invalid("amount", "not-an-amount"))?;
        let new = NewPayment {
            customer: id,
            amount,
            day: form.get("day").parse().map_err(|_| app::Error::invalid("day", "not-a-date"))?,
            label: form.get("label").to_owned(),
            settles: settles(&form, currency)?,
        };
        receivables::pay(&page.app, &page.agent, new).await.map(drop)
    };
    let done = done.await;
    told(page, id, &form, done, "payments").await
}

/// `POST /receivables/customers/{id}/entries`.
pub(crate) async fn entry(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let done = async {
        let (app, agent) = (&page.app, &page.agent);
        let of: LedgerId = form.parse("entry")?;
        let reason = form.get("reason");
        match form.get("action") {
            "write_off" => receivables::write_off(app, agent, id, of, reason).await,
            "refund" => receivables::refund(app, agent, id, of, reason).await,
            "reverse" => receivables::reverse(app, agent, id, of, reason).await,
            "allocate" => {
                let to: LedgerId = form.parse("to")?;
                let currency: Currency = form.parse("currency")?;
                let amount = amount(form.get("amount"), currency)
                    .ok_or(app::Error::invalid("amount", "not-an-amount"))?;
                receivables::allocate(app, agent, id, of, &[(to, amount.minor)]).await
            }
            _ => Err(app::Error::invalid("action", "unknown")),
        }
    };
    let done = done.await;
    told(page, id, &form, done, "entries").await
}
