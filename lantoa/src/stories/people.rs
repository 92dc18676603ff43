//! Stories about people, told over HTTP.

mod account;
mod agencies;
mod agency_files;
mod agency_pages;
mod api;
mod attempts;
mod boundaries;
mod device;
mod door;
mod invitation;
mod keeping;
mod ledger;
mod passkey;
mod people_import;
mod persons;
mod provider;
mod province;
mod second_step;
mod sign_on;
mod tokens;
