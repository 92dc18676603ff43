//! What an outcome makes of a delivery: pure functions of the row, of what came back and of the time. Nothing is asked, nothing is
//! written here; see [`super::settling`] for that.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use platforms::{Copy, Found, Outcome, Refusal};

use super::{Delivery, Errand, State, Why, heard};

/// So often it is tried while the refusals pass by themselves.
pub const TRIES_MAX: i32 = 8;
/// After so many attempts, where the platform does not say when: 30 s, 1, 2, 5, 15, 30 min, 1 h.
const WAITS_S: [i64; 7] = [30, 60, 120, 300, 900, 1_800, 3_600];
/// A platform that asks for longer is asked again then all the same.
const WAIT_H_MAX: i64 = 24;
/// When the outcome is asked for: after so long, then every two hours.
const ASKS_S: [i64; 8] = [15, 30, 60, 180, 600, 1_800, 3_600, 7_200];
/// What nobody could tell for so long, a person has to.
pub const ASKED_H: i64 = 24;
/// How often an edit that the platform took is asked for: about a day.
const EDIT_ASKS_MAX: i32 = 18;

/// What was done, and what came back.
#[derive(Clone, Debug)]
pub enum Answer {
    /// To the call that publishes.
    Published(Outcome),
    /// To a question for the outcome.
    Asked(Found),
    /// To the call that edits or retracts.
    Changed(Errand, Outcome),
    /// To a question for an edit that the platform took.
    EditAsked(Found),
    /// Nothing was called: why not.
    NotCalled(Why, String),
}

impl Answer {
    /// The same with another token by now: what refused the old one passes.
    #[must_use]
    pub fn softened(&self) -> Self {
        let soft = |refusal: &Refusal| match refusal.why {
            platforms::Why::Token | platforms::Why::Blocked => {
                let again_after = Some(Duration::from_secs(1));
                Refusal { why: platforms::Why::Unavailable, again_after, says: refusal.says.clone() }
            }
            _ => refusal.clone(),
        };
        match self {
            Self::Published(Outcome::Refused(refusal)) => Self::Published(Outcome::Refused(soft(refusal))),
            Self::Changed(errand, Outcome::Refused(refusal)) => Self::Changed(*errand, Outcome::Refused(soft(refusal))),
            other => other.clone(),
        }
    }
}

/// What the answer to an attempt is that came after somebody else had a hand in the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Late {
    /// It says what is known.
    Known,
    /// The row is what it confirms, whatever was thought meanwhile.
    Is(Delivery),
    /// There is another attempt by now: both are, or may be, out.
    Twice,
}

/// Decides of a copy that is certainly there. (Refusals and the unknown that come so late say nothing that matters.)
#[must_use]
pub fn late(row: &Delivery, copy: &Copy, now: DateTime<Utc>) -> Late {
    match row.state {
        _ if row.external_id == heard::id(&copy.id) => Late::Known,
        State::Failed | State::Queued | State::Held => Late::Is(confirmed(row.clone(), copy, now)),
        // A person found it, who had no id of it.
        State::Confirmed if row.external_id.is_empty() => {
            let settled_at = row.settled_at;
            Late::Is(Delivery { why: row.why, settled_at, ..confirmed(row.clone(), copy, now) })
        }
        _ => Late::Twice,
    }
}

/// What the row becomes, and what it means for the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub row: Delivery,
    /// The platform lets the account in no more: its words.
    pub dead: Option<String>,
    /// The platform wants no call before then.
    pub rest_until: Option<DateTime<Utc>>,
}

impl Verdict {
    fn of(row: Delivery) -> Self {
        Self { row, dead: None, rest_until: None }
    }
}

/// Decides. The row is in the state in which the answer found it, which may have changed while the platform was spoken to.
#[must_use]
pub fn decide(row: Delivery, answer: &Answer, now: DateTime<Utc>) -> Verdict {
    match answer {
        Answer::Published(outcome) => published(row, outcome, now),
        Answer::Asked(found) => asked(row, found, now),
        Answer::Changed(errand, outcome) => changed(row, *errand, outcome, now),
        Answer::EditAsked(found) => edit_asked(row, found, now),
        Answer::NotCalled(why, says) => Verdict::of(ended(row, State::Failed, *why, says, now)),
    }
}

