//! The desk's pages of news.

pub mod acting;
pub mod correcting;
pub mod embeds;
pub mod english;
pub mod form;
pub mod given;
pub mod link;
pub mod list;
pub mod pictures;
pub mod revisions;
pub mod sections;
pub mod show;
pub mod site;
pub mod translations;
pub mod views;
pub mod writing;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::Routes;

/// An article of the longest text, its letters three bytes each and percent-encoded.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The addresses of the desk, and of one-time links.
pub fn routes() -> Routes {
    let large = || DefaultBodyLimit::max(BODY_BYTES_MAX);
    Routes::new()
        .at("/desk/news", get(list::show).post(writing::begin).layer(large()))
        .at("/desk/news/new", get(writing::new))
        .at("/desk/news/sections", get(sections::list).post(sections::make))
        .at("/desk/news/sections/new", get(sections::new))
        .at("/desk/news/sections/{id}", get(sections::show).post(sections::change))
        .at("/desk/news/site", get(site::show).post(site::write))
        .at("/desk/news/english", get(english::show))
        .at("/desk/news/english/{code}", post(english::name))
        .at("/desk/news/translations.csv", get(translations::csv))
        .at("/desk/news/translations", get(translations::show))
        .at("/desk/news/pictures", get(pictures::list))
        .at("/desk/news/embeds", get(embeds::show).post(embeds::add))
        .at("/desk/news/embeds/{id}/removal", post(embeds::remove))
        .at("/desk/news/{id}", get(show::show))
        .at("/desk/news/{id}/pictures/{asset}/{name}", get(pictures::of_article))
        .at("/desk/news/{id}/text", get(writing::show).post(writing::save).layer(large()))
        .at("/desk/news/{id}/draft", post(writing::draft).layer(large()))
        .at("/desk/news/{id}/lock", post(writing::lock))
        .at("/desk/news/{id}/translation", get(writing::translation))
        .at("/desk/news/{id}/correction", get(correcting::show).post(correcting::correct).layer(large()))
        .at("/desk/news/{id}/views", get(views::show))
        .at("/desk/news/{id}/views.csv", get(views::csv))
        .at("/desk/news/{id}/revisions", get(revisions::list))
        .at("/desk/news/{id}/revisions/{number}", get(revisions::show).post(revisions::restore))
        .at("/desk/news/{id}/link", post(acting::link))
        .at("/desk/news/{id}/acts/{act}", post(acting::act))
        .at("/duyet-tin/{token}/pictures/{asset}/{name}", get(pictures::by_link))
        .at("/duyet-tin/{token}", get(link::show).post(link::decide))
}
