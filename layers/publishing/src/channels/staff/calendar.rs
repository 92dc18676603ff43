//! The pieces of a month, day by day: what went out, what will, and where a day is empty.

use askama::Template;
use axum::extract::{Query, State as Shared};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::pieces::{Mark, asked, state_mark, state_word};
use crate::base::{App, time};
use crate::channels::Account;
use crate::channels::delivery::{self, Delivery};
use crate::channels::piece::{self, Piece};
use crate::channels::rights::{OVERSEERS, own_agency};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

/// Pieces of a month that are shown.
const PIECES_MAX: u64 = 1_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// `2026-03`
    month: String,
}

/// A piece on its day.
pub struct Entry {
    pub href: String,
    pub hour: String,
    pub title: String,
    pub mark: &'static str,
    pub word: String,
    /// How it stands on each channel.
    pub channels: Vec<Mark>,
}

/// A day with something on it.
pub struct Day {
    pub name: String,
    pub machine: String,
    pub is_today: bool,
    pub entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "channels/staff/calendar.html")]
pub struct Calendar {
    l: Locale,
    shell: Shell,
    month: String,
    before: String,
    after: String,
    days: Vec<Day>,
}

/// The first day of the month that is asked for; that of today where none is.
fn first(asked: &str, today: NaiveDate) -> NaiveDate {
    let asked = NaiveDate::parse_from_str(&format!("{asked}-01"), "%Y-%m-%d").ok();
    let day = asked.filter(|day| (2000..=2200).contains(&day.year())).unwrap_or(today);
    day.with_day(1).unwrap_or(day)
}

fn begins(day: NaiveDate) -> DateTimeUtc {
    let at = time::VIETNAM.from_local_datetime(&day.and_time(NaiveTime::MIN));
    at.single().map(|at| at.to_utc()).unwrap_or_default()
}

fn href(day: NaiveDate) -> String {
    format!("/desk/channels/calendar{}", address::query(&[("month", &day.format("%Y-%m").to_string())]))
}

/// `GET /desk/channels/calendar`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Calendar>> {
    let l = shell.l;
    let own = if who.is_any(OVERSEERS) { None } else { Some(own_agency(&who)?) };
    let today = time::local_date(app.clock.now());
    let from = first(&ask.month, today);
    let until = from.checked_add_months(Months::new(1)).unwrap_or(from);
    let before = from.checked_sub_months(Months::new(1)).unwrap_or(from);
    let pieces = of_month(&app, own, (from, until)).await?;
    let rows = delivery::Entity::find().filter(delivery::Column::Piece.is_in(pieces.iter().map(|one| one.id)));
    let rows = rows.order_by_asc(delivery::Column::Id).all(&app.db).await?;
    let accounts = Account::of(&app.db, own).await?;
    let mut days: Vec<Day> = Vec::new();
    let mut day = from;
    while day < until {
        let next = day.checked_add_days(Days::new(1)).unwrap_or(until);
        let is_of_day = |piece: &&Piece| moment(piece).is_some_and(|at| at >= begins(day) && at < begins(next));
        let entries: Vec<Entry> = pieces.iter().filter(is_of_day).map(|piece| entry(l, piece, &rows, &accounts)).collect();
        if !entries.is_empty() || day == today {
            days.push(Day {
                name: format!("{}, {}", l.weekday(day), time::day(day)),
                machine: day.to_string(),
                is_today: day == today,
                entries,
            });
        }
        day = next;
    }
    let month = from.format("%-m/%Y").to_string();
    Ok(Page(Calendar { l, month, before: href(before), after: href(until), days, shell }))
}

/// When a piece goes, or went.
fn moment(piece: &Piece) -> Option<DateTimeUtc> {
    piece.due_at.or(piece.approved_at)
}

async fn of_month(app: &App, own: Option<Uuid>, (from, until): (NaiveDate, NaiveDate)) -> Result<Vec<Piece>> {
    use piece::Column;
    let within = |column: Column| Condition::all().add(column.gte(begins(from))).add(column.lt(begins(until)));
    let at_once = Condition::all().add(Column::DueAt.is_null()).add(within(Column::ApprovedAt));
    let pieces = asked(own, "").filter(Condition::any().add(within(Column::DueAt)).add(at_once));
    let mut pieces = pieces.order_by_desc(Column::ChangedAt).limit(PIECES_MAX).all(&app.db).await?;
    pieces.sort_by_key(|piece| (moment(piece), piece.id));
    Ok(pieces)
}

fn entry(l: Locale, piece: &Piece, rows: &[Delivery], accounts: &[Account]) -> Entry {
    let channel = |row: &Delivery| {
        let account = accounts.iter().find(|account| account.id == row.account);
        let name = account.map(|account| row.channel(account)).unwrap_or_default();
        Mark { mark: state_mark(row), word: format!("{name}: {}", state_word(l, row)) }
    };
    Entry {
        href: Piece::path(piece.id),
        hour: moment(piece).map(|at| at.with_timezone(&time::VIETNAM).format("%H:%M").to_string()).unwrap_or_default(),
        title: piece.title.clone(),
        mark: piece.state.mark(),
        word: l.t(&piece.state.key()),
        channels: rows.iter().filter(|row| row.piece == piece.id).map(channel).collect(),
    }
}
