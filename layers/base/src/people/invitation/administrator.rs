//! The way in that the console gives.

use super::{Link, Model, Purpose};
use crate::base::{App, By, Role, time};
use crate::people::grant;
use crate::web::Error;

/// Prints a one-time link on the console while nobody is a system administrator; a fresh one at each start.
///
/// # Errors
/// The database failed.
pub async fn offer_first_administrator(app: &App) -> anyhow::Result<()> {
    if grant::Model::holders(&app.db, Role::SystemAdministrator, None).await? == 0 {
        let link = administrator_link(app).await?;
        // Not a log line: logs are collected, and whoever reads the link may use it.
        eprintln!("{}", in_words(&link));
    }
    Ok(())
}

/// Makes a link that opens the account of a system administrator; links made before it end.
///
/// # Errors
/// The database failed.
pub async fn administrator_link(app: &App) -> anyhow::Result<Link> {
    let transaction = app.begin().await?;
    let made = Model::make(app, &transaction, Purpose::Administrator, None, &By::system()).await;
    let link = made.map_err(|error| match error {
        Error::Internal(error) => error,
        other => anyhow::anyhow!("making the link: {other:?}"),
    })?;
    app.commit(transaction).await?;
    Ok(link)
}

/// What the console says of a link.
#[must_use]
pub fn in_words(link: &Link) -> String {
    let until = time::minute(link.expires_at);
    format!(
        "\n  Mở liên kết này một lần để lập tài khoản quản trị hệ thống (hết hạn {until}):\n  \
         Open this link once to set up a system administrator (until {until}):\n\n    {}\n",
        link.address
    )
}
