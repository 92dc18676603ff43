//! How an agency is reached: kept by those who keep the directory, and by the agency's own administrator.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::filled::Filled;
use super::sheet::version;
use super::{ContactKeeper, because, keeps_contacts};
use crate::base::{App, Who};
use crate::people::Agency;
use crate::people::agency::draft::{Fields, Mistakes};
use crate::people::agency::opening::Failure;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "people/staff/agencies/contacts.html")]
pub struct Contacts {
    l: Locale,
    shell: Shell,
    agency: Agency,
    filled: Filled<Fields>,
}

impl Contacts {
    fn of(shell: Shell, agency: Agency, typed: Fields, mistakes: Mistakes) -> Self {
        let filled = Filled::of(shell.l, Agency::desk_path(agency.id), typed, mistakes);
        Self { l: shell.l, shell, agency, filled }
    }
}

/// The agency, when its contacts are the person's to keep.
async fn find(app: &App, who: &Who, id: Uuid) -> Result<Agency> {
    let agency = Agency::find(&app.db, id).await?;
    if keeps_contacts(who, id) { Ok(agency) } else { Err(Error::Hidden(id)) }
}

/// `GET /desk/agencies/{id}/contacts`
pub async fn show(who: ContactKeeper, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Contacts>> {
    let agency = find(&app, &who, id).await?;
    let fields = Fields::of(&agency, "", &[]);
    Ok(Page(Contacts::of(shell, agency, fields, Mistakes::default())))
}

/// `POST /desk/agencies/{id}/contacts`
pub async fn edit(
    who: ContactKeeper,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let agency = find(&app, &who, id).await?;
    let version = version(&fields)?;
    if version != agency.version {
        return Err(Error::Stale);
    }
    let mut mistakes = Mistakes::default();
    let contacts = fields.contacts(&mut mistakes);
    let by = because(&who, &fields.why, &mut mistakes);
    if !mistakes.is_empty() {
        let page = Contacts::of(shell, agency, fields, mistakes);
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    match Agency::edit_contacts(&app, id, contacts, version, &by).await {
        Ok(changed) => Ok(Said::to(Agency::desk_path(id), if changed { "agency-saved" } else { "agency-same" }).into_response()),
        Err(Failure::Error(error)) => Err(error),
        Err(Failure::Mistakes(mistakes)) => {
            let page = Contacts::of(shell, agency, fields, mistakes);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
