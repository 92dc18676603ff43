//! What is believed of each play: a chore that puts together what the device said around it and asks the leaf. Judged once when reports
//! had time to come in, and again when something new is heard. When all plays of an airing are judged, the airing is settled.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use loudspeakers::coverage::{Beat, Claim, Contradiction, Evidence, Outage, Rule, Verdict as Leaf, verdict};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::airing::{self, Airing};
use super::cluster;
use super::heard::{self, Heard, Kind, TAKEN};
use super::order::{self, Message, Order};
use super::play::{self, Column, Entity, Play, Verdict};
use crate::base::{App, By, Chore, Fact};
use crate::web::Error;

/// Plays judged in one transaction.
const BATCH: u64 = 200;
/// Heartbeats are kept so long: longer than any message is believed for.
const BEATS_DAYS: i64 = 3;
/// What was refused is kept so long.
const REFUSED_DAYS: i64 = 30;

/// The chore that judges.
#[must_use]
pub fn chore() -> Chore {
    Chore {
        name: "loudspeakers-judge",
        every_s: 15,
        work: |app| Box::pin(async move { judge(app).await.map_err(|error| anyhow::anyhow!("{error:?}")) }),
    }
}

/// The chore that clears away heartbeats and refused messages that nobody needs any more.
#[must_use]
pub fn clearing_chore() -> Chore {
    Chore { name: "loudspeakers-clear", every_s: 3600, work: |app| Box::pin(clear(app)) }
}

/// Judges what is to be judged, settles what is over, and airs again what stations air again by themselves.
///
/// # Errors
/// The database failed.
pub async fn judge(app: &App) -> Result<(), Error> {
    loop {
        let now = app.clock.now();
        let due = Entity::find().filter(Column::JudgeAt.lte(now)).order_by_asc(Column::JudgeAt).order_by_asc(Column::Id);
        let plays = due.limit(BATCH).all(&app.db).await?;
        let count = plays.len() as u64;
        if count > 0 {
            batch(app, plays, now).await?;
        }
        if count < BATCH {
            break;
        }
    }
    settle(app).await
}

async fn batch(app: &App, plays: Vec<Play>, now: DateTime<Utc>) -> Result<(), Error> {
    let airings =
        airing::Entity::find().filter(airing::Column::Id.is_in(plays.iter().map(|one| one.airing))).all(&app.db).await?;
    let airings: HashMap<Uuid, Airing> = airings.into_iter().map(|one| (one.id, one)).collect();
    let evidence = gathered(app, &plays, &airings).await?;
    let nothing = Evidence::default();
    let transaction = app.begin().await?;
    for play in &plays {
        let duration_s = airings.get(&play.airing).map_or(0, |one| u32::try_from(one.duration_s).unwrap_or_default());
        let found = verdict(duration_s, evidence.get(&play.id).unwrap_or(&nothing), &Rule::default());
        let (word, why, share) = words(found);
        let row = Entity::update_many()
            .col_expr(Column::Verdict, Expr::value(word))
            .col_expr(Column::VerdictWhy, Expr::value(why))
            .col_expr(Column::ShareMilli, Expr::value((share * 1000.0).round() as i32))
            .col_expr(Column::JudgeAt, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::JudgedAt, Expr::value(Some(now)))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1));
        let same = row.filter(Column::Id.eq(play.id)).filter(Column::Version.eq(play.version));
        if same.exec(&transaction).await?.rows_affected > 0 {
            tell(app, &transaction, play, word).await?;
        }
    }
    app.commit(transaction).await?;
    Ok(())
}

/// The verdict as it is kept.
fn words(found: Leaf) -> (Verdict, &'static str, f64) {
    match found {
        Leaf::Played { share } => (Verdict::Played, "", share),
        Leaf::Partly { share } => (Verdict::Partly, "", share),
        Leaf::AcknowledgedOnly => (Verdict::Acknowledged, "", 0.0),
        Leaf::Unreported => (Verdict::Unreported, "", 0.0),
        Leaf::Contradicted(why) => {
            let word = match why {
                Contradiction::NoHeartbeat => "no-heartbeat",
                Contradiction::PowerCut => "power-cut",
                Contradiction::NoPowerDrawn => "no-power",
                Contradiction::Inactive => "inactive",
                Contradiction::Impossible => "impossible",
            };
            (Verdict::Contradicted, word, 0.0)
        }
    }
}

