//! What every page is made of: the shell around it and the small pieces inside it.

use std::borrow::{Borrow, Cow};
use std::fmt;

use domain::ticket::kinds::Service;
use text::Words;

/// HTML that we made ourselves from escaped parts; templates print it as it is.
#[derive(Clone, Debug)]
pub struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}
impl askama::FastWritable for Markup {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

/// What stands around every page: words, person, navigation.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The reader's words.
    pub words: Words,
    /// The reader's language as an HTML `lang` value.
    pub lang: String,
    /// Addresses of the built script, style and icons.
    pub assets: Assets,
    /// `system`, `light`, `dark` or `contrast`.
    pub theme: String,
    /// Whether single keys act (they can be switched off in the account).
    pub shortcuts: bool,
    /// The name of the desk.
    pub desk: String,
    /// Who is signed in, if anybody is.
    pub user: Option<User>,
    /// Which part of the navigation is current: `queue`, `customers`, `articles`, `incidents`, `subscriptions`, `billing`, `suppliers`, `search`, `sent`, `inbox`,
    /// `people`, `services`, `reports`, `settings`, `account`; in the portal `tickets`, `new`.
    pub section: String,
    /// The views of the queue with their kept counts.
    pub views: Vec<NavView>,
    /// What the signed-in agent may see in the navigation.
    pub may: May,
    /// Something that was just done, or could not be.
    pub flash: Option<Flash>,
    /// Topics of this page for `/live`, comma-separated; empty: no live updates.
    pub live: String,
    /// Until where this page knows what has changed.
    pub since: String,
    /// Parked mails and dead jobs that need a person; shown beside "Incoming mail".
    pub alarms: u64,
    /// The form of the page that could not be taken.
    pub refused: Option<Refused>,
}

/// A form that could not be taken, as it was typed, and what is wrong with it. The page shows it so by itself: its fields
/// are written with the macros of `ui.html`, which ask here first. What must not be sent to a page is not written so.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Which form of the page: where it posts, and a word behind that where several post there.
    pub form: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// The field that is wrong, if one is.
    pub field: &'static str,
    /// What is wrong, as a sentence.
    pub text: String,
}

impl Shell {
    /// This form, if it is the one that could not be taken.
    fn refused_as(&self, form: &str) -> Option<&Refused> {
        self.refused.as_ref().filter(|refused| refused.form == form)
    }

    /// Whether this form could not be taken.
    #[must_use]
    pub fn refused(&self, form: impl AsRef<str>) -> bool {
        self.refused_as(form.as_ref()).is_some()
    }

    /// What stands in a field: what was typed, or else what is kept.
    #[must_use]
    pub fn typed(&self, form: impl AsRef<str>, name: impl AsRef<str>, kept: impl fmt::Display) -> String {
        let Some(refused) = self.refused_as(form.as_ref()) else { return kept.to_string() };
        let typed = refused.fields.iter().find(|(known, _)| known == name.as_ref());
        typed.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Whether this is what was chosen, or checked, in a form that could not be taken.
    #[must_use]
    pub fn chose(&self, form: impl AsRef<str>, name: impl AsRef<str>, value: impl AsRef<str>) -> bool {
        let typed = self.refused_as(form.as_ref()).map(|refused| refused.fields.iter());
        let is_it = |(known, typed): &(String, String)| known == name.as_ref() && typed == value.as_ref();
        typed.is_some_and(|mut typed| typed.any(is_it))
    }

    /// What is wrong with a field. `alias` is how the rules call it where that is another name than the field's.
    #[must_use]
    pub fn wrong(
        &self,
        form: impl AsRef<str>,
        name: impl AsRef<str>,
        alias: impl AsRef<str>,
    ) -> Option<&str> {
        let refused = self.refused_as(form.as_ref()).filter(|refused| !refused.field.is_empty())?;
        let is_it = [name.as_ref(), alias.as_ref()].contains(&refused.field);
        is_it.then_some(refused.text.as_str())
    }

    /// The words of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.words.t(key)
    }

    /// The words of a member of a closed set: `family` is `state`, `severity`, …; `word` its stable name.
    #[must_use]
    pub fn word(&self, family: &str, word: impl AsRef<str>) -> Cow<'static, str> {
        self.words.word(family, word.as_ref())
    }

    /// The words of a key that counts `$n`.
    #[must_use]
    pub fn n(&self, key: &str, n: impl Borrow<u64>) -> String {
        let n = i64::try_from(*n.borrow()).unwrap_or(i64::MAX);
        self.words.f(key, &[("n", n.into())])
    }

    /// The words of a key with one named text.
    #[must_use]
    pub fn with(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.words.f(key, &[(name, value.as_ref().into())])
    }

    /// The head of a column of a table, for screens on which each cell stands alone.
    #[must_use]
    pub fn column(&self, head: impl AsRef<[String]>, place: impl Borrow<usize>) -> String {
        head.as_ref().get(*place.borrow()).cloned().unwrap_or_default()
    }

    /// An icon of the sprite, hidden from screen readers: words stand beside it.
    #[must_use]
    pub fn icon(&self, name: &str) -> Markup {
        Markup(format!(
            "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#{name}\"/></svg>",
            self.assets.icons
        ))
    }

    /// The icon of a service.
    #[must_use]
    pub fn service_icon(&self, service: impl AsRef<str>) -> &'static str {
        match service.as_ref().parse::<Service>() {
            Ok(Service::Microsoft365) => "layers",
            Ok(Service::Azure) => "cloud",
            Ok(Service::Dynamics365) => "chart",
            Ok(Service::OnPremises) => "server",
            Ok(Service::Marketplace) => "bag",
            Ok(Service::Other) | Err(_) => "question",
        }
    }

    /// `aria-current` for the navigation.
    #[must_use]
    pub fn current(&self, section: &str) -> Markup {
        Markup(if self.section == section { " aria-current=\"page\"".into() } else { String::new() })
    }
}

