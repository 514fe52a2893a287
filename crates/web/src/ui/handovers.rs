//! The list of hand-overs: what waits for the desk, and what waits for others.

use app::handovers::{self, Line};
use axum::http::StatusCode;
use domain::{
    handover::{Leg, states::Outcome},
    id::HandoverId,
    ticket::diagnosis::Evidence,
};

use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        self,
        pieces::Reader,
        see_with,
        shell::{Done, Page},
        ticket::escalation,
        view::{HandoverLine, HandoversPage, Notice},
    },
};

const PATH: &str = "/handovers";

/// `GET /handovers`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None).await?;
    page.html(&view)
}

async fn view(page: &Page, notice: Option<Notice>) -> Answer<HandoversPage> {
    let list = handovers::list(&page.app, &page.agent).await?;
    let lines = |all: &[Line]| all.iter().map(|one| line(&page.reader, one)).collect();
    Ok(HandoversPage {
        shell: page.shell("handovers").await?,
        notice,
        ours: lines(&list.ours),
        theirs: lines(&list.theirs),
    })
}

fn line(reader: &Reader, line: &Line) -> HandoverLine {
    let (words, leg) = (reader.words, &line.leg);
    let offered = !leg.outgoing && leg.state == Leg::Offered;
    let key = match (leg.outgoing, offered) {
        (true, _) => "escalation-to",
        (false, true) => "handovers-offer",
        (false, false) => "escalation-from",
    };
    HandoverLine {
        id: leg.id.to_string(),
        subject: line
            .ticket
            .as_ref()
            .map_or_else(|| leg.package.0.subject.clone(), |(_, subject)| subject.clone()),
        href: line
            .ticket
            .as_ref()
            .map(|(number, _)| format!("/tickets/{number}#escalation"))
            .unwrap_or_default(),
        title: words.f(key, &[("name", (&leg.party).into())]),
        state: leg.state.to_string(),
        severity: leg.severity.to_string(),
        due: (leg.due_at != store::tickets::NEVER).then(|| reader.time(leg.due_at)),
        late: line.late,
        lost: line.lost.is_some(),
        package: if offered { text::handover::package(words, &leg.package.0) } else { String::new() },
        evidence: if offered { reader.choices("evidence", Evidence::ALL, None) } else { Vec::new() },
        outcomes: if offered {
            reader.choices("outcome", &[Outcome::Declined, Outcome::DataMissing], None)
        } else {
            Vec::new()
        },
    }
}

/// `POST /handovers/{id}/answer`.
pub(crate) async fn answer(page: Page, Path(id): Path<HandoverId>, form: Form) -> Answer {
    let done = match form.get("answer") {
        "decline" => {
            let back = match form.get("outcome") {
                "" => Outcome::Declined.into(),
                _ => escalation::back(&form)?,
            };
            handovers::decline(&page.app, &page.agent, id, form.get("reason"), back).await
        }
        _ => handovers::accept(&page.app, &page.agent, id).await,
    };
    match done {
        Ok(()) => Ok(see_with(PATH, &Done::Saved.into())),
        Err(error @ (app::Error::Refused(_) | app::Error::Invalid { .. })) => {
            let problem = Problem::from(error);
            let notice = ui::notice(page.reader.words, &problem);
            let status = match problem.http_status() {
                StatusCode::UNPROCESSABLE_ENTITY => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::CONFLICT,
            };
            ui::again(status, &view(&page, Some(notice)).await?)
        }
        Err(error) => Err(error.into()),
    }
}
