//! The panel of the diagnosis on a ticket's page: what is asked and tried, what was found, and the decision.

use std::collections::HashMap;

use app::{
    diagnosis::{self, Change, Decide, Known, Tick},
    incidents::{self, Beside},
    tickets::{self, TicketView},
};
use axum::http::HeaderMap;
use domain::{
    access::{Permission, Visibility},
    id::{AgentId, ArticleId, IncidentId, TicketId},
    ticket::{
        baseline::{Finding, NotNeeded, text_in},
        diagnosis::{Evidence, Step, Verdict},
        kinds::Kind,
        timeline::{Entry, Event},
    },
};
use store::{Tx, incidents::Incident};
use text::Words;

use super::address;
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        pieces::{Reader, choice},
        see,
        shell::Page,
        view,
    },
};

/// How many similar tickets and articles are shown.
const SIMILAR: usize = 5;

/// What the panel shows of a ticket, for those who see it whole.
#[derive(Debug)]
pub(super) struct Panel {
    known: Known,
    beside: Beside,
    names: HashMap<AgentId, String>,
}

impl Panel {
    /// Reads it; nothing for a reader who sees only what the customer sees.
    pub(super) async fn read(tx: &mut Tx, view: &TicketView) -> app::Result<Option<Self>> {
        if view.sees != Visibility::Internal {
            return Ok(None);
        }
        let known = diagnosis::of(tx, &view.ticket).await?;
        let beside = incidents::beside(tx, &view.ticket, view.now).await?;
        let mut names = HashMap::new();
        let steps = known.diagnosis.steps.iter().map(|step| step.by);
        for id in steps.chain(known.diagnosis.decision.as_ref().and_then(|decision| decision.by)) {
            if names.contains_key(&id) {
                continue;
            }
            let name = match view.names.get(&id.uuid()) {
                Some(name) => Some(name.clone()),
                None => store::people::agent(tx, id).await?.map(|agent| agent.name),
            };
            names.extend(name.map(|name| (id, name)));
        }
        Ok(Some(Self { known, beside, names }))
    }

    /// The path of the ticket.
    pub(super) fn path(&self, view: &TicketView) -> Vec<view::StopView> {
        let stop = |(stop, reached): (_, _)| -> view::StopView {
            let (stop, reached): (domain::ticket::baseline::Stop, domain::ticket::baseline::Reached) =
                (stop, reached);
            view::StopView { stop: stop.to_string(), reached: reached.to_string() }
        };
        diagnosis::path(view, &self.known).into_iter().map(stop).collect()
    }

    fn name(&self, id: AgentId) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    pub(super) fn view(&self, page: &Page, view: &TicketView) -> view::DiagnosisPanel {
        let (reader, known) = (&page.reader, &self.known);
        let (words, lang) = (reader.words, page.agent.lang);
        let sheet = known.sheet();
        let done = known.diagnosis.steps.iter().filter(|step| sheet.step(&step.key).is_some()).count();
        let open = sheet.open(&known.diagnosis).steps.len();
        let progress = [("done", done.into()), ("all", (done + open).into())];
        let asked = &known.by.asked;
        let may_look = page.agent.may(Permission::ServicesView);
        let needed = known.kind == Kind::Technical && view.ticket.state.is_active();
        view::DiagnosisPanel {
            open: view.may_work && needed && known.diagnosis.decision.is_none(),
            may_work: view.may_work && view.ticket.state != domain::ticket::lifecycle::State::Closed,
            version: u64::try_from(known.version).unwrap_or_default(),
            progress: words.f("diagnosis-steps-done", &progress),
            decision: self.decision(reader, lang),
            incidents: self.incidents(reader),
            questions: sheet
                .questions
                .iter()
                .map(|q| self.question(reader, q.sets, text_in(&q.text, lang)))
                .collect(),
            steps: self.steps(reader, lang),
            evidence: self.evidence(),
            role: text_in(&sheet.role, lang).to_owned(),
            categories: self.categories(reader, lang),
            not_needed: [NotNeeded::Duplicate, NotNeeded::NoRequest]
                .map(|word| choice(word, words.word("not-needed", word.word()), false))
                .into(),
            asked: match asked.version {
                0 => words.f("diagnosis-asked-shipped", &[("edition", asked.edition.clone().into())]),
                version => words.f("diagnosis-asked-own", &[("version", version.to_string().into())]),
            },
            asked_href: match may_look {
                true => format!("/admin/services/{}/{}?version={}", asked.service, asked.kind, asked.version),
                false => String::new(),
            },
        }
    }

