//! What became of pieces, as a file: a row for each copy.

use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde_json::{Value, json};

use super::pieces::{Ask, asked, state_word};
use crate::base::{App, Who, time};
use crate::channels::delivery::{self, Delivery};
use crate::channels::piece::{self, Piece};
use crate::channels::rights::{OVERSEERS, own_agency};
use crate::channels::{Account, account};
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, harmless};
use crate::web::who::Signed;
use crate::web::{Locale, Result, Shell};

/// Pieces in one file, the latest.
const PIECES_MAX: u64 = 2_000;
const JSON: &str = "application/json; charset=utf-8";

/// A copy, with what it belongs to.
struct Line {
    piece: Piece,
    row: Delivery,
    account: Option<Account>,
    agency: String,
}

async fn lines(app: &App, who: &Who, show: &str) -> Result<Vec<Line>> {
    let own = if who.is_any(OVERSEERS) { None } else { Some(own_agency(who)?) };
    let latest = asked(own, show).order_by_desc(piece::Column::ChangedAt).order_by_desc(piece::Column::Id).limit(PIECES_MAX);
    let pieces = latest.all(&app.db).await?;
    let of = delivery::Entity::find().filter(delivery::Column::Piece.is_in(pieces.iter().map(|one| one.id)));
    let mut rows = of.order_by_asc(delivery::Column::Id).all(&app.db).await?;
    let accounts =
        account::Entity::find().filter(account::Column::Id.is_in(rows.iter().map(|row| row.account))).all(&app.db).await?;
    let known = Known::now(app).await?;
    let place = |id: Uuid| pieces.iter().position(|piece| piece.id == id);
    rows.sort_by_key(|row| place(row.piece));
    let line = |row: Delivery| {
        let piece = pieces.iter().find(|piece| piece.id == row.piece)?.clone();
        let account = accounts.iter().find(|account| account.id == row.account).cloned();
        let agency = known.get(&piece.agency).map(|body| body.label()).unwrap_or_default();
        Some(Line { piece, row, account, agency })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

/// `GET /desk/channels/pieces.csv`
pub async fn as_csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let l = shell.l;
    let names = ["piece", "piece-state", "agency", "channel", "state", "due", "sent", "settled", "address", "why", "says"];
    let heads = names.iter().map(|name| l.t(&format!("channel-column-{name}"))).collect();
    let rows = lines(&app, &who, &ask.show).await?.into_iter().map(|line| cells(l, line));
    let bytes = csv(std::iter::once(heads).chain(rows))?;
    Ok(Download { name: "tin-len-kenh.csv".into(), media_type: CSV, bytes })
}

fn cells(l: Locale, line: Line) -> Vec<String> {
    let at = |at: Option<DateTimeUtc>| at.map(time::minute).unwrap_or_default();
    vec![
        line.piece.title,
        l.t(&line.piece.state.key()),
        line.agency,
        line.account.as_ref().map(|account| line.row.channel(account)).unwrap_or_default(),
        state_word(l, &line.row),
        at(line.row.due_at.or(line.piece.due_at)),
        at(line.row.sent_at),
        at(line.row.settled_at),
        line.row.address.clone(),
        line.row.reason(l),
        line.row.says,
    ]
}

/// `GET /desk/channels/pieces.json`: the same for a program; states and reasons by their codes, times as RFC 3339, what is not there
/// as null.
pub async fn as_json(who: Signed, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let rows: Vec<Value> = lines(&app, &who, &ask.show).await?.into_iter().map(object).collect();
    let bytes = serde_json::to_vec_pretty(&json!({ "copies": rows }))?;
    Ok(Download { name: "tin-len-kenh.json".into(), media_type: JSON, bytes })
}

fn object(line: Line) -> Value {
    let at = |at: Option<DateTimeUtc>| at.map(time::machine);
    let text = |words: String| Some(words).filter(|words| !words.is_empty());
    json!({
        "piece": line.piece.id,
        "title": line.piece.title,
        "piece_state": line.piece.state.to_value(),
        "agency": line.agency,
        "platform": line.account.as_ref().map(|one| one.platform.clone()),
        "account": line.account.as_ref().map(|one| one.name.clone()),
        "delivery": line.row.id,
        "part": text(line.row.part.to_value()),
        "state": line.row.state.to_value(),
        "due_at": at(line.row.due_at.or(line.piece.due_at)),
        "sent_at": at(line.row.sent_at),
        "settled_at": at(line.row.settled_at),
        "external_id": text(line.row.external_id),
        "address": text(line.row.address),
        "why": text(line.row.why.to_value()),
        "says": text(line.row.says),
    })
}

/// Rows as a file that spreadsheets open as it is meant.
///
/// # Errors
/// None that can happen in memory.
pub fn csv(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
