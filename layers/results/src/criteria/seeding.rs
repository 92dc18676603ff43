//! Two sets that the demo province starts with, marked as made up: one of communes and wards that is published, one of departments in which
//! scores are still given. The answers are drawn from the agencies' codes, so that every start draws the same.
//! // recorded by the verbs that move the sets on

use ::scoring::{Criterion, ExtraSource, Given, Node, Rule, Set, Source, canonical};
use chrono::{DateTime, Days, Utc};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::appraisal::{self, Appraisal};
use super::set::{self, CriteriaSet};
use super::sheet::{self, Own, Said, Sheet, submission};
use super::typed_node::{TypedExtra, TypedNode};
use super::writing::Typed;
use super::{measured, reading};
use crate::base::digest::sha256;
use crate::base::{App, Who, new_id, time};
use crate::people::{agency, demo_people};
use crate::web::Error;

const FILE: &str = include_str!("../../data/criteria-demo.json");
const NOTE: &str = "Số liệu minh họa";
const LESS: &str = "Minh chứng minh họa chưa đủ";
/// Of a hundred answers so many are appraised lower than they were given.
const LOWERED: u32 = 4;
const SAMPLE: i32 = 384;
const DAYS_OPEN: u64 = 20;
/// Of the set that is published: so many days ago the last one on which agencies scored themselves, appraisal was done, the last one on which
/// they objected.
const SCORED_BEFORE: u64 = 30;
const APPRAISED_BEFORE: u64 = 16;
const OBJECTED_BEFORE: u64 = 1;

#[derive(Deserialize)]
struct File {
    sets: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    title: String,
    year: i32,
    class: String,
    groups: Vec<Group>,
    extras: Vec<Bonus>,
    bonus: String,
    penalty: String,
    /// Places of groups, from 0.
    ties: Vec<usize>,
}

#[derive(Deserialize)]
struct Group {
    name: String,
    points: String,
    criteria: Vec<Asked>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    name: String,
    note: String,
    points: String,
    rule: String,
    better: String,
    bands: String,
    none_at: String,
    all_at: String,
    unit: String,
    source: String,
    may_not_apply: bool,
}

#[derive(Deserialize)]
struct Bonus {
    name: String,
    sign: String,
    each: String,
    most: String,
    source: String,
}

/// Makes what is not there; later starts find nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's criteria: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    let file: File = serde_json::from_str(FILE)?;
    let titles = file.sets.iter().map(|written| written.title.as_str());
    if set::Entity::find().filter(set::Column::Title.is_in(titles)).one(&app.db).await?.is_some() {
        return Ok(());
    }
    let (Some(writer), Some(issuer)) =
        (demo_people::at_work(app, "coordinator").await?, demo_people::at_work(app, "approver").await?)
    else {
        return Ok(());
    };
    let measures: Vec<String> = measured::choices(app).await?.into_iter().map(|(code, _)| code).collect();
    for written in &file.sets {
        let id = begun(app, (&writer, &issuer), written, &measures).await?;
        let set = CriteriaSet::find(&app.db, id).await?;
        if set.members(app).await?.is_empty() {
            continue;
        }
        let (is_local, today) = (written.class == "localities", time::local_date(app.clock.now()));
        let until = if is_local { today - Days::new(SCORED_BEFORE) } else { today + Days::new(DAYS_OPEN) };
        set.open_until(app, &writer, until, set.version).await?;
        let set = CriteriaSet::find(&app.db, id).await?;
        let tree = written.tree(&measures)?;
        hand_in(app, &writer, (&set, &tree), is_local).await?;
        if is_local {
            publish(app, &writer, &set, &tree).await?;
        }
    }
    Ok(())
}

impl Written {
    /// The tree; a measure that the province has not is asked of the agency instead.
    fn tree(&self, measures: &[String]) -> Result<Set, Error> {
        let mut tree = Set {
            bonus_most: reading::number(&self.bonus).map_err(refused)?,
            penalty_most: reading::number(&self.penalty).map_err(refused)?,
            ..Set::default()
        };
        for group in &self.groups {
            let code = tree.fresh_code("n");
            let typed = TypedNode { name: group.name.clone(), points: group.points.clone(), ..TypedNode::default() };
            tree.add("", typed.read(&code, Vec::new()).map_err(Error::Refused)?);
            for one in &group.criteria {
                let own = tree.fresh_code("tc");
                tree.add(&code, one.typed(measures).read(&own, Vec::new()).map_err(Error::Refused)?);
            }
        }
        for one in &self.extras {
            let typed = TypedExtra {
                name: one.name.clone(),
                sign: one.sign.clone(),
                each: one.each.clone(),
                most: one.most.clone(),
                source: one.source.clone(),
            };
            let extra = typed.read(&tree.fresh_code("td")).map_err(Error::Refused)?;
            tree.extras.push(extra);
        }
        tree.ties = self.ties.iter().filter_map(|at| tree.nodes.get(*at)).map(|node| node.code.clone()).collect();
        Ok(tree)
    }
}

