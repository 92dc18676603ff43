//! Stories of what lies below `base`.

pub mod database;
pub mod mail;
pub mod restored;
pub mod seal;
