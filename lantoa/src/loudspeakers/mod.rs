//! Loudspeakers (truyền thanh cơ sở): what is said in the communes, on air once, and what was really heard of it.
//!
//! ```text
//!   an article ──► bulletin: script for the ear, sound ──listened to, approved──► airing on stations ──► one play for each cluster
//!                                                                                                         │
//!   emergency ──two people──► airing that breaks in                       airtime (the leaf's) moves it: orders ──► the line
//!                                                                                                         │
//!   coverage, re-airing ◄── verdict ◄── what devices say (heartbeats, reports, power), taken once ◄───────┘
//! ```
//!
//! The front door of the line ([`line`], which speaks MQTT and HTTP with devices): [`device::log_in`], [`device::of_token`],
//! [`heard::take`], [`order::due`], [`order::sent`], [`order::failed`]. How devices speak, what a script is and what counts as played is
//! in `crates/loudspeakers`, which knows no product.

pub mod cluster;
pub mod device;
pub mod heard;
pub mod line;
pub mod order;
pub mod play;
pub mod rights;
pub mod schema;
pub mod station;

pub use cluster::Cluster;
pub use station::Station;