fn refused(obstacle: crate::web::Obstacle) -> Error {
    Error::Refused(vec![obstacle])
}

impl Asked {
    fn typed(&self, measures: &[String]) -> TypedNode {
        let is_there = self.source.strip_prefix("measure:").is_none_or(|code| measures.iter().any(|one| one == code));
        TypedNode {
            name: self.name.clone(),
            note: self.note.clone(),
            points: self.points.clone(),
            rule: self.rule.clone(),
            better: self.better.clone(),
            bands: self.bands.clone(),
            none_at: self.none_at.clone(),
            all_at: self.all_at.clone(),
            unit: self.unit.clone(),
            source: if is_there { self.source.clone() } else { "own".into() },
            may_not_apply: self.may_not_apply,
        }
    }
}

/// Says of a set that it is made up.
///
/// # Errors
/// The database failed.
pub async fn mark(app: &App, id: Uuid) -> Result<(), DbErr> {
    let marked = set::Entity::update_many().col_expr(set::Column::Demo, Expr::value(true));
    marked.filter(set::Column::Id.eq(id)).exec(&app.db).await.map(|_| ())
}

/// Written by the one, issued by the other.
async fn begun(app: &App, (writer, issuer): (&Who, &Who), written: &Written, measures: &[String]) -> Result<Uuid, Error> {
    let id = new_id();
    let typed =
        Typed { title: written.title.clone(), year: written.year.to_string(), class: written.class.clone(), ..Typed::default() };
    CriteriaSet::begin(app, writer, id, &typed).await?;
    mark(app, id).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    beside(app, writer, &set).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    set.write_tree(app, writer, &written.tree(measures)?, "", set.version).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    set.submit(app, writer, set.version).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    set.issue(app, issuer, set.version).await?;
    Ok(id)
}

/// The province's committee appraises too where the writer's department is scored itself.
async fn beside(app: &App, writer: &Who, set: &CriteriaSet) -> Result<(), Error> {
    let committee = agency::Entity::find().filter(agency::Column::Kind.eq(agency::Kind::ProvincialCommittee));
    let committee = committee.order_by_asc(agency::Column::Code).one(&app.db).await?;
    match (set.appraised_by_nobody(app).await?, committee) {
        (Some(_), Some(other)) => set.name_appraiser(app, writer, (&other.id.to_string(), ""), set.version).await,
        _ => Ok(()),
    }
}

/// A number from 0 to 99 that is always the same for these words.
fn draw(name: &str, what: &str) -> u32 {
    let digest = sha256(format!("{name} {what}").as_bytes());
    u32::from_str_radix(digest.get(..6).unwrap_or_default(), 16).unwrap_or_default() % 100
}

/// How well an agency does in all: 45 to 94.
fn quality(sheet: &Sheet) -> u32 {
    45 + draw(&sheet.name, "all") / 2
}

/// What an agency says of a criterion.
fn said(sheet: &Sheet, node: &Node, criterion: &Criterion) -> Given {
    let (drawn, quality) = (draw(&sheet.name, &node.code), quality(sheet));
    if criterion.may_not_apply && drawn >= 97 {
        return Given::NotApplicable;
    }
    let part = (quality + drawn).div_ceil(2).min(100);
    let whole = |number: u32| Given::Value { amount: ::measures::Amount::from(u64::from(number)) };
    match &criterion.rule {
        Rule::YesNo if drawn < quality => Given::Yes,
        Rule::YesNo => Given::No,
        Rule::Bands { better: ::scoring::Better::Lower, .. } => whole(3_u32.saturating_sub(part / 25)),
        Rule::Bands { .. } => whole((part + 20).min(100)),
        Rule::Linear { all_at, .. } => {
            let most: u32 = all_at.plain().parse().unwrap_or(100);
            whole(most * part / 100)
        }
        Rule::Points if part >= 70 => Given::Value { amount: node.points },
        Rule::Points => node.points.over(2).map_or(Given::Missing, |amount| Given::Value { amount }),
    }
}