/// Addresses of built files, with their content hashes.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The script.
    pub script: String,
    /// The style sheet.
    pub style: String,
    /// The icon sprite.
    pub icons: String,
}

/// The person who is signed in.
#[derive(Clone, Debug)]
pub struct User {
    /// The person.
    pub person: Person,
    /// The address with which they sign in.
    pub email: String,
    /// Whether they belong to several desks and can change between them.
    pub several_desks: bool,
}

/// One view of the queue in the navigation.
#[derive(Clone, Debug)]
pub struct NavView {
    /// `mine`, `unassigned`, `due`, `waiting`, `all`.
    pub view: String,
    /// The kept count.
    pub count: u64,
    /// Whether this is the page.
    pub current: bool,
}

impl NavView {
    /// The second key after `g`.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.view.as_str() {
            "mine" => "m",
            "unassigned" => "u",
            "due" => "d",
            "waiting" => "w",
            _ => "a",
        }
    }
}

/// What the navigation offers; the routes check again.
#[derive(Clone, Debug, Default)]
pub struct May {
    /// See customers.
    pub customers: bool,
    /// See what customers may need.
    pub signals: bool,
    /// See subscriptions.
    pub subscriptions: bool,
    /// See money owed and owing.
    pub billing: bool,
    /// See suppliers.
    pub suppliers: bool,
    /// File a ticket for somebody.
    pub file: bool,
    /// See outgoing and incoming mail.
    pub mail: bool,
    /// Manage people.
    pub people: bool,
    /// Manage settings.
    pub settings: bool,
    /// Read the audit log.
    pub audit: bool,
    /// Hand tickets over.
    pub escalate: bool,
    /// Pair with other desks.
    pub partners: bool,
    /// See what services ask for.
    pub services: bool,
    /// See reports.
    pub reports: bool,
    /// See tickets, and with them articles and incidents.
    pub support: bool,
    /// See the catalogue.
    pub catalogue: bool,
}

/// A message about what was just done.
#[derive(Clone, Debug)]
pub struct Flash {
    /// `done`, `warning` or `error`.
    pub tone: String,
    /// The sentence, in the reader's language.
    pub text: String,
    /// How it can be taken back.
    pub undo: Option<Undo>,
}

/// A way back, for some seconds.
#[derive(Clone, Debug)]
pub struct Undo {
    /// Where the undo form posts.
    pub action: String,
    /// Value of its field `what`: an entry or something that is kept for it.
    pub what: String,
    /// How many seconds are left.
    pub seconds: u64,
}

/// A person's name and how their avatar looks.
#[derive(Clone, Debug)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// One or two letters, or one Chinese character.
    pub initials: String,
    /// Which of the eight quiet colours, 0 to 7: the same for the same person everywhere.
    pub hue: u8,
}

/// A moment: short for reading, full with zones on hover.
#[derive(Clone, Debug)]
pub struct Time {
    /// RFC 3339, UTC.
    pub iso: String,
    /// What is shown: "10 min ago", "Tue 10:00".
    pub text: String,
    /// The whole moment in the reader's zone and, where it differs, the customer's.
    pub title: String,
}

/// When the next promise is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// `calm`, `near`, `late`, `paused`.
    pub tone: String,
    /// "due Tue 10:00", "paused", "overdue since …".
    pub text: String,
    /// Working time left: "1 h 40"; empty when paused.
    pub left: String,
    /// The whole moment, with zones.
    pub title: String,
}

/// One choice of a select, radio or check box.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A way to somewhere.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where.
    pub href: String,
    /// What is read.
    pub text: String,
    /// Whether it is where we are.
    pub current: bool,
}

/// Neighbouring keyset pages.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// Address of the previous page.
    pub back: Option<String>,
    /// Address of the next page.
    pub on: Option<String>,
}

/// A sentence with a tone: `info`, `warning`, `error`, `done`.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The tone.
    pub tone: String,
    /// The sentence.
    pub text: String,
}

/// A file that can be opened.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name as sent.
    pub name: String,
    /// Its size, readable: "48 kB".
    pub size: String,
    /// Where it is served.
    pub href: String,
    /// Whether it is an image that a browser can show as a small preview.
    pub image: bool,
}

/// A stretch of text of a message.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Whether it repeats an earlier message; folded then.
    pub quoted: bool,
    /// The text, with its line breaks.
    pub text: String,
}
