//! The desk's pages of loudspeakers.

pub mod airing;
pub mod bulletin;
pub mod bulletins;
pub mod cluster;
pub mod clusters;
pub mod coverage;
pub mod day;
pub mod media;
pub mod plan;
pub mod refused;
pub mod station;
pub mod stations;
pub mod words;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use uuid::Uuid;

use crate::web::{Error, Routes};

/// A recording with its form.
const SOUND_BYTES_MAX: usize = 210 * 1024 * 1024;
/// A script of the longest, its letters percent-encoded.
const SCRIPT_BYTES_MAX: usize = 1024 * 1024;

/// The addresses of the desk.
pub fn routes() -> Routes {
    let script = || DefaultBodyLimit::max(SCRIPT_BYTES_MAX);
    Routes::new()
        .at("/desk/loudspeakers", get(day::show))
        .at("/desk/loudspeakers/restored/{act}", post(day::settle_restored))
        .at("/desk/loudspeakers/bulletins", get(bulletins::show).post(bulletins::begin).layer(script()))
        .at("/desk/loudspeakers/bulletins/new", get(bulletins::new))
        .at("/desk/loudspeakers/bulletins/{id}", get(bulletin::show).post(bulletin::write).layer(script()))
        .at("/desk/loudspeakers/bulletins/{id}/acts/{act}", post(bulletin::act))
        .at(
            "/desk/loudspeakers/bulletins/{id}/sound",
            get(media::sound_of_bulletin).post(bulletin::sound).layer(DefaultBodyLimit::max(SOUND_BYTES_MAX)),
        )
        .at("/desk/loudspeakers/bulletins/{id}/plan", get(plan::show).post(plan::plan))
        .at("/desk/loudspeakers/bulletins/{id}/emergency", get(plan::emergency).post(plan::propose))
        .at("/desk/loudspeakers/airings/{id}", get(airing::show))
        .at("/desk/loudspeakers/bulletins/{id}/pictures/{name}", get(media::picture_of_bulletin))
        .at("/desk/loudspeakers/airings/{id}/sound", get(media::sound_of_airing))
        .at("/desk/loudspeakers/airings/{id}/pictures/{name}", get(media::picture_of_airing))
        .at("/desk/loudspeakers/airings/{id}/proof.csv", get(airing::proof))
        .at("/desk/loudspeakers/airings/{id}/acts/{act}", post(airing::act))
        .at("/desk/loudspeakers/stations", get(stations::show).post(station::add))
        .at("/desk/loudspeakers/stations/new", get(station::new))
        .at("/desk/loudspeakers/stations/{id}", get(station::show).post(station::change))
        .at("/desk/loudspeakers/stations/{id}/import", post(station::import))
        .at("/desk/loudspeakers/stations/{id}/keys", post(station::keys))
        .at("/desk/loudspeakers/clusters", get(clusters::show).post(cluster::add))
        .at("/desk/loudspeakers/clusters/new", get(cluster::new))
        .at("/desk/loudspeakers/clusters/{id}", get(cluster::show).post(cluster::change))
        .at("/desk/loudspeakers/clusters/{id}/acts/{act}", post(cluster::act))
        .at("/desk/loudspeakers/words", get(words::show).post(words::set))
        .at("/desk/loudspeakers/words/{id}/removal", post(words::remove))
        .at("/desk/loudspeakers/coverage", get(coverage::show))
        .at("/desk/loudspeakers/refused", get(refused::show))
}

/// The version that a form saw.
///
/// # Errors
/// The request makes no sense without.
pub fn version(fields: &[(String, String)]) -> Result<i32, Error> {
    crate::channels::staff::one(fields, "version").parse().map_err(|_| Error::bad("failure-bad-request"))
}

/// The id that a form was made with, or a new one for a form that has none.
#[must_use]
pub fn form_id(fields: &[(String, String)]) -> Uuid {
    crate::channels::staff::one(fields, "id").parse().unwrap_or_else(|_| crate::base::new_id())
}

/// A table as a CSV file (UTF-8 with a byte order mark, so that Excel reads the accents).
///
/// # Errors
/// It can not be written.
pub fn csv<const N: usize>(heads: [String; N], rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(heads)?;
    for row in rows {
        writer.write_record(row.map(|cell| crate::web::download::harmless(&cell)))?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}
