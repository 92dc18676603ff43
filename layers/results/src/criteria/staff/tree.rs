//! The tree of a set: its groups and criteria beside the one that is being changed, with the sums while one types.

use ::scoring::editing::Move;
use ::scoring::{Body, ExtraSource, Node, Rule, Set, Sign, Source};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::form::Choice;
use super::sum::{Sum, summed};
use crate::base::App;
use crate::criteria::set::CriteriaSet;
use crate::criteria::typed_node::{TypedExtra, TypedNode, TypedRules};
use crate::criteria::writing::Edit;
use crate::criteria::{faults, measured, rights};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// A group or criterion as a line.
pub struct Row {
    pub number: String,
    pub code: String,
    pub name: String,
    pub points: String,
    /// Of a group whose parts come to something else.
    pub sum: String,
    pub rule: String,
    pub is_group: bool,
    pub chosen: bool,
}

/// A bonus or penalty as a line.
pub struct Extra {
    pub code: String,
    pub name: String,
    pub words: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// The one that is changed.
    node: String,
    /// `group` or `criterion`: a new one.
    add: String,
    /// The group that a new one comes into; empty: the whole.
    group: String,
}

/// Everything that the forms of the page send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    version: i32,
    act: String,
    code: String,
    group: String,
    to: String,
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
    may_not_apply: String,
    sign: String,
    each: String,
    most: String,
    bonus: String,
    penalty: String,
    ties: String,
    counts_absent: String,
}

#[derive(Template)]
#[template(path = "criteria/staff/tree.html")]
pub struct Tree {
    l: Locale,
    shell: Shell,
    set: CriteriaSet,
    rows: Vec<Row>,
    extras: Vec<Extra>,
    sum: Sum,
    /// The ceilings and the rule for ties as they are.
    standing: TypedRules,
    faults: Vec<String>,
    rules: Vec<Choice>,
    sources: Vec<Choice>,
    ask: Ask,
    typed: TypedNode,
    /// What was typed of a bonus or a penalty, where it was refused.
    typed_extra: TypedExtra,
    /// The ceilings and the rule for ties in their form: as they are, or as they were typed.
    typed_rules: TypedRules,
    /// What was refused; empty where nothing was.
    act: String,
    /// The one that is changed is a group.
    is_group: bool,
    may_edit: bool,
    errors: Mistakes,
}

impl Tree {
    fn here(&self) -> String {
        format!("{}/tree", CriteriaSet::path(self.set.id))
    }

    fn set_href(&self) -> String {
        CriteriaSet::path(self.set.id)
    }

    fn is_editing(&self) -> bool {
        self.may_edit && (!self.ask.node.is_empty() || !self.ask.add.is_empty())
    }
}

fn rule_key(rule: &str) -> String {
    format!("criteria-rule-{}", rule.replace('_', "-"))
}

/// How a criterion is scored, in a few words.
#[must_use]
pub fn rule_words(l: Locale, node: &Node) -> String {
    let Body::Criterion(criterion) = &node.body else { return String::new() };
    let rule = match &criterion.rule {
        Rule::YesNo => l.t("criteria-rule-yes-no"),
        Rule::Points => l.t("criteria-rule-points"),
        Rule::Bands { .. } => l.t("criteria-rule-bands"),
        Rule::Linear { none_at, all_at } => {
            let words = [("from", none_at.shown()), ("to", all_at.shown()), ("unit", criterion.unit.clone())];
            l.with("criteria-rule-linear-words", &words)
        }
    };
    let source = match &criterion.source {
        Source::Own => l.t("criteria-source-own"),
        Source::Survey => l.t("criteria-source-survey"),
        Source::Measure { .. } => l.t("criteria-source-measure"),
    };
    format!("{rule} · {source}")
}

fn rows(l: Locale, tree: &Set, chosen: &str) -> Vec<Row> {
    let row = |(number, node): (String, &Node)| {
        let sum: ::measures::Amount = match &node.body {
            Body::Group { nodes } => nodes.iter().map(|node| node.points).sum(),
            Body::Criterion(_) => node.points,
        };
        Row {
            number,
            code: node.code.clone(),
            name: node.name.clone(),
            points: node.points.shown(),
            sum: if sum == node.points { String::new() } else { sum.shown() },
            rule: rule_words(l, node),
            is_group: matches!(node.body, Body::Group { .. }),
            chosen: node.code == chosen,
        }
    };
    tree.numbered().into_iter().map(row).collect()
}

fn extras(l: Locale, tree: &Set) -> Vec<Extra> {
    let one = |extra: &::scoring::Extra| {
        let key = match (extra.sign, extra.source) {
            (Sign::Bonus, _) => "criteria-extra-bonus",
            (Sign::Penalty, ExtraSource::Late) => "criteria-extra-late",
            (Sign::Penalty, ExtraSource::Own) => "criteria-extra-penalty",
        };
        let words = l.t2(key, "each", extra.each.shown(), "most", extra.most.shown());
        Extra { code: extra.code.clone(), name: extra.name.clone(), words }
    };
    tree.extras.iter().map(one).collect()
}

/// What can be chosen for a rule and for a source; the one that is there already is there, whatever became of its measure.
fn choices(l: Locale, typed: &TypedNode, measures: Vec<(String, String)>) -> (Vec<Choice>, Vec<Choice>) {
    let rule = |rule: &str| Choice { value: rule.into(), label: l.t(&rule_key(rule)), chosen: typed.rule == rule };
    let source = |value: String, label: String| Choice { chosen: typed.source == value, value, label };
    let mut sources =
        vec![source("own".into(), l.t("criteria-source-own")), source("survey".into(), l.t("criteria-source-survey"))];
    sources.extend(measures.into_iter().map(|(code, name)| source(format!("measure:{code}"), name)));
    if !typed.source.is_empty() && sources.iter().all(|one| !one.chosen) {
        sources.push(source(typed.source.clone(), typed.source.clone()));
    }
    (["points", "linear", "bands", "yes_no"].map(rule).into(), sources)
}

