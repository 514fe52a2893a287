//! What a ticket is entitled to, and the time that goes into it, beside its conversation.

use app::{
    charging::{self, Ask, Correction, New, OfTicket},
    tickets,
};
use domain::{
    charging::{entitlement::Basis, work::Answer as Answered},
    id::{ApprovalId, TimeEntryId},
    offering::PriceUnit,
};
use store::charging::approvals::Approval;
use text::{Words, format};

use super::address;
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        charging::{explained, hundredths, minutes, minutes_field},
        see,
        shell::Page,
        view::{self, ChargeApproval, ChargePanel, ChargeTimer, TimeLine},
    },
};

fn time(words: Words, minutes: u32) -> String {
    format::duration_working(words, i64::from(minutes) * 60)
}

/// What the panel shows.
pub(super) fn view(page: &Page, of: &OfTicket) -> Option<ChargePanel> {
    let words = page.reader.words;
    let entitlement = of.entitlement.as_ref()?;
    let (head, why) = explained(words, entitlement);
    let price = entitlement.price();
    let hourly = matches!(price, Some((PriceUnit::Hour, _)));
    let mut sums = vec![];
    let mut put = |key: &str, minutes: u32| {
        if minutes > 0 {
            sums.push((words.t(key).into_owned(), time(words, minutes)));
        }
    };
    put("charge-sum-all", of.sum.all);
    put("charge-sum-prepaid", of.sum.prepaid);
    put("charge-sum-waived", of.sum.waived);
    put("charge-sum-agreed", of.agreed);
    let open = price.is_some() && of.over > 0 && hourly;
    let asked = |answer: Answered| of.approvals.iter().any(|approval| approval.answer == answer);
    let warning = match entitlement.basis() {
        _ if open => words.f("charge-unconfirmed", &[("time", time(words, of.over).into())]),
        Basis::Incident if !asked(Answered::Confirmed) => words.t("charge-unconfirmed-incident").into_owned(),
        _ => String::new(),
    };
    let name = |id: &dyn std::fmt::Display| of.names.get(&id.to_string()).cloned().unwrap_or_default();
    let timer = of.timer.as_ref().map(|(timer, number)| ChargeTimer {
        since: page.reader.time(timer.since),
        number: u64::try_from(*number).unwrap_or_default(),
        here: timer.ticket == of.ticket,
    });
    Some(ChargePanel {
        tone: match entitlement.basis() {
            Basis::Plan | Basis::Prepaid | Basis::Pack | Basis::Free | Basis::Microsoft => "calm",
            Basis::Incident | Basis::Hourly | Basis::Ask => "near",
        }
        .into(),
        head,
        why,
        sums,
        warning,
        timer,
        entries: of
            .entries
            .iter()
            .map(|entry| TimeLine {
                id: entry.id.to_string(),
                who: name(&entry.agent),
                day: entry.day.clone(),
                time: time(words, entry.charged),
                minutes: entry.minutes,
                note: entry.note.clone(),
                reason: entry.reason.clone(),
                chargeable: entry.chargeable,
                may_correct: of.may_manage || of.may_log && entry.agent == page.agent.id,
            })
            .collect(),
        approvals: of.approvals.iter().rev().map(|approval| approval_line(page, approval, &name)).collect(),
        lines: of
            .lines
            .iter()
            .map(|line| {
                let amount = format::money(words, line.money(line.amount));
                let unit = words.word("charge-unit", line.unit.word());
                let what = words.word("charge-line", line.what.word());
                view::ChargeMade {
                    what: format!("{what} · {} {unit}", hundredths(words, line.quantity)),
                    amount,
                    invoice: line.invoice.clone().unwrap_or_default(),
                }
            })
            .collect(),
        today: page.reader.now.to_zoned(page.reader.zone.clone()).date().to_string(),
        estimate: minutes_field(of.rules.estimate),
        cap: minutes_field(of.rules.cap),
        may_log: of.may_log,
        may_manage: of.may_manage,
        may_ask: of.may_log && price.is_some(),
        hourly,
        microsoft: of.round.as_ref().and_then(|round| round.microsoft.clone()).unwrap_or_default(),
    })
}

