//! The panel of hand-overs on a ticket's page: to whom it may go, what is missing, who has it, and what came back.

use std::collections::BTreeSet;

use app::{
    handovers::{self, Choice, Draft, Following, LegView, Panel, Then, Topic, Topics, Writing},
    microsoft::State,
    tickets,
};
use axum::extract;
use domain::{
    clock::running,
    handover::{
        Hash, Leg,
        shared_clock::Segment,
        states::{Back, Outcome, Party, Step},
        team::TeamClock,
    },
    id::{HandoverId, OfferingId, SupplierId},
    party::supplier::Way,
    ticket::{
        diagnosis::{Evidence, Verdict},
        kinds::Severity,
        lifecycle::Passage,
    },
};
use store::{handovers::Handover, timeline::Attachment};
use text::{Words, format};

use super::{address, again, page::Typed, side, timeline};
use crate::{
    Web,
    form::{Form, Path},
    problem::Answer,
    ui::{
        pieces::{Reader, choice},
        see, see_with,
        shell::{Done, Page},
        view,
    },
};

/// What the page shows of a ticket's hand-overs.
pub(super) fn view(page: &Page, number: i64, panel: &Panel) -> view::EscalationPanel {
    let (reader, words) = (&page.reader, page.reader.words);
    let newest = panel.legs.first();
    let live = newest.filter(|view| view.leg.live);
    let due = live.filter(|view| view.leg.due_at != store::tickets::NEVER).map(|view| view.leg.due_at);
    let to_do = |view: &LegView| {
        steps(panel, view).iter().any(|step| *step != "judge") && view.leg.state != Leg::InProgress
    };
    let outside =
        panel.diagnosis.decision.as_ref().is_some_and(|decided| decided.verdict == Verdict::Outside);
    view::EscalationPanel {
        open: panel.draft.is_some()
            || (outside && panel.legs.is_empty() && panel.may)
            || panel.passage == Passage::Owed
            || live.is_some_and(to_do),
        state: newest.map(|view| view.leg.state.to_string()).unwrap_or_default(),
        with: newest.map(|view| view.leg.party.clone()).unwrap_or_default(),
        due: due.map(|due| reader.time(due)),
        late: due.is_some_and(|due| due < reader.now),
        form: form(words, panel),
        legs: panel.legs.iter().map(|view| leg(reader, (number, panel), view)).collect(),
        held: panel.segments.iter().map(|segment| held(page, segment)).collect(),
        team: panel.team.as_ref().map(|team| ours(words, team)),
    }
}

fn form(words: Words, panel: &Panel) -> Option<view::HandOverForm> {
    if !panel.may || (panel.choices.is_empty() && panel.passage == Passage::Away) {
        return None;
    }
    let draft = panel.draft.as_ref();
    let chosen = |choice: &Choice| {
        draft.is_some_and(|leg| {
            leg.supplier == Some(choice.supplier.id)
                && leg.offering == choice.offering.as_ref().map(|offering| offering.id)
        })
    };
    let place = panel.choices.iter().position(chosen).unwrap_or(0);
    let needs = panel.choices.get(place).map(|choice| choice.needs.as_slice()).unwrap_or_default();
    let known = &panel.diagnosis.evidence;
    // What a supplier missed the last time is needed now.
    let missed = panel.legs.iter().find(|view| view.leg.outgoing).map(|view| &view.leg);
    let missed = missed.filter(|leg| leg.outcome == Some(Outcome::DataMissing));
    let missed: BTreeSet<Evidence> = missed.map(|leg| leg.missing.0.clone()).unwrap_or_default();
    let is_asked = |what: &Evidence| needs.iter().any(|(needed, _)| needed == what);
    let more: BTreeSet<Evidence> =
        known.keys().chain(&missed).copied().filter(|what| !is_asked(what)).collect();
    let field = |(what, needed): (Evidence, bool)| view::EvidenceField {
        word: what.to_string(),
        value: known.get(&what).cloned().unwrap_or_default(),
        needed: needed || missed.contains(&what),
    };
    let missing: Vec<_> = panel
        .missing
        .iter()
        .filter(|(_, blocks)| *blocks)
        .map(|(what, _)| words.word("evidence", what.word()))
        .collect();
    Some(view::HandOverForm {
        ways: panel
            .choices
            .iter()
            .enumerate()
            .map(|(at, way)| choice(value(way), label(words, way), at == place))
            .collect(),
        summary: draft.map(|leg| leg.package.0.summary.clone()).unwrap_or_default(),
        evidence: needs
            .iter()
            .copied()
            .chain(more.into_iter().map(|what| (what, false)))
            .map(field)
            .collect(),
        files: panel.files.iter().map(|file| file_choice(words, file, draft)).collect(),
        azure: panel
            .choices
            .get(place)
            .filter(|choice| choice.way == Way::AzureSupport)
            .map(|_| azure(words, panel)),
        missing: missing.join(", "),
        preview: panel
            .package
            .as_ref()
            .map(|package| text::handover::package(words, package))
            .unwrap_or_default(),
        hidden: panel.choices.get(place).is_some_and(|choice| !choice.supplier.personal_data),
    })
}

