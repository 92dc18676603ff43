//! The ground that every capability stands on. It knows no capability.

pub mod app;
pub mod capability;
pub mod chore;
pub mod clock;
pub mod config;
pub mod copies;
pub mod database;
pub mod digest;
pub mod fact;
pub mod installation_key;
mod ledger;
mod like;
pub mod mail;
pub mod memory;
pub mod migration;
pub mod outgoing;
pub mod reaction;
pub mod restored;
pub mod seal;
pub mod site;
pub mod sources;
pub mod tally;
pub mod time;
pub mod who;

pub use app::App;
pub use capability::{Capability, Drawing, Nav, Panel, Place, Shelf};
pub use chore::Chore;
pub use clock::Clock;
pub use config::Config;
pub use fact::{By, Fact};
pub use ledger::ledger_migrations;
pub use like::{beginning, containing};
pub use memory::Memory;
pub use migration::{Migration, Step};
pub use tally::Tally;
pub use who::{Grant, Role, Who};

use uuid::Uuid;

/// A new row's id: UUIDv7, so that ids sort by the time they were made.
#[must_use]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