    fn decision(&self, reader: &Reader, lang: domain::lang::Lang) -> Option<view::DecisionView> {
        let decision = self.known.diagnosis.decision.as_ref()?;
        let key = decision.category.as_deref().unwrap_or_default();
        let row = self.known.sheet().category(key);
        let category = match (decision.verdict, row) {
            (Verdict::NotNeeded, _) if !key.is_empty() => reader.words.word("not-needed", key).into_owned(),
            (_, Some(row)) => text_in(&row.text, lang).to_owned(),
            (_, None) => String::new(),
        };
        // The reason may be the category in the language of who decided.
        let of_category = row.is_some_and(|row| row.text.values().any(|text| *text == decision.reason));
        let same = decision.reason == key || of_category;
        Some(view::DecisionView {
            verdict: decision.verdict.to_string(),
            reason: if same { String::new() } else { decision.reason.clone() },
            category,
            who: decision.by.map(|by| self.name(by)).unwrap_or_default(),
            time: reader.time(decision.at),
        })
    }

    fn incidents(&self, reader: &Reader) -> Vec<view::IncidentRef> {
        let one = |incident: &Incident, belongs| view::IncidentRef {
            id: incident.id.to_string(),
            external: match incident.source {
                domain::incident::IncidentSource::Microsoft => incident.external.clone(),
                domain::incident::IncidentSource::Declared => String::new(),
            },
            title: incident.title.clone(),
            status: incident.status.to_string(),
            since: reader.time(incident.started_at),
            belongs,
        };
        let matched = self.beside.matched.iter().map(|incident| one(incident, true));
        matched.chain(self.beside.others.iter().map(|incident| one(incident, false))).collect()
    }

    fn question(&self, reader: &Reader, finding: Finding, text: &str) -> view::QuestionView {
        let known = finding.of(&self.known.diagnosis.findings);
        let answer =
            |answer: &str| choice(answer, reader.words.word("answer", answer), known == Some(answer));
        let mut answers: Vec<_> = finding.answers().iter().map(|one| answer(one)).collect();
        answers.push(choice("", reader.words.word("answer", "unknown"), known.is_none()));
        view::QuestionView { finding: finding.to_string(), text: text.to_owned(), answers }
    }

    fn steps(&self, reader: &Reader, lang: domain::lang::Lang) -> Vec<view::StepView> {
        let (sheet, diagnosis) = (self.known.sheet(), &self.known.diagnosis);
        let taken = |step: &Step, text: &str| view::StepView {
            key: step.key.clone(),
            text: text.to_owned(),
            state: if step.skipped.is_some() { "skipped" } else { "done" }.into(),
            next: false,
            remark: match &step.skipped {
                Some(reason) => reader.words.f("diagnosis-skipped", &[("reason", reason.clone().into())]),
                None => step.finding.clone(),
            },
            who: self.name(step.by),
            time: Some(reader.time(step.at)),
        };
        let mut all = Vec::new();
        let mut next = true;
        let worth: Vec<&str> = sheet.steps_for(&diagnosis.findings).map(|row| row.key.as_str()).collect();
        for row in &sheet.steps {
            let text = text_in(&row.text, lang);
            if let Some(step) = diagnosis.steps.iter().find(|step| step.key == row.key) {
                all.push(taken(step, text));
            } else if worth.contains(&row.key.as_str()) {
                all.push(view::StepView {
                    key: row.key.clone(),
                    text: text.to_owned(),
                    state: "open".into(),
                    next,
                    remark: String::new(),
                    who: String::new(),
                    time: None,
                });
                next = false;
            }
        }
        // What was asked by other requirements stays readable, in the words of then.
        let others = diagnosis.steps.iter().filter(|step| sheet.step(&step.key).is_none());
        all.extend(others.map(|step| taken(step, &step.text)));
        all
    }

    fn evidence(&self) -> Vec<view::EvidenceView> {
        let (sheet, known) = (self.known.sheet(), &self.known.diagnosis.evidence);
        let others = known.keys().copied().filter(|word| !sheet.evidence.contains(word));
        let one = |word: Evidence| view::EvidenceView {
            word: word.to_string(),
            value: known.get(&word).cloned().unwrap_or_default(),
        };
        sheet.evidence.iter().copied().chain(others).map(one).collect()
    }

    fn categories(&self, reader: &Reader, lang: domain::lang::Lang) -> Vec<view::CategoryChoice> {
        let words = reader.words;
        let chosen = self.known.diagnosis.decision.as_ref().and_then(|decision| decision.category.as_deref());
        let rows = self.known.sheet().categories.iter();
        rows.map(|row| view::CategoryChoice {
            key: row.key.clone(),
            text: format!(
                "{} → {}: {}{}",
                text_in(&row.text, lang),
                words.word("handler", row.handler.word()),
                words.word("boundary", row.boundary.word()),
                if row.reconstruction { " *" } else { "" }
            ),
            chosen: chosen == Some(row.key.as_str()),
        })
        .collect()
    }
}

