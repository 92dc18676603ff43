//! An article as ninjs 2.1 (IPTC; names of fields as in its schema).

use sea_orm::entity::prelude::*;
use serde_json::{Value, json};

use crate::base::App;
use crate::base::time;
use crate::library::rendition::Rendition;
use crate::library::{Asset, Kind, asset};
use crate::news::article::{Article, State};
use crate::news::kind::Tag;
use crate::news::rendering::{self, Around};
use crate::news::section::Section;
use crate::news::{clean, topic};
use crate::people::agency::brief::{Brief, Known};
use crate::web::{Lang, Locale, Result};

pub const MEDIA_TYPE: &str = "application/json; charset=utf-8";
const SCHEMA: &str = "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json";

/// A picture of the article in the largest size that we make, without what the file told of where it was taken.
#[derive(Clone, Debug)]
pub struct Still {
    pub asset: Asset,
    pub largest: Rendition,
    /// What the article says of it itself, where it says something.
    pub alt: String,
    pub credit: String,
}

impl Still {
    /// Where everybody fetches it.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/tu-lieu/{}/{}.jpg", self.asset.id, self.largest.width)
    }
}

/// Everything that an article is told with.
pub struct Told {
    pub article: Article,
    pub agency: Brief,
    pub section: Option<Section>,
    pub stills: Vec<Still>,
    /// The text, its addresses whole.
    pub html: String,
    pub text: String,
    /// Whose it is and how it may be used, in the language of the text.
    pub rights: String,
}

/// Gathers it; None when the article is not out.
///
/// # Errors
/// The database failed.
pub async fn told(app: &App, article: Article) -> Result<Option<Told>> {
    if !article.state.is_public() {
        return Ok(None);
    }
    let l = Locale(Lang::from_tag(article.language.tag()));
    let known = Known::now(app).await?;
    let Some(agency) = known.get(&article.agency).cloned() else { return Ok(None) };
    let around = Around::of(app, &article.body, article.lead()).await?;
    let origin = app.config.public_url();
    let html = clean::html(&rendering::drawn(l, &article.body, &around).html)
        .replace(" href=\"/", &format!(" href=\"{origin}/"))
        .replace(" src=\"/", &format!(" src=\"{origin}/"));
    Ok(Some(Told {
        section: Section::all(&app.db).await?.into_iter().find(|one| one.id == article.section),
        stills: stills(app, &article).await?,
        text: clean::text(&article.body),
        rights: rights(app, l, &agency),
        html,
        agency,
        article,
    }))
}

/// The line that says whose it is.
#[must_use]
pub fn rights(app: &App, l: Locale, agency: &Brief) -> String {
    let owner = app.site().owner;
    let name = if owner.is_empty() { agency.name.clone() } else { format!("{}, {owner}", agency.name) };
    l.t1("press-rights", "name", name)
}

/// The pictures of an article, the lead's first: two statements where there are any.
async fn stills(app: &App, article: &Article) -> Result<Vec<Still>, DbErr> {
    let ids = article.assets();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let of =
        asset::Entity::find().filter(asset::Column::Id.is_in(ids.iter().copied())).filter(asset::Column::Kind.eq(Kind::Image));
    let assets = of.filter(asset::Column::DeletedAt.is_null()).all(&app.db).await?;
    let hashes: Vec<String> = assets.iter().map(|one| one.sha256.clone()).collect();
    let made = Rendition::of(&app.db, &hashes).await?;
    let still = |id: &Uuid| {
        let asset = assets.iter().find(|one| one.id == *id)?.clone();
        let largest = made.iter().rfind(|one| one.sha256 == asset.sha256)?.clone();
        let is_lead = article.lead() == Some(asset.id);
        let own = |said: &str, asset: &str| if is_lead && !said.is_empty() { said.to_owned() } else { asset.to_owned() };
        let (alt, credit) = (own(&article.media_alt, &asset.alt), own(&article.media_credit, &asset.credit));
        Some(Still { asset, largest, alt, credit })
    };
    Ok(ids.iter().filter_map(still).collect())
}

fn at(moment: Option<DateTimeUtc>) -> Value {
    moment.map_or(Value::Null, |at| json!(time::machine(at)))
}

