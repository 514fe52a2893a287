//! A plan's statement: draft, checks, publishing, versions.

use app::statements::{self, Change, Draft, Publish};
use axum::response::{IntoResponse as _, Response};
use domain::{
    access::Permission,
    clock::running::ClockKind,
    document::Document,
    id::{PlanId, StatementId},
    lang::Lang,
    offering::back_to_back::{Finding, Need},
    ticket::kinds::{Kind, Service},
};
use store::statements::Published;
use text::{Words, format};

use super::{customer::standing, week};
use crate::{
    form::{Form, Path, Query},
    problem::Answer,
    ui::{
        self, dates, download, see_with,
        shell::{Done, Page},
        view::{
            AcknowledgedLine, ChangeLine, DraftPage, FindingLine, GapLine, LinkLine, PlanPage, PublishedLine,
            StatementPage, WaitingLine,
        },
    },
};

fn number(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// `GET /catalogue/plans/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<PlanId>) -> Answer {
    let all = statements::versions(&page.app, &page.agent, id).await?;
    let line = |p: &Published| PublishedLine {
        href: format!("/catalogue/statements/{}", p.id),
        number: number(p.number),
        from: format::date(page.reader.words, p.valid_from, &page.reader.zone),
        published: page.reader.time(p.published_at),
        by: all
            .publishers
            .iter()
            .find(|(id, _)| *id == p.published_by)
            .map(|(_, name)| name.clone())
            .unwrap_or_default(),
        reason: p.reason.clone(),
        material: p.material,
        hash: statements::hex(&p.hash).chars().take(12).collect(),
    };
    let customers = page.agent.may(Permission::CustomersView);
    let view = PlanPage {
        shell: page.shell("catalogue").await?,
        id: id.to_string(),
        name: all.plan.name.clone(),
        may: page.agent.may(Permission::CatalogueManage),
        customers,
        versions: all.published.iter().map(line).collect(),
        acknowledged: all
            .acknowledged
            .iter()
            .map(|a| AcknowledgedLine {
                customer: a.customer_name.clone(),
                href: format!("/catalogue/customers/{}", a.customer),
                contact: a.contact_name.clone(),
                number: number(a.number),
                lang: a.lang.own_name().to_owned(),
                at: page.reader.time(a.at),
            })
            .collect(),
        authorised: all.authorised.iter().map(|contact| contact.name.clone()).collect(),
        waiting: all
            .waiting
            .iter()
            .map(|one| WaitingLine {
                customer: one.name.clone(),
                href: format!("/catalogue/customers/{}", one.customer),
                standing: standing(&page.reader, &one.standing),
                nobody: !one.somebody_may,
            })
            .collect(),
    };
    page.html(&view)
}

/// What is different, as a table shows it.
pub(crate) fn change_lines(words: Words, changes: Vec<Change>) -> Vec<ChangeLine> {
    let line = |change: Change| ChangeLine {
        part: words.word("part", change.part.word()).into_owned(),
        offering: change.offering.unwrap_or_default(),
        before: change.before,
        after: change.after,
    };
    changes.into_iter().map(line).collect()
}

/// `GET /catalogue/plans/{id}/draft`.
pub(crate) async fn draft(page: Page, Path(id): Path<PlanId>, query: Query) -> Answer {
    let view = draft_view(&page, id, query.get("week")).await?;
    page.html(&view)
}

async fn draft_view(page: &Page, id: PlanId, week: &str) -> Answer<DraftPage> {
    let noon = format!("{week}T12:00:00Z").parse().ok();
    let draft = statements::draft(&page.app, &page.agent, id, noon).await?;
    let words = page.reader.words;
    let before = draft.newest.as_ref().map(statements::content).transpose()?;
    let changes =
        before.map(|before| statements::changes(words, &before, &draft.statement)).unwrap_or_default();
    let path = format!("/catalogue/plans/{id}/draft");
    Ok(DraftPage {
        shell: page.shell("catalogue").await?,
        notice: page.notice(),
        id: id.to_string(),
        name: draft.plan.name.clone(),
        seen: draft.seen.clone(),
        need_reason: draft.checks.need_reason(),
        gaps: gaps(page, &draft),
        links: links(page, &draft),
        week: week::picture(page, &draft.checks.week, &path),
        changes: change_lines(words, changes),
        newest: draft.newest.as_ref().map_or(0, |newest| number(newest.number)),
        document: statements::preview(words, &draft),
    })
}

