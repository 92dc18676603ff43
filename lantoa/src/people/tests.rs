//! Stories about people, told over HTTP.

mod account;
mod agencies;
mod attempts;
mod device;
mod door;
mod invitation;
mod ledger;
mod passkey;
mod people;
mod people_import;
mod provider;
mod second_step;
mod sign_on;
