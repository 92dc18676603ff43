//! The last minute: a hundred agencies press the button in the same instant, each of them twice.

use super::answering::press;
use super::*;
use crate::duties::answer;
use crate::people::agency::Kind;
use crate::story;
use sea_orm::{PaginatorTrait, QuerySelect};

const AGENCIES: u64 = 100;

story!(a_hundred_hand_in_at_once_and_nothing_is_lost_or_doubled, |house| {
    at(&house, "2026-06-18T09:00:00");
    adopted(&house).await;
    let communes = crate::people::agency::Entity::find()
        .filter(crate::people::agency::Column::Kind.is_in([Kind::Commune, Kind::Ward]))
        .order_by_asc(crate::people::agency::Column::Code)
        .limit(AGENCIES)
        .all(&house.app.db)
        .await
        .expect("communes");
    at(&house, "2026-06-19T23:59:00");
    let mut presses = Vec::new();
    for commune in &communes {
        let slot = slots(&house, commune).await.into_iter().next().expect("a slot");
        presses.push((officer(&house, commune).await, format!("/desk/duties/{}/answer", slot.id), commune.code.clone()));
    }
    assert_eq!(presses.len() as u64, AGENCIES);
    let sent = presses.iter().flat_map(|(who, path, key)| {
        let once = async move { who.post(path, &press(key, "0", "Đã vận động 300 hộ")).await.status.as_u16() };
        let twice = async move { who.post(path, &press(key, "0", "Đã vận động 300 hộ")).await.status.as_u16() };
        [futures_util::future::Either::Left(once), futures_util::future::Either::Right(twice)]
    });
    let statuses = futures_util::future::join_all(sent).await;
    assert!(statuses.iter().all(|status| *status == 303), "{statuses:?}");
    assert_eq!(answer::Entity::find().count(&house.app.db).await.expect("a count"), AGENCIES);
    let told = crate::base::fact::Entity::find().filter(crate::base::fact::Column::Kind.eq("AnswerSubmitted"));
    assert_eq!(told.count(&house.app.db).await.expect("a count"), AGENCIES, "each is told of once");
});