async fn page(app: &App, who: &Signed, shell: Shell, set: CriteriaSet, ask: Ask) -> Result<Tree> {
    let l = shell.l;
    let tree = set.working()?;
    let all = tree.numbered();
    let node = all.iter().find(|(_, node)| node.code == ask.node).map(|(_, node)| *node);
    let ties = tree.ties.iter().filter_map(|code| all.iter().find(|(_, node)| node.code == *code));
    let typed = node.map(TypedNode::of).unwrap_or_else(|| TypedNode { source: "own".into(), ..TypedNode::default() });
    let is_group = node.map_or(ask.add == "group", |node| matches!(node.body, Body::Group { .. }));
    let ask = if node.is_none() { Ask { node: String::new(), ..ask } } else { ask };
    let may_edit = rights::keeps(who) && set.is_editable();
    let measures = if may_edit { measured::choices(app).await? } else { Vec::new() };
    let (rules, sources) = choices(l, &typed, measures);
    let typed_rules = TypedRules {
        bonus: tree.bonus_most.shown(),
        penalty: tree.penalty_most.shown(),
        ties: ties.map(|(number, _)| number.as_str()).collect::<Vec<_>>().join(", "),
        counts_absent: tree.counts_absent,
    };
    Ok(Tree {
        rows: rows(l, &tree, &ask.node),
        extras: extras(l, &tree),
        sum: summed(l, &tree, None),
        standing: typed_rules.clone(),
        typed_rules,
        faults: faults::obstacles(&tree).iter().map(|fault| fault.text(l)).collect(),
        rules,
        sources,
        errors: Mistakes::default(),
        may_edit,
        is_group,
        typed,
        typed_extra: TypedExtra::default(),
        act: String::new(),
        ask,
        set,
        l,
        shell,
    })
}

/// `GET /desk/criteria/{id}/tree`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Tree>> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, set, ask).await?))
}

fn text(typed: &str) -> String {
    vietnamese::normalise(typed).replace("\r\n", "\n").replace('\0', "")
}

impl Sent {
    fn node(&self) -> TypedNode {
        TypedNode {
            name: text(&self.name),
            note: text(&self.note),
            points: self.points.clone(),
            rule: self.rule.clone(),
            better: self.better.clone(),
            bands: text(&self.bands),
            none_at: self.none_at.clone(),
            all_at: self.all_at.clone(),
            unit: text(&self.unit),
            source: self.source.clone(),
            may_not_apply: self.may_not_apply == "on",
        }
    }

    fn extra(&self) -> TypedExtra {
        TypedExtra {
            name: text(&self.name),
            sign: self.sign.clone(),
            each: self.each.clone(),
            most: self.most.clone(),
            source: self.source.clone(),
        }
    }

    fn rules(&self) -> TypedRules {
        TypedRules {
            bonus: self.bonus.clone(),
            penalty: self.penalty.clone(),
            ties: self.ties.clone(),
            counts_absent: self.counts_absent == "on",
        }
    }

    fn edit(&self) -> Option<Edit> {
        let code = self.code.clone();
        Some(match self.act.as_str() {
            "add" => Edit::Add { group: self.group.clone(), node: self.node() },
            "change" => Edit::Change { code, node: self.node() },
            "remove" => Edit::Remove { code },
            "up" => Edit::Shift { code, to: Move::Up },
            "down" => Edit::Shift { code, to: Move::Down },
            "in" => Edit::Shift { code, to: Move::In },
            "out" => Edit::Shift { code, to: Move::Out },
            "add-extra" => Edit::AddExtra(self.extra()),
            "remove-extra" => Edit::RemoveExtra { code },
            "rules" => Edit::Rules(self.rules()),
            _ => return None,
        })
    }
}

/// `POST /desk/criteria/{id}/tree`: one change. A refusal comes back with everything that was typed.
pub async fn edit(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let set = CriteriaSet::find_for(&app, &who, id).await?;
    let change = sent.edit().ok_or_else(|| Error::bad("failure-bad-request"))?;
    match set.edit(&app, &who, &change, sent.version).await {
        Ok(()) => {
            let stays = matches!(change, Edit::Change { .. } | Edit::Shift { .. });
            let here = format!("{}/tree", CriteriaSet::path(id));
            let to = if stays { format!("{here}?node={}", crate::web::address::encode(&sent.code)) } else { here };
            Ok(Said::to(to, "criteria-tree-was-kept").into_response())
        }
        Err(Error::Refused(found)) => {
            let l = shell.l;
            let new = if sent.act == "add" { if sent.rule.is_empty() { "group" } else { "criterion" } } else { "" };
            let ask = Ask { node: sent.code.clone(), add: new.into(), group: sent.group.clone() };
            let mut page = page(&app, &who, shell, set, ask).await?;
            match change {
                Edit::Add { .. } | Edit::Change { .. } => page.typed = sent.node(),
                Edit::AddExtra(typed) => page.typed_extra = typed,
                Edit::Rules(typed) => page.typed_rules = typed,
                _ => {}
            }
            page.errors = Mistakes::told(&found, l);
            page.act = sent.act;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
