//! Grassroots information (hệ thống thông tin cơ sở; Nghị định 49/2024/NĐ-CP, Thông tư 39/2020/TT-BTTTT): what loudspeaker clusters
//! and notice boards are told, what they answer, and what that proves. A leaf: it knows no product, opens no line and no clock.
//!
//! ```text
//! script ──► audio ──► schedule ──► device ──► coverage
//! for the    looked    airtime      told and   proof of
//! ear        into      planned      heard      play
//! ```
//!
//! - [`script`]: an article as words that can be said, and the doubts that a reviewer settles.
//! - [`audio`]: what a recorded file really is, against limits that are data.
//! - [`schedule`]: one [`Airtime`](schedule::Airtime) for each cluster; its [`Action`](schedule::Action)s become orders and facts.
//! - [`device`]: messages through a [`Mapping`](device::Mapping), let in by a [`Door`](device::Door).
//! - [`coverage`]: heartbeats, reports and power cuts become a numerator and a denominator.

pub mod audio;
pub mod coverage;
pub mod device;
pub mod schedule;
pub mod script;
