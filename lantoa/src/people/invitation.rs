//! One-time links: the first administrator's, an invitation, a new password.

use crate::base::App;

/// Prints a one-time link on the console while nobody is a system administrator.
///
/// # Errors
/// The database failed.
pub async fn offer_first_administrator(_app: &App) -> anyhow::Result<()> {
    Ok(())
}
