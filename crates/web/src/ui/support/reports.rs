//! The report: how much lay inside the baseline, and what went up the chain.

use app::reports::{self, BaselineLine};
use axum::{
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use text::format;

use crate::{
    form::Query,
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        shell::Page,
        view::{BaselinePage, BaselineRow},
    },
};

fn month<'q>(query: &'q Query, name: &str) -> Option<&'q str> {
    query.find(name).filter(|month| !month.trim().is_empty())
}

/// `GET /reports/baseline`.
pub(crate) async fn baseline(page: Page, query: Query) -> Answer {
    let (from, to) = (month(&query, "from"), month(&query, "to"));
    let read = reports::baseline(&page.app, &page.agent, from, to).await;
    let (lines, problem) = match read {
        Ok(lines) => (lines, None),
        Err(error @ app::Error::Invalid { .. }) => (Vec::new(), Some(Problem::from(error))),
        Err(error) => return Err(error.into()),
    };
    let asked = [("from", from.unwrap_or_default()), ("to", to.unwrap_or_default())];
    let view = BaselinePage {
        notice: problem.as_ref().map(|problem| ui::notice(page.reader.words, problem)),
        from: asked[0].1.to_owned(),
        to: asked[1].1.to_owned(),
        csv: format!("/reports/baseline.csv?{}", ui::query(&asked)),
        lines: lines.iter().map(|line| row(&page, line)).collect(),
        shell: page.shell("reports").await?,
    };
    match problem {
        Some(problem) => ui::again(again_status(&problem), &view),
        None => page.html(&view),
    }
}

fn row(page: &Page, line: &BaselineLine) -> BaselineRow {
    let words = page.reader.words;
    let number = |n: i64| format::number(words, n);
    let clear = line.inside + line.outside;
    BaselineRow {
        month: line.month.clone(),
        service: line.service.to_string(),
        inside: number(line.inside),
        outside: number(line.outside),
        unclear: number(line.unclear),
        not_needed: number(line.not_needed),
        share: match clear {
            0 => "–".into(),
            _ => format!("{}\u{a0}%", number(line.inside * 100 / clear)),
        },
        escalated: number(line.escalated),
        documentation: number(line.documentation),
        known_issue: number(line.known_issue),
        data_missing: number(line.data_missing),
        seats: line.seats.map_or_else(|| "–".into(), number),
        per_seats: match line.per_thousand_seats() {
            None => "–".into(),
            Some(thousandths) => format::tenths(words, (thousandths + 50) / 100),
        },
    }
}

/// `GET /reports/baseline.csv`: for programs, so in words of the API and plain numbers.
pub(crate) async fn baseline_csv(page: Page, query: Query) -> Answer {
    let lines = reports::baseline(&page.app, &page.agent, month(&query, "from"), month(&query, "to")).await?;
    let mut csv = String::from(
        "month,service,inside,outside,unclear,not_needed,escalated,documentation,known_issue,seats,escalated_of_seats,\
         escalations_per_thousand_seats_e3,data_missing\r\n",
    );
    for line in &lines {
        let known = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        let (seats, rate) = (known(line.seats), known(line.per_thousand_seats()));
        let BaselineLine { month, service, inside, outside, unclear, not_needed, .. } = line;
        let BaselineLine { escalated, documentation, known_issue, escalated_of_seats, data_missing, .. } =
            line;
        csv.push_str(&format!(
            "{month},{service},{inside},{outside},{unclear},{not_needed},{escalated},{documentation},{known_issue},\
             {seats},{escalated_of_seats},{rate},{data_missing}\r\n"
        ));
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"baseline.csv\"")),
    ];
    Ok((headers, csv).into_response())
}
