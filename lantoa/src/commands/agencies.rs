//! `lantoa agencies import|export FILE`.

use std::path::PathBuf;

use clap::Subcommand;

use crate::base::Config;

#[derive(Subcommand)]
pub enum Agencies {
    /// Write all agencies as CSV or XLSX, by the file's ending.
    Export { file: PathBuf },
    /// Read agencies from CSV or XLSX; boundaries from GeoJSON.
    Import { file: PathBuf },
}

impl Agencies {
    /// Runs the command.
    ///
    /// # Errors
    /// The file or the database failed.
    pub async fn run(self, _config: Config) -> anyhow::Result<()> {
        anyhow::bail!("not yet")
    }
}