fn all_said(sheet: &Sheet, tree: &Set) -> Said {
    let mut all = Said::new();
    for (node, criterion) in tree.criteria().filter(|(_, criterion)| criterion.source == Source::Own) {
        all.insert(node.code.clone(), Own { given: said(sheet, node, criterion), note: NOTE.into() });
    }
    for extra in tree.extras.iter().filter(|extra| extra.source == ExtraSource::Own) {
        let times = u64::from(draw(&sheet.name, &extra.code) >= 90);
        let own = Own { given: Given::Value { amount: ::measures::Amount::from(times) }, note: NOTE.into() };
        all.insert(extra.code.clone(), own);
    }
    all
}

/// Hands in for all agencies, or for those whose turn it would be by now.
async fn hand_in(app: &App, writer: &Who, (set, tree): (&CriteriaSet, &Set), all: bool) -> Result<(), Error> {
    let days = |days: u64| app.clock.now() - Days::new(days);
    let (handed_in, appraised_on) = if all { (days(SCORED_BEFORE), days(APPRAISED_BEFORE)) } else { (days(0), days(0)) };
    let transaction = app.begin().await?;
    for sheet in Sheet::of(&transaction, set.id).await? {
        if !all && draw(&sheet.name, "early") >= 50 {
            continue;
        }
        let body = canonical::text(&all_said(&sheet, tree))?;
        let row = submission::Model {
            id: new_id(),
            sheet: sheet.id,
            number: 1,
            sha256: canonical::sha256(&body),
            body,
            person: Uuid::nil(),
            at: handed_in,
        };
        submission::Entity::insert(submission::ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        sheet::Entity::update_many()
            .col_expr(sheet::Column::Submission, Expr::value(1))
            .filter(sheet::Column::Id.eq(sheet.id))
            .exec(&transaction)
            .await?;
        if all {
            let rows = appraised(writer, &sheet, tree, appraised_on)?;
            appraisal::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        }
    }
    app.commit(transaction).await?;
    Ok(())
}

/// Agrees with most, lowers a few, and puts in what a survey found.
fn appraised(writer: &Who, sheet: &Sheet, tree: &Set, now: DateTime<Utc>) -> Result<Vec<appraisal::ActiveModel>, Error> {
    let row = |code: &str, given: Given, note: &str, sample: Option<i32>| {
        serde_json::to_string(&given).map(|given| {
            appraisal::ActiveModel::from(Appraisal {
                id: new_id(),
                sheet: sheet.id,
                code: code.to_owned(),
                number: 1,
                given,
                note: note.to_owned(),
                sample,
                sampled_on: sample.map(|_| time::local_date(now)),
                person: writer.person,
                agency: writer.agency,
                at: now,
            })
        })
    };
    let mut rows = Vec::new();
    for (code, own) in all_said(sheet, tree) {
        let lowered = own.given == Given::Yes && draw(&sheet.name, &format!("{code} less")) < LOWERED;
        let (given, note) = if lowered { (Given::No, LESS) } else { (own.given, "") };
        rows.push(row(&code, given, note, None)?);
    }
    for (node, criterion) in tree.criteria().filter(|(_, criterion)| criterion.source == Source::Survey) {
        rows.push(row(&node.code, said(sheet, node, criterion), "", Some(SAMPLE))?);
    }
    Ok(rows)
}

/// As if the days for scoring and objecting were over.
async fn publish(app: &App, writer: &Who, set: &CriteriaSet, tree: &Set) -> Result<(), Error> {
    debug_assert!(tree.faults().is_empty(), "{:?}", tree.faults());
    set.begin_appraisal(app, writer, set.version).await?;
    let set = CriteriaSet::find(&app.db, set.id).await?;
    let today = time::local_date(app.clock.now());
    set.open_appeals_until(app, writer, today - Days::new(OBJECTED_BEFORE), set.version).await?;
    let set = CriteriaSet::find(&app.db, set.id).await?;
    set.publish(app, writer, "", set.version).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_of_the_demo_sum_and_are_as_large_as_practice_has_them() {
        let file: File = serde_json::from_str(FILE).expect("a file");
        assert_eq!(file.sets.len(), 2);
        for written in &file.sets {
            let tree = written.tree(&[]).expect("a tree");
            assert_eq!(tree.faults(), [], "{}", written.title);
            assert!(tree.nodes.len() >= 8 && tree.criteria().count() >= 55, "{}", tree.criteria().count());
        }
    }
}
