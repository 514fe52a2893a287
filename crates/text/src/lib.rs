//! Five languages for pages and mails: the only place that knows words.
//!
//! [`Words`] looks a message up by its key, [`mod@format`] writes times and numbers as people of that language do,
//! and [`mail`] has a typed function for every letter that the desk sends. The words themselves are in
//! `locales/<language>/*.ftl` and compiled in.

pub mod billing;
mod catalogue;
pub mod format;
pub mod handover;
pub mod mail;
pub mod question;

use std::borrow::Cow;

pub use domain::lang::Lang;
use fluent_bundle::FluentValue;

use catalogue::Catalogue;

/// The words of one language. Small and free to copy; what it points at is built once in the life of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// The words of `lang`.
    #[must_use]
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// The language that it speaks.
    #[must_use]
    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// The message `key`, which has no variables. Costs one look-up. A key that is not there, or whose message
    /// needs variables, comes back as `⟨key⟩`, so that it is seen on the page and a test can find it.
    #[must_use]
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        match Catalogue::of(self.lang).plain(key) {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(missing(key)),
        }
    }

    /// The words of a member of a closed set, such as `state` and `waiting_customer`: the message
    /// `state-waiting-customer`. Every set read in this way is listed in the tests, which look for all its members.
    #[must_use]
    pub fn word(&self, family: &str, word: &str) -> Cow<'static, str> {
        let mut key = String::with_capacity(family.len() + 1 + word.len());
        key.push_str(family);
        key.push('-');
        key.extend(word.chars().map(
            |c| {
                if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }
            },
        ));
        self.t(&key)
    }

    /// The message `key` with its variables put in. A key that is not there comes back as `⟨key⟩`; a variable that
    /// is not given stays visible as `{$name}`.
    #[must_use]
    pub fn f(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        Catalogue::of(self.lang).with(key, args).unwrap_or_else(|| missing(key))
    }
}

fn missing(key: &str) -> String {
    format!("⟨{key}⟩")
}

/// The value of a variable in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A text, put in as it is. Ticket numbers are texts too: nobody wants `#10,432`.
    Text(Cow<'a, str>),
    /// A quantity: grouped as the language does, and plural forms are chosen by it.
    Number(i64),
}

impl<'a> Arg<'a> {
    fn to_fluent(&'a self) -> FluentValue<'a> {
        match self {
            Arg::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Arg::Number(number) => FluentValue::from(*number),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Arg::Text(text)
    }
}

macro_rules! from_integer {
    ($($integer:ty),+) => {$(
        impl From<$integer> for Arg<'_> {
            /// Numbers past `i64` are held at its end.
            fn from(number: $integer) -> Self {
                Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )+};
}

from_integer!(u8, u16, u32, u64, usize, i32);

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_message_is_not_copied() {
        for &lang in Lang::ALL {
            assert!(matches!(Words::new(lang).t("mail-open-request"), Cow::Borrowed(_)), "{lang}");
        }
    }

    #[test]
    fn what_is_missing_is_seen() {
        let words = Words::new(Lang::Sv);
        assert_eq!(words.t("no-such-key"), "⟨no-such-key⟩");
        assert_eq!(words.f("no-such-key", &[]), "⟨no-such-key⟩");
        assert_eq!(words.t("mail-hello-name"), "⟨mail-hello-name⟩", "needs a variable");
        assert_eq!(words.f("mail-hello-name", &[]), "Hej {$name}!");
    }

    #[test]
    fn words_of_sets_become_keys() {
        assert_eq!(
            Words::new(Lang::En).word("no-such", "waiting_Customer.now"),
            "⟨no-such-waiting-customer-now⟩"
        );
        assert_eq!(Words::new(Lang::De).word("mail-fact", "Due"), "Fällig");
    }

    #[test]
    fn variables_are_put_in_as_they_are() {
        let f = |lang, args: &[(&str, Arg<'_>)]| Words::new(lang).f("mail-hello-name", args);
        assert_eq!(f(Lang::En, &[("name", "{ $x } <b>".into())]), "Hello { $x } <b>,");
        assert_eq!(f(Lang::Hu, &[("name", String::from("Ada").into())]), "Tisztelt Ada!");
    }

    #[test]
    fn numbers_are_grouped_and_choose_the_plural() {
        let minutes = |lang, n: i64| Words::new(lang).f("mail-sign-in-valid", &[("minutes", n.into())]);
        assert!(minutes(Lang::En, 1).contains("1 minute "), "{}", minutes(Lang::En, 1));
        assert!(minutes(Lang::En, 15).contains("15 minutes "));
        assert!(minutes(Lang::De, 1440).contains("1.440 Minuten"));
        assert!(minutes(Lang::ZhCn, 1).contains("1 分钟"));
        assert_eq!(Arg::from(u64::MAX), Arg::Number(i64::MAX));
    }
}
