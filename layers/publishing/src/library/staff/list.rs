//! The grid of assets, filtered by the address.

use askama::Template;
use axum::extract::{Query, State};
use sea_orm::{Iterable, PaginatorTrait, QuerySelect};

use crate::base::{App, Who};
use crate::library::asset::{Asset, Kind};
use crate::library::listing::{self, Ask};
use crate::library::picture::Picture;
use crate::library::reach::Reach;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address, unread};

const CARDS: u64 = 48;

/// An asset as a card of the grid.
pub struct Card {
    pub href: String,
    pub title: String,
    pub icon: &'static str,
    pub kind: String,
    pub size: String,
    /// Empty when it is the person's own.
    pub agency: String,
    pub picture: Option<Picture>,
    /// An image whose pictures are still being made.
    pub drawing: bool,
    /// What is missing before it may be used, in a word; empty when nothing is.
    pub missing: String,
    pub by_machine: bool,
    pub demo: bool,
}

/// An entry of a filter.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "library/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    heading: String,
    cards: Vec<Card>,
    kinds: Vec<Choice>,
    agencies: Vec<Choice>,
    uses: Vec<Choice>,
    missing: Vec<Choice>,
    whose: Vec<Choice>,
    states: Vec<Choice>,
    /// What is filtered by: words, and the address without it.
    chips: Vec<(String, String)>,
    /// What of the address is not understood.
    unread: String,
    paging: Paging,
    may_bring: bool,
}

impl List {
    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|page| address_of(&self.ask, "", Some(page))).unwrap_or_default()
    }

    fn clear(&self) -> &'static str {
        if self.ask.narrows() { "/desk/library" } else { "" }
    }
}

/// The address of a list without one of its filters.
fn address_of(ask: &Ask, without: &str, page: Option<u64>) -> String {
    let fields = [
        ("q", &ask.q),
        ("kind", &ask.kind),
        ("agency", &ask.agency),
        ("who", &ask.who),
        ("used", &ask.used),
        ("missing", &ask.missing),
        ("state", &ask.state),
    ];
    let kept = fields.iter().filter(|(name, value)| *name != without && !value.trim().is_empty());
    let mut pairs: Vec<String> = kept.map(|(name, value)| format!("{name}={}", address::encode(value))).collect();
    pairs.extend(page.map(|page| format!("page={page}")));
    if pairs.is_empty() { "/desk/library".into() } else { format!("/desk/library?{}", pairs.join("&")) }
}

/// `GET /desk/library`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let agencies = Known::now(&app).await?;
    let reach = reach(&app, &who, &agencies)?;
    let agency = agencies.values().find(|agency| agency.slug == ask.agency).map(|agency| agency.id);
    let assets = listing::asked(&reach, &who, &ask, agency);
    let total = assets.clone().count(&app.db).await?;
    let paging = Paging::new(ask.page, CARDS, total);
    let assets = assets.offset(paging.offset()).limit(CARDS).all(&app.db).await?;
    let mut pictures = Picture::at_desk(&app.db, &assets).await?;
    let card = |asset: &Asset| {
        let picture = pictures.remove(&asset.id);
        card(l, asset, picture, (&reach, &agencies))
    };
    let cards = assets.iter().map(card).collect();
    let choice = |chosen: &str, value: &str, key: &str| Choice { value: value.into(), label: l.t(key), chosen: chosen == value };
    let heading = if ask.state == "deleted" { "library-heading-deleted" } else { "library-heading" };
    Ok(Page(List {
        heading: l.t1(heading, "count", total),
        cards,
        kinds: Kind::iter().map(|kind| choice(&ask.kind, &kind.code(), &format!("asset-kind-{}", kind.code()))).collect(),
        agencies: by_name(&agencies, &ask),
        uses: vec![choice(&ask.used, "yes", "library-used-yes"), choice(&ask.used, "no", "library-used-no")],
        missing: vec![
            choice(&ask.missing, "alt", "library-missing-alt"),
            choice(&ask.missing, "credit", "library-missing-credit"),
        ],
        whose: vec![choice(&ask.who, "me", "library-who-me")],
        states: vec![choice(&ask.state, "deleted", "library-state-deleted")],
        chips: chips(l, &ask, &agencies),
        unread: unknown(&ask, agency.is_some()),
        may_bring: reach.keeps.is_some(),
        paging,
        ask,
        l,
        shell,
    }))
}

