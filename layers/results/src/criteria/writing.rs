//! Writing a set: beginning one, copying an earlier year's, and changing its tree by one verb at a time.

use ::measures::Amount;
use ::scoring::editing::Move;
use ::scoring::{Body, Set, canonical};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::set::{self, Column, CriteriaSet, Entity, State};
use super::typed_node::{TypedExtra, TypedNode, TypedRules};
use super::{appraiser, reading, rights};
use crate::base::{App, By, Fact, Who};
use crate::people::class;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 200;
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2100;

/// What stands in the form of a new set.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub year: String,
    pub class: String,
    /// The set whose tree is copied.
    pub copy: Option<Uuid>,
    /// Another body that appraises.
    pub appraiser: Option<Uuid>,
}

/// One change of a tree.
#[derive(Clone, Debug)]
pub enum Edit {
    /// To the end of a group; of the whole where the code is empty.
    Add {
        group: String,
        node: TypedNode,
    },
    Change {
        code: String,
        node: TypedNode,
    },
    Shift {
        code: String,
        to: Move,
    },
    Remove {
        code: String,
    },
    AddExtra(TypedExtra),
    RemoveExtra {
        code: String,
    },
    Rules(TypedRules),
}

impl CriteriaSet {
    /// Begins a draft. The same id again is the same set.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; or the database failed.
    pub async fn begin(app: &App, who: &Who, id: Uuid, typed: &Typed) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        let agency = who.agency.ok_or(Error::Forbidden)?;
        if let Some(there) = Entity::find_by_id(id).one(&app.db).await? {
            return if there.made_by == who.person { Ok(()) } else { Err(Error::Stale) };
        }
        let year = read(typed).map_err(Error::Refused)?;
        let appraiser = beside(app, agency, typed).await?;
        let tree = match typed.copy {
            Some(copy) => copied(app, who, copy).await?,
            None => Set::default(),
        };
        let now = app.clock.now();
        let title: String = typed.title.trim().to_owned();
        let row = Self {
            id,
            agency,
            appraiser,
            title: title.clone(),
            year,
            class: typed.class.clone(),
            previous: typed.copy,
            state: State::Draft,
            tree: canonical::text(&tree)?,
            edition: 0,
            edited_by: who.person,
            submitted_by: None,
            score_until: None,
            appeal_until: None,
            demo: false,
            made_by: who.person,
            made_at: now,
            changed_at: now,
            version: 1,
        };
        let transaction = app.begin().await?;
        Entity::insert(set::ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        app.record(&transaction, id, Fact::CriteriaDrafted { title, year }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whether its tree may be changed now. Once scoring was opened a change becomes a new edition, and old scores keep theirs.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        self.submitted_by.is_none() && matches!(self.state, State::Draft | State::Issued | State::Scoring)
    }

    /// Changes the tree.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn edit(&self, app: &App, who: &Who, edit: &Edit, seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        if !self.is_editable() {
            return Err(Error::refused(if self.submitted_by.is_some() { "criteria-is-submitted" } else { "criteria-is-scored" }));
        }
        let mut tree = self.working()?;
        let what = apply(&mut tree, edit).map_err(Error::Refused)?;
        self.write_tree(app, who, &tree, &what, seen).await
    }

    /// Writes the tree as a whole.
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub async fn write_tree(&self, app: &App, who: &Who, tree: &Set, what: &str, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Tree, Expr::value(canonical::text(tree)?))
            .col_expr(Column::EditedBy, Expr::value(who.person))
            .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(seen))
            .filter(Column::SubmittedBy.is_null())
            .filter(Column::State.is_in([State::Draft, State::Issued, State::Scoring]))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::CriteriaEdited { title: self.title.clone(), what: what.to_owned() };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

fn read(typed: &Typed) -> Result<i32, Vec<Obstacle>> {
    let mut wrong = Vec::new();
    let title = typed.title.trim();
    if title.is_empty() || title.chars().count() > TITLE_LETTERS_MAX {
        wrong.push(Obstacle::new("criteria-needs-title").with("n", TITLE_LETTERS_MAX).at("title"));
    }
    let year: Option<i32> = typed.year.trim().parse().ok().filter(|year| YEARS.contains(year));
    if year.is_none() {
        wrong.push(Obstacle::new("criteria-year-wrong").at("year"));
    }
    if class::parts(&typed.class).is_empty() || class::is_for_those_concerned(&typed.class) {
        wrong.push(Obstacle::new("criteria-class-wrong").at("class"));
    }
    match year {
        Some(year) if wrong.is_empty() => Ok(year),
        _ => Err(wrong),
    }
}

