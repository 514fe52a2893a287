//! One customer: where it stands and why, what was, and what is noted of it.

use app::collections::{self, NewDispute, NewPromise, One, Settle};
use domain::{
    access::Permission,
    collections::{Class, standing::Item},
    id::{CustomerId, LedgerId},
    money::{Currency, Money},
    receivable::ledger::EntryKind,
};
use jiff::civil::Date;
use store::collections::Outcome;
use text::{format, mail::amounts};

use super::{PATH, row, stage, tabs};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        pieces::choice,
        receivables::account::amount,
        shell::{Done, Page},
        view::{Choice, CollectionFact, CollectionPage},
    },
};

/// How many parts a promise has in the form.
const PARTS: usize = 6;

fn href(id: CustomerId) -> String {
    format!("{PATH}/customers/{id}")
}

/// `GET /collections/customers/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<CustomerId>) -> Answer {
    let view = view(&page, id).await?;
    page.html(&view)
}

async fn view(page: &Page, id: CustomerId) -> Answer<CollectionPage> {
    let one = collections::one(&page.app, &page.agent, id).await?;
    let words = page.reader.words;
    let class = one.row.party.class.unwrap_or(Class::Standard);
    let lacks = |suspension: &domain::collections::Suspension| {
        let missing = suspension.missing.iter();
        let missing = missing.map(|one| words.word("collection-lacks", one.word()).into_owned());
        (stage(&page.reader, &one.held.policy, suspension.stage), missing.collect())
    };
    let most = one.row.standing.owed.iter().max_by_key(|(_, sums)| sums.open);
    Ok(CollectionPage {
        tabs: tabs(page, PATH),
        shell: page.shell("billing").await?,
        notice: page.notice(),
        href: href(id),
        account: format!("/receivables/customers/{id}"),
        may_manage: page.agent.may(Permission::ReceivablesManage),
        row: row(&page.reader, &one.held.policy, &one.row),
        due: one.row.standing.notice.is_some(),
        items: one.row.standing.items.iter().map(|item| line(page, &one, item)).collect(),
        suspend: one
            .row
            .standing
            .proposed()
            .filter(|_| page.agent.may(Permission::SuspensionsPropose))
            .map(|_| format!("/suspensions/new?customer={id}")),
        suspensions: one.row.standing.suspensions.iter().map(lacks).collect(),
        classes: Class::ALL
            .iter()
            .map(|one| choice(one, words.word("collection-class", one.word()).into_owned(), *one == class))
            .collect(),
        lines: lines(&one.invoices),
        currency: most.map(|(currency, _)| currency.code().to_owned()).unwrap_or_default(),
        facts: facts(page, &one),
    })
}

/// The lines of invoices, to choose one: `{invoice} {line}`.
pub(crate) fn lines(invoices: &[store::receivables::Invoice]) -> Vec<Choice> {
    let of = |invoice: &store::receivables::Invoice| {
        let (id, label) = (invoice.id, invoice.label.clone().unwrap_or_default());
        let lines = invoice.lines.0.iter().enumerate();
        let one = move |(place, line): (usize, &domain::receivable::invoice::Line)| {
            choice(format!("{id} {}", place + 1), format!("{label} · {}", line.description), false)
        };
        lines.map(one).collect::<Vec<_>>()
    };
    invoices.iter().flat_map(of).collect()
}

fn label(one: &One, id: LedgerId) -> String {
    let found = one.entries.iter().find(|entry| entry.id == id);
    found.map(|entry| entry.label.clone()).unwrap_or_default()
}

fn line(page: &Page, one: &One, item: &Item) -> [String; 5] {
    let words = page.reader.words;
    let money = |minor| format::money(words, Money { minor, currency: item.currency });
    [
        label(one, item.id),
        format::day(words, item.due),
        item.days.to_string(),
        money(item.open),
        money(item.counts()),
    ]
}

