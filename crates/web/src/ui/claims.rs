//! Claims against suppliers: their list, one of them, and those about an invoice.

use app::{
    claims::{self, Listed, NewClaim, One, Said},
    payables,
};
use domain::{
    access::Permission,
    billing::{
        claim::{ClaimAct, ClaimKind, ClaimState, Evidence},
        invoice::{exact, rounded},
    },
    id::{ClaimId, SupplierInvoiceId},
    party::supplier::SupplierKind,
};
use rust_decimal::Decimal;
use store::claims::{Claim, Event};
use text::{
    billing::{self as said, amount},
    format,
};

use super::{
    billing::{
        day, needed,
        shown::{day as a_day, mark},
        tabs, typed,
    },
    keys,
    shell::{Done, Page, Told},
    view::{
        ClaimEventRow, ClaimMoves, ClaimPage, ClaimRow, ClaimTick, ClaimsPage, Link, Mark, Pages,
        PayableClaimsPage,
    },
};
use crate::{
    form::{Form, Path, Query},
    problem::Answer,
};

const PATH: &str = "/claims";
/// How many claims that have ended a page has.
const ROWS: i64 = 50;

fn href(id: ClaimId) -> String {
    format!("{PATH}/{id}")
}

fn row(page: &Page, listed: &Listed) -> ClaimRow {
    let words = page.reader.words;
    let claim = &listed.claim;
    let tone = match claim.state {
        ClaimState::Draft | ClaimState::Credited => "warning",
        ClaimState::Submitted | ClaimState::Withdrawn => "",
        ClaimState::PassedOn => "done",
        ClaimState::Refused => "error",
    };
    let near = listed.due.map(|due| match due.left {
        Some(left) => {
            let text = words.f("payables-left", &[("n", i64::from(left).into())]);
            mark(text, if due.warned { "warning" } else { "" })
        }
        None => mark(words.t("claim-late"), "error"),
    });
    let money = |minor| format::money(words, claim.money(minor));
    ClaimRow {
        href: href(claim.id),
        kind: words.word("claim-kind", claim.kind.word()).into_owned(),
        supplier: claim.supplier_name.clone(),
        number: claim.number.clone(),
        amount: money(claim.amount),
        credited: if claim.credited > 0 { money(claim.credited) } else { String::new() },
        deadline: listed.due.and(claim.deadline).map(|day| a_day(words, day)),
        near: near.unwrap_or_default(),
        state: mark(words.word("claim-state", claim.state.word()), tone),
    }
}

/// `GET /claims`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let before: Option<ClaimId> = query.optional("claim")?;
    let (alive, mut ended) = claims::overview(&page.app, &page.agent, before, ROWS + 1).await?;
    let more = keys::cut(&mut ended, ROWS);
    let on = ended.last().filter(|_| more).map(|last| format!("{PATH}?claim={}", last.claim.id));
    let view = ClaimsPage {
        tabs: tabs(&page, PATH),
        alive: alive.iter().map(|listed| row(&page, listed)).collect(),
        ended: ended.iter().map(|listed| row(&page, listed)).collect(),
        pages: Pages { back: before.map(|_| PATH.to_owned()), on },
        shell: page.shell("billing").await?,
    };
    page.html(&view)
}

fn of_invoice(id: SupplierInvoiceId) -> String {
    format!("/payables/{id}/claims")
}

/// `GET /payables/{id}/claims`, about its `line` if one is named.
pub(crate) async fn new(page: Page, Path(id): Path<SupplierInvoiceId>, query: Query) -> Answer {
    let view = invoice_view(&page, id, query.optional("line")?).await?;
    page.html(&view)
}

async fn invoice_view(page: &Page, id: SupplierInvoiceId, line: Option<i64>) -> Answer<PayableClaimsPage> {
    let (app, agent) = (&page.app, &page.agent);
    let rows = claims::of_invoice(app, agent, id).await?;
    let invoice = payables::one(app, agent, id).await?.payable.invoice;
    let mut amount_value = String::new();
    if let Some(number) = line {
        let (_, line) = payables::line(app, agent, id, number).await?;
        let total = rounded(line.total, line.currency);
        if line.currency == invoice.currency && total > Decimal::ZERO {
            amount_value = total.to_string();
        }
    }
    Ok(PayableClaimsPage {
        notice: page.notice(),
        back: Link { href: format!("/payables/{id}"), text: invoice.number, current: false },
        action: of_invoice(id),
        rows: rows.iter().map(|listed| row(page, listed)).collect(),
        may_edit: agent.may(Permission::PayablesManage),
        kinds: page.reader.choices("claim-kind", ClaimKind::ALL, Some(ClaimKind::WrongCharge)),
        lines_value: line.map(|number| number.to_string()).unwrap_or_default(),
        amount_value,
        currency: invoice.currency.to_string(),
        shell: page.shell("billing").await?,
    })
}

