//! Who is told on the desk of what happened to a question: the body it stands with, the one it left, and approvers. A notice names the
//! moment it was asked and nothing of what is in it.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::question::{Entity, Question};
use crate::base::{App, Fact, Role, fact, time};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    // One that left for the protected channel meanwhile is nobody's here.
    let Some(question) = Entity::find_by_id(recorded.about).one(&app.db).await? else { return Ok(()) };
    let Some((key, bodies)) = told(fact, &question) else { return Ok(()) };
    let mut told: HashSet<Uuid> = bodies.into_iter().collect();
    if let Fact::QuestionAnswerPresented { holder } = fact {
        told.extend(grant::Model::people_in(&app.db, &[Role::Approver], *holder).await?);
    }
    if let Fact::QuestionAnswerReturned { .. } = fact {
        told.extend(super::answer::Answer::of(&app.db, question.id).await?.last().map(|answer| answer.written_by));
    }
    if let Some(doer) = recorded.person {
        told.remove(&doer); // their own act needs no telling
    }
    let at = time::minute(question.asked_at);
    for recipient in told {
        Notice::tell(app, recorded, recipient, Words { key, name: &at, href: &Question::desk_path(question.id) }).await?;
    }
    Ok(())
}

/// The Fluent key, and the bodies.
fn told(fact: &Fact, question: &Question) -> Option<(&'static str, Vec<Uuid>)> {
    Some(match fact {
        Fact::QuestionAsked { .. } => ("notice-question-asked", vec![question.holder]),
        Fact::QuestionRouted { to } => ("notice-question-routed", vec![*to]),
        Fact::QuestionTakenBack { from } => ("notice-question-taken-back", vec![*from]),
        Fact::QuestionPassedOn { to, .. } => ("notice-question-passed-on", vec![*to]),
        Fact::QuestionReplied { holder } => ("notice-question-replied", vec![*holder]),
        Fact::QuestionReopened { holder, .. } => ("notice-question-reopened", vec![*holder]),
        Fact::QuestionWithdrawn { holder } => ("notice-question-withdrawn", vec![*holder]),
        Fact::QuestionAnswerPresented { .. } => ("notice-question-presented", Vec::new()),
        Fact::QuestionAnswerReturned { .. } => ("notice-question-returned", Vec::new()),
        Fact::QuestionRestored | Fact::QuestionParted => ("notice-question-back", vec![question.holder]),
        Fact::QuestionReminded { holder, overdue: false, .. } => ("notice-question-soon", vec![*holder]),
        Fact::QuestionReminded { holder, next, .. } => {
            ("notice-question-overdue", [Some(*holder), *next].into_iter().flatten().collect())
        }
        _ => return None,
    })
}
