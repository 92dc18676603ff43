//! Which translations there are, and which are older than the text they translate.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, Query as Sql, SelectStatement};
use sea_orm::{Condition, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;
use std::collections::HashMap;

use crate::base::{App, Who, time};
use crate::news::article::{Article, Column, Entity, Language, State};
use crate::news::rights::OVERSEERS;
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, harmless};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address, unread};

const ROWS: u64 = 50;
/// Of a file.
const FILE_ROWS: u64 = 10_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
    /// [`Which::code`]
    state: String,
    /// Address name of an agency.
    agency: String,
}

impl Ask {
    fn unread(&self, known: &Known) -> String {
        let agency = known.values().any(|body| body.slug == self.agency);
        unread(&[(Which::from_code(&self.state).is_some(), &self.state), (agency, &self.agency)])
    }
}

/// Which of the articles that are out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Missing,
    Waiting,
    Out,
    Stale,
}

impl Which {
    const ALL: [Self; 4] = [Self::Missing, Self::Waiting, Self::Out, Self::Stale];

    const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Waiting => "waiting",
            Self::Out => "out",
            Self::Stale => "stale",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    fn condition(self) -> Condition {
        let english = Entity::find().select_only().column(Column::Work).filter(Column::Language.eq(Language::En));
        let out = english.clone().filter(Column::State.is_in([State::Published, State::Corrected]));
        let (english, out) = (english.into_query(), out.into_query());
        let all = Condition::all();
        match self {
            Self::Missing => all.add(Column::Work.not_in_subquery(english)),
            Self::Waiting => all.add(Column::Work.in_subquery(english)).add(Column::Work.not_in_subquery(out)),
            Self::Out => all.add(Column::Work.in_subquery(out)),
            Self::Stale => all.add(Column::State.eq(State::Corrected)).add(Expr::exists(older())),
        }
    }
}

/// The English text of the same work, when it was not touched since the original was corrected: see [`stale_since`].
fn older() -> SelectStatement {
    let other = Alias::new("translation");
    let of = |column: Column| Expr::col((other.clone(), column));
    Sql::select()
        .expr(Expr::val(1))
        .from_as(Entity, other.clone())
        .and_where(of(Column::Work).eq(Expr::col((Entity, Column::Work))))
        .and_where(of(Column::Language).eq(Language::En))
        .and_where(of(Column::ChangedAt).lt(Expr::col((Entity, Column::NoticedAt))))
        .take()
}

/// An article with its translation.
pub struct Row {
    pub title: String,
    pub href: String,
    pub agency: String,
    pub published: String,
    /// Title, address, state of the English text.
    pub other: Option<(String, String, String)>,
    /// Since when the original says something else.
    pub stale: String,
}

#[derive(Template)]
#[template(path = "news/staff/translations.html")]
pub struct Report {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    paging: Paging,
    translated: u64,
    total: u64,
    ask: Ask,
    /// What of the address is not understood.
    unread: String,
    states: Vec<(&'static str, String)>,
    /// For who oversees: those that have articles out.
    agencies: Vec<(String, String)>,
    keeps_minimum: bool,
}

impl Report {
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/news/translations{}", self.query(&to.to_string()))
    }

    fn query(&self, page: &str) -> String {
        address::query(&[("state", self.ask.state.as_str()), ("agency", &self.ask.agency), ("page", page)])
    }

    fn is_narrowed(&self) -> bool {
        !self.ask.state.is_empty() || !self.ask.agency.is_empty()
    }

    /// Where nothing is filtered; empty when nothing is.
    fn clear(&self) -> &'static str {
        if self.is_narrowed() { "/desk/news/translations" } else { "" }
    }
}

