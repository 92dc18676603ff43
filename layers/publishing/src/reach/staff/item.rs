//! One article, or piece: the range of people it reached, and every figure of every copy with its line over time.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use super::{figure_name, number};
use crate::base::copies::{self, Count};
use crate::base::{App, time};
use crate::people::agency::brief::Known as Agencies;
use crate::reach::drawing;
use crate::reach::extent::{self, Extent, Known};
use crate::reach::fetch::Fetch;
use crate::reach::latest::Latest;
use crate::reach::reading::Reading;
use crate::reach::subject::{self, Subject};
use crate::reach::trend::{self, Point};
use crate::reach::watch::{Ended, Kind, Watch, channel_name};
use crate::web::who::Signed;
use crate::web::{Locale, Markup, Page, Path, Result, Shell, address};

/// One figure of one copy.
pub struct Line {
    pub name: String,
    /// The platform's own name and the version that defines it.
    pub metric: String,
    pub value: String,
    /// Of when the value is, where it was not given the last time; empty when it was.
    pub stale: String,
    pub says: String,
    /// What was added in a week, or why that can not be said.
    pub trend: Result<String, String>,
    pub drawing: Markup,
    /// How many breaks there are in it.
    pub gaps: usize,
    /// Days on which the definition changed, and on which the value was lower than before.
    pub redefined: Vec<String>,
    pub lower: Vec<String>,
    pub href: String,
}

/// A copy, or what the product counts itself in one place.
pub struct Copy {
    pub channel: String,
    pub place: String,
    pub out_at: String,
    pub read_at: String,
    /// What is the matter when it last brought nothing; mark, words and the platform's.
    pub trouble: Option<(&'static str, String, String)>,
    /// Why nothing is asked any more; empty while it is.
    pub ended: String,
    pub lines: Vec<Line>,
}

/// Something the product counts itself, as it is now.
pub struct Counted {
    pub channel: String,
    pub name: String,
    pub value: String,
    pub definition: String,
    pub at: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "reach/staff/item.html")]
pub struct Item {
    l: Locale,
    shell: Shell,
    subject: Subject,
    agency: String,
    range: Extent,
    copies: Vec<Copy>,
    counted: Vec<Counted>,
    read_at: String,
    /// When: on paper it says so.
    printed: String,
}

impl Item {
    fn here(&self) -> String {
        subject::path(self.subject.id)
    }

    /// The range in words.
    fn range(&self) -> String {
        let (low, high) = (number(self.range.low), number(self.range.high));
        match (self.range.low, self.range.high) {
            (Some(_), Some(_)) if low == high => self.l.t1("reach-range-same", "n", high),
            (Some(_), Some(_)) => self.l.t2("reach-range", "low", low, "high", high),
            (None, Some(_)) => self.l.t1("reach-range-high", "high", high),
            _ => self.l.t("reach-range-none"),
        }
    }
}

/// What is known of a subject.
pub struct Whole {
    pub watches: Vec<Watch>,
    pub fetches: Vec<Fetch>,
    pub readings: Vec<Reading>,
    pub latest: Vec<Latest>,
    pub counts: Vec<Count>,
}

impl Whole {
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, subject: &Subject) -> Result<Self> {
        let watches = Watch::of(&app.db, subject.id).await?;
        let ids: Vec<Uuid> = watches.iter().map(|watch| watch.id).collect();
        Ok(Self {
            fetches: Fetch::of(&app.db, &ids).await?,
            readings: Reading::of(&app.db, subject.id).await?,
            latest: Latest::of(&app.db, &[subject.id]).await?,
            counts: if subject.is_article { copies::counts(app, subject.id).await? } else { Vec::new() },
            watches,
        })
    }

    /// The range: platforms by what they last gave, the product's own counts as they are now.
    #[must_use]
    pub fn extent(&self) -> Extent {
        let copies = self.watches.iter().filter(|watch| watch.kind == Kind::Delivery).map(|watch| {
            let mine = self.latest.iter().filter(|row| row.watch == watch.id);
            mine.fold(Known::default(), |known, row| known.and(&row.figure, row.people, row.value))
        });
        let mut own: Vec<((&str, &str), Known)> = Vec::new();
        for count in &self.counts {
            let of = (count.channel, count.place.as_str());
            let value = count.value.and_then(|value| i64::try_from(value).ok());
            match own.iter_mut().find(|(place, _)| *place == of) {
                Some((_, known)) => *known = known.and(count.metric, count.distinct, value),
                None => own.push((of, Known::default().and(count.metric, count.distinct, value))),
            }
        }
        extent::of(copies.chain(own.into_iter().map(|(_, known)| known)))
    }

    /// Each time that a figure was asked for, in the order of time. A question that brought nothing is a gap in every figure.
    #[must_use]
    pub fn points(&self, of: &Latest) -> Vec<Point> {
        let mine = self
            .readings
            .iter()
            .filter(|row| row.watch == of.watch && row.channel == of.channel && row.place == of.place && row.figure == of.figure);
        let point =
            |row: &Reading| Point { at: row.at, value: row.value, is_redefined: row.is_redefined, is_lower: row.is_lower };
        let failed = self.fetches.iter().filter(|fetch| fetch.watch == of.watch && !fetch.outcome.is_read());
        let gap = |fetch: &Fetch| Point { at: fetch.at, value: None, is_redefined: false, is_lower: false };
        let mut points: Vec<Point> = mine.map(point).chain(failed.map(gap)).collect();
        points.sort_by_key(|point| point.at);
        points
    }
}

