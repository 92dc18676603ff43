//! The list of agencies as a file: the filter of the page is the filter of the file.

use axum::extract::{Query, State};
use chrono::NaiveDate;

use crate::base::{App, time};
use crate::people::agency::boundary;
use crate::people::agency::directory::{self, Filter};
use crate::people::agency::table::writing::Table;
use crate::web::download::{self, Download};
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Shell};

/// `GET /desk/agencies/export/{format}`
pub async fn file(
    _: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(format): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Download> {
    let day = time::local_date(app.clock.now());
    let (media_type, bytes) = match format.as_str() {
        "csv" => (download::CSV, Table::load(&app.db, shell.l, &filter, day).await?.csv()?),
        "xlsx" => (download::XLSX, Table::load(&app.db, shell.l, &filter, day).await?.xlsx()?),
        "geojson" => (download::GEOJSON, boundary::export(&app.db, &directory::find(&app.db, &filter, day).await?).await?),
        _ => return Err(Error::NotFound),
    };
    Ok(Download { name: name(day, &format), media_type, bytes })
}

/// `co-quan-2026-03-02.csv`: exports of several days lie beside each other.
#[must_use]
pub fn name(day: NaiveDate, format: &str) -> String {
    format!("co-quan-{day}.{format}")
}
