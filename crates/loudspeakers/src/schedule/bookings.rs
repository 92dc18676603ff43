//! Bulletins in the slots of a programme.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::quiet::{instant, local_date, quiet_within};
use super::{Item, Precedence, Programme, Refused};

/// What is booked on one cluster, or one station whose clusters all air the same.
#[derive(Clone, Debug, Default)]
pub struct Bookings {
    programme: Programme,
    /// With the stretch that each keeps for itself: its slot, or its own length where it has none.
    booked: Vec<(Item, DateTime<Utc>, DateTime<Utc>)>,
}

impl Bookings {
    #[must_use]
    pub fn new(programme: Programme) -> Self {
        Self { programme, booked: Vec::new() }
    }

    /// The same under a programme that was changed meanwhile: what is booked stays where it is.
    #[must_use]
    pub fn under(self, programme: Programme) -> Self {
        Self { programme, ..self }
    }

    /// Everything that is booked, by time.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.booked.iter().map(|(item, _, _)| item)
    }

    /// Books a slot of a day as a whole; the bulletin begins when the slot does.
    ///
    /// # Errors
    /// [`Refused`]. Nothing is changed then.
    pub fn book(
        &mut self,
        (id, precedence, duration_s): (u64, Precedence, u32),
        slot: &str,
        date: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Item, Refused> {
        let named = || self.programme.slots.iter().filter(move |known| known.name == slot);
        if named().next().is_none() {
            return Err(Refused::UnknownSlot(slot.into()));
        }
        // A morning may begin at another hour on Sundays: two slots of one name, each on its days.
        let slot = named().find(|known| known.is_on(date)).ok_or(Refused::WrongDay { date })?;
        let (begins_at, ends_at) = instant(date, slot.begins).zip(instant(date, slot.ends)).ok_or(Refused::WrongDay { date })?;
        let room_s = u32::try_from((ends_at - begins_at).num_seconds()).unwrap_or(0);
        if duration_s > room_s {
            return Err(Refused::Long { by_s: duration_s - room_s });
        }
        self.keep(Item { id, precedence, begins_at, duration_s, until: None }, ends_at, now)
    }

    /// Books a time outside the slots; not one in a slot that is there on other days only.
    ///
    /// # Errors
    /// [`Refused`]. Nothing is changed then.
    pub fn book_at(&mut self, item: Item, now: DateTime<Utc>) -> Result<Item, Refused> {
        if self.programme.is_off(item.begins_at) {
            return Err(Refused::WrongDay { date: local_date(item.begins_at) });
        }
        let ends_at = item.begins_at + Duration::seconds(item.duration_s.into());
        self.keep(item, ends_at, now)
    }

    /// Gives a booking back; `None` when there was none.
    pub fn release(&mut self, id: u64) -> Option<Item> {
        let at = self.booked.iter().position(|(item, _, _)| item.id == id)?;
        Some(self.booked.remove(at).0)
    }

    fn keep(&mut self, item: Item, ends_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Item, Refused> {
        if item.precedence == Precedence::Emergency {
            return Err(Refused::Emergency);
        }
        if item.duration_s == 0 {
            return Err(Refused::Empty);
        }
        if item.begins_at < now {
            return Err(Refused::Past);
        }
        if self.items().any(|booked| booked.id == item.id) {
            return Err(Refused::Twice(item.id));
        }
        let sounds_until = item.begins_at + Duration::seconds(item.duration_s.into());
        if let Some((from, _)) = quiet_within(&self.programme.quiet, item.begins_at, sounds_until) {
            return Err(Refused::QuietHours { from });
        }
        let taken = self.booked.iter().find(|(_, from, to)| item.begins_at < *to && *from < ends_at);
        if let Some((with, _, _)) = taken {
            return Err(Refused::Taken { with: with.id });
        }
        let at = self.booked.partition_point(|(_, from, _)| *from < item.begins_at);
        self.booked.insert(at, (item.clone(), item.begins_at, ends_at));
        Ok(item)
    }
}
