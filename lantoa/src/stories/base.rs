//! Stories of what lies below `base`.

mod mail;
mod restored;
mod seal;
