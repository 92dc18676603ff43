//! The form of a campaign. It works without script; what was typed is never lost.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;

use crate::base::{App, new_id, time};
use crate::campaigns::campaign::{Campaign, State};
use crate::campaigns::kpi::{Kpi, Measure};
use crate::campaigns::member::Member;
use crate::campaigns::writing::{KPIS_MAX, OBJECTIVE_LETTERS_MAX, TITLE_LETTERS_MAX, Typed, TypedKpi, channels};
use crate::campaigns::{duty, rights};
use crate::channels::staff::{ids, one};
use crate::duties::naming::{self, Named};
use crate::duties::{Duty, held};
use crate::estimates::money;
use crate::news::kind::Tag;
use crate::people::agency::brief::Known;
use crate::people::class;
use crate::plans::Plan;
use crate::reach::watch::channel_name;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell, cut};

const DUTY_LETTERS: usize = 110;
const NAMES_LETTERS_MAX: usize = 40_000;

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The duties of a plan.
pub struct OfPlan {
    pub title: String,
    pub chosen: usize,
    pub duties: Vec<Choice>,
}

/// A line of what is to be reached, with its choices.
pub struct KpiRow {
    pub typed: TypedKpi,
    pub measures: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "campaigns/staff/form.html")]
pub struct CampaignForm {
    l: Locale,
    shell: Shell,
    /// None while it is begun.
    campaign: Option<Campaign>,
    id: Uuid,
    version: i32,
    typed: Typed,
    names: String,
    audiences: Vec<Choice>,
    messages: Vec<Choice>,
    channels: Vec<Choice>,
    classes: Vec<Choice>,
    plans: Vec<OfPlan>,
    kpis: Vec<KpiRow>,
    errors: Mistakes,
    conflict: bool,
}

impl CampaignForm {
    fn heading(&self) -> String {
        self.l.t(if self.campaign.is_some() { "campaign-edit" } else { "campaign-new" })
    }

