//! How an agency is reached: kept by those who keep the directory, and by the agency's own administrator.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::sheet::version;
use super::{ContactKeeper, because, keeps_contacts, summary};
use crate::base::{App, Who};
use crate::people::Agency;
use crate::people::agency::draft::{Fields, Mistakes};
use crate::people::agency::opening::Failure;
use crate::web::{Error, Locale, Page, Result, Said, Shell};

#[derive(Template)]
#[template(path = "people/staff/agencies/contacts.html")]
pub struct Contacts {
    l: Locale,
    shell: Shell,
    agency: Agency,
    fields: Fields,
    mistakes: Mistakes,
}

impl Contacts {
    fn error(&self, field: &str) -> String {
        self.mistakes.of(field, self.l)
    }

    fn summary(&self) -> Vec<(&'static str, String)> {
        summary(self.l, &self.mistakes)
    }

    fn back(&self) -> String {
        Agency::desk_path(self.agency.id)
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
    Ok(Page(Contacts { l: shell.l, shell, agency, fields, mistakes: Mistakes::default() }))
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
        let page = Contacts { l: shell.l, shell, agency, fields, mistakes };
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    match Agency::edit_contacts(&app, id, contacts, version, &by).await {
        Ok(changed) => Ok(Said::to(Agency::desk_path(id), if changed { "agency-saved" } else { "agency-same" }).into_response()),
        Err(Failure::Error(error)) => Err(error),
        Err(Failure::Mistakes(mistakes)) => {
            let page = Contacts { l: shell.l, shell, agency, fields, mistakes };
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
