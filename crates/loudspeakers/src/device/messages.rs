//! The messages under own names. Field names of the JSON between are in `data/mapping.json`.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::mqtt::Subject;

/// A message that a mapping has terms for.
pub trait Term {
    /// Its name in the mapping.
    const NAME: &'static str;
}

macro_rules! terms {
    ($($message:ty = $name:literal),+ $(,)?) => { $(impl Term for $message { const NAME: &'static str = $name; })+ };
}

terms! {
    LogIn = "log_in",
    LogInAnswer = "log_in_answer",
    Heartbeat = "heartbeat",
    BroadcastLog = "broadcast_log",
    PlaylistAdd = "playlist_add",
    PlaylistDelete = "playlist_delete",
    ScheduleItem = "schedule_item",
    PowerEvent = "power_event",
    LedEnvelope = "led_envelope",
    Play = "play",
    Volume = "volume",
    Fetch = "fetch",
    Order = "order",
    Acknowledgement = "acknowledgement",
    Envelope = "envelope",
    HeartbeatAnswer = "heartbeat_answer",
    OrderName = "order_name",
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogIn {
    pub username: String,
    pub password: String,
}

impl std::fmt::Debug for LogIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogIn").field("username", &self.username).finish_non_exhaustive()
    }
}

/// A log-in succeeded when there is a token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogInAnswer {
    /// 0 is well.
    pub status: Option<i64>,
    /// Sent from now on as `Authorization: Bearer`.
    pub token: Option<String>,
    /// Of older systems: `Success`.
    pub message: Option<String>,
}

/// What a device that asks by HTTP is answered. Its orders stand in it, each with its name before its own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeartbeatAnswer {
    /// 0 is well.
    pub status: Option<i64>,
    /// The reason where it is not.
    pub message: Option<String>,
    /// Our time, for a device whose clock was never set.
    pub sent_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub orders: Vec<OrderName>,
}

/// What kind of order follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderName {
    pub kind: Subject,
}

/// Sent every 20 to 30 seconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Heartbeat {
    pub source: Option<String>,
    pub source_name: Option<String>,
    pub target: Option<String>,
    pub target_name: Option<String>,
    /// Of the cluster: its IMEI.
    pub device: String,
    pub device_name: Option<String>,
    pub device_kind: Option<String>,
    pub vendor: Option<String>,
    pub vendor_name: Option<String>,
    /// Percent.
    pub volume: Option<f64>,
    /// Whether it plays at this moment.
    pub active: Option<bool>,
    /// In the device's words: `4G,-10dbm`.
    pub connection: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub power_w: Option<f64>,
    pub temperature_c: Option<f64>,
    pub storage_used: Option<String>,
    /// Of what is playing.
    pub started_at: Option<DateTime<Utc>>,
    pub playing: Option<String>,
    pub version: Option<String>,
}

/// A device's claim that it played something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BroadcastLog {
    pub source: Option<String>,
    pub device: String,
    pub bulletin: String,
    pub kind: Option<String>,
    pub precedence: Option<String>,
    pub title: Option<String>,
    pub field: Option<String>,
    pub summary: Option<String>,
    pub made_at: Option<DateTime<Utc>>,
    /// How long it played.
    pub duration_s: Option<u64>,
    pub author: Option<Author>,
    pub started_at: DateTime<Utc>,
    pub relayed: Option<bool>,
    pub relayed_from: Option<String>,
    /// Address of the sound.
    pub content: Option<String>,
    pub details: Vec<Detail>,
    pub origin: Option<String>,
    pub volume: Option<f64>,
    /// Drawn while playing; 0 with a claim of play is a contradiction.
    pub power_w: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Author {
    pub name: Option<String>,
    pub pen_name: Option<String>,
    pub email: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    pub name: String,
    pub value: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaylistAdd {
    pub areas: Vec<String>,
    pub schedule: String,
    pub schedule_name: Option<String>,
    pub items: Vec<ScheduleItem>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaylistDelete {
    pub devices: Vec<String>,
    pub schedule: String,
    pub schedule_name: Option<String>,
}

/// One bulletin in a device's schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleItem {
    pub schedule: Option<String>,
    pub bulletin: String,
    pub days: Vec<ScheduleDay>,
    pub repeats: Option<i64>,
    pub repeat_after_s: Option<i64>,
    /// Local, to the minute.
    pub begins: Option<NaiveTime>,
    pub duration_s: Option<u64>,
    pub mode: Option<Mode>,
    pub sources: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleDay {
    pub date: NaiveDate,
    pub times: Vec<ScheduleTime>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleTime {
    pub begins_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    /// Local, to the minute.
    pub begins: Option<NaiveTime>,
    pub played: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Now,
    Scheduled,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PowerEvent {
    /// Where the message has no such field, its topic or log-in says it.
    pub device: Option<String>,
    pub kind: PowerKind,
    /// When the power went, of both kinds.
    pub at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerKind {
    Lost,
    Back,
}

/// Who goes before whom on air, the first the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precedence {
    Emergency,
    Provincial,
    Internal,
}

/// An order to play now, and to break off what has less precedence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Play {
    pub id: String,
    pub sent_at: DateTime<Utc>,
    pub bulletin: String,
    /// Address of the sound.
    pub content: Option<String>,
    pub precedence: Precedence,
    /// Where to begin, seconds into the sound: something that was broken off goes on.
    pub from_s: Option<i64>,
    pub duration_s: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    pub id: String,
    pub sent_at: DateTime<Utc>,
    /// Percent.
    pub volume: i64,
}

/// An order to fetch a sound that is to be played later. A device that has it acknowledges; one that can not have it, or has other bytes
/// than the hash says, refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    pub id: String,
    pub sent_at: DateTime<Utc>,
    pub bulletin: String,
    /// Address of the sound; an order to play names the same.
    pub content: String,
    /// Of its bytes, hexadecimal.
    pub sha256: String,
    /// When it is to be there.
    pub begins_at: Option<DateTime<Utc>>,
}

/// An order without more to it: stop, reset, send data; or update from an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: String,
    pub sent_at: DateTime<Utc>,
    pub address: Option<String>,
}

/// What goes to an LED board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedEnvelope {
    pub id: String,
    pub sent_at: DateTime<Utc>,
    pub sender: Option<String>,
    pub leader_only: Option<bool>,
    pub schedule: LedSchedule,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedSchedule {
    pub id: String,
    pub made_at: Option<DateTime<Utc>>,
    pub duration_s: Option<i64>,
    pub loops: Option<i64>,
    pub idle_s: Option<i64>,
    pub daily: Option<bool>,
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
    pub active: Option<bool>,
    /// Seconds since midnight, local.
    #[serde(default)]
    pub times_s: Vec<i64>,
    /// `T2` to `T7` and `CN`.
    #[serde(default)]
    pub weekdays: Vec<String>,
    #[serde(default)]
    pub songs: Vec<String>,
    pub kind: LedKind,
    pub text: Option<String>,
    pub media: Option<String>,
    pub full_screen: Option<bool>,
    pub colour: Option<String>,
    /// The lower wins.
    pub priority: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedKind {
    Notice,
    Text,
    Video,
    Picture,
}

/// A device has taken an order. That it also plays is another matter: only a report says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Of the order.
    pub id: String,
    pub sent_at: Option<DateTime<Utc>>,
    /// False: the device will not do it. A device that does not say has taken it.
    pub accepted: Option<bool>,
    /// The device's words.
    pub says: Option<String>,
}

/// What may stand around any message: devices that number and date what they send can be told from a repeater.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Envelope {
    pub id: Option<String>,
    pub sent_at: Option<DateTime<Utc>>,
}