fn file_choice(words: Words, file: &Attachment, draft: Option<&Handover>) -> view::Choice {
    choice(file.hash, file_name(words, file), draft.is_some_and(|leg| goes_with(leg, file)))
}

fn file_name(words: Words, file: &Attachment) -> String {
    format!("{} · {}", file.name, format::bytes(words, u64::try_from(file.size).unwrap_or_default()))
}

/// What may go with a word: first what the customer sees, too. Nothing is chosen but by an agent.
fn enclosable(words: Words, panel: &Panel) -> Vec<view::Choice> {
    let unseen = |file: &Attachment| {
        let label = words.f("escalation-file-unseen", &[("file", file_name(words, file).into())]);
        choice(file.hash, label, false)
    };
    let shown = panel.files.iter().map(|file| file_choice(words, file, None));
    shown.chain(panel.unseen.iter().map(unseen)).collect()
}

/// Whether a file was chosen for a hand-over.
fn goes_with(leg: &Handover, file: &Attachment) -> bool {
    leg.package.0.files.iter().any(|named| named.sha256.0 == file.hash.bytes())
}

/// What Microsoft wants to know of a request for Azure.
fn azure(words: Words, panel: &Panel) -> view::AzureFields {
    let filing = panel.filing.clone().unwrap_or_default();
    let choices = |topics: &[Topic], chosen: &str| {
        let none = choice("", words.t("azure-choose").into_owned(), chosen.is_empty());
        let all = topics.iter().map(|topic| choice(&topic.id, topic.name.clone(), topic.id == chosen));
        if topics.is_empty() { Vec::new() } else { std::iter::once(none).chain(all).collect() }
    };
    view::AzureFields {
        services: choices(&filing.services, &filing.service),
        problems: choices(&filing.problems, &filing.problem),
        trouble: filing.trouble.map(|(state, detail)| stuck(words, state, &detail)).unwrap_or_default(),
    }
}

/// Why something does not go on at Microsoft.
fn stuck(words: Words, state: State, detail: &str) -> String {
    let state = words.word("microsoft-state", state.word());
    if detail.is_empty() { state.into_owned() } else { format!("{state} · {detail}") }
}

fn following(reader: &Reader, leg: &Handover, following: &Following) -> view::FollowLine {
    let stuck = !matches!(following.state, State::Never | State::Current);
    view::FollowLine {
        state: following.state.to_string(),
        stuck,
        detail: following.detail.clone(),
        status: following.status.map(|status| status.to_string()).unwrap_or_default(),
        filing: leg.state == Leg::Offered && leg.way == Way::AzureSupport && !stuck,
        read: following.read_at.map(|at| reader.time(at)),
        next: following.next_at.filter(|_| stuck).map(|at| reader.time(at)),
        waiting: following.waiting as u64,
    }
}

/// A way as the form carries it.
fn value(way: &Choice) -> String {
    let offering = way.offering.as_ref().map(|offering| offering.id.to_string()).unwrap_or_default();
    let contract = way.entitlement.map(|id| id.to_string()).unwrap_or_default();
    format!("{}/{offering}/{contract}", way.supplier.id)
}

fn label(words: Words, way: &Choice) -> String {
    let mut parts = vec![way.supplier.name.clone()];
    parts.extend(way.offering.as_ref().map(|offering| offering.name.clone()));
    if way.consumes > 0 {
        parts.push(words.t("escalation-way-units").into_owned());
    }
    if let Some(due) = way.due {
        let when = format::date_time(words, due, &jiff::tz::TimeZone::UTC);
        parts.push(words.f("escalation-way-due", &[("when", format!("{when} UTC").into())]));
    }
    if !way.reachable {
        parts.push(words.t("escalation-way-unreachable").into_owned());
    } else if !way.advised {
        parts.push(words.t("escalation-way-unknown").into_owned());
    }
    parts.join(" · ")
}

