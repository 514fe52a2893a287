//! Short texts that agents and customers read, each in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::ticket::kinds::{Kind, Service};
use crate::words;

words! {
    /// Who may read an article.
    pub enum Audience {
        /// Agents of the desk.
        Internal = "internal",
        /// Customers too.
        Public = "public",
    }
}

/// An article in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What it is called.
    pub title: String,
    /// What it says.
    pub body: String,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Who may read it.
    pub audience: Audience,
    /// Whether it may be read by anybody but its authors.
    pub published: bool,
    /// The service that it is about; none is any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// The kind of request that it is about; none is any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What it says, by language.
    pub texts: BTreeMap<Lang, Written>,
}

/// The longest title, in characters.
pub const TITLE: usize = 160;
/// The longest text, in bytes.
pub const BODY: usize = 20_000;

impl Article {
    /// It in a language, or in English, or in whichever there is; nothing if it says nothing.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> Option<(Lang, &Written)> {
        let one = |lang| self.texts.get_key_value(&lang);
        let found = one(lang).or_else(|| one(Lang::En)).or_else(|| self.texts.iter().next());
        found.map(|(lang, written)| (*lang, written))
    }
}
