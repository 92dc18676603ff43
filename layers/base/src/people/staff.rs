//! The pages of the desk.

pub mod account;
pub mod agencies;
pub mod agency_files;
pub mod invitation;
pub mod ledger;
pub mod passkey;
pub mod people;
pub mod second_step;
pub mod sign_in;
pub mod sign_on;
pub mod tokens;
