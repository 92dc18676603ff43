//! `lantoa restored`: says that the database was restored, where the server can not notice it by itself: when an image of the whole
//! machine, or the whole data folder, was put back.

use std::io::Write;

use clap::Args;

use crate::base::{Clock, Config, restored};
use crate::capabilities::CAPABILITIES;
use crate::server;
use crate::web::{Lang, Locale};

#[derive(Args)]
pub struct Restored {}

/// The words of the command line are Vietnamese, as those of `lantoa plan`.
const L: Locale = Locale(Lang::Vi);

impl Restored {
    /// Runs the command: before the server is started.
    ///
    /// # Errors
    /// The database or the data folder failed.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let outcome = restored::declare(&app).await;
        app.db.close_by_ref().await?;
        outcome?;
        writeln!(std::io::stdout(), "{}", L.t("restored-said"))?;
        Ok(())
    }
}