/// `POST /payables/{id}/claims`.
pub(crate) async fn open(page: Page, Path(id): Path<SupplierInvoiceId>, form: Form) -> Answer {
    match opened(&page, id, &form).await {
        Ok(id) => Ok(super::see_with(&href(id), &Told::from(Done::Saved))),
        Err(error) => {
            let page = page.refusing("claim", &form, error)?;
            let view = invoice_view(&page, id, None).await?;
            page.again(&view)
        }
    }
}

async fn opened(page: &Page, invoice: SupplierInvoiceId, form: &Form) -> Result<ClaimId, app::Error> {
    let currency = payables::one(&page.app, &page.agent, invoice).await?.payable.invoice.currency;
    let parts =
        form.get("lines").split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty());
    let lines: Result<Vec<i64>, _> = parts.map(str::parse).collect();
    let new = NewClaim {
        invoice,
        kind: form.parse("kind")?,
        amount: typed(form, "amount", currency)?,
        lines: lines.map_err(|_| app::Error::invalid("lines", "unknown"))?,
        ticket: form.optional("ticket")?,
        happened: day(form, "happened")?,
        remark: form.get("remark").to_owned(),
    };
    claims::open(&page.app, &page.agent, new).await
}

/// `GET /claims/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<ClaimId>) -> Answer {
    let view = view(&page, id).await?;
    page.html(&view)
}

async fn view(page: &Page, id: ClaimId) -> Answer<ClaimPage> {
    let one = claims::one(&page.app, &page.agent, id).await?;
    let words = page.reader.words;
    let claim = &one.listed.claim;
    let edits = page.agent.may(Permission::PayablesManage);
    let may = |act: ClaimAct| edits && claim.state.may(act);
    let bill = format!("/payables/{}", claim.invoice);
    let line = |number: &i64| Link {
        href: format!("{bill}/lines/{number}"),
        text: words.f("payable-line", &[("n", (*number).into())]),
        current: false,
    };
    let ticket =
        |number: i64| Link { href: format!("/tickets/{number}"), text: format!("#{number}"), current: false };
    let value = |minor: i64| if minor > 0 { exact(claim.money(minor)).to_string() } else { String::new() };
    Ok(ClaimPage {
        notice: page.notice(),
        id: id.to_string(),
        row: row(page, &one.listed),
        invoice: Link { href: bill.clone(), text: claim.number.clone(), current: false },
        lines: claim.lines.0.iter().map(line).collect(),
        ticket: claim.ticket.map(ticket),
        facts: facts(page, &one),
        source: if claim.supplier_kind == SupplierKind::Microsoft {
            one.rule.source.clone()
        } else {
            String::new()
        },
        evidence: one.rule.evidence.iter().map(|evidence| tick(page, &one, *evidence)).collect(),
        progress: progress(page, &one),
        events: one.events.iter().rev().map(|event| event_row(page, &one, event)).collect(),
        may: ClaimMoves {
            tick: may(ClaimAct::Tick),
            deadline: may(ClaimAct::Deadline),
            submit: may(ClaimAct::Submit),
            credit: may(ClaimAct::Credit),
            refuse: may(ClaimAct::Refuse),
            withdraw: may(ClaimAct::Withdraw),
            pass_on: may(ClaimAct::PassOn),
        },
        today: page.reader.zone.to_datetime(page.reader.now).date().to_string(),
        deadline_value: claim.deadline.map(|day| day.to_string()).unwrap_or_default(),
        amount_value: value(claim.amount.saturating_sub(claim.credited)),
        left_value: value(one.standing.left()),
        shell: page.shell("billing").await?,
    })
}