fn of(words: Words, pairs: &[(Service, Kind)]) -> String {
    let one = |(service, kind): &(Service, Kind)| {
        format!("{} ({})", words.word("service", service.word()), words.word("kind", kind.word()))
    };
    pairs.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn gaps(page: &Page, draft: &Draft) -> Vec<GapLine> {
    let name = |id| draft.statement.offerings.iter().find(|o| o.id == id).map(|o| o.name.clone());
    let line = |gap: &domain::offering::coverage::Gap| GapLine {
        offering: name(gap.offering).unwrap_or_default(),
        lang: gap.lang.own_name().to_owned(),
        of: of(page.reader.words, &gap.of),
        when: week::slots(page, &gap.times.weekly(&draft.checks.week.zone), 20),
    };
    draft.checks.gaps.iter().map(line).collect()
}

fn links(page: &Page, draft: &Draft) -> Vec<LinkLine> {
    let words = page.reader.words;
    let line = |link: &statements::Link| LinkLine {
        offering: link.name.clone(),
        of: of(words, &link.of),
        supplier: format!("{}: {}", link.supplier, link.theirs),
        need: match link.need {
            Need::Delivers => words.t("link-delivers").into_owned(),
            Need::Escalation => words.t("link-escalation").into_owned(),
        },
        findings: link.findings.iter().map(|f| finding(page, draft, f)).collect(),
    };
    draft.checks.links.iter().map(line).collect()
}

fn finding(page: &Page, draft: &Draft, finding: &Finding) -> FindingLine {
    let words = page.reader.words;
    let promise = |kind: ClockKind| {
        let word = if kind == ClockKind::FirstResponse { "first_response" } else { "resolution" };
        words.word("promise", word).into_owned()
    };
    let (broken, text) = match finding {
        Finding::Closed(times) => {
            let when = week::slots(page, &times.weekly(&draft.checks.week.zone), 7).join("; ");
            (true, words.f("link-closed", &[("when", when.into())]))
        }
        Finding::Language(lang) => (true, words.f("link-language", &[("language", lang.own_name().into())])),
        Finding::LanguagesUnknown => (false, words.t("link-languages-unknown").into_owned()),
        Finding::HoursUnknown => (false, words.t("link-hours-unknown").into_owned()),
        Finding::Late { severity, promise: kind, worst } => {
            let by = format::duration_working(words, worst.by().as_secs());
            let at = format::date_time_zone(words, worst.at, &draft.checks.week.zone);
            let args = [
                ("severity", severity.word().into()),
                ("promise", promise(*kind).into()),
                ("by", by.into()),
                ("at", at.into()),
            ];
            (true, words.f("link-late", &args))
        }
        Finding::PromiseUnknown { severity, promise: kind } => {
            let args = [("severity", severity.word().into()), ("promise", promise(*kind).into())];
            (false, words.f("link-promise-unknown", &args))
        }
    };
    FindingLine { broken, text }
}

/// `POST /catalogue/plans/{id}/publish`.
pub(crate) async fn publish(page: Page, Path(id): Path<PlanId>, form: Form) -> Answer {
    let publish = async {
        let new = Publish {
            plan: id,
            seen: form.get("seen").to_owned(),
            valid_from: dates::from("from", form.get("from"), &page.reader.zone)?,
            reason: form.get("reason").to_owned(),
        };
        statements::publish(&page.app, &page.agent, new).await
    };
    match publish.await {
        Ok(statement) => Ok(see_with(&format!("/catalogue/statements/{statement}"), &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(format!("/catalogue/plans/{id}/publish"), &form, error)?;
            page.again(&draft_view(&page, id, "").await?)
        }
    }
}

fn lang_of(query: &Query, otherwise: Lang) -> Lang {
    query.get("lang").parse().unwrap_or(otherwise)
}

/// `GET /catalogue/statements/{id}`.
pub(crate) async fn statement(page: Page, Path(id): Path<StatementId>, query: Query) -> Answer {
    let lang = lang_of(&query, page.agent.lang);
    let (published, document) = statements::one(&page.app, &page.agent, id, lang).await?;
    let all = statements::versions(&page.app, &page.agent, published.plan).await?;
    let content = statements::content(&published)?;
    let before = all.published.iter().find(|known| known.number == published.number - 1);
    let before = before.map(statements::content).transpose()?;
    let changes =
        before.map(|before| statements::changes(page.reader.words, &before, &content)).unwrap_or_default();
    let newest = all.published.first().is_some_and(|newest| newest.id == id);
    let manage = page.agent.may(Permission::CatalogueManage) && page.agent.may(Permission::CustomersView);
    let link = |known: &Lang| ui::view::Link {
        href: format!("/catalogue/statements/{id}?lang={known}"),
        text: known.own_name().to_owned(),
        current: *known == lang,
    };
    let view = StatementPage {
        shell: page.shell("catalogue").await?,
        plan: format!("/catalogue/plans/{}", published.plan),
        id: id.to_string(),
        number: number(published.number),
        languages: Lang::ALL.iter().map(link).collect(),
        lang: lang.word().to_owned(),
        document,
        changes: change_lines(page.reader.words, changes),
        may_send: newest && manage,
    };
    page.html(&view)
}

/// A statement as a file.
pub(crate) fn file(document: &Document, number: i64, bytes: Vec<u8>) -> Response {
    download::file(&statements::file_name(document, number), "application/pdf", bytes).into_response()
}

/// `GET /catalogue/statements/{id}/pdf`.
pub(crate) async fn pdf(page: Page, Path(id): Path<StatementId>, query: Query) -> Answer {
    let lang = lang_of(&query, page.agent.lang);
    let (published, document) = statements::one(&page.app, &page.agent, id, lang).await?;
    let bytes = page.app.print(document.clone()).await?;
    Ok(file(&document, published.number, bytes))
}

/// `POST /catalogue/statements/{id}/send`.
pub(crate) async fn send(page: Page, Path(id): Path<StatementId>) -> Answer {
    statements::send(&page.app, &page.agent, id).await?;
    Ok(see_with(&format!("/catalogue/statements/{id}"), &Done::Mailed.into()))
}
