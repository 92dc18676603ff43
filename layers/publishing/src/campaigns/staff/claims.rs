//! Claiming what counts for a campaign: from its own page among what fits, or from the page of an article.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;

use crate::base::{App, Who, time};
use crate::campaigns::campaign::{self, Campaign, State};
use crate::campaigns::item::{self, Wanted, claim as claimed};
use crate::campaigns::member::{self, Member};
use crate::campaigns::rights;
use crate::campaigns::table::tag;
use crate::channels::staff::one;
use crate::news::kind::Tag;
use crate::news::{Article, article, topic};
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

/// So many that fit are shown.
const FITTING: u64 = 100;

/// An article that fits.
pub struct Row {
    pub id: Uuid,
    pub title: String,
    pub href: String,
    pub about: String,
}

#[derive(Template)]
#[template(path = "campaigns/staff/claims.html")]
pub struct Claims {
    l: Locale,
    shell: Shell,
    campaign: Campaign,
    rows: Vec<Row>,
    audiences: Vec<(String, String)>,
    messages: Vec<(String, String)>,
    what: String,
    errors: Vec<String>,
}

impl Claims {
    fn here(&self) -> String {
        Campaign::path(self.campaign.id)
    }
}

/// Articles of the campaign's agencies that are out, say some of its messages, and count for no campaign yet. To others than who
/// writes the campaign those of their own agency.
async fn fitting(app: &App, who: &Who, l: Locale, campaign: &Campaign) -> Result<Vec<Row>> {
    let (known, today) = (Known::now(app).await?, time::local_date(app.clock.now()));
    let members = Member::of(&app.db, campaign.id).await?;
    let open = members.iter().filter(|member| member.left_on.is_none());
    let mut agencies: Vec<Uuid> =
        open.flat_map(|member| known.in_charge(member.agency, today).into_iter().chain([member.agency])).collect();
    agencies.push(campaign.agency);
    if !rights::writes(who, campaign.agency) {
        agencies.retain(|agency| rights::writes_for(who, *agency));
    }
    let about = topic::Entity::find().select_only().column(topic::Column::Article);
    let about = about.filter(topic::Column::Topic.is_in(campaign.messages()));
    let taken = item::Entity::find().select_only().column(item::Column::Item).into_query();
    let (from, until) = (time::begins(campaign.starts_on), time::begins(campaign.ends_on.succ_opt().unwrap_or(campaign.ends_on)));
    let which = Condition::all()
        .add(article::Column::Agency.is_in(agencies))
        .add(article::Column::State.is_in([article::State::Published, article::State::Corrected]))
        .add(article::Column::PublishedAt.gte(from))
        .add(article::Column::PublishedAt.lt(until))
        .add(article::Column::Id.in_subquery(about.into_query()))
        .add(article::Column::Work.not_in_subquery(taken));
    let rows = article::Entity::find().filter(which).order_by_desc(article::Column::PublishedAt).limit(FITTING);
    let mut works: Vec<Uuid> = Vec::new();
    let mut articles = rows.all(&app.db).await?;
    // A translation is the same work.
    articles.retain(|one| {
        let fresh = !works.contains(&one.work);
        works.push(one.work);
        fresh
    });
    let row = |one: &Article| {
        let agency = known.get(&one.agency).map(|body| body.label()).unwrap_or_default();
        let messages: Vec<String> = one.messages().iter().map(|code| tag(l, Tag::messages(), code)).collect();
        let out = one.published_at.map(|at| time::day(time::local_date(at))).unwrap_or_default();
        Row {
            id: one.id,
            title: one.title.clone(),
            href: Article::desk_path(one.id),
            about: format!("{agency} · {out} · {}", messages.join(", ")),
        }
    };
    Ok(articles.iter().map(row).collect())
}

