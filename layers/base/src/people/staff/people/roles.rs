//! Roles are given and taken back.

use axum::Form;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::Administrator;
use crate::base::{App, Grant, Role};
use crate::people::agency::brief::Brief;
use crate::people::person::keeping::{Keeper, Kept};
use crate::web::{Error, Path, Result, Said, Shell};

#[derive(Deserialize)]
pub struct Chosen {
    role: String,
    /// Left out of account for a role over the province.
    #[serde(default)]
    agency: String,
}

impl Chosen {
    fn grant(&self) -> Result<Grant> {
        let role = Role::from_code(&self.role).ok_or_else(|| Error::bad("person-role-unknown"))?;
        if !role.is_of_agency() {
            return Ok(Grant { role, agency: None });
        }
        let agency: Uuid = self.agency.parse().map_err(|_| Error::refused("person-agency-for-role"))?;
        Ok(Grant { role, agency: Some(agency) })
    }
}

/// `POST /desk/people/{id}/roles`: given twice, it is held once.
pub async fn give(
    who: Administrator,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(chosen): Form<Chosen>,
) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    let grant = chosen.grant()?;
    if let Some(agency) = grant.agency
        && !Brief::all(&app.db).await?.contains_key(&agency)
    {
        return Err(Error::refused("person-agency-for-role"));
    }
    let role = shell.l.t(&grant.role.key());
    let said = if kept.give(&app, &keeper, grant).await? { "person-role-given" } else { "person-role-held" };
    Ok(Said::to(kept.person.path(), said).with("name", role))
}

/// `POST /desk/people/{id}/roles/removal`
pub async fn revoke(
    who: Administrator,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(chosen): Form<Chosen>,
) -> Result<Said> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    let grant = chosen.grant()?;
    kept.revoke(&app, &keeper, &grant).await?;
    Ok(Said::to(kept.person.path(), "person-role-revoked").with("name", shell.l.t(&grant.role.key())))
}
