//! An invoice on its way to those who get it.

use domain::{
    id::{DeskId, InvoiceId},
    receivable::invoice::Kind,
    ticket::timeline::Party,
};
use jiff::Timestamp;
use store::{outgoing::Purpose, receivables as kept};
use text::{
    Words,
    mail::{self as letters},
};

use super::letters::with_link;
use crate::{
    App, Error, Result, jobs,
    receivables::{self, ToMail},
    tickets::Upload,
};

/// Mails an issued invoice to each who gets it, once since the job was made: in the reader's language, with the PDF and the XML.
pub(crate) async fn invoice(
    app: &App,
    desk: DeskId,
    id: InvoiceId,
    since: Timestamp,
) -> Result<jobs::Outcome> {
    let (files, invoice) = receivables::print(app, desk, id).await?;
    let ToMail { to, desk: desk_name, slug } = receivables::to_mail(app, desk, &invoice, since).await?;
    let mut attached = Vec::new();
    for (bytes, kind, end) in [(&files.pdf, "application/pdf", "pdf"), (&files.xml, "application/xml", "xml")]
    {
        if let Some(bytes) = bytes {
            attached.push(Upload {
                name: format!("{}.{end}", files.name),
                content_type: kind.into(),
                bytes: bytes.clone(),
                content_id: None,
            });
        }
    }
    for contact in to {
        let Some(email) = contact.email.as_ref() else { continue };
        let amount = domain::money::Money { minor: invoice.gross, currency: invoice.currency };
        let letter = letters::invoice(
            Words::new(contact.lang),
            &letters::Invoice {
                desk: &desk_name,
                name: &contact.name,
                number: &files.name,
                is_credit: invoice.kind == Kind::CreditNote,
                amount,
                due: invoice.due_on,
                link: &format!("{}/help/invoices?desk={slug}", app.config.base_url),
                attached: !attached.is_empty(),
            },
        );
        let now = app.now();
        let mut ids = app.ids(now);
        let party = Party { name: contact.name.clone(), email: email.to_string() };
        let outbound =
            with_link(app, desk, &mut ids, now, party, Purpose::Invoice, &letter, &attached).await?;
        let (outbound, person) = (std::sync::Arc::new(outbound), contact.id);
        app.store
            .write::<_, Error, _>(desk, move |tx| {
                let outbound = outbound.clone();
                Box::pin(async move {
                    outbound.put(tx, now).await?;
                    Ok(kept::mailed(tx, id, person, now).await?)
                })
            })
            .await?;
        app.wake();
    }
    Ok(jobs::Outcome::Done)
}
