//! A database that is older than its marker is told from one that goes on.

use chrono::DateTime;

use crate::base::restored::*;
use crate::story;
use crate::testing::House;

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

async fn facts(house: &House) -> usize {
    let of = crate::base::fact::Entity::find().filter(crate::base::fact::Column::Kind.eq("DatabaseRestored"));
    of.all(&house.app.db).await.expect("facts").len()
}

/// The database as a backup has it: everything from that beat on is forgotten.
async fn restore(house: &House, to: i64) {
    let set_back = Entity::update_many().col_expr(Column::Beat, Expr::value(to));
    set_back.exec(&house.app.db).await.expect("an older pulse");
}

story!(a_restored_database_is_noticed_once_and_held_until_it_is_answered, |house| {
    let app = &house.app;
    assert_eq!(standing(app).await.expect("a standing"), Standing::None);
    for _ in 0..5 {
        beat(app).await.expect("a beat");
    }
    assert_eq!((facts(&house).await, pulse(app).await.expect("a pulse")), (0, Pulse::default()));
    restore(&house, 2).await;
    assert_eq!(standing(app).await.expect("a standing"), Standing::Unnoticed);
    beat(app).await.expect("a beat");
    beat(app).await.expect("a beat");
    assert_eq!(facts(&house).await, 1, "once");
    assert!(pulse(app).await.expect("a pulse").is_held);
    assert_eq!(standing(app).await.expect("a standing"), Standing::Held);
    house.react().await;
    assert!(!pulse(app).await.expect("a pulse").is_held);
    assert!(matches!(standing(app).await.expect("a standing"), Standing::Answered(_)));
    // What nothing could notice, an operator says.
    declare(app).await.expect("said");
    assert!(pulse(app).await.expect("a pulse").is_held);
    beat(app).await.expect("a beat");
    assert_eq!(facts(&house).await, 2);
});

story!(a_time_in_which_nothing_ran_is_known, |house| {
    let app = &house.app;
    beat(app).await.expect("a beat");
    let from = app.clock.now();
    app.clock.advance(TimeDelta::seconds(60));
    beat(app).await.expect("a beat");
    assert_eq!(pulse(app).await.expect("a pulse").quiet, None, "a slow minute is no outage");
    app.clock.advance(TimeDelta::hours(3));
    beat(app).await.expect("a beat");
    let quiet = Quiet { from: from + TimeDelta::seconds(60), to: app.clock.now() };
    assert_eq!(pulse(app).await.expect("a pulse").quiet, Some(quiet));
});

story!(a_node_that_joins_is_no_restore, |house| {
    beat(&house.app).await.expect("a beat");
    let elsewhere = house.app.config.data.join("node-2");
    std::fs::create_dir_all(&elsewhere).expect("a folder");
    let house = house.configured(|config| config.data = elsewhere.clone());
    beat(&house.app).await.expect("a beat");
    // Who is alone with its database has lost the marker, or runs on a copy: that is said to be a restore.
    let expected = usize::from(is_alone(&house.app));
    assert_eq!(facts(&house).await, expected);
});
