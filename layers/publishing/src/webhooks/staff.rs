//! The desk's pages of webhooks.

pub mod list;
pub mod one;

crate::admits! {
    /// Who connects the installation with others.
    Connector: SystemAdministrator
}
