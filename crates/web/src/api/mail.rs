//! Mail: raw messages in, and mails that went out.

use app::{
    App, Error,
    intake::{self, Envelope, Kept, Way},
    post,
};
use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    access::Permission,
    id::{InboxId, OutgoingId, TicketId},
    ticket::intake::{Outcome, Why},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{inbox, outgoing};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Limit, Named, Params, bytes, media_type},
    cursor::{At, cursor, key},
    file, schema,
};
use crate::{
    guard::ApiCaller,
    problem::{Answer, Problem},
};

/// For whom a message is.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HandInParams {
    /// The address to which it was sent: it finds the mailbox. None if it came by no mailbox.
    recipient: Option<String>,
}

/// A message that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandedIn {
    /// Its id.
    #[schema(value_type = schema::InboxId)]
    id: InboxId,
    /// Whether it is new: the same bytes by the same way are the same message.
    new: bool,
}

/// Hands in a raw message (RFC 5322). When this answers, it is durable and will be processed.
#[utoipa::path(post, path = "/api/v1/inbox", tag = "mail", params(HandInParams),
    request_body(content = [u8], content_type = "message/rfc822", description = "The message as it came."),
    responses((status = 202, description = "It is kept.", body = HandedIn)))]
pub(crate) async fn hand_in(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<HandInParams>,
    request: Request,
) -> Answer<(StatusCode, Json<HandedIn>)> {
    agent.require(Permission::MailManage)?;
    if media_type(&request) != Some("message/rfc822") {
        return Err(Problem::status(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-type"));
    }
    let way = match &asked.recipient {
        None => Way::Api,
        // Another desk's mailbox is as unknown as none.
        Some(address) => match intake::addressee(&app, address).await? {
            Some((desk, mailbox)) if desk == agent.desk => Way::Mailbox(mailbox),
            _ => return Err(Error::invalid("recipient", "unknown").into()),
        },
    };
    let envelope = Envelope { recipients: asked.recipient.into_iter().collect(), ..Envelope::default() };
    let raw = bytes(request, &()).await?.to_vec();
    let kept = intake::accept(&app, agent.desk, &way, envelope, raw).await;
    let Kept { id, is_new } = kept.map_err(|error| match error {
        Error::Refused("too-large") => Problem::status(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        other => other.into(),
    })?;
    Ok((StatusCode::ACCEPTED, Json(HandedIn { id, new: is_new })))
}

/// Which raw messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InboxParams {
    /// How far they have come.
    #[param(value_type = schema::InboxState)]
    state: inbox::State,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// A raw message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RawMessage {
    /// Its id.
    #[schema(value_type = schema::InboxId)]
    id: InboxId,
    /// The mailbox, or the way by which it came.
    source: String,
    /// The SHA-256 of its bytes, in hex.
    digest: String,
    /// Its size in bytes.
    size: i64,
    /// When it was accepted.
    received_at: Timestamp,
    /// How far it has come.
    #[schema(value_type = schema::InboxState)]
    state: inbox::State,
    /// What became of it.
    #[schema(value_type = Option<schema::Outcome>)]
    outcome: Option<Outcome>,
    /// Why.
    #[schema(value_type = Option<schema::Why>)]
    why: Option<Why>,
    /// Its sender, as far as it could be read.
    sender: String,
    /// Its subject, as far as it could be read.
    subject: String,
    /// The ticket that it made or joined.
    #[schema(value_type = Option<schema::TicketId>)]
    ticket: Option<TicketId>,
    /// How often processing has failed.
    attempts: i64,
}

impl From<inbox::Raw> for RawMessage {
    fn from(raw: inbox::Raw) -> Self {
        Self {
            id: raw.id,
            source: raw.source,
            digest: raw.digest.to_string(),
            size: raw.size,
            received_at: raw.received_at,
            state: raw.state,
            outcome: raw.outcome,
            why: raw.why,
            sender: raw.sender,
            subject: raw.subject,
            ticket: raw.ticket,
            attempts: raw.attempts,
        }
    }
}

/// A page of raw messages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RawMessages {
    /// The messages, the newest first.
    items: Vec<RawMessage>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists raw messages, the newest first.
#[utoipa::path(get, path = "/api/v1/inbox", tag = "mail", params(InboxParams),
    responses((status = 200, description = "A page.", body = RawMessages)))]
pub(crate) async fn inbox(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<InboxParams>,
) -> Answer<Json<RawMessages>> {
    let name = format!("inbox/{}", asked.state);
    let before = key::<(At, InboxId)>(&name, asked.cursor.as_deref())?.map(|(At(at), id)| (at, id));
    let mut found = intake::list(&app, &agent, asked.state, before, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|raw| cursor(&name, &(At(raw.received_at), raw.id)));
    Ok(Json(RawMessages { items: found.into_iter().map(RawMessage::from).collect(), next }))
}

/// How the inbox stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MailStanding {
    /// How many messages wait; counted to 10,000.
    waiting: i64,
    /// Since when the oldest does.
    oldest: Option<Timestamp>,
    /// How many are parked; counted to 10,000.
    quarantined: i64,
}

