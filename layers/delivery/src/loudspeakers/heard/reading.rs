//! Understanding a message: what it is about, when it was, and what makes it this one and no other. Pure.

use chrono::{DateTime, Utc};
use loudspeakers::device::{
    Acknowledgement, BroadcastLog, Door, DoorLimits, Envelope, Heartbeat, Incoming as AtDoor, Mapping, PowerEvent, PowerKind,
    Problem,
};

use super::{Incoming, Kind, Refusal};
use crate::base::digest::sha256;

/// Heartbeats of devices that neither number nor date them: the same within so many seconds is a repeated one.
const SAME_BEAT_S: i64 = 10;
/// Letters that are kept of a name or an id, and of a device's words.
const NAME_LETTERS_MAX: usize = 100;
const WORDS_LETTERS_MAX: usize = 500;

/// What a message says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// Unlike for every message of this device and kind.
    pub id: String,
    pub about: String,
    pub at: Option<DateTime<Utc>>,
    pub active: Option<bool>,
    pub seconds: Option<i32>,
    pub power_mw: Option<i32>,
    pub says: String,
    /// Of a heartbeat, as the device says: percent, its version, its line.
    pub volume: Option<i32>,
    pub firmware: Option<String>,
    pub connection: Option<String>,
    /// When it was sent, or the nearest to it that it says; what the door looks at.
    sent_at: Option<DateTime<Utc>>,
    /// As the message itself calls the device.
    device: Option<String>,
}

/// Reads a message of a known device and lets it through the door, but for the memory, which is the table's.
///
/// # Errors
/// Why it is refused, with particulars.
pub fn read(incoming: &Incoming<'_>, mapping: &Mapping, now: DateTime<Utc>) -> Result<Read, (Refusal, String)> {
    let mut read = said(incoming, mapping).map_err(|problem| why(&problem))?;
    if read.device.as_deref().is_some_and(|device| device.trim() != incoming.device.trim()) {
        return Err((Refusal::OtherDevice, read.device.unwrap_or_default()));
    }
    if incoming.kind != Kind::Offline {
        let envelope = mapping.read::<Envelope>(incoming.raw).map_err(|problem| why(&problem))?.value;
        read.sent_at = envelope.sent_at.or(read.sent_at);
        if incoming.kind == Kind::Heartbeat {
            read.at = envelope.sent_at;
        }
        if incoming.kind != Kind::Acknowledgement
            && let Some(id) = envelope.id.filter(|id| !id.trim().is_empty())
        {
            read.id = id;
        }
    }
    if read.id.is_empty() {
        let undated = matches!(incoming.kind, Kind::Heartbeat | Kind::Offline) && read.sent_at.is_none();
        let window = if undated { now.timestamp().div_euclid(SAME_BEAT_S).to_string() } else { String::new() };
        read.id = format!("{}{window}", sha256(incoming.raw));
    }
    let read = timed(read, incoming.kind, now)?;
    let at_door = AtDoor { device: incoming.device, is_known: true, id: &read.id, sent_at: read.sent_at.unwrap_or(now) };
    Door::new(DoorLimits::default()).admit(&at_door, now).map_err(|problem| why(&problem))?;
    Ok(read)
}

/// The door looks at when a message was sent. What it tells of may have another time, which has to be one that can be, too: no engine
/// keeps every year that a number can name, and a row that one does not keep, or does not give back, would hold everybody's. A play
/// of such a time is none; of power it is known all the same that it went or came.
fn timed(read: Read, kind: Kind, now: DateTime<Utc>) -> Result<Read, (Refusal, String)> {
    let wrong = read.at.and_then(|at| DoorLimits::default().clock.check(at, now).err());
    match wrong {
        None => Ok(read),
        Some(wrong) if kind == Kind::Report => Err(why(&wrong)),
        Some(_) => Ok(Read { at: None, ..read }),
    }
}

