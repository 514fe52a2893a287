//! The invoices of the customers whose billing contact somebody is.

use app::receivables;
use domain::id::InvoiceId;

use super::Page;
use crate::{
    form::Path,
    problem::Answer,
    ui::{
        receivables::{invoice::file, line},
        view::HelpInvoicesPage,
    },
};

/// `GET /help/invoices`.
pub(crate) async fn show(page: Page) -> Answer {
    let all = receivables::of_contact(&page.app, &page.contact).await?;
    let view = HelpInvoicesPage {
        shell: page.shell("invoices").await?,
        invoices: all.iter().map(|one| line(&page.reader, one)).collect(),
    };
    page.html(&view)
}

/// `GET /help/invoices/{id}/pdf`.
pub(crate) async fn pdf(page: Page, Path(id): Path<InvoiceId>) -> Answer {
    let files = receivables::files_of(&page.app, &page.contact, id).await?;
    let bytes = files.pdf.ok_or(app::Error::Refused("no-font"))?;
    Ok(file(&format!("{}.pdf", files.name), "application/pdf", bytes))
}
