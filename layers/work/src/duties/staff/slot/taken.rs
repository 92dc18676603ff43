//! What is taken beyond the day: an answer by an unlock, and one after the period was closed, which stands in no report before it is closed
//! again.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::base::{App, time};
use crate::duties::closing::{Closing, line};
use crate::duties::duty::Kind;
use crate::duties::standing::Story;
use crate::duties::{Duty, Slot};
use crate::web::Locale;

/// That one more answer is let in, and until when; empty when it is not.
pub fn unlocked(l: Locale, story: &Story, today: NaiveDate) -> String {
    let until = story.unlocked(today).map(|unlock| time::day(unlock.until));
    until.map(|day| l.t1("slot-unlocked-until", "day", day)).unwrap_or_default()
}

/// That the period was closed without what is handed in now, or came since; empty while it is not closed, or counts what there is. Work is
/// never closed, and asks the database for nothing.
///
/// # Errors
/// The database failed.
pub async fn closed(app: &App, l: Locale, duty: &Duty, (slot, story): (&Slot, &Story), is_open: bool) -> Result<String, DbErr> {
    if duty.kind == Kind::Work {
        return Ok(String::new());
    }
    let Some(closing) = Closing::of(&app.db, duty.id, &slot.period).await?.pop() else { return Ok(String::new()) };
    let of = line::Entity::find().filter(line::Column::Closing.eq(closing.id)).filter(line::Column::Slot.eq(slot.id));
    let counted = of.one(&app.db).await?.and_then(|line| line.answer);
    let day = time::day(time::local_date(closing.at));
    Ok(match story.last() {
        Some(last) if counted != Some(last.id) => l.t2("slot-came-after-closing", "version", last.version, "day", day),
        _ if is_open => l.t1("slot-closed-already", "day", day),
        _ => String::new(),
    })
}