fn published(row: Delivery, outcome: &Outcome, now: DateTime<Utc>) -> Verdict {
    match outcome {
        Outcome::Published(copy) => Verdict::of(confirmed(row, copy, now)),
        Outcome::Accepted { handle } => {
            let row = Delivery { handle: heard::id(handle), why: Why::None, says: String::new(), asked: 0, ..row };
            Verdict::of(to_ask(row, State::Accepted, now))
        }
        Outcome::Refused(refusal) => refused(row, refusal, now),
        Outcome::Unknown { says } => {
            let row = Delivery { why: Why::Cut, says: short(says), asked: 0, ..row };
            Verdict::of(to_ask(row, State::Unknown, now))
        }
    }
}

/// It is certainly not there.
fn refused(row: Delivery, refusal: &Refusal, now: DateTime<Utc>) -> Verdict {
    let (why, says) = (Why::from(refusal.why), short(&refusal.says));
    let dead = matches!(why, Why::Token | Why::Blocked);
    if row.state == State::Unknown {
        // Its sender came back late. It is known now that it is not there; that it goes again is a person's word.
        let row = ended(row, State::Failed, why, &says, now);
        return Verdict { row, dead: dead.then_some(says), rest_until: None };
    }
    // Its article was corrected, or is gone, while it was being sent: these words do not go again by themselves.
    if row.wanted == Errand::Retract {
        let row = ended(Delivery { wanted: Errand::None, ..row }, State::Failed, why, &says, now);
        return Verdict { row, dead: dead.then_some(says), rest_until: None };
    }
    if row.wanted == Errand::Edit {
        let held = Delivery { state: State::Held, why: Why::Corrected, wanted: Errand::None, leased_until: None, ..row };
        return Verdict { row: held, dead: dead.then_some(says), rest_until: None };
    }
    if dead {
        // The next would fare no better: it waits with the others until somebody has seen to the account.
        let held = Delivery { state: State::Held, why: Why::AccountDead, says: says.clone(), leased_until: None, ..row };
        return Verdict { row: Delivery { found_at: None, ..held }, dead: Some(says), rest_until: None };
    }
    // The month's broadcasts are used up: articles of the account do not wait for the next one.
    let is_spent = row.is_broadcast() && why == Why::Quota;
    if is_spent || !refusal.why.passes() || row.attempts >= TRIES_MAX {
        return Verdict::of(ended(row, State::Failed, why, &says, now));
    }
    let at = now + wait(refusal, row.attempts);
    let rests = matches!(why, Why::Rate | Why::Quota);
    let row = Delivery { why, says, ..row.queued(at) };
    Verdict { row, dead: None, rest_until: rests.then_some(at) }
}

/// The platform was asked what became of it.
fn asked(row: Delivery, found: &Found, now: DateTime<Utc>) -> Verdict {
    let row = Delivery { asked: row.asked + 1, ..row };
    match found {
        Found::Yes(copy) => Verdict::of(confirmed(row, copy, now)),
        Found::Refused(refusal) => {
            // Refused after it was taken: nothing passes by itself any more.
            Verdict::of(ended(row, State::Failed, Why::from(refusal.why), &refusal.says, now))
        }
        // Not there now is no proof that it will not be: what was accepted late turns up late. A person decides.
        Found::No | Found::Pending => Verdict::of(ask_again(row, now)),
        Found::CanNotTell { says } => Verdict::of(ask_again(Delivery { says: short(says), ..row }, now)),
    }
}

fn ask_again(row: Delivery, now: DateTime<Utc>) -> Delivery {
    let since = row.sent_at.unwrap_or(now);
    if now - since < TimeDelta::hours(ASKED_H) {
        let state = row.state;
        return to_ask(row, state, now);
    }
    Delivery { state: State::Unknown, why: Why::Silent, run_at: None, leased_until: None, ..row }
}

fn to_ask(row: Delivery, state: State, now: DateTime<Utc>) -> Delivery {
    let at = usize::try_from(row.asked).unwrap_or_default().min(ASKS_S.len() - 1);
    Delivery { state, run_at: Some(now + TimeDelta::seconds(ASKS_S[at])), leased_until: None, ..row }
}

