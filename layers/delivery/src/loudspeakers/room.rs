//! Whether a station has room for an airing: its programme, its quiet hours, and what is booked there. The leaf's `Bookings` decide.

use chrono::{DateTime, TimeDelta, Utc};
use loudspeakers::schedule::{Bookings, Item, Precedence as Leaf, Programme, Refused};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::airing::booking::{self, Booking};
use super::airing::{self, Airing};
use super::station::Station;
use crate::base::time::{self, VIETNAM};
use crate::web::Obstacle;

/// Free times are looked for so far ahead, in steps of five minutes.
const AHEAD_H: i64 = 24;
const STEP_MIN: i64 = 5;

/// A station's bookings around a day.
pub struct Room {
    bookings: Bookings,
    programme: Programme,
    booked: Vec<(Booking, String)>,
}

impl Room {
    /// What is booked at a station within two days of a time.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, station: &Station, around: DateTime<Utc>) -> Result<Self, DbErr> {
        let near = TimeDelta::days(2);
        let rows = booking::Entity::find()
            .filter(booking::Column::Station.eq(station.id))
            .filter(booking::Column::BeginsAt.gt(around - near))
            .filter(booking::Column::BeginsAt.lt(around + near))
            .order_by_asc(booking::Column::BeginsAt)
            .all(on)
            .await?;
        let of = airing::Entity::find().filter(airing::Column::Id.is_in(rows.iter().map(|row| row.airing)));
        let titles: std::collections::HashMap<Uuid, String> =
            of.all(on).await?.into_iter().map(|one| (one.id, one.title)).collect();
        let programme = station.programme();
        let mut bookings = Bookings::default();
        let booked: Vec<(Booking, String)> =
            rows.into_iter().map(|row| (row.clone(), titles.get(&row.airing).cloned().unwrap_or_default())).collect();
        for (at, (row, _)) in booked.iter().enumerate() {
            // Each keeps what it was given, whatever the programme says today.
            let whole_s = u32::try_from((row.ends_at - row.begins_at).num_seconds()).unwrap_or_default();
            let begins_at = row.begins_at;
            let item = Item { id: at as u64, precedence: Leaf::Internal, begins_at, duration_s: whole_s, until: None };
            let _ = bookings.book_at(item, row.begins_at);
        }
        Ok(Self { bookings: bookings.under(programme.clone()), programme, booked })
    }

    /// Books it; the slot, when it begins with one, and the end of what it keeps.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn keep(&self, airing: &Airing, now: DateTime<Utc>) -> Result<(String, DateTime<Utc>), Refused> {
        let mut bookings = self.bookings.clone();
        let item = Item { id: u64::MAX, ..airing.item(0) };
        let local = airing.begins_at.with_timezone(&VIETNAM);
        let slot = self.programme.on(local.date_naive()).find(|slot| slot.begins == local.time());
        match slot {
            Some(slot) => {
                bookings.book((item.id, item.precedence, item.duration_s), &slot.name, local.date_naive(), now)?;
                Ok((slot.name.clone(), airing.begins_at + (slot.ends - slot.begins)))
            }
            None => bookings
                .book_at(item, now)
                .map(|item| (String::new(), item.begins_at + TimeDelta::seconds(item.duration_s.into()))),
        }
    }

    /// The first minute from then on, in steps, at which it would be taken.
    #[must_use]
    pub fn next_free(&self, airing: &Airing, from: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let step = STEP_MIN * 60;
        let first = DateTime::from_timestamp((from.timestamp() + step - 1).div_euclid(step) * step, 0)?;
        (0..AHEAD_H * 60 / STEP_MIN)
            .map(|count| first + TimeDelta::minutes(count * STEP_MIN))
            .find(|at| self.keep(&Airing { begins_at: *at, ..airing.clone() }, now).is_ok())
    }

    fn with(&self, id: u64) -> Option<&(Booking, String)> {
        self.booked.get(usize::try_from(id).ok()?)
    }
}

/// Why it is not taken, with the way out.
#[must_use]
pub fn obstacle(room: &Room, station: &Station, airing: &Airing, refused: &Refused, now: DateTime<Utc>) -> Obstacle {
    let free = room.next_free(airing, airing.begins_at, now).map(time::minute).unwrap_or_default();
    let said = |key: &'static str| Obstacle::new(key).with("station", &station.name).at("time");
    let one = match refused {
        Refused::Taken { with } => {
            let (begins, title) =
                room.with(*with).map_or_else(Default::default, |(row, title)| (time::minute(row.begins_at), title.clone()));
            said("loud-room-taken").with("title", title).with("at", begins)
        }
        Refused::QuietHours { from } => said("loud-room-quiet").with("at", time::minute(*from)),
        Refused::Long { by_s } => said("loud-room-long").with("n", by_s),
        Refused::Past => said("loud-room-past"),
        Refused::WrongDay { date } => said("loud-room-off").with("day", time::day(*date)),
        Refused::UnknownSlot(_) | Refused::Empty | Refused::Twice(_) | Refused::Emergency => said("loud-room-not"),
    };
    one.with("free", free)
}
