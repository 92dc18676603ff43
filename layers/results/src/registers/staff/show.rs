//! A record on one page: what it says, what waits, what proves it, its versions and its history.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;
use sea_orm::entity::prelude::*;

use super::list::days;
use crate::base::{App, Who, fact, time};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::people::telling::Events;
use crate::registers::evidence::{self, Evidence};
use crate::registers::kind::{self, Field};
use crate::registers::record::{Content, Record, State};
use crate::registers::rights;
use crate::registers::version::Version;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 50;

/// A field as it stands, and as it will.
pub struct Line {
    pub label: String,
    pub now: String,
    /// Where it differs.
    pub then: Option<String>,
}

/// A piece of evidence.
pub struct Piece {
    pub id: Uuid,
    pub name: String,
    pub href: String,
    pub on: String,
    pub mark: &'static str,
    pub word: String,
}

/// A version as it was confirmed.
pub struct Before {
    pub number: i32,
    pub at: String,
    pub by: String,
    pub lines: Vec<Line>,
}

/// What the person may do.
pub struct May {
    pub write: bool,
    pub decide: bool,
    pub make_secret: bool,
}

/// What somebody pressed on the page and was refused, with what was typed.
#[derive(Debug, Default)]
pub struct Tried {
    /// As its address has it; empty for evidence.
    pub act: String,
    pub why: String,
    pub evidence: String,
    pub evidence_on: String,
    pub errors: Mistakes,
    /// Somebody was quicker.
    pub conflict: bool,
}

impl Tried {
    fn pressed(&self, act: &str) -> bool {
        self.act == act
    }

    fn why(&self, act: &str) -> &str {
        if self.pressed(act) { &self.why } else { "" }
    }

    /// The field of an obstacle on this page: two forms ask for a reason.
    fn field(&self, field: &'static str) -> &'static str {
        if field == "why" && self.pressed("send-back") { "back-why" } else { field }
    }
}

#[derive(Template)]
#[template(path = "registers/staff/show.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    record: Record,
    register: String,
    agency: String,
    says: Vec<Line>,
    pieces: Vec<Piece>,
    versions: Vec<Before>,
    obstacles: Vec<Obstacle>,
    may: May,
    /// Where the public sees it; empty when nowhere.
    public_href: String,
    is_publicised_kind: bool,
    events: Events,
    tried: Tried,
}

impl Show {
    fn here(&self) -> String {
        Record::path(self.record.id)
    }

    fn days(&self) -> String {
        days(&self.record)
    }

    fn is_out(&self) -> bool {
        self.record.state == State::Withdrawn
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }
}

/// The fields of a kind as people read them.
fn fields(l: Locale, register: &str, content: &Content) -> Vec<(String, String)> {
    let Some(kind) = kind::of(register) else { return Vec::new() };
    let number = |number: Option<i64>| number.map(vietnamese::number::format_integer).unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(time::day).unwrap_or_default();
    let yes = |is: bool| l.t(if is { "register-yes" } else { "register-no" });
    let all = [
        (true, l.t(&format!("{}-title", kind.key())), content.title.clone()),
        (kind.coded, l.t("register-code"), content.code.clone()),
        (kind.has(Field::Lead), l.t("register-lead"), content.lead.clone()),
        (kind.has(Field::Category), l.t("register-category"), kind::category(l, &content.category)),
        (true, l.t("register-from"), time::day(content.from_on)),
        (kind.ends, l.t(kind.until_key()), day(content.until_on)),
        (kind.has(Field::Trained), l.t("register-trained"), day(content.trained_on)),
        (kind.has(Field::Figures), l.t("register-part"), number(content.part)),
        (kind.has(Field::Figures), l.t("register-whole"), number(content.whole)),
        (kind.has(Field::Listed), l.t("register-listed"), yes(content.listed)),
        (true, l.t("register-note"), content.note.clone()),
    ];
    all.into_iter().filter(|(has, ..)| *has).map(|(_, label, value)| (label, value)).collect()
}

