//! What an agency's articles reached, each with its range; for who oversees those of all agencies. Filters stand in the address.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;

use super::number;
use crate::base::{App, Who, containing, time};
use crate::channels::piece;
use crate::news::article;
use crate::people::agency::brief::Known;
use crate::reach::extent::Extent;
use crate::reach::latest::{self, Latest};
use crate::reach::rights::{OVERSEERS, own_agency};
use crate::reach::subject;
use crate::reach::watch::{Column, Entity, Kind, Watch, channel_name};
use crate::web::download::{CSV, Download, harmless};
use crate::web::paging::Paging;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address, cut};

const ROWS: u64 = 50;
/// Lines of a file.
const FILE_ROWS: u64 = 5_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    agency: String,
    channel: String,
    from: String,
    until: String,
    q: String,
    page: Option<u64>,
}

/// An article or piece as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub out_on: String,
    pub channels: String,
    pub low: String,
    pub high: String,
    /// Copies that say nothing.
    pub silent: usize,
    pub read_at: String,
}

/// A choice of a filter.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "reach/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    paging: Paging,
    agencies: Vec<Choice>,
    channels: Vec<Choice>,
    narrowed: bool,
    oversees: bool,
    /// When: on paper it says so.
    printed: String,
}

impl List {
    fn query(&self, page: &str) -> String {
        let ask = &self.ask;
        let pairs = [
            ("agency", ask.agency.as_str()),
            ("channel", &ask.channel),
            ("from", &ask.from),
            ("until", &ask.until),
            ("q", &ask.q),
            ("page", page),
        ];
        address::query(&pairs)
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/desk/reach{}", self.query(&to.to_string()))).unwrap_or_default()
    }

    fn csv(&self) -> String {
        format!("/desk/reach/csv{}", self.query(""))
    }

    /// What was typed for a day and is none.
    fn unread(&self) -> Vec<String> {
        let typed = [&self.ask.from, &self.ask.until].into_iter().filter(|typed| !typed.trim().is_empty());
        typed.filter(|typed| time::read_day(typed).is_none()).map(|typed| cut(typed, UNREAD_LETTERS)).collect()
    }
}

/// Which watches are asked for; the person's own agency's alone where they oversee none.
fn wanted(who: &Who, ask: &Ask) -> Result<Condition> {
    let own = if who.is_any(OVERSEERS) { None } else { Some(own_agency(who).ok_or(Error::Forbidden)?) };
    let agency = own.or_else(|| ask.agency.parse().ok());
    let mut all = Condition::all().add_option(agency.map(|agency: Uuid| Column::Agency.eq(agency)));
    if !ask.channel.is_empty() {
        all = all.add(Column::Channel.eq(&ask.channel));
    }
    // A day that can not be read narrows nothing; the field shows what was typed.
    if let Some(from) = time::read_day(&ask.from) {
        all = all.add(Column::OutAt.gte(time::begins(from)));
    }
    if let Some(after) = time::read_day(&ask.until).and_then(|until| until.succ_opt()) {
        all = all.add(Column::OutAt.lt(time::begins(after)));
    }
    let words = vietnamese::fold(ask.q.trim());
    if !words.is_empty() {
        let articles = article::Entity::find().select_only().column(article::Column::Id);
        let articles = articles.filter(article::Column::Words.like(containing(&words)));
        let pieces = piece::Entity::find().select_only().column(piece::Column::Id);
        let pieces = pieces.filter(piece::Column::Title.like(containing(ask.q.trim())));
        let either = Condition::any()
            .add(Column::Subject.in_subquery(articles.into_query()))
            .add(Column::Subject.in_subquery(pieces.into_query()));
        all = all.add(either);
    }
    Ok(all)
}

/// The subjects of a page, the newest first.
async fn subjects(app: &App, which: Condition, offset: u64, limit: u64) -> Result<Vec<Uuid>> {
    let newest = Column::OutAt.max();
    let of = Entity::find().select_only().column(Column::Subject).filter(which).group_by(Column::Subject);
    let of = of.order_by_desc(newest).order_by_desc(Column::Subject).offset(offset).limit(limit);
    Ok(of.into_tuple().all(&app.db).await?)
}