/// A copy that is out was edited or retracted, or not. Both may be repeated.
fn changed(row: Delivery, errand: Errand, outcome: &Outcome, now: DateTime<Utc>) -> Verdict {
    // Its article went while the copy was edited: that it is to be retracted stays.
    let still = if errand != Errand::Retract && row.wanted == Errand::Retract { Errand::Retract } else { Errand::None };
    let done = |row: Delivery| Delivery { errand: Errand::None, wanted: still, run_at: None, leased_until: None, ..row };
    let errand_left = if still == Errand::None { errand } else { still };
    let is_gone = matches!(outcome, Outcome::Refused(Refusal { why: platforms::Why::Gone, .. }));
    match outcome {
        _ if errand == Errand::Retract && (is_gone || matches!(outcome, Outcome::Published(_) | Outcome::Accepted { .. })) => {
            Verdict::of(done(ended(row, State::Retracted, Why::None, "", now)))
        }
        Outcome::Published(copy) => Verdict::of(done(edited(row, copy, now))),
        // It works on it: what it says when it is asked, counts.
        Outcome::Accepted { handle } => {
            let row = Delivery { handle: heard::id(handle), why: Why::None, says: String::new(), asked: 0, ..row };
            Verdict::of(to_ask(row, State::Confirmed, now))
        }
        Outcome::Refused(refusal) if !refusal.why.passes() || row.attempts >= TRIES_MAX => {
            // It stays as it is, and on the list of who asked for it: `wanted` is not cleared.
            let (why, says) = (Why::from(refusal.why), short(&refusal.says));
            let dead = matches!(why, Why::Token | Why::Blocked).then(|| says.clone());
            let row = Delivery { errand: Errand::None, wanted: errand_left, why, says, run_at: None, leased_until: None, ..row };
            let rests = matches!(why, Why::Rate | Why::Quota).then(|| now + wait(refusal, row.attempts));
            Verdict { row, dead, rest_until: rests }
        }
        Outcome::Refused(refusal) => {
            let at = now + wait(refusal, row.attempts);
            let (why, says) = (Why::from(refusal.why), short(&refusal.says));
            // A rate is the account's, whatever the call was for.
            let rests = matches!(why, Why::Rate | Why::Quota).then_some(at);
            let row = Delivery { why, says, run_at: Some(at), leased_until: None, ..row };
            Verdict { row, dead: None, rest_until: rests }
        }
        Outcome::Unknown { says } if row.attempts >= TRIES_MAX => {
            let row = Delivery { errand: Errand::None, wanted: errand_left, why: Why::Cut, says: short(says), ..row };
            Verdict::of(Delivery { run_at: None, leased_until: None, ..row })
        }
        Outcome::Unknown { says } => {
            let at = now + TimeDelta::seconds(later(row.attempts));
            Verdict::of(Delivery { why: Why::Cut, says: short(says), run_at: Some(at), leased_until: None, ..row })
        }
    }
}

/// The platform was asked whether an edit that it took is done. What can not be told for a day is on the list of who asked for it.
fn edit_asked(row: Delivery, found: &Found, now: DateTime<Utc>) -> Verdict {
    let row = Delivery { asked: row.asked + 1, ..row };
    let still = if row.wanted == Errand::Retract { Errand::Retract } else { Errand::Edit };
    let given_up = |row: Delivery, why: Why, says: &str| {
        let row = Delivery { errand: Errand::None, wanted: still, why, says: short(says), handle: String::new(), ..row };
        Verdict::of(Delivery { run_at: None, leased_until: None, ..row })
    };
    match found {
        Found::Yes(copy) => {
            let wanted = if still == Errand::Retract { still } else { Errand::None };
            let row = Delivery { errand: Errand::None, wanted, handle: String::new(), ..edited(row, copy, now) };
            Verdict::of(row)
        }
        Found::Refused(refusal) => given_up(row, Why::from(refusal.why), &refusal.says),
        Found::No | Found::Pending if row.asked >= EDIT_ASKS_MAX => given_up(row, Why::Silent, ""),
        Found::CanNotTell { says } if row.asked >= EDIT_ASKS_MAX => given_up(row, Why::Silent, says),
        Found::No | Found::Pending => Verdict::of(to_ask(row, State::Confirmed, now)),
        Found::CanNotTell { says } => Verdict::of(to_ask(Delivery { says: short(says), ..row }, State::Confirmed, now)),
    }
}

fn edited(row: Delivery, copy: &Copy, now: DateTime<Utc>) -> Delivery {
    Delivery { edited_at: Some(now), stands_at: None, ..confirmed(row, copy, now) }
}

fn confirmed(row: Delivery, copy: &Copy, now: DateTime<Utc>) -> Delivery {
    let address = copy.address.as_deref().and_then(heard::address).unwrap_or_else(|| row.address.clone());
    // Once retraction is asked for, what is found there late is still to be retracted.
    let row = Delivery { external_id: heard::id(&copy.id), address, ..row };
    ended(row, State::Confirmed, Why::None, "", now)
}

