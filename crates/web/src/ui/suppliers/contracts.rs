//! A contract with a supplier: its period, its numbers, its wallet.

use std::collections::HashMap;

use app::{
    suppliers::{self, Contract, Held, Units},
    wallet::{self, ByHand},
};
use domain::{
    access::Permission,
    id::{EntitlementId, OfferingId, SupplierId},
    ticket::timeline::Actor,
    vehicle::wallet::Act,
};
use store::wallet::Entry;
use text::format;

use super::{contract_line, href, one_again, saved};
use crate::{
    form::{Form, Path, Query},
    problem::Answer,
    ui::{
        dates, keys,
        shell::Page,
        view::{ContractPage, LedgerLine, Link, NumbersShown, Pages},
    },
};

/// How many entries a page has.
const ROWS: i64 = 50;

/// A contract of this supplier.
///
/// # Errors
/// Not found, also for one of another supplier.
async fn of(page: &Page, supplier: SupplierId, id: EntitlementId) -> app::Result<Held> {
    let held = suppliers::contract(&page.app, &page.agent, id).await?;
    if held.entitlement.supplier == supplier { Ok(held) } else { Err(app::Error::NotFound("entitlement")) }
}

/// `GET /suppliers/{id}/contracts/{contract}`.
pub(crate) async fn show(
    page: Page,
    Path((supplier, id)): Path<(SupplierId, EntitlementId)>,
    query: Query,
) -> Answer {
    let held = of(&page, supplier, id).await?;
    let view = view(&page, held, query.optional("before")?, None).await?;
    page.html(&view)
}

async fn view(
    page: &Page,
    held: Held,
    before: Option<i64>,
    numbers: Option<NumbersShown>,
) -> Answer<ContractPage> {
    let reader = &page.reader;
    let row = &held.entitlement;
    let mut entries = wallet::entries(&page.app, &page.agent, row.id, before, ROWS + 1).await?;
    let more = keys::cut(&mut entries, ROWS);
    let (supplier, tickets) = (row.supplier, entries.iter().filter_map(|e| e.ticket).collect::<Vec<_>>());
    let (shell, (name, agents, tickets)) = page
        .read("suppliers", move |tx| {
            let tickets = tickets.clone();
            Box::pin(async move {
                let supplier = store::suppliers::get(tx, supplier).await?;
                let name = supplier.ok_or(app::Error::NotFound("supplier"))?.name;
                let mut found = HashMap::new();
                for id in tickets {
                    if let Some(ticket) = store::tickets::get(tx, id).await? {
                        found.insert(id, ticket);
                    }
                }
                Ok((name, store::people::agents(tx).await?, found))
            })
        })
        .await?;
    let names: HashMap<_, _> = agents.into_iter().map(|agent| (agent.id, agent.name)).collect();
    let may_edit = page.agent.may(Permission::SuppliersManage);
    let line = contract_line(page, &held);
    let pages = Pages {
        back: before.map(|_| line.href.clone()),
        on: entries.last().filter(|_| more).map(|last| format!("{}?before={}", line.href, last.seq)),
    };
    let lines = entries.iter().map(|entry| {
        let ticket = entry.ticket.and_then(|id| tickets.get(&id));
        // A ticket that the reader may not see is not named.
        let ticket = ticket.filter(|ticket| page.agent.sees(ticket).is_ok());
        ledger_line(page, entry, &names, ticket.map(|ticket| ticket.number), &entries, may_edit)
    });
    Ok(ContractPage {
        notice: page.notice(),
        supplier: Link { href: href(row.supplier), text: name, current: false },
        href: line.href.clone(),
        version: u64::try_from(row.version).unwrap_or_default(),
        counted: row.counted,
        from: dates::day(row.from, &reader.zone),
        to: dates::until(row.to, &reader.zone),
        has_access: row.access_id.is_some(),
        has_contract: row.contract_id.is_some(),
        numbers,
        entries: lines.collect(),
        pages,
        may_edit,
        may_read: page.agent.may(Permission::ContractsRead),
        line,
        shell,
    })
}

fn ledger_line(
    page: &Page,
    entry: &Entry,
    names: &HashMap<domain::id::AgentId, String>,
    ticket: Option<i64>,
    all: &[Entry],
    may_edit: bool,
) -> LedgerLine {
    let words = page.reader.words;
    let given_back = all.iter().any(|other| other.act == Act::Refund && other.case == entry.case);
    let change = match entry.delta {
        0 => "0".to_owned(),
        plus if plus > 0 => format!("+{}", format::number(words, plus)),
        minus => format::number(words, minus),
    };
    LedgerLine {
        seq: entry.seq.to_string(),
        time: page.reader.time(entry.at),
        act: words.word("supplier-act", entry.act.word()).into_owned(),
        case: entry.case.clone().unwrap_or_default(),
        ticket: ticket.map(|number| Link {
            href: format!("/tickets/{number}"),
            text: format!("#{number}"),
            current: false,
        }),
        reason: entry.reason.clone(),
        by: match entry.by() {
            Actor::Agent(id) => names.get(&id).cloned().unwrap_or_default(),
            Actor::Contact(_) | Actor::Stranger | Actor::System => words.t("wallet-system").into_owned(),
        },
        change,
        balance: entry.balance.map(|left| format::number(words, left)).unwrap_or_default(),
        refundable: may_edit && entry.act == Act::Consume && !given_back,
    }
}

