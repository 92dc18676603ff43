//! Publishing a round: what is in the way, what would be frozen, and freezing it. Afterwards inputs may move on; the publication does not,
//! and says where they did.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use ::scoring::{Difference, Published, canonical};
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QuerySelect, QueryTrait};

use super::appeal::Appeal;
use super::appraisal;
use super::edition::Edition;
use super::evidence::{Evidence, Kind};
use super::gathering::Gathered;
use super::publication::{self, Beside, Body, Publication, Survey, Way};
use super::rights;
use super::set::{CriteriaSet, State};
use super::sheet::{self, Sheet};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// How long a page may not know that something counted was revised.
const REVISED_AGAIN_S: i64 = 60;

impl CriteriaSet {
    /// Why it can not be published, or corrected, now; empty when it can.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles_to_publish(&self, app: &App) -> Result<Vec<Obstacle>, Error> {
        let mut found = Vec::new();
        if !matches!(self.state, State::Appeals | State::Published) {
            return Ok(vec![Obstacle::new("criteria-not-appeals-yet")]);
        }
        if self.takes_appeals(app) {
            let day = self.appeal_until.map(time::day).unwrap_or_default();
            found.push(Obstacle::new("criteria-appeals-go-on").with("day", day));
        }
        let ids: Vec<Uuid> = Sheet::of(&app.db, self.id).await?.iter().map(|sheet| sheet.id).collect();
        let open = Appeal::of(&app.db, &ids).await?.iter().filter(|appeal| appeal.answered_at.is_none()).count();
        if open > 0 {
            found.push(Obstacle::new("criteria-appeals-open").with("count", open));
        }
        let waiting = self.unappraised(app).await?;
        if waiting > 0 {
            found.push(Obstacle::new("criteria-unappraised").with("count", waiting));
        }
        Ok(found)
    }

    /// What a publication of this moment would say.
    ///
    /// # Errors
    /// The database failed.
    pub async fn body(&self, app: &App, before: &[Publication]) -> Result<Body, Error> {
        let gathered = self.gathered(app, None).await?;
        let counted = gathered.counted_up();
        self.told(app, before, &gathered, counted).await
    }

    /// What stands now, for the desk: nothing of what nobody appraised yet. Once all is appraised it is what a publication would say.
    ///
    /// # Errors
    /// The database failed.
    pub async fn standing(&self, app: &App, before: &[Publication]) -> Result<Body, Error> {
        let gathered = self.gathered(app, None).await?;
        let counted = gathered.settled_round().published();
        self.told(app, before, &gathered, counted).await
    }

    async fn told(&self, app: &App, before: &[Publication], gathered: &Gathered, counted: Published) -> Result<Body, Error> {
        let differences = match before.last() {
            Some(last) => counted.differences(&last.read()?.counted),
            None => Vec::new(),
        };
        let known = Known::now(app).await?;
        let mut beside = BTreeMap::new();
        for sheet in &gathered.sheets {
            let slug = known.get(&sheet.agency).map(|body| body.slug.clone()).unwrap_or_default();
            beside.insert(sheet.agency.to_string(), of_sheet(gathered, sheet, slug));
        }
        let used: HashSet<i32> = gathered.sheets.iter().map(|sheet| sheet.edition).collect();
        let editions = Edition::of(&app.db, self.id).await?.into_iter().filter(|one| used.contains(&one.number));
        Ok(Body {
            title: self.title.clone(),
            year: self.year,
            class: self.class.clone(),
            at: time::machine(app.clock.now()),
            number: before.last().map_or(1, |last| last.number + 1),
            demo: self.demo,
            edition: self.edition,
            editions: editions.map(|one| (one.number, one.sha256)).collect(),
            counted,
            beside,
            differences,
        })
    }

    /// Freezes and publishes it; again later it is a correction, with a reason and what is different.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn publish(&self, app: &App, who: &Who, why: &str, seen: i32) -> Result<Uuid, Error> {
        rights::require(rights::keeps(who))?;
        let mut obstacles = self.obstacles_to_publish(app).await?;
        let before = Publication::of(&app.db, self.id).await?;
        let body = self.body(app, &before).await?;
        if !before.is_empty() && body.differences.is_empty() {
            obstacles.push(Obstacle::new("criteria-nothing-changed"));
        }
        if !before.is_empty() && why.trim().is_empty() {
            obstacles.push(Obstacle::new("criteria-needs-why").at("why"));
        }
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let (number, changed) = (body.number, body.differences.len());
        let text = canonical::text(&body)?;
        let sha256 = canonical::sha256(&text);
        let row = Publication {
            id: new_id(),
            criteria_set: self.id,
            year: self.year,
            number,
            body: text,
            sha256: sha256.clone(),
            why: why.trim().to_owned(),
            person: who.person,
            at: app.clock.now(),
        };
        let (id, agencies) = (row.id, u32::try_from(body.beside.len()).unwrap_or(u32::MAX));
        let transaction = app.begin().await?;
        self.turn(app, &transaction, (self.state, State::Published), &[], seen).await?;
        publication::Entity::insert(publication::ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        let changed = u32::try_from(changed).unwrap_or(u32::MAX);
        let fact = Fact::CriteriaPublished { title: self.title.clone(), number, agencies, changed, sha256 };
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// Counts a publication again and notes what came of it.
    ///
    /// # Errors
    /// Forbidden, or the database failed.
    pub async fn recount(&self, app: &App, who: &Who, publication: &Publication) -> Result<bool, Error> {
        rights::require(rights::keeps(who) || rights::is_of_appraisers(who, self))?;
        let same = publication.recounts();
        let transaction = app.begin().await?;
        let fact = Fact::CriteriaRecounted { title: self.title.clone(), number: publication.number, same };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(same)
    }

    /// What is another now than it was published, by agency and code: counted once a minute, and when somebody appraised.
    ///
    /// # Errors
    /// The database failed.
    pub async fn revised(&self, app: &App, published: &Body) -> Result<Arc<Vec<Difference>>, Error> {
        let sheets = sheet::Entity::find().select_only().column(sheet::Column::Id);
        let sheets = sheets.filter(sheet::Column::CriteriaSet.eq(self.id)).into_query();
        let appraised = appraisal::Entity::find().filter(appraisal::Column::Sheet.in_subquery(sheets));
        let key = format!("criteria-revised-{}-{}-{}", self.id, published.number, appraised.count(&app.db).await?);
        app.lately(&key, REVISED_AGAIN_S, self.differing(app, published)).await
    }

    async fn differing(&self, app: &App, published: &Body) -> Result<Vec<Difference>, Error> {
        let mut round = self.gathered(app, None).await?.round();
        for sheet in &mut round.sheets {
            // Before it was told apart who handed nothing in was counted: that is no input that moved.
            sheet.absent &= published.counted.round.sheet(&sheet.agency).is_none_or(|was| was.absent);
        }
        Ok(round.published().differences(&published.counted))
    }
}

