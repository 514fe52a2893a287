//! What a contact's customer is asked to confirm.

use app::charging::{self, OfContact};
use domain::{charging::work::Answer as Answered, id::ApprovalId};
use text::format;

use super::{Page, to};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::view::HelpApproval,
};

/// What stands on the page of a request.
pub(super) async fn shown(page: &Page, number: i64) -> Answer<Vec<HelpApproval>> {
    let all = charging::of_contact(&page.app, &page.contact, number).await?;
    Ok(all.into_iter().map(|one| line(page, one)).collect())
}

fn line(page: &Page, one: OfContact) -> HelpApproval {
    let (reader, asked) = (&page.reader, one.approval);
    let words = reader.words;
    let price = format::money(words, asked.money());
    let time = |minutes: u32| format::duration_working(words, i64::from(minutes) * 60);
    let what = match asked.estimate.zip(asked.cap) {
        Some((estimate, cap)) => {
            let most = text::mail::most(asked.money(), cap);
            let args = [
                ("price", price.into()),
                ("estimate", time(estimate).into()),
                ("cap", time(cap).into()),
                ("most", format::money(words, most).into()),
            ];
            words.f("mail-approval-hourly", &args)
        }
        None => words.f("mail-approval-incident", &[("price", price.into())]),
    };
    let answered = asked.answered_at.map(|at| reader.near(at)).unwrap_or_default();
    let args = [("who", one.answered_by.unwrap_or_default().into()), ("when", answered.into())];
    let (tone, state) = match asked.answer {
        Answered::Asked if one.may => ("near", String::new()),
        Answered::Asked => ("near", words.t("help-approval-others").into_owned()),
        Answered::Confirmed => ("kept", words.f("charge-confirmed-by", &args)),
        Answered::Declined => ("late", words.f("charge-declined-by", &args)),
        Answered::Withdrawn => ("calm", words.t("charge-withdrawn").into_owned()),
    };
    HelpApproval {
        id: asked.id.to_string(),
        tone: tone.into(),
        what,
        note: asked.note,
        state,
        may: one.may && asked.answer == Answered::Asked,
    }
}

/// `POST /help/tickets/{number}/approval`.
pub(crate) async fn answer(page: Page, Path(number): Path<i64>, form: Form) -> Answer {
    // Who does not see the request learns nothing of what was asked about it.
    let asked = charging::of_contact(&page.app, &page.contact, number).await?;
    let confirms = match form.get("answer") {
        "confirm" => true,
        "decline" => false,
        _ => return Err(app::Error::invalid("answer", "unknown").into()),
    };
    let id: ApprovalId = form.parse("approval")?;
    if !asked.iter().any(|one| one.approval.id == id) {
        return Err(app::Error::NotFound("approval").into());
    }
    let of = charging::answer(&page.app, &page.contact, id, confirms).await?;
    Ok(to(of))
}