/// What the person reaches; who has nothing to do with the library is told so.
fn reach(app: &App, who: &Who, agencies: &Known) -> Result<Reach> {
    let reach = Reach::of(app, who, agencies);
    if reach.own.is_empty() && !reach.sees_all { Err(Error::Forbidden) } else { Ok(reach) }
}

fn by_name(agencies: &Known, ask: &Ask) -> Vec<Choice> {
    let mut all: Vec<_> = agencies.values().collect();
    all.sort_by_key(|agency| agencies.rank(agency.id));
    all.iter()
        .map(|agency| Choice { value: agency.slug.clone(), label: agency.label(), chosen: agency.slug == ask.agency })
        .collect()
}

/// What is asked for in other words than there are.
fn unknown(ask: &Ask, is_agency: bool) -> String {
    unread(&[
        (Kind::from_code(&ask.kind).is_some(), &ask.kind),
        (is_agency, &ask.agency),
        (ask.who == "me", &ask.who),
        (["yes", "no"].contains(&ask.used.as_str()), &ask.used),
        (["alt", "credit"].contains(&ask.missing.as_str()), &ask.missing),
        (ask.state == "deleted", &ask.state),
    ])
}

fn chips(l: Locale, ask: &Ask, agencies: &Known) -> Vec<(String, String)> {
    let agency = agencies.values().find(|agency| agency.slug == ask.agency).map(|agency| agency.label());
    let texts = [
        ("q", Some(format!("“{}”", ask.q.trim())).filter(|_| !ask.q.trim().is_empty())),
        ("kind", Kind::from_code(&ask.kind).map(|kind| l.t(&format!("asset-kind-{}", kind.code())))),
        ("agency", agency),
        ("who", (ask.who == "me").then(|| l.t("library-who-me"))),
        ("used", ["yes", "no"].contains(&ask.used.as_str()).then(|| l.t(&format!("library-used-{}", ask.used)))),
        ("missing", ["alt", "credit"].contains(&ask.missing.as_str()).then(|| l.t(&format!("library-missing-{}", ask.missing)))),
        ("state", (ask.state == "deleted").then(|| l.t("library-state-deleted"))),
    ];
    texts.into_iter().filter_map(|(name, text)| Some((text?, address_of(ask, name, None)))).collect()
}

fn card(l: Locale, asset: &Asset, picture: Option<Picture>, (reach, agencies): (&Reach, &Known)) -> Card {
    let agency = agencies.get(&asset.agency).filter(|_| !reach.owns(asset));
    let obstacles = asset.obstacles_to_use();
    let missing = obstacles.iter().find(|one| !one.field.is_empty()).map(|one| l.t(&format!("{}-short", one.key)));
    Card {
        href: Asset::desk_path(asset.id),
        title: asset.label().to_owned(),
        icon: asset.kind.icon(),
        kind: l.t(&format!("asset-kind-{}", asset.kind.code())),
        size: size(asset.size_bytes),
        agency: agency.map(|agency| agency.label()).unwrap_or_default(),
        drawing: asset.kind == Kind::Image && picture.is_none(),
        picture,
        missing: missing.unwrap_or_default(),
        by_machine: crate::library::looking::is_by_machine(&asset.source),
        demo: asset.demo,
    }
}

/// `1,4 MB`, as Vietnamese writes it.
#[must_use]
pub fn size(bytes: i64) -> String {
    const KILO: i64 = 1024;
    let tenths = |unit: i64| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        if tenths % 10 == 0 { format!("{}", tenths / 10) } else { format!("{},{}", tenths / 10, tenths % 10) }
    };
    match bytes {
        ..KILO => format!("{bytes} B"),
        _ if bytes < KILO * KILO => format!("{} kB", tenths(KILO)),
        _ if bytes < KILO * KILO * KILO => format!("{} MB", tenths(KILO * KILO)),
        _ => format!("{} GB", tenths(KILO * KILO * KILO)),
    }
}
