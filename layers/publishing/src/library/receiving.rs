//! Taking bytes as they come: piece by piece into the store, the place reached noted after each. A line that breaks or a server
//! that is killed loses one piece at most. // recorded by finishing

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::storage::Store;
use super::upload::{self, Upload, piece, refused};
use crate::base::{App, new_id};
use crate::web::{Error, Obstacle};

/// So many bytes are kept in memory at most, for each upload that is under way.
pub const PIECE_BYTES: usize = 8 * 1024 * 1024;

/// How far an upload got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub received: i64,
    /// The line broke before the sender was done.
    pub broken: bool,
}

/// What is in hand and not in the store yet.
struct Hand {
    parts: Vec<Bytes>,
    size: usize,
}

impl Upload {
    /// Appends what the sender sends, from the place where it says that it goes on.
    ///
    /// # Errors
    /// [`Error::Stale`] when that is not the place reached, [`Error::Refused`] when more comes than was announced or is taken,
    /// or store or database failed.
    pub async fn append<E>(&self, app: &App, from: i64, body: impl Stream<Item = Result<Bytes, E>>) -> Result<Reached, Error> {
        if from != self.received || self.asset.is_some() {
            return Err(Error::Stale);
        }
        let store = Store::of(app)?;
        let megabytes = app.config.library.file_mb_max;
        let most = i64::try_from(megabytes).unwrap_or(i64::MAX).saturating_mul(1024 * 1024);
        let end = self.size_bytes.unwrap_or(most);
        let mut reached = from;
        let mut hand = Hand { parts: Vec::new(), size: 0 };
        let mut body = std::pin::pin!(body);
        while let Some(part) = body.next().await {
            let Ok(part) = part else {
                // What arrived before the line broke is worth keeping.
                let received = self.keep(app, &store, reached, hand).await?;
                return Ok(Reached { received, broken: true });
            };
            let ahead = i64::try_from(hand.size + part.len()).unwrap_or(i64::MAX);
            if reached.saturating_add(ahead) > end {
                let large = Obstacle::new("library-refused-large").with("n", megabytes);
                let longer = Obstacle::new("library-refused-longer");
                return Err(refused(if self.size_bytes.is_none() { large } else { longer }));
            }
            hand.size += part.len();
            hand.parts.push(part);
            if hand.size >= PIECE_BYTES {
                reached = self.keep(app, &store, reached, hand).await?;
                hand = Hand { parts: Vec::new(), size: 0 };
            }
        }
        Ok(Reached { received: self.keep(app, &store, reached, hand).await?, broken: false })
    }

    /// Puts a piece into the store, then notes it. The one who is later at the same place loses, and leaves nothing.
    async fn keep(&self, app: &App, store: &Store, place: i64, hand: Hand) -> Result<i64, Error> {
        if hand.size == 0 {
            return Ok(place);
        }
        let size_bytes = i64::try_from(hand.size)?;
        let id = new_id();
        store.put(&piece::Model::object(self.id, id), hand.parts).await?;
        let noted = self.note(app, piece::Model { id, upload: self.id, place, size_bytes }).await;
        if noted.is_err() {
            self.clear(store, &[piece::Model { id, upload: self.id, place, size_bytes }]).await;
        }
        noted
    }

    async fn note(&self, app: &App, piece: piece::Model) -> Result<i64, Error> {
        let reached = piece.place + piece.size_bytes;
        let transaction = app.begin().await?;
        let further = upload::ActiveModel { received: Set(reached), touched_at: Set(app.clock.now()), ..Default::default() };
        let moved = upload::Entity::update_many()
            .set(further)
            .filter(upload::Column::Id.eq(self.id))
            .filter(upload::Column::Received.eq(piece.place))
            .filter(upload::Column::Asset.is_null())
            .exec(&transaction)
            .await?;
        if moved.rows_affected == 0 {
            return Err(Error::Stale);
        }
        piece::Entity::insert(piece::ActiveModel::from(piece)).exec_without_returning(&transaction).await?;
        app.commit(transaction).await?;
        Ok(reached)
    }
}
