//! One ticket: reading it, answering, and every change.

pub(crate) mod charging;
pub(crate) mod circle;
pub(crate) mod diagnosis;
pub(crate) mod escalation;
pub(crate) mod page;
pub(crate) mod presence;
pub(crate) mod questions;
pub(crate) mod side;
mod timeline;

use app::tickets::{self, Change, Reply, Then};
use axum::{extract::State, http::HeaderMap, response::Response};
use domain::{
    access::Permission,
    email_address::EmailAddress,
    id::{ContactId, EntryId},
    ticket::lifecycle::Action,
};

use self::page::Typed;
use super::{
    came_from, nothing, see, see_with,
    shell::{Back, Done, Page, Told},
};
use crate::{
    Web,
    form::{Form, Path, Query},
    guard::by_itself,
    problem::{Answer, Problem},
};

/// `GET /tickets/{number}`.
pub(crate) async fn show(
    State(web): State<Web>,
    page: Page,
    Path(number): Path<i64>,
    query: Query,
    headers: HeaderMap,
) -> Answer {
    let before = query.get("before").parse().ok();
    let (ticket, look) = page::of(&web, &page, number, back(&headers), Typed::default(), before).await?;
    if let Some(look) = look.filter(|_| !by_itself(&headers)) {
        tickets::looked(&page.app, &page.agent, look).await?;
    }
    page.html(&ticket)
}

/// The list from which the reader came.
fn back(headers: &HeaderMap) -> String {
    let home = "/queue/mine";
    let path = came_from(headers, home);
    let list = ["/queue/", "/search", "/customers/"].iter().any(|list| path.starts_with(list));
    if list { path } else { home.into() }
}

fn address(number: i64) -> String {
    format!("/tickets/{number}")
}

/// The page again with what was typed, and why it was not taken.
async fn again(web: &Web, page: &Page, number: i64, typed: Typed) -> Answer {
    let status = typed.problem.as_ref().map_or(axum::http::StatusCode::CONFLICT, Problem::http_status);
    let (ticket, _) = page::of(web, page, number, "/queue/mine".into(), typed, None).await?;
    super::again(status, &ticket)
}

