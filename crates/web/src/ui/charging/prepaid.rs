//! What customers have paid for before: the contracts, what is left of them, their ledgers.

use std::collections::HashMap;

use app::charging::{self, Contract, Held, Sold};
use domain::{
    access::Permission,
    charging::prepaid::Holds,
    id::{AgentId, PrepaidId},
    ticket::timeline::Actor,
    vehicle::wallet::Forecast,
};
use store::wallet::Entry;
use text::format;

use super::minutes;
use crate::{
    form::{Form, Path, Query},
    problem::Answer,
    ui::{
        billing::tabs,
        dates, keys,
        pieces::choice,
        see_with,
        shell::{Done, Page},
        view::{LedgerLine, Link, Pages, PrepaidLine, PrepaidListPage, PrepaidPage},
    },
};

const PATH: &str = "/prepaid";
/// How many rows a page has.
const ROWS: i64 = 50;
/// How many customers can be chosen from.
const CUSTOMERS: i64 = 2_000;

fn href(id: PrepaidId) -> String {
    format!("{PATH}/{id}")
}

/// An amount of what a contract holds: "12 h 30 min", "4 incidents".
fn amount(page: &Page, holds: Holds, units: i64) -> String {
    match holds {
        Holds::Hours => format::duration_working(page.reader.words, units * 60),
        Holds::Incidents => page.reader.words.f("prepaid-incidents", &[("n", units.into())]),
    }
}

fn line(page: &Page, held: &Held) -> PrepaidLine {
    let (reader, row) = (&page.reader, &held.named.prepaid);
    let words = reader.words;
    let until = row.to.map(dates::last_day).map(|last| format::date(words, last, &reader.zone));
    PrepaidLine {
        href: href(row.id),
        name: row.name.clone(),
        customer: held.named.customer_name.clone(),
        left: amount(page, row.holds, row.balance.into()),
        left_tone: if held.low || row.balance == 0 { "warning" } else { "calm" }.into(),
        low: held.low,
        until: match until {
            Some(day) => words.f("prepaid-until", &[("day", day.into())]),
            None => words.t("prepaid-for-ever").into_owned(),
        },
        over: row.to.is_some_and(|to| to <= reader.now),
        forecast: match held.forecast {
            Forecast::RunsOut(at) => {
                words.f("prepaid-runs-out", &[("day", format::date(words, at, &reader.zone).into())])
            }
            Forecast::Lasts => words.t("prepaid-lasts").into_owned(),
            Forecast::Unknown | Forecast::Empty | Forecast::Unlimited => String::new(),
        },
    }
}

/// `GET /prepaid`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let view = view(&page, query.optional("before")?).await?;
    page.html(&view)
}

async fn view(page: &Page, before: Option<PrepaidId>) -> Answer<PrepaidListPage> {
    let mut found = charging::contracts(&page.app, &page.agent, before, ROWS + 1).await?;
    let more = keys::cut(&mut found, ROWS);
    let may_sell = page.agent.may(Permission::ChargesManage);
    let (shell, customers) = page
        .read("billing", move |tx| {
            Box::pin(async move {
                Ok(match may_sell {
                    true => store::parties::customers(tx, "", None, CUSTOMERS).await?,
                    false => Vec::new(),
                })
            })
        })
        .await?;
    let last = found.last().filter(|_| more).map(|last| last.named.prepaid.id);
    Ok(PrepaidListPage {
        tabs: tabs(page, PATH),
        notice: page.notice(),
        contracts: found.iter().map(|held| line(page, held)).collect(),
        pages: Pages {
            back: before.map(|_| PATH.to_owned()),
            on: last.map(|id| format!("{PATH}?before={id}")),
        },
        customers: customers.iter().map(|c| choice(c.id, c.name.as_str(), false)).collect(),
        holds: page.reader.choices("prepaid-holds", Holds::ALL, Some(Holds::Hours)),
        may_sell,
        shell,
    })
}

/// The units of a field: hours as people write them, or a number of incidents.
fn units(holds: Holds, text: &str) -> app::Result<u32> {
    let wrong = app::Error::invalid("units", "not-a-count");
    match holds {
        Holds::Incidents => text.trim().parse().map_err(|_| wrong),
        // Whoever writes a bare number means hours.
        Holds::Hours => match text.trim().parse::<u32>() {
            Ok(hours) => hours.checked_mul(60).ok_or(wrong),
            Err(_) => minutes("units", text)?.ok_or(wrong),
        },
    }
}

fn contract(page: &Page, form: &Form) -> app::Result<Contract> {
    let zone = &page.reader.zone;
    Ok(Contract {
        name: form.get("name").to_owned(),
        from: dates::from("from", form.get("from"), zone)?,
        to: dates::to("to", form.get("to"), zone)?,
    })
}

