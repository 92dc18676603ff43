//! One cluster: are its reports to be believed, and how much of the sound do they make?

use chrono::{DateTime, Duration, Utc};

use super::{Claim, Contradiction, Evidence, Rule, Verdict};

/// Judges one cluster. A report that is contradicted adds nothing; when none is left, the first contradiction is the verdict.
#[must_use]
pub fn verdict(duration_s: u32, evidence: &Evidence, rule: &Rule) -> Verdict {
    let mut contradiction = None;
    let mut heard: Vec<(u32, u32)> = Vec::new();
    for claim in evidence.claims.iter().filter(|claim| claim.played_s > 0) {
        match contradicted(claim, evidence, rule) {
            Some(why) => contradiction = contradiction.or(Some(why)),
            None => heard.push((claim.from_s, claim.from_s.saturating_add(claim.played_s).min(duration_s))),
        }
    }
    let share = if duration_s == 0 { 0.0 } else { f64::from(length_s(heard)) / f64::from(duration_s) };
    match (contradiction, evidence.claims.is_empty()) {
        (_, false) if share > 0.0 && share >= rule.share_min => Verdict::Played { share },
        (_, false) if share > 0.0 => Verdict::Partly { share },
        (Some(why), _) => Verdict::Contradicted(why),
        // It reported that it played nothing.
        (None, false) => Verdict::Partly { share: 0.0 },
        (None, true) if evidence.acknowledged => Verdict::AcknowledgedOnly,
        (None, true) => Verdict::Unreported,
    }
}

/// Seconds of the sound that were heard at least once.
fn length_s(mut parts: Vec<(u32, u32)>) -> u32 {
    parts.sort_unstable();
    let mut heard_s = 0;
    let mut until = 0;
    for (from, to) in parts {
        let from = from.max(until);
        heard_s += to.saturating_sub(from);
        until = until.max(to);
    }
    heard_s
}

fn contradicted(claim: &Claim, evidence: &Evidence, rule: &Rule) -> Option<Contradiction> {
    let (from, to) = (claim.started_at, claim.started_at + seconds(claim.played_s));
    let slack = seconds(rule.clock_slack_s);
    if to > claim.received_at + slack {
        return Some(Contradiction::Impossible);
    }
    if claim.power_w.is_some_and(|power| power <= 0.0) {
        return Some(Contradiction::NoPowerDrawn);
    }
    let is_cut = |from_off: DateTime<Utc>, to_on: Option<DateTime<Utc>>| {
        let end = to_on.map_or(to, |on| on.min(to));
        end - from_off.max(from) > slack
    };
    if evidence.outages.iter().any(|outage| is_cut(outage.from, outage.to)) {
        return Some(Contradiction::PowerCut);
    }
    let within = seconds(rule.beat_within_s);
    if !evidence.beats.iter().any(|beat| beat.at >= from - within && beat.at <= to + within) {
        return Some(Contradiction::NoHeartbeat);
    }
    let mut during = evidence.beats.iter().filter(|beat| beat.at >= from + slack && beat.at <= to - slack);
    let said: Vec<bool> = during.by_ref().filter_map(|beat| beat.active).collect();
    // One beat may cross the beginning or the end on its way; when all say so, it did not play.
    (!said.is_empty() && said.iter().all(|active| !active)).then_some(Contradiction::Inactive)
}

fn seconds(count: u32) -> Duration {
    Duration::seconds(count.into())
}