fn of_sheet(gathered: &Gathered, sheet: &Sheet, slug: String) -> Beside {
    let mut beside = Beside { slug, ..Beside::default() };
    for (code, own) in gathered.said.get(&sheet.id).into_iter().flatten() {
        beside.own.insert(code.clone(), own.given);
        if !own.note.is_empty() {
            beside.explained.insert(code.clone(), own.note.clone());
        }
    }
    for ((_, code), appraisal) in gathered.appraised.iter().filter(|((of, _), _)| *of == sheet.id) {
        if !appraisal.note.is_empty() {
            beside.notes.insert(code.clone(), appraisal.note.clone());
        }
        if let (Some(sample), Some(day)) = (appraisal.sample, appraisal.sampled_on) {
            beside.surveys.insert(code.clone(), Survey { sample, until: day.to_string() });
        }
    }
    for ((_, code), evidence) in gathered.evidence.iter().filter(|((of, _), _)| *of == sheet.id) {
        beside.ways.insert(code.clone(), evidence.iter().map(way).collect());
    }
    let Ok(set) = gathered.set_of(sheet) else { return beside };
    for (node, criterion) in set.criteria() {
        if let ::scoring::Source::Measure { code } = &criterion.source
            && let Some(counted) = gathered.counted(sheet, code)
        {
            let (name, href) = (counted.title.clone(), counted.public_href.clone());
            let way = Way { name, href, version: counted.version };
            beside.ways.entry(node.code.clone()).or_default().push(way);
        }
    }
    beside
}

/// A file of the library is for the desk: it has a name and a digest in public, and no address.
fn way(evidence: &Evidence) -> Way {
    let name = match evidence.kind {
        Kind::Asset => format!("{} (SHA-256 {})", evidence.name, evidence.sha256),
        Kind::Article | Kind::Link => evidence.name.clone(),
    };
    Way { name, href: evidence.address.clone(), version: None }
}
