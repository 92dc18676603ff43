//! Where an article stands in newsletters, and what was counted of it there.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use super::delivery::counting;
use super::issue::{Issue, State, carried};
use super::newsletter::Newsletter;
use crate::base::App;
use crate::base::copies::{Copy, Count, Stand};
use crate::web::Result;

const CHANNEL: &str = "newsletter";
/// Counted as: letters that a relay took and no report called undeliverable; each subscriber once an issue.
const DEFINITION: &str = "letters-1";

/// Asked with the id of an article: one copy for each issue that carries it.
pub fn copies(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    Box::pin(async move {
        let issues = carried::issues_with(&app.db, article).await?;
        let places = places(app, &issues).await?;
        // In the same moment counts too: a letter that corrects is begun only when what it corrects has begun.
        let correction = |one: &Issue| {
            let follows = |other: &&Issue| {
                other.corrects == Some(article)
                    && other.newsletter == one.newsletter
                    && other.began_at.is_some_and(|began| one.began_at.is_some_and(|before| began >= before))
            };
            issues.iter().filter(follows).max_by_key(|other| other.began_at)
        };
        let copy = |(issue, place): (&Issue, String)| {
            let correction = correction(issue);
            let stand = stand(issue, correction.is_some());
            // Followed since the correction went, not since the letter that it corrects did.
            let last = correction.filter(|_| stand == Stand::Followed).unwrap_or(issue);
            Copy {
                id: issue.id,
                channel: CHANNEL,
                agency: issue.agency,
                place,
                href: Issue::path(issue.id),
                address: None,
                recipients: issue.began_at.map(|_| issue.recipients.unsigned_abs()),
                stand,
                since: last.ended_at.or(last.began_at).unwrap_or(last.changed_at),
                proof: issue.code.clone(),
            }
        };
        // A letter that corrects is what follows, not what is to be followed.
        let carried = issues.iter().zip(places).filter(|(issue, _)| issue.corrects.is_none());
        Ok(carried.map(copy).collect())
    })
}

fn stand(issue: &Issue, is_corrected: bool) -> Stand {
    match (issue.state, issue.began_at) {
        (State::Cancelled, None) => Stand::Stopped,
        (State::Draft | State::Submitted | State::Approved | State::Paused | State::Held, None) => Stand::Waiting,
        _ if is_corrected => Stand::Followed,
        _ => Stand::Final,
    }
}

/// Asked with the id of an article: how many got it, and how many letters came back.
pub fn counts(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Count>>> {
    Box::pin(async move {
        let mut issues = carried::issues_with(&app.db, article).await?;
        issues.retain(|issue| issue.began_at.is_some() && issue.corrects.is_none());
        let tallies = counting::of(&app.db, &issues.iter().map(|issue| issue.id).collect::<Vec<_>>()).await?;
        let places = places(app, &issues).await?;
        let mut found = Vec::new();
        for (issue, place) in issues.iter().zip(places) {
            let tally = tallies.get(&issue.id).copied().unwrap_or_default();
            let values: [(&'static str, u64, bool); 3] = [
                ("delivered", tally.delivered(), true),
                ("bounced", tally.returned(), true),
                ("unknown", tally.unknown + tally.stays, true),
            ];
            for (metric, value, distinct) in values {
                found.push(Count {
                    channel: CHANNEL,
                    agency: issue.agency,
                    place: place.clone(),
                    metric,
                    value: Some(value),
                    definition: DEFINITION,
                    distinct,
                    at: app.clock.now(),
                    href: Issue::path(issue.id),
                });
            }
        }
        Ok(found)
    })
}

/// How each issue is called: the newsletter and its number.
async fn places(app: &App, issues: &[Issue]) -> Result<Vec<String>> {
    let ids = issues.iter().map(|issue| issue.newsletter);
    let newsletters = super::newsletter::Entity::find().filter(super::newsletter::Column::Id.is_in(ids)).all(&app.db).await?;
    let name = |issue: &Issue| {
        let of: Option<&Newsletter> = newsletters.iter().find(|one| one.id == issue.newsletter);
        let name = of.map(|one| one.name.as_str()).unwrap_or_default();
        issue.number.map_or_else(|| name.to_owned(), |number| format!("{name} {number}"))
    };
    Ok(issues.iter().map(name).collect())
}
