//! A database that is older than its marker is told from one that goes on.

use chrono::DateTime;

use super::*;

fn at(second: i64) -> DateTimeUtc {
    DateTime::from_timestamp(1_780_000_000 + second, 0).expect("a moment")
}

fn line(id: u128, number: i32, beat: i64) -> Model {
    Model { line: Uuid::from_u128(id), number, beat, at: at(0), quiet_from: None, quiet_to: None, fact: None }
}

fn mark(id: u128, beat: i64) -> Option<Mark> {
    Some(Mark { line: Uuid::from_u128(id), beat })
}

#[test]
fn an_older_database_is_told_from_one_that_goes_on() {
    let one = [line(1, 1, 500)];
    let two = [line(1, 1, 500), line(2, 2, 900)];
    let goes = |mark, lines: &[Model], alone| matches!(judge(mark, lines, alone), Verdict::Goes(_));
    let restored = |mark, lines: &[Model], alone| match judge(mark, lines, alone) {
        Verdict::Restored { number, beat, .. } => Some((number, beat)),
        _ => None,
    };
    assert_eq!(judge(None, &[], true), Verdict::New);
    assert!(goes(mark(1, 500), &one, true) && goes(mark(1, 499), &one, true), "killed between the two writes");
    assert_eq!(restored(mark(1, 501), &one, true), Some((2, 502)));
    assert_eq!(restored(mark(2, 901), &two, false), Some((3, 902)));
    // A backup from before the line of the marker began, or another installation's database.
    assert_eq!(restored(mark(2, 7), &one, false), Some((2, 501)));
    assert_eq!(restored(mark(1, 7), &[], true), Some((1, 8)));
    // Another node noticed; this one was away.
    assert!(goes(mark(1, 800), &two, false));
    // A new node of several has no marker yet; a node that is alone lost it, or its folder is another one.
    assert!(goes(None, &one, false));
    assert_eq!(restored(None, &one, true), Some((2, 501)));
}
