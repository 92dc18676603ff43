//! What is sealed, and when.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};
use uuid::Uuid;

use crate::base::seal::*;
use crate::base::{By, Fact, fact, new_id};
use crate::story;
use crate::testing::House;

/// Writes a fact with that time, as a transaction would that came late or a clock that was set back.
async fn happened(house: &House, ago: TimeDelta) -> Uuid {
    let id = new_id();
    let row = fact::ActiveModel {
        id: Set(id),
        kind: Set("SignedOut".into()),
        body: Set("{\"kind\":\"SignedOut\"}".into()),
        about: Set(id),
        person: Set(None),
        agency: Set(None),
        at: Set(house.app.clock.now() - ago),
        why: Set(None),
    };
    fact::Entity::insert(row).exec_without_returning(&house.app.db).await.expect("a fact");
    id
}

async fn is_sealed(house: &House, fact: Uuid) -> bool {
    entry::Entity::find_by_id(fact).one(&house.app.db).await.expect("a row").is_some()
}

story!(facts_are_sealed_once_they_have_settled_and_late_ones_with_the_next, |house| {
    for _ in 0..3 {
        let id = new_id();
        house.app.record(&house.app.db, id, Fact::SignedOut, &By::system()).await.expect("a fact");
    }
    seal(&house.app).await.expect("nothing yet");
    assert_eq!(Entity::find().count(&house.app.db).await.expect("a count"), 0, "they have not settled");
    house.app.clock.advance(TimeDelta::seconds(60));
    seal(&house.app).await.expect("a seal");
    assert_eq!(entry::Entity::find().count(&house.app.db).await.expect("a count"), 3);
    let late = happened(&house, TimeDelta::minutes(20)).await;
    let older = happened(&house, TimeDelta::days(3)).await;
    seal(&house.app).await.expect("a seal");
    assert!(is_sealed(&house, late).await && !is_sealed(&house, older).await);
    house.app.clock.advance(TimeDelta::days(1));
    let before = house.statements();
    seal(&house.app).await.expect("a seal");
    assert!(is_sealed(&house, older).await, "the first seal of a day looks through everything");
    assert!(house.statements() - before < 12, "{}", house.statements() - before);
    assert_eq!(verify(&house.app).await.expect("a verdict"), Verdict { seals: 3, facts: 5, broken: Vec::new() });
});
