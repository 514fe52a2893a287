//! What is known of a customer at Microsoft, as its page shows it.

use app::microsoft::{Place, State, What};
use jiff::SignedDuration;
use store::microsoft::read::ServiceRequest;

use crate::ui::{
    admin::microsoft::{issue, reading},
    shell::Page,
    view::{RequestLine, TenantView},
};

/// For how long a closed request is still shown.
const CLOSED: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How much of a note is shown, in characters.
const NOTE: usize = 240;

/// A tenant of the customer.
pub(super) fn view(page: &Page, place: &Place) -> TenantView {
    let time = |at| page.reader.time(at);
    let tenant = &place.tenant;
    let is_trouble = |state: State| match state {
        State::Never | State::Current | State::Throttled | State::NotOffered | State::Unconsented => false,
        State::Consent | State::Failing | State::Refused | State::NoAdmin | State::Gone => true,
    };
    let troubles = place.readings.iter().filter(|(_, health)| is_trouble(health.state));
    let lacks = place.reading(What::Requests).filter(|health| health.state == State::NotOffered);
    TenantView {
        id: tenant.tenant.clone(),
        domain: if tenant.domain.is_empty() { tenant.tenant.clone() } else { tenant.domain.clone() },
        cloud: tenant.cloud.word().into(),
        admin: match tenant.delegated_admin {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        }
        .into(),
        admin_until: tenant.delegated_until.map(time),
        seen: time(tenant.seen_at),
        troubles: troubles
            .map(|(what, health)| reading(page, *what, health))
            .chain(lacks.map(|health| reading(page, What::Requests, health)))
            .collect(),
        issues: place.issues.iter().map(|one| issue(page, one)).collect(),
        requests: place
            .requests
            .iter()
            .filter(|one| is_of_today(page, one))
            .map(|one| line(page, one))
            .collect(),
    }
}

fn is_of_today(page: &Page, request: &ServiceRequest) -> bool {
    let age = |at| page.reader.now.duration_since(at);
    request.status != "closed" || request.closed_at.is_some_and(|at| age(at) < CLOSED)
}

fn line(page: &Page, request: &ServiceRequest) -> RequestLine {
    let cut = |text: &str| match text.char_indices().nth(NOTE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    RequestLine {
        id: request.id.clone(),
        title: request.title.clone(),
        status: request.status.clone(),
        tone: match request.status.as_str() {
            "closed" => "done",
            "attention_needed" => "warning",
            _ => "",
        }
        .into(),
        severity: match request.severity.as_str() {
            "critical" => "A",
            "moderate" => "B",
            "minimal" => "C",
            _ => "",
        }
        .into(),
        product: request.product.clone(),
        changed: request.modified_at.map(|at| page.reader.time(at)),
        last: request.notes.0.last().map(|note| [note.by.clone(), cut(&note.text)]),
    }
}
