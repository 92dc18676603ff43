//! `lantoa doctor`: what is missing or misconfigured, and how to mend it.

use std::process::ExitCode;

use clap::Args;

use crate::base::Config;

#[derive(Args)]
pub struct Doctor {}

impl Doctor {
    /// Runs the command.
    ///
    /// # Errors
    /// Standard output can not be written.
    pub async fn run(self, _config: Config) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not yet")
    }
}
