//! One variant: writing it beside what people will see; once approved, where its delivery stands, its steps, and what a person decides.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::filling::{self, Place};
use super::letters::Letters;
use super::piece::{Card, card, shown};
use super::{ids, one};
use crate::base::{App, Who, time};
use crate::channels::delivery::step::Step;
use crate::channels::delivery::{self, Delivery, Errand, State as Way, heard};
use crate::channels::piece::writing::{self, Typed};
use crate::channels::piece::{Piece, State};
use crate::channels::platform::{BROADCAST, Platform, zns};
use crate::channels::rights::{Verb, may};
use crate::channels::{Account, account, preflight};
use crate::library::asset::{self, Asset, Kind};
use crate::library::reach::Reach;
use crate::news::Article;
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// So many of the library's latest pictures and films are offered beside those of the article.
const OFFERED_MAX: u64 = 24;

/// A picture or a film as a choice.
pub struct Choice {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}

/// A step of the delivery, in words.
pub struct Line {
    pub what: String,
    pub why: String,
    pub who: String,
    pub machine: String,
    pub when: String,
    pub mark: &'static str,
}

/// What a refused press brought, and why.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    pub fields: Vec<(String, String)>,
    pub errors: Mistakes,
    pub conflict: bool,
}

#[derive(Template)]
#[template(path = "channels/staff/variant.html")]
pub struct Variant {
    pub l: Locale,
    pub shell: Shell,
    pub piece: Piece,
    pub row: Delivery,
    /// The card of it, for the shared template.
    pub one: Card,
    pub platform: Option<&'static Platform>,
    /// Its account is paused, or lets nobody in: what is to be done with the copy waits for it.
    pub is_still: bool,
    pub choices: Vec<Choice>,
    /// What is filled into a template; empty where the words are free.
    pub places: Vec<Place>,
    /// Whether it is broadcast once it is out; None where nobody is asked.
    pub broadcast: Option<bool>,
    pub lines: Vec<Line>,
    /// What each number got, where it went to numbers.
    pub letters: Letters,
    pub writes: bool,
    /// Whether a model may be asked for words.
    pub suggests: bool,
    pub resolves: bool,
    pub retracts: bool,
    pub refused: Refused,
}

impl Variant {
    fn here(&self) -> String {
        self.one.href.clone()
    }

    fn act(&self, code: &str) -> String {
        format!("{}/acts/{code}", self.one.href)
    }

    /// What stands in a field: what was typed, where it comes back.
    fn value(&self, field: &str) -> String {
        if !self.refused.fields.is_empty() {
            return one(&self.refused.fields, field).to_owned();
        }
        match field {
            "title" => self.row.title.clone(),
            "text" => self.row.text.clone(),
            "link" => self.row.link.clone(),
            _ => String::new(),
        }
    }

    /// What stands at a place: what was typed, where it comes back.
    fn filled(&self, place: &Place) -> String {
        if self.refused.fields.is_empty() { place.value.clone() } else { one(&self.refused.fields, &place.field).to_owned() }
    }

    fn is_broadcast(&self) -> bool {
        if self.refused.fields.is_empty() { self.broadcast == Some(true) } else { one(&self.refused.fields, BROADCAST) == "on" }
    }

    fn has_title(&self) -> bool {
        self.platform.is_some_and(|platform| platform.limits().title_max > 0)
    }

    /// Whether the platform shows pictures or films at all.
    fn takes_media(&self) -> bool {
        let limits = self.platform.map(|platform| platform.limits());
        limits.is_some_and(|limits| limits.images_max > 0 || limits.videos_max > 0)
    }

