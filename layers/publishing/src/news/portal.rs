//! The public's pages of news: home, section, article, an agency's, feeds, what crawlers ask for.

pub mod article;
pub mod card;
pub mod feed;
pub mod feed_format;
pub mod feeds;
pub mod kept;
pub mod list;
pub mod sitemap;

use axum::routing::get;

use crate::web::Routes;

/// The addresses of the portal.
pub fn routes() -> Routes {
    Routes::new()
        .at("/tin-tuc", get(list::home))
        .at("/tin-tuc/rss.xml", get(feed::rss))
        .at("/tin-tuc/atom.xml", get(feed::atom))
        .at("/tin-tuc/feed.json", get(feed::json))
        .at("/tin-tuc/nguon-cap-tin", get(feeds::show))
        .at("/chu-de/{code}", get(list::topic))
        .at("/chu-de/{code}/{feed}", get(feed::of_topic))
        .at("/tin-tuc/{slug}/{card}", get(card::show))
        .at("/tin-tuc/{slug}", get(article::show))
        .at("/chuyen-muc/{slug}", get(list::section))
        .at("/chuyen-muc/{slug}/{feed}", get(feed::of_section))
        .at("/co-quan/{slug}/tin-tuc", get(list::agency))
        .at("/co-quan/{slug}/tin-tuc/{feed}", get(feed::of_agency))
        .at("/sitemap.xml", get(sitemap::index))
        .at("/sitemap/{page}", get(sitemap::page))
        .at("/sitemap-tin-tuc.xml", get(sitemap::news))
        .at("/robots.txt", get(sitemap::robots))
}
