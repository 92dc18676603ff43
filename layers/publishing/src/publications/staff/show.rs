//! One publication on the desk: its sections, where it stands, what stands against coming out, what may be done now.

use askama::Template;
use axum::extract::State as Shared;
use uuid::Uuid;

use crate::base::{App, Who, fact, time};
use crate::news::rights::{Verb, may};
use crate::news::staff::show::Refusal;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::publications::edition::Edition;
use crate::publications::obstacles::{Found, Ready};
use crate::publications::publication::{Publication, State};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 60;

/// A section as a row.
pub struct Row {
    pub id: Uuid,
    pub href: String,
    pub title: String,
    pub anchor: String,
    /// New or changed since the last edition; empty: neither.
    pub change: String,
    pub note: String,
    pub first: bool,
    pub last: bool,
}

/// What the reader may do now.
#[derive(Clone, Copy, Debug)]
pub struct May {
    pub writes: bool,
    pub submits: bool,
    pub recalls: bool,
    pub reviews: bool,
    pub publishes: bool,
    pub withdraws: bool,
}

#[derive(Template)]
#[template(path = "publications/staff/show.html")]
pub struct PublicationPage {
    pub l: Locale,
    pub shell: Shell,
    pub publication: Publication,
    pub agency: String,
    pub kind: String,
    pub rows: Vec<Row>,
    /// Whether they wrote some of it, and so do not approve it.
    pub own: bool,
    pub obstacles: Vec<Found>,
    pub editions: Vec<(String, String)>,
    pub translates: bool,
    pub may: May,
    pub refusal: Refusal,
    pub events: Events,
}

impl PublicationPage {
    fn words(&self, one: &Found) -> String {
        one.obstacle.text(self.l)
    }

    /// Where it is mended, for who may mend it now.
    fn place(&self, one: &Found) -> String {
        if self.may.writes { one.href.clone() } else { String::new() }
    }

    fn here(&self) -> String {
        Publication::desk_path(self.publication.id)
    }

    fn act(&self, code: &str) -> String {
        format!("{}/acts/{code}", self.here())
    }

    fn typed(&self, act: &str) -> &str {
        self.refusal.typed(act)
    }

    fn is_refused(&self, act: &str) -> bool {
        self.refusal.act == act
    }

    /// Refusals that stand at no field of this page.
    fn problems(&self) -> Vec<&str> {
        self.refusal.errors.besides(&["reason", "withdrawal"])
    }

    fn next(&self) -> i32 {
        self.publication.edition + 1
    }

    /// Whether what is written waits to come out.
    fn is_under_way(&self) -> bool {
        !matches!(self.publication.state, State::Published | State::Withdrawn)
    }

    fn noticed(&self) -> String {
        self.publication.noticed_at.map(time::minute).unwrap_or_default()
    }

    fn withdrawn(&self) -> String {
        self.publication.withdrawn_at.map(time::minute).unwrap_or_default()
    }
}

/// `GET /desk/publications/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<PublicationPage>> {
    let publication = Publication::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, publication).await?))
}

/// The page of a publication that the person may see.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, publication: Publication) -> Result<PublicationPage> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let ready = Ready::of(app, &publication).await?;
    let mut facts = fact::Model::history(&app.db, publication.id, HISTORY_MAX).await?;
    // Who tried to look in from elsewhere is for the auditor's page alone.
    facts.retain(|fact| fact.kind != "AccessRefused");
    let editions = Edition::all(&app.db, publication.id).await?;
    let past = |one: &Edition| {
        let day = time::day(time::local_date(one.at));
        (publication.edition_path(one.number), l.t2("publication-edition-of", "n", one.number, "day", day))
    };
    Ok(PublicationPage {
        agency: known.get(&publication.agency).map(|body| body.name.clone()).unwrap_or_default(),
        kind: publication.kind().name(l).to_owned(),
        rows: rows(l, &ready),
        own: publication.is_own_of(who.person),
        editions: editions.iter().map(past).collect(),
        translates: who.agency == Some(publication.agency) && may(who, Verb::Write, publication.agency),
        may: may_of(who, &publication),
        obstacles: ready.obstacles,
        refusal: Refusal::default(),
        events: Events::of(&app.db, l, &facts, &known).await?,
        publication,
        l,
        shell,
    })
}

fn may_of(who: &Who, publication: &Publication) -> May {
    let can = |verb: Verb| may(who, verb, publication.agency);
    let state = publication.state;
    May {
        writes: publication.may_be_written_by(who),
        submits: matches!(state, State::Draft | State::Returned) && can(Verb::Write),
        recalls: matches!(state, State::InReview | State::Approved) && can(Verb::Write),
        reviews: publication.is_reviewed_by(who),
        publishes: state == State::Approved && can(Verb::Publish),
        withdraws: publication.is_out() && can(Verb::Withdraw),
    }
}

fn rows(l: Locale, ready: &Ready) -> Vec<Row> {
    let count = ready.sections.len();
    let row = |(place, one): (usize, &crate::publications::Section)| {
        let before = ready.last.iter().find(|before| before.section == one.id);
        let change = match before {
            Some(before) if before.hash == one.hash() => String::new(),
            Some(_) => l.t("publication-row-changed"),
            None if ready.last.is_empty() => String::new(),
            None => l.t("publication-row-added"),
        };
        Row {
            id: one.id,
            href: one.desk_path(),
            title: one.title.clone(),
            anchor: one.anchor.clone(),
            change,
            note: one.note.clone(),
            first: place == 0,
            last: place + 1 == count,
        }
    };
    ready.sections.iter().enumerate().map(row).collect()
}
