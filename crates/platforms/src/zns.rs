//! ZNS: a notice by Zalo to a telephone number, after a template that Zalo approved. The words are the template's; a message brings
//! what is filled in. A notice can not be changed, taken back or counted; whether one was sent that got no answer, nobody can tell.
//!
//! The calls are those of [`crate::zalo`]; this is one number as a platform.

mod template;

use serde_json::{Map, Value};

use crate::wire::refusal;
use crate::zalo::{self, Approved, Business, Notice};
use crate::{Found, Journal, Limits, Line, Message, Obstacle, Outcome, Reading, Refusal, Secret, Sought, Unit, Why};

pub use template::{PLACE_LETTERS_MAX, Place, Template, values, written};

/// One number, and what is sent to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// [`zalo::BUSINESS_API`], without a slash at its end.
    pub api: String,
    pub access_token: Secret,
    pub template: Template,
    /// The number it goes to, in the international form without `+`: `84…`.
    pub to: String,
    /// Our own name of what it gets, at most 48 characters.
    pub tracking: String,
}

impl Account {
    fn business(&self) -> Business {
        Business { api: self.api.clone(), access_token: self.access_token.clone() }
    }
}

/// A message is a list of values; how long each may be, its place says.
#[must_use]
pub fn limits(_: &Account) -> Limits {
    Limits {
        unit: Unit::CodePoint,
        title_max: 0,
        title_required: false,
        text_max: 4_000,
        caption_max: 0,
        images_max: 0,
        image_bytes_max: 0,
        videos_max: 0,
        video_bytes_max: 0,
        video_ms_max: 0,
        needs: &[],
        mimes: &[],
    }
}

/// What speaks against sending it; empty when nothing does.
#[must_use]
pub fn check(account: &Account, message: &Message) -> Vec<Obstacle> {
    let mut obstacles = account.template.obstacles(&values(&message.text));
    obstacles.extend((0..message.media.len()).map(|at| Obstacle::MediaKindNotTaken { at }));
    obstacles
}

/// Sends it, by one request.
pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    let values = values(&message.text);
    if let Some(obstacle) = account.template.obstacles(&values).first() {
        return Outcome::Refused(refusal(Why::Content, &format!("{obstacle:?}")));
    }
    let notice = Notice {
        phone: account.to.clone(),
        template: account.template.id.clone(),
        data: values.into_iter().map(|(name, value)| (name, Value::from(value))).collect::<Map<_, _>>(),
        tracking: account.tracking.clone(),
    };
    zalo::notify(line, &account.business(), &notice, journal).await
}

/// What Zalo says of the account's template: a question that sends nothing.
///
/// # Errors
/// Zalo refuses, or does not answer.
pub async fn approved<L: Line>(line: &L, account: &Account) -> Result<Approved, Refusal> {
    zalo::approved(line, &account.business(), &account.template.id).await
}

/// How many notices are left of how many that may be sent today; None where Zalo does not say.
///
/// # Errors
/// Zalo refuses, or does not answer.
pub async fn left_today<L: Line>(line: &L, account: &Account) -> Result<Option<(u64, u64)>, Refusal> {
    zalo::left_today(line, &account.business()).await
}

/// A notice is done with the answer: there is nothing to ask after.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn status<L: Line>(_: &L, _: &Account, handle: &str) -> Found {
    Found::CanNotTell { says: format!("ZNS is not asked after {handle}") }
}

/// Zalo tells of a notice by its own id alone, which came with the answer that is missing.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn find<L: Line>(_: &L, _: &Account, _: &Sought<'_>) -> Found {
    Found::CanNotTell { says: "ZNS is not asked what it sent".to_owned() }
}

/// What was read can not be changed.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn edit<L: Line>(_: &L, _: &Account, id: &str, _: &Message) -> Outcome {
    Outcome::Refused(refusal(Why::Permission, &format!("a notice is not changed: {id}")))
}

/// What was sent can not be taken back.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn retract<L: Line>(_: &L, _: &Account, id: &str) -> Outcome {
    Outcome::Refused(refusal(Why::Permission, &format!("a notice is not taken back: {id}")))
}

/// No figures.
///
/// # Errors
/// None.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn metrics<L: Line>(_: &L, _: &Account, _: &str) -> Result<Vec<Reading>, Refusal> {
    Ok(Vec::new())
}
