//! `/lich/{token}.ics`: the last days of an agency for its calendar programs (RFC 5545). The same file as long as nothing
//! happened, so that asking again costs a 304.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Days, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use sea_orm::entity::prelude::*;

use crate::base::{App, time};
use crate::duties::feed::Feed;
use crate::duties::standing::{self, Standing, Story};
use crate::duties::{Duty, Slot, duty, view};
use crate::people::agency::brief::{self, Brief};
use crate::plans::plan;
use crate::web::download::{Download, ICALENDAR};
use crate::web::{Error, Locale, Path, Result, cut};

/// What was due longer ago is left out.
const BACK_DAYS: u64 = 365;
const TITLE_LETTERS: usize = 120;

/// What events are made of.
struct Known {
    /// Programs ask in no language: it is the agency's.
    l: Locale,
    today: NaiveDate,
    origin: String,
    duties: HashMap<Uuid, Duty>,
    plans: HashMap<Uuid, String>,
}

/// `GET /lich/{token}.ics`
pub async fn show(State(app): State<App>, Path(file): Path<String>, headers: HeaderMap) -> Result<Response> {
    let token = file.strip_suffix(".ics").ok_or(Error::NotFound)?;
    let agency = Feed::at(&app.db, token).await?;
    let agencies = brief::Known::now(&app).await?;
    let agency = agencies.get(&agency).ok_or(Error::NotFound)?;
    let bytes = calendar(&app, &agencies, agency).await?.into_bytes();
    Ok(Download { name: format!("lich-{}.ics", agency.slug), media_type: ICALENDAR, bytes }.kept(&headers))
}

async fn calendar(app: &App, agencies: &brief::Known, agency: &Brief) -> Result<String> {
    let today = time::local_date(app.clock.now());
    let from = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
    // Also of those in whose place it answers, as on its own list.
    let mut slots = Slot::owed_by(&app.db, &agencies.answers_for(agency.id, today), None).await?;
    slots.retain(|slot| slot.in_time_until >= from);
    let stories = standing::brief(&app.db, &slots).await?;
    let known = Known::of(app, &slots, today).await?;
    let mut calendar = Calendar::new();
    named(&mut calendar, &known.l.t1("feed-name", "agency", &agency.short_name));
    calendar.append_property(Property::new("REFRESH-INTERVAL", "PT6H").add_parameter("VALUE", "DURATION").done());
    calendar.append_property(Property::new("X-PUBLISHED-TTL", "PT6H"));
    let none = Story::default();
    for slot in &slots {
        calendar.push(known.event(slot, stories.get(&slot.id).unwrap_or(&none)));
    }
    Ok(calendar.to_string())
}

/// Gives the calendar its name: as RFC 7986, 5.1 has it, and as programs older than that do. The crate takes what begins with
/// `X-` for text and escapes it, and does not know the other.
fn named(calendar: &mut Calendar, name: &str) {
    calendar.append_property(Property::new("NAME", escaped(name)));
    calendar.append_property(Property::new("X-WR-CALNAME", name));
}

/// Text as RFC 5545, 3.3.11 writes it; the crate does so itself for the properties whose type it knows.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace("\r\n", "\\n").replace('\n', "\\n")
}

/// When what is known of it last changed, and how often it did. Whether it is overdue is left to the calendar's reader: a
/// day that passes changes no event.
fn revision(duty: Option<&Duty>, story: &Story) -> (DateTime<Utc>, u32) {
    let answers = story.answers.iter().map(|answer| answer.at);
    let reviews = story.reviews.iter().map(|review| review.at);
    let times: Vec<DateTime<Utc>> = answers.chain(reviews).collect();
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    (times.into_iter().chain(duty.map(|duty| duty.created_at)).max().unwrap_or_default(), count)
}

impl Known {
    async fn of(app: &App, slots: &[Slot], today: NaiveDate) -> Result<Self> {
        let mut ids: Vec<Uuid> = slots.iter().map(|slot| slot.duty).collect();
        ids.sort_unstable();
        ids.dedup();
        let duties = duty::Entity::find().filter(duty::Column::Id.is_in(ids)).all(&app.db).await?;
        let of: std::collections::HashSet<Uuid> = duties.iter().map(|duty| duty.plan).collect();
        let plans = plan::Entity::find().filter(plan::Column::Id.is_in(of)).all(&app.db).await?;
        Ok(Self {
            l: Locale::default(),
            today,
            origin: app.config.public_url(),
            duties: duties.into_iter().map(|duty| (duty.id, duty)).collect(),
            plans: plans.into_iter().map(|plan| (plan.id, plan.title())).collect(),
        })
    }

    /// A slot as a whole-day event on the last day that counts as in time.
    fn event(&self, slot: &Slot, story: &Story) -> Event {
        let (l, duty) = (self.l, self.duties.get(&slot.duty));
        let title = duty.map(|duty| cut(&duty.title, TITLE_LETTERS)).unwrap_or_default();
        let standing = story.standing(slot, self.today);
        let summary = match standing {
            Standing::Submitted | Standing::Accepted => l.t1("feed-done", "title", &title),
            Standing::Returned => l.t1("feed-returned", "title", &title),
            Standing::Void | Standing::Open | Standing::Overdue => title,
        };
        let place = duty.map(|duty| duty.path.as_str()).filter(|path| !path.is_empty()).map(|path| format!(", {path}"));
        let plan = self.plans.get(&slot.plan).map(String::as_str).unwrap_or_default();
        let mut lines = vec![
            duty.map(|duty| duty.title.clone()).unwrap_or_default(),
            format!("{plan}{}", place.unwrap_or_default()),
            format!("{} · {}", l.t(&slot.part.key()), view::period(l, &slot.period)),
            view::due(l, slot),
        ];
        if !matches!(standing, Standing::Open | Standing::Overdue) {
            lines.push(l.t(&standing.key()));
        }
        let (changed, times) = revision(duty, story);
        Event::new()
            .uid(&format!("{}@lantoa", slot.id))
            .timestamp(changed)
            .last_modified(changed)
            .sequence(times)
            .summary(&summary)
            .description(&lines.join("\n"))
            .starts(slot.in_time_until)
            // The day after: what has a date ends later than it begins, and the end is no part of it (RFC 5545, 3.6.1).
            .ends(slot.in_time_until.succ_opt().unwrap_or(slot.in_time_until))
            .add_property("TRANSP", "TRANSPARENT")
            .url(&format!("{}{}", self.origin, Slot::desk_path(slot.id)))
            .done()
    }
}

#[cfg(test)]
mod tests {
    use super::{Calendar, escaped, named};

    #[test]
    fn marks_that_mean_something_in_a_calendar_are_escaped() {
        assert_eq!(escaped("Sở A, B; C\\D\nE"), "Sở A\\, B\\; C\\\\D\\nE");
    }

    #[test]
    fn the_name_of_a_calendar_is_escaped_once() {
        let mut calendar = Calendar::new();
        named(&mut calendar, "Việc, phường A");
        let text = calendar.to_string();
        for line in ["\r\nNAME:Việc\\, phường A\r\n", "\r\nX-WR-CALNAME:Việc\\, phường A\r\n"] {
            assert!(text.contains(line), "{line:?} in {text:?}");
        }
    }
}
