//! A campaign on one page: what it is to reach, the matrix with its holes, its agencies, what was claimed.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use crate::base::{App, Who, fact, time};
use crate::campaigns::campaign::{Campaign, PORTAL, State};
use crate::campaigns::counting::{Counts, Item};
use crate::campaigns::kpi::{Kpi, Stand};
use crate::campaigns::member::Member;
use crate::campaigns::table::tag;
use crate::campaigns::{asking, duty, rights};
use crate::duties::{Duty, Request};
use crate::estimates::money;
use crate::news::kind::Tag;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::plans::Plan;
use crate::reach::staff::number;
use crate::reach::watch::channel_name;
use crate::web::who::Signed;
use crate::web::{Locale, Obstacle, Page, Path, Result, Shell, address};

const HISTORY_MAX: u64 = 50;

/// A cell of the matrix: how many, and where they are; empty: where one is made.
pub struct Cell {
    pub count: usize,
    pub href: String,
    pub label: String,
}

/// A message, over all channels.
pub struct Line {
    pub message: String,
    pub cells: Vec<Cell>,
}

/// The matrix of one audience.
pub struct Matrix {
    pub audience: String,
    pub lines: Vec<Line>,
}

/// An agency, over all messages.
pub struct OfAgency {
    pub name: String,
    /// What it is called now, where that is something else.
    pub now: String,
    pub left: String,
    pub counts: Vec<usize>,
}

/// What is to be reached, in words.
pub struct Goal {
    pub name: String,
    pub measure: String,
    pub target: String,
    pub stands: String,
    pub mark: &'static str,
    pub word: String,
}

/// Something that was claimed.
pub struct Claimed {
    pub id: Uuid,
    pub title: String,
    pub href: String,
    pub agency: String,
    pub out_on: String,
    pub channels: String,
    pub mark: &'static str,
    pub word: String,
    pub may_release: bool,
}

/// What the person may do here.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub writes: bool,
    pub starts: bool,
    pub closes: bool,
    pub drops: bool,
    pub claims: bool,
    pub asks: bool,
    pub shows: bool,
}

#[derive(Template)]
#[template(path = "campaigns/staff/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    campaign: Campaign,
    leader: String,
    goals: Vec<Goal>,
    channels: Vec<String>,
    matrices: Vec<Matrix>,
    messages: Vec<String>,
    agencies: Vec<OfAgency>,
    items: Vec<Claimed>,
    counted: usize,
    copies: usize,
    filled: usize,
    cells: usize,
    low: String,
    high: String,
    silent: usize,
    duties: Vec<Duty>,
    plans: Vec<Plan>,
    obstacles: Vec<Obstacle>,
    overlapping: Vec<Campaign>,
    events: Events,
    may: May,
}

impl Shown {
    fn here(&self) -> String {
        Campaign::path(self.campaign.id)
    }

    fn days(&self) -> String {
        format!("{} – {}", time::day(self.campaign.starts_on), time::day(self.campaign.ends_on))
    }

    fn budget(&self) -> String {
        self.campaign.budget.map(money::shown).unwrap_or_default()
    }

    fn request(&self) -> String {
        self.campaign.request.map(Request::desk_path).unwrap_or_default()
    }

    fn closed_at(&self) -> String {
        self.campaign.closed_at.map(time::minute).unwrap_or_default()
    }

    fn is_closed(&self) -> bool {
        self.campaign.state == State::Closed
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }
}

/// Where the piece that is missing is made: of an article that says it on another channel, or anew.
fn hole(counts: &Counts, message: &str, audience: &str, channel: &str) -> String {
    let said = counts.within(message, audience).find_map(|item| item.article);
    match (channel, said) {
        (PORTAL, _) => format!("/desk/news/new{}", address::query(&[("audience", audience), ("message", message)])),
        (_, Some(article)) => format!("/desk/channels/pieces/new?article={article}"),
        (_, None) => "/desk/channels/pieces/new".into(),
    }
}

/// The matrix of each audience.
#[must_use]
pub fn matrices(l: Locale, counts: &Counts) -> Vec<Matrix> {
    let cell = |message: &str, audience: &str, channel: &str| {
        let count = counts.cell(message, audience, channel).count();
        let says = [tag(l, Tag::messages(), message), tag(l, Tag::audiences(), audience), channel_name(l, channel)].join(", ");
        let href = if count == 0 { hole(counts, message, audience, channel) } else { "#items".to_owned() };
        Cell { count, href, label: l.t1(if count == 0 { "campaign-hole" } else { "campaign-cell" }, "name", says) }
    };
    let line = |message: &String, audience: &str| Line {
        message: tag(l, Tag::messages(), message),
        cells: counts.channels.iter().map(|channel| cell(message, audience, channel)).collect(),
    };
    let matrix = |audience: &String| Matrix {
        audience: tag(l, Tag::audiences(), audience),
        lines: counts.messages.iter().map(|message| line(message, audience)).collect(),
    };
    counts.audiences.iter().map(matrix).collect()
}

