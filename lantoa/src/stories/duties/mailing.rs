//! What an agency is told in the workspace reaches its address: one letter for all of it, by day, nothing lost.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, PaginatorTrait};

use super::answering::first_slot;
use super::*;
use crate::base::mail::{self, delivery};
use crate::base::{By, Chore, Fact, chore};
use crate::duties::notice_mail;
use crate::people::{Notice, Words, agency as agencies};
use crate::stories::base::mail::double::{Double, Wrong};
use crate::stories::base::mail::{decoded, with_relay};
use crate::story;

/// A chore has its turn, whenever it is due.
async fn turn(house: &House, of: Chore) {
    chore::enlist(&house.app, &[of]).await.expect("enlisted");
    house.app.clock.advance(TimeDelta::seconds(of.every_s + 1));
    assert!(chore::turn(&house.app, &of).await.expect("a turn"));
    let row = chore::Entity::find_by_id(of.name).one(&house.app.db).await.expect("rows").expect("a chore");
    assert_eq!(row.error, None);
}

/// Tells the agency something, as a reaction does.
async fn noticed(house: &House, who: &Agency, key: &str, name: &str) {
    let id = house.app.record(&house.app.db, who.id, Fact::AgencyConfirmed, &By::system()).await.expect("recorded");
    let row = crate::base::fact::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a fact");
    Notice::tell(&house.app, &row, who.id, Words { key, name, href: "/desk/duties" }).await.expect("told");
}

async fn letters(house: &House) -> u64 {
    mail::Entity::find().filter(mail::Column::Topic.eq("notices")).count(&house.app.db).await.expect("letters")
}

story!(notices_go_to_the_agency_in_one_letter_by_day, |house| {
    let double = Double::open(Wrong::Nothing).await;
    let house = with_relay(house, &double).await;
    at(&house, "2026-06-10T19:00:00");
    adopted(&house).await;
    let (builders, _) = first_slot(&house).await;
    let address =
        agencies::ActiveModel { id: Set(builders.id), email: Set(Some("so.xd@mau.example".into())), ..Default::default() };
    agencies::Entity::update(address).exec(&house.app.db).await.expect("an address");
    noticed(&house, &builders, "notice-answer-returned", "Lập danh mục tuyến ống").await;
    noticed(&house, &builders, "notice-case-passed-up", "Thiếu kinh phí").await;
    noticed(&house, &builders, "notice-reminded", "").await;
    turn(&house, notice_mail::chore()).await;
    assert_eq!(letters(&house).await, 0, "never in the evening");
    at(&house, "2026-06-11T09:00:00");
    for _ in 0..2 {
        turn(&house, notice_mail::chore()).await;
    }
    assert_eq!(letters(&house).await, 1, "one for both, once");
    // A third comes before the letter has gone: it waits for the next letter, and neither is lost.
    noticed(&house, &builders, "notice-case-answered", "Thiếu kinh phí").await;
    turn(&house, notice_mail::chore()).await;
    assert_eq!(letters(&house).await, 1);
    turn(&house, delivery::chore()).await;
    turn(&house, notice_mail::chore()).await;
    turn(&house, delivery::chore()).await;
    let taken: Vec<String> = double.taken().iter().map(|letter| decoded(letter)).collect();
    assert_eq!(taken.len(), 2);
    assert!(taken[0].contains("Lập danh mục tuyến ống") && taken[0].contains("Thiếu kinh phí"), "{}", taken[0]);
    assert!(taken[0].contains("http://localhost/desk/duties"), "a line leads to its page: {}", taken[0]);
    assert!(taken[1].contains("Thiếu kinh phí") && !taken[1].contains("tuyến ống"), "{}", taken[1]);
});
