//! What is on air: a machine that moves when it is told the time.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::quiet::quiet_within;
use super::{Action, Item, Precedence, Rules, Why};

/// What plays at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnAir {
    pub item: Item,
    /// When it was told to play, and from which second of the sound.
    pub since: DateTime<Utc>,
    pub from_s: u32,
}

impl OnAir {
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.since + Duration::seconds((self.item.duration_s - self.from_s).into())
    }

    fn position_s(&self, now: DateTime<Utc>) -> u32 {
        let played = u32::try_from((now - self.since).num_seconds().max(0)).unwrap_or(u32::MAX);
        self.from_s.saturating_add(played).min(self.item.duration_s)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Broken {
    item: Item,
    at_s: u32,
    until: DateTime<Utc>,
}

/// One cluster. Items end in exactly one of finished, cut, missed or withdrawn. Comes from JSON, goes to JSON: whoever keeps it so
/// between two moves loses nothing when the program dies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Airtime {
    rules: Rules,
    /// Not begun, or lost.
    waiting: Vec<Item>,
    broken: Vec<Broken>,
    on_air: Option<OnAir>,
    is_here: bool,
    /// Time does not go back.
    now: DateTime<Utc>,
}

/// What could begin.
struct Candidate {
    rank: (Precedence, bool, DateTime<Utc>, u64),
    id: u64,
    from_s: u32,
    rest_s: u32,
}

impl Airtime {
    /// A cluster whose device is there.
    #[must_use]
    pub fn new(rules: Rules, now: DateTime<Utc>) -> Self {
        Self { rules, waiting: Vec::new(), broken: Vec::new(), on_air: None, is_here: true, now }
    }

    /// The same under rules that were changed meanwhile.
    #[must_use]
    pub fn under(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// Whether nothing is on air, broken off or to come.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.on_air.is_none() && self.waiting.is_empty() && self.broken.is_empty()
    }

    #[must_use]
    pub fn on_air(&self) -> Option<&OnAir> {
        self.on_air.as_ref()
    }

    /// Takes an item in, an emergency too: it is played at the next [`tick`](Self::tick) at or after its time. Whether its id was
    /// new and there is something to play; otherwise nothing changes.
    pub fn add(&mut self, item: Item) -> bool {
        let is_known = self.ids().any(|id| id == item.id);
        let is_taken = !is_known && item.duration_s > 0;
        if is_taken {
            self.waiting.push(item);
        }
        is_taken
    }

    fn ids(&self) -> impl Iterator<Item = u64> {
        let broken = self.broken.iter().map(|broken| broken.item.id);
        self.waiting.iter().map(|item| item.id).chain(broken).chain(self.on_air.iter().map(|on_air| on_air.item.id))
    }

    /// Takes an item off, wherever it is; call [`tick`](Self::tick) for what follows.
    pub fn withdraw(&mut self, id: u64, now: DateTime<Utc>) -> Option<Action> {
        let now = now.max(self.now);
        let mut played_s = 0;
        let before = self.ids().count();
        self.waiting.retain(|item| item.id != id);
        for broken in self.broken.iter().filter(|broken| broken.item.id == id) {
            played_s = broken.at_s;
        }
        self.broken.retain(|broken| broken.item.id != id);
        if let Some(on_air) = self.on_air.take_if(|on_air| on_air.item.id == id) {
            played_s = on_air.position_s(now);
        }
        (self.ids().count() < before).then_some(Action::Withdrawn { item: id, played_s })
    }

    /// Moves to this time. `is_here` says whether the device can be reached. Call it when [`wakes_at`](Self::wakes_at) says, when an
    /// item is added, and when the device comes or goes; more often does no harm.
    pub fn tick(&mut self, now: DateTime<Utc>, is_here: bool) -> Vec<Action> {
        let mut actions = Vec::new();
        self.now = now.max(self.now);
        self.finish(&mut actions);
        let was_here = std::mem::replace(&mut self.is_here, is_here);
        if was_here && !is_here {
            self.lose(&mut actions);
        }
        self.give_up(&mut actions);
        if self.is_here {
            self.begin(&mut actions);
        }
        actions
    }

    fn finish(&mut self, actions: &mut Vec<Action>) {
        let now = self.now;
        if let Some(done) = self.on_air.take_if(|on_air| on_air.ends_at() <= now) {
            let planned = done.item.begins_at + Duration::seconds(done.item.duration_s.into());
            let late_s = u32::try_from((done.ends_at() - planned).num_seconds().max(0)).unwrap_or(u32::MAX);
            actions.push(Action::Finished { item: done.item.id, late_s });
        }
    }

