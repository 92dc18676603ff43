//! `lantoa letters`: takes a letter that asks something, as the mail server hands it over on standard input, or all in a folder (Maildir).

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::mailbox;
use crate::base::{App, Clock, Config};
use crate::capabilities::CAPABILITIES;
use crate::questions::inbound::letters::{self, LETTER_BYTES_MAX, Taken};
use crate::server;
use crate::web::Error;

#[derive(Args)]
pub struct Letters {
    /// A Maildir whose new letters are taken one after the other and moved to `cur`, instead of standard input.
    #[arg(long, value_name = "FOLDER")]
    maildir: Option<PathBuf>,
}

impl Letters {
    /// Runs the command: one line a letter. What asks nothing is ignored, and that is said; it is no failure.
    ///
    /// # Errors
    /// The database or the disk failed: with [`super::bounces::COME_AGAIN`] the mail server keeps the letter and tries again.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let outcome = mailbox::each(self.maildir.as_deref(), LETTER_BYTES_MAX, async |bytes: &[u8]| one(&app, bytes).await).await;
        app.db.close_by_ref().await?;
        outcome
    }
}

async fn one(app: &App, bytes: &[u8]) -> anyhow::Result<()> {
    let words = match letters::take(app, bytes).await {
        Ok(Taken::Asked) => "asked".to_owned(),
        Ok(Taken::Replied) => "replied".to_owned(),
        Ok(Taken::Ignored(cause)) => format!("ignored: {cause}"),
        Err(Error::Internal(error)) => return Err(error),
        Err(error) => anyhow::bail!("{error:?}"),
    };
    writeln!(std::io::stdout(), "{words}")?;
    Ok(())
}
