//! What a person decides: that an unknown one is there (scenario C-2), that a copy is edited or retracted.

use super::bot::Mood;
use super::*;
use crate::channels::delivery::{Errand, Why};
use crate::story;

story!(a_person_says_that_it_is_there, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[("lookup_chat", "")]).await;
    bot.next(&[Mood::TakesAndDrops]);
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why), (State::Unknown, Why::Cut));
    let page = cast.author.get(&format!("{path}/variants/{}", row.id)).await.expect(200);
    page.says("Tin này đã lên kênh chưa?").says("Mất liên lạc sau khi đã gửi");
    decide(&house, &cast.author, &row, "there", &[("address", "đâu đó")]).await.expect(422).says("đâu đó");
    decide(&house, &cast.author, &row, "there", &[("address", "https://t.me/kenhthu/1")]).await.expect(303);
    is_in(&house, account, State::Confirmed).await;
    cast.author.get(&path).await.expect(200).says("https://t.me/kenhthu/1");
    assert_eq!(facts(&house, id(&path), "DeliveryResolved").await, 1);
    // Its id over there is not known: a person retracts it, and says so.
    let row = of(&house, account).await;
    decide(&house, &cast.approver, &row, "retraction", &[("why", "Nhầm")]).await.expect(422).says("Đã tự gỡ");
    decide(&house, &cast.approver, &row, "removed", &[("why", "Nhầm")]).await.expect(303);
    is_in(&house, account, State::Retracted).await;
    decide(&house, &cast.author, &row, "khong-co", &[]).await.expect(404);
});

story!(what_was_not_found_waits_for_a_person_all_the_same, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let first = piece(&house, &cast.author, "Tin đầu", &[account], &[]).await;
    approved(&house, &cast, &first).await;
    after(&house, 1).await;
    bot.next(&[Mood::Drops]);
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    for _ in 0..10 {
        after(&house, 3_600).await;
    }
    let row = of(&house, account).await;
    assert_eq!(row.state, State::Unknown, "not there yet is no proof");
    assert_eq!(bot.messages().len(), 1);
    decide(&house, &cast.author, &row, "not-there", &[("why", "Đã xem kênh")]).await.expect(303);
    is_in(&house, account, State::Failed).await;
    decide(&house, &cast.author, &row, "sending", &[]).await.expect(303);
    after(&house, 1).await;
    assert_eq!(bot.messages(), ["Lời của Tin đầu", "Lời của Tin"]);
});

story!(a_copy_is_edited_and_retracted, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    let words = [("text", "Lời đã sửa"), ("why", "Sai giờ")];
    decide(&house, &cast.author, &row, "edit", &words).await.expect(403);
    decide(&house, &cast.approver, &row, "edit", &[("text", "Lời đã sửa")]).await.expect(422).says("Lời đã sửa");
    decide(&house, &cast.approver, &row, "edit", &words).await.expect(303);
    after(&house, 10).await;
    assert_eq!(bot.messages(), ["Lời đã sửa"]);
    assert_eq!(of(&house, account).await.errand, Errand::None);
    decide(&house, &cast.approver, &row, "retraction", &[("why", "Sai người")]).await.expect(303);
    after(&house, 10).await;
    assert!(bot.messages().is_empty());
    is_in(&house, account, State::Retracted).await;
    assert_eq!(facts(&house, id(&path), "DeliveryRetracted").await, 1);
    assert_eq!(bot.written(), 1);
    cast.approver.get(&format!("{path}/variants/{}", row.id)).await.expect(200).says("Sai người").says("Đã gỡ");
});

story!(a_withdrawn_piece_does_not_go, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[("due", "2026-03-02T15:00")]).await;
    approved(&house, &cast, &path).await;
    act(&house, &cast.author, &path, "withdrawal", "Hoãn").await.expect(403);
    act(&house, &cast.approver, &path, "withdrawal", "").await.expect(422).says("Hãy ghi lý do");
    act(&house, &cast.approver, &path, "withdrawal", "Hoãn lễ").await.expect(303);
    after(&house, 4_000).await;
    assert!(bot.messages().is_empty());
    cast.author.get(&path).await.expect(200).says("Hoãn lễ").says("Đã rút").says("Chưa gửi");
    assert_eq!(heard(&house, &cast.author, "notice-piece-withdrawn").await, 1);
    act(&house, &cast.approver, &path, "khong-co", "").await.expect(404);
});
