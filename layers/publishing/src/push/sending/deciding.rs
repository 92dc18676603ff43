//! What an outcome makes of a delivery. Pure.

use std::time::Duration;

use platforms::{Outcome, Why};

use crate::push::order::delivery::State;

/// What is unknown is sent again so often, so much later.
pub const REPEATS_MAX: i32 = 1;
pub const REPEAT_AFTER_S: i64 = 600;
/// Attempts that certainly came to nothing.
pub const ATTEMPTS_MAX: i32 = 6;
/// The first wait; each further one is twice as long.
const WAIT_S: i64 = 30;
/// However long a push service wants to be left alone: longer than a notice is worth anything.
const WAIT_MAX_S: i64 = 6 * 3_600;

/// What becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub state: State,
    /// In how many seconds it is looked at again; None: nothing happens by itself.
    pub again_s: Option<i64>,
    /// How long its push service is left alone.
    pub pause_s: Option<i64>,
    pub says: String,
}

/// Decides, after so many attempts and repeats, this one counted.
#[must_use]
pub fn decide(outcome: Outcome, attempts: i32, repeats: i32) -> Decision {
    let end = |state: State, says: String| Decision { state, again_s: None, pause_s: None, says };
    match outcome {
        Outcome::Published(copy) => end(State::Confirmed, copy.id),
        // 202: it works on it, and never says more.
        Outcome::Accepted { handle } => end(State::Confirmed, handle),
        Outcome::Unknown { says } => {
            let again_s = (repeats < REPEATS_MAX).then_some(REPEAT_AFTER_S);
            Decision { state: State::Unknown, again_s, pause_s: None, says }
        }
        Outcome::Refused(refusal) => match refusal.why {
            Why::Gone => end(State::Gone, refusal.says),
            why if why.passes() && attempts < ATTEMPTS_MAX => {
                let wait_s = wait_s(refusal.again_after, attempts);
                // Whoever counts us wants nothing from us, not only this.
                let pause_s = matches!(why, Why::Rate | Why::Quota).then_some(wait_s);
                Decision { state: State::Queued, again_s: Some(wait_s), pause_s, says: refusal.says }
            }
            _ => end(State::Failed, refusal.says),
        },
    }
}

fn wait_s(wanted: Option<Duration>, attempts: i32) -> i64 {
    let doubled = WAIT_S.saturating_mul(1 << attempts.clamp(0, 10));
    let wanted = wanted.and_then(|wait| i64::try_from(wait.as_secs()).ok());
    wanted.unwrap_or(doubled).clamp(1, WAIT_MAX_S)
}

#[cfg(test)]
mod tests {
    use platforms::{Copy, Refusal};

    use super::*;

    fn refused(why: Why, again_after: Option<u64>) -> Outcome {
        Outcome::Refused(Refusal { why, says: String::new(), again_after: again_after.map(Duration::from_secs) })
    }

    #[test]
    fn what_is_certain_ends_and_what_passes_is_tried_again() {
        let state = |outcome: Outcome, attempts: i32| decide(outcome, attempts, 0).state;
        assert_eq!(state(Outcome::Published(Copy { id: "1".into(), address: None }), 1), State::Confirmed);
        assert_eq!(state(refused(Why::Gone, None), 1), State::Gone);
        assert_eq!(state(refused(Why::Content, None), 1), State::Failed);
        assert_eq!(state(refused(Why::Permission, None), 1), State::Failed);
        assert_eq!(state(refused(Why::Unavailable, None), 1), State::Queued);
        assert_eq!(state(refused(Why::Unavailable, None), ATTEMPTS_MAX), State::Failed);
    }

    #[test]
    fn a_service_that_says_later_is_left_alone_until_then() {
        let decision = decide(refused(Why::Rate, Some(120)), 1, 0);
        assert_eq!((decision.again_s, decision.pause_s), (Some(120), Some(120)));
        assert_eq!(decide(refused(Why::Rate, Some(7 * 86_400)), 1, 0).pause_s, Some(WAIT_MAX_S));
        assert_eq!(decide(refused(Why::Unavailable, None), 1, 0).pause_s, None);
    }

    #[test]
    fn what_is_unknown_is_sent_once_more_and_then_stays_unknown() {
        let unknown = || Outcome::Unknown { says: "500".into() };
        let first = decide(unknown(), 1, 0);
        assert_eq!((first.state, first.again_s), (State::Unknown, Some(REPEAT_AFTER_S)));
        let second = decide(unknown(), 2, 1);
        assert_eq!((second.state, second.again_s), (State::Unknown, None));
    }
}