fn facts(page: &Page, one: &One) -> Vec<[String; 2]> {
    let words = page.reader.words;
    let claim = &one.listed.claim;
    let money = |minor: i64| amount(words, exact(claim.money(minor)), claim.currency);
    let date = |day: Option<jiff::civil::Date>| day.map(|day| said::day(words, day));
    let some = |minor: i64| if minor > 0 { money(minor) } else { String::new() };
    let place = words.word("claim-place", one.rule.place.word());
    let is_microsoft = claim.supplier_kind == SupplierKind::Microsoft;
    let rows = [
        ("payables-supplier", claim.supplier_name.clone()),
        ("claim-amount", money(claim.amount)),
        ("claim-happened", date(claim.happened).unwrap_or_default()),
        ("claim-deadline", date(claim.deadline).unwrap_or_else(|| words.t("claim-no-deadline").into_owned())),
        ("claim-place", if is_microsoft { place.into_owned() } else { String::new() }),
        ("claim-credited", some(claim.credited)),
        ("claim-passed", some(one.standing.passed)),
        ("claim-kept", some(one.standing.kept)),
        ("claim-left", some(one.standing.left())),
        ("payables-remark", claim.remark.clone()),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| [words.t(key).into_owned(), value]).collect()
}

fn by(page: &Page, one: &One, event: &Event) -> String {
    let who = one.agents.get(&event.agent).map_or("", String::as_str);
    format!("{who} · {}", page.reader.time(event.at).text)
}

fn tick(page: &Page, one: &One, evidence: Evidence) -> ClaimTick {
    let there = one.standing.ticked.contains(evidence.word());
    let last = one.events.iter().rev().find(|event| event.reference == evidence.word() && is_tick(event.act));
    let by = last.filter(|_| there).map(|event| {
        let note = if event.note.is_empty() { String::new() } else { format!("{} · ", event.note) };
        format!("{note}{}", by(page, one, event))
    });
    ClaimTick {
        word: evidence.word().to_owned(),
        text: page.reader.words.word("claim-evidence", evidence.word()).into_owned(),
        there,
        by: by.unwrap_or_default(),
    }
}

fn is_tick(act: ClaimAct) -> bool {
    matches!(act, ClaimAct::Tick | ClaimAct::Untick)
}

fn progress(page: &Page, one: &One) -> Mark {
    let needs = &one.rule.evidence;
    let there = needs.iter().filter(|evidence| one.standing.ticked.contains(evidence.word())).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let args = [("there", number(there).into()), ("n", number(needs.len()).into())];
    let tone = if there == needs.len() { "done" } else { "warning" };
    mark(page.reader.words.f("claim-progress", &args), tone)
}

fn event_row(page: &Page, one: &One, event: &Event) -> ClaimEventRow {
    let words = page.reader.words;
    let claim: &Claim = &one.listed.claim;
    let mut named = Vec::new();
    if event.amount != 0 {
        named.push(amount(words, exact(claim.money(event.amount)), claim.currency));
    }
    if is_tick(event.act) {
        named.push(words.word("claim-evidence", &event.reference).into_owned());
    } else if !event.reference.is_empty() {
        named.push(event.reference.clone());
    }
    match event.day {
        Some(day) => named.push(said::day(words, day)),
        None if event.act == ClaimAct::Deadline => named.push(words.t("claim-no-deadline").into_owned()),
        None => {}
    }
    let ours = one.ours.get(&event.reference).filter(|_| event.act == ClaimAct::PassOn);
    ClaimEventRow {
        what: words.word("claim-did", event.act.word()).into_owned(),
        named: named.join(" · "),
        href: ours.map(|id| format!("/receivables/invoices/{id}")).unwrap_or_default(),
        note: event.note.clone(),
        by: one.agents.get(&event.agent).cloned().unwrap_or_default(),
        time: page.reader.time(event.at),
    }
}

/// `POST /claims/{id}`.
pub(crate) async fn note(page: Page, Path(id): Path<ClaimId>, form: Form) -> Answer {
    match noted(&page, id, &form).await {
        Ok(()) => Ok(super::see_with(&href(id), &Told::from(Done::Saved))),
        Err(error) => {
            let name = form.get("action").to_owned();
            let page = page.refusing(name, &form, error)?;
            let view = view(&page, id).await?;
            page.again(&view)
        }
    }
}

async fn noted(page: &Page, id: ClaimId, form: &Form) -> Result<(), app::Error> {
    let act: ClaimAct = form.parse("action")?;
    let currency = claims::one(&page.app, &page.agent, id).await?.listed.claim.currency;
    let said = Said {
        act,
        day: if act == ClaimAct::Submit { Some(needed(form, "day")?) } else { day(form, "day")? },
        amount: match form.get("amount").trim() {
            "" => None,
            _ => Some(typed(form, "amount", currency)?),
        },
        number: form.get("number").to_owned(),
        evidence: form.optional("evidence")?,
        note: form.get("note").to_owned(),
    };
    claims::note(&page.app, &page.agent, id, said).await
}
