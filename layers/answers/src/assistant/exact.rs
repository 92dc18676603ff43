//! Questions about plans, answered from provisions and from nothing else: who leads, who cooperates, by when, how much, to whom, on which
//! days. The quote is the provision's own words; where several say about the same, all are shown and nothing is guessed.

pub mod agency;
pub mod intent;
mod issued;
pub mod matching;
mod naming;
mod telling;
mod timing;

use std::sync::Arc;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use self::intent::{Intent, Wish};
use self::matching::{Candidate, Candidates, Has, SHOWN_MAX};
use super::said::{How, Said};
use crate::base::App;
use crate::plans::party::Part;
use crate::plans::plan::{self, State, text};
use crate::plans::programme::{Entry, Programme};
use crate::plans::recognise::DeadlineKind;
use crate::web::{Locale, Result};

/// What another node adopts is known here after so long.
const SEEN_AGAIN_S: i64 = 30;
/// Plans whose preambles are read for one question.
const PREAMBLES_MAX: usize = 20;

/// All provisions in force.
struct Ground {
    programmes: Vec<Programme>,
    /// Plan and provision of each candidate.
    places: Vec<(usize, usize)>,
    candidates: Candidates,
}

impl Ground {
    async fn now(app: &App) -> Result<Arc<Self>> {
        app.lately("assistant-provisions", SEEN_AGAIN_S, Self::read(app)).await
    }

    async fn read(app: &App) -> Result<Self> {
        let in_force = plan::Entity::find().filter(plan::Column::State.eq(State::Adopted)).order_by_asc(plan::Column::Id);
        let mut programmes = Vec::new();
        for plan in in_force.all(&app.db).await? {
            programmes.push(Programme::load(app, plan).await?);
        }
        let (mut places, mut all) = (Vec::new(), Vec::new());
        for (of, programme) in programmes.iter().enumerate() {
            for (at, entry) in programme.entries.iter().enumerate() {
                places.push((of, at));
                all.push(candidate(entry));
            }
        }
        Ok(Self { programmes, places, candidates: Candidates::new(all) })
    }

    fn at(&self, place: usize) -> Option<(&Programme, &Entry)> {
        let (of, at) = *self.places.get(place)?;
        let programme = self.programmes.get(of)?;
        Some((programme, programme.entries.get(at)?))
    }
}

fn candidate(entry: &Entry) -> Candidate {
    let provision = &entry.provision;
    let leads: Vec<&str> = entry.bodies(Part::Lead).map(|party| party.name.as_str()).collect();
    let words = format!(" {} ", intent::words(&provision.text).join(" "));
    let small = provision.text.to_lowercase();
    let has = Has {
        lead: !leads.is_empty(),
        support: entry.bodies(Part::Support).next().is_some(),
        recipient: entry.bodies(Part::Recipient).next().is_some() || words.contains(" phan anh ") || words.contains(" gui "),
        due: !matches!(entry.deadline.kind, DeadlineKind::None | DeadlineKind::Unknown),
        report: entry.deadline.kind == DeadlineKind::ReportCycle,
        percent: small.contains('%') || small.contains("phần trăm"),
        number: entry.target.as_ref().is_some_and(|target| target.value.is_some() && target.unit.as_deref() != Some("%")),
        exception: small.contains("trừ ") || entry.target.as_ref().is_some_and(|target| target.exclude.is_some()),
        role: small.contains("vai trò") || small.contains("nòng cốt") || small.contains("đầu mối"),
    };
    Candidate::new(&provision.text, &provision.headings(), &leads, has)
}

