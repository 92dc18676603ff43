//! What `lantoa` does besides serving.

pub mod admin_link;
pub mod agencies;
pub mod assistant;
pub mod bounces;
pub mod doctor;
pub mod import;
pub mod letters;
pub mod mailbox;
pub mod measures;
pub mod plan;
pub mod restored;
pub mod search;
