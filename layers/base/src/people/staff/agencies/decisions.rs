//! Decisions of one press: the facts are right; the agency goes on.

use axum::Form;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::{Keeper, because};
use crate::base::App;
use crate::people::Agency;
use crate::people::agency::draft::Mistakes;
use crate::web::{Error, Path, Result, Said};

/// The version that was seen, and why.
#[derive(Deserialize)]
pub struct Seen {
    version: i32,
    #[serde(default)]
    why: String,
}

impl Seen {
    fn by(&self, who: &Keeper) -> Result<crate::base::By> {
        let mut mistakes = Mistakes::default();
        let by = because(who, &self.why, &mut mistakes);
        if mistakes.is_empty() { Ok(by) } else { Err(Error::Refused(mistakes.0.into_iter().map(|(_, wrong)| wrong).collect())) }
    }
}

/// `POST /desk/agencies/{id}/confirmation`
pub async fn confirm(who: Keeper, State(app): State<App>, Path(id): Path<Uuid>, Form(seen): Form<Seen>) -> Result<Said> {
    Agency::confirm(&app, id, seen.version, &seen.by(&who)?).await?;
    Ok(Said::to(Agency::desk_path(id), "agency-confirmed"))
}

/// `POST /desk/agencies/{id}/reopening`
pub async fn reopen(who: Keeper, State(app): State<App>, Path(id): Path<Uuid>, Form(seen): Form<Seen>) -> Result<Said> {
    Agency::reopen(&app, id, seen.version, &seen.by(&who)?).await?;
    Ok(Said::to(Agency::desk_path(id), "agency-reopened"))
}
