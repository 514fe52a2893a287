//! Lines of invoices about which a contact's requests ask, and what it says of them.

use app::{
    collections::{self, NewDispute},
    questions::{self, About},
};
use domain::id::InvoiceId;

use super::{Page, to};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        ticket::questions::{asked, whole},
        view::HelpQuestion,
    },
};

/// What stands on the page of a request.
pub(super) async fn shown(page: &Page, number: i64) -> Answer<Vec<HelpQuestion>> {
    let all = questions::of_contact(&page.app, &page.contact, number).await?;
    Ok(all.iter().map(|about| one(page, number, about)).collect())
}

/// What stands beside the invoices.
pub(super) async fn beside(page: &Page) -> Answer<Vec<HelpQuestion>> {
    let all = questions::of_customers(&page.app, &page.contact).await?;
    Ok(all.iter().map(|(number, about)| one(page, *number, about)).collect())
}

fn one(page: &Page, number: i64, about: &About) -> HelpQuestion {
    let whole = whole(page.reader.words, about).unwrap_or_default();
    HelpQuestion {
        ticket: number.to_string(),
        id: format!("question-{number}-{}", about.invoice),
        lines: about.lines.iter().map(|line| asked(&page.reader, about, line)).collect(),
        whole: whole.0,
        parts: whole.1,
    }
}

/// `POST /help/tickets/{number}/invoice-lines`.
pub(crate) async fn say(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    // Who does not see the request learns nothing of what it asks about.
    let about = questions::of_contact(&page.app, &page.contact, number).await?;
    let accepts = match form.get("do") {
        "accept" => true,
        "dispute" => false,
        _ => return Err(app::Error::invalid("do", "unknown").into()),
    };
    let (invoice, line): (InvoiceId, u32) = (form.parse("invoice")?, form.parse("line")?);
    let asks =
        |one: &About| one.invoice == invoice && one.lines.iter().any(|asked| asked.explained.place == line);
    if !about.iter().any(asks) {
        return Err(app::Error::NotFound("line").into());
    }
    let said = if accepts {
        questions::accept(&page.app, &page.contact, number, invoice, line).await
    } else {
        let new = NewDispute { invoice, line, reason: form.get("reason").to_owned() };
        collections::dispute_of(&page.app, &page.contact, new).await.map(drop)
    };
    match said {
        Ok(()) => Ok(to(number)),
        Err(error) => super::ticket::again(&page, number, "", error).await,
    }
}