    fn action(&self) -> String {
        self.campaign.as_ref().map_or_else(|| "/desk/campaigns".into(), |one| Campaign::path(one.id))
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn objective_max(&self) -> usize {
        OBJECTIVE_LETTERS_MAX
    }
}

/// What came with the form, and what of the agencies was not understood.
struct Sent {
    typed: Typed,
    names: String,
    classes: Vec<String>,
    wrong: Vec<Obstacle>,
}

type Pairs = Vec<(String, String)>;

fn text(fields: &[(String, String)], name: &str) -> String {
    vietnamese::normalise(one(fields, name)).replace("\r\n", "\n").replace('\0', "")
}

fn many(fields: &[(String, String)], name: &str) -> Vec<String> {
    fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect()
}

fn kpis(fields: &[(String, String)]) -> Vec<TypedKpi> {
    let columns = ["kpi_name", "kpi_measure", "kpi_unit", "kpi_target"].map(|name| many(fields, name));
    let cell = |column: usize, row: usize| {
        columns[column].get(row).map(|one| vietnamese::normalise(one).into_owned()).unwrap_or_default()
    };
    let row = |at| TypedKpi { name: cell(0, at), measure: cell(1, at), unit: cell(2, at), target: cell(3, at) };
    (0..columns[0].len().min(KPIS_MAX * 2)).map(row).collect()
}

async fn sent(app: &App, fields: &[(String, String)]) -> Result<Sent> {
    let today = time::local_date(app.clock.now());
    let names: String = text(fields, "names").chars().take(NAMES_LETTERS_MAX).collect();
    let read = naming::read(app, &names, today, "names").await?;
    let classes = many(fields, "class");
    let mut agencies: Vec<Uuid> = Vec::new();
    let of_classes = classes.iter().filter(|code| !class::parts(code).is_empty()).cloned().map(Named::Class);
    for named in read.named.into_iter().chain(of_classes) {
        match named {
            Named::Agency(id) => agencies.push(id),
            Named::Class(code) => agencies.extend(class::members(&app.db, &code, today).await?.into_iter().map(|one| one.id)),
        }
    }
    agencies.sort_unstable();
    agencies.dedup();
    let typed = Typed {
        title: text(fields, "title"),
        objective: text(fields, "objective"),
        starts_on: text(fields, "starts_on"),
        ends_on: text(fields, "ends_on"),
        audiences: many(fields, "audiences"),
        messages: many(fields, "messages"),
        channels: many(fields, "channels"),
        budget: text(fields, "budget"),
        kpis: kpis(fields),
        duties: ids(fields, "duties"),
        agencies,
    };
    Ok(Sent { typed, names, classes, wrong: read.obstacles })
}

async fn page(app: &App, shell: Shell, campaign: Option<Campaign>, sent: Sent) -> Result<CampaignForm> {
    let l = shell.l;
    let tags = |list: &'static [Tag], chosen: &[String]| -> Vec<Choice> {
        let choice =
            |tag: &Tag| Choice { value: tag.code.clone(), label: tag.name(l).to_owned(), chosen: chosen.contains(&tag.code) };
        list.iter().map(choice).collect()
    };
    let channel = |code: &str| Choice {
        value: code.to_owned(),
        label: channel_name(l, code),
        chosen: sent.typed.channels.iter().any(|one| one == code),
    };
    let class = |class: &class::Class| Choice {
        value: class.code.clone(),
        label: class.name(l.0).to_owned(),
        chosen: sent.classes.contains(&class.code),
    };
    let mut rows = sent.typed.kpis.clone();
    rows.retain(|one| !one.is_blank());
    let more = (KPIS_MAX - rows.len().min(KPIS_MAX)).min(3);
    rows.extend(std::iter::repeat_n(TypedKpi::default(), more));
    let kpi = |typed: TypedKpi| {
        let measure =
            |one: Measure| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: typed.measure == one.to_value() };
        KpiRow { measures: Measure::iter().map(measure).collect(), typed }
    };
    Ok(CampaignForm {
        audiences: tags(Tag::audiences(), &sent.typed.audiences),
        messages: tags(Tag::messages(), &sent.typed.messages),
        channels: channels().into_iter().map(channel).collect(),
        classes: class::all().iter().map(class).collect(),
        plans: plans(app, &sent.typed.duties).await?,
        kpis: rows.into_iter().map(kpi).collect(),
        id: campaign.as_ref().map_or_else(new_id, |one| one.id),
        version: campaign.as_ref().map_or(0, |one| one.version),
        errors: Mistakes::default(),
        conflict: false,
        campaign,
        typed: sent.typed,
        names: sent.names,
        l,
        shell,
    })
}

async fn plans(app: &App, chosen: &[Uuid]) -> Result<Vec<OfPlan>> {
    let mut all = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let duties = held::of_plan(&app.db, plan.id).await?;
        let choice = |duty: &Duty| Choice {
            value: duty.id.to_string(),
            label: format!("{} · {}", duty.path, cut(&duty.title, DUTY_LETTERS)),
            chosen: chosen.contains(&duty.id),
        };
        let duties: Vec<Choice> = duties.iter().map(choice).collect();
        let chosen = duties.iter().filter(|one| one.chosen).count();
        all.push(OfPlan { title: plan.title(), chosen, duties });
    }
    Ok(all)
}

/// `GET /desk/campaigns/new`
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<CampaignForm>> {
    let agency = who.agency.ok_or(Error::Forbidden)?;
    rights::require(rights::writes(&who, agency))?;
    let blank = Sent { typed: Typed::default(), names: String::new(), classes: Vec::new(), wrong: Vec::new() };
    Ok(Page(page(&app, shell, None, blank).await?))
}

async fn refused(app: &App, shell: Shell, campaign: Option<Campaign>, sent: Sent, found: Vec<Obstacle>) -> Result<CampaignForm> {
    let l = shell.l;
    let errors = found.iter().chain(&sent.wrong).map(|one| (one.field, one.text(l))).collect();
    let page = page(app, shell, campaign, sent).await?;
    Ok(CampaignForm { errors, ..page })
}