fn line(l: Locale, whole: &Whole, watch: &Watch, of: &Latest, now: DateTimeUtc) -> Line {
    let points = whole.points(of);
    let days =
        |which: fn(&Point) -> bool| points.iter().filter(|point| which(point)).map(|point| time::minute(point.at)).collect();
    let signed = |change: i64| {
        let number = vietnamese::number::format_integer(change);
        if change > 0 { format!("+{number}") } else { number }
    };
    let mut spark = drawing::of(&points, watch.out_at, now, watch.is_own());
    spark.why = l.t("reach-redefined");
    let name = figure_name(l, &of.figure);
    Line {
        drawing: Markup(spark.svg(&l.t2("reach-line-label", "name", &name, "gaps", spark.gaps()))),
        gaps: spark.gaps(),
        name,
        metric: format!("{} · {}", of.metric, of.definition),
        value: number(of.value),
        stale: if of.is_stale() { of.value_at.map(time::minute).unwrap_or_default() } else { String::new() },
        says: of.says.clone(),
        trend: trend::of(&points, now).map(signed).map_err(|absent| l.t(absent.key())),
        redefined: days(|point| point.is_redefined),
        lower: days(|point| point.is_lower),
        href: format!(
            "{}/readings{}",
            subject::path(watch.subject),
            address::query(&[("watch", &watch.id.to_string()), ("place", &of.place), ("figure", &of.figure)])
        ),
    }
}

fn copy(l: Locale, whole: &Whole, watch: &Watch, (channel, place): (&str, &str), now: DateTimeUtc) -> Copy {
    let mut mine: Vec<&Latest> =
        whole.latest.iter().filter(|row| row.watch == watch.id && row.channel == channel && row.place == place).collect();
    // People and views first: they bound the reach.
    mine.sort_by_key(|row| (!row.people, row.figure != crate::reach::figure::VIEWS, row.figure.clone()));
    let last = whole.fetches.iter().rev().find(|fetch| fetch.watch == watch.id);
    let trouble = last
        .filter(|fetch| !fetch.outcome.is_read())
        .map(|fetch| (fetch.outcome.mark(), l.t1(&fetch.outcome.key(), "at", time::minute(fetch.at)), fetch.says.clone()));
    Copy {
        channel: channel_name(l, channel),
        place: place.to_owned(),
        out_at: time::minute(watch.out_at),
        read_at: watch.read_at.map(time::minute).unwrap_or_default(),
        trouble,
        ended: if watch.ended == Ended::No { String::new() } else { l.t(&watch.ended.key()) },
        lines: mine.into_iter().map(|row| line(l, whole, watch, row, now)).collect(),
    }
}

/// A card for each copy, and for each place in which the product counted.
fn cards(l: Locale, whole: &Whole, now: DateTimeUtc) -> Vec<Copy> {
    let mut cards = Vec::new();
    for watch in &whole.watches {
        if watch.kind == Kind::Delivery {
            cards.push(copy(l, whole, watch, (&watch.channel, &watch.place), now));
            continue;
        }
        let mut places: Vec<(&str, &str)> = Vec::new();
        for row in whole.latest.iter().filter(|row| row.watch == watch.id) {
            let of = (row.channel.as_str(), row.place.as_str());
            if !places.contains(&of) {
                places.push(of);
            }
        }
        places.sort_unstable();
        cards.extend(places.into_iter().map(|of| copy(l, whole, watch, of, now)));
    }
    cards
}

/// `GET /desk/reach/items/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Item>> {
    let l = shell.l;
    let subject = Subject::find_for(&app, &who, id).await?;
    let whole = Whole::of(&app, &subject).await?;
    let known = Agencies::now(&app).await?;
    let counted = |one: &Count| Counted {
        channel: if one.place.is_empty() {
            channel_name(l, one.channel)
        } else {
            format!("{} · {}", channel_name(l, one.channel), one.place)
        },
        name: figure_name(l, one.metric),
        value: number(one.value.and_then(|value| i64::try_from(value).ok())),
        definition: one.definition.to_owned(),
        at: time::minute(one.at),
        href: one.href.clone(),
    };
    Ok(Page(Item {
        agency: known.get(&subject.agency).map(|body| body.name.clone()).unwrap_or_default(),
        range: whole.extent(),
        copies: cards(l, &whole, app.clock.now()),
        counted: whole.counts.iter().map(counted).collect(),
        read_at: whole.watches.iter().filter_map(|watch| watch.read_at).max().map(time::minute).unwrap_or_default(),
        printed: time::minute(app.clock.now()),
        subject,
        l,
        shell,
    }))
}
