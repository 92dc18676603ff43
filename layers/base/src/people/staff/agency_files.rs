//! Agencies in and out as files: a table or boundaries are brought in, looked at, and confirmed.

pub mod export;
pub mod import;
pub mod preview;

crate::admits! {
    /// Who keeps the agencies of the province.
    Keeper: Coordinator SystemAdministrator
}