async fn count(app: &App, which: Condition) -> Result<u64> {
    let of = Entity::find().select_only().expr(Expr::col(Column::Subject).count_distinct()).filter(which);
    let counted: Option<i64> = of.into_tuple().one(&app.db).await?;
    Ok(counted.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}

/// Everything that the rows of these subjects need: four statements, however many they are.
pub struct Ground {
    watches: Vec<Watch>,
    latest: Vec<Latest>,
    titles: Vec<(Uuid, String)>,
}

impl Ground {
    async fn of(app: &App, subjects: &[Uuid]) -> Result<Self> {
        let watches = Entity::find().filter(Column::Subject.is_in(subjects.iter().copied())).all(&app.db).await?;
        let latest = Latest::of(&app.db, subjects).await?;
        let articles = article::Entity::find().select_only().column(article::Column::Id).column(article::Column::Title);
        let mut titles: Vec<(Uuid, String)> =
            articles.filter(article::Column::Id.is_in(subjects.iter().copied())).into_tuple().all(&app.db).await?;
        let pieces = piece::Entity::find().select_only().column(piece::Column::Id).column(piece::Column::Title);
        let pieces: Vec<(Uuid, String)> =
            pieces.filter(piece::Column::Id.is_in(subjects.iter().copied())).into_tuple().all(&app.db).await?;
        titles.extend(pieces);
        Ok(Self { watches, latest, titles })
    }

    /// The range of a subject, by what was last given.
    fn extent(&self, subject: Uuid) -> Extent {
        let rows = self.latest.iter().filter(|row| row.subject == subject);
        let copies = self.watches.iter().filter(|one| one.subject == subject && one.kind == Kind::Delivery).map(|one| one.id);
        latest::extent(rows, copies)
    }

    fn row(&self, l: Locale, known: &Known, subject: Uuid) -> Row {
        let mine: Vec<&Watch> = self.watches.iter().filter(|one| one.subject == subject).collect();
        let mut channels: Vec<String> =
            mine.iter().filter(|one| !one.channel.is_empty()).map(|one| channel_name(l, &one.channel)).collect();
        let own = self
            .latest
            .iter()
            .filter(|one| one.subject == subject && mine.iter().any(|watch| watch.is_own() && watch.id == one.watch));
        channels.extend(own.map(|one| channel_name(l, &one.channel)));
        channels.sort();
        channels.dedup();
        let range = self.extent(subject);
        Row {
            href: subject::path(subject),
            title: self.titles.iter().find(|(id, _)| *id == subject).map(|(_, title)| title.clone()).unwrap_or_default(),
            agency: mine.first().and_then(|one| known.get(&one.agency)).map(|body| body.label()).unwrap_or_default(),
            out_on: mine.iter().map(|one| one.out_at).min().map(|at| time::day(time::local_date(at))).unwrap_or_default(),
            channels: channels.join(", "),
            low: number(range.low),
            high: number(range.high),
            silent: range.silent,
            read_at: mine.iter().filter_map(|one| one.read_at).max().map(time::minute).unwrap_or_default(),
        }
    }
}

/// `GET /desk/reach`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let which = wanted(&who, &ask)?;
    let paging = Paging::new(ask.page, ROWS, count(&app, which.clone()).await?);
    let subjects = subjects(&app, which, paging.offset(), ROWS).await?;
    let ground = Ground::of(&app, &subjects).await?;
    let known = Known::now(&app).await?;
    let oversees = who.is_any(OVERSEERS);
    let agencies = if oversees { agencies(&app, &known, &ask).await? } else { Vec::new() };
    let narrowed = [&ask.agency, &ask.channel, &ask.from, &ask.until, &ask.q].iter().any(|one| !one.trim().is_empty());
    Ok(Page(List {
        rows: subjects.iter().map(|id| ground.row(l, &known, *id)).collect(),
        paging,
        agencies,
        channels: channels(&app, l, &ask).await?,
        narrowed,
        oversees,
        printed: time::minute(app.clock.now()),
        ask,
        l,
        shell,
    }))
}

async fn agencies(app: &App, known: &Known, ask: &Ask) -> Result<Vec<Choice>> {
    let of = Entity::find().select_only().column(Column::Agency).distinct();
    let mut ids: Vec<Uuid> = of.into_tuple().all(&app.db).await?;
    ids.sort_by_key(|id| known.rank(*id));
    let choice = |id: &Uuid| Choice {
        value: id.to_string(),
        label: known.get(id).map(|body| body.label()).unwrap_or_default(),
        chosen: ask.agency == id.to_string(),
    };
    Ok(ids.iter().map(choice).collect())
}

async fn channels(app: &App, l: Locale, ask: &Ask) -> Result<Vec<Choice>> {
    let of = Entity::find().select_only().column(Column::Channel).distinct().filter(Column::Channel.ne(""));
    let mut codes: Vec<String> = of.into_tuple().all(&app.db).await?;
    codes.sort();
    let choice = |code: &String| Choice { value: code.clone(), label: channel_name(l, code), chosen: ask.channel == *code };
    Ok(codes.iter().map(choice).collect())
}

/// `GET /desk/reach/csv`: the same list, whole. What is not known is an empty cell.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let l = shell.l;
    let subjects = subjects(&app, wanted(&who, &ask)?, 0, FILE_ROWS).await?;
    let ground = Ground::of(&app, &subjects).await?;
    let known = Known::now(&app).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "reach-title",
        "reach-agency",
        "reach-out",
        "reach-channels",
        "reach-low",
        "reach-high",
        "reach-silent-head",
        "reach-read",
    ];
    writer.write_record(heads.map(|key| l.t(key)))?;
    for id in subjects {
        let (row, range) = (ground.row(l, &known, id), ground.extent(id));
        let plain = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        let cells = [harmless(&row.title), harmless(&row.agency), row.out_on, harmless(&row.channels), plain(range.low)];
        let more = [plain(range.high), row.silent.to_string(), row.read_at];
        writer.write_record(cells.iter().chain(&more))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: "luot-tiep-can.csv".into(), media_type: CSV, bytes })
}
