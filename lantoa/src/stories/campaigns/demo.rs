//! What a demo province starts with, of newsletters, notices and campaigns: marked as made up, and true as far as it goes.

use super::*;
use crate::newsletters::{issue, newsletter, subscriber};
use crate::people::{demo_people, province};
use crate::push::order::{self, State as Way};
use crate::{campaigns, newsletters, push};

async fn settled(house: &House) {
    province::settle(&house.app).await.expect("the default province");
    demo_people::settle(&house.app).await.expect("the people");
    crate::news::seeding::settle(&house.app).await.expect("the news");
    for _ in 0..2 {
        newsletters::seeding::settle(&house.app).await.expect("a newsletter");
        push::seeding::settle(&house.app).await.expect("a notice");
        campaigns::seeding::settle(&house.app).await.expect("a campaign");
    }
}

story!(the_demo_shows_letters_notices_and_campaigns_as_made_up, |house| {
    at(&house, "2026-06-08T09:00:00");
    settled(&house).await;
    let db = &house.app.db;
    // Once, however often a server starts.
    let newsletter = newsletter::Entity::find().all(db).await.expect("rows");
    assert_eq!(newsletter.len(), 1);
    assert!(newsletter[0].name.contains("minh họa"));
    let readers = subscriber::Entity::find().all(db).await.expect("rows");
    assert!(readers.len() == 4 && readers.iter().all(|one| one.address.ends_with("@demo.lantoa.example")), "{readers:?}");
    let issues = issue::Entity::find().all(db).await.expect("rows");
    assert_eq!((issues.len(), issues[0].state, issues[0].began_at), (1, issue::State::Submitted, None), "nothing was sent");
    assert_eq!(issues[0].items().len(), 5);
    let orders = order::Entity::find().all(db).await.expect("rows");
    assert_eq!((orders.len(), orders[0].state), (1, Way::Waiting));
    let campaigns = campaign::Entity::find().all(db).await.expect("rows");
    assert!(campaigns.len() == 1 && campaigns[0].demo && campaigns[0].public, "{campaigns:?}");
    let (_, counts) = campaigns[0].counted(&house.app).await.expect("counts");
    assert_eq!((counts.counted().count(), counts.agencies().len(), counts.filled(), counts.cells()), (5, 3, 4, 8));
    let visitor = house.visitor();
    visitor.get("/ban-tin").await.expect(200).says("minh họa");
    visitor.get("/chien-dich").await.expect(200).says("minh họa").says(&campaigns[0].public_path());
    // The announcement goes to nobody, for nobody asked, and says so.
    house.app.clock.advance(TimeDelta::minutes(1));
    push::sending::turn(&house.app).await.expect("a turn");
    let order = order::Entity::find().one(db).await.expect("rows").expect("an order");
    assert_eq!((order.state, order.matched), (Way::Done, 0));
    let coordinator = house.someone(Role::Coordinator, None).await;
    coordinator.get("/desk/push").await.expect(200).says(&order.title).says("Minh họa");
    coordinator.get(&format!("/desk/campaigns/{}", campaigns[0].id)).await.expect(200).says("Minh họa").says("4/8");
});

story!(a_real_province_starts_with_nothing_of_it, |house| {
    province::settle(&house.app).await.expect("the default province");
    for path in ["/ban-tin", "/chien-dich"] {
        house.visitor().get(path).await.expect(200).says("Chưa có");
    }
    let coordinator = house.someone(Role::Coordinator, None).await;
    coordinator.get("/desk/newsletters").await.expect(200).says("chưa có bản tin nào");
    coordinator.get("/desk/campaigns").await.expect(200).says("Chưa có");
});