/// What an event of the diagnosis says: its icon and its sentence.
pub(super) fn sentence(words: Words, who: String, event: &Event) -> (&'static str, String) {
    match event {
        Event::Diagnosed { steps, reopened, findings, evidence } => {
            let mut what: Vec<String> = Vec::new();
            for step in steps {
                what.push(match &step.skipped {
                    None => step.text.clone(),
                    Some(reason) => {
                        let why = words.f("diagnosis-skipped", &[("reason", reason.clone().into())]);
                        format!("{} ({why})", step.text)
                    }
                });
            }
            let again = |step: &String| words.f("event-reopened-step", &[("step", step.clone().into())]);
            what.extend(reopened.iter().map(again));
            what.extend(findings.iter().map(|found| {
                let answer = found.answer.as_deref().unwrap_or("unknown");
                let finding = words.word("finding", found.finding.word());
                format!("{finding}: {}", words.word("answer", answer))
            }));
            what.extend(evidence.iter().map(|word| words.word("evidence", word.word()).into_owned()));
            let args = [("who", who.into()), ("what", what.join(" · ").into())];
            ("check", words.f("event-diagnosed", &args))
        }
        Event::Decided { verdict, category, reason } => {
            let reason = match (verdict, category) {
                (Verdict::NotNeeded, Some(word)) if word == reason => {
                    words.word("not-needed", word).into_owned()
                }
                (Verdict::NotNeeded, Some(word)) => format!("{}: {reason}", words.word("not-needed", word)),
                (_, Some(category)) if category != reason => format!("{category}: {reason}"),
                _ => reason.clone(),
            };
            let verdict = words.word("verdict", verdict.word());
            let args = [("who", who.into()), ("verdict", verdict.into()), ("reason", reason.into())];
            ("flag", words.f("event-decided", &args))
        }
        Event::Matched { title, belongs, .. } => {
            let args = [("who", who.into()), ("title", title.clone().into())];
            match belongs {
                true => ("link", words.f("event-matched", &args)),
                false => ("link", words.f("event-unmatched", &args)),
            }
        }
        _ => ("dot", String::new()),
    }
}

/// Entries with the steps of a diagnosis that follow each other as one.
pub(super) fn compact(entries: &[Entry]) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Event::Diagnosed { steps, reopened, findings, evidence } = &entry.event
            && let Some(last) = all.last_mut().filter(|last| last.actor == entry.actor)
            && let Event::Diagnosed { steps: s, reopened: r, findings: f, evidence: e } = &mut last.event
        {
            s.extend(steps.iter().cloned());
            r.extend(reopened.iter().cloned());
            f.extend(findings.iter().cloned());
            e.extend(evidence.iter().copied());
            last.at = entry.at;
            continue;
        }
        all.push(entry.clone());
    }
    all
}

/// `POST /tickets/{number}/diagnosis`: the button that was pressed says what changes.
pub(crate) async fn change(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let mut change = Change::default();
    let mut seen = None;
    for key in form.all("done") {
        change.steps.push((key.to_owned(), Tick::Done { finding: form.get("finding").to_owned() }));
    }
    for key in form.all("skip") {
        change.steps.push((key.to_owned(), Tick::Skipped { reason: form.get("reason").to_owned() }));
    }
    for key in form.all("open") {
        change.steps.push((key.to_owned(), Tick::Open));
    }
    for answer in form.all("answer") {
        let unknown = app::Error::invalid("answer", "unknown");
        let (finding, answer) = answer.split_once('=').ok_or(unknown)?;
        let finding = finding.parse().map_err(|_| app::Error::invalid("answer", "unknown"))?;
        change.findings.push((finding, Some(answer.to_owned()).filter(|answer| !answer.is_empty())));
    }
    for word in Evidence::ALL {
        if let Some(text) = form.find(&format!("evidence-{word}")) {
            change.evidence.push((*word, text.to_owned()));
            seen = form.optional("version")?;
        }
    }
    if let Some(verdict) = form.find("verdict") {
        seen = form.optional("version")?;
        change.decision = Some(decide(&page, &ticket, verdict, &form).await?);
    }
    diagnosis::change(&page.app, &page.agent, ticket.id, change, seen).await?;
    Ok(see(&address(number)))
}

