//! Suppliers: their list, one's page with what it offers and what the desk is entitled to there.

pub(crate) mod contracts;
pub(crate) mod offers;
pub(crate) mod rules;
mod score;

use app::suppliers::{self, Details, Held, Listed};
use axum::response::Response;
use domain::{
    access::Permission,
    id::SupplierId,
    lang::Lang,
    party::supplier::{SupplierKind, Way},
    vehicle::{
        Competency, Plan,
        standing::{Period, Standing},
        wallet::Forecast,
    },
};
use jiff::{SignedDuration, Timestamp};
use store::suppliers::Supplier;
use text::format;

use super::{
    dates,
    pieces::{self, choice},
    shell::{Done, Page, Told},
    view::{Choice, ContractLine, StandingForm, SupplierLine, SupplierPage, SuppliersPage},
};
use crate::{
    form::{Form, Path},
    problem::Answer,
};

const PATH: &str = "/suppliers";

/// How long before a contract ends its line says so in colour.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 60);

/// `GET /suppliers`.
pub(crate) async fn list(page: Page) -> Answer {
    let view = list_view(&page).await?;
    page.html(&view)
}

async fn list_view(page: &Page) -> Answer<SuppliersPage> {
    let listed = suppliers::list(&page.app, &page.agent).await?;
    let (standing, version) = suppliers::standing(&page.app, &page.agent).await?;
    let reader = &page.reader;
    let kinds = [SupplierKind::Provider, SupplierKind::Outsourcer, SupplierKind::Publisher];
    let ways = [Way::Mail, Way::Portal, Way::Desk];
    Ok(SuppliersPage {
        shell: page.shell("suppliers").await?,
        notice: page.notice(),
        suppliers: listed.iter().map(|listed| line(page, listed)).collect(),
        standing: standing_form(page, &standing, version),
        kinds: reader.choices("supplier-kind", &kinds, None),
        ways: reader.choices("supplier-way", &ways, None),
        languages: pieces::languages(Some(page.agent.lang)),
        may_edit: page.agent.may(Permission::SuppliersManage),
    })
}

fn line(page: &Page, listed: &Listed) -> SupplierLine {
    let words = page.reader.words;
    let supplier = &listed.supplier;
    SupplierLine {
        href: href(supplier.id),
        person: pieces::person(&supplier.name, supplier.id),
        kind: words.word("supplier-kind", supplier.kind.word()).into_owned(),
        way: words.word("supplier-way", supplier.way.word()).into_owned(),
        active: supplier.active,
        offers: listed.offers.clone(),
        contracts: listed.held.iter().map(|held| contract_line(page, held)).collect(),
    }
}

fn href(id: SupplierId) -> String {
    format!("{PATH}/{id}")
}

/// A contract as a line: what is left of it, and until when, in colour where somebody should look.
pub(crate) fn contract_line(page: &Page, held: &Held) -> ContractLine {
    let (words, now) = (page.reader.words, page.reader.now);
    let date = |at: Timestamp| format::date(words, at, &page.reader.zone);
    let on = |key: &str, at: Timestamp| words.f(key, &[("date", (&*date(at)).into())]);
    let entitlement = &held.entitlement;
    let (period, period_tone) = match held.period {
        Period::Expired(at) => (on("contract-expired", at), "error"),
        Period::NotBegun(at) => (on("contract-not-begun", at), "warning"),
        Period::InForce => match entitlement.to {
            None => (words.t("contract-open-ended").into_owned(), ""),
            Some(to) if to.duration_since(now) < SOON => {
                (on("contract-ends", dates::last_day(to)), "warning")
            }
            Some(to) => (on("contract-ends", dates::last_day(to)), ""),
        },
    };
    let (left, left_tone) = match entitlement.balance {
        None => (words.t("contract-unlimited").into_owned(), ""),
        Some(0) => (words.f("contract-left", &[("n", 0.into())]), "error"),
        Some(left) => {
            let scarce = left < 3 || matches!(held.forecast, Forecast::RunsOut(_));
            (words.f("contract-left", &[("n", left.into())]), if scarce { "warning" } else { "" })
        }
    };
    let in_force = held.period == Period::InForce;
    let forecast = match held.forecast {
        Forecast::RunsOut(at) => on("contract-forecast-runs-out", at),
        Forecast::Lasts => words.t("contract-forecast-lasts").into_owned(),
        Forecast::Unknown if in_force && entitlement.counted => {
            words.t("contract-forecast-unknown").into_owned()
        }
        Forecast::Unknown | Forecast::Unlimited | Forecast::Empty => String::new(),
    };
    ContractLine {
        href: format!("{}/contracts/{}", href(entitlement.supplier), entitlement.id),
        name: entitlement.name.clone(),
        offering: if held.offering == entitlement.name { String::new() } else { held.offering.clone() },
        period,
        period_tone: period_tone.into(),
        left,
        left_tone: left_tone.into(),
        forecast,
    }
}

