//! The policy as customers are told of it.

use domain::collections::{Count, Stage};
use text::Words;

/// A stage in a sentence: after how many days past due what happens.
#[must_use]
pub fn stage(words: Words, stage: &Stage) -> String {
    let key = match stage.count {
        Count::Calendar => "help-collection-stage",
        Count::Working => "help-collection-stage-working",
    };
    let what = words.word("collection-effect", stage.effect.word()).into_owned();
    words.f(key, &[("n", i64::from(stage.days).into()), ("what", what.into())])
}
