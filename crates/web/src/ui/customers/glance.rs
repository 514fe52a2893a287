//! A customer at a glance, each part for who may see it.

use app::customers::Glance;
use domain::id::CustomerId;
use text::mail::amounts;

use crate::ui::{
    catalogue::customer::standing,
    shell::Page,
    view::{GlanceLine, Link},
};

pub(super) fn lines(page: &Page, id: CustomerId, glance: &Glance) -> Vec<GlanceLine> {
    let words = page.reader.words;
    let mut all = Vec::new();
    let mut add = |key: &str, href: String, text: String, note: String| {
        let label = Link { href, text: words.t(key).into_owned(), current: false };
        all.push(GlanceLine { label, text, note });
    };
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    if let Some(of) = &glance.plan {
        let name = of.now.as_ref().map_or_else(|| "–".to_owned(), |plan| plan.name.clone());
        let note = if of.now.is_some() { standing(&page.reader, &of.standing) } else { String::new() };
        add("catalogue-plan", format!("/catalogue/customers/{id}"), name, note);
    }
    if let Some(count) = glance.subscriptions {
        let text = words.f("glance-in-use", &[("n", number(count).into())]);
        add("nav-subscriptions", format!("/customers/{id}/subscriptions"), text, String::new());
    }
    if let Some([all, assigned]) = glance.licences {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let numbers = [("n", number(all).into()), ("assigned", number(assigned).into())];
        let text = words.f("glance-assigned", &numbers);
        add("glance-licences", format!("/customers/{id}/subscriptions"), text, String::new());
    }
    let kept = match glance.promised {
        0 => words.t("glance-none-due").into_owned(),
        n => words.f("glance-kept", &[("kept", number(glance.kept).into()), ("n", number(n).into())]),
    };
    add("glance-promises", String::new(), kept, words.t("glance-window").into_owned());
    if glance.away > 0 {
        let text = words.f("glance-away", &[("n", glance.away.into())]);
        add("nav-handovers", String::new(), text, String::new());
    }
    if let Some(row) = &glance.money {
        let owed: Vec<_> = row
            .standing
            .owed
            .iter()
            .map(|(currency, sums)| domain::money::Money { minor: sums.open, currency: *currency })
            .filter(|one| one.minor != 0)
            .collect();
        let text =
            if owed.is_empty() { words.t("glance-nothing").into_owned() } else { amounts(words, &owed) };
        let oldest = match row.standing.oldest() {
            0 => String::new(),
            days => words.f("receivable-late", &[("n", i64::from(days).into())]),
        };
        add("glance-owes", format!("/collections/customers/{id}"), text, oldest);
        if !row.owing.is_empty() {
            add("collection-owing", String::new(), amounts(words, &row.owing), String::new());
        }
    }
    all
}
