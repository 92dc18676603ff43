//! `/co-quan/{slug}`: one agency, as everyone may know it.

use askama::Template;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::base::capability::panels;
use crate::base::{App, Drawing, Place, time};
use crate::people::agency::address::{self, At};
use crate::people::agency::profile::{Link, Profile as Known};
use crate::people::agency::{Agency, Confidence, Standing};
use crate::web::{Locale, Page, Path, Result, Shell};

/// Another agency, to go on to.
pub struct Other {
    pub href: String,
    pub name: String,
    /// Since when, and whether only a part went there.
    pub note: String,
}

#[derive(Template)]
#[template(path = "people/portal/profile.html")]
pub struct Profile {
    l: Locale,
    shell: Shell,
    agency: Agency,
    kind: String,
    standing: Standing,
    /// First day, or last when it is over.
    day: String,
    is_unsure: bool,
    aliases: Vec<String>,
    parent: Option<Other>,
    /// Official names with their days, the latest first.
    names: Vec<(String, String)>,
    made_from: Vec<String>,
    predecessors: Vec<Other>,
    successors: Vec<Other>,
    children: Vec<Other>,
    area: String,
    map_href: String,
    json_ld: String,
    printed: String,
    panels: Vec<Drawing>,
}

impl Profile {
    fn has_contacts(&self) -> bool {
        self.agency.email.is_some() || self.agency.phone.is_some() || self.agency.address.is_some()
    }

    /// The digits alone, as a telephone takes them.
    fn dialled(&self, phone: &str) -> String {
        phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect()
    }

    /// Who went before and who came after; the successors of one that is over stand at the top of the page.
    fn successions(&self) -> Vec<(&'static str, &Vec<Other>)> {
        let after = if self.standing == Standing::Closed { None } else { Some(("agency-successors", &self.successors)) };
        let both = std::iter::once(("agency-predecessors", &self.predecessors)).chain(after);
        both.filter(|(_, others)| !others.is_empty()).collect()
    }

    fn open_from(&self) -> String {
        time::day(self.agency.open_from)
    }

    fn progress(&self) -> String {
        format!("{}/tien-do", self.agency.public_path())
    }

    fn news(&self) -> String {
        format!("{}/tin-tuc", self.agency.public_path())
    }

    fn duties(&self) -> String {
        format!("{}/nhiem-vu", self.agency.public_path())
    }
}

/// `GET /co-quan/{slug}`; an address that was left leads on (301).
pub async fn show(shell: Shell, State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let agency = match address::at(&app.db, &slug).await? {
        At::Moved(agency) => return Ok(moved(&agency.public_path())),
        At::Here(agency) => agency,
    };
    let known = Known::of(&app.db, agency).await?;
    let nonce = shell.nonce.clone();
    let panels = panels(&app, shell.l, Place::Agency(known.agency.id)).await?;
    Page(Profile { panels, ..page(&app, shell, known) }).public(&headers, &nonce)
}

/// Leads on for good.
#[must_use]
pub fn moved(to: &str) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(LOCATION, to.to_owned())]).into_response()
}

fn page(app: &App, shell: Shell, known: Known) -> Profile {
    let (l, today) = (shell.l, time::local_date(app.clock.now()));
    let standing = known.standing(today);
    let agency = &known.agency;
    let ends = if standing == Standing::Closed { agency.closed_on } else { None };
    let part_of = |(name, partial): (String, bool)| if partial { format!("{name} ({})", l.t("agency-part-of")) } else { name };
    Profile {
        kind: l.t(&agency.kind.key()),
        standing,
        day: time::day(ends.unwrap_or(agency.open_from)),
        is_unsure: agency.confidence != Confidence::High,
        aliases: known.aliases(today).into_iter().map(str::to_owned).collect(),
        parent: known.parent().map(|line| Other { href: line.public_path(), name: line.name.clone(), note: String::new() }),
        names: known.official(l),
        made_from: known.former().into_iter().map(part_of).collect(),
        predecessors: known.predecessors().iter().map(|link| other(l, link)).collect(),
        successors: known.successors().iter().map(|link| other(l, link)).collect(),
        children: known
            .children(today)
            .into_iter()
            .map(|line| Other { href: line.public_path(), name: line.name.clone(), note: String::new() })
            .collect(),
        area: agency.area_km2.map(vietnamese_number).unwrap_or_default(),
        map_href: map_href(agency),
        json_ld: json_ld(app, &known, standing),
        printed: time::minute(app.clock.now()),
        agency: known.agency.clone(),
        panels: Vec::new(),
        l,
        shell,
    }
}

fn other(l: Locale, link: &Link) -> Other {
    let since = l.t1("agency-from-day", "day", &link.day);
    let note = if link.whole { since } else { format!("{since}, {}", l.t("agency-part-of")) };
    Other { href: format!("/co-quan/{}", link.slug), name: link.name.clone(), note }
}

/// `71,2`
fn vietnamese_number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// Where it lies, on a map of the world.
fn map_href(agency: &Agency) -> String {
    match agency.latitude.zip(agency.longitude) {
        Some((latitude, longitude)) => {
            format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=13/{latitude}/{longitude}")
        }
        None => String::new(),
    }
}

/// schema.org/GovernmentOrganization
fn json_ld(app: &App, known: &Known, standing: Standing) -> String {
    let agency = &known.agency;
    let address_of = |slug: &str| format!("{}/co-quan/{slug}", app.config.public_url());
    let mut value = Map::new();
    let mut put = |name: &str, what: Value| {
        if !what.is_null() {
            value.insert(name.into(), what);
        }
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!("GovernmentOrganization"));
    put("@id", json!(address_of(&agency.slug)));
    put("url", json!(address_of(&agency.slug)));
    put("name", json!(agency.name));
    put("alternateName", json!(agency.short_name));
    put("identifier", json!(agency.official_code.as_ref().unwrap_or(&agency.code)));
    put("email", json!(agency.email));
    put("telephone", json!(agency.phone));
    put("address", json!(agency.address));
    put("foundingDate", json!(agency.open_from.to_string()));
    if standing == Standing::Closed {
        put("dissolutionDate", json!(agency.closed_on.map(|day| day.to_string())));
    }
    if let Some((latitude, longitude)) = agency.latitude.zip(agency.longitude) {
        let geo = json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
        put("location", json!({ "@type": "Place", "geo": geo }));
    }
    if let Some(parent) = known.parent() {
        put(
            "parentOrganization",
            json!({ "@type": "GovernmentOrganization", "name": parent.name, "url": address_of(&parent.slug) }),
        );
    }
    Value::Object(value).to_string().replace('<', "\\u003c")
}
