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

words! {
    /// What became of a line from one version to the next.
    pub enum LineChange {
        /// It stays.
        Same = "same",
        /// It is not there any more.
        Removed = "removed",
        /// It is new.
        Added = "added",
    }
}

/// How many pairs of lines are compared: where a text has more, all of it is said to be new.
const PAIRS: usize = 1 << 20;

/// What became of each line of a text, in reading order: as few as can be are removed and added.
#[must_use]
pub fn difference<'t>(before: &'t str, after: &'t str) -> Vec<(LineChange, &'t str)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let same = |lines: &[&'t str]| lines.iter().map(|line| (LineChange::Same, *line)).collect::<Vec<_>>();
    let mut all = same(&old[..head]);
    all.extend(middle(old_middle, new_middle));
    all.extend(same(&old[old.len() - tail..]));
    all
}

/// The part between what both texts begin and end with.
fn middle<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(LineChange, &'t str)> {
    let removed = old.iter().map(|line| (LineChange::Removed, *line));
    let added = new.iter().map(|line| (LineChange::Added, *line));
    let wide = new.len() + 1;
    if (old.len() + 1).saturating_mul(wide) > PAIRS {
        return removed.chain(added).collect();
    }
    // How many lines the rests from here on have in common.
    let mut common = vec![0_u32; (old.len() + 1) * wide];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            common[i * wide + j] = match a == b {
                true => common[(i + 1) * wide + j + 1] + 1,
                false => common[(i + 1) * wide + j].max(common[i * wide + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut all) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            all.push((LineChange::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * wide + j] >= common[i * wide + j + 1] {
            all.push((LineChange::Removed, old[i]));
            i += 1;
        } else {
            all.push((LineChange::Added, new[j]));
            j += 1;
        }
    }
    all.extend(removed.skip(i));
    all.extend(added.skip(j));
    all
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_tells_each_line_once() {
        let told = |before: &str, after: &str| {
            let sign = |change| match change {
                LineChange::Same => '=',
                LineChange::Removed => '-',
                LineChange::Added => '+',
            };
            let lines = difference(before, after).into_iter();
            lines.map(|(change, line)| format!("{}{line}", sign(change))).collect::<Vec<_>>().join(" ")
        };
        for (before, after, what) in [
            ("", "", ""),
            ("a\nb", "a\nb", "=a =b"),
            ("", "a", "+a"),
            ("a", "", "-a"),
            ("a\nb\nc", "a\nc", "=a -b =c"),
            ("a\nc", "a\nb\nc", "=a +b =c"),
            ("a\nb\nc\nd", "b\nx\nd\na", "-a =b -c +x =d +a"),
            ("a\na", "a", "=a -a"),
            ("x\n\ny", "x\ny\n\n", "=x -  =y + "),
        ] {
            assert_eq!(told(before, after), what, "{before:?} {after:?}");
        }
        // Whatever the texts are, both can be read from it.
        let long = |first: usize| (first..first + 3_000).map(|n| format!("{n}\n")).collect::<String>();
        let (before, after) = (long(0), long(1_500));
        let all = difference(&before, &after);
        let read = |but: LineChange| {
            let kept = all.iter().filter(|(change, _)| *change != but);
            kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
        };
        assert_eq!((read(LineChange::Added), read(LineChange::Removed)), (before.clone(), after.clone()));
    }
}