    fn code(&self) -> &'static str {
        self.platform.map_or("", |platform| platform.code())
    }

    /// Whether the platform can be told to change the copy.
    fn has_id(&self) -> bool {
        !self.row.external_id.is_empty() && !self.is_final()
    }

    /// Whether nobody can change or take it back by the platform's interface.
    fn is_final(&self) -> bool {
        let is_tiktok = self.platform.is_some_and(|one| one.is == platforms::Platform::TikTok);
        is_tiktok || !self.has_address()
    }

    /// Whether the copy has an address on the platform.
    fn has_address(&self) -> bool {
        !self.row.is_broadcast() && self.platform.is_none_or(|one| !one.is_mailing())
    }

    /// What a person is told who says of a copy without an address that it is there.
    fn there(&self) -> String {
        self.l.t(if self.row.is_broadcast() { "channel-there-broadcast" } else { "channel-there-numbers" })
    }

    fn account(&self) -> Uuid {
        self.row.account
    }

    fn has_errand(&self) -> bool {
        self.row.errand != Errand::None
    }

    fn is_unknown(&self) -> bool {
        self.row.state == Way::Unknown
    }

    fn is_held(&self) -> bool {
        self.row.state == Way::Held
    }

    fn is_failed(&self) -> bool {
        self.row.state == Way::Failed
    }

    fn is_out(&self) -> bool {
        self.row.state == Way::Confirmed
    }

    fn is_wanted(&self) -> bool {
        self.row.wanted != Errand::None
    }
}

/// `GET /desk/channels/pieces/{id}/variants/{variant}`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, variant)): Path<(Uuid, Uuid)>,
) -> Result<Page<Variant>> {
    Ok(Page(page(&app, &who, shell, (id, variant)).await?))
}

/// The page of a variant that the person may see.
///
/// # Errors
/// Not found, hidden; or the database or the library's store failed.
pub async fn page(app: &App, who: &Who, shell: Shell, (id, variant): (Uuid, Uuid)) -> Result<Variant> {
    let l = shell.l;
    let piece = Piece::find_for(app, who, id).await?;
    let row = delivery::Entity::find_by_id(variant).one(&app.db).await?.filter(|row| row.piece == id);
    let row = row.ok_or(Error::NotFound)?;
    let accounts = Account::of(&app.db, Some(piece.agency)).await?;
    let rows = std::slice::from_ref(&row);
    let is_open = matches!(piece.state, State::Draft | State::Submitted);
    let found = if is_open { preflight::all(app, rows, &accounts).await? } else { Vec::new() };
    let shown = shown(app, l, rows, (&accounts, is_open)).await?;
    let one = card(l, &row, &accounts, preflight::at(&found, variant), &shown);
    let account = accounts.iter().find(|one| one.id == row.account);
    // A broadcast shows what its article shows.
    let writes = piece.state == State::Draft && may(who, Verb::Write, piece.agency) && !row.is_broadcast();
    let places = account.map(|account| filling::places(account, &row.text)).unwrap_or_default();
    let is_free = account.is_some_and(|account| !zns::is_of_template(account));
    let broadcast = match account {
        Some(account) if writes => filling::broadcast(app, account, &row).await?,
        _ => None,
    };
    let choices = if writes { choices(app, who, l, &piece, &row).await? } else { Vec::new() };
    Ok(Variant {
        platform: account.and_then(Account::platform),
        is_still: account.is_some_and(|one| one.state != account::State::Active),
        lines: lines(app, l, variant).await?,
        letters: Letters::of(app, l, variant).await?,
        suggests: writes && is_free && piece.article.is_some() && app.config.suggestions.is_some(),
        choices,
        places,
        broadcast,
        writes,
        resolves: !is_open && may(who, Verb::Write, piece.agency),
        retracts: !is_open && may(who, Verb::Retract, piece.agency),
        refused: Refused::default(),
        one,
        row,
        piece,
        l,
        shell,
    })
}

