//! The desk's pieces: those of the person's agency, or of all for who oversees, each with the state of every channel.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;

use crate::base::{App, Who, time};
use crate::channels::delivery::{self, Delivery, Errand, holding};
use crate::channels::piece::{Column, Entity, Piece, State};
use crate::channels::rights::{OVERSEERS, Verb, may, own_agency};
use crate::channels::{Account, waiting};
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;
/// What may be asked for: the word of the address; its name is `channel-show-…`.
const SHOWS: [&str; 6] = ["", "stuck", "submitted", "draft", "approved", "withdrawn"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    pub show: String,
    pub page: Option<u64>,
}

/// How it stands on one channel.
pub struct Mark {
    pub mark: &'static str,
    pub word: String,
}

/// A piece as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub when: String,
    pub marks: Vec<Mark>,
}

#[derive(Template)]
#[template(path = "channels/staff/pieces.html")]
pub struct Pieces {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    paging: Paging,
    may_write: bool,
    oversees: bool,
    has_accounts: bool,
    /// So many wait for the person since a restore.
    held: u64,
    /// Why they were not dropped all at once; empty when nobody tried.
    pub refused: String,
}

impl Pieces {
    fn shows(&self) -> Vec<(&'static str, String)> {
        SHOWS.into_iter().map(|code| (code, self.l.t(&show_key(code)))).collect()
    }

    fn href(&self, show: &str) -> String {
        format!("/desk/channels/pieces{}", address::query(&[("show", show)]))
    }

    fn file(&self, ending: &str) -> String {
        format!("/desk/channels/pieces.{ending}{}", address::query(&[("show", &self.ask.show)]))
    }

    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/channels/pieces{}", address::query(&[("show", &self.ask.show), ("page", &to.to_string())]))
    }
}

fn show_key(code: &str) -> String {
    if code.is_empty() { "channel-show-all".into() } else { format!("channel-show-{code}") }
}

/// `GET /desk/channels/pieces`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Pieces>> {
    Ok(Page(page(&app, &who, shell, ask).await?))
}

/// The page.
///
/// # Errors
/// Forbidden to others, or the database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, ask: Ask) -> Result<Pieces> {
    let l = shell.l;
    let oversees = who.is_any(OVERSEERS);
    let own = if oversees { None } else { Some(own_agency(who)?) };
    let rows = asked(own, &ask.show);
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::ChangedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let pieces = rows.all(&app.db).await?;
    let accounts = Account::of(&app.db, own).await?;
    let marks = marks(app, l, &pieces, &accounts).await?;
    let known = Known::now(app).await?;
    let row = |one: &Piece| Row {
        href: Piece::path(one.id),
        title: one.title.clone(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        when: one.due_at.or(one.approved_at).map_or_else(|| time::minute(one.changed_at), time::minute),
        marks: marks.get(&one.id).into_iter().flatten().map(|(mark, word)| Mark { mark, word: word.clone() }).collect(),
    };
    let held = if ask.show == "stuck" { holding::count_for(&app.db, who).await? } else { 0 };
    Ok(Pieces {
        rows: pieces.iter().map(row).collect(),
        paging,
        may_write: who.agency.is_some_and(|agency| may(who, Verb::Write, agency)),
        oversees,
        has_accounts: !accounts.is_empty(),
        ask,
        l,
        shell,
        held,
        refused: String::new(),
    })
}

/// The pieces of an agency, or of all, that an address asks for.
pub(super) fn asked(own: Option<Uuid>, show: &str) -> sea_orm::Select<Entity> {
    let mut rows = Entity::find();
    if let Some(agency) = own {
        rows = rows.filter(Column::Agency.eq(agency));
    }
    let state: Option<State> = State::iter().find(|one| one.to_value() == show);
    if let Some(state) = state {
        rows = rows.filter(Column::State.eq(state));
    } else if show == "stuck" {
        let stuck = delivery::Entity::find().select_only().column(delivery::Column::Piece).filter(waiting::condition());
        rows = rows.filter(Column::Id.in_subquery(stuck.into_query()));
    }
    rows
}

/// How the pieces stand on each channel: one statement. A draft says only where it is to go.
async fn marks(
    app: &App,
    l: Locale,
    pieces: &[Piece],
    accounts: &[Account],
) -> Result<HashMap<Uuid, Vec<(&'static str, String)>>> {
    let of = delivery::Entity::find().filter(delivery::Column::Piece.is_in(pieces.iter().map(|one| one.id)));
    let mut marks: HashMap<Uuid, Vec<(&'static str, String)>> = HashMap::new();
    for row in of.order_by_asc(delivery::Column::Id).all(&app.db).await? {
        let account = accounts.iter().find(|account| account.id == row.account);
        let name = account.map(|account| row.channel(account)).unwrap_or_default();
        let word = format!("{name}: {}", state_word(l, &row));
        marks.entry(row.piece).or_default().push((state_mark(&row), word));
    }
    Ok(marks)
}

/// Where a delivery stands, in words; of a copy that is out also what waits for it.
#[must_use]
pub fn state_word(l: Locale, row: &Delivery) -> String {
    let state = l.t(&row.state.key());
    match (row.errand, row.wanted) {
        (Errand::Edit, _) => format!("{state} · {}", l.t("channel-errand-edit")),
        (Errand::Retract, _) => format!("{state} · {}", l.t("channel-errand-retract")),
        (Errand::None, Errand::Edit) => format!("{state} · {}", l.t("channel-wanted-edit")),
        (Errand::None, Errand::Retract) => format!("{state} · {}", l.t("channel-wanted-retract")),
        (Errand::None, Errand::None) => state,
    }
}

/// Its mark; of a copy that somebody has to see to, that of work that came back.
#[must_use]
pub fn state_mark(row: &Delivery) -> &'static str {
    let is_out = row.state == delivery::State::Confirmed;
    if is_out && row.wanted != Errand::None { "returned" } else { row.state.mark() }
}
