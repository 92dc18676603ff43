//! The person changes the password.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{PATH, again};
use crate::base::{App, By};
use crate::people::attempts::Attempt;
use crate::people::session::Origin;
use crate::people::{Person, password};
use crate::web::who::Signed;
use crate::web::{Obstacle, Result, Said, Shell};

#[derive(Deserialize)]
pub struct Change {
    /// Not asked while there is none.
    #[serde(default)]
    current: String,
    password: String,
}

/// `POST /desk/account/password`: the current one is asked, so that a desk left open does not give the account away.
/// The other sessions end.
pub async fn change(
    who: Signed,
    shell: Shell,
    origin: Origin,
    State(app): State<App>,
    Form(change): Form<Change>,
) -> Result<Response> {
    let person = Person::find(&app.db, who.person).await?;
    if let Some(kept) = person.password_hash.clone() {
        let attempt = Attempt::begin(&app, &person.email, &origin.address).await?;
        if !password::is_right(&change.current, Some(kept)).await? {
            attempt.failed(&app, Some(&person), "password").await?;
            return again(&app, &who, shell, vec![("current", Obstacle::new("password-current-wrong"))]).await;
        }
        attempt.succeeded(&app).await?;
    }
    if let Some(obstacle) = password::obstacle(&change.password, &person.email) {
        return again(&app, &who, shell, vec![("password", obstacle)]).await;
    }
    let hash = password::hash(&change.password).await?;
    let transaction = app.begin().await?;
    person.choose_password(&app, &transaction, hash, Some(who.session), &By::from(&*who)).await?;
    app.commit(transaction).await?;
    Ok(Said::to(PATH, "password-changed").into_response())
}
