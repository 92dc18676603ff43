//! The ground of the product: database, time, facts and deliveries, pages, search, and who is who.
//! See ARCHITECTURE.md for the map.

pub mod base;
pub mod people;
pub mod search;
pub mod web;