/// The other body that appraises: one of those that can.
async fn beside(app: &App, keeper: Uuid, typed: &Typed) -> Result<Option<Uuid>, Error> {
    let Some(other) = typed.appraiser.filter(|other| *other != keeper) else { return Ok(None) };
    if appraiser::choices(app, Some(keeper)).await?.iter().any(|(id, _)| *id == other) {
        return Ok(Some(other));
    }
    Err(Error::Refused(vec![Obstacle::new("criteria-appraiser-wrong").at("appraiser")]))
}

/// The tree that holds in another set, or what is written there.
async fn copied(app: &App, who: &Who, id: Uuid) -> Result<Set, Error> {
    let other = CriteriaSet::find_for(app, who, id).await?;
    match other.holding(&app.db).await? {
        Some(edition) => edition.set(),
        None => other.working(),
    }
}

fn refusal(key: &'static str) -> Vec<Obstacle> {
    vec![Obstacle::new(key)]
}

/// Changes the tree; says the name of what was changed.
fn apply(tree: &mut Set, edit: &Edit) -> Result<String, Vec<Obstacle>> {
    match edit {
        Edit::Add { group, node } => {
            let code = tree.fresh_code(if node.rule.is_empty() { "n" } else { "tc" });
            let node = node.read(&code, Vec::new())?;
            let name = node.name.clone();
            if tree.add(group, node) { Ok(name) } else { Err(refusal("criteria-no-such-node")) }
        }
        Edit::Change { code, node } => {
            let there = tree.node_mut(code).ok_or_else(|| refusal("criteria-no-such-node"))?;
            let inside = match &there.body {
                Body::Group { nodes } => nodes.clone(),
                Body::Criterion(_) => Vec::new(),
            };
            if !inside.is_empty() && !node.rule.is_empty() {
                return Err(vec![Obstacle::new("criteria-group-has-parts").at("rule")]);
            }
            *there = node.read(code, inside)?;
            Ok(there.name.clone())
        }
        Edit::Shift { code, to } => {
            let name = tree.node_mut(code).map(|node| node.name.clone()).ok_or_else(|| refusal("criteria-no-such-node"))?;
            if tree.shift(code, *to) { Ok(name) } else { Err(refusal("criteria-can-not-move")) }
        }
        Edit::Remove { code } => tree.remove(code).map(|gone| gone.name).ok_or_else(|| refusal("criteria-no-such-node")),
        Edit::AddExtra(typed) => {
            let extra = typed.read(&tree.fresh_code("td"))?;
            let name = extra.name.clone();
            tree.extras.push(extra);
            Ok(name)
        }
        Edit::RemoveExtra { code } => {
            let at = tree.extras.iter().position(|extra| extra.code == *code).ok_or_else(|| refusal("criteria-no-such-node"))?;
            Ok(tree.extras.remove(at).name)
        }
        Edit::Rules(typed) => rules(tree, typed).map(|()| String::new()),
    }
}

fn rules(tree: &mut Set, typed: &TypedRules) -> Result<(), Vec<Obstacle>> {
    let most = |typed: &str, field: &'static str, wrong: &mut Vec<Obstacle>| {
        let typed = if typed.trim().is_empty() { "0" } else { typed };
        reading::number(typed).unwrap_or_else(|obstacle| {
            wrong.push(obstacle.at(field));
            Amount::default()
        })
    };
    let mut wrong = Vec::new();
    let (bonus, penalty) = (most(&typed.bonus, "bonus", &mut wrong), most(&typed.penalty, "penalty", &mut wrong));
    let all = tree.numbered();
    let mut codes = Vec::new();
    for one in typed.ties.split([',', ';']).map(str::trim).filter(|one| !one.is_empty()) {
        match all.iter().find(|(number, node)| number == one || node.code == one) {
            Some((_, node)) => codes.push(node.code.clone()),
            None => wrong.push(Obstacle::new("criteria-tie-unknown").with("value", one).at("ties")),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    (tree.bonus_most, tree.penalty_most, tree.ties) = (bonus, penalty, codes);
    tree.counts_absent = typed.counts_absent;
    Ok(())
}
