//! Devices without MQTT: they log in, ping, and find their orders in the answer to a ping. Everything is said in the platform's terms.
//!
//! A token is refused by 401, and the device logs in again; a message that is not believed by 422 with the reason; one that was there
//! before is answered as the first time, so that a device whose line broke before the answer does not send it for ever.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use loudspeakers::device::{HeartbeatAnswer, LogIn, LogInAnswer, Mapping, OrderName, Problem, Term};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::terms;
use crate::base::App;
use crate::loudspeakers::Cluster;
use crate::loudspeakers::bulletin::picturing;
use crate::loudspeakers::device::{self, Entry};
use crate::loudspeakers::heard::{self, How, Incoming, Kind, Refusal, Verdict};
use crate::loudspeakers::order::{self, Due};
use crate::people::attempts::Attempt;
use crate::people::session::Origin;
use crate::web::{Error, Path, Result};

/// A heartbeat has 1 kB, a report three.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// Orders in one answer; the rest comes with the next ping.
const ORDERS_MAX: u64 = 20;

/// What a request may carry at most.
pub fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(BODY_BYTES_MAX)
}

/// `POST /api/devices/log-in`: a device's id and key for a token. Guesses from one address at one device are slowed down; the key is
/// long and random, so nothing more is needed, and no other device behind that address is kept waiting.
pub async fn log_in(State(app): State<App>, origin: Origin, body: Bytes) -> Result<Response> {
    let mapping = terms::mapping(&app)?;
    let said = match mapping.read::<LogIn>(&body) {
        Ok(said) => said.value,
        Err(problem) => return refused(&mapping, StatusCode::BAD_REQUEST, "malformed", &problem.to_string()),
    };
    let name: String = said.username.trim().chars().take(100).collect();
    let key = format!("device:{name}@{}", origin.address);
    let attempt = match Attempt::begin(&app, &key, &key).await {
        Ok(attempt) => attempt,
        Err(Error::TooMany(wait_s)) => {
            let mut answer = refused(&mapping, StatusCode::TOO_MANY_REQUESTS, "too-many-log-ins", &name)?;
            answer.headers_mut().insert(RETRY_AFTER, wait_s.into());
            return Ok(answer);
        }
        Err(error) => return Err(error),
    };
    let Some(Entry { token, .. }) = device::log_in(&app, &name, &said.password).await? else {
        // What began as failed stays so: it counts.
        drop(attempt);
        return refused(&mapping, StatusCode::UNAUTHORIZED, "log-in", &name);
    };
    attempt.succeeded(&app).await?;
    metrics::counter!("lantoa_loudspeaker_log_ins_total").increment(1);
    say(&mapping, StatusCode::OK, &LogInAnswer { status: Some(0), token: Some(token), message: Some("Success".into()) })
}

/// `POST /api/devices/ping`: a heartbeat; the answer holds the orders that wait, emergencies first, and our time for the device's clock.
pub async fn ping(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    let mapping = terms::mapping(&app)?;
    let Some(cluster) = known(&app, &headers).await? else {
        return refused(&mapping, StatusCode::UNAUTHORIZED, "token", "ping");
    };
    let verdict = take(&app, &cluster, Kind::Heartbeat, &body).await?;
    let (status, message) = outcome(&verdict);
    // A device with a wrong clock has its orders all the same: it is here, and it is told what time it is.
    let mut due = match &verdict {
        Verdict::Refused(Refusal::OtherDevice | Refusal::OutOfService, _) => Vec::new(),
        _ => order::due_of(&app, cluster.id, ORDERS_MAX).await?,
    };
    due.sort_by_key(super::saying::rank);
    // A kind of order that the operator's own mapping has no word for is left out, not the answer.
    due.retain(|one| mapping.write(&OrderName { kind: one.order.kind.subject() }).is_ok());
    let answer = HeartbeatAnswer {
        status: Some(i64::from(status != StatusCode::OK)),
        message,
        sent_at: Some(app.clock.now()),
        orders: due.iter().map(|one| OrderName { kind: one.order.kind.subject() }).collect(),
    };
    let said = with_orders(&mapping, &answer, &due)?;
    for one in &due {
        order::sent(&app, one.order.id).await?;
    }
    metrics::counter!("lantoa_loudspeaker_orders_sent_total").increment(due.len() as u64);
    Ok(json(status, said.to_string().into_bytes()))
}

