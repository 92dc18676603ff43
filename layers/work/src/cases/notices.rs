//! Who is told of what happened to a case: who raised it, the body it stands with, and the one it left.

use sea_orm::entity::prelude::*;

use super::case::{Case, Entity};
use crate::base::{App, Fact, fact};
use crate::people::{Notice, Words};

/// Tells both bodies. The second time does nothing.
///
/// # Errors
/// The case is not there, or the database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let Some((key, bodies)) = told(fact) else { return Ok(()) };
    let case = Entity::find_by_id(recorded.about).one(&app.db).await?;
    let case = case.ok_or_else(|| anyhow::anyhow!("the case is not there"))?;
    let words = Words { key, name: &case.title, href: &Case::desk_path(case.id) };
    // A reminder is for those whose turn it is, not for those who wait.
    let reminder = matches!(fact, Fact::CaseReminded { .. } | Fact::CaseReplyReminded { .. });
    let raiser = (!reminder).then_some(case.agency);
    for body in bodies.into_iter().chain(raiser) {
        Notice::tell(app, recorded, body, words).await?;
    }
    Ok(())
}

/// The Fluent key, and the bodies besides who raised it.
fn told(fact: &Fact) -> Option<(&'static str, Vec<Uuid>)> {
    Some(match fact {
        Fact::CaseRaised { holder, .. } => ("notice-case-raised", vec![*holder]),
        Fact::CaseTaken { holder } => ("notice-case-taken", vec![*holder]),
        Fact::CaseQuestioned { holder } => ("notice-case-questioned", vec![*holder]),
        Fact::CaseReplied { holder } => ("notice-case-replied", vec![*holder]),
        Fact::CaseAnswered { holder } => ("notice-case-answered", vec![*holder]),
        Fact::CasePassedUp { from, to } => ("notice-case-passed-up", vec![*to, *from]),
        Fact::CasePassedOn { from, to } => ("notice-case-passed-on", vec![*to, *from]),
        Fact::CaseSolved { holder } => ("notice-case-solved", vec![*holder]),
        Fact::CaseReopened { holder } => ("notice-case-reopened", vec![*holder]),
        Fact::CaseWithdrawn { holder } => ("notice-case-withdrawn", vec![*holder]),
        Fact::CaseLapsed { holder } => ("notice-case-lapsed", vec![*holder]),
        Fact::CaseReminded { holder, overdue: false, .. } => ("notice-case-soon", vec![*holder]),
        Fact::CaseReminded { holder, next, .. } => {
            ("notice-case-overdue", [Some(*holder), *next].into_iter().flatten().collect())
        }
        Fact::CaseReplyReminded { raiser, .. } => ("notice-case-reply-wanted", vec![*raiser]),
        _ => return None,
    })
}
