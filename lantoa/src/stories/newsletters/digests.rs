//! Issues that are drafted by the clock.

use super::*;
use crate::newsletters::clockwork::draft_due;
use crate::story;

async fn issues(house: &House) -> Vec<Issue> {
    issue::Entity::find().all(&house.app.db).await.expect("issues")
}

story!(the_hour_drafts_an_issue_that_waits_for_a_person, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    // It is Monday 14:00 in Vietnam.
    let newsletter = made(&cast, "Tin ngày", &[("rhythm", "daily"), ("hour", "17")]).await;
    subscribed(&cast, newsletter, &["an"]).await;
    draft_due(&house.app).await.expect("a look");
    assert!(issues(&house).await.is_empty());
    house.app.clock.advance(chrono::TimeDelta::hours(4));
    draft_due(&house.app).await.expect("a look");
    assert!(issues(&house).await.is_empty(), "nothing is new, no letter says so");
    let cast = anew(&house, &cast).await;
    cast.published(&house, "Tin mới của ngày").await;
    house.app.clock.advance(chrono::TimeDelta::hours(24));
    draft_due(&house.app).await.expect("a look");
    draft_due(&house.app).await.expect("again");
    let [one] = issues(&house).await.try_into().expect("one issue");
    assert_eq!((one.state, one.title.as_str(), one.written_by), (State::Submitted, "Tin mới của ngày", None));
    turn(&house).await;
    assert_eq!(sink.taken(), 0);
    let cast = anew(&house, &cast).await;
    act(&house, &cast.approver, &Issue::path(one.id), "approval", "").await.expect(303);
    turn(&house).await;
    assert_eq!(sink.to("an@example.vn"), 1);
    // The next day has nothing new.
    house.app.clock.advance(chrono::TimeDelta::hours(24));
    draft_due(&house.app).await.expect("a look");
    assert_eq!(issues(&house).await.len(), 1);
});

story!(what_goes_by_itself_goes_once, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let fields = [("rhythm", "immediate"), ("by_itself", "on"), ("scope", "province"), ("kinds", "news")];
    let newsletter = made(&cast, "Tin ngay", &fields).await;
    subscribed(&cast, newsletter, &["an", "binh"]).await;
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    cast.published(&house, "Tin nóng").await;
    house.app.clock.advance(chrono::TimeDelta::minutes(2));
    for _ in 0..3 {
        draft_due(&house.app).await.expect("a look");
        turn(&house).await;
    }
    let [one] = issues(&house).await.try_into().expect("one issue");
    assert_eq!((one.state, one.approved_by), (State::Sent, None));
    assert_eq!(sink.taken(), 2);
    assert!(sink.twice().is_empty());
});