/// What was, the newest first: invoices, payments, promises, exemptions, disputes, notices.
fn facts(page: &Page, one: &One) -> Vec<CollectionFact> {
    let words = page.reader.words;
    let day = |on: Date| format::day(words, on);
    let mut all: Vec<(Date, CollectionFact)> = Vec::new();
    let may = page.agent.may(Permission::ReceivablesManage);
    let act = |actions: &[(&str, &str)], can: bool| -> Vec<(String, String)> {
        let all = actions.iter().filter(|_| can && may);
        all.map(|(word, key)| ((*word).to_owned(), (*key).to_owned())).collect()
    };
    for entry in &one.entries {
        if matches!(entry.kind, EntryKind::Allocation) {
            continue;
        }
        let amount = Money { minor: entry.amount, currency: entry.currency };
        let fact = CollectionFact {
            what: words.word("entry-kind", entry.kind.word()).into_owned(),
            detail: format!("{} · {}", entry.label, format::money(words, amount)),
            ..CollectionFact::default()
        };
        all.push((entry.day, fact));
    }
    for promise in &one.promises {
        let parts: Vec<String> = promise
            .parts
            .0
            .iter()
            .map(|(by, minor)| {
                let money = Money { minor: *minor, currency: promise.currency };
                format!("{}: {}", day(*by), format::money(words, money))
            })
            .collect();
        let open = promise.withdrawn_at.is_none();
        let fact = CollectionFact {
            what: words.t("collection-promise").into_owned(),
            detail: [parts.join(", "), promise.note.clone()].join("\n").trim().to_owned(),
            state: if open { String::new() } else { words.t("collection-ended").into_owned() },
            id: promise.id.to_string(),
            actions: act(&[("end_promise", "collection-end")], open),
            ..CollectionFact::default()
        };
        all.push((promise.made_on, fact));
    }
    for exemption in &one.exemptions {
        let open = exemption.withdrawn_at.is_none();
        let until = words.f("collection-until", &[("day", day(exemption.until).into())]);
        let who = one.agents.get(&exemption.agent).cloned().unwrap_or_default();
        let fact = CollectionFact {
            what: words.t("collection-exemption").into_owned(),
            detail: format!("{until} · {who}\n{}", exemption.reason),
            state: if open { String::new() } else { words.t("collection-ended").into_owned() },
            id: exemption.id.to_string(),
            actions: act(&[("end_exemption", "collection-end")], open),
            ..CollectionFact::default()
        };
        all.push((exemption.from, fact));
    }
    for dispute in &one.disputes {
        let amount = Money { minor: dispute.amount, currency: dispute.currency };
        let owner = dispute.owner.and_then(|owner| one.agents.get(&owner)).cloned().unwrap_or_default();
        let open = dispute.outcome.is_none();
        let until = words.f("collection-until", &[("day", day(dispute.due_on).into())]);
        let args = [("n", i64::from(dispute.line).into())];
        let fact = CollectionFact {
            what: words.t("collection-dispute").into_owned(),
            detail: format!(
                "{} · {} · {}\n{}\n{}",
                label(one, dispute.entry),
                words.f("collection-line", &args),
                format::money(words, amount),
                dispute.reason,
                dispute.answer
            ),
            state: match dispute.outcome {
                Some(outcome) => words.word("collection-outcome", outcome.word()).into_owned(),
                None => [until, owner].join(" · ").trim_end_matches(" · ").to_owned(),
            },
            id: dispute.id.to_string(),
            actions: act(
                &[
                    ("take", "collection-take"),
                    ("accepted", "collection-accept"),
                    ("rejected", "collection-reject"),
                    ("withdrawn", "collection-withdraw"),
                ],
                open,
            ),
            answer: open && may,
            ..CollectionFact::default()
        };
        all.push((app::receivables::day(dispute.at, &page.agent.zone), fact));
    }
    for given in &one.given {
        let notice = &given.notice;
        let place = one.held.policy.stages.iter().position(|stage| stage.key == notice.stage);
        let delivery = given.delivery();
        let failed = delivery == domain::collections::facts::Delivery::Failed;
        let to: Vec<&str> = given.mails.iter().map(|(address, _)| address.as_str()).collect();
        let what = place.map_or_else(|| notice.stage.clone(), |n| stage(&page.reader, &one.held.policy, n));
        let fact = CollectionFact {
            what: words.f("collection-notice", &[("what", what.into())]),
            detail: format!("{} · {}", amounts(words, &notice.owed.0), to.join(", ")),
            state: match notice.lost_at {
                Some(_) => words.t("collection-ended").into_owned(),
                None => words.word("collection-delivery", delivery.word()).into_owned(),
            },
            id: notice.id.to_string(),
            actions: act(&[("lose", "collection-lose")], failed && notice.lost_at.is_none()),
            ..CollectionFact::default()
        };
        all.push((notice.given_on, fact));
    }
    all.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    let dated = |(on, fact)| CollectionFact { day: day(on), ..fact };
    all.into_iter().take(200).map(dated).collect()
}