async fn page(app: &App, who: &Who, shell: Shell, campaign: Campaign, what: String) -> Result<Claims> {
    let l = shell.l;
    let names = |list: &[Tag], codes: Vec<String>| codes.into_iter().map(|code| (code.clone(), tag(l, list, &code))).collect();
    Ok(Claims {
        rows: fitting(app, who, l, &campaign).await?,
        audiences: names(Tag::audiences(), campaign.audiences()),
        messages: names(Tag::messages(), campaign.messages()),
        what,
        errors: Vec::new(),
        campaign,
        l,
        shell,
    })
}

/// `GET /desk/campaigns/{id}/claims`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Claims>> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    rights::require(rights::writes_for_any(&who))?;
    Ok(Page(page(&app, &who, shell, campaign, String::new()).await?))
}

/// `POST /desk/campaigns/{id}/claims`: one that was typed, or several that were ticked. Each for itself: one that is refused leaves
/// the others.
pub async fn claim(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let all = |name: &str| -> Vec<String> {
        fields.iter().filter(|(field, value)| field == name && !value.trim().is_empty()).map(|(_, value)| value.clone()).collect()
    };
    let what = all("what");
    if what.is_empty() {
        return Err(Error::refused("campaign-claims-nothing"));
    }
    let mut errors = Vec::new();
    let mut done = 0;
    for one in &what {
        let wanted = Wanted { what: one.clone(), audiences: all("audiences"), messages: all("messages") };
        match claimed(&app, &who, &campaign, &wanted).await {
            Ok(()) => done += 1,
            Err(Error::Refused(found)) => errors.extend(found.iter().map(|obstacle| obstacle.text(shell.l))),
            Err(error) => return Err(error),
        }
    }
    if errors.is_empty() {
        return Ok(Said::to(Campaign::path(id), "campaign-was-claimed").with("count", done).into_response());
    }
    let mut page = page(&app, &who, shell, campaign, one(&fields, "what").to_owned()).await?;
    page.errors = errors;
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `POST /desk/campaigns/{id}/claims/{item}/release`
pub async fn release(who: Signed, Shared(app): Shared<App>, Path((id, item)): Path<(Uuid, Uuid)>) -> Result<Said> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let row = item::Entity::find().filter(item::Column::Item.eq(item)).filter(item::Column::Campaign.eq(id));
    let row = row.one(&app.db).await?.ok_or(Error::NotFound)?;
    item::release(&app, &who, &campaign, row.id).await?;
    Ok(Said::to(Campaign::path(id), "campaign-was-released"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    article: String,
}

#[derive(Template)]
#[template(path = "campaigns/staff/choose.html")]
pub struct Choose {
    l: Locale,
    shell: Shell,
    article: Article,
    /// Those that run and that the article's agency takes part in.
    campaigns: Vec<(Campaign, String)>,
    /// The one that has it already.
    claimed: Option<Campaign>,
}

/// `GET /desk/campaigns/claims`: for which campaign does an article count?
pub async fn choose(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Choose>> {
    let id: Uuid = ask.article.parse().map_err(|_| Error::NotFound)?;
    let article = Article::find_for(&app, &who, id).await?;
    rights::require(rights::writes_for(&who, article.agency) || rights::writes_for_any(&who))?;
    let taken = item::Entity::find().filter(item::Column::Item.eq(article.work)).one(&app.db).await?;
    let claimed = match taken {
        Some(taken) => campaign::Entity::find_by_id(taken.campaign).one(&app.db).await?,
        None => None,
    };
    let (known, today) = (Known::now(&app).await?, time::local_date(app.clock.now()));
    let mut campaigns = Vec::new();
    for one in campaign::Entity::find().filter(campaign::Column::State.eq(State::Running)).all(&app.db).await? {
        let mut members = Member::of(&app.db, one.id).await?;
        members.retain(|member| member.left_on.is_none());
        if one.agency == article.agency || member::counts_for(&members, &known, article.agency, today).is_some() {
            let days = format!("{} – {}", time::day(one.starts_on), time::day(one.ends_on));
            campaigns.push((one, days));
        }
    }
    Ok(Page(Choose { l: shell.l, shell, article, campaigns, claimed }))
}
