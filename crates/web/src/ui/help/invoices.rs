//! The invoices of the customers whose billing contact somebody is, what is past due, and lines that are not accepted.

use app::{
    collections::{self, OfContact},
    receivables,
};
use domain::{
    id::{CustomerId, InvoiceId},
    money::Money,
};
use text::{format, mail::amounts};

use super::Page;
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        admin::correctable,
        collections::customer::{disputed, lines},
        entry::again_status,
        receivables::{invoice::file, line},
        view::{HelpCollection, HelpInvoicesPage, Notice},
    },
};

/// `GET /help/invoices`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None).await?;
    page.html(&view)
}

async fn view(page: &Page, wrong: Option<String>) -> Answer<HelpInvoicesPage> {
    let all = receivables::of_contact(&page.app, &page.contact).await?;
    let of = collections::of_contact(&page.app, &page.contact).await?;
    Ok(HelpInvoicesPage {
        shell: page.shell("invoices").await?,
        notice: wrong.map(|text| Notice { tone: "error".into(), text }),
        invoices: all.iter().map(|one| line(&page.reader, one)).collect(),
        collections: of.iter().map(|one| shown(page, one)).collect(),
        questions: super::questions::beside(page).await?,
    })
}

fn shown(page: &Page, of: &OfContact) -> HelpCollection {
    let words = page.reader.words;
    let effect = |place: usize| {
        let stage = of.held.policy.stages.get(place);
        stage.map(|stage| words.word("collection-effect", stage.effect.word()).into_owned())
    };
    let dispute = |one: &store::collections::Dispute| {
        let invoice = of.invoices.iter().find(|invoice| invoice.id == one.invoice);
        let label = invoice.and_then(|invoice| invoice.label.clone()).unwrap_or_default();
        let amount = format::money(words, Money { minor: one.amount, currency: one.currency });
        let what = words.f("collection-line", &[("n", i64::from(one.line).into())]);
        let state = match one.outcome {
            Some(outcome) => words.word("collection-outcome", outcome.word()).into_owned(),
            None => words.f("help-dispute-open", &[("day", format::day(words, one.due_on).into())]),
        };
        let said = [label, what, amount, one.reason.clone(), one.answer.clone()];
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        (said.join(" · "), state)
    };
    HelpCollection {
        name: of.name.clone(),
        statement: format!("/help/accounts/{}/pdf", of.id),
        overdue: amounts(words, &of.overdue),
        next: of
            .next
            .and_then(|(place, on)| {
                let args = [("what", effect(place)?.into()), ("day", format::day(words, on).into())];
                Some(words.f("mail-collection-next", &args))
            })
            .unwrap_or_default(),
        policy: of.held.policy.stages.iter().map(|stage| collections::stage(words, stage)).collect(),
        lines: lines(&of.invoices),
        disputes: of.disputes.iter().map(dispute).collect(),
    }
}

/// `POST /help/disputes`.
pub(crate) async fn dispute(page: Page, form: Form) -> Answer {
    let done = async {
        let new = disputed(&form)?;
        collections::dispute_of(&page.app, &page.contact, new).await
    };
    match done.await {
        Ok(_) => Ok(crate::ui::see("/help/invoices")),
        Err(error) => {
            let problem = correctable(error)?;
            let view = view(&page, Some(problem.sentence(page.reader.words))).await?;
            crate::ui::again(again_status(&problem), &view)
        }
    }
}

/// `GET /help/invoices/{id}/pdf`.
pub(crate) async fn pdf(page: Page, Path(id): Path<InvoiceId>) -> Answer {
    let files = receivables::files_of(&page.app, &page.contact, id).await?;
    let bytes = files.pdf.ok_or(app::Error::Refused("no-font"))?;
    Ok(file(&format!("{}.pdf", files.name), "application/pdf", bytes))
}

/// `GET /help/accounts/{id}/pdf`: the statement of a customer's account.
pub(crate) async fn account(page: Page, Path(id): Path<CustomerId>) -> Answer {
    let (name, bytes) = receivables::account_pdf_of(&page.app, &page.contact, id).await?;
    Ok(file(&name, "application/pdf", bytes))
}
