//! The list as a CSV file, written while it is read: as many entries as asked for, in little memory.

use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::Reader;
use crate::base::{App, time};
use crate::people::agency::brief::Brief;
use crate::people::ledger::reading::Entry;
use crate::people::ledger::{Asked, Filter};
use crate::people::telling::Agencies;
use crate::web::download::{CSV, harmless};
use crate::web::{Locale, Result, Shell};

const AT_ONCE: u64 = 1_000;
/// A spreadsheet opens a million rows; who needs more narrows the list.
const ENTRIES_MAX: u64 = 500_000;

/// What is still to be written.
struct Writing {
    app: App,
    l: Locale,
    agencies: Agencies,
    asked: Asked,
    written: u64,
}

/// `GET /desk/ledger/export/csv`
pub async fn csv(_who: Reader, shell: Shell, State(app): State<App>, Query(filter): Query<Filter>) -> Result<Response> {
    let agencies = Brief::all(&app.db).await?;
    let asked = filter.understood(&app.db, &agencies).await?;
    let day = time::local_date(app.clock.now()).format("%Y-%m-%d");
    let name = format!("attachment; filename=\"so-ghi-viec-{day}.csv\"");
    let head = [(CONTENT_TYPE, CSV.to_owned()), (CONTENT_DISPOSITION, name), (CACHE_CONTROL, "no-store".into())];
    let l = shell.l;
    let first = Bytes::from(format!("\u{feff}{}", line(&columns(l))));
    let writing = Writing { app, l, agencies, asked, written: 0 };
    let rest = stream::unfold(Some(writing), |writing| async move {
        let mut writing = writing?;
        match writing.next().await {
            Ok((bytes, more)) => Some((Ok(bytes), more.then_some(writing))),
            Err(error) => {
                tracing::error!(%error, "the ledger's export broke off");
                Some((Err(error), None))
            }
        }
    });
    let body = futures_util::StreamExt::chain(stream::once(async move { Ok::<_, sea_orm::DbErr>(first) }), rest);
    // Whoever compresses an answer asks once more after the end.
    Ok((head, Body::from_stream(futures_util::StreamExt::fuse(body))).into_response())
}

impl Writing {
    /// The next lines, and whether there are more.
    async fn next(&mut self) -> Result<(Bytes, bool), sea_orm::DbErr> {
        let sheet = self.asked.sheet(&self.app.db, self.l, &self.agencies, AT_ONCE).await?;
        let mut text: String = sheet.entries.iter().map(|entry| line(&cells(self.l, entry))).collect();
        self.written += sheet.entries.len() as u64;
        let Some(place) = sheet.next else { return Ok((text.into(), false)) };
        if self.written >= ENTRIES_MAX {
            text.push_str(&line(&[self.l.t1("ledger-export-cut", "n", ENTRIES_MAX)]));
            return Ok((text.into(), false));
        }
        self.asked.go_on(place);
        Ok((text.into(), true))
    }
}

fn columns(l: Locale) -> Vec<String> {
    ["at", "what", "details", "whose", "who", "agency", "why", "seal", "kind", "id"]
        .map(|column| l.t(&format!("ledger-column-{column}")))
        .to_vec()
}

fn cells(l: Locale, entry: &Entry) -> Vec<String> {
    let fact = &entry.fact;
    vec![
        time::machine(fact.at),
        entry.title.clone(),
        entry.details.join("\n"),
        entry.whose.clone(),
        if fact.person.is_none() { l.t("ledger-system") } else { entry.who.clone() },
        entry.agency.clone(),
        fact.why.clone().unwrap_or_default(),
        entry.seal.map(|seal| seal.to_string()).unwrap_or_default(),
        fact.kind.clone(),
        fact.id.to_string(),
    ]
}

/// One line (RFC 4180).
fn line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", harmless(cell).replace('"', "\"\""))).collect();
    format!("{}\r\n", quoted.join(","))
}