/// The pictures to choose from: those chosen, those of the article, the library's latest.
async fn choices(app: &App, who: &Who, l: Locale, piece: &Piece, row: &Delivery) -> Result<Vec<Choice>> {
    let chosen = row.media();
    let mut wanted = chosen.clone();
    if let Some(article) = piece.article {
        match Article::find(&app.db, article).await {
            Ok(article) => wanted.extend(article.assets()),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let reach = Reach::of(app, who, &*Known::now(app).await?);
    let there = asset::Entity::find().filter(asset::Column::Id.is_in(wanted.iter().copied())).all(&app.db).await?;
    let kinds = kinds(app, row).await?;
    let latest = asset::Entity::find().filter(reach.condition()).filter(asset::Column::Kind.is_in(kinds.iter().copied()));
    let latest = latest.filter(asset::Column::Agency.is_in(reach.own.iter().copied()));
    let latest = latest.order_by_desc(asset::Column::UploadedAt).limit(OFFERED_MAX).all(&app.db).await?;
    let mut choices: Vec<Choice> = Vec::new();
    let ordered = wanted.iter().filter_map(|id| there.iter().find(|one| one.id == *id));
    for asset in ordered.chain(latest.iter().filter(|one| one.obstacles_to_use().is_empty())) {
        let is_chosen = chosen.contains(&asset.id);
        // What is chosen can be taken away, also where the platform does not take its kind.
        if !(is_chosen || kinds.contains(&asset.kind)) || choices.iter().any(|one| one.id == asset.id.to_string()) {
            continue;
        }
        choices.push(Choice { id: asset.id.to_string(), name: label(l, asset), chosen: is_chosen });
    }
    Ok(choices)
}

/// What the platform of the delivery takes.
async fn kinds(app: &App, row: &Delivery) -> Result<Vec<Kind>> {
    let account = crate::channels::account::Entity::find_by_id(row.account).one(&app.db).await?;
    let Some(limits) = account.as_ref().and_then(writing::limits) else { return Ok(Vec::new()) };
    let all = [(Kind::Image, limits.images_max), (Kind::Video, limits.videos_max)];
    Ok(all.into_iter().filter(|(_, max)| *max > 0).map(|(kind, _)| kind).collect())
}

fn label(l: Locale, asset: &Asset) -> String {
    let name = if asset.alt.is_empty() { asset.label().to_owned() } else { format!("{}: {}", asset.label(), asset.alt) };
    if asset.kind == Kind::Video { l.t1("channel-media-film", "name", name) } else { name }
}

/// The steps, in words, newest first: one statement, and one for the names.
async fn lines(app: &App, l: Locale, delivery: Uuid) -> Result<Vec<Line>> {
    let steps = Step::of(&app.db, &[delivery]).await?;
    let people: Vec<Uuid> = steps.iter().filter_map(|step| step.person).collect();
    let names: HashMap<Uuid, String> = person::names(&app.db, &people).await?;
    let line = |step: &Step| {
        let reason = if step.why == delivery::Why::None { String::new() } else { l.t(&step.why.key()) };
        let parts = [reason, heard::shown(l, step.why, &step.says), step.reason.clone().unwrap_or_default()];
        let who = step
            .person
            .map_or_else(|| l.t("ledger-system"), |id| names.get(&id).cloned().unwrap_or_else(|| l.t("ledger-somebody")));
        let what = if step.was == step.became {
            l.t(&step.became.key())
        } else {
            format!("{} → {}", l.t(&step.was.key()), l.t(&step.became.key()))
        };
        Line {
            what,
            why: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            who,
            machine: time::machine(step.at),
            when: time::minute(step.at),
            mark: step.became.mark(),
        }
    };
    Ok(steps.iter().map(line).collect())
}

/// `POST /desk/channels/pieces/{id}/variants/{variant}`: a refusal, and what somebody else wrote meanwhile, come back with what was
/// typed.
pub async fn save(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, variant)): Path<(Uuid, Uuid)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let typed = Typed {
        title: one(&fields, "title").to_owned(),
        text: filling::text(&fields),
        link: one(&fields, "link").to_owned(),
        media: ids(&fields, "media"),
        broadcast: one(&fields, BROADCAST) == "on",
    };
    let seen = one(&fields, "version").parse().unwrap_or_default();
    match Piece::write(&app, &who, (id, variant), &typed, seen).await {
        Ok(()) => {
            let to = format!("{}#variant-{variant}", Piece::path(id));
            Ok(Said::to(to, "channel-variant-was-kept").into_response())
        }
        Err(error) => back(&app, &who, shell, (id, variant), fields, error).await,
    }
}

/// The page again, with what was typed and why it was refused; errors that are none of the form's go on.
///
/// # Errors
/// Those; or the page can not be made.
pub async fn back(
    app: &App,
    who: &Who,
    shell: Shell,
    of: (Uuid, Uuid),
    fields: Vec<(String, String)>,
    error: Error,
) -> Result<Response> {
    let (status, obstacles) = error.handed_back()?;
    let errors = Mistakes::told(&obstacles, shell.l);
    let mut page = page(app, who, shell, of).await?;
    let media = ids(&fields, "media");
    for choice in &mut page.choices {
        choice.chosen = media.iter().any(|id| id.to_string() == choice.id);
    }
    page.refused = Refused { fields, errors, conflict: status == StatusCode::CONFLICT };
    Ok(Page(page).status(status))
}
