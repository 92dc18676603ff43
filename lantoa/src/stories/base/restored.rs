//! A database that is older than its marker is told from one that goes on.

use chrono::TimeDelta;
use sea_orm::DatabaseBackend;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

use crate::base::fact;
use crate::base::restored::*;
use crate::story;
use crate::testing::House;

async fn facts(house: &House) -> usize {
    let of = fact::Entity::find().filter(fact::Column::Kind.eq("DatabaseRestored"));
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
    let is_alone = house.app.db.get_database_backend() == DatabaseBackend::Sqlite;
    let expected = usize::from(is_alone);
    assert_eq!(facts(&house).await, expected);
});
