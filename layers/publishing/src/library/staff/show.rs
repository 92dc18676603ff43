//! One asset: its picture or player, what is said about it, where it is used, what happened to it.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::list::{Choice, size};
use crate::base::{App, Who, fact, time};
use crate::library::asset::{Asset, Kind};
use crate::library::describing::{Described, LINE_LETTERS_MAX, SOURCES, TEXT_LETTERS_MAX};
use crate::library::looking::is_by_machine;
use crate::library::picture::Picture;
use crate::library::portal;
use crate::library::reach::Reach;
use crate::library::rendition::Rendition;
use crate::library::serving::Served;
use crate::library::usage::Use;
use crate::people::agency::brief::Known;
use crate::people::telling::{Event, Events};
use crate::web::who::Signed;
use crate::web::{Locale, Mistakes, Obstacle, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 50;

#[derive(Template)]
#[template(path = "library/staff/show.html")]
pub struct AssetPage {
    pub l: Locale,
    pub shell: Shell,
    pub asset: Asset,
    pub here: String,
    pub agency: String,
    pub kind: String,
    pub size: String,
    pub uploaded: String,
    pub picture: Option<Picture>,
    /// Address, words.
    pub pictures: Vec<(String, String)>,
    pub obstacles: Vec<Obstacle>,
    pub uses: Vec<Use>,
    pub history: Vec<Event>,
    pub given: Described,
    pub sources: Vec<Choice>,
    /// The form holds what the file says of itself, which nobody has looked over yet.
    pub offered: bool,
    pub by_machine: bool,
    pub may_change: bool,
    pub may_refer: bool,
    /// The last day on which a deleted one can be taken back.
    pub until: String,
    /// Field and words.
    pub errors: Mistakes,
    pub stale: bool,
}

impl AssetPage {
    fn line_max(&self) -> usize {
        LINE_LETTERS_MAX
    }

    fn text_max(&self) -> usize {
        TEXT_LETTERS_MAX
    }

    fn is_image(&self) -> bool {
        self.asset.kind == Kind::Image
    }

    fn plays(&self) -> bool {
        matches!(self.asset.kind, Kind::Video | Kind::Audio)
    }

    fn is_video(&self) -> bool {
        self.asset.kind == Kind::Video
    }

    /// The label of the field for alt text: of sound and film it says what is heard and seen.
    fn alt_key(&self) -> String {
        self.l.t(if self.is_image() { "asset-field-alt" } else { "asset-field-content" })
    }

    fn alt_help(&self) -> String {
        self.l.t(if self.is_image() { "asset-help-alt" } else { "asset-help-content" })
    }

    fn file(&self) -> String {
        format!("{}/file", self.here)
    }

    fn measures(&self) -> String {
        match (self.asset.width, self.asset.height) {
            (Some(width), Some(height)) => format!("{width} × {height}"),
            _ => self.asset.length().unwrap_or_default(),
        }
    }

    fn shared(&self) -> String {
        self.l.t(if self.asset.public {
            "asset-is-public"
        } else if self.asset.is_shared() {
            "asset-sharing-province"
        } else {
            "asset-sharing-own"
        })
    }
}

/// `GET /desk/library/{id}`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<AssetPage>> {
    let agencies = Known::now(&app).await?;
    let reach = Reach::of(&app, &who, &agencies);
    let asset = Asset::find_for(&app, &reach, id).await?;
    Ok(Page(page(&app, &who, shell, asset, None).await?))
}

/// The page, with what a refused press brought.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, asset: Asset, typed: Option<Described>) -> Result<AssetPage> {
    let l = shell.l;
    let agencies = Known::now(app).await?;
    let reach = Reach::of(app, who, &agencies);
    let widths = Rendition::of(&app.db, std::slice::from_ref(&asset.sha256)).await?;
    let picture = Picture::at_desk(&app.db, std::slice::from_ref(&asset)).await?.remove(&asset.id);
    let facts = fact::Model::history(&app.db, asset.id, HISTORY_MAX).await?;
    let here = Asset::desk_path(asset.id);
    let line = |one: &Rendition| {
        let words = format!("{} × {} · {}", one.width, one.height, size(one.size_bytes));
        (format!("{here}/pictures/{}.jpg", one.width), words)
    };
    let given = typed.unwrap_or_else(|| Described::of(&asset));
    let source = |code: &&str| Choice {
        value: (*code).to_owned(),
        label: l.t(&format!("asset-source-{code}")),
        chosen: *code == given.source,
    };
    Ok(AssetPage {
        agency: agencies.get(&asset.agency).map(|agency| agency.label()).unwrap_or_default(),
        kind: l.t(&format!("asset-kind-{}", asset.kind.code())),
        size: size(asset.size_bytes),
        uploaded: time::minute(asset.uploaded_at),
        pictures: widths.iter().map(line).collect(),
        picture,
        obstacles: asset.obstacles_to_use(),
        uses: Use::of(&app.db, asset.id).await?,
        history: Events::of(&app.db, l, &facts, &agencies).await?.list,
        sources: SOURCES.iter().map(source).collect(),
        given,
        offered: asset.version == 1 && !asset.found().is_empty(),
        by_machine: is_by_machine(&asset.source) || asset.found().is_by_machine(),
        may_change: reach.changes(&asset) && asset.deleted_at.is_none(),
        may_refer: reach.keeps.is_some() && !reach.owns(&asset) && asset.is_shared(),
        until: asset.kept_until(app).map(|at| time::day(time::local_date(at))).unwrap_or_default(),
        errors: Mistakes::default(),
        stale: false,
        here,
        asset,
        l,
        shell,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct How {
    /// To be saved.
    save: String,
}

/// `GET /desk/library/{id}/file`
pub async fn file(
    who: Signed,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Query(how): Query<How>,
    headers: HeaderMap,
) -> Result<Response> {
    let reach = Reach::of(&app, &who, &*Known::now(&app).await?);
    let asset = Asset::find_for(&app, &reach, id).await?;
    Served::file(&asset, !how.save.is_empty()).answer(&app, &headers).await
}

/// `GET /desk/library/{id}/pictures/{name}`
pub async fn picture(
    who: Signed,
    State(app): State<App>,
    Path((id, name)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let reach = Reach::of(&app, &who, &*Known::now(&app).await?);
    let asset = Asset::find_for(&app, &reach, id).await?;
    let picture = portal::picture(&app, &asset, &name).await?;
    Served::picture(&asset, &picture).answer(&app, &headers).await
}
