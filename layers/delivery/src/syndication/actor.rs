//! An actor: an agency, or the province, as servers of the Fediverse know it. Its name is its identity there, and is never changed;
//! its private key is sealed.

pub mod keeping;

use std::sync::Arc;

use platforms::Secret;
use platforms::activitypub::{self, Key};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::rights::{self, PROVINCE};
use crate::base::installation_key::InstallationKey;
use crate::base::{App, Who};
use crate::people::agency::brief::Known;
use crate::web::Error;

/// Whether it is there for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    On,
    /// Answers nobody and tells nobody; who followed still does when it is switched on again.
    Off,
}

/// How an article is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Form {
    /// Title, summary and a link: what Mastodon shows whole.
    #[default]
    Note,
    /// The whole text; Mastodon shows its title and a link, readers of long texts show all.
    Article,
}

impl Form {
    /// The word in forms.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("syndication-form-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_actor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency, or [`PROVINCE`].
    #[sea_orm(unique)]
    pub scope: Uuid,
    /// The name before the `@`.
    #[sea_orm(unique)]
    pub username: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Plain words about it.
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub form: Form,
    /// Base64 of PKCS #8, encrypted with the installation's key.
    #[sea_orm(column_type = "Text")]
    pub private_key: String,
    #[sea_orm(column_type = "Text")]
    pub public_pem: String,
    pub state: State,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Actor = Model;

impl Model {
    /// The actor of an agency, or of the province.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, scope: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Scope.eq(scope)).one(on).await
    }

    /// The actor of that name, when it is switched on.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn named(on: &impl ConnectionTrait, username: &str) -> Result<Self, Error> {
        let named = Entity::find().filter(Column::Username.eq(username)).filter(Column::State.eq(State::On));
        named.one(on).await?.ok_or(Error::NotFound)
    }

    /// All actors, the province's first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let mut all = Entity::find().order_by_asc(Column::Username).all(on).await?;
        all.sort_by_key(|one| one.scope != PROVINCE);
        Ok(all)
    }

    /// Refuses who may not look; to them it is not there.
    ///
    /// # Errors
    /// [`Error::Hidden`].
    pub fn shown_to(who: &Who, scope: Uuid) -> Result<(), Error> {
        if rights::sees(who, scope) { Ok(()) } else { Err(Error::Hidden(scope)) }
    }

    #[must_use]
    pub fn is_on(&self) -> bool {
        self.state == State::On
    }

    /// Its address, which is its id for others.
    #[must_use]
    pub fn iri(&self, app: &App) -> String {
        iri(app, &self.username)
    }

    /// `@so_y_te@lantoa.tinh.gov.vn`
    #[must_use]
    pub fn handle(&self, app: &App) -> String {
        format!("@{}@{}", self.username, host(app))
    }

    /// Where people read what it publishes.
    #[must_use]
    pub fn url(&self, app: &App, known: &Known) -> String {
        let path = known.get(&self.scope).map_or_else(|| "/tin-tuc".to_owned(), |body| format!("{}/tin-tuc", body.public_path()));
        format!("{}{path}", app.config.public_url())
    }

    /// It as the protocol has it.
    #[must_use]
    pub fn described(&self, app: &App, known: &Known) -> activitypub::Actor {
        let (origin, iri, site) = (app.config.public_url(), self.iri(app), app.site());
        let url = self.url(app, known);
        let link = |address: &str| {
            format!("<a href=\"{0}\" rel=\"me noopener noreferrer\">{0}</a>", crate::news::markup::escaped(address))
        };
        let mut fields = vec![("Web".to_owned(), link(&url))];
        if !site.owner.is_empty() {
            fields.push(("Chủ quản".to_owned(), crate::news::markup::escaped(&site.owner)));
        }
        if !site.responsible.is_empty() {
            fields.push(("Chịu trách nhiệm".to_owned(), crate::news::markup::escaped(&site.responsible)));
        }
        activitypub::Actor {
            username: self.username.clone(),
            name: self.name.clone(),
            summary: format!("<p>{}</p>", crate::news::markup::escaped(&self.summary)),
            url,
            inbox: format!("{iri}/inbox"),
            outbox: format!("{iri}/outbox"),
            followers: format!("{iri}/followers"),
            shared_inbox: format!("{origin}/ap/inbox"),
            icon: Some((format!("{origin}{}", crate::web::assets::address("icon-512.png")), "image/png".to_owned())),
            fields,
            since_s: self.made_at.timestamp(),
            public_pem: self.public_pem.clone(),
            id: iri,
        }
    }

    /// The key that it signs with, opened once and kept in memory.
    ///
    /// # Errors
    /// The installation's key does not open it.
    pub fn key(&self, app: &App) -> anyhow::Result<Arc<Key>> {
        let place = format!("syndication-key-{}-{}", self.id, crate::base::digest::sha256(self.private_key.as_bytes()));
        if let Some(key) = app.memory.recall::<Key>(&place) {
            return Ok(key);
        }
        let opened = InstallationKey::of(app)?.decrypt(self.id, &self.private_key)?;
        Ok(app.memory.keep(&place, Key::kept(&Secret::from(opened))?))
    }

    /// Where the desk keeps it.
    #[must_use]
    pub fn desk_path(scope: Uuid) -> String {
        format!("/desk/syndication/{scope}")
    }
}

/// The address of an actor by its name.
#[must_use]
pub fn iri(app: &App, username: &str) -> String {
    format!("{}/ap/{username}", app.config.public_url())
}

/// The host by which others know us, with its port where there is one.
#[must_use]
pub fn host(app: &App) -> String {
    let origin = app.config.public_url();
    origin.split_once("://").map_or(origin.as_str(), |(_, host)| host).to_owned()
}
