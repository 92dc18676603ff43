//! Says what is due: emergencies first, then the oldest; what is only to be fetched last. // recorded by the fact of the airing that made the order

use std::time::Duration;

use loudspeakers::device::{LedKind, Precedence};
use rumqttc::AsyncClient;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::talk::Flight;
use super::terms::Line;
use crate::base::App;
use crate::loudspeakers::order::{self, Column, Due, Entity, Message, State};
use crate::web::Error;

/// A whole province in one look, so that an emergency overtakes a bulletin that is due in the same second.
const BATCH: u64 = 2_000;
const LOOK_MS: u64 = 200;
/// While orders are on their way their arrival is noted sooner.
const LOOK_BUSY_MS: u64 = 50;

/// Says what is due, for as long as the line is up; ends with the reason.
pub(super) async fn say(app: &App, line: &Line, client: &AsyncClient, flight: &Flight) -> String {
    loop {
        let said = match turn(app, line, client, flight).await {
            Ok(said) => said,
            Err(error) => return format!("what is due can not be looked up: {error:?}"),
        };
        if said == 0 {
            let wait_ms = if flight.is_busy() { LOOK_BUSY_MS } else { LOOK_MS };
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
    }
}

/// The line is lost: what the broker has is sent, and what it may not have is said again by the next line, at once.
pub(super) async fn let_go(app: &App, flight: &Flight) -> Result<(), Error> {
    sent(app, &flight.arrived()).await?;
    for some in flight.left().chunks(500) {
        Entity::update_many()
            .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.is_in(some.iter().copied()))
            .filter(Column::State.is_in([State::Waiting, State::Sent]))
            .exec(&app.db)
            .await?;
    }
    Ok(())
}

async fn turn(app: &App, line: &Line, client: &AsyncClient, flight: &Flight) -> Result<usize, Error> {
    let arrived = flight.arrived();
    sent(app, &arrived).await?;
    metrics::counter!("lantoa_loudspeaker_orders_sent_total").increment(arrived.len() as u64);
    if !flight.is_up() {
        return Ok(0);
    }
    let mut due = order::due(app, BATCH).await?;
    due.sort_by_key(rank);
    let said = due.len();
    for one in due {
        give(app, line, client, flight, one).await?;
    }
    Ok(said)
}

async fn give(app: &App, line: &Line, client: &AsyncClient, flight: &Flight, due: Due) -> Result<(), Error> {
    let (id, is_first) = (due.order.id, due.order.attempts <= 1);
    let topic = match line.topic(due.order.kind.subject(), &due.device) {
        Ok(topic) => topic,
        Err(error) => return order::failed(app, id, &error.to_string(), true).await,
    };
    if !flight.give(client, id, topic, due.bytes) {
        return order::failed(app, id, "the line is full", false).await;
    }
    if is_first {
        let late = app.clock.now() - due.order.due_at;
        metrics::histogram!("lantoa_loudspeaker_order_late_seconds")
            .record(late.num_milliseconds().unsigned_abs() as f64 / 1_000.0);
    }
    Ok(())
}

/// What goes first of what is due at once: an emergency; last what is only to be fetched.
#[must_use]
pub fn rank(due: &Due) -> u8 {
    match serde_json::from_str(&due.order.payload) {
        Ok(Message::Play(play)) if play.precedence == Precedence::Emergency => 0,
        Ok(Message::Board(board)) if board.schedule.kind == LedKind::Notice => 0,
        Ok(Message::Fetch(_)) => 2,
        _ => 1,
    }
}

/// As [`order::sent`], for many at once.
async fn sent(app: &App, orders: &[Uuid]) -> Result<(), Error> {
    for some in orders.chunks(500) {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Sent))
            .col_expr(Column::SentAt, Expr::value(app.clock.now()))
            .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.is_in(some.iter().copied()))
            .filter(Column::State.is_in([State::Waiting, State::Sent]))
            .exec(&app.db)
            .await?;
    }
    Ok(())
}
