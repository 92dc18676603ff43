//! The clock reminds once near its end and once past it, and again when the deadline moved.

use super::*;
use crate::base::Role;
use crate::retractions::reminder::remind;
use crate::story;

story!(who_answers_is_reminded_and_what_is_overdue_is_shown, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let over = house.person(Role::Coordinator, None).await;
    let path = cast.published(&house, "Bài quá hạn").await;
    says(&path, &[copy(&house, cast.other_agency.id, ("facebook", "Trang"), Stand::Out)]);
    gone(&house, &cast.approver, &path, "withdrawal").await;
    remind(&house.app).await.expect("nothing yet");
    assert_eq!(heard(&house, cast.agency.id, "notice-retraction-soon").await, 0);
    house.app.clock.advance(TimeDelta::hours(21));
    for _ in 0..2 {
        remind(&house.app).await.expect("a reminder");
    }
    assert_eq!(heard(&house, cast.agency.id, "notice-retraction-soon").await, 1);
    assert_eq!(heard(&house, cast.other_agency.id, "notice-retraction-soon").await, 1);
    house.app.clock.advance(TimeDelta::hours(4));
    remind(&house.app).await.expect("a reminder");
    assert_eq!(heard(&house, cast.agency.id, "notice-retraction-overdue").await, 1);
    assert_eq!(heard(&house, over.id, "notice-retraction-overdue").await, 1);
    let cast = crate::stories::channels::anew(&house, &cast).await;
    cast.author.get("/desk").await.expect(200).says("1 vụ thu hồi, đính chính quá hạn");
    cast.author.get("/desk/retractions?state=overdue").await.expect(200).says("Bài quá hạn").says("quá hạn 1 giờ");
    let later = [("due", "2026-03-03T18:00"), ("why", "Chờ nền tảng")];
    act(&house, &cast.approver, &path, "deadline", &later).await.expect(303);
    remind(&house.app).await.expect("near again");
    assert_eq!(heard(&house, cast.agency.id, "notice-retraction-soon").await, 2, "the new deadline has its own reminder");
});