/// The invoice and the line that somebody chose among [`lines`], and what it says.
pub(crate) fn disputed(form: &Form) -> Result<NewDispute, app::Error> {
    let unknown = || app::Error::invalid("line", "unknown");
    let (invoice, line) = form.get("line").split_once(' ').ok_or_else(unknown)?;
    Ok(NewDispute {
        invoice: invoice.parse().map_err(|_| unknown())?,
        line: line.parse().map_err(|_| unknown())?,
        reason: form.get("reason").to_owned(),
    })
}

/// `POST /collections/customers/{id}`: what is to be noted, `action` says.
pub(crate) async fn note(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    match noted(&page, id, &form).await {
        Ok(()) => Ok(crate::ui::see_with(&href(id), &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(href(id), &form, error)?;
            let view = view(&page, id).await?;
            page.again(&view)
        }
    }
}

async fn noted(page: &Page, id: CustomerId, form: &Form) -> Result<(), app::Error> {
    let (app, agent) = (&page.app, &page.agent);
    let date = |name: &'static str| -> Result<Date, app::Error> {
        form.get(name).parse().map_err(|_| app::Error::invalid(name, "not-a-date"))
    };
    match form.get("action") {
        "class" => collections::classify(app, agent, id, form.parse("class")?).await,
        "promise" => collections::promise(app, agent, id, promised(form)?).await.map(drop),
        "end_promise" => collections::end_promise(app, agent, id, form.parse("of")?).await,
        "exempt" => collections::exempt(app, agent, id, date("until")?, form.get("reason")).await.map(drop),
        "end_exemption" => collections::end_exemption(app, agent, id, form.parse("of")?).await,
        "dispute" => collections::dispute(app, agent, id, disputed(form)?).await.map(drop),
        "take" => collections::settle(app, agent, form.parse("of")?, Settle::Take, "").await,
        "give" => collections::give(app, agent, id).await,
        "lose" => collections::lose(app, agent, id, form.parse("of")?).await,
        other => {
            let outcome: Outcome = other.parse().map_err(|_| app::Error::invalid("action", "unknown"))?;
            let end = Settle::End(outcome);
            collections::settle(app, agent, form.parse("of")?, end, form.get("answer")).await
        }
    }
}

fn promised(form: &Form) -> Result<NewPromise, app::Error> {
    let currency: Currency = form.parse("currency")?;
    let mut parts = Vec::new();
    for place in 0..PARTS {
        let (by, sum) = (form.get(&format!("by-{place}")), form.get(&format!("amount-{place}")));
        if by.is_empty() && sum.trim().is_empty() {
            continue;
        }
        let by = by.parse().map_err(|_| app::Error::invalid("by", "not-a-date"))?;
        let sum = amount(sum, currency).ok_or(app::Error::invalid("amount", "not-an-amount"))?;
        parts.push((by, sum.minor));
    }
    Ok(NewPromise { currency, parts, note: form.get("note").to_owned() })
}