/// What is to be reached, in words.
#[must_use]
pub fn goal(l: Locale, stand: &Stand) -> Goal {
    let stands = match (stand.low, stand.high) {
        (low, high) if low == high => number(low),
        (low, high) => format!("{} – {}", number(low), number(high)),
    };
    let reached = stand.reached();
    Goal {
        name: stand.name.clone(),
        measure: l.t(&stand.measure.key()),
        target: format!("{} {}", vietnamese::number::format_integer(stand.target), stand.unit),
        stands,
        mark: reached.mark(),
        word: l.t(reached.key()),
    }
}

/// The agencies, over all messages.
#[must_use]
pub fn agencies(l: Locale, members: &[Member], counts: &Counts, known: &Known, today: chrono::NaiveDate) -> Vec<OfAgency> {
    let row = |member: &Member| OfAgency {
        name: member.name.clone(),
        now: member.now_called(known, today),
        left: member.left_on.map(|day| l.t1("campaign-left-on", "day", time::day(day))).unwrap_or_default(),
        counts: counts.messages.iter().map(|message| counts.of_agency(member.agency, message)).collect(),
    };
    members.iter().map(row).collect()
}

fn claimed(l: Locale, who: &Who, campaign: &Campaign, item: &Item) -> Claimed {
    let channels: Vec<String> = item.channels.iter().map(|channel| channel_name(l, channel)).collect();
    Claimed {
        id: item.id,
        title: item.title.clone(),
        href: item.href.clone(),
        agency: item.agency_name.clone(),
        out_on: item.out_on.map(time::day).unwrap_or_default(),
        channels: channels.join(", "),
        mark: item.standing.mark(),
        word: l.t(item.standing.key()),
        may_release: campaign.state == State::Running
            && (rights::writes_for(who, item.agency) || rights::writes(who, campaign.agency)),
    }
}

fn may(who: &Who, campaign: &Campaign) -> May {
    let (draft, runs) = (campaign.state == State::Draft, campaign.state == State::Running);
    let (writes, decides) = (rights::writes(who, campaign.agency), rights::decides(who, campaign.agency));
    May {
        writes: (draft || runs) && writes,
        starts: draft && decides,
        closes: runs && decides,
        drops: draft && writes,
        claims: runs && rights::writes_for_any(who),
        asks: runs && decides && campaign.request.is_none(),
        shows: campaign.is_open() && decides,
    }
}

/// The goals: as they were frozen, or as they stand.
///
/// # Errors
/// The database failed.
pub async fn goals(app: &App, l: Locale, campaign: &Campaign, counts: &Counts) -> Result<Vec<Goal>> {
    let stands = match campaign.frozen()? {
        Some(last) => last.kpis,
        None => Kpi::of(&app.db, campaign.id).await?.iter().map(|kpi| kpi.stand(counts)).collect(),
    };
    Ok(stands.iter().map(|stand| goal(l, stand)).collect())
}

/// `GET /desk/campaigns/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Shown>> {
    let l = shell.l;
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let (members, counts) = campaign.counted(&app).await?;
    let (known, today) = (Known::now(&app).await?, time::local_date(app.clock.now()));
    let mut facts = fact::Model::history(&app.db, id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let (may, range) = (may(&who, &campaign), counts.extent());
    Ok(Page(Shown {
        leader: known.get(&campaign.agency).map(|body| body.name.clone()).unwrap_or_default(),
        goals: goals(&app, l, &campaign, &counts).await?,
        channels: counts.channels.iter().map(|channel| channel_name(l, channel)).collect(),
        matrices: matrices(l, &counts),
        messages: counts.messages.iter().map(|message| tag(l, Tag::messages(), message)).collect(),
        agencies: agencies(l, &members, &counts, &known, today),
        items: counts.items.iter().map(|item| claimed(l, &who, &campaign, item)).collect(),
        counted: counts.counted().count(),
        copies: counts.copies(),
        filled: counts.filled(),
        cells: counts.cells(),
        low: number(range.low),
        high: number(range.high),
        silent: range.silent,
        duties: duty::of(&app.db, id).await?,
        plans: if may.asks { asking::plans(&app, &who).await? } else { Vec::new() },
        obstacles: if may.starts { campaign.obstacles_to_start(&app).await? } else { Vec::new() },
        overlapping: if may.writes { campaign.overlapping(&app).await? } else { Vec::new() },
        events: Events::of(&app.db, l, &facts, &known).await?,
        may,
        campaign,
        l,
        shell,
    }))
}
