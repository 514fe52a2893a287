//! What came in at the bank: a file is read, and a person says whose each payment is.

use app::receivables::{self, BankFile, Columns, Confirm, Imported, Incoming};
use domain::{
    access::Permission,
    id::{BankEntryId, CustomerId},
};
use text::format;

use super::{
    account::{plain, settles},
    money,
};
use crate::{
    form::{Form, Path, Query},
    problem::Answer,
    ui::{
        billing::tabs,
        pieces::choice,
        shell::{Done, Page},
        view::{BankLine, BankPage, Pages, ProposalLine, SettleLine},
    },
};

/// How many payments a page has.
const ROWS: usize = 50;

/// `GET /receivables/bank`.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let after = query.optional::<BankEntryId>("after")?;
    let view = view(&page, after, None).await?;
    page.html(&view)
}

async fn view(page: &Page, after: Option<BankEntryId>, done: Option<&Imported>) -> Answer<BankPage> {
    let mut found = receivables::incoming(&page.app, &page.agent, after).await?;
    let more = found.lines.len() > ROWS;
    found.lines.truncate(ROWS);
    let on =
        found.lines.last().filter(|_| more).map(|last| format!("/receivables/bank?after={}", last.entry.id));
    let words = page.reader.words;
    Ok(BankPage {
        tabs: tabs(page, "/receivables/bank"),
        shell: page.shell("billing").await?,
        notice: page.notice(),
        may_manage: page.agent.may(Permission::ReceivablesManage),
        done: done.filter(|done| done.faults.is_empty()).map(|done| {
            let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let args = [
                ("new", n(done.new).into()),
                ("known", n(done.known).into()),
                ("others", n(done.others).into()),
            ];
            words.f("bank-read", &args)
        }),
        faults: done.map(|done| super::list::faults(page, &done.faults)).unwrap_or_default(),
        lines: found.lines.iter().map(|one| line(page, &found, one)).collect(),
        pages: Pages { back: after.map(|_| "/receivables/bank".into()), on },
    })
}

fn line(page: &Page, found: &Incoming, one: &receivables::BankLine) -> BankLine {
    let (words, entry) = (page.reader.words, &one.entry);
    let proposals = one.proposals.iter().map(|proposal| {
        let settles = proposal.settles.iter().filter_map(|(id, minor)| {
            let (label, _, _, open) = found.open.get(id)?;
            Some(SettleLine {
                id: id.to_string(),
                label: label.clone(),
                open: format::money(words, *open),
                amount: plain(*minor, entry.currency),
            })
        });
        ProposalLine {
            customer: proposal.customer.to_string(),
            name: found.customers.get(&proposal.customer).cloned().unwrap_or_default(),
            because: proposal
                .because
                .iter()
                .map(|why| words.word("because", why.word()).into_owned())
                .collect(),
            settles: settles.collect(),
        }
    });
    BankLine {
        id: entry.id.to_string(),
        day: format::day(words, entry.day),
        amount: money(&page.reader, entry.amount, entry.currency),
        payer: entry.payer.clone(),
        account: entry.account.clone(),
        text: entry.text.clone(),
        proposals: proposals.collect(),
        customers: found.customers.iter().map(|(id, name)| choice(id, name.as_str(), false)).collect(),
    }
}

/// `POST /receivables/bank`.
pub(crate) async fn import(page: Page, form: Form) -> Answer {
    let done = async {
        let file = form.files.first().ok_or(app::Error::invalid("file", "required"))?;
        let text = |name: &str| form.get(name).to_owned();
        let file = BankFile {
            bytes: file.bytes.clone(),
            columns: Columns {
                day: text("column_day"),
                amount: text("column_amount"),
                currency: text("column_currency"),
                text: text("column_text"),
                payer: text("column_payer"),
                account: text("column_account"),
            },
            usual: form.optional("currency")?,
        };
        receivables::import_bank(&page.app, &page.agent, file).await
    };
    match done.await {
        Ok(done) => {
            let view = view(&page, None, Some(&done)).await?;
            page.html(&view)
        }
        Err(error) => {
            let page = page.refusing("/receivables/bank", &form, error)?;
            let view = view(&page, None, None).await?;
            page.again(&view)
        }
    }
}

async fn told(page: Page, form: &Form, done: app::Result<()>, path: String) -> Answer {
    match done {
        Ok(()) => Ok(crate::ui::see_with("/receivables/bank", &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(path, form, error)?;
            let view = view(&page, None, None).await?;
            page.again(&view)
        }
    }
}

/// `POST /receivables/bank/{id}/confirm`.
pub(crate) async fn confirm(page: Page, Path(id): Path<BankEntryId>, form: Form) -> Answer {
    let done = async {
        let customer: CustomerId = form.parse("customer")?;
        let entry = receivables::bank_entry(&page.app, &page.agent, id).await?;
        let settles = settles(&form, entry.currency)?;
        receivables::confirm(&page.app, &page.agent, Confirm { entry: id, customer, settles }).await.map(drop)
    };
    let done = done.await;
    told(page, &form, done, format!("/receivables/bank/{id}/confirm")).await
}

/// `POST /receivables/bank/{id}/ignore`.
pub(crate) async fn ignore(page: Page, Path(id): Path<BankEntryId>, form: Form) -> Answer {
    let done = receivables::ignore(&page.app, &page.agent, id, form.get("reason")).await;
    told(page, &form, done, format!("/receivables/bank/{id}/ignore")).await
}
