//! Accounts are disabled, and enabled again.

use axum::Form;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::Administrator;
use crate::base::{App, By};
use crate::people::person::keeping::{Keeper, Kept};
use crate::web::{Error, Path, Result, Said};

const WHY_LETTERS_MAX: usize = 500;

#[derive(Deserialize)]
pub struct Turned {
    version: i32,
    #[serde(default)]
    why: String,
}

/// The reason as it is kept: cut, without spaces around.
///
/// # Errors
/// There is none.
pub fn reason(why: &str) -> Result<String> {
    let why: String = why.trim().chars().take(WHY_LETTERS_MAX).collect();
    if why.is_empty() { Err(Error::refused("reason-missing")) } else { Ok(why) }
}

/// `POST /desk/people/{id}/disabling`
pub async fn disable(
    who: Administrator,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(turned): Form<Turned>,
) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    let by = By::from(&keeper.who).because(reason(&turned.why)?);
    kept.disable(&app, &keeper, turned.version, &by).await?;
    Ok(Said::to(kept.person.path(), "person-disabled-done").with("name", &kept.person.name))
}

/// `POST /desk/people/{id}/enabling`
pub async fn enable(
    who: Administrator,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(turned): Form<Turned>,
) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    kept.restore(&app, &keeper, turned.version, &By::from(&keeper.who)).await?;
    Ok(Said::to(kept.person.path(), "person-enabled-done").with("name", &kept.person.name))
}
