//! One cluster, without its line: what it does with an order, and what it says by itself.

use std::collections::{HashSet, VecDeque};

use serde_json::Value;

use super::{Manner, words};

/// Order ids that a device remembers, so that an order that comes twice is played once.
const REMEMBERED: usize = 256;
/// A sound of which nobody said how long it is.
const SOUND_S: i64 = 60;

/// What a message is about: the last word of its topic, or of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    Ping,
    Ack,
    Log,
    Power,
}

impl What {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ping => "ping",
            Self::Ack => "ack",
            Self::Log => "log",
            Self::Power => "power",
        }
    }
}

/// One message of a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub what: What,
    pub body: Value,
}

/// What sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playing {
    pub order: String,
    pub bulletin: String,
    pub content: String,
    /// `PhatKhanCap`, `tinh` or `noibo`.
    pub precedence: String,
    pub from_s: i64,
    /// Of the rest, from `from_s` on.
    pub rest_s: i64,
    /// By the cluster's own clock.
    pub since_ms: i64,
}

/// A cluster of loudspeakers.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub id: String,
    pub manner: Manner,
    pace: i64,
    playing: Option<Playing>,
    /// Weaker than what plays: begins after it.
    waiting: Option<Playing>,
    known: HashSet<String>,
    order_of_known: VecDeque<String>,
    /// The last things it said: a repeating one says them again.
    said: VecDeque<Said>,
    /// When an unset clock began to count.
    began_ms: Option<i64>,
    pub ignored: u32,
    /// Addresses of sounds that it has: it does as if it had fetched them.
    fetched: HashSet<String>,
}

impl Cluster {
    /// `pace`: so many times faster than sound it plays.
    #[must_use]
    pub fn new(id: &str, manner: Manner, pace: u32) -> Self {
        Self {
            id: id.to_owned(),
            manner,
            pace: i64::from(pace.max(1)),
            playing: None,
            waiting: None,
            known: HashSet::new(),
            order_of_known: VecDeque::new(),
            said: VecDeque::new(),
            began_ms: None,
            ignored: 0,
            fetched: HashSet::new(),
        }
    }

    /// Whether it has what is to sound, and needs no line for it.
    #[must_use]
    pub fn has(&self, content: &str) -> bool {
        self.fetched.contains(content)
    }

    #[must_use]
    pub fn playing(&self) -> Option<&Playing> {
        self.playing.as_ref()
    }

    /// What its own clock says when it is `now_ms` in the world.
    pub fn own_ms(&mut self, now_ms: i64) -> i64 {
        let began = *self.began_ms.get_or_insert(now_ms);
        if self.manner == Manner::Unset { now_ms - began + 60_000 } else { now_ms }
    }

    /// Takes an order. `subject` is the last word of its topic: `play`, `stop`, `volume`, `fetch`, `update`, `reset`, `data-request`,
    /// `schedule`. One without an id is not understood, one that was there before is acknowledged and ignored.
    pub fn hear(&mut self, subject: &str, order: &Value, now_ms: i64) -> Vec<Said> {
        let Some(id) = order["id"].as_str().map(str::to_owned) else { return Vec::new() };
        let own_ms = self.own_ms(now_ms);
        let is_repeated = !self.is_new(&id);
        let ack = Said { what: What::Ack, body: words::acknowledgement(&self.id, &id, own_ms, is_repeated) };
        if is_repeated {
            self.ignored += 1;
            return vec![ack];
        }
        let mut said = vec![ack];
        if self.manner != Manner::Liar {
            match subject {
                "play" => said.extend(self.play(&id, order, own_ms)),
                "stop" if self.is_meant(order) => said.extend(self.break_off(own_ms)),
                "data-request" => said.push(self.beat(now_ms)),
                "fetch" => self.fetched.extend(order["NoiDung"].as_str().map(str::to_owned)),
                // Louder, newer, restarted: nothing that is told.
                _ => {}
            }
        }
        self.remember(&said);
        said
    }

    fn is_new(&mut self, id: &str) -> bool {
        if !self.known.insert(id.to_owned()) {
            return false;
        }
        self.order_of_known.push_back(id.to_owned());
        while self.order_of_known.len() > REMEMBERED {
            if let Some(oldest) = self.order_of_known.pop_front() {
                self.known.remove(&oldest);
            }
        }
        true
    }

