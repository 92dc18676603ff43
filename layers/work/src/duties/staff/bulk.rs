//! Acts on many slots at once. Each slot is an act of its own: what can not be done is counted and told, the rest is done.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Days;
use sea_orm::entity::prelude::*;
use uuid::Uuid;

use super::queue::Looker;
use super::slot::{UNLOCK_DAYS, find_for};
use super::slots;
use crate::base::{App, Who, time};
use crate::duties::answer::{self, Answer};
use crate::duties::assignment::{Assignment, Given};
use crate::duties::reminder;
use crate::duties::review::{Remarks, Review, Verdict};
use crate::duties::slot;
use crate::duties::unlock::Unlock;
use crate::people::agency::draft::value;
use crate::web::{Error, Obstacle, Page, Result, Said, Shell};

/// The most slots of one press: more than a page of a list shows.
const SLOTS_MAX: usize = 200;
/// Chosen instead of a person: it lies on nobody's desk in particular.
pub const NOBODY: &str = "nobody";

crate::admits! {
    /// Who reminds and unlocks.
    Steward: Coordinator Leader
}

/// The day that an unlock is offered for.
#[must_use]
pub fn offered_until(app: &App) -> String {
    let today = time::local_date(app.clock.now());
    time::day(today.checked_add_days(Days::new(UNLOCK_DAYS)).unwrap_or(today))
}

/// What was picked, and the rest of the form.
pub struct Picked {
    fields: Vec<(String, String)>,
    pub ids: Vec<Uuid>,
}

impl Picked {
    /// What was ticked under that name.
    ///
    /// # Errors
    /// Refused when nothing was.
    pub fn of(fields: Vec<(String, String)>, name: &str) -> Result<Self> {
        let mut ids: Vec<Uuid> =
            fields.iter().filter(|(field, _)| field == name).filter_map(|(_, value)| value.parse().ok()).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Err(Error::refused("bulk-nothing-picked"));
        }
        ids.truncate(SLOTS_MAX);
        Ok(Self { fields, ids })
    }

    /// A field of the form; empty when it is not there.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Where the person came from: a list of the board, never another site.
    fn back(&self) -> String {
        let back = self.one("back");
        let ours = back == "/desk/progress/slots" || back.starts_with("/desk/progress/slots?");
        if ours { back.to_owned() } else { "/desk/progress".to_owned() }
    }
}

/// `POST /desk/reviews/acceptance`: accepts the versions that were seen; where a newer one came it waits on.
pub async fn accept(who: Looker, State(app): State<App>, Form(fields): Form<Vec<(String, String)>>) -> Result<Said> {
    let picked = Picked::of(fields, "answer")?;
    let answers = answer::Entity::find().filter(answer::Column::Id.is_in(picked.ids)).all(&app.db).await?;
    let (mut done, mut left) = (0_u32, 0_u32);
    for answer in answers {
        match accepted(&app, &who, &answer).await {
            Ok(()) => done += 1,
            Err(Error::Internal(error)) => return Err(Error::Internal(error)),
            Err(_) => left += 1,
        }
    }
    let key = if left == 0 { "bulk-accepted" } else { "bulk-accepted-some" };
    Ok(Said::to("/desk/reviews", key).with("count", done).with("left", left))
}

async fn accepted(app: &App, who: &Who, answer: &Answer) -> Result<()> {
    let (slot, plan) = find_for(app, who, answer.slot).await?;
    Review::give(app, who, &slot, plan.agency, (answer.id, Verdict::Accept, Remarks::default())).await
}

/// `POST /desk/progress/reminders`: reminds the agencies of the picked slots now, in office time.
pub async fn remind(who: Steward, State(app): State<App>, Form(fields): Form<Vec<(String, String)>>) -> Result<Said> {
    let picked = Picked::of(fields, "slot")?;
    let slots = slot::Entity::find().filter(slot::Column::Id.is_in(picked.ids.clone())).all(&app.db).await?;
    let reminded = reminder::remind_by_hand(&app, &who, slots).await?;
    let key = match (reminded.bodies, reminded.locked) {
        (0, 0) => "bulk-reminded-nobody",
        (0, _) => "bulk-reminded-nobody-locked",
        (_, 0) => "bulk-reminded",
        _ => "bulk-reminded-some",
    };
    Ok(Said::to(picked.back(), key).with("count", reminded.bodies).with("left", reminded.locked))
}

/// `POST /desk/progress/assignments`: gives the picked slots of an agency to one of its people.
pub async fn assign(who: Steward, State(app): State<App>, Form(fields): Form<Vec<(String, String)>>) -> Result<Said> {
    let picked = Picked::of(fields, "slot")?;
    let (key, given) = assigned(&app, &who, &picked).await?;
    Ok(Said::to(picked.back(), key).with("count", given.done).with("left", given.left))
}

/// Gives what was picked to the person of the form, and what to say of it.
///
/// # Errors
/// Refused as [`Assignment::give`] says; or the database failed.
pub async fn assigned(app: &App, who: &Who, picked: &Picked) -> Result<(&'static str, Given)> {
    let person = match picked.one("person") {
        "" => return Err(Error::Refused(vec![Obstacle::new("assignment-nobody-chosen").at("person")])),
        NOBODY => None,
        id => Some(id.parse().map_err(|_| Error::NotFound)?),
    };
    let slots = slot::Entity::find().filter(slot::Column::Id.is_in(picked.ids.clone())).all(&app.db).await?;
    let given = Assignment::give(app, who, &slots, person).await?;
    let key = match (person, given.left) {
        (None, _) => "assignment-taken",
        (Some(_), 0) => "assignment-given",
        (Some(_), _) => "assignment-given-some",
    };
    Ok((key, given))
}

/// `POST /desk/progress/unlocks`: opens the picked slots that are locked; a refusal comes back with what was picked and typed.
pub async fn unlock(
    who: Steward,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let picked = Picked::of(fields, "slot")?;
    match unlocked(&app, &who, &picked).await {
        Ok((done, left)) => {
            let key = if left == 0 { "bulk-unlocked" } else { "bulk-unlocked-some" };
            Ok(Said::to(picked.back(), key).with("count", done).with("left", left).into_response())
        }
        Err(Error::Refused(wrong)) => {
            let page = slots::at(&app, &who, shell, picked.back()).await?;
            let typed = (picked.one("why"), picked.one("until"));
            let page = page.refused(typed, picked.ids.clone(), &wrong);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// How many were opened, and how many were not locked.
async fn unlocked(app: &App, who: &Who, picked: &Picked) -> Result<(u32, u32)> {
    let until = value::day(picked.one("until")).map_err(|wrong| Error::Refused(vec![wrong.at("until")]))?;
    let why = vietnamese::normalise(picked.one("why")).replace('\0', "");
    let slots = slot::Entity::find().filter(slot::Column::Id.is_in(picked.ids.clone())).all(&app.db).await?;
    let (mut done, mut left) = (0_u32, 0_u32);
    for slot in slots {
        match Unlock::give(app, who, &slot, &why, until).await {
            Ok(()) => done += 1,
            // A reason or day that is wrong is wrong for all of them.
            Err(Error::Refused(wrong)) if wrong.iter().any(|one| !one.field.is_empty()) => return Err(Error::Refused(wrong)),
            Err(Error::Internal(error)) => return Err(Error::Internal(error)),
            Err(_) => left += 1,
        }
    }
    Ok((done, left))
}