fn leg(reader: &Reader, (number, panel): (i64, &Panel), view: &LegView) -> view::LegCard {
    let (words, leg) = (reader.words, &view.leg);
    let steps = steps(panel, view);
    let key = if leg.outgoing { "escalation-to" } else { "escalation-from" };
    let filing = steps.contains(&"filed");
    let giving = steps.contains(&"give_back");
    let said = leg.outcome.filter(|_| leg.state.is_back()).unwrap_or(Outcome::Solved);
    // What came from further on is what goes back.
    let further = panel.legs.iter().find(|other| other.leg.outgoing && !other.leg.answer.is_empty());
    view::LegCard {
        id: leg.id.to_string(),
        title: words.f(key, &[("name", (&leg.party).into())]),
        party: leg.party.clone(),
        state: leg.state.to_string(),
        expires: leg.expires_at.filter(|_| leg.state.is_offered()).map(|at| reader.time(at)),
        number: leg.number.clone(),
        outcome: leg.outcome.map(|outcome| came_back(words, outcome, &leg.missing.0)).unwrap_or_default(),
        answer: leg.answer.clone(),
        clocks: last_rounds(&view.clocks).map(|clock| side::one_clock(reader, clock, &leg.party)).collect(),
        lost: view.lost.as_ref().filter(|_| leg.live).map(|(since, why)| lost(reader, *since, why)),
        portal: view.portal.clone(),
        following: view.following.as_ref().filter(|_| leg.live).map(|f| following(reader, leg, f)),
        files: if filing {
            let with_it = panel.files.iter().filter(|file| goes_with(leg, file));
            with_it.map(|file| timeline::file(words, number, file)).collect()
        } else {
            Vec::new()
        },
        fields: if filing { fields(words, view) } else { Vec::new() },
        whole: if filing {
            text::handover::package(words, &leg.package.0)
        } else if giving {
            further.map(|other| other.leg.answer.clone()).unwrap_or_default()
        } else {
            String::new()
        },
        enclosable: if steps.contains(&"tell") || steps.contains(&"send_back") {
            enclosable(words, panel)
        } else {
            Vec::new()
        },
        by_hand: matches!(leg.way, Way::Portal | Way::AzureSupport),
        steps: steps.into_iter().map(str::to_owned).collect(),
        severities: reader.choices("severity", Severity::ALL, Some(leg.severity)),
        outcomes: reader.choices("outcome", Outcome::ALL, Some(said)),
        evidence: Evidence::ALL
            .iter()
            .map(|what| {
                let missed = leg.outcome == Some(Outcome::DataMissing) && leg.missing.0.contains(what);
                choice(what, words.word("evidence", what.word()), missed)
            })
            .collect(),
    }
}

/// How something came back, and what was missing.
pub(super) fn came_back(words: Words, outcome: Outcome, missing: &BTreeSet<Evidence>) -> String {
    if outcome != Outcome::DataMissing || missing.is_empty() {
        return words.word("outcome", outcome.word()).into_owned();
    }
    let what: Vec<_> = missing.iter().map(|what| words.word("evidence", what.word())).collect();
    words.f("came-back-missing", &[("what", what.join(", ").into())])
}

/// The clocks without the rounds that are over.
fn last_rounds(clocks: &[running::Clock]) -> impl Iterator<Item = &running::Clock> {
    let is_round = |clock: &running::Clock| clock.kind == running::ClockKind::NextResponse;
    let last = clocks.iter().rposition(is_round);
    clocks
        .iter()
        .enumerate()
        .filter(move |(at, clock)| !is_round(clock) || Some(*at) == last)
        .map(|(_, clock)| clock)
}

/// Why messages do not get to a desk.
pub(crate) fn lost(reader: &Reader, since: jiff::Timestamp, why: &str) -> view::Notice {
    let args = [("since", reader.near(since).into()), ("why", why.into())];
    view::Notice { tone: "warning".into(), text: reader.words.f("escalation-lost", &args) }
}