/// `POST /tickets/{number}/reply`.
pub(crate) async fn reply(State(web): State<Web>, page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let chosen = form.all("recipient").flat_map(|field| field.split(',')).map(str::trim);
    let chosen: Vec<&str> = chosen.filter(|address| !address.is_empty()).collect();
    let offered: Vec<&str> = form.all("offered").collect();
    let among = |all: &[&str], address: &str| all.iter().any(|one| one.eq_ignore_ascii_case(address));
    let reply = Reply {
        text: form.get("text").into(),
        cc: chosen.iter().filter(|to| !among(&offered, to)).map(|to| (*to).to_owned()).collect(),
        without: offered.iter().filter(|to| !among(&chosen, to)).map(|to| (*to).to_owned()).collect(),
        seen: form.optional("seen")?,
        then: match form.get("then") {
            "wait_customer" => Then::Wait,
            "resolve" => Then::Resolve,
            _ => Then::Nothing,
        },
        files: form.files.clone(),
    };
    let without = reply.without.clone();
    match tickets::reply(&page.app, &page.agent, ticket.id, reply).await {
        Ok(sent) if sent.by_mail => {
            let told = Told::with_undo(Done::Sending, Back::Answer(number, sent.entry), sent.until);
            Ok(see_with(&address(number), &told))
        }
        Ok(_) => Ok(see_with(&address(number), &Done::Kept.into())),
        Err(
            error @ (app::Error::Invalid { .. }
            | app::Error::Refused(
                "newer" | "no-decision" | "timer-here" | "handed-over" | "customer-not-told" | "give-back",
            )),
        ) => {
            let newer = matches!(error, app::Error::Refused("newer"));
            let problem = (!newer).then(|| error.into());
            let typed = Typed { kind: "reply", text: form.get("text").into(), without, problem, newer };
            again(&web, &page, number, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /tickets/{number}/note`.
pub(crate) async fn note(State(web): State<Web>, page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let text = form.get("text");
    match tickets::note(&page.app, &page.agent, ticket.id, text, form.files.clone()).await {
        Ok(_) => Ok(see_with(&address(number), &Done::Noted.into())),
        Err(error @ app::Error::Invalid { .. }) => {
            let typed =
                Typed { kind: "note", text: text.into(), problem: Some(error.into()), ..Typed::default() };
            again(&web, &page, number, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /tickets/{number}/draft`.
pub(crate) async fn draft(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    tickets::save_draft(&page.app, &page.agent, ticket.id, form.get("kind"), form.get("text")).await?;
    Ok(nothing())
}

/// `POST /tickets/{number}/move`.
pub(crate) async fn make_move(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let action: Action = form.parse("action")?;
    let seen = Some(form.parse("version")?);
    let undo = tickets::make_move(&page.app, &page.agent, ticket.id, action, seen).await?;
    Ok(match undo {
        Some(offer) => {
            let told = Told::with_undo(Done::Moved, Back::Kept(offer.id), offer.until);
            see_with(&address(number), &told)
        }
        None => see(&address(number)),
    })
}

/// For how long the way back from a merge is offered right after it; its page offers it for longer.
const MERGE_SECONDS: i64 = 30;

/// `POST /tickets/{number}/merge`.
pub(crate) async fn merge(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let into = form.get("into").trim().trim_start_matches('#').parse();
    let into = into.map_err(|_| app::Error::invalid("into", "unknown"))?;
    let merged =
        tickets::merge(&page.app, &page.agent, ticket.id, into, Some(form.parse("version")?)).await?;
    let told = merged.undo.map_or(Done::Merged.into(), |offer| {
        let shown = page.reader.now.checked_add(jiff::SignedDuration::from_secs(MERGE_SECONDS));
        Told::with_undo(Done::Merged, Back::Kept(offer.id), shown.unwrap_or(offer.until).min(offer.until))
    });
    Ok(see_with(&address(merged.into), &told))
}

/// `POST /tickets/{number}/take`.
pub(crate) async fn take(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let seen = Some(form.parse("version")?);
    let to = Change { assignee: Some(Some(page.agent.id)), ..Change::default() };
    tickets::change(&page.app, &page.agent, ticket.id, to, seen).await?;
    Ok(see(&address(number)))
}

/// `POST /tickets/{number}/change`. A field that the form does not have stays as it is.
pub(crate) async fn change(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let tags = |tags: &str| {
        let tags = tags.split([',', '，']).map(str::trim).filter(|tag| !tag.is_empty());
        tags.map(str::to_owned).collect()
    };
    let to = Change {
        subject: form.find("subject").map(str::to_owned),
        kind: form.optional("kind")?,
        service: form.optional("service")?,
        severity: form.optional("severity")?,
        contact: requester(&page, &form).await?,
        customer: form.clearable("customer")?,
        assignee: form.clearable("assignee")?,
        team: form.clearable("team")?,
        tags: form.find("tags").map(tags),
        snoozed_until: form.clearable("snoozed_until")?,
    };
    let seen = Some(form.parse("version")?);
    tickets::change(&page.app, &page.agent, ticket.id, to, seen).await?;
    Ok(see(&address(number)))
}

/// Who asked, if the form says so: by its id, or by its address.
async fn requester(page: &Page, form: &Form) -> app::Result<Option<Option<ContactId>>> {
    let address = form.get("requester").trim();
    if address.is_empty() {
        return form.clearable("contact");
    }
    page.agent.require(Permission::CustomersView)?;
    let unknown = app::Error::invalid("contact", "unknown");
    let Ok(address) = address.parse::<EmailAddress>() else { return Err(unknown) };
    let found = page.app.store.read::<_, store::Error, _>(page.agent.desk, move |tx| {
        let address = address.clone();
        Box::pin(async move { store::parties::contact_by_email(tx, &address).await })
    });
    found.await?.map(|contact| Some(Some(contact.id))).ok_or(unknown)
}

/// `POST /tickets/{number}/undo`.
pub(crate) async fn undo(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let entry: EntryId = form.parse("what")?;
    tickets::take_back(&page.app, &page.agent, ticket.id, entry).await?;
    Ok(see_with(&address(number), &Done::TakenBack.into()))
}

/// `POST /tickets/{number}/presence`.
pub(crate) async fn presence(
    State(web): State<Web>,
    page: Page,
    Path(number): Path<i64>,
    form: Form,
) -> Answer<Response> {
    // Nobody learns by the answer whether a ticket exists that they may not see.
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    // It is told while somebody looks at the page.
    tickets::look(&page.app, &page.agent, &ticket).await?;
    let replying = form.get("doing") == "replying";
    let agent = (page.agent.id, page.agent.name.as_str());
    web.presence.tell((page.agent.desk, number), agent, replying, page.reader.now);
    Ok(nothing())
}
