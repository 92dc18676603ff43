//! The open data of a plan's progress: the same counts as the page, one line an agency, part and period.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::published::{Piece, Published};
use crate::base::{App, time};
use crate::duties::progress::{Tally, Which};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::download::{CSV, Download, harmless};
use crate::web::{Error, Path, Result, Shell};

/// The counts of a line, in the order of the columns.
pub const COUNTS: [Which; 11] = [
    Which::Expected,
    Which::Submitted,
    Which::OnTime,
    Which::Late,
    Which::Excused,
    Which::Nothing,
    Which::Waiting,
    Which::Returned,
    Which::Accepted,
    Which::Overdue,
    Which::Open,
];
/// What a line is about; the counts follow.
pub const ABOUT: [&str; 6] = ["plan", "agency", "agency_code", "part", "period", "due_on"];

/// The name of a count's column: the same in CSV and JSON, in any language.
#[must_use]
pub fn column(which: Which) -> String {
    which.code().replace('-', "_")
}

/// Which part of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Slug of an agency; all of them when empty.
    agency: String,
}

/// What a file is made of.
struct Data {
    plan: Plan,
    published: std::sync::Arc<Published>,
    agencies: std::sync::Arc<Known>,
    only: Option<uuid::Uuid>,
}

impl Data {
    async fn of(app: &App, slug: &str, ask: &Ask) -> Result<Self> {
        let plan = Plan::with_public_progress(&app.db, slug).await?;
        let agencies = Known::now(app).await?;
        let only = match ask.agency.as_str() {
            "" => None,
            slug => Some(agencies.values().find(|agency| agency.slug == slug).ok_or(Error::NotFound)?.id),
        };
        Ok(Self { published: Published::of(app, &plan, None).await?, plan, agencies, only })
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.published.pieces.iter().filter(|piece| self.only.is_none_or(|only| only == piece.agency))
    }

    /// What a line is about, in the order of [`ABOUT`].
    fn about(&self, piece: &Piece) -> [String; 6] {
        let agency = self.agencies.get(&piece.agency);
        [
            self.plan.slug.clone(),
            agency.map(|agency| agency.name.clone()).unwrap_or_default(),
            agency.map(|agency| agency.code.clone()).unwrap_or_default(),
            piece.section.clone(),
            piece.period.clone(),
            piece.due_on.to_string(),
        ]
    }

    fn file(&self, ending: &str, media_type: &'static str, bytes: Vec<u8>) -> Download {
        Download { name: format!("tien-do-{}.{ending}", self.plan.slug), media_type, bytes }
    }
}

/// `GET /ke-hoach/{slug}/tien-do.csv`: RFC 4180 with a byte order mark, so that spreadsheets see UTF-8.
pub async fn csv(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let data = Data::of(&app, &slug, &ask).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(ABOUT.into_iter().map(str::to_owned).chain(COUNTS.map(column)))?;
    for piece in data.pieces() {
        let counts = COUNTS.map(|which| which.of(&piece.tally).to_string());
        writer.write_record(data.about(piece).map(|cell| harmless(&cell)).into_iter().chain(counts))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(data.file("csv", CSV, bytes).kept(&headers))
}

fn counts(tally: &Tally) -> Value {
    Value::Object(COUNTS.iter().map(|which| (column(*which), json!(which.of(tally)))).collect())
}

/// `GET /ke-hoach/{slug}/tien-do.json`: the same with what each column means.
pub async fn json(
    shell: Shell,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let data = Data::of(&app, &slug, &ask).await?;
    let l = shell.l;
    let mut total = Tally::default();
    let rows: Vec<Value> = data
        .pieces()
        .map(|piece| {
            total += piece.tally;
            let mut row = counts(&piece.tally);
            for (name, value) in ABOUT.iter().zip(data.about(piece)) {
                row[*name] = json!(value);
            }
            row
        })
        .collect();
    let columns = ABOUT.iter().map(|name| (*name).to_owned()).chain(COUNTS.map(column));
    let meanings: serde_json::Map<String, Value> =
        columns.map(|name| (name.clone(), json!(l.t(&format!("open-data-{}", name.replace('_', "-")))))).collect();
    let plan = &data.plan;
    let bytes = serde_json::to_vec_pretty(&json!({
        "plan": { "type": plan.type_name, "number": plan.number, "issuer": plan.issuer, "issued_on": plan.issued_on,
                  "subject": plan.subject, "url": format!("{}{}", app.config.public_url(), plan.progress_path()) },
        "as_of": time::machine(data.published.at),
        "licence": l.t("open-data-licence"),
        "columns": meanings,
        "total": counts(&total),
        "rows": rows,
    }))?;
    Ok(data.file("json", "application/json", bytes).kept(&headers))
}