fn standing_form(page: &Page, standing: &Standing, version: i64) -> StandingForm {
    let words = page.reader.words;
    let unknown = |chosen| choice("", words.t("standing-unknown"), chosen);
    let yes_no = |known: Option<bool>| {
        vec![
            unknown(known.is_none()),
            choice("yes", words.t("yes"), known == Some(true)),
            choice("no", words.t("standing-no"), known == Some(false)),
        ]
    };
    let mut competencies = vec![unknown(standing.competency.is_none())];
    competencies.extend(page.reader.choices("supplier-competency", Competency::ALL, standing.competency));
    let held = standing.plans.as_ref().map(|plans| {
        let has = |plan| plans.contains(&plan);
        (has(Plan::Asfp), has(Plan::Psfp))
    });
    let plans: Vec<Choice> = vec![
        unknown(held.is_none()),
        choice("none", words.t("standing-plans-none"), held == Some((false, false))),
        choice("asfp", words.t("standing-plans-asfp"), held == Some((true, false))),
        choice("psfp", words.t("standing-plans-psfp"), held == Some((false, true))),
        choice("both", words.t("standing-plans-both"), held == Some((true, true))),
    ];
    let said = |choices: &[Choice]| choices.iter().find(|choice| choice.chosen).map(|c| c.text.clone());
    let summary = [said(&competencies), said(&plans)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    StandingForm {
        version: u64::try_from(version).unwrap_or_default(),
        summary,
        competencies,
        cloud: yes_no(standing.cloud_competency),
        plans,
        azure: yes_no(standing.provider_azure_access),
        unverified: standing.unverified,
    }
}

/// `POST /suppliers/standing`.
pub(crate) async fn set_standing(page: Page, form: Form) -> Answer {
    let version = form.parse("version")?;
    let set = async { suppliers::set_standing(&page.app, &page.agent, read_standing(&form)?, version).await };
    match set.await {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => again(page, "/suppliers/standing", &form, error).await,
    }
}

fn read_standing(form: &Form) -> app::Result<Standing> {
    let yes_no = |field| match form.get(field) {
        "" => Ok(None),
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        _ => Err(app::Error::invalid(field, "unknown")),
    };
    let plans = match form.get("plans") {
        "" => None,
        "none" => Some(Vec::new()),
        "asfp" => Some(vec![Plan::Asfp]),
        "psfp" => Some(vec![Plan::Psfp]),
        "both" => Some(vec![Plan::Asfp, Plan::Psfp]),
        _ => return Err(app::Error::invalid("plans", "unknown")),
    };
    Ok(Standing {
        competency: form.optional("competency")?,
        cloud_competency: yes_no("cloud_competency")?,
        plans: plans.map(|plans| plans.into_iter().collect()),
        provider_azure_access: yes_no("azure_access")?,
        unverified: form.on("unverified"),
    })
}

async fn again(page: Page, name: &str, form: &Form, error: app::Error) -> Answer {
    let page = page.refusing(name, form, error)?;
    page.again(&list_view(&page).await?)
}

fn details(form: &Form, active: bool, personal_data: bool) -> Result<Details, app::Error> {
    let lang: Lang = form.parse("language")?;
    Ok(Details {
        name: form.get("name").to_owned(),
        lang,
        way: form.parse("way")?,
        address: form.get("address").to_owned(),
        personal_data,
        note: form.get("remark").to_owned(),
        active,
    })
}

/// `POST /suppliers`.
pub(crate) async fn create(page: Page, form: Form) -> Answer {
    let create = async {
        let details = details(&form, true, false)?;
        suppliers::create(&page.app, &page.agent, form.parse("kind")?, details).await
    };
    match create.await {
        Ok(id) => Ok(saved(&href(id))),
        Err(error) => again(page, PATH, &form, error).await,
    }
}

/// `GET /suppliers/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<SupplierId>) -> Answer {
    let view = one_view(&page, id).await?;
    page.html(&view)
}