/// A device that says it has played what it can not have, or took an order and never reported, is shown as one that lies; until it is
/// believed again.
async fn tell(app: &App, on: &impl ConnectionTrait, play: &Play, verdict: Verdict) -> Result<(), Error> {
    use cluster::Column as Of;
    let lies = match verdict {
        Verdict::Contradicted => true,
        // While it may still report, nothing is held against it.
        Verdict::Acknowledged => play.state.is_over() && play.state != play::State::Withdrawn,
        Verdict::Played => false,
        _ => return Ok(()),
    };
    let (trouble, at) = if lies { ("lies", Some(app.clock.now())) } else { ("", None) };
    let row = cluster::Entity::update_many().col_expr(Of::Trouble, Expr::value(trouble)).col_expr(Of::TroubleAt, Expr::value(at));
    let row = row.filter(Of::Id.eq(play.cluster));
    let row = if lies { row.filter(Of::Trouble.ne("lies")) } else { row.filter(Of::Trouble.eq("lies")) };
    if row.exec(on).await?.rows_affected > 0 {
        let name = cluster::Entity::find_by_id(play.cluster).one(on).await?.map(|one| one.name).unwrap_or_default();
        app.record(on, play.cluster, Fact::LoudClusterTroubled { name, cause: trouble.into() }, &By::system()).await?;
    }
    Ok(())
}

/// What is known around each play, by play.
async fn gathered(app: &App, plays: &[Play], airings: &HashMap<Uuid, Airing>) -> Result<BTreeMap<Uuid, Evidence>, Error> {
    let slack = TimeDelta::seconds(i64::from(Rule::default().beat_within_s) + 60);
    let begun = |play: &Play| play.begun_at.or_else(|| airings.get(&play.airing).map(|one| one.begins_at));
    let Some(first) = plays.iter().filter_map(begun).min() else { return Ok(BTreeMap::new()) };
    let clusters: Vec<Uuid> = plays.iter().map(|play| play.cluster).collect();
    let about: Vec<String> = plays.iter().map(|play| play.airing.to_string()).collect();
    let of = |filter: Condition| {
        let rows = heard::Entity::find().filter(heard::Column::Cluster.is_in(clusters.clone()));
        rows.filter(heard::Column::Verdict.eq(TAKEN)).filter(filter).order_by_asc(heard::Column::ReceivedAt)
    };
    let all = || Condition::all();
    let beats = of(all().add(heard::Column::Kind.eq(Kind::Heartbeat)).add(heard::Column::ReceivedAt.gte(first - slack)));
    let beats = beats.all(&app.db).await?;
    // A cut that began before it counts as well.
    let since = first - TimeDelta::days(1);
    let power = of(all().add(heard::Column::Kind.eq(Kind::Power)).add(heard::Column::ReceivedAt.gte(since))).all(&app.db).await?;
    let reports = of(all().add(heard::Column::Kind.eq(Kind::Report)).add(heard::Column::About.is_in(about))).all(&app.db).await?;
    let orders = order::Entity::find()
        .filter(order::Column::Play.is_in(plays.iter().map(|play| play.id)))
        .filter(order::Column::Kind.eq(order::Kind::Play))
        .order_by_asc(order::Column::MadeAt)
        .all(&app.db)
        .await?;
    let by_cluster = |rows: Vec<Heard>| {
        let mut found: HashMap<Uuid, Vec<Heard>> = HashMap::new();
        for row in rows {
            found.entry(row.cluster.unwrap_or_default()).or_default().push(row);
        }
        found
    };
    let (beats, power, reports) = (by_cluster(beats), by_cluster(power), by_cluster(reports));
    let made = |play: &Play| {
        let own: Vec<&Order> = orders.iter().filter(|one| one.play == Some(play.id)).collect();
        let claims = reports.get(&play.cluster).into_iter().flatten();
        let claims = claims.filter(|row| row.about == play.airing.to_string()).filter_map(|row| claim(row, &own)).collect();
        let until = play.ended_at.unwrap_or_else(|| app.clock.now()) + slack;
        let near = |at: DateTime<Utc>| begun(play).is_some_and(|from| at >= from - slack) && at <= until;
        let beats = beats.get(&play.cluster).into_iter().flatten();
        let beats = beats.map(|row| Beat { at: row.received_at, active: row.active });
        let evidence = Evidence {
            claims,
            beats: beats.filter(|beat| near(beat.at)).collect(),
            outages: outages(power.get(&play.cluster).map(Vec::as_slice).unwrap_or_default()),
            acknowledged: own.iter().any(|one| one.acknowledged_at.is_some()),
        };
        (play.id, evidence)
    };
    Ok(plays.iter().map(made).collect())
}

