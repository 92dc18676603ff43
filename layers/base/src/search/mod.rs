//! Search: the index that every capability feeds. Each node keeps a replica in its data folder that follows the ledger; it is
//! safe to lose, and holds nothing that the public may not read.
//!
//! ```text
//!   a fact ──touches──► what it is about ──is it public now?──► its documents, or their removal ──► the replica
//! ```
//!
//! A capability offers a [`Feed`]: which facts change what can be found of it, and what is public of a subject as of now. The
//! follower ([`following`]) asks that again after each such fact, so that a draft can not be left in the index by a path that
//! nobody thought of.

pub mod api;
pub mod asking;
pub mod feed;
pub mod following;
pub mod page;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::routing::get;
use retrieval::Index;

pub use feed::{Feed, Public, Touch};

use crate::web::Routes;

/// The addresses.
pub fn routes() -> Routes {
    Routes::new().at("/tim-kiem", get(page::show)).at("/tim-kiem/goi-y", get(page::suggest)).api(api::routes())
}

/// How far the replica is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Not opened yet.
    #[default]
    Closed,
    /// Being made anew; so many documents are in.
    Building(usize),
    /// Follows the ledger.
    Following,
}

/// A node's replica.
#[derive(Default)]
pub struct Search {
    index: OnceLock<Arc<Index>>,
    standing: Mutex<Standing>,
    follower: tokio::sync::Mutex<following::Follower>,
}

impl Search {
    /// The folder of the replica.
    #[must_use]
    pub fn folder(data: &Path) -> PathBuf {
        data.join("search")
    }

    /// The replica, when it is open.
    #[must_use]
    pub fn index(&self) -> Option<Arc<Index>> {
        self.index.get().cloned()
    }

    /// How far it is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stands(&self, standing: Standing) {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = standing;
    }
}
