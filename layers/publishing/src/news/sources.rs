//! What of news can be counted. An article that was withdrawn or taken down counts no more; a translation is no article of its own, but
//! one with its original.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, QueryTrait};

use super::article::{self, Article, State};
use super::section::{self, Kind, Section};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, Month, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, fact, time};
use crate::web::Result;

/// A section lives while it got an article within so many days.
pub const ALIVE_D: u64 = 30;

/// The fact of a correction.
const CORRECTED: &str = "ArticleCorrected";

pub const SOURCES: &[Source] = &[
    Source {
        code: "articles-published",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(published(app, None, stretch)),
        records: |app, _, _, asked| Box::pin(published_records(app, None, asked)),
    },
    Source {
        code: "articles-in-columns",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(published(app, Some(Kind::Column), stretch)),
        records: |app, _, _, asked| Box::pin(published_records(app, Some(Kind::Column), asked)),
    },
    Source {
        code: "articles-in-specials",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(published(app, Some(Kind::Special), stretch)),
        records: |app, _, _, asked| Box::pin(published_records(app, Some(Kind::Special), asked)),
    },
    Source {
        code: "articles-corrected",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(corrected(app, stretch)),
        records: |app, _, _, asked| Box::pin(corrected_records(app, asked)),
    },
    Source {
        code: "sections-alive",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(alive(app, stretch)),
        records: |app, _, _, asked| Box::pin(alive_records(app, asked)),
    },
];

/// Articles that are out, each with its translation once.
fn out(kind: Option<Kind>) -> Select<article::Entity> {
    let original = Expr::col((article::Entity, article::Column::Id)).equals((article::Entity, article::Column::Work));
    let out = article::Entity::find().filter(original).filter(article::Column::State.is_in([State::Published, State::Corrected]));
    let Some(kind) = kind else { return out };
    let sections = section::Entity::find().select_only().column(section::Column::Id).filter(section::Column::Kind.eq(kind));
    out.filter(article::Column::Section.in_subquery(sections.into_query()))
}

fn of_article(column: article::Column) -> Expr {
    Expr::col((article::Entity, column))
}

async fn published(app: &App, kind: Option<Kind>, stretch: Stretch) -> Result<Vec<Tallied>> {
    let when = When::Moment(of_article(article::Column::PublishedAt));
    happened(app, out(kind).into_query(), (of_article(article::Column::Agency), when), stretch).await
}

async fn published_records(app: &App, kind: Option<Kind>, asked: Asked) -> Result<Vec<Record>> {
    let rows = out(kind).filter(asked.of_agency(article::Column::Agency)).filter(asked.at(article::Column::PublishedAt));
    let rows = rows.order_by_desc(article::Column::PublishedAt).limit(RECORDS_MAX).all(&app.db).await?;
    Ok(rows.iter().filter_map(|row| Some(record(row, time::local_date(row.published_at?)))).collect())
}

/// What anybody on the desk may see, for everybody may.
fn record(article: &Article, on: NaiveDate) -> Record {
    Record {
        id: article.id,
        agency: article.agency,
        title: article.title.clone(),
        on,
        href: Article::desk_path(article.id),
        public_href: article.public_path(),
    }
}

/// Corrections of articles that are still out: an article that was corrected twice is two.
fn corrections() -> SelectStatement {
    let its_article = of_article(article::Column::Id).equals((fact::Entity, fact::Column::About));
    Query::select()
        .from(fact::Entity)
        .join(JoinType::InnerJoin, article::Entity, its_article)
        .and_where(fact::Column::Kind.eq(CORRECTED))
        .and_where(article::Column::State.is_in([State::Published, State::Corrected]))
        .take()
}

async fn corrected(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let when = When::Moment(Expr::col((fact::Entity, fact::Column::At)));
    happened(app, corrections(), (of_article(article::Column::Agency), when), stretch).await
}

#[derive(FromQueryResult)]
struct Correction {
    about: Uuid,
    at: DateTimeUtc,
}

async fn corrected_records(app: &App, asked: Asked) -> Result<Vec<Record>> {
    let mut query = corrections();
    query
        .column((fact::Entity, fact::Column::About))
        .column((fact::Entity, fact::Column::At))
        .cond_where(asked.at(fact::Column::At))
        .cond_where(asked.of_agency(article::Column::Agency))
        .order_by((fact::Entity, fact::Column::At), sea_orm::Order::Desc)
        .limit(RECORDS_MAX);
    let found = Correction::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let articles = article::Entity::find().filter(article::Column::Id.is_in(found.iter().map(|one| one.about)));
    let articles: HashMap<Uuid, Article> = articles.all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect();
    let of = |one: &Correction| Some(record(articles.get(&one.about)?, time::local_date(one.at)));
    Ok(found.iter().filter_map(of).collect())
}

/// The last time that a section got an article, month by month.
#[derive(FromQueryResult)]
struct Got {
    section: Uuid,
    agency: Uuid,
    last_at: DateTimeUtc,
    of_month: i32,
}