fn ended(row: Delivery, state: State, why: Why, says: &str, now: DateTime<Utc>) -> Delivery {
    Delivery { state, why, says: short(says), run_at: None, leased_until: None, settled_at: Some(now), ..row }
}

fn wait(refusal: &Refusal, attempts: i32) -> TimeDelta {
    let own = TimeDelta::seconds(later(attempts));
    // What the platform says goes, and never less than a second: an hour of 0 is a mistake of theirs.
    let asked = refusal.again_after.and_then(|after| TimeDelta::from_std(after).ok());
    asked.unwrap_or(own).clamp(TimeDelta::seconds(1), TimeDelta::hours(WAIT_H_MAX))
}

fn later(attempts: i32) -> i64 {
    let place = usize::try_from(attempts - 1).unwrap_or_default().min(WAITS_S.len() - 1);
    WAITS_S[place]
}

fn short(says: &str) -> String {
    heard::words(says)
}

impl From<platforms::Why> for Why {
    fn from(why: platforms::Why) -> Self {
        match why {
            platforms::Why::Rate => Self::Rate,
            platforms::Why::Quota => Self::Quota,
            platforms::Why::Token => Self::Token,
            platforms::Why::Permission => Self::Permission,
            platforms::Why::Blocked => Self::Blocked,
            platforms::Why::Content => Self::Content,
            platforms::Why::Media => Self::Media,
            platforms::Why::Unavailable => Self::Unavailable,
            platforms::Why::Gone => Self::Gone,
            platforms::Why::Protocol => Self::Protocol,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::channels::Piece;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).expect("a moment")
    }

    fn row(state: State, attempts: i32) -> Delivery {
        let piece = Piece { id: Uuid::from_u128(1), ..Piece::blank(Uuid::from_u128(2), Uuid::from_u128(3), now()) };
        Delivery { state, attempts, sent_at: Some(now()), ..Delivery::planned(&piece, Uuid::from_u128(4)) }
    }

    fn refusal(why: platforms::Why, again_after: Option<u64>) -> Answer {
        let again_after = again_after.map(Duration::from_secs);
        Answer::Published(Outcome::Refused(Refusal { why, says: "#32".into(), again_after }))
    }

    fn state_of(row: Delivery, answer: &Answer) -> (State, Option<i64>) {
        let verdict = decide(row.clone(), answer, now());
        assert!(row.state.may_become(verdict.row.state), "{:?} → {:?}", row.state, verdict.row.state);
        (verdict.row.state, verdict.row.run_at.map(|at| (at - now()).num_seconds()))
    }

    #[test]
    fn a_broadcast_for_which_the_month_has_none_left_holds_no_article() {
        let spent = refusal(platforms::Why::Quota, Some(3_600));
        let broadcast = Delivery { part: crate::channels::delivery::Part::Broadcast, ..row(State::Sending, 1) };
        let verdict = decide(broadcast, &spent, now());
        assert_eq!((verdict.row.state, verdict.row.why, verdict.rest_until), (State::Failed, Why::Quota, None));
        assert_eq!(state_of(row(State::Sending, 1), &spent), (State::Queued, Some(3_600)));
    }

    #[test]
    fn what_passes_is_tried_again_when_the_platform_says_and_not_for_ever() {
        use platforms::Why as Says;
        assert_eq!(state_of(row(State::Sending, 1), &refusal(Says::Rate, Some(17))), (State::Queued, Some(17)));
        assert_eq!(state_of(row(State::Queued, 1), &refusal(Says::Unavailable, None)), (State::Queued, Some(30)));
        assert_eq!(state_of(row(State::Sending, 3), &refusal(Says::Unavailable, None)), (State::Queued, Some(120)));
        assert_eq!(state_of(row(State::Sending, 1), &refusal(Says::Rate, Some(0))), (State::Queued, Some(1)));
        assert_eq!(state_of(row(State::Sending, TRIES_MAX), &refusal(Says::Rate, Some(17))), (State::Failed, None));
        for why in [Says::Content, Says::Media, Says::Permission, Says::Protocol] {
            assert_eq!(state_of(row(State::Sending, 1), &refusal(why, None)), (State::Failed, None), "{why:?}");
        }
        let verdict = decide(row(State::Sending, 1), &refusal(Says::Rate, Some(17)), now());
        assert_eq!(verdict.rest_until, Some(now() + TimeDelta::seconds(17)), "and nothing else goes by this account until then");
    }

