//! The values of the period before, taken over into the gaps of what is being written.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::slot::find_for;
use super::writing::{self, Fields};
use crate::base::{App, time};
use crate::duties::answer::draft::{Content, Draft};
use crate::duties::form::filling::Sheet;
use crate::duties::form::values;
use crate::duties::{Slot, standing};
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Said, Shell};

/// `POST /desk/duties/{slot}/carry-over`: what was typed stays; 409 when a colleague typed meanwhile.
pub async fn carry(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    if !slot.in_charge(&app).await?.may_answer(&who) {
        return Err(Error::Hidden(id));
    }
    let story = standing::story(&app.db, id).await?;
    let filled = values::of(&app.db, &[id]).await?;
    let sheet = Sheet::of(&app.db, &slot, &story, &filled, time::local_date(app.clock.now())).await?.ok_or(Error::NotFound)?;
    let given = Fields(fields).given();
    let content = Content { typed: sheet.carried(&given.content.typed), ..given.content.clone() };
    match Draft::keep(&app, &who, id, &content, (given.draft, given.seen)).await {
        Ok(_) => Ok(Said::to(format!("{}#answer", Slot::desk_path(id)), "form-carried").into_response()),
        Err(Error::Stale) => writing::stale(&app, &who, shell, (slot, plan), given).await,
        Err(error) => Err(error),
    }
}
