//! Where an article stands on loudspeakers, and what was counted of it there.

use std::collections::HashSet;

use futures_util::future::BoxFuture;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::airing::{self, Airing, State};
use super::bulletin::{self, Bulletin};
use super::play::{self, Play, Verdict};
use crate::base::App;
use crate::base::copies::{Copy, Count, Stand};
use crate::people::agency::brief::Known;
use crate::web::{Lang, Locale, Result};

const CHANNEL: &str = "loudspeaker";

/// What goes with one airing of an article.
struct Aired {
    airing: Airing,
    plays: Vec<Play>,
    /// A bulletin made anew from the article was aired after it.
    followed: bool,
}

impl Aired {
    fn played(&self) -> u64 {
        let heard: HashSet<Uuid> =
            self.plays.iter().filter(|one| one.verdict == Verdict::Played).map(|one| one.cluster).collect();
        heard.len() as u64
    }

    fn expected(&self) -> usize {
        self.plays.iter().map(|one| one.cluster).collect::<HashSet<_>>().len()
    }

    fn stand(&self) -> Stand {
        let begun = self.plays.iter().any(|one| one.begun_at.is_some());
        match self.airing.state {
            State::Planned | State::Proposed if !begun => Stand::Waiting,
            _ if begun && self.followed => Stand::Followed,
            State::Planned | State::Settled if begun => Stand::Final,
            State::Stopped if begun => Stand::Final,
            _ => Stand::Stopped,
        }
    }
}

async fn aired(app: &App, article: Uuid) -> Result<Vec<Aired>> {
    let of = bulletin::Entity::find().filter(bulletin::Column::Article.eq(article));
    let bulletins = of.order_by_asc(bulletin::Column::MadeAt).all(&app.db).await?;
    let ids: Vec<Uuid> = bulletins.iter().map(|one| one.id).collect();
    let airings = airing::Entity::find().filter(airing::Column::Bulletin.is_in(ids)).order_by_asc(airing::Column::BeginsAt);
    let airings = airings.all(&app.db).await?;
    let plays = play::Entity::find().filter(play::Column::Root.is_in(airings.iter().map(|one| one.root))).all(&app.db).await?;
    let revision = |id: Uuid| bulletins.iter().find(|one: &&Bulletin| one.id == id).and_then(|one| one.revision);
    let was_heard = |one: &Airing| plays.iter().any(|play| play.root == one.root && play.verdict == Verdict::Played);
    let later = |one: &Airing| {
        let newer = |other: &&Airing| revision(other.bulletin) > revision(one.bulletin) && other.begins_at > one.begins_at;
        airings.iter().filter(newer).any(was_heard)
    };
    let roots = airings.iter().filter(|one| one.root == one.id);
    let made = roots.map(|one| Aired {
        airing: one.clone(),
        plays: plays.iter().filter(|play| play.root == one.id).cloned().collect(),
        followed: later(one),
    });
    Ok(made.collect())
}

/// Asked with the id of an article: one copy for each airing, its repetitions with it.
pub fn copies(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    Box::pin(async move {
        let (known, l) = (Known::now(app).await?, Locale(Lang::Vi));
        let copy = |one: &Aired| {
            let (played, expected) = (one.played(), one.expected());
            Copy {
                id: one.airing.id,
                channel: CHANNEL,
                agency: one.airing.agency,
                place: place(&known, &one.airing),
                href: Airing::path(one.airing.id),
                address: None,
                recipients: (one.airing.state == State::Settled).then_some(played),
                stand: one.stand(),
                since: one.airing.settled_at.unwrap_or(one.airing.begins_at),
                proof: if one.airing.state == State::Settled {
                    l.t2("loud-copy-proof", "played", played, "expected", expected)
                } else {
                    String::new()
                },
            }
        };
        Ok(aired(app, article).await?.iter().map(copy).collect())
    })
}

/// Asked with the id of an article: clusters that played it, and are believed.
pub fn counts(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Count>>> {
    Box::pin(async move {
        let (known, now) = (Known::now(app).await?, app.clock.now());
        let begun = aired(app, article).await?.into_iter().filter(|one| one.plays.iter().any(|play| play.begun_at.is_some()));
        let count = |one: Aired| Count {
            channel: CHANNEL,
            agency: one.airing.agency,
            place: place(&known, &one.airing),
            metric: "played",
            // Before it is judged nobody knows.
            value: one.plays.iter().any(|play| play.judged_at.is_some()).then(|| one.played()),
            definition: "plays-1",
            distinct: false,
            at: now,
            href: Airing::path(one.airing.id),
        };
        Ok(begun.map(count).collect())
    })
}

fn place(known: &Known, airing: &Airing) -> String {
    known.get(&airing.agency).map(|body| body.label()).unwrap_or_default()
}
