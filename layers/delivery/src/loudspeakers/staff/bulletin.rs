//! One bulletin: its script with the doubts, its sound, what stands against an approval, where it is aired, and what the reader may do.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::version;
use crate::base::{App, Who, fact, time};
use crate::channels::staff::one;
use crate::library::reach::Reach;
use crate::library::{Asset, Kind, Picture, asset};
use crate::loudspeakers::airing::Airing;
use crate::loudspeakers::bulletin::sounding::Origin;
use crate::loudspeakers::bulletin::writing::Typed;
use crate::loudspeakers::bulletin::{Bulletin, Doubt, State, reading_out};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::staff::{day, media};
use crate::news::Article;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

const HISTORY_MAX: u64 = 60;
const RECENT_MAX: u64 = 20;

/// What the reader may do now.
#[derive(Clone, Copy, Debug)]
pub struct May {
    pub writes: bool,
    pub submits: bool,
    pub takes_back: bool,
    pub approves: bool,
    pub withdraws: bool,
    pub plans: bool,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/bulletin.html")]
pub struct BulletinPage {
    l: Locale,
    shell: Shell,
    bulletin: Bulletin,
    agency: String,
    article: Option<Article>,
    given: Typed,
    doubts: Vec<Doubt>,
    sounds: Vec<Asset>,
    /// What boards show, and what they could show.
    picture: Option<Picture>,
    pictures: Vec<Asset>,
    has_espeak: bool,
    has_endpoint: bool,
    own: bool,
    obstacles: Vec<Obstacle>,
    airings: Vec<(String, String, &'static str, String)>,
    may: May,
    /// Which form came back, what was typed as a reason, and what is wrong.
    act: String,
    why: String,
    errors: Mistakes,
    conflict: bool,
    events: Events,
}

impl BulletinPage {
    fn here(&self) -> String {
        Bulletin::path(self.bulletin.id)
    }

    fn to(&self, act: &str) -> String {
        format!("{}/acts/{act}", self.here())
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }

    fn reason(&self, doubt: &Doubt) -> String {
        doubt.reason(self.l)
    }

    fn is_refused(&self, act: &str) -> bool {
        self.act == act
    }

    fn typed(&self, act: &str) -> &str {
        if self.act == act { &self.why } else { "" }
    }

    /// What stands at no field of this page.
    fn problems(&self) -> Vec<&str> {
        self.errors.besides(&["title", "script", "board", "why", "listened"])
    }

    fn length(&self) -> String {
        let seconds = self.bulletin.duration_s();
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }

    fn is_shown(&self, image: &Asset) -> bool {
        self.bulletin.picture == Some(image.id)
    }

    fn origin(&self) -> String {
        self.l.t(&format!("loud-origin-{}", self.bulletin.sound_origin))
    }

    fn is_machine(&self) -> bool {
        self.bulletin.sound.is_some() && self.bulletin.sound_origin != "recorded"
    }

    fn is_open(&self) -> bool {
        matches!(self.bulletin.state, State::Draft | State::Submitted)
    }

    fn is_approved(&self) -> bool {
        self.bulletin.state == State::Approved
    }

