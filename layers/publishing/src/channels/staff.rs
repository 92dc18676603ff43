//! The desk's pages of channels.

pub mod account;
pub mod account_acts;
pub mod accounts;
pub mod acting;
pub mod arrivals;
pub mod calendar;
pub mod counting;
pub mod filling;
pub mod letters;
pub mod new;
pub mod piece;
pub mod pieces;
pub mod pieces_file;
pub mod recipients;
pub mod suggestion;
pub mod variant;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::inbound::hearing;
use crate::web::Routes;

/// The longest text, its letters three bytes each and percent-encoded, with a list of files.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The addresses of the desk.
pub fn routes() -> Routes {
    let large = || DefaultBodyLimit::max(BODY_BYTES_MAX);
    let small = || DefaultBodyLimit::max(hearing::BODY_BYTES_MAX);
    Routes::new()
        .at("/desk/channels", get(accounts::show))
        .at("/desk/channels/accounts", post(account::add))
        .at("/desk/channels/accounts/new", get(account::new))
        .at("/desk/channels/accounts/{id}", get(account::show).post(account::change))
        .at("/desk/channels/accounts/{id}/pause", post(account_acts::pause))
        .at("/desk/channels/accounts/{id}/check", post(account_acts::check))
        .at("/desk/channels/accounts/{id}/recipients", get(recipients::show).post(recipients::add))
        .at("/desk/channels/accounts/{id}/recipients/removal", post(recipients::remove))
        .at("/desk/channels/arrivals", get(arrivals::show))
        .at("/desk/channels/calendar", get(calendar::show))
        .at("/desk/channels/restored/{act}", post(acting::decide_all))
        .at("/desk/channels/pieces.csv", get(pieces_file::as_csv))
        .at("/desk/channels/pieces.json", get(pieces_file::as_json))
        .at("/desk/channels/pieces", get(pieces::show).post(new::begin))
        .at("/desk/channels/pieces/new", get(new::new))
        .at("/desk/channels/pieces/{id}", get(piece::show).post(new::change))
        .at("/desk/channels/pieces/{id}/facts", get(new::edit))
        .at("/desk/channels/pieces/{id}/acts/{act}", post(acting::act))
        .at("/desk/channels/pieces/{id}/variants/{variant}", get(variant::show).post(variant::save).layer(large()))
        .at("/desk/channels/pieces/{id}/variants/{variant}/acts/{act}", post(acting::decide).layer(large()))
        .at("/desk/channels/pieces/{id}/variants/{variant}/suggestion", post(suggestion::ask))
        .at("/desk/channels/pieces/{id}/variants/{variant}/numbers.csv", get(letters::file))
        .at("/webhooks/{platform}/{account}", get(hearing::challenge).post(hearing::hear).layer(small()))
        .at("/desk/channels/count", post(counting::count).layer(large()))
}

/// The first value of a field of a form.
#[must_use]
pub fn one<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// The ids that a field of a form holds, each once, in their order.
#[must_use]
pub fn ids(fields: &[(String, String)], name: &str) -> Vec<uuid::Uuid> {
    let mut found: Vec<uuid::Uuid> = Vec::new();
    for id in fields.iter().filter(|(field, _)| field == name).filter_map(|(_, value)| value.parse().ok()) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}