    #[test]
    fn a_dead_token_holds_and_does_not_fail() {
        let verdict = decide(row(State::Sending, 1), &refusal(platforms::Why::Token, None), now());
        assert_eq!((verdict.row.state, verdict.row.why, verdict.dead.as_deref()), (State::Held, Why::AccountDead, Some("#32")));
    }

    #[test]
    fn what_was_corrected_or_is_gone_meanwhile_does_not_go_again() {
        let busy = refusal(platforms::Why::Rate, Some(1));
        for (wanted, state) in [(Errand::Edit, State::Held), (Errand::Retract, State::Failed)] {
            let verdict = decide(Delivery { wanted, ..row(State::Sending, 1) }, &busy, now());
            assert_eq!((verdict.row.state, verdict.row.wanted), (state, Errand::None), "{wanted:?}");
        }
    }

    #[test]
    fn what_is_unknown_is_never_sent_again_by_itself() {
        let cut = Answer::Published(Outcome::Unknown { says: "cut".into() });
        assert_eq!(state_of(row(State::Sending, 1), &cut), (State::Unknown, Some(15)));
        // Whatever comes back later, and however often it is asked.
        let copy = Copy { id: "1".into(), address: None };
        let late = [
            refusal(platforms::Why::Rate, Some(1)),
            refusal(platforms::Why::Token, None),
            cut,
            Answer::Published(Outcome::Published(copy.clone())),
            Answer::Published(Outcome::Accepted { handle: "h".into() }),
            Answer::Asked(Found::No),
            Answer::Asked(Found::Pending),
            Answer::Asked(Found::CanNotTell { says: String::new() }),
            Answer::Asked(Found::Yes(copy)),
            Answer::Asked(Found::Refused(Refusal { why: platforms::Why::Rate, says: String::new(), again_after: None })),
        ];
        for answer in &late {
            assert_ne!(state_of(row(State::Unknown, 1), answer).0, State::Queued, "{answer:?}");
        }
    }

    #[test]
    fn it_is_asked_in_growing_intervals_for_a_day() {
        let (mut one, mut at, mut asked) = (row(State::Accepted, 1), now(), Vec::new());
        loop {
            let verdict = decide(one, &Answer::Asked(Found::Pending), at);
            one = verdict.row;
            let Some(next) = one.run_at else { break };
            asked.push((next - at).num_seconds());
            at = next;
        }
        assert!(asked.is_sorted(), "{asked:?}");
        assert_eq!((one.state, one.why), (State::Unknown, Why::Silent), "then a person has to say");
        assert!(at - now() >= TimeDelta::hours(ASKED_H) && asked.len() < 30, "{asked:?}");
    }

    #[test]
    fn to_retract_what_is_gone_is_done() {
        let out = Delivery { errand: Errand::Retract, ..row(State::Confirmed, 1) };
        let gone = Outcome::Refused(Refusal { why: platforms::Why::Gone, says: String::new(), again_after: None });
        assert_eq!(state_of(out.clone(), &Answer::Changed(Errand::Retract, gone)).0, State::Retracted);
        let cut = Answer::Changed(Errand::Retract, Outcome::Unknown { says: String::new() });
        let verdict = decide(out.clone(), &cut, now());
        assert_eq!((verdict.row.state, verdict.row.errand), (State::Confirmed, Errand::Retract), "twice leaves what once left");
        let never = Outcome::Refused(Refusal { why: platforms::Why::Permission, says: "no".into(), again_after: None });
        let verdict = decide(out, &Answer::Changed(Errand::Retract, never), now());
        assert_eq!((verdict.row.errand, verdict.row.wanted), (Errand::None, Errand::Retract), "it stays on somebody's list");
    }

    #[test]
    fn that_a_copy_is_to_be_retracted_outlives_its_being_edited() {
        let edited = Delivery { errand: Errand::Edit, wanted: Errand::Retract, ..row(State::Confirmed, 1) };
        let never = Outcome::Refused(Refusal { why: platforms::Why::Permission, says: "no".into(), again_after: None });
        for outcome in [Outcome::Published(Copy { id: "1".into(), address: None }), never] {
            let verdict = decide(edited.clone(), &Answer::Changed(Errand::Edit, outcome), now());
            assert_eq!((verdict.row.errand, verdict.row.wanted), (Errand::None, Errand::Retract));
        }
    }

