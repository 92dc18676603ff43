//! How every capability speaks HTTP: routes, pages, errors, forms, who may enter. It knows no capability.

pub mod address;
pub mod api;
pub mod assets;
pub mod chart;
pub mod cookie;
pub mod cut;
pub mod difference;
pub mod download;
pub mod error;
pub mod failure;
pub mod front;
pub mod gallery;
pub mod grouped;
pub mod guide;
pub mod headers;
pub mod health;
pub mod locale;
pub mod page;
pub mod paging;
pub mod path;
pub mod preferences;
pub mod reader;
pub mod routes;
pub mod said;
pub mod shell;
#[cfg(test)]
mod tests;
pub mod unbroken;
pub mod unread;
pub mod who;

pub use cut::cut;
pub use error::{Error, Obstacle, Result};
pub use grouped::grouped;
pub use locale::{Lang, Locale};
pub use page::Page;
pub use path::Path;
pub use routes::Routes;
pub use said::Said;
pub use shell::{Markup, Shell};
pub use unbroken::unbroken;
pub use unread::unread;