/// How the inbox stands.
#[utoipa::path(get, path = "/api/v1/inbox/standing", tag = "mail",
    responses((status = 200, description = "The standing.", body = MailStanding)))]
pub(crate) async fn standing(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
) -> Answer<Json<MailStanding>> {
    let inbox::Waiting { waiting, oldest, quarantined } = intake::standing(&app, &agent).await?;
    Ok(Json(MailStanding { waiting, oldest, quarantined }))
}

/// Processes a parked message again.
#[utoipa::path(post, path = "/api/v1/inbox/{message}/retry", tag = "mail",
    params(("message" = inline(schema::InboxId), Path, description = "The message.")),
    responses((status = 202, description = "It waits to be processed.")))]
pub(crate) async fn retry(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<InboxId>,
) -> Answer<StatusCode> {
    intake::retry(&app, &agent, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A raw message as it came.
#[utoipa::path(get, path = "/api/v1/inbox/{message}/raw", tag = "mail",
    params(("message" = inline(schema::InboxId), Path, description = "The message.")),
    responses((status = 200, description = "Its bytes.", body = [u8], content_type = "message/rfc822")))]
pub(crate) async fn raw(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<InboxId>,
) -> Answer<Response> {
    let bytes = intake::bytes(&app, &agent, id).await?;
    Ok(file::download(&format!("{id}.eml"), "message/rfc822", bytes))
}

/// Which page of sent mail.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SentParams {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// A mail that went out, or will.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SentMail {
    /// Its id.
    #[schema(value_type = schema::OutgoingId)]
    id: OutgoingId,
    /// What it is for.
    #[schema(value_type = schema::Purpose)]
    purpose: outgoing::Purpose,
    /// The ticket it belongs to.
    #[schema(value_type = Option<schema::TicketId>)]
    ticket: Option<TicketId>,
    /// Its Message-ID, without brackets.
    message_id: String,
    /// Its subject.
    subject: String,
    /// How far it has come.
    #[schema(value_type = schema::MailState)]
    state: outgoing::State,
    /// When it was made.
    created_at: Timestamp,
    /// Not sent before then.
    send_at: Timestamp,
    /// Who gets it.
    recipients: Vec<Recipient>,
}

/// One recipient of a mail.
#[derive(Debug, Serialize, ToSchema)]
struct Recipient {
    /// The address.
    address: String,
    /// How far it has come.
    #[schema(value_type = schema::Delivery)]
    state: outgoing::Delivery,
    /// How often it was tried.
    attempts: i64,
    /// What the server said last.
    reply: String,
}

impl From<(outgoing::Outgoing, Vec<outgoing::Recipient>)> for SentMail {
    fn from((mail, recipients): (outgoing::Outgoing, Vec<outgoing::Recipient>)) -> Self {
        let recipients = recipients.into_iter().map(|r| Recipient {
            address: r.address,
            state: r.state,
            attempts: r.attempts,
            reply: r.reply,
        });
        Self {
            id: mail.id,
            purpose: mail.purpose,
            ticket: mail.ticket,
            message_id: mail.message_id,
            subject: mail.subject,
            state: mail.state,
            created_at: mail.created_at,
            send_at: mail.send_at,
            recipients: recipients.collect(),
        }
    }
}

/// A page of sent mail.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sent {
    /// The mails, the newest first.
    items: Vec<SentMail>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists sent mail, the newest first.
#[utoipa::path(get, path = "/api/v1/sent-mail", tag = "mail", params(SentParams),
    responses((status = 200, description = "A page.", body = Sent)))]
pub(crate) async fn sent(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<SentParams>,
) -> Answer<Json<Sent>> {
    let before = key::<(At, OutgoingId)>("sent-mail", asked.cursor.as_deref())?.map(|(At(at), id)| (at, id));
    let mut found = post::sent(&app, &agent, before, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let last = found.last().filter(|_| more);
    let next = last.and_then(|(mail, _)| cursor("sent-mail", &(At(mail.created_at), mail.id)));
    Ok(Json(Sent { items: found.into_iter().map(SentMail::from).collect(), next }))
}

/// Tries a mail again for those who have not got it.
#[utoipa::path(post, path = "/api/v1/sent-mail/{mail}/retry", tag = "mail",
    params(("mail" = inline(schema::OutgoingId), Path, description = "The mail.")),
    responses((status = 202, description = "It will be tried.")))]
pub(crate) async fn retry_sent(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<OutgoingId>,
) -> Answer<StatusCode> {
    post::retry(&app, &agent, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A sent mail as it went. One with a link that lets somebody in is nobody else's to read.
#[utoipa::path(get, path = "/api/v1/sent-mail/{mail}/raw", tag = "mail",
    params(("mail" = inline(schema::OutgoingId), Path, description = "The mail.")),
    responses((status = 200, description = "Its bytes.", body = [u8], content_type = "message/rfc822")))]
pub(crate) async fn raw_sent(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<OutgoingId>,
) -> Answer<Response> {
    let bytes = post::raw(&app, &agent, id).await?;
    Ok(file::download(&format!("{id}.eml"), "message/rfc822", bytes))
}
