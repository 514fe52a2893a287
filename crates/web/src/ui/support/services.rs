//! What services ask for: read by agents, edited by those who may.

use app::requirements::{self, Current};
use domain::{
    access::Permission,
    lang::Lang,
    ticket::{
        baseline::{Boundary, Category, Condition, Finding, Handler, Question, Sheet, Step, Texts, text_in},
        diagnosis::Evidence,
        kinds::{Kind, Service},
    },
};

use super::texts;
use crate::{
    form::{Fields, Form, Path, Query},
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        pieces::choice,
        shell::{Done, Page, Told},
        view::{
            CategoryRow, QuestionRow, ServiceLine, ServicePage, ServicesPage, SheetLine, StepRow, VersionLine,
        },
    },
};

fn address(service: Service, kind: Kind) -> String {
    format!("/admin/services/{service}/{kind}")
}

fn state(page: &Page, current: &Current) -> String {
    let words = page.reader.words;
    match current.own {
        true => words.f("services-own", &[("version", current.asked.version.to_string().into())]),
        false => words.t("services-shipped").into_owned(),
    }
}

/// `GET /admin/services`.
pub(crate) async fn list(page: Page) -> Answer {
    let all = requirements::list(&page.app, &page.agent).await?;
    let sheet = |current: &Current| SheetLine {
        kind: current.asked.kind.to_string(),
        href: address(current.asked.service, current.asked.kind),
        state: state(&page, current),
        steps: u64::try_from(current.sheet.steps.len()).unwrap_or_default(),
    };
    let service = |service: &Service| ServiceLine {
        service: service.to_string(),
        sheets: all.iter().filter(|one| one.asked.service == *service).map(sheet).collect(),
    };
    let view = ServicesPage {
        services: Service::ALL.iter().map(service).collect(),
        shell: page.shell("services").await?,
    };
    page.html(&view)
}

/// A service and a kind of an address.
fn named(service: &str, kind: &str) -> Answer<(Service, Kind)> {
    let missing = || Problem::not_found("page");
    Ok((service.parse().map_err(|_| missing())?, kind.parse().map_err(|_| missing())?))
}

/// `GET /admin/services/{service}/{kind}`, with an old version by `version`.
pub(crate) async fn show(page: Page, Path((service, kind)): Path<(String, String)>, query: Query) -> Answer {
    let (service, kind) = named(&service, &kind)?;
    let wanted: Option<i64> = query.optional("version")?;
    let view = view(&page, service, kind, wanted, None, None).await?;
    page.html(&view)
}

async fn view(
    page: &Page,
    service: Service,
    kind: Kind,
    wanted: Option<i64>,
    typed: Option<Sheet>,
    problem: Option<&Problem>,
) -> Answer<ServicePage> {
    let (now, versions) = requirements::get(&page.app, &page.agent, service, kind, None).await?;
    let old = wanted.is_some_and(|wanted| wanted != now.asked.version);
    let mut shown = match wanted.filter(|_| old) {
        Some(wanted) => requirements::get(&page.app, &page.agent, service, kind, Some(wanted)).await?.0,
        None => now.clone(),
    };
    if let Some(typed) = typed {
        shown.sheet = typed;
    }
    let may_edit = page.agent.may(Permission::ServicesEdit) && !old;
    let sheet = &shown.sheet;
    Ok(ServicePage {
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        service: service.to_string(),
        kind: kind.to_string(),
        version: u64::try_from(now.asked.version).unwrap_or_default(),
        state: state(page, &shown),
        may_edit,
        old,
        own: shown.own,
        role: texts(&sheet.role),
        categories: categories(page, sheet, may_edit),
        questions: questions(page, sheet, may_edit),
        steps: steps(page, sheet, may_edit),
        evidence: Evidence::ALL
            .iter()
            .filter(|word| may_edit || sheet.evidence.contains(word))
            .map(|word| {
                let text = page.reader.words.word("evidence", word.word());
                choice(word, text, sheet.evidence.contains(word))
            })
            .collect(),
        versions: versions
            .iter()
            .map(|one| VersionLine {
                version: u64::try_from(one.version).unwrap_or_default(),
                href: format!("{}?version={}", address(service, kind), one.version),
                time: page.reader.time(one.at),
                title: String::new(),
            })
            .collect(),
        shell: page.shell("services").await?,
    })
}

/// Rows, and an empty one for who may add one.
fn with_new<T: Clone>(rows: &[T], may_edit: bool, new: T) -> Vec<(u64, T)> {
    let new = may_edit.then_some(new);
    (0..).zip(rows.iter().cloned().chain(new)).collect()
}

fn categories(page: &Page, sheet: &Sheet, may_edit: bool) -> Vec<CategoryRow> {
    let (reader, lang) = (&page.reader, page.agent.lang);
    let new = Category {
        key: String::new(),
        handler: Handler::Partner,
        boundary: Boundary::Inside,
        source: String::new(),
        reconstruction: false,
        text: Texts::new(),
    };
    let rows = with_new(&sheet.categories, may_edit, new).into_iter();
    rows.map(|(index, row)| CategoryRow {
        index,
        title: text_in(&row.text, lang).to_owned(),
        who: format!(
            "{}: {}",
            reader.words.word("handler", row.handler.word()),
            reader.words.word("boundary", row.boundary.word())
        ),
        texts: texts(&row.text),
        handlers: reader.choices("handler", Handler::ALL, Some(row.handler)),
        boundaries: reader.choices("boundary", Boundary::ALL, Some(row.boundary)),
        source: row.source,
        reconstruction: row.reconstruction,
        key: row.key,
    })
    .collect()
}

