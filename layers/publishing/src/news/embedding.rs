//! What other sites show in our pages: only sites on a list, and only once the reader asks for it by a click. Before that nothing
//! is loaded from there, and without script it is a plain link. The list is data that ships (`data/embeds.json`) and hosts that
//! a system administrator adds, for instance the province's own.

use std::sync::LazyLock;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::figures::embedded_of;
use crate::base::{App, By, Fact, Role, Who, new_id};
use crate::web::{Error, Obstacle};

/// What may stand in an address for the thing itself.
const ID: &str = "{id}";
const ID_BYTES_MAX: usize = 300;
/// The most hosts that are added.
const HOSTS_MAX: usize = 100;
const NAME_LETTERS_MAX: usize = 80;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "embed_host")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// As in an address, e.g. `video.dongthap.gov.vn`.
    #[sea_orm(unique)]
    pub host: String,
    /// What readers call it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself: a host that was added.
pub type Host = Model;

/// A site that ships with the product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shipped {
    pub name: String,
    /// Where its things are found, with `{id}` for the thing.
    pub addresses: Vec<String>,
    /// What is loaded into the frame.
    frame: String,
}

static SHIPPED: LazyLock<Vec<Shipped>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/embeds.json")).expect("data/embeds.json is well-formed"));

/// A thing of another site that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The site's name.
    pub name: String,
    /// What is loaded once the reader asks for it.
    pub frame: String,
    /// `https://host` of the frame, for the page's policy.
    pub origin: String,
}

impl Shipped {
    #[must_use]
    pub fn all() -> &'static [Self] {
        &SHIPPED
    }

    fn thing(&self, url: &reqwest::Url) -> Option<String> {
        self.addresses.iter().find_map(|pattern| id_in(url, pattern))
    }
}

/// The thing's id in an address, when the address is one of that pattern.
fn id_in(url: &reqwest::Url, pattern: &str) -> Option<String> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    let (domain, path) = pattern.split_once('/')?;
    if host != domain {
        return None;
    }
    let (id, is_address) = match path.split_once('?') {
        Some((path, query)) => {
            let name = query.strip_suffix(ID)?.strip_suffix('=')?;
            let own = url.path().trim_start_matches('/') == path;
            let found = url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
            (found.filter(|_| own)?, name == "url")
        }
        None => (url.path().trim_start_matches('/').strip_prefix(path.strip_suffix(ID)?)?.to_owned(), false),
    };
    if is_address {
        return embedded_of(&id).map(|address| crate::web::address::encode(&address).to_string());
    }
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    (!id.is_empty() && id.len() <= ID_BYTES_MAX && id.chars().all(plain)).then_some(id)
}

/// How an address is shown; None when its site is on no list: then it stays a link.
#[must_use]
pub fn shown(address: &str, added: &[Host]) -> Option<Shown> {
    let url = reqwest::Url::parse(address).ok()?;
    let own = || {
        let host = added.iter().find(|one| Some(one.host.as_str()) == url.host_str())?;
        Some((host.name.clone(), url.to_string()))
    };
    let shipped = || SHIPPED.iter().find_map(|site| Some((site.name.clone(), site.frame.replace(ID, &site.thing(&url)?))));
    let (name, frame) = own().or_else(shipped)?;
    let framed = reqwest::Url::parse(&frame).ok()?;
    let origin = format!("https://{}", framed.host_str()?);
    Some(Shown { name, frame, origin })
}

/// Who keeps the list.
#[must_use]
pub fn may_keep(who: &Who) -> bool {
    who.is(Role::SystemAdministrator)
}

/// A host as it is kept: of an address, or of a name by itself.
fn host_of(typed: &str) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    let whole = if typed.contains("://") { typed } else { format!("https://{typed}") };
    let url = reqwest::Url::parse(&whole).ok()?;
    let host = url.domain()?.to_owned();
    let named = host.split('.').count() > 1 && host.len() <= 200 && url.scheme() == "https" && url.port().is_none();
    named.then_some(host)
}

