//! `lantoa search rebuild`: makes this node's search index anew from the database.

use std::io::Write;

use clap::Subcommand;

use crate::base::{Clock, Config};
use crate::capabilities::CAPABILITIES;
use crate::search::following;
use crate::server;
use crate::web::{Lang, Locale};

#[derive(Subcommand)]
pub enum Search {
    /// Make the search index of this node anew. Beside a running server it asks that server to.
    Rebuild,
}

/// The words of the command line are Vietnamese, as those of `lantoa plan`.
const L: Locale = Locale(Lang::Vi);

impl Search {
    /// Runs the command.
    ///
    /// # Errors
    /// The database or the disk failed.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let outcome = following::rebuild(&app).await;
        let busy = outcome.as_ref().err().and_then(|error| error.downcast_ref::<retrieval::Error>());
        let words = match (busy, outcome.as_ref().ok()) {
            (Some(retrieval::Error::Busy), _) => {
                following::want(&app)?;
                L.t("search-rebuild-wanted")
            }
            (_, Some(documents)) => L.t1("search-rebuilt", "n", documents),
            _ => String::new(),
        };
        app.db.close_by_ref().await?;
        if words.is_empty() {
            outcome?;
        }
        writeln!(std::io::stdout(), "{words}")?;
        Ok(())
    }
}