    /// What is as strong as what plays, or stronger, breaks it off; what is weaker begins after it.
    fn play(&mut self, id: &str, order: &Value, own_ms: i64) -> Vec<Said> {
        let precedence = order["MucDoUuTien"].as_str().unwrap_or("noibo").to_owned();
        let is_weaker = self.playing.as_ref().is_some_and(|playing| rank(&playing.precedence) < rank(&precedence));
        let from_s = words::seconds(&order["ViTriBatDau"]).unwrap_or_default();
        let whole_s = words::seconds(&order["ThoiLuong"]).unwrap_or(SOUND_S);
        let playing = Playing {
            order: id.to_owned(),
            bulletin: order["BanTinID"].as_str().unwrap_or_default().to_owned(),
            content: order["NoiDung"].as_str().unwrap_or_default().to_owned(),
            precedence,
            from_s,
            rest_s: (whole_s - from_s).max(0),
            since_ms: own_ms,
        };
        if is_weaker {
            self.waiting = Some(playing);
            return Vec::new();
        }
        let mut said: Vec<Said> = self.break_off(own_ms).into_iter().collect();
        said.push(self.begin(playing));
        said
    }

    fn begin(&mut self, playing: Playing) -> Said {
        let log = words::log(&self.id, &playing, playing.since_ms, None);
        self.playing = Some(playing);
        Said { what: What::Log, body: log }
    }

    /// An order to stop may name what is to be stopped.
    fn is_meant(&self, order: &Value) -> bool {
        let named = order["NoiDung"].as_str().unwrap_or_default();
        named.is_empty() || self.playing.as_ref().is_some_and(|playing| playing.bulletin == named)
    }

    fn break_off(&mut self, own_ms: i64) -> Option<Said> {
        let playing = self.playing.take()?;
        let played_s = ((own_ms - playing.since_ms) * self.pace / 1_000).clamp(0, playing.rest_s);
        Some(Said { what: What::Log, body: words::log(&self.id, &playing, own_ms, Some(played_s)) })
    }

    /// Moves on: what is over is reported.
    pub fn tick(&mut self, now_ms: i64) -> Vec<Said> {
        let own_ms = self.own_ms(now_ms);
        let is_over = self.playing.as_ref().is_some_and(|p| own_ms >= p.since_ms + p.rest_s * 1_000 / self.pace);
        let mut said: Vec<Said> = if is_over { self.break_off(own_ms).into_iter().collect() } else { Vec::new() };
        if self.playing.is_none()
            && let Some(waiting) = self.waiting.take()
        {
            said.push(self.begin(Playing { since_ms: own_ms, ..waiting }));
        }
        self.remember(&said);
        said
    }

    /// A heartbeat.
    pub fn beat(&mut self, now_ms: i64) -> Said {
        let own_ms = self.own_ms(now_ms);
        Said { what: What::Ping, body: words::ping(&self.id, own_ms, self.playing.as_ref()) }
    }

    /// The power goes, with what plays; it is told once it is back.
    pub fn lose_power(&mut self, lost_ms: i64, back_ms: i64) -> Vec<Said> {
        (self.playing, self.waiting) = (None, None);
        let (lost_ms, _) = (self.own_ms(lost_ms), self.own_ms(back_ms));
        let of = |is_back| Said { what: What::Power, body: words::power(&self.id, is_back, lost_ms) };
        vec![of(false), of(true)]
    }

    fn remember(&mut self, said: &[Said]) {
        self.said.extend(said.iter().cloned());
        while self.said.len() > 8 {
            self.said.pop_front();
        }
    }

    /// What a repeating cluster says once more, word for word.
    #[must_use]
    pub fn repeats(&self) -> Vec<Said> {
        if self.manner == Manner::Repeating { self.said.iter().cloned().collect() } else { Vec::new() }
    }
}