impl Model {
    /// The hosts that were added.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        Entity::find().order_by_asc(Column::Host).all(on).await
    }

    /// Adds a host.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is no host or is there already; or the database failed.
    pub async fn add(app: &App, who: &Who, typed: &str, name: &str) -> Result<(), Error> {
        if !may_keep(who) {
            return Err(Error::Forbidden);
        }
        let mut wrong = Vec::new();
        let host = host_of(typed);
        if host.is_none() {
            wrong.push(Obstacle::new("embed-no-host").at("host"));
        }
        let name = vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(name.trim()).replace('\0', "")).into_owned();
        if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
            wrong.push(Obstacle::new("embed-needs-name").with("n", NAME_LETTERS_MAX).at("name"));
        }
        let transaction = app.begin().await?;
        let there = Self::all(&transaction).await?;
        if there.iter().any(|one| Some(&one.host) == host.as_ref()) {
            wrong.push(Obstacle::new("embed-there-already").at("host"));
        }
        if there.len() >= HOSTS_MAX {
            wrong.push(Obstacle::new("embed-too-many").with("n", HOSTS_MAX).at("host"));
        }
        let (Some(host), true) = (host, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        let row = Self { id: new_id(), host: host.clone(), name, at: app.clock.now() };
        let id = row.id;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        app.record(&transaction, id, Fact::EmbedHostAdded { host }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes a host off: what is shown from there becomes a link.
    ///
    /// # Errors
    /// Forbidden to others; not found; or the database failed.
    pub async fn remove(app: &App, who: &Who, id: Uuid) -> Result<(), Error> {
        if !may_keep(who) {
            return Err(Error::Forbidden);
        }
        let transaction = app.begin().await?;
        let row = Entity::find_by_id(id).one(&transaction).await?.ok_or(Error::NotFound)?;
        Entity::delete_by_id(id).exec(&transaction).await?;
        app.record(&transaction, id, Fact::EmbedHostRemoved { host: row.host }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn what_is_on_the_list_is_shown_without_cookies() {
        for address in [
            "https://www.youtube.com/watch?v=abc-_1&t=3",
            "https://m.youtube.com/watch?t=3&v=abc-_1",
            "https://youtu.be/abc-_1?si=x",
            "https://www.youtube.com/shorts/abc-_1",
        ] {
            let shown = shown(address, &[]).expect(address);
            assert_eq!(shown.frame, "https://www.youtube-nocookie.com/embed/abc-_1");
            assert_eq!((shown.name.as_str(), shown.origin.as_str()), ("YouTube", "https://www.youtube-nocookie.com"));
        }
        assert_eq!(shown("https://vimeo.com/123", &[]).expect("Vimeo").frame, "https://player.vimeo.com/video/123?dnt=1");
        for address in [
            "https://youtube.com.evil.example/watch?v=a",
            "https://youtu.be/a/b",
            "https://youtu.be/",
            "https://a.example/",
            "youtu.be/a",
        ] {
            assert_eq!(shown(address, &[]), None, "{address}");
        }
    }

    #[test]
    fn a_host_that_was_added_is_shown_as_it_is() {
        let at = chrono::DateTime::UNIX_EPOCH;
        let own = Host { id: Uuid::nil(), host: "video.tinh.gov.vn".into(), name: "Truyền hình tỉnh".into(), at };
        let shown = shown("https://video.tinh.gov.vn/nhung/5?a=1", &[own]).expect("shown");
        assert_eq!(
            (shown.frame.as_str(), shown.origin.as_str()),
            ("https://video.tinh.gov.vn/nhung/5?a=1", "https://video.tinh.gov.vn")
        );
        assert_eq!(host_of("https://Video.tinh.gov.vn/x").as_deref(), Some("video.tinh.gov.vn"));
        for wrong in ["", "localhost", "http://a.vn", "127.0.0.1", "a.vn:99", "javascript:x"] {
            assert_eq!(host_of(wrong), None, "{wrong}");
        }
    }
}