fn lines(l: Locale, record: &Record) -> Vec<Line> {
    let now = fields(l, &record.register, &record.content());
    let then = record.pending().map(|content| fields(l, &record.register, &content)).unwrap_or_default();
    let line = |(at, (label, now)): (usize, (String, String))| {
        let then = then.get(at).map(|(_, then)| then.clone()).filter(|then| *then != now);
        Line { label, now, then }
    };
    now.into_iter().enumerate().map(line).filter(|one| !one.now.is_empty() || one.then.is_some()).collect()
}

fn before(l: Locale, record: &Record, version: &Version, names: &HashMap<Uuid, String>) -> Before {
    let said = version.content().map(|content| fields(l, &record.register, &content)).unwrap_or_default();
    let line = |(label, now): (String, String)| Line { label, now, then: None };
    Before {
        number: version.number,
        at: time::minute(version.at),
        by: names.get(&version.confirmed_by).cloned().unwrap_or_else(|| l.t("ledger-somebody")),
        lines: said.into_iter().map(line).filter(|one| !one.now.is_empty()).collect(),
    }
}

/// `GET /desk/registers/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Show>> {
    Ok(Page(drawn(&app, &who, shell, id, Tried::default()).await?))
}

/// The page once more, with what was typed and why it was refused.
///
/// # Errors
/// What no page can mend; not found, where the record is gone by now; or the database failed.
pub async fn handed_back(app: &App, who: &Who, shell: Shell, id: Uuid, tried: Tried, error: Error) -> Result<Response> {
    let (status, found) = error.handed_back()?;
    let errors = found.iter().map(|one| (tried.field(one.field), one.text(shell.l))).collect();
    let tried = Tried { errors, conflict: status == StatusCode::CONFLICT, ..tried };
    Ok(Page(drawn(app, who, shell, id, tried).await?).status(status))
}

async fn drawn(app: &App, who: &Who, shell: Shell, id: Uuid, tried: Tried) -> Result<Show> {
    let l = shell.l;
    let record = Record::find_for(app, who, id).await?;
    let found = Evidence::of(&app.db, id).await?;
    let (standing, articles) = evidence::standing(app, &found).await?;
    let is_live = |one: &Evidence| one.kind != evidence::Kind::Asset && standing.get(&one.id) != Some(&evidence::Standing::Dead);
    let is_publicised_kind = record.kind().is_some_and(|kind| kind.public);
    let shown = is_publicised_kind && record.state == State::Confirmed && found.iter().any(is_live);
    let piece = |one: &Evidence| {
        let stands = standing.get(&one.id).copied().unwrap_or(evidence::Standing::Unasked);
        Piece {
            id: one.id,
            name: one.name.clone(),
            href: one.href(&articles),
            on: time::day(one.on_day),
            mark: stands.mark(),
            word: l.t(stands.key()),
        }
    };
    let versions = Version::of(&app.db, id).await?;
    let people: Vec<Uuid> = versions.iter().map(|one| one.confirmed_by).collect();
    let names = person::names(&app.db, &people).await?;
    let (known, facts) = (Known::now(app).await?, fact::Model::history(&app.db, id, HISTORY_MAX).await?);
    let decide = rights::decides(who, record.agency) && record.state != State::Withdrawn;
    Ok(Show {
        register: kind::name(l, &record.register),
        agency: known.get(&record.agency).map(|body| body.name.clone()).unwrap_or_default(),
        says: lines(l, &record),
        pieces: found.iter().map(piece).collect(),
        versions: versions.iter().map(|one| before(l, &record, one, &names)).collect(),
        obstacles: record.obstacles_to_confirm(who, &found),
        may: May {
            write: rights::writes(who, record.agency) && record.state != State::Withdrawn,
            decide,
            make_secret: is_publicised_kind && rights::decides(who, record.agency),
        },
        public_href: if shown { Record::public_path(id) } else { String::new() },
        is_publicised_kind,
        events: Events::of(&app.db, l, &facts, &known).await?,
        tried,
        record,
        l,
        shell,
    })
}
