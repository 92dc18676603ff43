//! What a capability tells the roof about itself.

use super::{Chore, Migration, Who};
use crate::search::Feed;
use crate::web::Routes;

/// One line of the product: `capabilities.rs` lists them in order; an earlier one never calls a later one.
pub struct Capability {
    /// Folder name and English plural, e.g. `plans`.
    pub name: &'static str,
    /// What a clerk calls it.
    pub vietnamese: &'static str,
    pub routes: fn() -> Routes,
    pub migrations: fn() -> Vec<Migration>,
    pub chores: fn() -> Vec<Chore>,
    /// Entries of the desk's navigation.
    pub nav: &'static [Nav],
    /// What of it the public can find.
    pub feeds: &'static [Feed],
}

/// Where an entry of the navigation stands: the day's work goes before what is looked up, and that before what is administered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    Work,
    Directory,
    Administration,
}

/// One entry of the desk's navigation.
pub struct Nav {
    pub shelf: Shelf,
    pub href: &'static str,
    /// Fluent key of the label.
    pub key: &'static str,
    pub icon: &'static str,
    /// Who sees it.
    pub seen_by: fn(&Who) -> bool,
}
