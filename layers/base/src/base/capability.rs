//! What a capability tells the roof about itself.

use futures_util::future::BoxFuture;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::copies::{Copies, Counts};
use super::sources::Source;
use super::{App, Chore, Migration, Who};
use crate::search::Feed;
use crate::web::{Locale, Obstacle, Result, Routes};

/// One line of the product: `capabilities.rs` lists them in order; an earlier one never calls a later one.
#[derive(Clone, Copy)]
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
    /// What it shows on pages of earlier capabilities: the province's home, an agency's page, the leader's page, a measure's.
    pub panels: &'static [Panel],
    /// What of it waits for a person, said on the first screen of the desk, which an earlier capability draws.
    pub todos: Option<Todos>,
    /// What it offers to do with a thing of an earlier capability, said on that thing's page of the desk.
    pub offers: Option<Offers>,
    /// Where an article stands on it, besides its own page.
    pub copies: Option<Copies>,
    /// What it counted of an article itself.
    pub counts: Option<Counts>,
    /// Why a thing of an earlier capability can not be put away yet.
    pub needs: Option<Needs>,
    /// What of it measures can count.
    pub sources: &'static [Source],
}

/// A thing that is shown on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thing {
    /// E.g. `article`, for one that is out; `measure`.
    pub kind: &'static str,
    pub id: Uuid,
}

/// Asked when the thing's page is made; asks nothing itself.
pub type Offers = fn(&Who, Locale, Thing) -> Option<Offer>;

/// A link to where something can be done with a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub words: String,
    pub href: String,
    pub icon: &'static str,
}

/// What all capabilities offer to do with a thing, in their order.
#[must_use]
pub fn offers(app: &App, who: &Who, l: Locale, thing: Thing) -> Vec<Offer> {
    app.capabilities.iter().filter_map(|capability| capability.offers).filter_map(|ask| ask(who, l, thing)).collect()
}

/// Asked while a thing is put away, in that transaction: what of the capability needs it.
pub type Needs = for<'a> fn(&'a DatabaseTransaction, Thing) -> BoxFuture<'a, Result<Vec<Obstacle>>>;

/// Why a thing can not be put away yet, in the order of the capabilities that need it; empty: none does.
///
/// # Errors
/// The database failed.
pub async fn needs(app: &App, on: &DatabaseTransaction, thing: Thing) -> Result<Vec<Obstacle>> {
    let mut found = Vec::new();
    for ask in app.capabilities.iter().filter_map(|capability| capability.needs) {
        found.extend(ask(on, thing).await?);
    }
    Ok(found)
}

/// Asked when a person opens the desk.
pub type Todos = for<'a> fn(&'a App, &'a Who, Locale) -> BoxFuture<'a, Result<Vec<Todo>>>;

/// Something that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    pub words: String,
    pub href: String,
    /// The mark of the design system's set of states.
    pub state: &'static str,
}

/// What waits for a person in all capabilities that can say so, in their order.
///
/// # Errors
/// The database failed.
pub async fn todos(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let mut found = Vec::new();
    for ask in app.capabilities.iter().filter_map(|capability| capability.todos) {
        found.extend(ask(app, who, l).await?);
    }
    Ok(found)
}

/// Where a panel stands. A panel asks itself first whether it has something for the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The province's home.
    Home,
    /// The page of that agency.
    Agency(Uuid),
    /// The leader's page of the desk, for a plan and a year: pictures of what the capability keeps, for who decides.
    Leader { plan: Uuid, year: i32 },
    /// The page of a measure on the desk, for a year; of an agency, or of all of them.
    Measure { measure: Uuid, year: i32, agency: Option<Uuid> },
}

/// A part of another capability's page. It is asked when the page is made; None where it has nothing to show.
pub struct Panel {
    pub draw: for<'a> fn(&'a App, Locale, Place) -> BoxFuture<'a, Result<Option<Drawing>>>,
}

/// A panel that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The id of its heading, unique among panels.
    pub id: &'static str,
    pub title: String,
    /// Markup that is safe by construction: a template of its capability made it.
    pub html: String,
    /// Where there is more, and how that is called.
    pub more: (String, String),
}

/// What capabilities show at that place, in their order.
///
/// # Errors
/// The database failed.
pub async fn panels(app: &App, l: Locale, place: Place) -> Result<Vec<Drawing>> {
    let mut drawn = Vec::new();
    for panel in app.capabilities.iter().flat_map(|capability| capability.panels) {
        drawn.extend((panel.draw)(app, l, place).await?);
    }
    Ok(drawn)
}

/// Where an entry of the navigation stands: the day's work first, then what is written, how it goes out, what is looked up, and what
/// is administered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    Work,
    Newsroom,
    Spreading,
    Directory,
    Administration,
}

impl Shelf {
    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Work => "nav-shelf-work",
            Self::Newsroom => "nav-shelf-newsroom",
            Self::Spreading => "nav-shelf-spreading",
            Self::Directory => "nav-shelf-directory",
            Self::Administration => "nav-shelf-administration",
        }
    }
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
