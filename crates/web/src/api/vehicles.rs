//! The advisor: by which ways a ticket can go up the chain.

use app::{App, vehicles};
use axum::{Json, extract::State};
use domain::{
    id::{EntitlementId, OfferingId, SupplierId, TicketId},
    lang::Lang,
    vehicle::{Instead, Lack, Vehicle, ways::Why},
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{body::Named, schema};
use crate::{guard::ApiCaller, problem::Answer};

/// A way that may be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenWay {
    /// To whom.
    #[schema(value_type = schema::SupplierId)]
    supplier: SupplierId,
    /// By which of its offerings.
    #[schema(value_type = schema::OfferingId)]
    offering: OfferingId,
    /// What that is called today.
    name: String,
    /// The vehicle that this is, if it is one of Microsoft's.
    #[schema(value_type = Option<schema::Vehicle>)]
    vehicle: Option<Vehicle>,
    /// The contract by which it is taken; none where none is needed, or none is entered.
    #[schema(value_type = Option<schema::EntitlementId>)]
    entitlement: Option<EntitlementId>,
    /// How many units that takes.
    consumes: u32,
    /// The language in which the supplier would be spoken to.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// After how many minutes of open time it answers at the latest; none if that is not promised, or not known.
    first_response_minutes: Option<u32>,
    /// When that is, in the supplier's hours; none where these are not known.
    first_response_at: Option<Timestamp>,
    /// Why, in the language of the token's agent.
    reasons: Vec<String>,
    /// Where that is written; none for what the desk has entered itself.
    source: Option<String>,
}

/// A way that may not be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BarredWay {
    /// The vehicle of Microsoft's, if it is one.
    #[schema(value_type = Option<schema::Vehicle>)]
    vehicle: Option<Vehicle>,
    /// The offering, if the desk has one for it.
    #[schema(value_type = Option<schema::OfferingId>)]
    offering: Option<OfferingId>,
    /// What it is called today.
    name: String,
    /// Why not, in the language of the token's agent.
    reasons: Vec<String>,
}

/// Where a matter must go instead.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ElsewhereWay {
    /// Where.
    #[schema(value_type = schema::Instead)]
    place: Instead,
    /// The desk's suppliers that are there.
    #[schema(value_type = Vec<schema::SupplierId>)]
    suppliers: Vec<SupplierId>,
    /// Why, in the language of the token's agent.
    reasons: Vec<String>,
    /// Where that is written.
    source: Option<String>,
}

/// By which ways a ticket can go up the chain, at this moment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Advice {
    /// When this was so.
    at: Timestamp,
    /// What may be taken, best first.
    open: Vec<OpenWay>,
    /// What may not.
    barred: Vec<BarredWay>,
    /// Where it must go instead, if it must.
    instead: Option<ElsewhereWay>,
    /// What would have to be known or obtained to say more.
    #[schema(value_type = Vec<schema::Lack>)]
    missing: Vec<Lack>,
}

/// Advises by which vehicle a ticket can go to Microsoft, or to another supplier, with reasons.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/vehicles", tag = "suppliers",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "The ways.", body = Advice)))]
pub(crate) async fn advise(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(ticket): Named<TicketId>,
) -> Answer<Json<Advice>> {
    let advice = vehicles::advise_on(&app, &agent, ticket).await?;
    let words = text::Words::new(agent.lang);
    let sentences = |why: &[Why]| why.iter().map(|why| advice.why(words, why, &agent.zone)).collect();
    let ways = &advice.ways;
    let open = ways.open.iter().map(|way| OpenWay {
        supplier: way.supplier,
        offering: way.offering,
        name: advice.offering_name(way.offering),
        vehicle: way.vehicle,
        entitlement: way.entitlement,
        consumes: way.consumes,
        lang: way.lang,
        first_response_minutes: way.first_response.map(|expected| expected.seconds.div_ceil(60)),
        first_response_at: way.first_response.and_then(|expected| expected.due),
        reasons: sentences(&way.why),
        source: way.source.clone(),
    });
    let barred = ways.barred.iter().map(|barred| BarredWay {
        vehicle: barred.vehicle,
        offering: barred.offering,
        name: match (barred.vehicle, barred.offering) {
            (Some(vehicle), _) => advice.vehicle_name(vehicle),
            (None, Some(offering)) => advice.offering_name(offering),
            (None, None) => String::new(),
        },
        reasons: sentences(&barred.why),
    });
    let instead = ways.instead.as_ref().map(|instead| ElsewhereWay {
        place: instead.place,
        suppliers: instead.suppliers.clone(),
        reasons: sentences(&instead.why),
        source: instead.source.clone(),
    });
    Ok(Json(Advice {
        at: advice.now,
        open: open.collect(),
        barred: barred.collect(),
        instead,
        missing: ways.missing.iter().copied().collect(),
    }))
}