/// When the agencies' own sections got an article last in each month of the stretch, and in the month before it.
async fn last_got(app: &App, months: &[Month], of: Condition) -> Result<Vec<Got>> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(Vec::new()) };
    let (from, until) = Stretch { first: *first, last: *last }.moments();
    let its_section = Expr::col((section::Entity, section::Column::Id)).equals((article::Entity, article::Column::Section));
    let when = When::Moment(of_article(article::Column::PublishedAt));
    let month = Alias::new("of_month");
    let mut query = Query::select();
    query
        .from(article::Entity)
        .join(JoinType::InnerJoin, section::Entity, its_section)
        .expr_as(of_article(article::Column::Section), Alias::new("section"))
        .expr_as(Expr::col((section::Entity, section::Column::Agency)), Alias::new("agency"))
        .expr_as(of_article(article::Column::PublishedAt).max(), Alias::new("last_at"))
        .expr_as(when.of_months(months), month.clone())
        .and_where(article::Column::State.is_in([State::Published, State::Corrected]))
        .and_where(section::Column::Agency.is_not_null())
        .and_where(article::Column::PublishedAt.gte(from))
        .and_where(article::Column::PublishedAt.lt(until))
        .cond_where(of)
        .add_group_by([
            of_article(article::Column::Section),
            Expr::col((section::Entity, section::Column::Agency)),
            Expr::col(month),
        ]);
    Ok(Got::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?)
}

fn previous(month: Month) -> Month {
    Month::of(month.first_day().pred_opt().unwrap_or_else(|| month.first_day()))
}

/// The months that decide about a stretch: those of it that have begun, and the one before.
fn deciding(stretch: Stretch, today: NaiveDate) -> Vec<Month> {
    let until = Stretch { first: previous(stretch.first), last: stretch.last };
    until.months().take_while(|month| *month <= Month::of(today)).collect()
}

/// Whether something of that day is within [`ALIVE_D`] of the end of a month, or of today in the one that is not over.
fn is_fresh(got: NaiveDate, month: Month, today: NaiveDate) -> bool {
    let on = std::cmp::min(month.last_day(), today);
    let since = on.checked_sub_days(Days::new(ALIVE_D - 1)).unwrap_or(on);
    (since..=on).contains(&got)
}

async fn alive(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let today = time::local_date(app.clock.now());
    let months = deciding(stretch, today);
    let got = last_got(app, &months, Condition::all()).await?;
    let mut latest: HashMap<(Uuid, usize), (Uuid, NaiveDate)> = HashMap::new();
    for one in &got {
        let at = usize::try_from(one.of_month).unwrap_or_default();
        latest.insert((one.section, at), (one.agency, time::local_date(one.last_at)));
    }
    let mut counts: HashMap<(Uuid, Month), u64> = HashMap::new();
    let mut sections: Vec<Uuid> = got.iter().map(|one| one.section).collect();
    sections.sort_unstable();
    sections.dedup();
    for (at, month) in months.iter().enumerate().skip(1) {
        for section in &sections {
            let own = latest.get(&(*section, at)).or_else(|| latest.get(&(*section, at - 1)));
            if let Some((agency, _)) = own.filter(|(_, day)| is_fresh(*day, *month, today)) {
                *counts.entry((*agency, *month)).or_default() += 1;
            }
        }
    }
    let tallied = |((agency, month), count)| Tallied { agency: Some(agency), month, count };
    Ok(counts.into_iter().map(tallied).collect())
}

/// The sections that lived at the end of the stretch, with the day of their last article until then.
async fn alive_records(app: &App, asked: Asked) -> Result<Vec<Record>> {
    let today = time::local_date(app.clock.now());
    let months = deciding(asked.stretch, today);
    let Some(month) = months.last().copied().filter(|_| months.len() > 1) else { return Ok(Vec::new()) };
    let got = last_got(app, &months[months.len() - 2..], asked.of_agency(section::Column::Agency)).await?;
    let mut latest: HashMap<Uuid, NaiveDate> = HashMap::new();
    for one in &got {
        let day = time::local_date(one.last_at);
        let known = latest.entry(one.section).or_insert(day);
        *known = std::cmp::max(*known, day);
    }
    latest.retain(|_, day| is_fresh(*day, month, today));
    let sections = Section::all(&app.db).await?;
    let record = |one: &Section| {
        Some(Record {
            id: one.id,
            agency: one.agency?,
            title: one.name.clone(),
            on: *latest.get(&one.id)?,
            href: String::new(),
            public_href: one.public_path(),
        })
    };
    let mut records: Vec<Record> = sections.iter().filter_map(record).collect();
    records.sort_by_key(|one| std::cmp::Reverse(one.on));
    records.truncate(usize::try_from(RECORDS_MAX).unwrap_or(usize::MAX));
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_section_lives_for_thirty_days() {
        let (january, february) = (Month { year: 2026, month: 1 }, Month { year: 2026, month: 2 });
        let after = day("2026-06-01");
        assert!(!is_fresh(day("2026-01-01"), january, after), "31 days are too many");
        assert!(is_fresh(day("2026-01-02"), january, after));
        assert!(is_fresh(day("2026-01-30"), february, after), "a short month looks back into the one before");
        assert!(!is_fresh(day("2026-01-29"), february, after));
        assert!(is_fresh(day("2026-01-12"), february, day("2026-02-10")), "a month that is not over ends today");
        assert_eq!(deciding(Stretch { first: january, last: february }, day("2026-01-15")).len(), 2);
    }
}
