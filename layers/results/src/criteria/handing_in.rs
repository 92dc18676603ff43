//! Handing a self-score in. Each criterion that the agency answers for itself needs an answer, and evidence or an explanation with it
//! (scenario C2); what does not concern the agency needs an explanation.

use std::collections::HashSet;

use ::scoring::{ExtraSource, Given, Node, Set, Source, canonical};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QuerySelect, QueryTrait};

use super::edition::Edition;
use super::evidence::Evidence;
use super::set::{self, CriteriaSet, State};
use super::sheet::{Column, Entity, Own, Said, Sheet, Typed, submission};
use super::{reading, rights};
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

/// A reason, and the criterion at which it stands; empty: the whole.
pub type Wrong = (String, Obstacle);

/// What was typed, read; and everything that is wrong with it.
#[must_use]
pub fn read(set: &Set, typed: &Typed, proved: &HashSet<String>) -> (Said, Vec<Wrong>) {
    let (mut said, mut wrong) = (Said::new(), Vec::new());
    let text = |key: &str| typed.get(key).map_or("", |text| text.trim());
    for (node, criterion) in set.criteria().filter(|(_, criterion)| criterion.source == Source::Own) {
        let code = &node.code;
        let does_not_apply = !text(&format!("{code}.na")).is_empty();
        let note = text(&format!("{code}.note")).to_owned();
        match reading::given(criterion, node.points, text(code), does_not_apply) {
            Ok(given) => {
                wrong.extend(lacking(node, given, &note, proved.contains(code)).map(|obstacle| (code.clone(), obstacle)));
                said.insert(code.clone(), Own { given, note });
            }
            Err(obstacle) => wrong.push((code.clone(), obstacle.with("name", &node.name))),
        }
    }
    for extra in set.extras.iter().filter(|extra| extra.source == ExtraSource::Own) {
        let (code, note) = (&extra.code, text(&format!("{}.note", extra.code)).to_owned());
        match reading::times(text(code)) {
            Ok(given) => {
                if reading::count(given) > 0 && note.is_empty() && !proved.contains(code) {
                    wrong.push((code.clone(), Obstacle::new("criteria-needs-evidence").with("name", &extra.name)));
                }
                said.insert(code.clone(), Own { given, note });
            }
            Err(obstacle) => wrong.push((code.clone(), obstacle.with("name", &extra.name))),
        }
    }
    (said, wrong)
}

fn lacking(node: &Node, given: Given, note: &str, proved: bool) -> Option<Obstacle> {
    let key = match given {
        Given::Missing => "criteria-unanswered",
        Given::NotApplicable if note.is_empty() => "criteria-needs-reason",
        Given::Value { .. } | Given::Yes | Given::No if note.is_empty() && !proved => "criteria-needs-evidence",
        _ => return None,
    };
    Some(Obstacle::new(key).with("name", &node.name))
}

impl Sheet {
    /// Hands in what is kept as draft. Again before the day: the next version.
    ///
    /// # Errors
    /// Hidden from others; refused with every reason; stale when somebody was quicker; or the database failed.
    pub async fn hand_in(&self, app: &App, who: &Who, set: &CriteriaSet, draft: i32) -> Result<(), Error> {
        if !rights::scores(who, self.agency) {
            return Err(Error::Hidden(self.id));
        }
        if !set.takes_scores(app) {
            return Err(Error::refused("criteria-not-scoring"));
        }
        let tree = Edition::numbered(&app.db, set.id, self.edition).await?.set()?;
        let proved = Evidence::proved(&app.db, self.id).await?;
        let (said, wrong) = read(&tree, &self.typed(), &proved);
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong.into_iter().map(|(_, obstacle)| obstacle).collect()));
        }
        let body = canonical::text(&said)?;
        let number = self.submission + 1;
        // Appraisal may have begun in the same instant.
        let scoring = set::Entity::find().select_only().column(set::Column::Id).filter(set::Column::State.eq(State::Scoring));
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Submission, Expr::col(Column::Submission).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Submission.eq(self.submission))
            .filter(Column::DraftVersion.eq(draft))
            .filter(Column::CriteriaSet.in_subquery(scoring.into_query()))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let row = submission::Model {
            id: new_id(),
            sheet: self.id,
            number,
            sha256: canonical::sha256(&body),
            body,
            person: who.person,
            at: app.clock.now(),
        };
        submission::Entity::insert(submission::ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        let fact = Fact::CriteriaScored { title: set.title.clone(), name: self.name.clone(), number };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
