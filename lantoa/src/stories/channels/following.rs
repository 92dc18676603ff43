//! An article that is corrected or goes takes its pieces along.

use super::*;
use crate::channels::delivery::{Errand, Why};
use crate::stories::news::{act as act_on_article, at_path as article_at, id as news_id};
use crate::story;

story!(an_article_that_is_withdrawn_stops_what_waits_and_asks_for_what_is_out, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let (out, waits) = (connected(&cast, "Một", &bots[0], &[]).await, connected(&cast, "Hai", &bots[1], &[]).await);
    let article = cast.published(&house, "Bài sẽ rút").await;
    let of_article = [("article", news_id(&article))];
    let first = piece(&house, &cast.author, "Ra ngay", &[out], &of_article).await;
    approved(&house, &cast, &first).await;
    after(&house, 1).await;
    is_in(&house, out, State::Confirmed).await;
    let later = [("article", news_id(&article)), ("due", "2026-03-02T15:00")];
    let second = piece(&house, &cast.author, "Ra sau", &[waits], &later).await;
    approved(&house, &cast, &second).await;
    let gone = [("withdrawal", "Sai số liệu"), ("fate", "stays")];
    act_on_article(&house, &cast.approver, &article, "withdrawal", &gone).await.expect(303);
    house.react().await;
    house.react().await;
    after(&house, 4_000).await;
    assert!(bots[1].messages().is_empty(), "it does not go");
    assert_eq!(at_path(&house, &second).await.state, piece::State::Withdrawn);
    let copy = of(&house, out).await;
    assert_eq!((copy.state, copy.wanted), (State::Confirmed, Errand::Retract));
    cast.author.get("/desk").await.expect(200).says("1 bản đã lên cần gỡ vì bài đã rút");
    cast.author.get("/desk/channels/pieces?show=stuck").await.expect(200).says("Ra ngay").says("cần gỡ");
    decide(&house, &cast.approver, &copy, "retraction", &[("why", "Bài đã rút")]).await.expect(303);
    after(&house, 10).await;
    assert!(bots[0].messages().is_empty());
    cast.author.get("/desk").await.expect(200).says_not("cần gỡ vì bài đã rút");
});

story!(an_article_that_is_corrected_holds_what_waits, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let (out, waits) = (connected(&cast, "Một", &bots[0], &[]).await, connected(&cast, "Hai", &bots[1], &[]).await);
    let article = cast.published(&house, "Bài sẽ đính chính").await;
    let first = piece(&house, &cast.author, "Ra ngay", &[out], &[("article", news_id(&article))]).await;
    approved(&house, &cast, &first).await;
    after(&house, 1).await;
    let later = [("article", news_id(&article)), ("due", "2026-03-02T15:00")];
    let second = piece(&house, &cast.author, "Ra sau", &[waits], &later).await;
    approved(&house, &cast, &second).await;
    let version = article_at(&house, &article).await.version.to_string();
    let corrected = [
        ("version", version.as_str()),
        ("title", "Bài sẽ đính chính"),
        ("summary", "Tóm tắt đúng"),
        ("text", "Nội dung đúng."),
        ("correction", "Sửa số liệu"),
    ];
    cast.approver.post(&format!("/desk/news/{}/correction", news_id(&article)), &corrected).await.expect(303);
    house.react().await;
    let held = of(&house, waits).await;
    assert_eq!((held.state, held.why), (State::Held, Why::Corrected));
    assert_eq!(of(&house, out).await.wanted, Errand::Edit);
    after(&house, 4_000).await;
    assert!(bots[1].messages().is_empty(), "a person looks first");
    let stale = piece(&house, &cast.author, "Từ bài đã sửa", &[waits], &[("article", news_id(&article))]).await;
    cast.author.get(&stale).await.expect(200).says_not("Soạn tin mới từ bài đã sửa");
    decide(&house, &cast.approver, &of(&house, out).await, "stand", &[("why", "Không đổi ý")]).await.expect(303);
    assert_eq!(of(&house, out).await.wanted, Errand::None);
});
