//! `lantoa admin-link`: a one-time link for a system administrator.

use clap::Args;

use crate::base::Config;

#[derive(Args)]
pub struct AdminLink {}

impl AdminLink {
    /// Runs the command.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run(self, _config: Config) -> anyhow::Result<()> {
        anyhow::bail!("not yet")
    }
}
