//! What the desk has promised, to be read and acknowledged.

use app::{
    catalogue::Standing,
    statements::{self, OfContact},
};
use domain::id::StatementId;

use super::Page;
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        self,
        admin::correctable,
        catalogue::{customer::standing, plan},
        entry::again_status,
        see_with,
        shell::Done,
        view::{HelpStatement, HelpStatementPage},
    },
};

/// `GET /help/statement`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None).await?;
    page.html(&view)
}

async fn view(page: &Page, problem: Option<&Problem>) -> Answer<HelpStatementPage> {
    let all = statements::of_contact(&page.app, &page.contact).await?;
    let several = all.len() > 1;
    Ok(HelpStatementPage {
        shell: page.shell("statement").await?,
        notice: problem.map(|problem| ui::notice(page.reader.words, problem)),
        statements: all.into_iter().map(|one| shown(page, one, several)).collect(),
    })
}

fn shown(page: &Page, one: OfContact, several: bool) -> HelpStatement {
    let words = page.reader.words;
    let changes = one.before.map(|(_, before, after)| statements::changes(words, &before, &after));
    HelpStatement {
        id: one.published.id.to_string(),
        customer: if several { one.name } else { String::new() },
        hash: statements::hex(&one.published.hash),
        asked: matches!(one.standing, Standing::Asked { .. }),
        may: one.may,
        standing: standing(&page.reader, &one.standing),
        changes: plan::change_lines(words, changes.unwrap_or_default()),
        document: one.document,
    }
}

/// `POST /help/statement/{id}/acknowledge`.
pub(crate) async fn acknowledge(page: Page, Path(id): Path<StatementId>, form: Form) -> Answer {
    match statements::acknowledge(&page.app, &page.contact, id, form.get("hash")).await {
        Ok(()) => Ok(see_with("/help/statement", &Done::Saved.into())),
        Err(error) => {
            let problem = correctable(error)?;
            let view = view(&page, Some(&problem)).await?;
            ui::again(again_status(&problem), &view)
        }
    }
}

/// `GET /help/statement/{id}/pdf`.
pub(crate) async fn pdf(page: Page, Path(id): Path<StatementId>) -> Answer {
    let lang = page.contact.lang;
    let (published, document) = statements::document_of(&page.app, &page.contact, id, lang).await?;
    let bytes = page.app.print(document.clone()).await?;
    Ok(plan::file(&document, published.number, bytes))
}
