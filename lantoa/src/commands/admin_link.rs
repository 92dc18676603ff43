//! `lantoa admin-link`: a one-time link for a system administrator.

use std::io::Write;

use clap::Args;

use crate::base::{Clock, Config};
use crate::capabilities::CAPABILITIES;
use crate::people::invitation::administrator;
use crate::server;

#[derive(Args)]
pub struct AdminLink {}

impl AdminLink {
    /// Prints a link with which a new administrator, or a known one who is locked out, sets a password.
    /// Works beside a running server; links made before end.
    ///
    /// # Errors
    /// The database failed, or standard output can not be written.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let link = administrator::administrator_link(&app).await?;
        writeln!(std::io::stdout(), "{}", administrator::in_words(&link))?;
        app.db.close_by_ref().await?;
        Ok(())
    }
}
