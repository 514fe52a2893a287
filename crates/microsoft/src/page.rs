//! Lists, a page at a time. Microsoft's counts are not believed; only its link to the next page is.

use serde_json::Value;

use crate::{
    address::Address,
    client::Session,
    error::Error,
    wire::{self, Node},
};

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What could be read.
    pub items: Vec<T>,
    /// How many could not, such as a customer without id.
    pub unreadable: usize,
    /// The next page, if there is one.
    pub next: Option<Continuation>,
}

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    address: Address,
    headers: Vec<(String, String)>,
}

/// What a page is asked for: its beginning, or where it goes on.
pub(crate) enum From<'a> {
    Start(Address),
    Next(&'a Continuation),
}

const TOKEN: &str = "MS-ContinuationToken";

impl Session<'_> {
    /// A page of Partner Center's.
    pub(crate) async fn page<T>(
        &self,
        from: From<'_>,
        item: impl Fn(Node<'_>) -> Option<T>,
    ) -> Result<Page<T>, Error> {
        let here = match from {
            From::Start(address) => Continuation { address, headers: Vec::new() },
            From::Next(next) => next.clone(),
        };
        let partner = self.client.tokens.partner();
        let body = self.get(here.address.clone(), partner, here.headers.clone()).await?;
        let next = self.next(Node::new(&body), &here)?;
        page(&body, "items", next, item)
    }

    /// A page of Graph's or Azure's, in a customer's tenant.
    pub(crate) async fn graph_page<T>(
        &self,
        tenant: uuid::Uuid,
        from: From<'_>,
        item: impl Fn(Node<'_>) -> Option<T>,
    ) -> Result<Page<T>, Error> {
        let address = match from {
            From::Start(address) => address,
            From::Next(next) => next.address.clone(),
        };
        let body = self.get(address.clone(), tenant, Vec::new()).await?;
        let node = Node::new(&body);
        let link = node.at("@odata.nextLink").text().or_else(|| node.at("nextLink").text());
        let next = link.map(|link| self.client.map.follow(address.service, &link)).transpose()?;
        let next = next.map(|address| Continuation { address, headers: Vec::new() });
        if next.as_ref().is_some_and(|next| next.address == address) {
            return Err(Error::Unreadable("a list leads back to the same page"));
        }
        page(&body, "value", next, item)
    }

    fn next(&self, body: Node<'_>, here: &Continuation) -> Result<Option<Continuation>, Error> {
        let link = body.at("links").at("next");
        let next = match (link.at("uri").text(), body.at("continuationToken").text()) {
            // A documented oddity: the last page has a link without a number.
            (Some(uri), _) if uri.ends_with("offset=") => None,
            (Some(uri), _) => {
                let address = self.client.map.follow(here.address.service, &uri)?;
                Some(Continuation { address, headers: headers(link) })
            }
            (None, Some(token)) => {
                let mut address = here.address.clone();
                let kept: Vec<(String, String)> = address
                    .url
                    .query_pairs()
                    .filter(|(name, _)| name != "seekOperation")
                    .map(|(name, value)| (name.into_owned(), value.into_owned()))
                    .collect();
                address.url.query_pairs_mut().clear().extend_pairs(kept).append_pair("seekOperation", "Next");
                Some(Continuation { address, headers: vec![(TOKEN.into(), token)] })
            }
            (None, None) => None,
        };
        if next.as_ref() == Some(here) {
            return Err(Error::Unreadable("a list leads back to the same page"));
        }
        Ok(next)
    }
}

/// The headers that a link wants. Only Microsoft's own are sent: an answer does not choose who we are.
fn headers(link: Node<'_>) -> Vec<(String, String)> {
    link.at("headers")
        .list()
        .filter_map(|header| Some((header.at("key").text()?, header.at("value").text()?)))
        .filter(|(key, value)| {
            key.eq_ignore_ascii_case(TOKEN) && value.bytes().all(|byte| (32..127).contains(&byte))
        })
        .map(|(_, value)| (TOKEN.to_owned(), value))
        .collect()
}

fn page<T>(
    body: &Value,
    name: &str,
    next: Option<Continuation>,
    item: impl Fn(Node<'_>) -> Option<T>,
) -> Result<Page<T>, Error> {
    let body = Node::new(body);
    let list = if body.is_list() { body } else { body.at(name) };
    // What is empty may be left out.
    let is_empty = body.at("totalCount").parse() == Some(0);
    if !list.is_list() && !is_empty {
        return Err(Error::Unreadable("it is no list"));
    }
    let (mut items, mut unreadable) = (Vec::new(), 0);
    for node in list.list() {
        match item(node) {
            Some(item) => items.push(item),
            None => unreadable += 1,
        }
    }
    Ok(Page { items, unreadable, next })
}

/// The filter of Partner Center's lists, for an address.
pub(crate) fn filter(field: &str, value: &str, operator: &str) -> String {
    serde_json::json!({ "Field": field, "Value": value, "Operator": operator }).to_string()
}

/// Reads one resource.
///
/// # Errors
/// It lacks what makes it one.
pub(crate) fn one<T>(body: &Value, item: impl Fn(Node<'_>) -> Option<T>) -> Result<T, Error> {
    item(wire::Node::new(body)).ok_or(Error::Unreadable("it lacks its id"))
}
