//! The person ends sessions and links.

use axum::extract::State;
use uuid::Uuid;

use super::PATH;
use crate::base::{App, By, Fact};
use crate::people::identity::Identity;
use crate::people::{Person, session};
use crate::web::who::Signed;
use crate::web::{Path, Result, Said};

/// `POST /desk/account/sessions/{id}/revocation`
pub async fn revoke(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    session::Model::revoke_own(&app, &who, id).await?;
    Ok(Said::to(PATH, "session-revoked"))
}

/// `POST /desk/account/sessions/revocation`: all but this one.
pub async fn revoke_others(who: Signed, State(app): State<App>) -> Result<Said> {
    let transaction = app.begin().await?;
    let others = session::Model::open_of(&app, who.person).await?.into_iter().filter(|session| session.id != who.session);
    for other in others {
        app.record(&transaction, who.person, Fact::SessionRevoked { session: other.id }, &By::from(&*who)).await?;
    }
    let ended = session::Model::revoke_all(&app, &transaction, who.person, Some(who.session)).await?;
    app.commit(transaction).await?;
    Ok(Said::to(PATH, "sessions-revoked").with("n", ended))
}

/// `POST /desk/account/sign-on/{id}/removal`
pub async fn unlink(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let person = Person::find(&app.db, who.person).await?;
    Identity::unlink(&app, &person, id).await?;
    Ok(Said::to(PATH, "sign-on-unlinked"))
}
