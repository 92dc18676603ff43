//! The desk's pages of reach.

pub mod fetch;
pub mod files;
pub mod item;
pub mod list;
pub mod readings;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/reach", get(list::show))
        .at("/desk/reach/csv", get(list::csv))
        .at("/desk/reach/items/{id}", get(item::show))
        .at("/desk/reach/items/{id}/csv", get(files::csv))
        .at("/desk/reach/items/{id}/json", get(files::json))
        .at("/desk/reach/items/{id}/readings", get(readings::show))
        .at("/desk/reach/fetches/{id}", get(fetch::show))
}

/// `1.234`, or the mark of what is not known.
#[must_use]
pub fn number(value: Option<i64>) -> String {
    value.map_or_else(|| "–".to_owned(), vietnamese::number::format_integer)
}

/// The name of a figure: our word, or the platform's where we have none.
#[must_use]
pub fn figure_name(l: crate::web::Locale, figure: &str) -> String {
    let key = format!("metric-{figure}");
    if l.has(&key) { l.t(&key) } else { figure.to_owned() }
}
