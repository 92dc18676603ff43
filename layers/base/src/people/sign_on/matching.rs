//! Which account here the provider's claims mean.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::Failure;
use crate::base::App;
use crate::base::config::OidcProvider;
use crate::people::identity::Identity;
use crate::people::{Person, person};
use crate::web::Result;

/// The provider's lasting name for the person.
#[must_use]
pub fn subject(claims: &Value) -> String {
    text(claims, "sub").unwrap_or_default()
}

/// The account of who came back: by the link made before, else by the claim set up for the provider; that makes the
/// link, so that a later change of the claim changes nobody's account.
///
/// # Errors
/// The database failed; an account that can not be found or opened is the inner error.
pub async fn account(app: &App, provider: &OidcProvider, claims: &Value) -> Result<Result<Person, Failure>> {
    let subject = subject(claims);
    if let Some(linked) = Identity::find(&app.db, &provider.id, &subject).await? {
        let person = Person::find(&app.db, linked.person).await?;
        return Ok(if person.is_disabled() { Err(Failure::Disabled) } else { Ok(person) });
    }
    let Some(known_as) = text(claims, &provider.match_claim) else {
        return Ok(Err(Failure::Claim(provider.match_claim.clone())));
    };
    let found = if provider.match_claim == "email" {
        if claims.get("email_verified") == Some(&Value::Bool(false)) {
            return Ok(Err(Failure::Unverified(known_as)));
        }
        Person::find_by_email(&app.db, &known_as).await?
    } else {
        person::Entity::find().filter(person::Column::Identifier.eq(&known_as)).one(&app.db).await?
    };
    let Some(person) = found else { return Ok(Err(Failure::Unknown(known_as))) };
    if person.is_disabled() {
        return Ok(Err(Failure::Disabled));
    }
    Identity::link(app, &person, &provider.id, &subject).await?;
    Ok(Ok(person))
}

fn text(claims: &Value, name: &str) -> Option<String> {
    let text = match claims.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