/// What can be done with a leg.
fn steps(panel: &Panel, view: &LegView) -> Vec<&'static str> {
    let leg = &view.leg;
    if !panel.may || leg.ticket.is_none() {
        return Vec::new();
    }
    let by = if leg.outgoing { Party::Offerer } else { Party::Receiver };
    let table: Vec<Step> = leg.state.steps(by).collect();
    let has = |step| table.contains(&step);
    let mut all = Vec::new();
    if !leg.outgoing {
        if has(Step::Return) {
            all.push("give_back");
        }
        return all;
    }
    if leg.way == Way::Portal && leg.state == Leg::Offered {
        all.push("filed");
    }
    if has(Step::Withdraw) {
        all.push("withdraw");
    }
    if leg.state.is_away() {
        all.push("tell");
        // A desk gives it back itself.
        if leg.way != Way::Desk {
            all.push("return");
        }
        if has(Step::LetGo) && leg.way == Way::Desk && view.opener {
            all.push("let_go");
        }
    }
    if let Some(following) = view.following.as_ref().filter(|_| leg.live) {
        let filed = leg.state != Leg::Offered || leg.way == Way::AzureSupport;
        all.extend(filed.then_some("check"));
        // Another number may be the right one.
        let wrong = following.state == State::Refused && leg.way == Way::Portal && leg.state.is_away();
        all.extend(wrong.then_some("renumber"));
    }
    if leg.state == Leg::Returned {
        all.extend(["inform", "approve", "send_back"]);
    }
    if leg.state.is_back() || leg.state == Leg::Declined {
        all.push("judge");
    }
    all
}

/// The package in pieces, each for one field of a form elsewhere.
fn fields(words: Words, view: &LegView) -> Vec<view::CopyField> {
    let package = &view.leg.package.0;
    let field = |label: String, value: &str| view::CopyField { label, value: value.to_owned() };
    let mut all = vec![
        field(words.t("subject").into_owned(), &package.subject),
        field(words.t("escalation-summary").into_owned(), &package.summary),
    ];
    for (word, said) in &package.evidence {
        let label = word
            .parse::<Evidence>()
            .map_or_else(|_| word.clone(), |evidence| words.word("evidence", evidence.word()).into_owned());
        all.push(field(label, said));
    }
    all.push(field(words.t("package-caller").into_owned(), &package.caller.address));
    all.retain(|field| !field.value.trim().is_empty());
    all
}

fn held(page: &Page, segment: &Segment) -> view::HeldLine {
    let reader = &page.reader;
    let to = segment.to.map_or_else(|| "…".to_owned(), |to| reader.near(to));
    view::HeldLine {
        name: segment.name.clone(),
        span: format!("{} – {to}", reader.near(segment.from)),
        length: format::duration_working(reader.words, segment.open.as_secs()),
        here: segment.to.is_none(),
    }
}

fn ours(words: Words, team: &TeamClock) -> view::Notice {
    let used = format::duration_working(words, team.used.as_secs());
    let target = format::duration_working(words, i64::from(team.target.get()));
    let args = [("used", used.into()), ("target", target.into())];
    let (tone, key) =
        if team.breached { ("error", "escalation-team-late") } else { ("done", "escalation-team-used") };
    view::Notice { tone: tone.into(), text: words.f(key, &args) }
}

