//! Lan Tỏa: the communication platform of a Vietnamese province. See ARCHITECTURE.md for the map.

pub mod agency_plans;
pub mod assistant;
pub mod base;
pub mod campaigns;
pub mod capabilities;
pub mod cases;
pub mod channels;
pub mod commands;
pub mod criteria;
pub mod demo;
pub mod duties;
pub mod estimates;
pub mod inspections;
pub mod library;
pub mod loudspeakers;
pub mod measures;
pub mod news;
pub mod newsletters;
pub mod open_data;
pub mod people;
pub mod plans;
pub mod publications;
pub mod push;
pub mod questions;
pub mod reach;
pub mod reactions;
pub mod registers;
pub mod reports;
pub mod retractions;
pub mod search;
pub mod server;
pub mod stocktakes;
pub mod syndication;
pub mod web;
pub mod webhooks;

#[cfg(test)]
mod rules;
#[cfg(test)]
pub mod testing;
