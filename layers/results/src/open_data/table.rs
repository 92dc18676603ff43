//! Lists that are files here and nowhere else.

use crate::base::App;
use crate::campaigns::showing::shown;
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, harmless};
use crate::web::{Locale, Result};

/// Campaigns that the public may read.
///
/// # Errors
/// The database failed.
pub async fn campaigns(app: &App, l: Locale) -> Result<Download> {
    let known = Known::now(app).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = ["title", "agency", "from", "until", "state", "page"];
    writer.write_record(heads.map(|one| l.t(&format!("open-data-campaign-{one}"))))?;
    for one in shown().all(&app.db).await? {
        let agency = known.get(&one.agency).map(|body| body.name.clone()).unwrap_or_default();
        let page = one.slug.as_ref().map(|slug| format!("{}/chien-dich/{slug}", app.config.public_url())).unwrap_or_default();
        let cells = [one.title.clone(), agency, one.starts_on.to_string(), one.ends_on.to_string(), l.t(&one.state.key()), page];
        writer.write_record(cells.map(|cell| harmless(&cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: "chien-dich.csv".into(), media_type: CSV, bytes })
}
