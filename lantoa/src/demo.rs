//! The demo province: roles to sign in as, and an adopted plan written for it.

use crate::base::App;
use crate::people;

/// Fills an empty database.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    people::demo_people::settle(app).await
}
