//! What is wanted of a copy, and whether that was reached. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::case::Aim;
use super::found::{Found, Wanted};
use crate::base::copies::Stand;

/// The article's own page, which the case looks at as at any copy.
pub const ARTICLE: &str = "article";
/// Another agency's portal that shows the article.
pub const PORTAL: &str = "agency-portal";
/// An edition that leads to the article.
pub const PUBLICATION: &str = "publication";
/// What was said aloud: it is not followed by a letter but aired again.
pub const LOUDSPEAKER: &str = "loudspeaker";

/// A message on a telephone: nobody takes it back or changes it, whoever wants that.
pub const SMS: &str = "sms";

/// What goes out this much later than a correction, and was never seen before, was made of the corrected text. What goes out sooner
/// may have been on its way.
const ON_ITS_WAY_MIN: i64 = 10;

/// What is wanted of a copy that stands so.
#[must_use]
pub fn wanted(aim: Aim, channel: &str, stand: Stand) -> Wanted {
    let cannot_be_taken_back = matches!(stand, Stand::Final | Stand::Followed);
    match (channel, aim) {
        (PORTAL, _) | (PUBLICATION, Aim::Edit) => Wanted::Nothing,
        (PUBLICATION, Aim::Retract) => Wanted::Edit,
        (LOUDSPEAKER, _) if cannot_be_taken_back => Wanted::AirAgain,
        _ if cannot_be_taken_back || channel == SMS => Wanted::FollowUp,
        (_, Aim::Edit) => Wanted::Edit,
        (_, Aim::Retract) => Wanted::Delete,
    }
}

/// Whether a copy that is seen for the first time after a correction was made of the corrected text.
#[must_use]
pub fn is_fresh(aim: Aim, stand: Stand, since: DateTime<Utc>, asked: DateTime<Utc>) -> bool {
    aim == Aim::Edit && stand == Stand::Out && since > asked + TimeDelta::minutes(ON_ITS_WAY_MIN)
}

/// Whether nothing is left to be done about a copy. What was edited or followed up before `asked` was so for another reason.
#[must_use]
pub fn is_settled(aim: Aim, asked: DateTime<Utc>, found: &Found) -> bool {
    let stand = found.stand();
    if found.is_gone || found.is_left() {
        return true;
    }
    match stand {
        Stand::Retracted | Stand::Stopped | Stand::Stays => true,
        Stand::Edited => aim == Aim::Edit && found.since >= asked,
        Stand::Followed => found.since >= asked,
        // A link leads to the corrected text by itself.
        Stand::Out => found.is_fresh || (found.channel == PUBLICATION && aim == Aim::Edit),
        Stand::Waiting | Stand::Wanted | Stand::Unknown | Stand::Final => false,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::found::code;
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn found(channel: &str, stand: Stand, since: i64) -> Found {
        Found {
            id: Uuid::nil(),
            retraction: Uuid::nil(),
            channel: channel.into(),
            copy: Uuid::nil(),
            agency: Uuid::nil(),
            place: String::new(),
            href: String::new(),
            address: String::new(),
            recipients: None,
            wanted: Wanted::Edit,
            stand: code(stand).into(),
            since: at(since),
            proof: String::new(),
            is_gone: false,
            is_fresh: false,
            is_settled: false,
            left_stand: String::new(),
            left_why: String::new(),
            left_by: None,
            left_at: None,
            first_seen_at: at(0),
            changed_at: at(0),
            version: 1,
        }
    }

    #[test]
    fn what_is_wanted_depends_on_where_the_copy_is() {
        assert_eq!(wanted(Aim::Edit, "facebook", Stand::Out), Wanted::Edit);
        assert_eq!(wanted(Aim::Retract, "facebook", Stand::Unknown), Wanted::Delete);
        assert_eq!(wanted(Aim::Retract, "newsletter", Stand::Final), Wanted::FollowUp);
        assert_eq!(wanted(Aim::Edit, SMS, Stand::Wanted), Wanted::FollowUp);
        assert_eq!(wanted(Aim::Edit, LOUDSPEAKER, Stand::Final), Wanted::AirAgain);
        assert_eq!(wanted(Aim::Retract, LOUDSPEAKER, Stand::Waiting), Wanted::Delete);
        assert_eq!(wanted(Aim::Edit, PUBLICATION, Stand::Out), Wanted::Nothing);
        assert_eq!(wanted(Aim::Retract, PUBLICATION, Stand::Out), Wanted::Edit);
        assert_eq!(wanted(Aim::Retract, PORTAL, Stand::Out), Wanted::Nothing);
    }

    #[test]
    fn edited_is_enough_for_a_correction_and_for_nothing_else() {
        let edited = found("facebook", Stand::Edited, 5);
        assert!(is_settled(Aim::Edit, at(5), &edited));
        assert!(!is_settled(Aim::Edit, at(6), &edited), "it was edited for another reason");
        assert!(!is_settled(Aim::Retract, at(0), &edited));
        assert!(is_settled(Aim::Retract, at(0), &found("facebook", Stand::Retracted, 0)));
        for open in [Stand::Waiting, Stand::Out, Stand::Wanted, Stand::Unknown, Stand::Final] {
            assert!(!is_settled(Aim::Edit, at(0), &found("facebook", open, 1)), "{open:?}");
        }
    }

    #[test]
    fn a_reason_holds_for_the_stand_it_was_given_for() {
        let left = Found { left_stand: code(Stand::Unknown).into(), ..found("facebook", Stand::Unknown, 0) };
        assert!(is_settled(Aim::Retract, at(0), &left));
        let there = Found { stand: code(Stand::Wanted).into(), ..left };
        assert!(!is_settled(Aim::Retract, at(0), &there), "it turned out to be there");
    }

    #[test]
    fn what_goes_out_well_after_a_correction_is_made_of_the_corrected_text() {
        assert!(is_fresh(Aim::Edit, Stand::Out, at(11), at(0)));
        assert!(!is_fresh(Aim::Edit, Stand::Out, at(10), at(0)), "it may have been on its way");
        assert!(!is_fresh(Aim::Edit, Stand::Unknown, at(60), at(0)));
        assert!(!is_fresh(Aim::Retract, Stand::Out, at(60), at(0)), "nothing of it is to be out");
    }
}