/// `POST /api/devices/ack`: the device has an order.
pub async fn acknowledge(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    hear(&app, &headers, Kind::Acknowledgement, &body).await
}

/// `POST /api/devices/log`: what it played.
pub async fn report(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    hear(&app, &headers, Kind::Report, &body).await
}

/// `POST /api/devices/power`: its power went, or came back.
pub async fn power(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    hear(&app, &headers, Kind::Power, &body).await
}

/// `GET /api/devices/pictures/{bulletin}/{name}`: what a board shows, in the size of its screen. As the sound it is for everyone who
/// has the address, once it is approved.
pub async fn picture(State(app): State<App>, Path((bulletin, name)): Path<(Uuid, String)>) -> Result<Response> {
    let jpeg = picturing::drawn(&app, bulletin, &name).await?;
    // The bytes behind an address never change; that they may not be shown any more does.
    Ok(([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "public, max-age=3600")], jpeg).into_response())
}

async fn hear(app: &App, headers: &HeaderMap, kind: Kind, body: &[u8]) -> Result<Response> {
    let mapping = terms::mapping(app)?;
    let Some(cluster) = known(app, headers).await? else {
        return refused(&mapping, StatusCode::UNAUTHORIZED, "token", "message");
    };
    let verdict = take(app, &cluster, kind, body).await?;
    let (status, message) = outcome(&verdict);
    let failed = i64::from(status != StatusCode::OK);
    let answer = HeartbeatAnswer { status: Some(failed), message, sent_at: Some(app.clock.now()), orders: Vec::new() };
    say(&mapping, status, &answer)
}

/// Whose token it is.
async fn known(app: &App, headers: &HeaderMap) -> Result<Option<Cluster>> {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Some devices send the token alone.
    let token =
        given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map_or(given, |(_, token)| token);
    device::of_token(app, token.trim()).await
}

async fn take(app: &App, cluster: &Cluster, kind: Kind, body: &[u8]) -> Result<Verdict> {
    metrics::counter!("lantoa_loudspeaker_messages_total", "how" => "http").increment(1);
    heard::take(app, &Incoming { device: &cluster.device, kind, raw: body, how: How::Http }).await
}

fn outcome(verdict: &Verdict) -> (StatusCode, Option<String>) {
    match verdict {
        Verdict::Taken => (StatusCode::OK, Some("Success".into())),
        Verdict::Refused(Refusal::Replayed, _) => (StatusCode::OK, Some(Refusal::Replayed.code().into())),
        Verdict::Refused(refusal, _) => (StatusCode::UNPROCESSABLE_ENTITY, Some(refusal.code().into())),
    }
}

/// Refuses a request of nobody that we know: the reason is in the log and in a count, and in the answer as a word alone.
fn refused(mapping: &Mapping, status: StatusCode, why: &'static str, says: &str) -> Result<Response> {
    let says: String = says.chars().filter(|letter| !letter.is_control()).take(200).collect();
    tracing::warn!(why, says, "a device is refused");
    metrics::counter!("lantoa_loudspeaker_messages_refused_total", "why" => why).increment(1);
    say(mapping, status, &LogInAnswer { status: Some(1), token: None, message: Some(why.into()) })
}

fn say<T: Term + Serialize>(mapping: &Mapping, status: StatusCode, message: &T) -> Result<Response> {
    Ok(json(status, mapping.write(message).map_err(anyhow::Error::from)?))
}

fn json(status: StatusCode, bytes: Vec<u8>) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], bytes).into_response()
}

/// The answer with each order's own words beside its name.
fn with_orders(mapping: &Mapping, answer: &HeartbeatAnswer, due: &[Due]) -> anyhow::Result<Value> {
    let mut said: Value = serde_json::from_slice(&mapping.write(answer)?)?;
    let fields = mapping.terms.get(HeartbeatAnswer::NAME).map(Vec::as_slice).unwrap_or_default();
    let path = fields.iter().find(|field| field.own == "orders").and_then(|field| field.theirs.first());
    let path = path.ok_or_else(|| Problem::Mapping("heartbeat_answer.orders has no term".into()))?;
    let Some(Value::Array(named)) = said.pointer_mut(&format!("/{}", path.replace('.', "/"))) else { return Ok(said) };
    for (named, due) in named.iter_mut().zip(due) {
        if let (Value::Object(named), Value::Object(words)) = (named, serde_json::from_slice(&due.bytes)?) {
            named.extend(words);
        }
    }
    Ok(said)
}