/// Answers from provisions; None when none says it, or the question is about something else.
///
/// # Errors
/// The database failed.
pub async fn answer(app: &App, l: Locale, question: &str) -> Result<Option<Said>> {
    let (plain, named) = naming::apart(question);
    let intent = intent::read(&plain);
    if intent.is_none() && !named.is_some() {
        return Ok(None);
    }
    let ground = Ground::now(app).await?;
    let plans = ground.programmes.iter().map(|one| &one.plan).filter(|plan| named.is_some() && named.fits(&plan.number));
    if let Some(said) = issued::answer(l, &plain, plans) {
        return Ok(Some(said));
    }
    let Some(intent) = intent else { return Ok(None) };
    if intent.wishes.contains(&Wish::Basis) {
        return basis(app, l, &ground, (&intent, &plain), &named).await;
    }
    let is_meant = |place: &usize| ground.at(*place).is_some_and(|(programme, _)| named.fits(&programme.plan.number));
    let mut chosen = ground.candidates.choose(&intent);
    chosen.iter_mut().for_each(|one| one.places.retain(is_meant));
    chosen.retain(|one| !one.places.is_empty());
    if chosen.is_empty() {
        return Ok(None);
    }
    let mut places: Vec<usize> = Vec::new();
    for place in chosen.iter().flat_map(|one| one.places.iter().copied()) {
        if !places.contains(&place) && places.len() < SHOWN_MAX {
            places.push(place);
        }
    }
    let mut said = Said { how: if places.len() > 1 { How::Several } else { How::Exact }, ..Said::default() };
    if places.len() > 1 {
        said.intro = l.t1("assistant-exact-several", "n", places.len());
    }
    for place in places {
        let Some((programme, entry)) = ground.at(place) else { continue };
        let wishes: Vec<Wish> = chosen.iter().filter(|one| one.places.contains(&place)).map(|one| one.wish).collect();
        telling::add(&mut said, l, (&programme.plan, entry), &wishes, &intent);
    }
    Ok(Some(said).filter(|said| !said.sources.is_empty()))
}

/// The provision that a question is about where neither it nor another states what is asked: that is said, and it is quoted. None where
/// the question is about something else.
///
/// # Errors
/// The database failed.
pub async fn lacking(app: &App, l: Locale, question: &str) -> Result<Option<Said>> {
    let (plain, named) = naming::apart(question);
    let Some(intent) = intent::read(&plain) else { return Ok(None) };
    let Some((wish, key)) = intent.wishes.iter().find_map(|wish| Some((*wish, unstated(*wish)?))) else { return Ok(None) };
    let ground = Ground::now(app).await?;
    let about = ground.candidates.lacking(wish, &intent.topic).and_then(|place| ground.at(place));
    let Some((programme, entry)) = about.filter(|(programme, _)| named.fits(&programme.plan.number)) else { return Ok(None) };
    if says(wish, &entry.provision.text) {
        return Ok(None);
    }
    let mut said = Said { how: How::Near, intro: l.t(key), ..Said::default() };
    let quote = telling::short(&entry.provision.text, &intent.topic, telling::QUOTE_LETTERS);
    telling::cite(&mut said, l, (&programme.plan, entry), quote);
    Ok(Some(said))
}

/// Whether a text may say it all the same, in words that were not read as a slot.
fn says(wish: Wish, text: &str) -> bool {
    match wish {
        Wish::Lead => text.to_lowercase().contains("chủ trì"),
        Wish::Support => text.to_lowercase().contains("phối hợp"),
        _ => text.bytes().any(|byte| byte.is_ascii_digit()),
    }
}

/// The Fluent key of what is said where a provision does not state it.
const fn unstated(wish: Wish) -> Option<&'static str> {
    match wish {
        Wish::Lead => Some("assistant-lacks-lead"),
        Wish::Support => Some("assistant-lacks-support"),
        Wish::Due => Some("assistant-lacks-time"),
        Wish::Percent | Wish::Number => Some("assistant-lacks-number"),
        _ => None,
    }
}

/// Which document a plan carries out: its preamble says it. Where several plans may be meant, those whose preambles say it are shown.
async fn basis(
    app: &App,
    l: Locale,
    ground: &Ground,
    (intent, plain): (&Intent, &str),
    named: &naming::Named,
) -> Result<Option<Said>> {
    let is_of_plan = named.is_some() || intent::words(plain).windows(2).any(|pair| pair[0] == "ke" && pair[1] == "hoach");
    let meant: Vec<&plan::Plan> =
        ground.programmes.iter().map(|one| &one.plan).filter(|plan| named.fits(&plan.number)).take(PREAMBLES_MAX).collect();
    let mut said = Said { how: How::Exact, ..Said::default() };
    let mut plans = 0;
    for plan in meant.into_iter().filter(|_| is_of_plan) {
        let document = text::Model::find(&app.db, plan.id).await?.document()?;
        let passages = document.bases.iter().chain(&document.preamble).map(|passage| passage.text.as_str());
        plans += usize::from(telling::basis(&mut said, l, plan, (intent, plain), passages));
    }
    if plans == 0 || plans > SHOWN_MAX {
        return Ok(None);
    }
    if plans > 1 {
        said.how = How::Several;
        said.intro = l.t1("assistant-exact-several", "n", plans);
    }
    Ok(Some(said))
}