fn contract(page: &Page, form: &Form, numbers: [Option<String>; 2]) -> app::Result<Contract> {
    let [access_id, contract_id] = numbers;
    let zone = &page.reader.zone;
    Ok(Contract {
        name: form.get("name").to_owned(),
        access_id,
        contract_id,
        from: dates::from("from", form.get("from"), zone)?,
        to: dates::to("to", form.get("to"), zone)?,
    })
}

/// `POST /suppliers/{id}/contracts`.
pub(crate) async fn add(page: Page, Path(id): Path<SupplierId>, form: Form) -> Answer {
    let offering: OfferingId = form.parse("offering")?;
    let add = async {
        let offers = suppliers::offerings(&page.app, &page.agent, id).await?;
        if !offers.iter().any(|offer| offer.offering.id == offering) {
            return Err(app::Error::NotFound("offering"));
        }
        let units = match form.get("units").trim() {
            "" => Units::Unlimited,
            units => Units::Counted(units.parse().map_err(|_| app::Error::invalid("units", "not-a-count"))?),
        };
        let given = |field| Some(form.get(field).to_owned());
        let contract = contract(&page, &form, [given("access_id"), given("contract_id")])?;
        suppliers::add_contract(&page.app, &page.agent, offering, units, contract).await
    };
    match add.await {
        Ok(contract) => Ok(saved(&format!("{}/contracts/{contract}", href(id)))),
        Err(error) => one_again(page, id, format!("{}/contracts", href(id)), &form, error).await,
    }
}

/// `POST /suppliers/{id}/contracts/{contract}`.
pub(crate) async fn change(
    page: Page,
    Path((supplier, id)): Path<(SupplierId, EntitlementId)>,
    form: Form,
) -> Answer {
    let version = form.parse("version")?;
    let held = of(&page, supplier, id).await?;
    // An empty field keeps what is there: it is never sent to the page.
    let number = |field, forget| match form.get(field).trim() {
        _ if form.all("forget").any(|what| what == forget) => Some(String::new()),
        "" => None,
        number => Some(number.to_owned()),
    };
    let change = async {
        let numbers = [number("access_id", "access"), number("contract_id", "contract")];
        let contract = contract(&page, &form, numbers)?;
        suppliers::change_contract(&page.app, &page.agent, id, contract, version).await
    };
    let changed = change.await;
    answer(page, held, "", &form, changed).await
}

/// What was done; or the page again, with the form that could not be taken: `which` of those that post there.
async fn answer<T>(page: Page, held: Held, which: &str, form: &Form, done: app::Result<T>) -> Answer {
    let path = format!("{}/contracts/{}", href(held.entitlement.supplier), held.entitlement.id);
    match done {
        Ok(_) => Ok(saved(&path)),
        Err(error) => {
            let page = page.refusing(format!("{path}{which}"), form, error)?;
            page.again(&view(&page, held, None, None).await?)
        }
    }
}

/// `POST /suppliers/{id}/contracts/{contract}/units`.
pub(crate) async fn units(
    page: Page,
    Path((supplier, id)): Path<(SupplierId, EntitlementId)>,
    form: Form,
) -> Answer {
    let held = of(&page, supplier, id).await?;
    let case = || form.get("case").to_owned();
    let what = match form.get("act") {
        "grant" => form
            .get("units")
            .trim()
            .parse()
            .map(|units| ByHand::Grant { units })
            .map_err(|_| app::Error::invalid("units", "not-a-count")),
        "consume" => Ok(ByHand::Consume { case: case() }),
        "refund" => Ok(ByHand::Refund { case: case() }),
        _ => Err(app::Error::invalid("act", "unknown")),
    };
    let done = match what {
        Ok(what) => wallet::by_hand(&page.app, &page.agent, id, what, form.get("reason")).await,
        Err(error) => Err(error),
    };
    let which = format!(
        "/units {}{}",
        form.get("act"),
        if form.get("act") == "refund" { case() } else { String::new() }
    );
    answer(page, held, &which, &form, done).await
}

/// `POST /suppliers/{id}/contracts/{contract}/numbers`: the page with the numbers, which the audit log notes.
pub(crate) async fn numbers(page: Page, Path((supplier, id)): Path<(SupplierId, EntitlementId)>) -> Answer {
    let held = of(&page, supplier, id).await?;
    let read = suppliers::numbers(&page.app, &page.agent, id).await?;
    let text = |secret: Option<mail::peer::Secret>| secret.map(|s| s.reveal().to_owned()).unwrap_or_default();
    let shown = NumbersShown { access: text(read.access_id), contract: text(read.contract_id) };
    let view = view(&page, held, None, Some(shown)).await?;
    page.html(&view)
}
