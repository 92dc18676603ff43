//! Passkeys (WebAuthn Level 3): a key in the person's device that opens with a finger, a face or a PIN. It takes
//! the place of password and second step together, and can not be given away to a false page.

pub mod registration;
pub mod sign_in;

use anyhow::Context;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use webauthn_rs::prelude::{Passkey as Credential, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::Person;
use crate::base::{App, By, Fact};
use crate::web::{Error, Result};

const LABEL_LETTERS_MAX: usize = 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    /// What the person calls it, e.g. `Điện thoại của tôi`.
    pub label: String,
    /// base64url.
    #[sea_orm(unique)]
    pub credential_id: String,
    /// `webauthn_rs::Passkey` as JSON: public key, counter, flags.
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    pub created_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Passkey = Model;

/// The relying party that this installation is: bound to the host of the public address.
///
/// # Errors
/// The public address has no host name: browsers give passkeys to names only, not to IP addresses.
pub fn relying_party(app: &App) -> anyhow::Result<Webauthn> {
    let origin = Url::parse(&app.config.public_url()).context("LANTOA_PUBLIC_URL is not an address")?;
    let host = origin.domain().context("LANTOA_PUBLIC_URL has no host name; passkeys need one")?.to_owned();
    let builder = WebauthnBuilder::new(&host, &origin).context("LANTOA_PUBLIC_URL does not serve passkeys")?;
    Ok(builder.rp_name("Lan Tỏa").build()?)
}

/// Whether browsers offer passkeys here: by HTTPS, or on this very machine.
#[must_use]
pub fn are_offered(app: &App) -> bool {
    let local = Url::parse(&app.config.public_url()).is_ok_and(|url| url.domain() == Some("localhost"));
    (app.config.is_https() || local) && relying_party(app).is_ok()
}

impl Model {
    /// The passkeys of a person, the oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Person.eq(person)).order_by_asc(Column::CreatedAt).all(on).await
    }

    /// One of the person's own.
    ///
    /// # Errors
    /// [`Error::Hidden`] when it is another's, [`Error::NotFound`], or the database failed.
    pub async fn find_own(on: &impl ConnectionTrait, person: Uuid, id: Uuid) -> Result<Self> {
        let found = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        if found.person == person { Ok(found) } else { Err(Error::Hidden(found.person)) }
    }

    fn credential(&self) -> Result<Credential> {
        Ok(serde_json::from_str(&self.credential)?)
    }

    /// Calls it something else.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rename(self, app: &App, person: &Person, label: &str) -> Result<()> {
        let label = label_of(label);
        let transaction = app.begin().await?;
        let fact = Fact::PasskeyRenamed { from: self.label.clone(), to: label.clone() };
        ActiveModel { label: Set(label), ..self.into() }.update(&transaction).await?;
        app.record(&transaction, person.id, fact, &person.themselves()).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// It opens nothing from now on.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remove(self, app: &App, by: &By) -> Result<()> {
        let transaction = app.begin().await?;
        let fact = Fact::PasskeyRemoved { label: self.label.clone() };
        if Entity::delete_by_id(self.id).exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.person, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

fn label_of(text: &str) -> String {
    let label: String = super::person::normal_name(text).chars().take(LABEL_LETTERS_MAX).collect();
    if label.is_empty() { "Passkey".into() } else { label }
}
