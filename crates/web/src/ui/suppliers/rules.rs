//! Microsoft's rules with their days and sources, and what those that will change touch.

use app::vehicles::{self, RuleRow};
use domain::{id::PlanId, vehicle::rules as rows};
use jiff::{civil::Date, tz::TimeZone};
use store::scores::OnVehicle;
use text::format;

use crate::{
    problem::Answer,
    ui::{
        pieces::Reader,
        shell::Page,
        view::{Link, RuleLine, RulesPage},
    },
};

/// `GET /suppliers/rules`.
pub(crate) async fn show(page: Page) -> Answer {
    let found = vehicles::rule_rows(&page.app, &page.agent).await?;
    let today = page.reader.now.to_zoned(TimeZone::UTC).date();
    let lines = |wanted: &dyn Fn(&RuleRow) -> bool| {
        found.iter().filter(|row| wanted(row)).map(|row| line(&page.reader, row, today)).collect()
    };
    let view = RulesPage {
        coming: lines(&|row| row.changes.is_some()),
        now: lines(&|row| row.changes.is_none() && row.is_on),
        past: lines(&|row| row.changes.is_none() && !row.is_on),
        shell: page.shell("suppliers").await?,
    };
    page.html(&view)
}

/// A date of the rules: midnight UTC, whatever the reader's zone.
fn date(reader: &Reader, date: Date) -> String {
    match date.to_zoned(TimeZone::UTC) {
        Ok(at) => format::date(reader.words, at.timestamp(), &TimeZone::UTC),
        Err(_) => date.to_string(),
    }
}

fn ticket(line: &OnVehicle) -> Link {
    let text = format!("#{} {}", line.number, line.subject);
    Link { href: format!("/tickets/{}", line.number), text, current: false }
}

fn plan((id, name): &(PlanId, String)) -> Link {
    Link { href: format!("/catalogue/plans/{id}"), text: name.clone(), current: false }
}

fn line(reader: &Reader, row: &RuleRow, today: Date) -> RuleLine {
    let (words, all) = (reader.words, rows::all());
    let on = |key: &str, day: Date| words.f(key, &[("date", (&*date(reader, day)).into())]);
    let names: Vec<String> =
        row.rule.vehicles().into_iter().map(|vehicle| all.name(vehicle.into(), Some(today))).collect();
    let change = row.changes.map(|day| match row.rule.valid_from {
        Some(from) if from == day => on("rules-begins", day),
        Some(_) | None => on("rules-ends", day),
    });
    let since = row.rule.valid_from.filter(|from| *from <= today).map(|from| on("rules-since", from));
    let until = row.rule.valid_to.filter(|to| *to <= today).map(|to| on("rules-until", to));
    RuleLine {
        id: row.rule.id.clone(),
        vehicles: if names.is_empty() { words.t("rules-every").into_owned() } else { names.join(", ") },
        text: vehicles::rule_text(words, all, row.rule, row.changes.unwrap_or(today)),
        change: change.unwrap_or_default(),
        period: [since, until].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        source: row.rule.source.clone(),
        verified: row.rule.verified,
        counts: row.counts,
        tickets: row.tickets.iter().map(ticket).collect(),
        plans: row.plans.iter().map(plan).collect(),
        touches: row
            .touches
            .iter()
            .map(|touched| Link {
                href: format!("/suppliers/{}/contracts/{}", touched.supplier, touched.entitlement),
                text: touched.name.clone(),
                current: false,
            })
            .collect(),
    }
}
