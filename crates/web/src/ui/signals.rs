//! Signals: what customers may need, for those who sell.

use app::signals::{self, Overview};
use domain::{
    access::Permission,
    id::CustomerId,
    signal::{Judged, Signal},
    ticket::kinds::Service,
};
use store::licences::Idle;
use text::format;

use super::{
    shell::{Done, Page},
    view::{Link, SignalJudged, SignalRow, SignalsPage},
};
use crate::{
    form::{Form, Path, Query},
    problem::Answer,
};

const PATH: &str = "/signals";

fn href(of: Option<CustomerId>) -> String {
    of.map_or_else(|| PATH.to_owned(), |id| format!("{PATH}?customer={id}"))
}

/// `GET /signals`, of one `customer` or of all.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let view = view(&page, query.optional("customer")?).await?;
    page.html(&view)
}

async fn view(page: &Page, of: Option<CustomerId>) -> Answer<SignalsPage> {
    let Overview { raised, precision, judged } = signals::overview(&page.app, &page.agent, of).await?;
    let words = page.reader.words;
    let what = |signal: Signal| words.word("signal", signal.word()).into_owned();
    let service = |service: Service| words.word("service", service.word()).into_owned();
    let customer = |id: CustomerId, name: &str| Link {
        href: format!("/customers/{id}"),
        text: name.to_owned(),
        current: false,
    };
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let raised = raised.iter().map(|one| SignalRow {
        customer: customer(one.customer, &one.name),
        action: format!("/customers/{}/signals", one.customer),
        what: what(one.signal),
        signal: one.signal.word().into(),
        service_name: service(one.service),
        service: one.service.word().into(),
        evidence: one
            .evidence
            .iter()
            .map(|(number, subject)| Link {
                href: format!("/tickets/{number}"),
                text: format!("#{number} {subject}"),
                current: false,
            })
            .collect(),
        licences: one.licences.iter().map(|idle| product(page, idle)).collect(),
    });
    let precision = precision.iter().map(|one| {
        let right = match one.judged {
            0 => words.t("signal-unjudged").into_owned(),
            n => words.f("signal-right", &[("right", number(one.taken_up).into()), ("n", number(n).into())]),
        };
        [what(one.signal), right]
    });
    let judged = judged.iter().map(|(one, name, by)| SignalJudged {
        customer: customer(one.customer, name),
        what: format!("{} · {}", what(one.signal), service(one.service)),
        judged: words.word("signal-was", one.judged.word()).into_owned(),
        tone: if one.judged == Judged::TakenUp { "done".into() } else { "calm".into() },
        reason: one.reason.clone(),
        by: by.clone(),
        time: page.reader.time(one.at),
    });
    Ok(SignalsPage {
        raised: raised.collect(),
        precision: precision.collect(),
        judged: judged.collect(),
        all: of.map(|_| PATH.to_owned()),
        notice: page.notice(),
        may_judge: page.agent.may(Permission::SignalsJudge),
        shell: page.shell("customers").await?,
    })
}

/// "Power BI Pro: 40 licences, 31 assigned; at least 9 of them nobody’s since 1 Oct 2026".
fn product(page: &Page, idle: &Idle) -> String {
    let words = page.reader.words;
    let since = format::date(words, idle.since, &page.reader.zone);
    let number = |n: u32| i64::from(n).into();
    let facts = [
        ("name", idle.name.as_str().into()),
        ("n", number(idle.active)),
        ("assigned", number(idle.assigned)),
        ("unused", number(idle.unused)),
        ("since", since.as_str().into()),
    ];
    words.f("signal-product", &facts)
}

/// `POST /customers/{id}/signals`.
pub(crate) async fn judge(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let judged = async {
        let signal = (form.parse("signal")?, form.parse("service")?);
        signals::judge(&page.app, &page.agent, id, signal, form.parse("judged")?, form.get("reason")).await
    };
    match judged.await {
        Ok(_) => Ok(super::see_with(&href(Some(id)), &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(format!("/customers/{id}/signals"), &form, error)?;
            let view = view(&page, Some(id)).await?;
            page.again(&view)
        }
    }
}
