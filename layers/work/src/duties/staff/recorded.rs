//! What a count of the system is made of: the list behind a figure that a form was filled in with beforehand.

use askama::Template;
use axum::extract::State;
use uuid::Uuid;

use super::slot::find_for;
use crate::base::{App, time};
use crate::duties::form::filling::Sheet;
use crate::duties::form::source::{Line, Source};
use crate::duties::form::values;
use crate::duties::{Slot, standing, view};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "duties/staff/recorded.html")]
pub struct Recorded {
    l: Locale,
    shell: Shell,
    here: String,
    period: String,
    heading: String,
    about: String,
    lines: Vec<Line>,
}

/// `GET /desk/duties/{slot}/recorded/{field}`
pub async fn show(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, code)): Path<(Uuid, String)>,
) -> Result<Page<Recorded>> {
    let (slot, _) = find_for(&app, &who, id).await?;
    let story = standing::story(&app.db, id).await?;
    let filled = values::of(&app.db, &[id]).await?;
    let sheet = Sheet::of(&app.db, &slot, &story, &filled, time::local_date(app.clock.now())).await?.ok_or(Error::NotFound)?;
    let (_, field) = sheet.definition.field(&code).ok_or(Error::NotFound)?;
    let source = Source::of_code(&field.source).ok_or(Error::NotFound)?;
    let l = shell.l;
    let count = sheet.recorded.get(&code).copied().unwrap_or_default();
    Ok(Page(Recorded {
        heading: l.t2("recorded-heading", "name", l.t(&source.key()), "value", count.shown()),
        about: l.t2("recorded-about", "from", time::day(slot.start_on), "until", time::day(slot.end_on)),
        lines: source.lines(&app, &who, l, &slot).await?,
        period: view::period(l, &slot.period),
        here: Slot::desk_path(id),
        l,
        shell,
    }))
}