/// `GET /desk/news/translations`: the agency's articles that are out, for overseers everyone's; four statements.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Report>> {
    let l = shell.l;
    let out = originals(&who)?;
    let known = Known::now(&app).await?;
    let asked = asked(out.clone(), &ask, &known);
    let total = Entity::find().filter(out.clone()).count(&app.db).await?;
    let translated = Entity::find().filter(out).filter(Which::Out.condition()).count(&app.db).await?;
    let found = Entity::find().filter(asked.clone()).count(&app.db).await?;
    let paging = Paging::new(ask.page, ROWS, found);
    let rows = rows(&app, l, asked, (paging.offset(), ROWS), &known).await?;
    let oversees = who.is_any(OVERSEERS);
    let mut agencies: Vec<_> = if oversees { known.values().collect() } else { Vec::new() };
    agencies.sort_by_key(|body| known.rank(body.id));
    Ok(Page(Report {
        states: Which::ALL.iter().map(|one| (one.code(), l.t(&format!("translations-is-{}", one.code())))).collect(),
        agencies: agencies.into_iter().map(|body| (body.slug.clone(), body.name.clone())).collect(),
        keeps_minimum: oversees || crate::news::english::may_keep(&who),
        rows,
        paging,
        translated,
        total,
        unread: ask.unread(&known),
        ask,
        l,
        shell,
    }))
}

/// `GET /desk/news/translations.csv`: the same list as a file.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let l = shell.l;
    let known = Known::now(&app).await?;
    let rows = rows(&app, l, asked(originals(&who)?, &ask, &known), (0, FILE_ROWS), &known).await?;
    let mut file = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    file.write_record(["title", "agency", "published", "english", "english_state", "stale_since"])?;
    for row in rows {
        let (title, _, state) = row.other.unwrap_or_default();
        let cells = [row.title, row.agency, row.published, title, state, row.stale];
        file.write_record(cells.iter().map(|cell| harmless(cell)))?;
    }
    let bytes = file.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: "ban-dich.csv".into(), media_type: CSV, bytes })
}

fn asked(out: Condition, ask: &Ask, known: &Known) -> Condition {
    let mut asked = out;
    if let Some(which) = Which::from_code(&ask.state) {
        asked = asked.add(which.condition());
    }
    if let Some(body) = known.values().find(|body| !ask.agency.is_empty() && body.slug == ask.agency) {
        asked = asked.add(Column::Agency.eq(body.id));
    }
    asked
}

/// The articles asked for with their translations, the newest first: two statements.
async fn rows(app: &App, l: Locale, asked: Condition, (offset, limit): (u64, u64), known: &Known) -> Result<Vec<Row>> {
    let articles = Entity::find()
        .filter(asked)
        .order_by_desc(Column::PublishedAt)
        .order_by_desc(Column::Id)
        .offset(offset)
        .limit(limit)
        .all(&app.db)
        .await?;
    let works: Vec<Uuid> = articles.iter().map(|article| article.work).collect();
    let others = Entity::find().filter(Column::Work.is_in(works)).filter(Column::Language.eq(Language::En)).all(&app.db).await?;
    let others: HashMap<Uuid, Article> = others.into_iter().map(|one| (one.work, one)).collect();
    Ok(articles.iter().map(|article| row(l, article, others.get(&article.work), known)).collect())
}

fn originals(who: &Who) -> Result<Condition> {
    let out =
        Condition::all().add(Column::Language.eq(Language::Vi)).add(Column::State.is_in([State::Published, State::Corrected]));
    match who.agency {
        _ if who.is_any(OVERSEERS) => Ok(out),
        Some(own) => Ok(out.add(Column::Agency.eq(own))),
        None => Err(Error::Forbidden),
    }
}

fn row(l: Locale, article: &Article, other: Option<&Article>, known: &Known) -> Row {
    Row {
        title: article.title.clone(),
        href: Article::desk_path(article.id),
        agency: known.get(&article.agency).map(|body| body.label()).unwrap_or_default(),
        published: article.published_at.map(|at| time::day(time::local_date(at))).unwrap_or_default(),
        other: other.map(|one| (one.title.clone(), Article::desk_path(one.id), l.t(&one.state.key()))),
        stale: other.and_then(|one| stale_since(article, one)).map(time::minute).unwrap_or_default(),
    }
}

/// Since when the translation is older than what it translates: the correction of the original, when the translation's text
/// was not touched since.
#[must_use]
pub fn stale_since(original: &Article, translation: &Article) -> Option<DateTimeUtc> {
    let corrected = original.noticed_at.filter(|_| original.state == State::Corrected)?;
    (translation.changed_at < corrected).then_some(corrected)
}