/// The decision of a form: a verdict, or what the chosen category says.
async fn decide(page: &Page, ticket: &store::tickets::Ticket, verdict: &str, form: &Form) -> Answer<Decide> {
    let reason = form.get("reason").to_owned();
    let chosen = Some(form.get("category").to_owned()).filter(|key| !key.is_empty());
    if let Some(word) = verdict.strip_prefix("not_needed:") {
        return Ok(Decide { verdict: Verdict::NotNeeded, category: Some(word.to_owned()), reason });
    }
    let verdict = match (verdict, &chosen) {
        ("", Some(key)) => {
            let known = diagnosis::view(&page.app, &page.agent, ticket.id).await?;
            let row = known.sheet().category(key).ok_or(app::Error::invalid("category", "unknown"))?;
            row.boundary.verdict()
        }
        ("", None) => return Err(app::Error::invalid("category", "required").into()),
        (verdict, _) => verdict.parse().map_err(|_| app::Error::invalid("verdict", "unknown"))?,
    };
    Ok(Decide { verdict, category: chosen, reason })
}

/// `POST /tickets/{number}/incident`.
pub(crate) async fn incident(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let incident: IncidentId = form.parse("incident")?;
    let belongs = form.get("belongs") != "no";
    incidents::match_ticket(&page.app, &page.agent, incident, ticket.id, belongs).await?;
    Ok(see(&address(number)))
}

/// `GET /tickets/{number}/similar`.
pub(crate) async fn similar(page: Page, Path(number): Path<i64>, headers: HeaderMap) -> Answer {
    let agent = page.agent.clone();
    let (mut shell, (ticket, others, articles)) = page
        .read("queue", move |tx| {
            let agent = agent.clone();
            Box::pin(async move {
                let found = store::tickets::by_number(tx, number).await?;
                let ticket = found.ok_or(app::Error::NotFound("ticket"))?;
                agent.sees(&ticket)?;
                let others = tickets::similar(tx, &agent, &ticket, SIMILAR).await?;
                let articles = app::articles::suggest_for(tx, &agent, &ticket, SIMILAR).await?;
                Ok((ticket, others, articles))
            })
        })
        .await?;
    shell.live = String::new();
    let reader = &page.reader;
    let one = |other: &tickets::Similar| view::SimilarTicket {
        number: u64::try_from(other.line.number).unwrap_or_default(),
        subject: other.line.subject.clone(),
        state: other.line.state.to_string(),
        changed: reader.time(other.line.last_at),
        answer: other.answer.clone().unwrap_or_default(),
    };
    let hint = |listed: &app::articles::Listed| {
        let written = listed.written()?;
        let other = listed.lang != ticket.lang;
        let named = [("language", listed.lang.own_name().into())];
        Some(view::ArticleHint {
            id: listed.kept.id.to_string(),
            title: written.title.clone(),
            body: written.body.clone(),
            language: if other { reader.words.f("article-other-language", &named) } else { String::new() },
        })
    };
    let similar = view::SimilarPage {
        number: u64::try_from(ticket.number).unwrap_or_default(),
        subject: ticket.subject.clone(),
        may_work: page.agent.rights.may_work(ticket.kind),
        tickets: others.iter().map(one).collect(),
        articles: articles.iter().filter_map(hint).collect(),
        shell,
    };
    match headers.contains_key("x-fragment") {
        true => page.html(&similar.as_similar()),
        false => page.html(&similar),
    }
}

/// `POST /tickets/{number}/insert`: an article at the end of what the agent has begun to write, in the ticket's language.
pub(crate) async fn insert(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let article: ArticleId = form.parse("article")?;
    let (kept, _) =
        app::articles::get(&page.app, &page.agent, article).await.map_err(|error| match error {
            app::Error::NotFound(_) => app::Error::invalid("article", "unknown"),
            other => other,
        })?;
    let text =
        kept.article.0.in_lang(ticket.lang).map(|(_, written)| written.body.clone()).unwrap_or_default();
    add_to_reply(&page, ticket.id, text).await?;
    Ok(see(&format!("{}#composer", address(number))))
}

/// Puts a text at the end of the answer that the agent has begun to write.
pub(super) async fn add_to_reply(page: &Page, ticket: TicketId, text: String) -> Answer<()> {
    let drafts = tickets::drafts(&page.app, &page.agent, ticket).await?;
    let begun = drafts.into_iter().find(|draft| draft.kind == "reply").map(|draft| draft.body);
    let body = match begun.filter(|begun| !begun.trim().is_empty()) {
        Some(begun) => format!("{}\n\n{text}", begun.trim_end()),
        None => text,
    };
    tickets::save_draft(&page.app, &page.agent, ticket, "reply", &body).await?;
    Ok(())
}
