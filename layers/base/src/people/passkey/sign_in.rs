//! A passkey opens the desk.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use webauthn_rs::fake::{FakePasskeyDistribution, WebauthnFakeCredentialGenerator};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, PasskeyAuthentication, PublicKeyCredential, RequestChallengeResponse,
};
use webauthn_rs_proto::AllowCredentials;

use super::{ActiveModel, Column, Entity, Model, relying_party};
use crate::base::App;
use crate::base::installation_key::InstallationKey;
use crate::people::Person;
use crate::people::ceremony::{Ceremony, Kind};
use crate::web::Result;

/// What the ceremony remembers.
#[derive(Serialize, Deserialize)]
enum State {
    /// The device says whose passkey it is.
    Any(DiscoverableAuthentication),
    /// The passkeys of one person were asked for.
    Of(PasskeyAuthentication),
}

/// Why a passkey does not open the desk; the person behind it where that is known.
#[derive(Debug)]
pub enum Refusal {
    /// The ceremony is over, or belongs to another browser.
    Late,
    /// The passkey is none of ours (any more), or its answer does not hold.
    Wrong(Option<Person>),
}

impl Model {
    /// What the browser is asked for, and the cookie line that binds the answer to it. With an e-mail, the
    /// passkeys of that account are asked for. An account that has none, or does not exist, gets ids made up
    /// from the e-mail, always the same: so nobody learns who has an account (WebAuthn Level 3, section 14.6.2).
    ///
    /// # Errors
    /// Passkeys do not work at this address, or the key or the database failed.
    pub async fn begin_sign_in(app: &App, email: &str) -> Result<(RequestChallengeResponse, String)> {
        let party = relying_party(app)?;
        let person = if email.is_empty() { None } else { Person::find_by_email(&app.db, email).await? };
        let known = match &person {
            Some(person) => Self::of(&app.db, person.id).await?,
            None => Vec::new(),
        };
        let (mut options, state) = if known.is_empty() {
            let (options, state) = party.start_discoverable_authentication()?;
            (options, State::Any(state))
        } else {
            let credentials = known.iter().map(Self::credential).collect::<Result<Vec<_>>>()?;
            let (options, state) = party.start_passkey_authentication(&credentials)?;
            (options, State::Of(state))
        };
        if !email.is_empty() && known.is_empty() {
            options.public_key.allow_credentials = made_up(app, email)?;
        }
        // Nothing else tells the two apart either.
        options.mediation = None;
        options.public_key.extensions = None;
        options.public_key.allow_credentials.iter_mut().for_each(|allowed| allowed.transports = None);
        let cookie = Ceremony::begin(app, Kind::PasskeySignIn, None, &state).await?;
        Ok((options, cookie))
    }

    /// The person whose passkey answered. Its counter is kept: a copy of it would show.
    ///
    /// # Errors
    /// The database failed; a passkey that does not open is the inner error.
    pub async fn finish_sign_in(app: &App, headers: &HeaderMap, answer: &str) -> Result<Result<Person, Refusal>> {
        let Some(ceremony) = Ceremony::take(app, Kind::PasskeySignIn, headers).await? else { return Ok(Err(Refusal::Late)) };
        let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else { return Ok(Err(Refusal::Wrong(None))) };
        let id = URL_SAFE_NO_PAD.encode(answer.raw_id.as_slice());
        let Some(passkey) = Entity::find().filter(Column::CredentialId.eq(id)).one(&app.db).await? else {
            return Ok(Err(Refusal::Wrong(None)));
        };
        let person = Person::find(&app.db, passkey.person).await?;
        let result = match passkey.checked(app, ceremony.state()?, &answer) {
            Ok(result) if !person.is_disabled() => result,
            Ok(_) => return Ok(Err(Refusal::Wrong(Some(person)))),
            Err(error) => {
                tracing::warn!(%error, person = %person.id, "a passkey does not hold");
                return Ok(Err(Refusal::Wrong(Some(person))));
            }
        };
        passkey.used(app, &result).await?;
        Ok(Ok(person))
    }

    fn checked(&self, app: &App, state: State, answer: &PublicKeyCredential) -> anyhow::Result<AuthenticationResult> {
        let party = relying_party(app)?;
        Ok(match state {
            State::Of(state) => party.finish_passkey_authentication(answer, &state)?,
            State::Any(state) => {
                // The device names the account; a passkey of one account never opens another.
                let (whose, _) = party.identify_discoverable_authentication(answer)?;
                anyhow::ensure!(whose == self.person, "the device names another account");
                let credential: webauthn_rs::prelude::Passkey = serde_json::from_str(&self.credential)?;
                party.finish_discoverable_authentication_v2(answer, state, &credential)?
            }
        })
    }

    // recorded by session::Model::begin, which follows
    async fn used(self, app: &App, result: &AuthenticationResult) -> Result<()> {
        let mut credential = self.credential()?;
        credential.update_credential(result);
        let row = ActiveModel {
            credential: Set(serde_json::to_string(&credential)?),
            used_at: Set(Some(app.clock.now())),
            ..self.into()
        };
        row.update(&app.db).await?;
        Ok(())
    }
}

fn made_up(app: &App, email: &str) -> Result<Vec<AllowCredentials>> {
    let key = InstallationKey::of(app)?.derive("made-up passkeys", "");
    let made_up = WebauthnFakeCredentialGenerator::<FakePasskeyDistribution>::new(&key)?;
    let ids = made_up.generate(crate::people::person::normal_email(email).as_bytes())?;
    Ok(ids.into_iter().map(|id| AllowCredentials { type_: "public-key".into(), id, transports: None }).collect())
}
