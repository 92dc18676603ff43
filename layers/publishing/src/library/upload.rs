//! A file on its way, piece by piece: how far it got is known after every piece, on every node. // recorded by finishing

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::storage::Store;
use crate::base::{App, Who, new_id};
use crate::web::{Error, Obstacle};

const NAME_LETTERS_MAX: usize = 200;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "library_upload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who brings it, and alone may go on.
    pub person: Uuid,
    pub agency: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// As announced; None for a plain form, which says nothing beforehand.
    pub size_bytes: Option<i64>,
    /// As announced, hexadecimal.
    pub sha256: Option<String>,
    pub received: i64,
    /// What came of it.
    pub asset: Option<Uuid>,
    pub begun_at: DateTimeUtc,
    pub touched_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Upload = Model;

pub mod piece {
    //! A part of a file on its way. // recorded by finishing

    use sea_orm::QueryOrder;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "library_piece")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub upload: Uuid,
        /// Bytes before it.
        pub place: i64,
        pub size_bytes: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Where its bytes lie in the store.
        #[must_use]
        pub fn object(upload: Uuid, piece: Uuid) -> String {
            format!("incoming/{upload}/{piece}")
        }

        /// The pieces of an upload in their order.
        ///
        /// # Errors
        /// The database failed.
        pub async fn of(on: &impl ConnectionTrait, upload: Uuid) -> Result<Vec<Self>, DbErr> {
            Entity::find().filter(Column::Upload.eq(upload)).order_by_asc(Column::Place).all(on).await
        }
    }
}

/// What a browser announces.
#[derive(Clone, Debug, Default)]
pub struct Announced {
    pub name: String,
    pub size_bytes: i64,
    pub sha256: String,
}

impl Announced {
    /// Why it is not taken.
    ///
    /// # Errors
    /// [`Error::Refused`]
    pub fn check(&self, app: &App) -> Result<(), Error> {
        let megabytes = app.config.library.file_mb_max;
        let most = i64::try_from(megabytes).unwrap_or(i64::MAX).saturating_mul(1024 * 1024);
        if self.size_bytes <= 0 {
            return Err(refused(Obstacle::new("library-refused-empty")));
        }
        if self.size_bytes > most {
            return Err(refused(Obstacle::new("library-refused-large").with("n", megabytes)));
        }
        let hash = self.sha256.len() == 64 && self.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if hash { Ok(()) } else { Err(Error::bad("failure-bad-request")) }
    }
}

/// A refusal that stands beside the file field.
#[must_use]
pub fn refused(obstacle: Obstacle) -> Error {
    Error::Refused(vec![obstacle.at("file")])
}

/// The file's name as it may be shown: the last part of a path, without controls and marks that turn text around.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless = |letter: &char| {
        !letter.is_control() && !matches!(letter, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = vietnamese::normalise(last).chars().filter(harmless).take(NAME_LETTERS_MAX).collect();
    name.trim().to_owned()
}

impl Model {
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/library/uploads/{id}")
    }

    /// Begins one, or finds the one that the same person left off with the same file.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin(app: &App, who: &Who, agency: Uuid, announced: Option<&Announced>, name: &str) -> Result<Self, Error> {
        if let Some(announced) = announced {
            let same = Entity::find()
                .filter(Column::Person.eq(who.person))
                .filter(Column::Agency.eq(agency))
                .filter(Column::Sha256.eq(&announced.sha256))
                .filter(Column::SizeBytes.eq(announced.size_bytes))
                .filter(Column::Asset.is_null());
            if let Some(left_off) = same.order_by_desc(Column::TouchedAt).one(&app.db).await? {
                return Ok(left_off);
            }
        }
        let now = app.clock.now();
        let upload = Self {
            id: new_id(),
            person: who.person,
            agency,
            name: plain_name(name),
            size_bytes: announced.map(|announced| announced.size_bytes),
            sha256: announced.map(|announced| announced.sha256.clone()),
            received: 0,
            asset: None,
            begun_at: now,
            touched_at: now,
        };
        Entity::insert(ActiveModel::from(upload.clone())).exec_without_returning(&app.db).await?;
        Ok(upload)
    }

    /// The upload, for who brings it.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let upload = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if upload.person == who.person { Ok(upload) } else { Err(Error::Hidden(id)) }
    }

    /// Notes what came of it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn becomes(&self, on: &impl ConnectionTrait, asset: Uuid) -> Result<(), DbErr> {
        let done = ActiveModel { asset: Set(Some(asset)), ..Default::default() };
        Entity::update_many().set(done).filter(Column::Id.eq(self.id)).exec(on).await.map(|_| ())
    }

    /// Forgets the pieces: the rows in the transaction given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn drop_pieces(&self, on: &impl ConnectionTrait) -> Result<Vec<piece::Model>, DbErr> {
        let pieces = piece::Model::of(on, self.id).await?;
        piece::Entity::delete_many().filter(piece::Column::Upload.eq(self.id)).exec(on).await?;
        Ok(pieces)
    }

    /// Forgets it with its pieces.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(&self, on: &impl ConnectionTrait) -> Result<Vec<piece::Model>, DbErr> {
        let pieces = self.drop_pieces(on).await?;
        Entity::delete_by_id(self.id).exec(on).await?;
        Ok(pieces)
    }

    /// Takes the bytes of pieces that were forgotten out of the store. What fails is found again by a chore.
    pub async fn clear(&self, store: &Store, pieces: &[piece::Model]) {
        for piece in pieces {
            if let Err(error) = store.delete(&piece::Model::object(self.id, piece.id)).await {
                tracing::warn!(%error, upload = %self.id, "a piece could not be cleared away; a chore will");
            }
        }
    }
}
