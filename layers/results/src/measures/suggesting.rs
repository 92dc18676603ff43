//! Definitions for the targets of a plan, by rules over what was recognised of them and over their words (`data/measures.json`). A suggestion
//! is counted at once, and marked as one until somebody confirms it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use ::measures::{Amount, Definition, Op, Target};

use super::measure::{self, Measure, State};
use super::recomputing::recompute;
use super::version;
use crate::base::{App, By, Fact, new_id, time};
use crate::plans::recognise::{self, Kind};
use crate::plans::{Plan, Provision};
use crate::web::{Error, Lang, Locale};

/// Headings under which stands what is wished in general, folded.
const GENERAL: [&str; 2] = ["muc tieu chung", "muc tieu tong quat"];

/// A rule of the shipped file.
#[derive(Debug, Deserialize)]
pub struct Rule {
    /// The code of the measure that it suggests.
    pub code: String,
    kind: Sort,
    /// Words that all have to be there, of which one has to be there, and of which none may; folded.
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
    title: String,
    title_en: String,
    meaning: String,
    meaning_en: String,
    missing: String,
    missing_en: String,
    definition: Definition,
    /// What is to be reached where the target says no number.
    #[serde(default)]
    least: Option<Amount>,
    /// It counts something near the target that can be seen, and is not held to the target's number.
    #[serde(default)]
    proxy: bool,
}

/// What sort of target a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Ratio,
    Count,
    Any,
}

#[derive(Debug, Deserialize)]
struct Book {
    rules: Vec<Rule>,
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/measures.json")).expect("data/measures.json is read by a test")
});

/// A definition for a target.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub rule: &'static Rule,
    pub definition: Definition,
}

impl Rule {
    /// The rule of that code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<&'static Self> {
        BOOK.rules.iter().find(|rule| rule.code == code)
    }

    #[must_use]
    pub fn title(&self, l: Locale) -> &str {
        if l.0 == Lang::En { &self.title_en } else { &self.title }
    }

    #[must_use]
    pub fn meaning(&self, l: Locale) -> &str {
        if l.0 == Lang::En { &self.meaning_en } else { &self.meaning }
    }

    /// What evidence the product does not see yet.
    #[must_use]
    pub fn missing(&self, l: Locale) -> String {
        if l.0 == Lang::En { self.missing_en.clone() } else { self.missing.clone() }
    }

    fn fits(&self, folded: &str, target: Option<&recognise::Target>) -> bool {
        let percent = target.is_some_and(|target| target.value.is_some() && target.unit.as_deref() == Some("%"));
        let number = target.is_some_and(|target| target.value.is_some());
        let sort = match self.kind {
            Sort::Ratio => percent,
            Sort::Count => number && !percent,
            Sort::Any => !percent,
        };
        let there = |words: &String| folded.contains(words.as_str());
        sort && self.all.iter().all(there) && (self.any.is_empty() || self.any.iter().any(there)) && !self.none.iter().any(there)
    }
}

/// The definitions that fit a target: of what was recognised, its words and the year by which it is to be reached.
#[must_use]
pub fn suggestions(text: &str, target: Option<&recognise::Target>, year: i32) -> Vec<Suggestion> {
    let folded = vietnamese::fold(text).into_owned();
    let fitting = BOOK.rules.iter().filter(|rule| rule.fits(&folded, target));
    let made = |rule: &'static Rule| {
        let value = match rule.kind {
            Sort::Any => None,
            Sort::Ratio | Sort::Count => target.and_then(|target| target.value).and_then(Amount::near),
        };
        let op = match target.and_then(|target| target.op.as_deref()).filter(|_| value.is_some()) {
            Some("<=" | "<") => Op::AtMost,
            // 100 % can not be exceeded, and more things than were promised are as good.
            _ => Op::AtLeast,
        };
        let target = value.or(rule.least).filter(|_| !rule.proxy).map(|value| Target { op, value, year });
        Suggestion { rule, definition: Definition { target, ..rule.definition.clone() } }
    };
    fitting.map(made).collect()
}

/// Whether the provision says what is to be reached, and not what is wished in general.
#[must_use]
pub fn is_target(provision: &Provision) -> bool {
    let general = |heading: &String| {
        let folded = vietnamese::fold(heading);
        GENERAL.iter().any(|words| folded.contains(words))
    };
    provision.kind() == Kind::Target && !provision.headings().iter().any(general)
}

/// The year by which a target is to be reached: as it says, as its deadline or headings say, or that of the plan.
#[must_use]
pub fn year_of(provision: &Provision, plan: &Plan) -> i32 {
    let deadline = provision.deadline();
    let said = provision.target().and_then(|target| target.year).or(deadline.year).or(deadline.from.and_then(|from| from.year));
    let headings = provision.headings();
    let headed = headings.iter().rev().find_map(|heading| year_in(heading));
    let issued = plan.issued_on.unwrap_or_else(|| time::local_date(plan.created_at));
    said.or(headed).unwrap_or_else(|| chrono::Datelike::year(&issued))
}

fn year_in(text: &str) -> Option<i32> {
    let years = text.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| digits.len() == 4);
    years.filter_map(|digits| digits.parse().ok()).find(|year| (2000..2100).contains(year))
}

/// Makes a measure for each target of an adopted plan that has none and that a rule fits; those of the plan that it amends go on with the
/// provisions that go on. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App, plan: Uuid) -> anyhow::Result<()> {
    let made = fill(app, plan).await.map_err(|error| anyhow::anyhow!("measures of the plan: {error:?}"))?;
    if !made.is_empty() {
        let year = chrono::Datelike::year(&time::local_date(app.clock.now()));
        let counted = recompute(app, year, Some(&made)).await;
        counted.map_err(|error| anyhow::anyhow!("measures of {year}: {error:?}"))?;
    }
    Ok(())
}

