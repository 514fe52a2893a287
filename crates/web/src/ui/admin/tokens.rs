//! API tokens: what a program may do, and until when.

use app::{
    Error, people,
    tokens::{self, NewToken},
};
use domain::{access::Scope, id::TokenId};
use jiff::{Timestamp, civil::Date};
use store::people::Token;

use super::{correctable, removed};
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        pieces::choice,
        shell::Page,
        view::{Notice, TokenLine, TokensPage},
    },
};

const PATH: &str = "/admin/settings/tokens";

/// `GET /admin/settings/tokens`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None, &[], None).await?;
    page.html(&view)
}

/// The page; `made` is a token that is shown this once, `chosen` the scopes of one that could not be made.
async fn view(
    page: &Page,
    made: Option<String>,
    chosen: &[Scope],
    notice: Option<Notice>,
) -> Answer<TokensPage> {
    let agents = people::list(&page.app, &page.agent).await?;
    let name =
        |token: &Token| agents.iter().find(|agent| agent.id == token.agent).map(|agent| agent.name.clone());
    let line = |token: &Token| TokenLine {
        id: token.id.to_string(),
        name: token.name.clone(),
        scopes: token.scopes.0.iter().map(ToString::to_string).collect(),
        agent: name(token).unwrap_or_default(),
        until: token.expires_at.map(|until| page.reader.time(until)),
    };
    let all = tokens::list(&page.app, &page.agent).await?;
    Ok(TokensPage {
        shell: page.shell("settings").await?,
        notice,
        made,
        tokens: all.iter().map(line).collect(),
        scopes: Scope::ALL.iter().map(|scope| choice(scope, scope.word(), chosen.contains(scope))).collect(),
    })
}

/// `POST /admin/settings/tokens`: answered with the page and not with a way to it, because the token is in no address
/// and no cookie, and shown only now.
pub(crate) async fn make(page: Page, form: Form) -> Answer {
    let scopes: Vec<Scope> = form.all("scope").filter_map(|scope| scope.parse().ok()).collect();
    let made = match expiry(&page, form.get("expires")) {
        Ok(expires_at) => {
            let new = NewToken {
                agent: None,
                name: form.get("name").to_owned(),
                scopes: scopes.clone(),
                expires_at,
            };
            tokens::create(&page.app, &page.agent, new).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(made) => {
            let view = view(&page, Some(made.secret), &[], None).await?;
            page.html(&view)
        }
        Err(error) => {
            let problem: Problem = correctable(error)?;
            let notice = ui::notice(page.reader.words, &problem);
            let view = view(&page, None, &scopes, Some(notice)).await?;
            ui::again(again_status(&problem), &view)
        }
    }
}

/// The end of a day where the agent is; none where no day stands.
fn expiry(page: &Page, day: &str) -> Result<Option<Timestamp>, Error> {
    if day.is_empty() {
        return Ok(None);
    }
    let unknown = |_| Error::invalid("expires_at", "not-a-date");
    let end = day.parse::<Date>().and_then(Date::tomorrow).map_err(unknown)?;
    Ok(Some(end.to_zoned(page.agent.zone.clone()).map_err(unknown)?.timestamp()))
}

/// `POST /admin/settings/tokens/{id}/withdraw`.
pub(crate) async fn withdraw(page: Page, Path(id): Path<TokenId>) -> Answer {
    tokens::revoke(&page.app, &page.agent, id).await?;
    Ok(removed(PATH))
}