    /// Nobody knows what a device plays that is gone: once it is back, it begins anew.
    fn lose(&mut self, actions: &mut Vec<Action>) {
        if let Some(lost) = self.on_air.take() {
            actions.push(Action::Lost { item: lost.item.id, at_s: lost.position_s(self.now) });
            self.waiting.push(lost.item);
        }
    }

    /// Drops what is too late to begin or to go on.
    fn give_up(&mut self, actions: &mut Vec<Action>) {
        let now = self.now;
        let (late, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(|item| self.begins_until(item) < now);
        self.waiting = waiting;
        let late: Vec<Item> = late;
        for item in late {
            actions.push(Action::Missed { item: item.id, why: self.why_not(&item) });
        }
        let (over, broken): (Vec<Broken>, _) =
            std::mem::take(&mut self.broken).into_iter().partition(|broken| broken.until < now);
        self.broken = broken;
        actions.extend(over.into_iter().map(|broken| Action::Cut { item: broken.item.id, played_s: broken.at_s }));
    }

    fn begins_until(&self, item: &Item) -> DateTime<Utc> {
        item.until.unwrap_or(item.begins_at + Duration::seconds(self.rules.reair_within_s.into()))
    }

    fn why_not(&self, item: &Item) -> Why {
        match (self.is_here, self.on_air.is_some()) {
            (false, _) => Why::DeviceGone,
            (true, true) => Why::Busy,
            (true, false) if self.quiet_for(item.precedence, item.duration_s).is_some() => Why::QuietHours,
            (true, false) => Why::DeviceGone,
        }
    }

    /// The quiet hours that so many seconds from now would disturb.
    fn quiet_for(&self, precedence: Precedence, seconds: u32) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let until = self.now + Duration::seconds(seconds.into());
        if precedence == Precedence::Emergency { None } else { quiet_within(&self.rules.quiet, self.now, until) }
    }

    fn begin(&mut self, actions: &mut Vec<Action>) {
        let Some(best) = self.candidates().into_iter().min_by_key(|candidate| candidate.rank) else {
            return;
        };
        if let Some(on_air) = &self.on_air {
            if on_air.item.precedence <= best.rank.0 {
                return;
            }
            self.break_off(actions);
        }
        let item = self.taken(best.id);
        let Some(item) = item else {
            return;
        };
        actions.push(Action::Play { item: item.id, from_s: best.from_s });
        self.on_air = Some(OnAir { item, since: self.now, from_s: best.from_s });
    }

    /// What may sound from now on to its end.
    fn candidates(&self) -> Vec<Candidate> {
        let waiting = self.waiting.iter().filter(|item| item.begins_at <= self.now).map(|item| Candidate {
            rank: (item.precedence, true, item.begins_at, item.id),
            id: item.id,
            from_s: 0,
            rest_s: item.duration_s,
        });
        let broken = self.broken.iter().map(|broken| {
            let from_s = broken.at_s.saturating_sub(self.rules.rewind_s);
            Candidate {
                // What was broken off goes on before anything of its kind begins.
                rank: (broken.item.precedence, false, broken.item.begins_at, broken.item.id),
                id: broken.item.id,
                from_s,
                rest_s: broken.item.duration_s - from_s,
            }
        });
        waiting.chain(broken).filter(|candidate| self.quiet_for(candidate.rank.0, candidate.rest_s).is_none()).collect()
    }

    fn break_off(&mut self, actions: &mut Vec<Action>) {
        if let Some(on_air) = self.on_air.take() {
            let at_s = on_air.position_s(self.now);
            actions.push(Action::Stop { item: on_air.item.id, at_s });
            let until = self.now + Duration::seconds(self.rules.resume_within_s.into());
            self.broken.push(Broken { item: on_air.item, at_s, until });
        }
    }

    fn taken(&mut self, id: u64) -> Option<Item> {
        if let Some(at) = self.waiting.iter().position(|item| item.id == id) {
            return Some(self.waiting.swap_remove(at));
        }
        let at = self.broken.iter().position(|broken| broken.item.id == id)?;
        Some(self.broken.swap_remove(at).item)
    }

    /// When something happens next if nothing comes from outside; `None` when nothing will.
    #[must_use]
    pub fn wakes_at(&self) -> Option<DateTime<Utc>> {
        let second = Duration::seconds(1);
        let mut times: Vec<DateTime<Utc>> = self.on_air.iter().map(OnAir::ends_at).collect();
        for item in &self.waiting {
            times.extend([item.begins_at, self.begins_until(item) + second]);
            times.extend(self.quiet_for(item.precedence, item.duration_s).map(|(_, ends)| ends));
        }
        for broken in &self.broken {
            times.push(broken.until + second);
            times.extend(self.quiet_for(broken.item.precedence, broken.item.duration_s).map(|(_, ends)| ends));
        }
        times.into_iter().filter(|at| *at > self.now).min()
    }
}