fn questions(page: &Page, sheet: &Sheet, may_edit: bool) -> Vec<QuestionRow> {
    let new = Question { key: String::new(), sets: Finding::BreakFix, text: Texts::new() };
    let rows = with_new(&sheet.questions, may_edit, new).into_iter();
    rows.map(|(index, row)| QuestionRow {
        index,
        title: text_in(&row.text, page.agent.lang).to_owned(),
        texts: texts(&row.text),
        sets: page.reader.choices("finding", Finding::ALL, Some(row.sets)),
        key: row.key,
    })
    .collect()
}

fn steps(page: &Page, sheet: &Sheet, may_edit: bool) -> Vec<StepRow> {
    let words = page.reader.words;
    let new = Step { key: String::new(), fills: None, when: None, text: Texts::new() };
    let rows = with_new(&sheet.steps, may_edit, new).into_iter();
    rows.map(|(index, row)| {
        let mut fills = vec![choice("", words.t("none"), row.fills.is_none())];
        fills.extend(page.reader.choices("evidence", Evidence::ALL, row.fills));
        let mut whens = vec![choice("", words.t("services-always"), row.when.is_none())];
        for finding in Finding::ALL {
            for answer in finding.answers() {
                let chosen = row.when.as_ref().is_some_and(|w| w.finding == *finding && w.is == *answer);
                let text =
                    format!("{}: {}", words.word("finding", finding.word()), words.word("answer", answer));
                whens.push(choice(format!("{finding}={answer}"), text, chosen));
            }
        }
        StepRow {
            index,
            title: text_in(&row.text, page.agent.lang).to_owned(),
            texts: texts(&row.text),
            fills,
            whens,
            key: row.key,
        }
    })
    .collect()
}

/// `POST /admin/services/{service}/{kind}`: a new version, or with `reset` back to what is shipped.
pub(crate) async fn save(page: Page, Path((service, kind)): Path<(String, String)>, form: Form) -> Answer {
    let (service, kind) = named(&service, &kind)?;
    let seen: i64 = form.parse("version")?;
    let sheet = match form.find("reset") {
        Some(_) => None,
        None => Some(read(&form)?),
    };
    match requirements::save(&page.app, &page.agent, service, kind, sheet.clone(), seen).await {
        Ok(_) => Ok(ui::see_with(&address(service, kind), &Told::from(Done::Saved))),
        Err(error @ (app::Error::Invalid { .. } | app::Error::Stale)) => {
            let problem = Problem::from(error);
            let view = view(&page, service, kind, None, sheet, Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
        Err(error) => Err(error.into()),
    }
}

fn texts_of(form: &Fields, prefix: &str) -> Texts {
    let text = |lang: &Lang| {
        let text = form.get(&format!("{prefix}-{lang}")).trim();
        (!text.is_empty()).then(|| (*lang, text.to_owned()))
    };
    Lang::ALL.iter().filter_map(text).collect()
}

/// A key for a new row: the first that is free.
fn free(taken: &mut Vec<String>) -> String {
    let mut number = taken.len();
    loop {
        let key = format!("own-{number}");
        if !taken.contains(&key) {
            taken.push(key.clone());
            return key;
        }
        number += 1;
    }
}

/// The sheet of a form. A row without any text is none.
fn read(form: &Fields) -> Answer<Sheet> {
    fn word<T: std::str::FromStr>(text: &str) -> Result<T, app::Error> {
        text.parse().map_err(|_| app::Error::invalid("rows", "unknown"))
    }
    let mut sheet = Sheet { role: texts_of(form, "role"), ..Sheet::default() };
    let mut taken: Vec<String> = ["c", "q", "s"]
        .iter()
        .flat_map(|part| (0..).map_while(move |index| form.find(&format!("{part}{index}-key"))))
        .filter(|key| !key.trim().is_empty())
        .map(str::to_owned)
        .collect();
    let known = |at: &str, taken: &mut Vec<String>| match form.get(&format!("{at}-key")).trim() {
        "" => free(taken),
        given => given.to_owned(),
    };
    for at in
        (0..).map(|index| format!("c{index}")).take_while(|at| form.find(&format!("{at}-key")).is_some())
    {
        let text = texts_of(form, &at);
        if text.is_empty() {
            continue;
        }
        sheet.categories.push(Category {
            key: known(&at, &mut taken),
            handler: word(form.get(&format!("{at}-handler")))?,
            boundary: word(form.get(&format!("{at}-boundary")))?,
            source: form.get(&format!("{at}-source")).trim().chars().take(200).collect(),
            reconstruction: form.on(&format!("{at}-reconstruction")),
            text,
        });
    }
    for at in
        (0..).map(|index| format!("q{index}")).take_while(|at| form.find(&format!("{at}-key")).is_some())
    {
        let text = texts_of(form, &at);
        if !text.is_empty() {
            let sets = word(form.get(&format!("{at}-sets")))?;
            sheet.questions.push(Question { key: known(&at, &mut taken), sets, text });
        }
    }
    for at in
        (0..).map(|index| format!("s{index}")).take_while(|at| form.find(&format!("{at}-key")).is_some())
    {
        let text = texts_of(form, &at);
        if text.is_empty() {
            continue;
        }
        let fills = match form.get(&format!("{at}-fills")) {
            "" => None,
            fills => Some(word(fills)?),
        };
        let when = match form.get(&format!("{at}-when")).split_once('=') {
            None => None,
            Some((finding, is)) => Some(Condition { finding: word(finding)?, is: is.to_owned() }),
        };
        sheet.steps.push(Step { key: known(&at, &mut taken), fills, when, text });
    }
    for wanted in form.all("evidence") {
        sheet.evidence.push(word(wanted)?);
    }
    Ok(sheet)
}
