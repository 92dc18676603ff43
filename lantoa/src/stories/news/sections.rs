//! Sections: whose they are, who keeps them, their steps.

use super::*;
use crate::story;

story!(sections_are_kept_by_whose_they_are_and_their_steps_hold_for_what_comes_next, |house| {
    let cast = Cast::of(&house).await;
    let coordinator = house.someone(Role::Coordinator, Some(&cast.other_agency)).await;
    cast.author.get("/desk/news/sections").await.expect(403);
    cast.author.get("/desk/news/sections/new").await.expect(403);
    cast.administrator.get("/desk/news/sections").await.expect(200).says("Chuyển đổi số").says("Toàn tỉnh");
    cast.administrator.get(&format!("/desk/news/sections/{}", cast.section)).await.expect(403);
    let own = cast.agency.id.to_string();
    let other = cast.other_agency.id.to_string();
    let mut form = vec![("name", "Y tế số"), ("kind", "column"), ("whose", own.as_str()), ("position", "5")];
    let steps = [("act", "approve"), ("role", "approver"), ("agency", other.as_str()), ("hours", "4")];
    cast.administrator.post("/desk/news/sections", &[("name", "Của tỉnh"), ("whose", "")]).await.expect(403);
    cast.administrator.post("/desk/news/sections", &form).await.expect(422).says("Cần từ một đến năm bước");
    form.extend(steps);
    form.extend([("act", "edit"), ("role", "reviewer"), ("agency", ""), ("hours", "tám")]);
    let refused = cast.administrator.post("/desk/news/sections", &form).await.expect(422);
    refused.says("Bước cuối phải là duyệt").says("số nguyên từ 1 đến 400").says("value=\"tám\"");
    form.truncate(8);
    cast.administrator.post("/desk/news/sections", &form).await.expect(303);
    cast.administrator.post("/desk/news/sections", &form).await.expect(422).says("Đã có chuyên mục tên này");
    // Another agency's writer does not find it.
    cast.stranger.get("/desk/news/new").await.expect(200).says_not("Y tế số");
    let section = Section::at(&house.app.db, "y-te-so").await.expect("the section");
    let id = section.id.to_string();
    cast.stranger.post("/desk/news", &fields("Ké", &id)).await.expect(422).says("Hãy chọn một chuyên mục");
    // Its step is another agency's approver's.
    let path = cast.author.post("/desk/news", &fields("Duyệt ở nơi khác", &id)).await.expect(303).location().to_owned();
    let above = house.someone(Role::Approver, Some(&cast.other_agency)).await;
    above.get(&path).await.expect(404);
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "passing", &[]).await.expect(403);
    above.get("/desk/news").await.expect(200).says("Duyệt ở nơi khác");
    // What is on its way keeps its steps.
    let change =
        [("version", "1"), ("name", "Y tế số"), ("act", "approve"), ("role", "approver"), ("agency", ""), ("hours", "4")];
    let address = format!("/desk/news/sections/{id}");
    assert_eq!(coordinator.get(&format!("/desk/news/{id}")).await.expect(303).location(), address);
    cast.stranger.post(&address, &change).await.expect(403);
    coordinator.get(&address).await.expect(200).says("Y tế số");
    coordinator.post(&address, &change).await.expect(303);
    coordinator.post(&address, &change).await.expect(409).says("Có người vừa lưu");
    act(&house, &above, &path, "passing", &[]).await.expect(303);
    is_in(State::Approved, &at_path(&house, &path).await);
});

story!(the_demo_has_sections_articles_and_something_to_do, |house| {
    province::settle(&house.app).await.expect("the default province");
    crate::people::demo_people::settle(&house.app).await.expect("the people");
    crate::news::seeding::settle(&house.app).await.expect("the news");
    let before = article::Entity::find().all(&house.app.db).await.expect("articles").len();
    crate::news::seeding::settle(&house.app).await.expect("the news");
    assert_eq!(article::Entity::find().all(&house.app.db).await.expect("articles").len(), before, "once");
    assert!(before >= 7, "{before}");
    house.visitor().get("/tin-tuc").await.expect(200).says("Minh họa").says("Từ cơ sở");
    let reviewer = house.visitor();
    reviewer.post("/desk/sign-in/demo", &[("role", "reviewer")]).await;
    reviewer.get("/desk/news").await.expect(200).says("1 bài chờ bạn");
});

story!(articles_from_before_there_were_topics_are_on_their_lists, |house| {
    use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait};

    use crate::news::{schema, topic};
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài cũ").await;
    let visitor = house.visitor();
    let old = article::ActiveModel { messages: Set("[\"skills\",\"policy\"]".into()), ..Default::default() };
    let this = at_path(&house, &path).await.id;
    let rows = article::Entity::update_many().set(old).filter(article::Column::Id.eq(this));
    rows.exec(&house.app.db).await.expect("an article as it was");
    visitor.get("/chu-de/skills").await.expect(200).says_not("Bài cũ");
    let filling = schema::filling_topics(house.app.db.get_database_backend());
    for _ in 0..2 {
        house.app.db.execute_unprepared(&filling).await.expect("filling");
        assert_eq!(topic::Entity::find().count(&house.app.db).await.expect("topics"), 2);
    }
    house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
    for list in ["/chu-de/skills", "/chu-de/policy"] {
        visitor.get(list).await.expect(200).says("Bài cũ");
    }
    visitor.get("/chu-de/innovation").await.expect(200).says_not("Bài cũ");
});