async fn fill(app: &App, plan: Uuid) -> Result<Vec<Uuid>, Error> {
    let plan = Plan::find(&app.db, plan).await?;
    let provisions = Provision::of(&app.db, plan.id).await?;
    let transaction = app.begin().await?;
    carry(&transaction, &plan, &provisions).await?;
    let there = measure::Entity::find().all(&transaction).await?;
    let mut codes: HashSet<String> = there.iter().map(|one| one.code.clone()).collect();
    let served: HashSet<Uuid> = there.iter().filter_map(|one| one.provision).collect();
    let mut made = Vec::new();
    for provision in provisions.iter().filter(|one| is_target(one) && !served.contains(&one.id)) {
        for suggestion in suggestions(&provision.text, provision.target().as_ref(), year_of(provision, &plan)) {
            let code = free(&suggestion.rule.code, &codes);
            codes.insert(code.clone());
            made.push(make(app, &transaction, &plan, provision, (code, &suggestion)).await?);
        }
    }
    app.commit(transaction).await?;
    Ok(made)
}

/// `giai-bao-chi`, with `-2`, `-3` … when that is taken.
fn free(wish: &str, taken: &HashSet<String>) -> String {
    let numbered = (2..1_000).map(|turn| format!("{wish}-{turn}"));
    std::iter::once(wish.to_owned()).chain(numbered).find(|code| !taken.contains(code)).unwrap_or_else(|| new_id().to_string())
}

/// Measures of provisions that this plan goes on from are those of its own.
async fn carry(on: &impl ConnectionTrait, plan: &Plan, provisions: &[Provision]) -> Result<(), DbErr> {
    let heirs: HashMap<Uuid, &Provision> = provisions.iter().filter_map(|one| Some((one.carried_from?, one))).collect();
    for (old, new) in heirs {
        measure::Entity::update_many()
            .col_expr(measure::Column::Provision, Expr::value(new.id))
            .col_expr(measure::Column::Plan, Expr::value(plan.id))
            .col_expr(measure::Column::Position, Expr::value(new.position))
            .filter(measure::Column::Provision.eq(old))
            .exec(on)
            .await?;
    }
    Ok(())
}

async fn make(
    app: &App,
    on: &impl ConnectionTrait,
    plan: &Plan,
    provision: &Provision,
    (code, suggestion): (String, &Suggestion),
) -> Result<Uuid, Error> {
    let (l, now) = (Locale(Lang::Vi), app.clock.now());
    let measure = Measure {
        id: new_id(),
        code,
        plan: Some(plan.id),
        provision: Some(provision.id),
        rule: suggestion.rule.code.clone(),
        position: provision.position,
        title: suggestion.rule.title(l).to_owned(),
        meaning: suggestion.rule.meaning(l).to_owned(),
        body: serde_json::to_string(&suggestion.definition)?,
        state: State::Suggested,
        public: true,
        made_by: None,
        made_at: now,
        changed_at: now,
        version: 1,
        written_by: None,
        agreed_by: None,
    };
    version::keep(on, &measure, None, "").await?;
    let (id, fact) = (measure.id, Fact::MeasureSuggested { code: measure.code.clone(), title: measure.title.clone() });
    measure::Entity::insert(measure::ActiveModel::from(measure)).exec_without_returning(on).await?;
    app.record(on, id, fact, &By::system()).await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_can_be_kept() {
        let codes: HashSet<&str> = BOOK.rules.iter().map(|rule| rule.code.as_str()).collect();
        assert_eq!(codes.len(), BOOK.rules.len());
        for rule in &BOOK.rules {
            assert_eq!(vietnamese::slug(&rule.code).as_deref(), Some(rule.code.as_str()));
            assert!(
                !rule.definition.unit.is_empty() && !rule.title_en.is_empty() && !rule.meaning_en.is_empty(),
                "{}",
                rule.code
            );
            assert!(rule.kind != Sort::Any || rule.least.is_some(), "{}: nothing to reach", rule.code);
            assert_eq!(rule.missing.is_empty(), rule.missing_en.is_empty(), "{}", rule.code);
            for words in rule.all.iter().chain(&rule.any).chain(&rule.none) {
                assert_eq!(vietnamese::fold(words), words.as_str(), "{}", rule.code);
            }
        }
    }

    #[test]
    fn words_lead_to_a_definition() {
        let percent =
            recognise::Target { op: Some(">=".into()), value: Some(80.0), unit: Some("%".into()), ..Default::default() };
        let found = suggestions("Ít nhất 80% người dân nghe tin qua hệ thống thông tin cơ sở.", Some(&percent), 2030);
        let codes: Vec<&str> = found.iter().map(|one| one.rule.code.as_str()).collect();
        assert_eq!(codes, ["nguoi-dan-tiep-can", "ap-khom-nghe-duoc"]);
        assert_eq!(found[1].definition.target, None, "what stands beside a target is not held to its number");
        let target = found[0].definition.target.expect("a target");
        assert_eq!((target.op, target.value, target.year), (Op::AtLeast, Amount::from(80), 2030));
        let milestone = suggestions("Lập mạng lưới cộng tác viên truyền thông.", None, 2026);
        assert_eq!(milestone.len(), 1);
        assert_eq!(milestone[0].definition.target.map(|target| target.value), Some(Amount::from(1)));
        assert!(
            suggestions(
                "100% hộ có nước sạch.",
                Some(&recognise::Target { value: Some(100.0), unit: Some("%".into()), ..Default::default() }),
                2026
            )
            .is_empty()
        );
        assert_eq!(year_in("b) Năm 2026"), Some(2026));
        assert_eq!(year_in("2. Mục tiêu cụ thể"), None);
    }
}
