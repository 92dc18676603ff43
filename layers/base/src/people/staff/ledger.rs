//! The page of the ledger.

pub mod export;
pub mod show;

crate::admits! {
    /// Who reads everything that was done.
    Reader: Auditor SystemAdministrator
}
