//! What each number got of a delivery that went to numbers.

use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use super::pieces::Mark;
use super::pieces_file::csv;
use crate::base::{App, time};
use crate::channels::Piece;
use crate::channels::delivery;
use crate::channels::mailing::letter::{Letter, State};
use crate::channels::mailing::recipient::masked;
use crate::web::download::{CSV, Download};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Path, Result, Shell};

/// Rows on the page; all of them are in the file.
const SHOWN: usize = 50;

/// How many stand where, and those that a person may want to look at first.
#[derive(Default)]
pub struct Letters {
    pub counts: Vec<Mark>,
    pub rows: Vec<Row>,
    pub more: usize,
}

/// A number as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub number: String,
    pub mark: &'static str,
    pub word: String,
    pub says: String,
    pub when: String,
}

impl Letters {
    /// Of a delivery: one statement. Those that did not get it come first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, l: Locale, of: Uuid) -> Result<Self, DbErr> {
        let mut all = Letter::of(&app.db, of).await?;
        let states = [State::Unknown, State::Sending, State::Refused, State::Waiting, State::Sent];
        let place = |state: State| states.iter().position(|one| *one == state);
        all.sort_by_key(|one| place(one.state));
        let count = |state: State| {
            let n = all.iter().filter(|one| one.state == state).count();
            (n > 0).then(|| Mark { mark: state.mark(), word: l.t1(&format!("{}-count", state.key()), "n", n) })
        };
        let row = |one: &Letter| Row {
            number: masked(&one.number),
            mark: one.state.mark(),
            word: l.t(&one.state.key()),
            says: one.says.clone(),
            when: one.at.map(time::minute).unwrap_or_default(),
        };
        Ok(Self {
            counts: states.into_iter().filter_map(count).collect(),
            rows: all.iter().take(SHOWN).map(row).collect(),
            more: all.len().saturating_sub(SHOWN),
        })
    }
}

/// `GET /desk/channels/pieces/{id}/variants/{variant}/numbers.csv`
pub async fn file(who: Signed, shell: Shell, Shared(app): Shared<App>, Path((id, of)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let l = shell.l;
    let piece = Piece::find_for(&app, &who, id).await?;
    let row = delivery::Entity::find_by_id(of).one(&app.db).await?.filter(|row| row.piece == piece.id);
    row.ok_or(Error::NotFound)?;
    let heads = ["number", "state", "why", "says", "at"].map(|name| l.t(&format!("channel-column-{name}"))).to_vec();
    let cells = |one: Letter| {
        let why = if one.why.is_empty() { String::new() } else { l.t(&format!("channel-why-{}", one.why.replace('_', "-"))) };
        vec![masked(&one.number), l.t(&one.state.key()), why, one.says, one.at.map(time::minute).unwrap_or_default()]
    };
    let rows = Letter::of(&app.db, of).await?.into_iter().map(cells);
    let bytes = csv(std::iter::once(heads).chain(rows))?;
    Ok(Download { name: "so-dien-thoai.csv".into(), media_type: CSV, bytes }.into_response())
}
