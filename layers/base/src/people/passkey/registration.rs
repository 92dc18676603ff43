//! A device is given a passkey.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use webauthn_rs::prelude::{CreationChallengeResponse, PasskeyRegistration, RegisterPublicKeyCredential};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::{ActiveModel, Entity, Model, label_of, relying_party};
use crate::base::{App, Fact, new_id};
use crate::people::Person;
use crate::people::ceremony::{Ceremony, Kind};
use crate::web::{Error, Result};

impl Model {
    /// What the browser is asked for, and the cookie line that binds the answer to it.
    ///
    /// # Errors
    /// Passkeys do not work at this address, or the database failed.
    pub async fn begin_registration(app: &App, person: &Person) -> Result<(CreationChallengeResponse, String)> {
        let known = Self::of(&app.db, person.id).await?;
        let known = known.iter().map(|passkey| Ok(passkey.credential()?.cred_id().clone())).collect::<Result<Vec<_>>>()?;
        let (mut options, state) =
            relying_party(app)?.start_passkey_registration(person.id, &person.email, &person.name, Some(known))?;
        if let Some(wish) = &mut options.public_key.authenticator_selection {
            // Kept in the device with the account's name, so that signing in needs no e-mail; where the device has
            // no room for that, the e-mail leads to it.
            wish.resident_key = Some(ResidentKeyRequirement::Preferred);
        }
        let cookie = Ceremony::begin(app, Kind::PasskeyRegistration, Some(person.id), &state).await?;
        Ok((options, cookie))
    }

    /// Takes the browser's answer in.
    ///
    /// # Errors
    /// [`Error::Refused`] when the ceremony is over or the answer does not hold; or the database failed.
    pub async fn finish_registration(app: &App, person: &Person, headers: &HeaderMap, answer: &str, label: &str) -> Result<()> {
        let ceremony = Ceremony::take(app, Kind::PasskeyRegistration, headers).await?;
        let ceremony = ceremony.filter(|ceremony| ceremony.person == Some(person.id));
        let ceremony = ceremony.ok_or_else(|| Error::refused("passkey-took-too-long"))?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| Error::refused("passkey-not-made"))?;
        let state: PasskeyRegistration = ceremony.state()?;
        let credential = relying_party(app)?.finish_passkey_registration(&answer, &state).map_err(|error| {
            tracing::warn!(%error, person = %person.id, "a new passkey does not hold");
            Error::refused("passkey-not-made")
        })?;
        let label = label_of(label);
        let row = ActiveModel {
            id: Set(new_id()),
            person: Set(person.id),
            label: Set(label.clone()),
            credential_id: Set(URL_SAFE_NO_PAD.encode(credential.cred_id())),
            credential: Set(serde_json::to_string(&credential)?),
            created_at: Set(app.clock.now()),
            used_at: Set(None),
        };
        let transaction = app.begin().await?;
        Entity::insert(row).exec_without_returning(&transaction).await?;
        app.record(&transaction, person.id, Fact::PasskeyAdded { label }, &person.themselves()).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