/// A report as a claim. Where in the sound it began is what the device was told last before that.
fn claim(row: &Heard, orders: &[&Order]) -> Option<Claim> {
    let started_at = row.at?;
    let told = orders.iter().rev().find(|one| one.due_at <= started_at + TimeDelta::seconds(30)).or(orders.first());
    let from_s = told.and_then(|one| match serde_json::from_str(&one.payload) {
        Ok(Message::Play(play)) => play.from_s,
        _ => None,
    });
    Some(Claim {
        started_at,
        played_s: u32::try_from(row.seconds.unwrap_or_default()).unwrap_or_default(),
        from_s: from_s.and_then(|from| u32::try_from(from).ok()).unwrap_or_default(),
        received_at: row.received_at,
        power_w: row.power_mw.map(|drawn| f64::from(drawn) / 1000.0),
    })
}

/// Stretches without power, from what went and came back.
fn outages(events: &[Heard]) -> Vec<Outage> {
    let mut found: Vec<Outage> = Vec::new();
    for event in events {
        match event.active {
            Some(false) => found.push(Outage { from: event.at.unwrap_or(event.received_at), to: None }),
            _ => match found.last_mut().filter(|last| last.to.is_none()) {
                Some(last) => last.to = Some(event.received_at),
                // That it went was never heard; the device says when.
                None => found.extend(event.at.map(|from| Outage { from, to: Some(event.received_at) })),
            },
        }
    }
    found
}

/// Airings whose plays are all over and judged, and those that went to boards alone and whose day is over.
async fn settle(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let open = airing::Entity::find().filter(airing::Column::State.eq(airing::State::Planned));
    for airing in open.filter(airing::Column::BeginsAt.lte(now)).all(&app.db).await? {
        let plays = Entity::find().filter(Column::Airing.eq(airing.id)).all(&app.db).await?;
        let done = |play: &Play| play.state.is_over() && play.judge_at.is_none();
        if !plays.iter().all(done) || (plays.is_empty() && airing.begins_at + TimeDelta::hours(24) > now) {
            continue;
        }
        let played = plays.iter().filter(|play| play.verdict == Verdict::Played).count();
        let transaction = app.begin().await?;
        let row = airing::Entity::update_many()
            .col_expr(airing::Column::State, Expr::value(airing::State::Settled))
            .col_expr(airing::Column::SettledAt, Expr::value(Some(now)))
            .col_expr(airing::Column::Version, Expr::col(airing::Column::Version).add(1));
        let same = row.filter(airing::Column::Id.eq(airing.id)).filter(airing::Column::State.eq(airing::State::Planned));
        if same.exec(&transaction).await?.rows_affected == 0 {
            continue;
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let fact = Fact::AiringSettled { title: airing.title.clone(), played: count(played), expected: count(plays.len()) };
        let by = By { agency: Some(airing.agency), ..By::system() };
        app.record(&transaction, airing.id, fact, &by).await?;
        app.commit(transaction).await?;
        Airing { state: airing::State::Settled, ..airing }.again_by_rule(app).await?;
    }
    Ok(())
}

async fn clear(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let beats = Condition::all()
        .add(heard::Column::Kind.eq(Kind::Heartbeat))
        .add(heard::Column::ReceivedAt.lt(now - TimeDelta::days(BEATS_DAYS)));
    let refused = Condition::all()
        .add(heard::Column::Verdict.ne(TAKEN))
        .add(heard::Column::ReceivedAt.lt(now - TimeDelta::days(REFUSED_DAYS)));
    // Working memory: what was judged by them is in the plays. // recorded by judging
    heard::Entity::delete_many().filter(Condition::any().add(beats).add(refused)).exec(&app.db).await?;
    Ok(())
}