/// As both engines keep it: without NUL, which PostgreSQL refuses, and no longer than that.
fn short(text: &str, most: usize) -> String {
    text.chars().filter(|letter| *letter != '\0').take(most).collect()
}

fn said(incoming: &Incoming<'_>, mapping: &Mapping) -> Result<Read, Problem> {
    Ok(match incoming.kind {
        Kind::Heartbeat => heartbeat(mapping.read::<Heartbeat>(incoming.raw)?.value),
        Kind::Report => report(mapping.read::<BroadcastLog>(incoming.raw)?.value),
        Kind::Power => power(mapping.read::<PowerEvent>(incoming.raw)?.value),
        Kind::Acknowledgement => acknowledgement(mapping.read::<Acknowledgement>(incoming.raw)?.value),
        Kind::Offline => Read::default(),
    })
}

fn heartbeat(beat: Heartbeat) -> Read {
    let name = |text: String| short(&text, NAME_LETTERS_MAX);
    // A device that plays says since when, by its clock.
    let began = beat.started_at.filter(|_| beat.active == Some(true));
    Read {
        about: beat.playing.map(name).unwrap_or_default(),
        active: beat.active,
        power_mw: milliwatts(beat.power_w),
        volume: beat.volume.map(|volume| volume.round().clamp(0.0, 100.0) as i32),
        firmware: beat.version.map(name),
        connection: beat.connection.map(name),
        device: Some(beat.device),
        ..Read::default()
    }
    .dated(began)
}

impl Read {
    /// A time of something that went on before is no time of sending, but it shows a clock that was never set.
    fn dated(self, began: Option<DateTime<Utc>>) -> Self {
        let unset = began.filter(|began| DoorLimits::default().clock.check(*began, *began).is_err());
        Self { sent_at: unset, ..self }
    }
}

fn report(log: BroadcastLog) -> Read {
    Read {
        about: short(&log.bulletin, NAME_LETTERS_MAX),
        at: Some(log.started_at),
        seconds: log.duration_s.map(|seconds| i32::try_from(seconds).unwrap_or(i32::MAX)),
        power_mw: milliwatts(log.power_w),
        sent_at: Some(log.started_at),
        device: Some(log.device),
        ..Read::default()
    }
}

fn power(event: PowerEvent) -> Read {
    Read {
        about: if event.kind == PowerKind::Lost { "lost" } else { "back" }.into(),
        at: event.at,
        active: Some(event.kind == PowerKind::Back),
        device: event.device,
        ..Read::default()
    }
    .dated(event.at)
}

fn acknowledgement(said: Acknowledgement) -> Read {
    Read {
        // Said again when the order comes again; only the very same one is a repeated one.
        id: format!("{}@{}", said.id, said.sent_at.map_or(0, |at| at.timestamp_millis())),
        about: short(&said.id, NAME_LETTERS_MAX),
        at: said.sent_at,
        active: said.accepted,
        says: short(&said.says.unwrap_or_default(), WORDS_LETTERS_MAX),
        sent_at: said.sent_at,
        ..Read::default()
    }
}

fn milliwatts(watts: Option<f64>) -> Option<i32> {
    watts.map(|watts| (watts * 1000.0).round().clamp(0.0, f64::from(i32::MAX)) as i32)
}

fn why(problem: &Problem) -> (Refusal, String) {
    let refusal = match problem {
        Problem::UnknownDevice(_) => Refusal::UnknownDevice,
        Problem::ClockUnset { .. } => Refusal::ClockUnset,
        Problem::ClockAhead { .. } => Refusal::ClockAhead,
        Problem::Old { .. } => Refusal::Old,
        Problem::Replayed(_) | Problem::Flooded => Refusal::Replayed,
        Problem::Large { .. }
        | Problem::NotJson { .. }
        | Problem::Missing { .. }
        | Problem::Value { .. }
        | Problem::UnknownFields(_)
        | Problem::Mapping(_) => Refusal::Malformed,
    };
    (refusal, problem.to_string())
}