async fn one_view(page: &Page, id: SupplierId) -> Answer<SupplierPage> {
    let suppliers::SupplierPage { supplier, offers, held } =
        suppliers::get(&page.app, &page.agent, id).await?;
    let words = page.reader.words;
    let score = match page.agent.may(Permission::ReportsView) {
        true => Some(suppliers::score_card(&page.app, &page.agent, id, None, None).await?),
        false => None,
    };
    let ways = match supplier.kind {
        SupplierKind::Microsoft => &[Way::Portal, Way::AzureSupport, Way::Mail][..],
        SupplierKind::Provider | SupplierKind::Outsourcer | SupplierKind::Publisher => {
            &[Way::Mail, Way::Portal, Way::Desk][..]
        }
    };
    let Supplier { name, kind, lang, way, address, personal_data, note, active, version, .. } = supplier;
    Ok(SupplierPage {
        shell: page.shell("suppliers").await?,
        notice: page.notice(),
        id: id.to_string(),
        version: u64::try_from(version).unwrap_or_default(),
        person: pieces::person(&name, id),
        kind: words.word("supplier-kind", kind.word()).into_owned(),
        way: words.word("supplier-way", way.word()).into_owned(),
        is_desk: way == Way::Desk,
        address_is_link: address.starts_with("https://"),
        address,
        remark: note,
        active,
        personal_data,
        language: lang.own_name().to_owned(),
        ways: page.reader.choices("supplier-way", ways, Some(way)),
        languages: pieces::languages(Some(lang)),
        new_offer: offers::empty_form(page, id),
        contract_offerings: offers
            .iter()
            .map(|offer| choice(offer.offering.id, offer.name.as_str(), false))
            .collect(),
        offers: offers.iter().map(|offer| offers::card(page, id, offer)).collect(),
        contracts: held.iter().map(|held| contract_line(page, held)).collect(),
        score: score.map(|card| score::rows(words, &card)),
        zones: pieces::time_zones("").into_iter().map(|zone| zone.value).collect(),
        may_edit: page.agent.may(Permission::SuppliersManage),
    })
}

/// `POST /suppliers/{id}`.
pub(crate) async fn change(page: Page, Path(id): Path<SupplierId>, form: Form) -> Answer {
    let version = form.parse("version")?;
    let update = async {
        let details = details(&form, form.on("active"), form.on("personal_data"))?;
        suppliers::update(&page.app, &page.agent, id, details, version).await
    };
    match update.await {
        Ok(()) => Ok(saved(&href(id))),
        Err(error) => one_again(page, id, href(id), &form, error).await,
    }
}

/// A supplier's page again, with what is wrong in one of its forms.
async fn one_again(page: Page, id: SupplierId, name: String, form: &Form, error: app::Error) -> Answer {
    let page = page.refusing(name, form, error)?;
    page.again(&one_view(&page, id).await?)
}

pub(super) fn saved(path: &str) -> Response {
    super::see_with(path, &Told::from(Done::Saved))
}
