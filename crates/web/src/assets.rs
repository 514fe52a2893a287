//! The built script, style and icons, embedded in the program under names with their content's hash.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{
    problem::{Answer, Problem},
    ui::view,
};

/// A file of the user interface.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Where it is served.
    pub(crate) path: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The addresses that pages name.
pub(crate) fn addresses() -> view::Assets {
    view::Assets { script: SCRIPT.path.into(), style: STYLE.path.into(), icons: ICONS.path.into() }
}

/// `GET /assets/{name}`. Another content has another name, so nobody ever asks twice.
pub(crate) async fn serve(Path(name): Path<String>) -> Answer {
    let known = [&SCRIPT, &STYLE, &ICONS].into_iter();
    let asset = known.into_iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(&name));
    let asset = asset.ok_or(Problem::from(app::Error::NotFound("asset")))?;
    Ok(respond(asset))
}

fn respond(asset: &'static Asset) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, asset.bytes).into_response()
}
