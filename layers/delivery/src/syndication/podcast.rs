//! Podcasts: a show is an agency's or one of its section's recordings in the form that podcast programs read (RSS 2.0 with the
//! namespaces of Apple and of Podcasting 2.0). An episode is an article whose lead is a recording; its id is the article's, for ever.

pub mod chapters;
pub mod episode;
pub mod feed;
pub mod feed_format;
pub mod keeping;
pub mod page;

use axum::routing::get;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::App;
use crate::web::{Error, Routes};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_show")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    /// Only what stands in that section.
    pub section: Option<Uuid>,
    #[sea_orm(unique)]
    pub slug: String,
    /// `podcast:guid`: made once of the feed's address (UUIDv5), kept when the address moves.
    pub guid: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    #[sea_orm(column_type = "Text")]
    pub owner_email: String,
    /// One of [`CATEGORIES`].
    pub category: String,
    pub language: String,
    /// An image of the library.
    pub cover: Option<Uuid>,
    /// Anybody finds it.
    pub open: bool,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Show = Model;

/// Categories of Apple's directory that fit what an agency says.
pub const CATEGORIES: [&str; 10] = [
    "Government",
    "News",
    "Education",
    "Science",
    "Technology",
    "Health & Fitness",
    "Society & Culture",
    "Business",
    "Arts",
    "History",
];

/// The namespace of `podcast:guid` (Podcasting 2.0).
const NAMESPACE: Uuid = Uuid::from_u128(0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6);

/// UUIDv5 of a feed's address without scheme and closing slashes.
#[must_use]
pub fn guid(address: &str) -> Uuid {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/');
    let mut context = ring::digest::Context::new(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY);
    context.update(NAMESPACE.as_bytes());
    context.update(bare.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&context.finish().as_ref()[..16]);
    uuid::Builder::from_sha1_bytes(bytes).into_uuid()
}

impl Model {
    /// The show at an address, when anybody may find it.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        let of = Entity::find().filter(Column::Slug.eq(slug)).filter(Column::Open.eq(true));
        of.one(on).await?.ok_or(Error::NotFound)
    }

    /// All shows, or an agency's, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        let mut of = Entity::find();
        if let Some(agency) = agency {
            of = of.filter(Column::Agency.eq(agency));
        }
        let mut all = of.order_by_asc(Column::Id).all(on).await?;
        all.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
        Ok(all)
    }

    /// Where people hear it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/podcast/{}", self.slug)
    }

    /// Where programs read it.
    #[must_use]
    pub fn feed(&self, app: &App) -> String {
        format!("{}{}/rss.xml", app.config.public_url(), self.public_path())
    }

    /// Where the desk keeps it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/syndication/podcasts/{id}")
    }
}

/// The public addresses.
pub fn routes() -> Routes {
    Routes::new()
        .at("/podcast", get(page::list))
        .at("/podcast/{slug}", get(page::show))
        .at("/podcast/{slug}/rss.xml", get(feed::show))
        .at("/podcast/{slug}/{article}/loi.txt", get(feed::transcript))
        .at("/podcast/{slug}/{article}/chuong.json", get(feed::chapters))
}

#[cfg(test)]
mod unit {
    use super::guid;

    /// The example of the namespace's documentation.
    #[test]
    fn a_guid_is_made_as_the_namespace_says() {
        assert_eq!(guid("https://mp3s.nashownotes.com/pc20rss.xml").to_string(), "917393e3-1b1e-5cef-ace4-edaa54e1f810");
        assert_eq!(guid("podnews.net/rss"), guid("https://podnews.net/rss/"));
    }
}