/// The item of an article.
#[must_use]
pub fn item(app: &App, told: &Told) -> Value {
    let (article, origin) = (&told.article, app.config.public_url());
    let address = format!("{origin}{}", article.public_path());
    let l = Locale(Lang::from_tag(article.language.tag()));
    let agency = format!("{origin}{}", told.agency.public_path());
    let subjects = subjects(told, &origin, l);
    let mut item = json!({
        "uri": format!("urn:uuid:{}", article.id),
        "standard": {"name": "ninjs", "version": "2.1", "schema": SCHEMA},
        "type": "text",
        "representationtype": "complete",
        "language": article.language.tag(),
        "version": article.published_revision.unwrap_or(article.revision).to_string(),
        "firstcreated": at(article.published_at),
        "versioncreated": time::machine(article.noticed_at.or(article.published_at).unwrap_or(article.changed_at)),
        "pubstatus": "usable",
        "by": told.agency.name,
        "copyrightholder": told.agency.name,
        "copyrightnotice": told.rights,
        "usageterms": told.rights,
    });
    let words = json!({
        "headlines": [{"role": "main", "value": article.title}],
        "descriptions": [{"role": "summary", "contenttype": "text/plain", "value": article.summary}],
        "bodies": [
            {"role": "main", "contenttype": "text/html", "value": told.html},
            {
                "role": "main",
                "contenttype": "text/plain",
                "charcount": told.text.chars().count(),
                "wordcount": told.text.split_whitespace().count(),
                "value": told.text,
            },
        ],
        "organisations": [{"name": told.agency.name, "uri": agency, "rel": "publisher"}],
        "infosources": [{"name": told.agency.name, "uri": agency}],
        "subjects": subjects,
        "altids": [{"role": "slug", "value": article.slug}],
        "renditions": [{"name": "web", "href": address, "contenttype": "text/html"}],
        "associations": told.stills.iter().enumerate().map(|(number, one)| picture(&origin, number + 1, one)).collect::<Vec<_>>(),
    });
    if let (Some(item), Value::Object(words)) = (item.as_object_mut(), words) {
        item.extend(words);
    }
    if article.state == State::Corrected {
        item["ednote"] = json!(article.notice);
    }
    item
}

/// What it is about: its messages, and its section.
fn subjects(told: &Told, origin: &str, l: Locale) -> Vec<Value> {
    let messages = told.article.messages();
    let tags = Tag::messages().iter().filter(|tag| messages.contains(&tag.code));
    let tags = tags.map(|tag| json!({"name": tag.name(l), "uri": format!("{origin}{}", topic::public_path(&tag.code))}));
    let section = told.section.iter();
    tags.chain(section.map(|one| json!({"name": one.label(l), "uri": format!("{origin}{}", one.public_path())}))).collect()
}

fn picture(origin: &str, number: usize, still: &Still) -> Value {
    let asset = &still.asset;
    json!({
        "name": format!("picture-{number}"),
        "uri": format!("urn:uuid:{}", asset.id),
        "type": "picture",
        "headlines": [{"role": "main", "value": asset.label()}],
        "descriptions": [
            {"role": "caption", "contenttype": "text/plain", "value": asset.caption},
            {"role": "alttext", "contenttype": "text/plain", "value": still.alt},
        ],
        "by": asset.creator,
        "copyrightholder": still.credit,
        "copyrightnotice": if asset.copyright.is_empty() { &still.credit } else { &asset.copyright },
        "renditions": [{
            "name": "full",
            "href": format!("{origin}{}", still.path()),
            "contenttype": "image/jpeg",
            "width": still.largest.width,
            "height": still.largest.height,
            "sizeinbytes": still.largest.size_bytes,
        }],
    })
}

/// What is said of an article that is out no more.
#[must_use]
pub fn cancelled(article: &Article) -> Value {
    json!({
        "uri": format!("urn:uuid:{}", article.id),
        "standard": {"name": "ninjs", "version": "2.1", "schema": SCHEMA},
        "type": "text",
        "language": article.language.tag(),
        "versioncreated": time::machine(article.changed_at),
        "pubstatus": "canceled",
        "headlines": [{"role": "main", "value": article.title}],
        "ednote": article.notice,
    })
}
