//! The pair of keys by which push services know this installation (VAPID, RFC 8292): made once, for who subscribed with the public one
//! is reached with the private one only. The private one lies encrypted with the installation's key.

use platforms::Secret;
use platforms::webpush::Keys;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact, new_id};

/// The one there is.
const NAME: &str = "vapid";

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "push_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub public: String,
    /// Encrypted.
    #[sea_orm(column_type = "Text")]
    pub private: String,
    pub made_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The keys; made at the first call.
///
/// # Errors
/// The installation's key does not open them, or the database failed.
pub async fn of(app: &App) -> anyhow::Result<Keys> {
    let row = match kept(app).await? {
        Some(row) => row,
        None => {
            make(app).await?;
            kept(app).await?.ok_or_else(|| anyhow::anyhow!("the keys were made and are not there"))?
        }
    };
    let private = InstallationKey::of(app)?.decrypt(row.id, &row.private)?;
    Ok(Keys::kept(&Secret::from(private), &contact(app))?)
}

async fn kept(app: &App) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Name.eq(NAME)).one(&app.db).await
}

async fn make(app: &App) -> anyhow::Result<()> {
    let keys = Keys::generate(&contact(app))?;
    let id = new_id();
    let row = ActiveModel {
        id: Set(id),
        name: Set(NAME.into()),
        public: Set(keys.public()),
        private: Set(InstallationKey::of(app)?.encrypt(id, keys.private().reveal())?),
        made_at: Set(app.clock.now()),
    };
    let transaction = app.begin().await?;
    let once = OnConflict::column(Column::Name).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? > 0 {
        app.record(&transaction, id, Fact::PushKeyMade, &By::system()).await?;
        app.commit(transaction).await?;
    }
    Ok(())
}

/// Where a push service may complain: the site's mailbox, or its address.
fn contact(app: &App) -> String {
    let email = app.site().email;
    if email.contains('@') { format!("mailto:{email}") } else { format!("https://{}", host(&app.config.public_url())) }
}

fn host(address: &str) -> &str {
    address.split("://").nth(1).unwrap_or(address).trim_end_matches('/')
}
