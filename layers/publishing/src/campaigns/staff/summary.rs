//! A campaign on one sheet of A4, and the page on which it is closed: what would be frozen, before anyone presses.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use super::show::{Goal, Matrix, OfAgency, agencies, goals, matrices};
use crate::base::{App, time};
use crate::campaigns::campaign::{Campaign, State};
use crate::campaigns::rights;
use crate::campaigns::table::tag;
use crate::estimates::money;
use crate::news::kind::Tag;
use crate::people::agency::brief::Known;
use crate::reach::staff::number;
use crate::reach::watch::channel_name;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "campaigns/staff/summary.html")]
pub struct Summary {
    l: Locale,
    shell: Shell,
    campaign: Campaign,
    leader: String,
    goals: Vec<Goal>,
    channels: Vec<String>,
    matrices: Vec<Matrix>,
    messages: Vec<String>,
    /// Those of which something is out, and the others by name.
    taking_part: usize,
    agencies: Vec<OfAgency>,
    counted: usize,
    copies: usize,
    filled: usize,
    cells: usize,
    low: String,
    high: String,
    /// It is about to be closed: the button is here.
    closing: bool,
    printed: String,
}

impl Summary {
    fn here(&self) -> String {
        Campaign::path(self.campaign.id)
    }

    fn days(&self) -> String {
        format!("{} – {}", time::day(self.campaign.starts_on), time::day(self.campaign.ends_on))
    }

    fn budget(&self) -> String {
        self.campaign.budget.map(money::shown).unwrap_or_default()
    }

    fn silent_agencies(&self) -> Vec<&OfAgency> {
        self.agencies.iter().filter(|one| one.counts.iter().sum::<usize>() == 0).collect()
    }
}

async fn page(app: &App, shell: Shell, campaign: Campaign, closing: bool) -> Result<Summary> {
    let l = shell.l;
    let (members, counts) = campaign.counted(app).await?;
    let (known, now) = (Known::now(app).await?, app.clock.now());
    let range = counts.extent();
    Ok(Summary {
        leader: known.get(&campaign.agency).map(|body| body.name.clone()).unwrap_or_default(),
        goals: goals(app, l, &campaign, &counts).await?,
        channels: counts.channels.iter().map(|channel| channel_name(l, channel)).collect(),
        matrices: matrices(l, &counts),
        messages: counts.messages.iter().map(|message| tag(l, Tag::messages(), message)).collect(),
        taking_part: counts.agencies().len(),
        agencies: agencies(l, &members, &counts, &known, time::local_date(now)),
        counted: counts.counted().count(),
        copies: counts.copies(),
        filled: counts.filled(),
        cells: counts.cells(),
        low: number(range.low),
        high: number(range.high),
        closing,
        printed: time::minute(now),
        campaign,
        l,
        shell,
    })
}

/// `GET /desk/campaigns/{id}/summary`: to be printed.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Summary>> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, shell, campaign, false).await?))
}

/// `GET /desk/campaigns/{id}/closing`: what a closing freezes, which can not be taken back.
pub async fn closing(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Summary>> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    rights::require(rights::decides(&who, campaign.agency))?;
    if campaign.state != State::Running {
        return Err(Error::refused("campaign-not-running"));
    }
    Ok(Page(page(&app, shell, campaign, true).await?))
}
