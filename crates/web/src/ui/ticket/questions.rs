//! Lines of invoices about which a ticket asks, beside its conversation.

use app::{
    questions::{self, About, Line, OfTicket},
    tickets,
};
use domain::{access::Permission, id::InvoiceId, receivable::question::Sheet};
use text::{Words, format, question};

use super::{address, diagnosis::add_to_reply};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        pieces::Reader,
        see,
        shell::Page,
        view::{AskedLine, Choice, QuestionsPanel},
    },
};

/// What the panel shows.
pub(super) fn view(page: &Page, of: &OfTicket) -> QuestionsPanel {
    let words = page.reader.words;
    let linked = words.f("questions-linked", &[("n", of.linked.into())]);
    let Some(seen) = &of.seen else {
        return QuestionsPanel { linked, ..QuestionsPanel::default() };
    };
    let suppliers = page.agent.may(Permission::PayablesView);
    let line = |about: &About, one: &Line| AskedLine {
        href: format!("/receivables/invoices/{}", about.invoice),
        supplier: match one.supplier {
            Some(id) if suppliers => format!("/payables/{id}"),
            Some(_) | None => String::new(),
        },
        ..asked(&page.reader, about, one)
    };
    QuestionsPanel {
        linked: if of.linked == 0 { String::new() } else { linked },
        lines: seen
            .about
            .iter()
            .flat_map(|about| about.lines.iter().map(move |one| line(about, one)))
            .collect(),
        wholes: seen.about.iter().filter_map(|about| whole(words, about)).collect(),
        choices: seen.candidates.iter().flat_map(|one| choices(words, &one.sheet, one.named)).collect(),
        draft: seen.draft.clone(),
        stranger: !seen.theirs && of.linked > 0,
        may: seen.may,
    }
}

/// A line as agents and contacts read it.
pub(crate) fn asked(reader: &Reader, about: &About, one: &Line) -> AskedLine {
    let words = reader.words;
    let sheet = &about.sheet;
    let (since, parts) = match &about.before {
        Some((before, _)) => question::since(words, before, sheet, &one.explained),
        None => Default::default(),
    };
    let (tone, state) = match (&one.dispute, &one.accepted) {
        (Some(dispute), _) => match dispute.outcome {
            Some(outcome) => ("calm", words.word("collection-outcome", outcome.word()).into_owned()),
            None => {
                let day = format::day(words, dispute.due_on);
                ("late", words.f("question-disputed", &[("day", day.into())]))
            }
        },
        (None, Some((who, at))) => {
            let args = [("who", who.into()), ("when", reader.near(*at).into())];
            ("kept", words.f("question-accepted", &args))
        }
        (None, None) => ("near", words.t("question-open").into_owned()),
    };
    AskedLine {
        href: String::new(),
        supplier: String::new(),
        invoice: about.invoice.to_string(),
        line: one.explained.place.to_string(),
        title: question::title(words, sheet, &one.explained),
        amounts: question::amounts(words, sheet, &one.explained),
        since,
        parts,
        tone: tone.into(),
        state,
        open: one.is_open(),
    }
}

/// Why a whole invoice is another amount than the one before: a sentence, and its parts.
pub(crate) fn whole(words: Words, about: &About) -> Option<(String, Vec<String>)> {
    let (before, why) = about.before.as_ref()?;
    Some(question::whole(words, before, &about.sheet, why))
}

/// The lines of an invoice that may be linked.
fn choices(words: Words, sheet: &Sheet, named: bool) -> Vec<Choice> {
    let hint = if named { format!(" ({})", words.t("questions-named")) } else { String::new() };
    let one = |(place, line): (usize, &domain::receivable::invoice::Line)| {
        let net =
            line.net(sheet.currency).map(|net| format::money(words, sheet.money(net))).unwrap_or_default();
        let number = &sheet.number;
        let text = format!("{number}{hint} · {} · {net}", line.description);
        crate::ui::pieces::choice(format!("{} {number}", place + 1), text, false)
    };
    sheet.lines.iter().enumerate().map(one).collect()
}

/// `POST /tickets/{number}/invoice-lines`.
pub(crate) async fn act(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    let ticket = tickets::find(&page.app, &page.agent, number).await?;
    let (app, agent) = (&page.app, &page.agent);
    match form.get("do") {
        "link" => {
            let unknown = || app::Error::invalid("line", "unknown");
            let (line, label) = form.get("line").split_once(' ').ok_or_else(unknown)?;
            let line = line.parse().map_err(|_| unknown())?;
            questions::link(app, agent, ticket.id, label, line).await?;
        }
        "unlink" => {
            let invoice: InvoiceId = form.parse("invoice")?;
            questions::unlink(app, agent, ticket.id, invoice, form.parse("line")?).await?;
        }
        // Without script: at the end of what was written.
        "draft" => {
            let seen = questions::of_ticket(app, agent, ticket.id).await?;
            if !seen.draft.is_empty() {
                add_to_reply(&page, ticket.id, seen.draft).await?;
            }
            return Ok(see(&format!("{}#composer", address(number))));
        }
        _ => return Err(app::Error::invalid("do", "unknown").into()),
    }
    Ok(see(&address(number)))
}
