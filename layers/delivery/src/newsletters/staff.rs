//! The desk's pages of newsletters.

pub mod acting;
pub mod correcting;
pub mod editing;
pub mod facts;
pub mod importing;
pub mod issue;
pub mod letters_table;
pub mod list;
pub mod newsletter;
pub mod preview;
pub mod subscribers;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/newsletters", get(list::show).post(facts::make))
        .at("/desk/newsletters/new", get(facts::new))
        .at("/desk/newsletters/corrections", post(correcting::begin))
        .at("/desk/newsletters/corrections/new", get(correcting::new))
        .at("/desk/newsletters/issues/{id}", get(issue::show).post(editing::save))
        .at("/desk/newsletters/issues/{id}/preview", get(preview::show))
        .at("/desk/newsletters/issues/{id}/progress", get(issue::progress))
        .at("/desk/newsletters/issues/{id}/letters", get(letters_table::export))
        .at("/desk/newsletters/issues/{id}/acts/{act}", post(acting::act))
        .at("/desk/newsletters/issues/{id}/unknown/{how}", post(acting::resolve))
        .at("/desk/newsletters/restored/{act}", post(acting::settle_restored))
        .at("/desk/newsletters/{id}", get(newsletter::show).post(facts::change))
        .at("/desk/newsletters/{id}/facts", get(facts::edit))
        .at("/desk/newsletters/{id}/issues", post(newsletter::begin))
        .at("/desk/newsletters/{id}/subscribers", get(subscribers::show))
        .at("/desk/newsletters/{id}/subscribers/export", get(subscribers::export))
        .at("/desk/newsletters/{id}/subscribers/import", get(importing::show).merge(importing::taking()))
}

/// The first value of a field of a form.
#[must_use]
pub fn one<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// All values of a field of a form.
#[must_use]
pub fn all<'a>(fields: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
}