/// `POST /desk/campaigns`
pub async fn begin(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(fields): Form<Pairs>) -> Result<Response> {
    let id: Uuid = one(&fields, "id").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let sent = sent(&app, &fields).await?;
    let found = if sent.wrong.is_empty() {
        match Campaign::begin(&app, &who, id, &sent.typed).await {
            Ok(()) => return Ok(Said::to(Campaign::path(id), "campaign-was-begun").into_response()),
            Err(Error::Refused(found)) => found,
            Err(error) => return Err(error),
        }
    } else {
        Vec::new()
    };
    let mut page = refused(&app, shell, None, sent, found).await?;
    page.id = id;
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

async fn kept(app: &App, campaign: &Campaign) -> Result<Sent> {
    let known = Known::now(app).await?;
    let today = time::local_date(app.clock.now());
    let mut members = Member::of(&app.db, campaign.id).await?;
    members.retain(|member| member.left_on.is_none());
    let kpi = |one: &Kpi| TypedKpi {
        name: one.name.clone(),
        measure: one.measure.to_value(),
        unit: one.unit.clone(),
        target: vietnamese::number::format_integer(one.target),
    };
    let duties = duty::of(&app.db, campaign.id).await?;
    Ok(Sent {
        names: names(&members, &known, today),
        typed: Typed {
            title: campaign.title.clone(),
            objective: campaign.objective.clone(),
            starts_on: campaign.starts_on.to_string(),
            ends_on: campaign.ends_on.to_string(),
            audiences: campaign.audiences(),
            messages: campaign.messages(),
            channels: campaign.channels(),
            budget: campaign.budget.map(money::shown).unwrap_or_default(),
            kpis: Kpi::of(&app.db, campaign.id).await?.iter().map(kpi).collect(),
            duties: duties.iter().map(|duty| duty.id).collect(),
            agencies: members.iter().map(|member| member.agency).collect(),
        },
        classes: Vec::new(),
        wrong: Vec::new(),
    })
}

/// One a line, as they are called now; those that ended stay in the campaign without being typed.
fn names(members: &[Member], known: &Known, today: NaiveDate) -> String {
    let open = members.iter().filter_map(|member| known.get(&member.agency)).filter(|body| body.is_open_on(today));
    open.map(|body| body.name.as_str()).collect::<Vec<_>>().join("\n")
}

/// `GET /desk/campaigns/{id}/edit`
pub async fn edit(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<CampaignForm>> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    rights::require(rights::writes(&who, campaign.agency))?;
    if !matches!(campaign.state, State::Draft | State::Running) {
        return Err(Error::refused("campaign-is-closed"));
    }
    let sent = kept(&app, &campaign).await?;
    Ok(Page(page(&app, shell, Some(campaign), sent).await?))
}

/// `POST /desk/campaigns/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Pairs>,
) -> Result<Response> {
    let campaign = Campaign::find_for(&app, &who, id).await?;
    let seen = one(&fields, "version").parse().unwrap_or_default();
    let mut sent = sent(&app, &fields).await?;
    stay(&app, &campaign, &mut sent.typed).await?;
    let (status, found) = if sent.wrong.is_empty() {
        match campaign.change(&app, &who, &sent.typed, seen).await {
            Ok(()) => return Ok(Said::to(Campaign::path(id), "campaign-was-kept").into_response()),
            Err(error) => error.handed_back()?,
        }
    } else {
        rights::require(rights::writes(&who, campaign.agency))?;
        (StatusCode::UNPROCESSABLE_ENTITY, Vec::new())
    };
    let mut page = refused(&app, shell, Some(campaign), sent, found).await?;
    page.conflict = status == StatusCode::CONFLICT;
    Ok(Page(page).status(status))
}

/// Agencies that ended can not be typed any more; they stay in a campaign that they were in.
async fn stay(app: &App, campaign: &Campaign, typed: &mut Typed) -> Result<()> {
    let known = Known::now(app).await?;
    let today = time::local_date(app.clock.now());
    for member in Member::of(&app.db, campaign.id).await? {
        let ended = known.get(&member.agency).is_some_and(|body| !body.is_open_on(today));
        if ended && member.left_on.is_none() && !typed.agencies.contains(&member.agency) {
            typed.agencies.push(member.agency);
        }
    }
    Ok(())
}
