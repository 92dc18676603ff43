//! What stands around every page: language, theme, navigation, who is signed in, the facts of the footer.

use std::fmt::Write;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

use super::headers::Nonce;
use super::{Lang, Locale, assets, cookie, preferences, said};
use crate::base::config::Site;
use crate::base::{App, Who};

/// The frame of a page; every page template has one as `shell`.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    pub l: Locale,
    pub lang: &'static str,
    /// `light`, `dark` or `auto`.
    pub theme: &'static str,
    pub nonce: String,
    pub path: String,
    /// Path and query, to come back to.
    pub here: String,
    pub person: Option<Person>,
    pub nav: Vec<Link>,
    pub site: Site,
    /// What was just done, in words.
    pub said: Option<String>,
    pub demo: bool,
    /// The public address of the site, without a trailing slash.
    pub origin: String,
}

/// The signed-in person as the frame shows them.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub agency: String,
    pub initials: String,
}

/// One entry of the navigation.
#[derive(Clone, Debug)]
pub struct Link {
    pub href: &'static str,
    pub label: String,
    /// The label where there is little room: the bar of a phone.
    pub short: String,
    pub icon: &'static str,
    pub current: bool,
    /// The name of its shelf, where it is the first of one that is not the first itself.
    pub opens: String,
}

impl Shell {
    /// The address of a built asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// An icon of the one set (Lucide), as markup that says nothing to a screen reader.
    #[must_use]
    pub fn icon(&self, name: &str) -> Markup {
        let mut svg = String::new();
        let _ =
            write!(svg, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#{name}\"/></svg>", assets::address("icons.svg"));
        Markup(svg)
    }

    /// Lights the entry of the navigation that the page was come to from, where its address says another.
    pub fn light(&mut self, href: &str) {
        for link in &mut self.nav {
            link.current = link.href == href;
        }
    }

    /// Whether the address is this page or lies under it.
    #[must_use]
    pub fn is_at(&self, href: &str) -> bool {
        self.path == href || (href != "/" && href != "/desk" && self.path.starts_with(&format!("{href}/")))
    }
}

/// Markup that is safe by construction and not to be escaped again.
#[derive(Clone, Debug)]
pub struct Markup(pub String);

impl std::fmt::Display for Markup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

impl FromRequestParts<App> for Shell {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let l = Locale(language(&parts.headers));
        let who = parts.extensions.get::<Who>();
        let mut shell = Self {
            l,
            lang: l.0.tag(),
            theme: preferences::theme_of(cookie::read(&parts.headers, preferences::THEME).unwrap_or_default()),
            nonce: parts.extensions.get::<Nonce>().cloned().unwrap_or_default().0,
            path: parts.uri.path().to_owned(),
            here: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            person: who.map(person),
            site: site(app, l),
            demo: app.demo,
            origin: app.config.public_url(),
            ..Self::default()
        };
        shell.said = said::heard(&parts.headers).map(|(key, arguments)| words(l, &key, &arguments));
        // Done on another node, this one has not heard of it: what it worked out before may be wrong.
        if shell.said.is_some() && who.is_some() {
            app.memory.changed();
        }
        shell.nav = who.map(|who| navigation(app, &shell, who)).unwrap_or_default();
        Ok(shell)
    }
}

/// The language of a request's page.
pub(super) fn language(headers: &HeaderMap) -> Lang {
    if let Some(chosen) = cookie::read(headers, preferences::LANGUAGE) {
        return Lang::from_tag(chosen);
    }
    // Vietnamese unless the browser asks for English and not for Vietnamese at all.
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if asked.starts_with("en") && !asked.contains("vi") { Lang::En } else { Lang::Vi }
}

fn person(who: &Who) -> Person {
    let mut initials: String = who.name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    if let Some((cut, _)) = initials.char_indices().nth(2) {
        initials.truncate(cut);
    }
    Person { name: who.name.clone(), agency: who.agency_name.clone(), initials: initials.to_uppercase() }
}

fn navigation(app: &App, shell: &Shell, who: &Who) -> Vec<Link> {
    let mut entries: Vec<_> = app.capabilities.iter().flat_map(|capability| capability.nav).collect();
    entries.sort_by_key(|nav| nav.shelf); // stable: within a shelf the order of the capabilities
    let mut shelf = None;
    entries
        .into_iter()
        .filter(|nav| (nav.seen_by)(who))
        .map(|nav| Link {
            opens: match shelf.replace(nav.shelf) {
                Some(before) if before != nav.shelf => shell.l.t(nav.shelf.key()),
                _ => String::new(),
            },
            href: nav.href,
            label: shell.l.t(nav.key),
            short: short(shell.l, nav.key),
            icon: nav.icon,
            current: shell.is_at(nav.href),
        })
        .collect()
}

/// The short name of an entry where it has one, else its name.
fn short(l: Locale, key: &str) -> String {
    let short = format!("{key}-short");
    l.t(if l.has(&short) { &short } else { key })
}

fn site(app: &App, l: Locale) -> Site {
    let mut site = app.site();
    if site.name.is_empty() {
        site.name = l.t("site-name");
    }
    site
}

fn words(l: Locale, key: &str, arguments: &[(String, String)]) -> String {
    // Fluent wants static names; ours come back from a cookie, so only the known ones are passed on.
    let arguments: Vec<(&'static str, String)> = arguments
        .iter()
        .filter_map(|(name, value)| Some((*said::NAMES.iter().find(|known| *known == name)?, value.clone())))
        .collect();
    l.with(key, &arguments)
}