    fn open_doubts(&self) -> usize {
        self.doubts.iter().filter(|doubt| !doubt.settled).count()
    }
}

/// `GET /desk/loudspeakers/bulletins/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<BulletinPage>> {
    Ok(Page(page(&app, &who, shell, id).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, id: Uuid) -> Result<BulletinPage> {
    let l = shell.l;
    let bulletin = Bulletin::find_for(app, who, id).await?;
    let known = Known::now(app).await?;
    let mut facts = fact::Model::history(&app.db, id, HISTORY_MAX).await?;
    // Who tried to look in from elsewhere is for the auditor's page alone.
    facts.retain(|fact| fact.kind != "AccessRefused");
    let article = match bulletin.article {
        Some(article) => Article::find(&app.db, article).await.ok(),
        None => None,
    };
    let may = may_of(who, &bulletin);
    let now = app.clock.now();
    let airings = Airing::of_bulletin(&app.db, id).await?;
    let airing = |one: &Airing| (Airing::path(one.id), time::minute(one.begins_at), one.state.mark(), day::word(l, one, now));
    let open = matches!(bulletin.state, State::Draft | State::Submitted);
    Ok(BulletinPage {
        agency: known.get(&bulletin.agency).map(|body| body.name.clone()).unwrap_or_default(),
        article,
        given: Typed { title: bulletin.title.clone(), script: bulletin.script.clone(), board: bulletin.board.clone() },
        doubts: bulletin.doubts(),
        sounds: if may.writes { recent(app, who, Kind::Audio).await? } else { Vec::new() },
        picture: media::picture(app, bulletin.picture, &Bulletin::path(bulletin.id)).await?,
        pictures: if may.writes { usable(recent(app, who, Kind::Image).await?) } else { Vec::new() },
        has_espeak: may.writes && reading_out::has_espeak(app).await,
        has_endpoint: app.config.loudspeakers.speech.is_some(),
        own: bulletin.is_own_of(who.person),
        obstacles: if open { bulletin.obstacles(app).await? } else { Vec::new() },
        airings: airings.iter().map(airing).collect(),
        may,
        act: String::new(),
        why: String::new(),
        errors: Mistakes::default(),
        conflict: false,
        events: Events::of(&app.db, l, &facts, &known).await?,
        bulletin,
        l,
        shell,
    })
}

fn may_of(who: &Who, bulletin: &Bulletin) -> May {
    let can = |verb: Verb| rights::may(who, verb, bulletin.agency);
    let state = bulletin.state;
    May {
        writes: matches!(state, State::Draft | State::Approved) && can(Verb::Write),
        submits: state == State::Draft && can(Verb::Write),
        takes_back: state == State::Submitted && can(Verb::Write),
        approves: state == State::Submitted && can(Verb::Approve),
        withdraws: state != State::Withdrawn && can(Verb::Stop),
        plans: bulletin.is_ready() && can(Verb::Write),
    }
}

/// Recent sounds or images that the person may use.
async fn recent(app: &App, who: &Who, kind: Kind) -> Result<Vec<Asset>> {
    let reach = Reach::of(app, who, &*Known::now(app).await?);
    let rows = asset::Entity::find().filter(reach.condition()).filter(asset::Column::Kind.eq(kind));
    let rows = rows.filter(asset::Column::DeletedAt.is_null());
    Ok(rows.order_by_desc(asset::Column::UploadedAt).limit(RECENT_MAX).all(&app.db).await?)
}

/// Those with description and credit: others can not be taken.
fn usable(images: Vec<Asset>) -> Vec<Asset> {
    images.into_iter().filter(|one| one.obstacles_to_use().is_empty()).collect()
}

/// `POST /desk/loudspeakers/bulletins/{id}`
pub async fn write(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let typed = Typed {
        title: one(&fields, "title").to_owned(),
        script: one(&fields, "script").to_owned(),
        board: one(&fields, "board").to_owned(),
    };
    let seen = version(&fields)?;
    let done = Bulletin::write(&app, &who, id, &typed, seen).await;
    after(&app, &who, shell, id, ("write", ""), (done, "loud-bulletin-saved"), Some(typed)).await
}

/// Goes on, or comes back with what was typed and what is wrong.
async fn after(
    app: &App,
    who: &Who,
    shell: Shell,
    id: Uuid,
    (act, why): (&str, &str),
    (done, said): (Result<()>, &'static str),
    typed: Option<Typed>,
) -> Result<Response> {
    let (status, found) = match done {
        Ok(()) => return Ok(Said::to(Bulletin::path(id), said).into_response()),
        Err(error) => error.handed_back()?,
    };
    let (errors, conflict) = (Mistakes::told(&found, shell.l), status == StatusCode::CONFLICT);
    let page = page(app, who, shell, id).await?;
    let given = typed.unwrap_or_else(|| page.given.clone());
    Ok(Page(BulletinPage { given, act: act.into(), why: why.into(), errors, conflict, ..page }).status(status))
}

/// `POST /desk/loudspeakers/bulletins/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    Bulletin::find_for(&app, &who, id).await?;
    let (seen, why) = (version(&fields)?, one(&fields, "why").to_owned());
    let (done, said) = match act.as_str() {
        "submission" => (Bulletin::submit(&app, &who, id, seen).await, "loud-bulletin-was-submitted"),
        "recall" => (Bulletin::take_back(&app, &who, id, seen).await, "loud-bulletin-was-recalled"),
        "return" => (Bulletin::send_back(&app, &who, id, &why, seen).await, "loud-bulletin-was-returned"),
        "approval" => {
            let listened = !one(&fields, "listened").is_empty();
            (Bulletin::approve(&app, &who, id, listened, seen).await, "loud-bulletin-was-approved")
        }
        "withdrawal" => (Bulletin::withdraw(&app, &who, id, &why, seen).await, "loud-bulletin-was-withdrawn"),
        "script" => (Bulletin::make_again(&app, &who, id, seen).await, "loud-bulletin-made-again"),
        "doubt" => {
            let at = one(&fields, "at").parse().map_err(|_| Error::NotFound)?;
            let keep = !one(&fields, "keep").is_empty();
            (Bulletin::settle_doubt(&app, &who, id, (at, one(&fields, "said"), keep), seen).await, "loud-doubt-settled")
        }
        "sound-fits" => (Bulletin::sound_fits(&app, &who, id, seen).await, "loud-bulletin-saved"),
        "sound" => {
            let asset = one(&fields, "asset").parse().map_err(|_| Error::refused("loud-sound-which"));
            let done = match asset {
                Ok(asset) => Bulletin::take_sound(&app, &who, id, asset, seen).await,
                Err(error) => Err(error),
            };
            (done, "loud-sound-taken")
        }
        "picture" => {
            let asset = match one(&fields, "image") {
                "" => None,
                id => Some(id.parse().map_err(|_| Error::NotFound)?),
            };
            (Bulletin::take_picture(&app, &who, id, asset, seen).await, "loud-bulletin-saved")
        }
        "espeak" => (Bulletin::read_out(&app, &who, id, Origin::Espeak, seen).await, "loud-sound-read"),
        "endpoint" => (Bulletin::read_out(&app, &who, id, Origin::Endpoint, seen).await, "loud-sound-read"),
        _ => return Err(Error::NotFound),
    };
    after(&app, &who, shell, id, (&act, &why), (done, said), None).await
}

/// `POST /desk/loudspeakers/bulletins/{id}/sound`: a recording, which goes to the library.
pub async fn sound(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    mut parts: Multipart,
) -> Result<Response> {
    let broken = |_| Error::bad("upload-broken");
    let mut seen = None;
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "version" => seen = field.text().await.map_err(broken)?.trim().parse().ok(),
            "file" => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let Some(seen) = seen else { return Err(Error::bad("failure-bad-request")) };
                let done = if name.is_empty() {
                    Err(Error::refused("library-no-file"))
                } else {
                    Bulletin::bring_sound(&app, &who, id, (&name, field.map_err(std::io::Error::other)), seen).await
                };
                return after(&app, &who, shell, id, ("sound", ""), (done, "loud-sound-taken"), None).await;
            }
            _ => {}
        }
    }
    let none = Err(Error::refused("library-no-file"));
    after(&app, &who, shell, id, ("sound", ""), (none, "loud-sound-taken"), None).await
}