/// `POST /tickets/{number}/handover`: what is written is kept, whatever becomes of it.
pub(crate) async fn hand_over(
    extract::State(web): extract::State<Web>,
    page: Page,
    Path(number): Path<i64>,
    form: Form,
) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let mut way = form.get("way").split('/');
    let mut part = || way.next().unwrap_or_default();
    let supplier: SupplierId = part().parse().map_err(|_| app::Error::invalid("supplier", "unknown"))?;
    let offering = match part() {
        "" => None,
        id => Some(id.parse::<OfferingId>().map_err(|_| app::Error::invalid("offering", "unknown"))?),
    };
    let entitlement = match part() {
        "" => None,
        id => Some(id.parse().map_err(|_| app::Error::invalid("entitlement", "unknown"))?),
    };
    let given = Evidence::ALL
        .iter()
        .filter_map(|what| form.find(&format!("evidence-{what}")).map(|said| (*what, said.to_owned())));
    let files = chosen(&form)?;
    let draft = Draft {
        supplier: Some(supplier),
        offering,
        entitlement,
        summary: form.get("summary").into(),
        evidence: given.collect(),
        files,
        topics: form.find("azure-service").map(|service| Topics {
            service: service.to_owned(),
            problem: form.get("azure-problem").to_owned(),
        }),
    };
    let then = if form.get("then") == "offer" { Then::Offer } else { Then::Keep };
    match handovers::hand_over(&page.app, &page.agent, ticket.id, draft.clone(), then).await {
        Ok(_) => Ok(see(&address(number))),
        Err(error @ (app::Error::Refused(_) | app::Error::Invalid { .. })) => {
            // What was typed stays, where it can be kept at all.
            let kept = handovers::hand_over(&page.app, &page.agent, ticket.id, draft, Then::Keep).await;
            if let Err(app::Error::Internal(_)) = &kept {
                kept?;
            }
            let typed = Typed { problem: Some(error.into()), ..Typed::default() };
            again(&web, &page, number, typed).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The files that were chosen.
fn chosen(form: &Form) -> Result<Vec<Hash>, app::Error> {
    form.all("file").map(|hash| hash.parse().map_err(|_| app::Error::invalid("files", "unknown"))).collect()
}

/// A word with what goes with it.
fn writing(form: &Form, field: &str, uploads: Vec<tickets::Upload>) -> Result<Writing, app::Error> {
    Ok(Writing { text: form.get(field).to_owned(), files: chosen(form)?, uploads })
}

/// How something came back. What is ticked as missing counts where something was.
pub(crate) fn back(form: &Form) -> Result<Back, app::Error> {
    let outcome = form.parse("outcome")?;
    let word = |word: &str| word.parse::<Evidence>().map_err(|_| app::Error::invalid("missing", "unknown"));
    let missing = form.all("missing").map(word).collect::<Result<_, _>>()?;
    Ok(Back::new(outcome, missing).unwrap_or_else(|| outcome.into()))
}

/// `POST /tickets/{number}/handover/step`.
pub(crate) async fn step(
    extract::State(web): extract::State<Web>,
    page: Page,
    Path(number): Path<i64>,
    mut form: Form,
) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let uploads = std::mem::take(&mut form.files);
    let id: HandoverId = form.parse("leg")?;
    let (app, agent) = (&page.app, &page.agent);
    // A leg of another ticket is none of this page's.
    let panel = handovers::panel(app, agent, ticket.id).await?.ok_or(app::Error::NotFound("ticket"))?;
    let unknown = || app::Error::invalid("leg", "unknown");
    let leg = panel.legs.into_iter().find(|view| view.leg.id == id).ok_or_else(unknown)?.leg;
    let done = match form.get("step") {
        "filed" => handovers::filed(app, agent, id, form.get("number")).await,
        "withdraw" => handovers::withdraw(app, agent, id).await,
        "tell" => handovers::tell(app, agent, id, writing(&form, "text", uploads)?).await,
        "ask" => handovers::ask(app, agent, id).await,
        "severity" => handovers::change_severity(app, agent, id, form.parse("severity")?).await,
        "return" => handovers::record_return(app, agent, id, form.get("answer"), back(&form)?).await,
        "judge" => handovers::judge(app, agent, id, back(&form)?).await,
        "fetch" => handovers::ask_again(app, agent, id, form.parse("entry")?).await,
        "approve" => handovers::approve(app, agent, id).await,
        "check" => handovers::check(app, agent, id).await,
        "let_go" => handovers::let_go(app, agent, id, form.get("reason")).await,
        "send_back" => handovers::send_back(app, agent, id, writing(&form, "reason", uploads)?).await,
        "give_back" => handovers::give_back(app, agent, id, form.get("answer"), back(&form)?).await,
        "inform" => {
            let text = text::handover::inform(Words::new(ticket.lang), &leg.answer);
            tickets::save_draft(app, agent, ticket.id, "reply", &text).await?;
            return Ok(see(&format!("{}#composer", address(number))));
        }
        _ => Err(app::Error::invalid("step", "unknown")),
    };
    match done {
        Ok(()) => Ok(see_with(&address(number), &Done::Saved.into())),
        Err(error @ (app::Error::Refused(_) | app::Error::Invalid { .. })) => {
            let typed = Typed { problem: Some(error.into()), ..Typed::default() };
            again(&web, &page, number, typed).await
        }
        Err(error) => Err(error.into()),
    }
}