fn approval_line(
    page: &Page,
    approval: &Approval,
    name: &dyn Fn(&dyn std::fmt::Display) -> String,
) -> ChargeApproval {
    let words = page.reader.words;
    let what = match approval.cap {
        Some(cap) => words.f(
            "charge-asked-hours",
            &[("price", format::money(words, approval.money()).into()), ("cap", time(words, cap).into())],
        ),
        None => words.f("charge-asked-incident", &[("price", format::money(words, approval.money()).into())]),
    };
    let at = |at| page.reader.near(at);
    let state = match (approval.answered_by, approval.answered_at) {
        (Some(by), Some(when)) => {
            let args = [("who", name(&by).into()), ("when", at(when).into())];
            match approval.answer {
                Answered::Declined => words.f("charge-declined-by", &args),
                Answered::Confirmed | Answered::Asked | Answered::Withdrawn => {
                    words.f("charge-confirmed-by", &args)
                }
            }
        }
        _ if approval.answer == Answered::Withdrawn => words.t("charge-withdrawn").into_owned(),
        _ => words.f("charge-asked-at", &[("when", at(approval.asked_at).into())]),
    };
    ChargeApproval {
        id: approval.id.to_string(),
        tone: match approval.answer {
            Answered::Confirmed => "kept",
            Answered::Declined => "late",
            Answered::Asked => "near",
            Answered::Withdrawn => "calm",
        }
        .into(),
        what,
        state,
        note: approval.note.clone(),
        open: approval.answer == Answered::Asked,
    }
}

/// `POST /tickets/{number}/charging`.
pub(crate) async fn act(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let (app, agent) = (&page.app, &page.agent);
    let whole = |field: &'static str| -> app::Result<u32> {
        form.get(field).trim().parse().map_err(|_| app::Error::invalid(field, "not-a-count"))
    };
    match form.get("do") {
        "start" => charging::start(app, agent, ticket.id).await?,
        "stop" => {
            let chargeable = !form.on("free");
            charging::stop(app, agent, form.get("note"), chargeable, form.get("reason")).await?;
        }
        "discard" => drop(charging::discard(app, agent).await?),
        "log" => {
            let day = match form.get("day").trim() {
                "" => None,
                day => Some(day.parse().map_err(|_| app::Error::invalid("day", "not-a-date"))?),
            };
            let new = New {
                day,
                minutes: whole("minutes")?,
                note: form.get("note").to_owned(),
                chargeable: !form.on("free"),
                reason: form.get("reason").to_owned(),
            };
            charging::log(app, agent, ticket.id, new).await?;
        }
        "correct" => {
            let entry: TimeEntryId = form.parse("entry")?;
            let to = Correction {
                minutes: form.find("minutes").map(|_| whole("minutes")).transpose()?,
                note: form.find("note").map(str::to_owned),
                chargeable: form.find("charged").map(|charged| charged == "yes"),
                reason: form.get("reason").to_owned(),
            };
            charging::correct(app, agent, entry, to).await?;
        }
        "ask" => {
            let ask = Ask {
                estimate: minutes("estimate", form.get("estimate"))?,
                cap: minutes("cap", form.get("cap"))?,
                note: form.get("note").to_owned(),
            };
            charging::ask(app, agent, ticket.id, ask).await?;
        }
        "withdraw" => charging::withdraw(app, agent, form.parse::<ApprovalId>("approval")?).await?,
        "fault" => charging::fault(app, agent, ticket.id, form.get("reason")).await?,
        "again" => charging::again(app, agent, ticket.id).await?,
        _ => return Err(app::Error::invalid("do", "unknown").into()),
    }
    Ok(see(&address(number)))
}