/// The lower goes first.
fn rank(precedence: &str) -> u8 {
    match precedence {
        words::EMERGENCY => 0,
        "tinh" => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn order(id: &str, precedence: &str, seconds: i64) -> Value {
        json!({"id": id, "time": 0, "BanTinID": format!("B-{id}"), "MucDoUuTien": precedence, "ThoiLuong": words::duration(seconds)})
    }

    fn states(said: &[Said]) -> Vec<String> {
        let of = |one: &Said| match one.what {
            What::Log => format!("{} {}", one.body["ThongTinChiTietBanTin"][1]["GiaTri"], one.body["ThoiLuong"]),
            what => format!("{} {}", what.word(), one.body["Message"]),
        };
        said.iter().map(of).collect()
    }

    #[test]
    fn an_emergency_breaks_in_and_nothing_weaker_does() {
        let mut cluster = Cluster::new("8601", Manner::Honest, 1);
        let said = cluster.hear("play", &order("1", "tinh", 600), 1_000_000);
        assert_eq!(states(&said), ["ack \"nhan\"", "\"batdau\" null"]);
        let said = cluster.hear("play", &order("2", "PhatKhanCap", 60), 1_420_000);
        assert_eq!(states(&said), ["ack \"nhan\"", "\"ketthuc\" \"00:07:00\"", "\"batdau\" null"]);
        assert_eq!(states(&cluster.hear("play", &order("3", "noibo", 60), 1_421_000)), ["ack \"nhan\""]);
        // What was weaker waited its turn.
        assert_eq!(states(&cluster.tick(1_480_000)), ["\"ketthuc\" \"00:01:00\"", "\"batdau\" null"]);
        assert_eq!(cluster.playing().map(|playing| playing.order.as_str()), Some("3"));
        assert_eq!(states(&cluster.tick(1_540_000)), ["\"ketthuc\" \"00:01:00\""]);
        let rest = json!({"id": "4", "BanTinID": "B-1", "MucDoUuTien": "tinh", "ViTriBatDau": 415, "ThoiLuong": "00:10:00"});
        cluster.hear("play", &rest, 1_540_000);
        assert_eq!(cluster.playing().map(|playing| (playing.from_s, playing.rest_s)), Some((415, 185)));
        assert!(cluster.tick(1_724_000).is_empty());
        assert_eq!(states(&cluster.tick(1_725_000)), ["\"ketthuc\" \"00:03:05\""]);
    }

    #[test]
    fn an_order_is_played_once_however_often_it_comes() {
        let mut cluster = Cluster::new("8601", Manner::Honest, 60);
        cluster.hear("play", &order("1", "tinh", 60), 0);
        cluster.tick(1_000);
        assert_eq!(states(&cluster.hear("play", &order("1", "tinh", 60), 2_000)), ["ack \"trung\""]);
        assert_eq!((cluster.ignored, cluster.playing()), (1, None));
        assert_eq!(cluster.hear("play", &json!({"BanTinID": "B"}), 0), []);
    }

    #[test]
    fn what_was_fetched_is_there() {
        let mut cluster = Cluster::new("8601", Manner::Honest, 1);
        let fetch = json!({"id": "1", "BanTinID": "B", "NoiDung": "http://localhost/a", "MaBam": "00"});
        assert_eq!(states(&cluster.hear("fetch", &fetch, 0)), ["ack \"nhan\""]);
        assert!(cluster.has("http://localhost/a") && !cluster.has("http://localhost/b"));
        assert!(cluster.playing().is_none());
    }

    #[test]
    fn what_is_not_meant_is_not_stopped() {
        let mut cluster = Cluster::new("8601", Manner::Honest, 1);
        cluster.hear("play", &order("1", "tinh", 60), 0);
        assert_eq!(states(&cluster.hear("stop", &json!({"id": "2", "NoiDung": "B-9"}), 1_000)), ["ack \"nhan\""]);
        assert_eq!(
            states(&cluster.hear("stop", &json!({"id": "3", "NoiDung": "B-1"}), 2_000)),
            ["ack \"nhan\"", "\"ketthuc\" \"00:00:02\""]
        );
        assert!(cluster.playing().is_none());
    }

    #[test]
    fn each_misbehaves_in_its_manner() {
        let mut liar = Cluster::new("1", Manner::Liar, 1);
        assert_eq!(states(&liar.hear("play", &order("1", "tinh", 60), 0)), ["ack \"nhan\""]);
        assert_eq!(liar.beat(0).body["TrangThaiHoatDong"], "0");
        let mut unset = Cluster::new("2", Manner::Unset, 1);
        let said = unset.hear("play", &order("1", "tinh", 60), 1_795_730_400_000);
        assert_eq!((&said[0].body["time"], &said[1].body["ThoiDiemBatDau"]), (&json!(60_000), &json!(60)));
        let mut repeating = Cluster::new("3", Manner::Repeating, 1);
        let said = repeating.hear("play", &order("1", "tinh", 60), 5_000);
        assert_eq!(repeating.repeats(), said);
    }
}
