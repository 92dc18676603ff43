//! Where an article stands besides its own page, and what came of it there. Each capability that carries articles outwards says so of
//! its own rows (`Capability::copies`, `Capability::counts`); whoever wants to know asks all of them and knows none.

use futures_util::future::BoxFuture;
use sea_orm::prelude::DateTimeUtc;
use uuid::Uuid;

use super::App;
use crate::web::Result;

/// Asked with the id of an article.
pub type Copies = for<'a> fn(&'a App, Uuid) -> BoxFuture<'a, Result<Vec<Copy>>>;

/// One copy, or one mailing to many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Which row of the capability it is.
    pub id: Uuid,
    /// Of which channel, e.g. `facebook`, `newsletter`, `loudspeaker`; the Fluent key of its name is `copy-channel-` and this.
    pub channel: &'static str,
    /// Whose it is.
    pub agency: Uuid,
    /// How the place is called: a page, a cluster, an issue of a newsletter.
    pub place: String,
    /// Its page of the desk, where something can be done with it.
    pub href: String,
    /// Where the public sees it: http or https.
    pub address: Option<String>,
    /// To how many it went, where that is known.
    pub recipients: Option<u64>,
    pub stand: Stand,
    /// Since when it stands so.
    pub since: DateTimeUtc,
    /// What shows it, in the words of the platform or the device.
    pub proof: String,
}

/// Where a copy stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// Not out yet, and meant to go out.
    Waiting,
    /// Out, as it was first.
    Out,
    /// Out, and somebody wants it edited or retracted; it is not yet.
    Wanted,
    /// Nobody knows whether it is out.
    Unknown,
    Edited,
    Retracted,
    /// Out, and can not be taken back, such as a letter; a correction was sent after it, or aired again.
    Followed,
    /// Out, and can not be taken back.
    Final,
    /// A person decided, with a reason, that it may stay.
    Stays,
    /// It never got out.
    Stopped,
}

impl Stand {
    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "copy-stand-waiting",
            Self::Out => "copy-stand-out",
            Self::Wanted => "copy-stand-wanted",
            Self::Unknown => "copy-stand-unknown",
            Self::Edited => "copy-stand-edited",
            Self::Retracted => "copy-stand-retracted",
            Self::Followed => "copy-stand-followed",
            Self::Final => "copy-stand-final",
            Self::Stays => "copy-stand-stays",
            Self::Stopped => "copy-stand-stopped",
        }
    }
}

/// All copies of an article, in the order of the capabilities.
///
/// # Errors
/// The database failed.
pub async fn copies(app: &App, article: Uuid) -> Result<Vec<Copy>> {
    let mut found = Vec::new();
    for ask in app.capabilities.iter().filter_map(|capability| capability.copies) {
        found.extend(ask(app, article).await?);
    }
    Ok(found)
}

/// Asked with the id of an article.
pub type Counts = for<'a> fn(&'a App, Uuid) -> BoxFuture<'a, Result<Vec<Count>>>;

/// What a capability counted itself of one article: letters that a mailbox took, clusters that played it, views of its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// As in [`Copy::channel`].
    pub channel: &'static str,
    pub agency: Uuid,
    /// As in [`Copy::place`].
    pub place: String,
    /// E.g. `views`, `delivered`, `played`; the Fluent key of its name is `metric-` and this.
    pub metric: &'static str,
    /// None: not known, which is not zero.
    pub value: Option<u64>,
    /// Which definition it was counted by, e.g. `letters-1`.
    pub definition: &'static str,
    /// Whether the value counts people at most once each, so that it can bound the reach from below.
    pub distinct: bool,
    pub at: DateTimeUtc,
    pub href: String,
}

/// What all capabilities counted of an article themselves.
///
/// # Errors
/// The database failed.
pub async fn counts(app: &App, article: Uuid) -> Result<Vec<Count>> {
    let mut found = Vec::new();
    for ask in app.capabilities.iter().filter_map(|capability| capability.counts) {
        found.extend(ask(app, article).await?);
    }
    Ok(found)
}