    #[test]
    fn an_edit_that_was_taken_is_asked_for_until_it_is_done() {
        let out = Delivery { errand: Errand::Edit, external_id: "1".into(), ..row(State::Confirmed, 1) };
        let taken = Answer::Changed(Errand::Edit, Outcome::Accepted { handle: "h".into() });
        let taken = decide(out, &taken, now()).row;
        assert_eq!((taken.errand, taken.edited_at, taken.is_edit_asked()), (Errand::Edit, None, true), "taken is not done");
        assert!(taken.run_at.is_some());
        let copy = Copy { id: "1".into(), address: None };
        let done = decide(taken.clone(), &Answer::EditAsked(Found::Yes(copy)), now()).row;
        assert_eq!(
            (done.errand, done.wanted, done.edited_at, done.handle.as_str()),
            (Errand::None, Errand::None, Some(now()), "")
        );
        let media = Refusal { why: platforms::Why::Media, says: "-200".into(), again_after: None };
        let refused = decide(taken.clone(), &Answer::EditAsked(Found::Refused(media)), now()).row;
        assert_eq!((refused.errand, refused.wanted, refused.why), (Errand::None, Errand::Edit, Why::Media));
        let (mut one, mut at, mut asked) = (taken, now(), 0);
        while let Some(next) = one.run_at {
            (one, at, asked) = (decide(one, &Answer::EditAsked(Found::Pending), next).row, next, asked + 1);
        }
        assert_eq!((one.errand, one.wanted, one.why), (Errand::None, Errand::Edit, Why::Silent), "then a person has to say");
        assert!(asked < 30 && at - now() > TimeDelta::hours(12), "{asked}");
    }

    #[test]
    fn a_rate_rests_the_account_whatever_the_call_was_for() {
        let out = Delivery { errand: Errand::Retract, ..row(State::Confirmed, 1) };
        let busy = |attempts| {
            let rate = Refusal { why: platforms::Why::Rate, says: "#32".into(), again_after: Some(Duration::from_secs(90)) };
            decide(Delivery { attempts, ..out.clone() }, &Answer::Changed(Errand::Retract, Outcome::Refused(rate)), now())
        };
        for attempts in [1, TRIES_MAX] {
            assert_eq!(busy(attempts).rest_until, Some(now() + TimeDelta::seconds(90)), "{attempts}");
        }
    }

    #[test]
    fn a_certain_copy_counts_however_late_it_is_told() {
        let copy = Copy { id: "9".into(), address: Some("https://a.vn/9".into()) };
        for state in [State::Failed, State::Queued, State::Held] {
            let Late::Is(row) = late(&row(state, 1), &copy, now()) else { panic!("{state:?}") };
            assert!(state.may_become(row.state), "{state:?}");
            assert_eq!((row.state, row.external_id.as_str(), row.address.as_str()), (State::Confirmed, "9", "https://a.vn/9"));
            assert_eq!(row.run_at, None, "and does not go again");
        }
        let found = Delivery { why: Why::Person, address: "https://a.vn/tay".into(), ..row(State::Confirmed, 1) };
        let Late::Is(found) = late(&found, &copy, now()) else { panic!("a person found it, without its id") };
        assert_eq!((found.why, found.external_id.as_str()), (Why::Person, "9"));
        assert_eq!(late(&found, &copy, now()), Late::Known);
        for state in [State::Sending, State::Unknown, State::Accepted, State::Retracted] {
            assert_eq!(late(&row(state, 1), &copy, now()), Late::Twice, "{state:?}");
        }
    }

    #[test]
    fn a_newer_token_makes_of_a_dead_one_something_that_passes() {
        let softened = refusal(platforms::Why::Token, None).softened();
        assert_eq!(state_of(row(State::Sending, 1), &softened), (State::Queued, Some(1)));
        assert_eq!(decide(row(State::Sending, 1), &softened, now()).dead, None);
        assert_eq!(state_of(row(State::Sending, 1), &refusal(platforms::Why::Content, None).softened()).0, State::Failed);
    }

    #[test]
    fn what_a_platform_says_is_foreign_text() {
        let copy = Copy { id: "1\0".into(), address: Some("javascript:alert(1)".into()) };
        let kept = decide(row(State::Sending, 1), &Answer::Published(Outcome::Published(copy)), now()).row;
        assert_eq!((kept.external_id.as_str(), kept.address.as_str()), ("1", ""));
    }
}