/// `POST /prepaid`.
pub(crate) async fn sell(page: Page, form: Form) -> Answer {
    let sold = async {
        let holds = form.parse("holds")?;
        let sold = Sold {
            customer: form.parse("customer")?,
            holds,
            units: units(holds, form.get("units"))?,
            contract: contract(&page, &form)?,
        };
        charging::sell(&page.app, &page.agent, sold).await
    };
    match sold.await {
        Ok(id) => Ok(see_with(&href(id), &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(PATH, &form, error)?;
            page.again(&view(&page, None).await?)
        }
    }
}

/// `GET /prepaid/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<PrepaidId>, query: Query) -> Answer {
    let view = one_view(&page, id, query.optional("before")?).await?;
    page.html(&view)
}

async fn one_view(page: &Page, id: PrepaidId, before: Option<i64>) -> Answer<PrepaidPage> {
    let held = charging::contract(&page.app, &page.agent, id).await?;
    let mut entries = charging::ledger(&page.app, &page.agent, id, before, ROWS + 1).await?;
    let more = keys::cut(&mut entries, ROWS);
    let tickets: Vec<_> = entries.iter().filter_map(|entry| entry.ticket).collect();
    let (shell, (agents, tickets)) = page
        .read("billing", move |tx| {
            let tickets = tickets.clone();
            Box::pin(async move {
                let mut found = HashMap::new();
                for id in tickets {
                    if let Some(ticket) = store::tickets::get(tx, id).await? {
                        found.insert(id, ticket);
                    }
                }
                Ok((store::people::agents(tx).await?, found))
            })
        })
        .await?;
    let names: HashMap<AgentId, String> = agents.into_iter().map(|agent| (agent.id, agent.name)).collect();
    let row = &held.named.prepaid;
    let ledger = entries.iter().map(|entry| {
        // A ticket that the reader may not see is not named.
        let ticket = entry.ticket.and_then(|id| tickets.get(&id));
        let number = ticket.filter(|ticket| page.agent.sees(ticket).is_ok()).map(|ticket| ticket.number);
        ledger_line(page, row.holds, entry, number, &names)
    });
    Ok(PrepaidPage {
        tabs: tabs(page, PATH),
        notice: page.notice(),
        version: u64::try_from(row.version).unwrap_or_default(),
        from: dates::day(row.from, &page.reader.zone),
        to: dates::until(row.to, &page.reader.zone),
        entries: ledger.collect(),
        pages: Pages {
            back: before.map(|_| href(id)),
            on: entries.last().filter(|_| more).map(|last| format!("{}?before={}", href(id), last.seq)),
        },
        may_edit: page.agent.may(Permission::ChargesManage),
        line: line(page, &held),
        shell,
    })
}

fn ledger_line(
    page: &Page,
    holds: Holds,
    entry: &Entry,
    ticket: Option<i64>,
    names: &HashMap<AgentId, String>,
) -> LedgerLine {
    let words = page.reader.words;
    let change = amount(page, holds, entry.delta.abs());
    LedgerLine {
        seq: entry.seq.to_string(),
        time: page.reader.time(entry.at),
        act: words.word("supplier-act", entry.act.word()).into_owned(),
        case: String::new(),
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
        change: match entry.delta {
            0 => "0".to_owned(),
            plus if plus > 0 => format!("+{change}"),
            _ => format!("−{change}"),
        },
        balance: entry.balance.map(|left| amount(page, holds, left)).unwrap_or_default(),
        refundable: false,
    }
}

async fn answer(page: Page, id: PrepaidId, which: &str, form: &Form, done: app::Result<()>) -> Answer {
    match done {
        Ok(()) => Ok(see_with(&href(id), &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(format!("{}{which}", href(id)), form, error)?;
            page.again(&one_view(&page, id, None).await?)
        }
    }
}

/// `POST /prepaid/{id}`.
pub(crate) async fn change(page: Page, Path(id): Path<PrepaidId>, form: Form) -> Answer {
    let version = form.parse("version")?;
    let done = async {
        charging::change_contract(&page.app, &page.agent, id, contract(&page, &form)?, version).await
    };
    let done = done.await;
    answer(page, id, "", &form, done).await
}

/// `POST /prepaid/{id}/units`.
pub(crate) async fn grant(page: Page, Path(id): Path<PrepaidId>, form: Form) -> Answer {
    let done = async {
        let held = charging::contract(&page.app, &page.agent, id).await?;
        let units = units(held.named.prepaid.holds, form.get("units"))?;
        charging::grant(&page.app, &page.agent, id, units, form.get("reason")).await
    };
    let done = done.await;
    answer(page, id, "/units", &form, done).await
}
