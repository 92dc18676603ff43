//! `lantoa bounces`: takes a report that the mail server hands over on standard input, or all in a folder (Maildir), and marks the letters.

#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::mailbox;
use crate::base::{App, Clock, Config};
use crate::capabilities::CAPABILITIES;
use crate::newsletters::bounces::{self, REPORT_BYTES_MAX, Taken};
use crate::server;
use crate::web::Error;

/// What the command ends with when it failed: EX_TEMPFAIL of sysexits.h. Any other makes a mail server (pipe(8) of Postfix, the pipe of
/// Exim) give the report up, and the letter counts as delivered for ever.
pub const COME_AGAIN: u8 = 75;

#[derive(Args)]
pub struct Bounces {
    /// Where the report was sent to: the envelope's recipient, e.g. ${original_recipient} of Postfix.
    #[arg(long, value_name = "ADDRESS")]
    recipient: Option<String>,
    /// A Maildir whose new letters are taken one after the other and moved to `cur`, instead of standard input.
    #[arg(long, value_name = "FOLDER")]
    maildir: Option<PathBuf>,
}

impl Bounces {
    /// Runs the command: one line a report. What is nobody's or forged is ignored, and that is said; it is no failure.
    ///
    /// # Errors
    /// The database or the disk failed: with [`COME_AGAIN`] the mail server keeps the report and tries again.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let outcome = self.take_all(&app).await;
        app.db.close_by_ref().await?;
        outcome
    }

    async fn take_all(&self, app: &App) -> anyhow::Result<()> {
        // A Maildir says of no letter where it was sent to.
        let recipient = self.recipient.as_deref().filter(|_| self.maildir.is_none());
        mailbox::each(self.maildir.as_deref(), REPORT_BYTES_MAX, async |bytes: &[u8]| one(app, bytes, recipient).await).await
    }
}

async fn one(app: &App, bytes: &[u8], recipient: Option<&str>) -> anyhow::Result<()> {
    let words = match bounces::take(app, bytes, recipient).await {
        Ok(Taken::Marked(bounce)) => format!("marked: {}", sea_orm::ActiveEnum::to_value(&bounce)),
        Ok(Taken::Again) => "known".to_owned(),
        Ok(Taken::Ignored(cause)) => format!("ignored: {cause}"),
        Err(Error::Internal(error)) => return Err(error),
        Err(error) => anyhow::bail!("{error:?}"),
    };
    writeln!(std::io::stdout(), "{words}")?;
    Ok(())
}
