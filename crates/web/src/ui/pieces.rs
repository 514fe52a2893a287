//! Persons, times, choices and files as pages show them: in the reader's language and zone.

use std::fmt::Display;

use app::{Agent, Contact};
use domain::lang::Lang;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use text::{Words, format};

use super::view;

/// For whom a page is written.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(crate) words: Words,
    pub(crate) zone: TimeZone,
    pub(crate) now: Timestamp,
}

impl Reader {
    pub(crate) fn agent(agent: &Agent, now: Timestamp) -> Self {
        Self { words: Words::new(agent.lang), zone: agent.zone.clone(), now }
    }

    pub(crate) fn contact(contact: &Contact, now: Timestamp) -> Self {
        Self { words: Words::new(contact.lang), zone: contact.zone.clone(), now }
    }

    /// A moment: "10 min ago", "Tue 10:00", "28 Apr, 14:05", "28 Apr 2021, 14:05".
    pub(crate) fn time(&self, at: Timestamp) -> view::Time {
        let distance = self.now.duration_since(at).abs();
        let text = if distance < SignedDuration::from_hours(1) {
            format::relative(self.words, self.now, at)
        } else {
            self.near(at)
        };
        view::Time { iso: at.to_string(), text, title: self.whole(at) }
    }

    /// A moment that is waited for: "Tue 10:00", with its day if it is not in the week at hand, and with its year if
    /// it is not in this one.
    pub(crate) fn near(&self, at: Timestamp) -> String {
        let year = |at: Timestamp| at.to_zoned(self.zone.clone()).year();
        if self.now.duration_since(at).abs() < SignedDuration::from_hours(6 * 24) {
            format::weekday_time(self.words, at, &self.zone)
        } else if year(at) == year(self.now) {
            format::day_time(self.words, at, &self.zone)
        } else {
            format::date_time(self.words, at, &self.zone)
        }
    }

    /// The whole moment, with the zone.
    pub(crate) fn whole(&self, at: Timestamp) -> String {
        format::date_time_zone(self.words, at, &self.zone)
    }

    /// The chosen member of a closed set among the others: `family` is that of its words.
    pub(crate) fn choices<T: Copy + PartialEq + Display>(
        &self,
        family: &str,
        all: &[T],
        chosen: Option<T>,
    ) -> Vec<view::Choice> {
        let one = |member: &T| {
            let word = member.to_string();
            choice(&word, self.words.word(family, &word), chosen == Some(*member))
        };
        all.iter().map(one).collect()
    }
}

/// One choice.
pub(crate) fn choice(value: impl Display, text: impl Into<String>, chosen: bool) -> view::Choice {
    view::Choice { value: value.to_string(), text: text.into(), chosen }
}

/// Languages by their own names.
pub(crate) fn languages(chosen: Option<Lang>) -> Vec<view::Choice> {
    Lang::ALL.iter().map(|lang| choice(lang.word(), lang.own_name(), chosen == Some(*lang))).collect()
}

/// Every time zone of the world, and the chosen one even if the world has forgotten it.
pub(crate) fn time_zones(chosen: &str) -> Vec<view::Choice> {
    let known =
        jiff::tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| name.contains('/'));
    let mut names: Vec<String> = known.filter(|name| !name.starts_with("Etc/")).collect();
    for wanted in ["UTC", chosen] {
        if !wanted.is_empty() && !names.iter().any(|name| name == wanted) {
            names.push(wanted.to_owned());
        }
    }
    names.sort_unstable();
    names.into_iter().map(|name| choice(&name, name.as_str(), name == chosen)).collect()
}

/// A person. `id` gives the colour, so that the same person has the same one everywhere.
pub(crate) fn person(name: &str, id: impl Display) -> view::Person {
    // FNV-1a: a few bits that depend on every byte.
    let hash = id
        .to_string()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // Ids of the same moment differ in few bits: those are spread, and the three highest taken.
    let spread = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    let hue = u8::try_from(spread >> 29).unwrap_or_default();
    view::Person { name: name.to_owned(), initials: initials(name), hue }
}

/// The first letters of the first and the last word; of a Chinese name its first character.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let Some(first) = words.next() else { return "?".into() };
    if ('\u{2e80}'..='\u{9fff}').contains(&first) {
        return first.into();
    }
    let last = words.next_back();
    std::iter::once(first).chain(last).flat_map(char::to_uppercase).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names() {
        for (name, short) in [
            ("Anna Lindqvist", "AL"),
            ("Béla", "B"),
            ("王小明", "王"),
            ("Karl-Heinz von der Straße", "KS"),
            ("örjan", "Ö"),
            ("\"Ada\" (Support)", "AS"),
            ("", "?"),
            (" – ", "?"),
        ] {
            assert_eq!(initials(name), short, "{name}");
        }
    }

    #[test]
    fn times_by_distance() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let reader = Reader {
            words: Words::new(Lang::En),
            zone: app::who::zone("Europe/Berlin"),
            now: at("2026-03-30T08:00:00Z"),
        };
        for (moment, text) in [
            ("2026-03-30T07:50:00Z", "10 min ago"),
            ("2026-03-30T06:00:00Z", "Mon 08:00"),
            ("2026-03-31T08:00:00Z", "Tue 10:00"),
            ("2026-01-05T09:00:00Z", "5 Jan, 10:00"),
            ("2025-12-31T23:30:00Z", "1 Jan, 00:30"),
            ("2025-12-31T22:30:00Z", "31 Dec 2025, 23:30"),
        ] {
            let time = reader.time(at(moment));
            assert_eq!(time.text, text);
            assert_eq!(time.iso, moment);
        }
    }

    #[test]
    fn zones_keep_the_chosen_one() {
        let zones = time_zones("Mars/Olympus");
        assert!(zones.iter().any(|zone| zone.value == "Mars/Olympus" && zone.chosen));
        assert!(zones.iter().any(|zone| zone.value == "Europe/Budapest" && !zone.chosen));
        assert!(zones.len() > 300);
    }
}
