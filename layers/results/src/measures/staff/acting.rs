//! The buttons of a measure, and counting anew at once.

use axum::Form;
use axum::extract::State as Shared;
use axum::http::HeaderName;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use serde::Deserialize;

use crate::base::{App, time};
use crate::measures::measure::Measure;
use crate::measures::recomputing;
use crate::measures::rights::Definer;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Said};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    version: i32,
    year: Option<i32>,
}

/// `POST /desk/measures/{code}/acts/{act}`
pub async fn act(
    who: Signed,
    Shared(app): Shared<App>,
    Path((code, act)): Path<(String, String)>,
    Form(pressed): Form<Pressed>,
) -> Result<Said> {
    let measure = Measure::named(&app, &code).await?;
    match act.as_str() {
        "confirm" => {
            measure.confirm(&app, &who, pressed.version).await?;
            Ok(Said::to(measure.desk_path(), "measure-was-confirmed"))
        }
        "agree" => {
            measure.agree(&app, &who, pressed.version).await?;
            Ok(Said::to(measure.desk_path(), "measure-was-agreed"))
        }
        "retire" => {
            measure.retire(&app, &who, pressed.version).await?;
            Ok(Said::to("/desk/measures", "measure-was-retired"))
        }
        _ => Err(Error::NotFound),
    }
}

/// `POST /desk/measures/recomputation`: a year is counted anew now; how long that took stands in the answer (`Server-Timing`).
pub async fn recompute(_who: Definer, Shared(app): Shared<App>, Form(pressed): Form<Pressed>) -> Result<Response> {
    let year = pressed.year.unwrap_or_else(|| time::local_date(app.clock.now()).year());
    if !(2000..=2100).contains(&year) {
        return Err(Error::bad("failure-bad-request"));
    }
    let pass = recomputing::recompute(&app, year, None).await?;
    let timing = format!("recompute;dur={};desc=\"{} values, {} rows\"", pass.took_ms, pass.values, pass.changed);
    let said = Said::to("/desk/measures", "measures-were-counted").with("count", pass.values).with("ms", pass.took_ms);
    Ok(([(HeaderName::from_static("server-timing"), timing)], said).into_response())
}
