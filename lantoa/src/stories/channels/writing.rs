//! A piece from an article: suggested, written, looked at (scenario C-1: over the limit), approved once by somebody else.

use super::*;
use crate::base::Role;
use crate::channels::delivery::Origin;
use crate::stories::news::id as news_id;
use crate::story;

story!(an_article_becomes_a_suggestion_for_each_channel, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    cast.author.get("/desk/channels/pieces").await.expect(200).says("Cần nối ít nhất một kênh");
    cast.author.get("/desk/channels/pieces/new").await.expect(200).says("Cần nối ít nhất một kênh");
    let account = connected(&cast, "Kênh của sở", &bot, &[]).await;
    let article = cast.published(&house, "Mở cổng dịch vụ công mới").await;
    let article = news_id(&article).to_owned();
    cast.author.get(&article_page(&article)).await.expect(200).says(&format!("/desk/channels/pieces/new?article={article}"));
    let new = cast.author.get(&format!("/desk/channels/pieces/new?article={article}")).await.expect(200);
    new.says("Mở cổng dịch vụ công mới").says("Telegram · Kênh của sở");
    let path = piece(&house, &cast.author, "Mở cổng", &[account], &[("article", &article)]).await;
    let row = of(&house, account).await;
    assert_eq!(row.text, "Mở cổng dịch vụ công mới\n\nTóm tắt của bài");
    assert_eq!((row.origin, row.link.as_str()), (Origin::Lead, "http://localhost/tin-tuc/mo-cong-dich-vu-cong-moi"));
    let page = cast.author.get(&path).await.expect(200);
    page.says("Gợi ý từ bài").says("Tóm tắt của bài").says("/ 4.096").says("Mở cổng dịch vụ công mới");
    // A person edits it: it is theirs from then on.
    written(&cast.author, &row, "Lời của tôi 🎉").await.expect(303);
    let row = of(&house, account).await;
    assert_eq!((row.origin, row.confirmed_by), (Origin::Person, cast.author.person));
    cast.author.get(&path).await.expect(200).says_not("Gợi ý từ bài");
    written(&cast.author, &Delivery { version: 1, ..row.clone() }, "Bản cũ").await.expect(409).says("Bản cũ");
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    assert_eq!(bot.messages(), ["Lời của tôi 🎉\n\nhttp://localhost/tin-tuc/mo-cong-dich-vu-cong-moi"]);
});

fn article_page(article: &str) -> String {
    format!("/desk/news/{article}")
}

story!(what_does_not_fit_is_said_beside_it_and_can_not_be_approved, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Dài", &[account], &[]).await;
    // In the platform's units: an emoji is two, a letter with its marks one, however it was typed.
    let counted =
        cast.author.post("/desk/channels/count?platform=telegram", &[("text", "ễ🎉 e\u{302}\u{303}")]).await.expect(200);
    counted.says("5 / 4");
    cast.author.post("/desk/channels/count?platform=khong-co", &[("text", "a")]).await.expect(404);
    written(&cast.author, &of(&house, account).await, &"🎉".repeat(2_100)).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Hãy rút gọn");
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    cast.approver.get(&path).await.expect(200).says("approve-obstacles").says("Hãy rút gọn");
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says("Hãy rút gọn");
    act(&house, &cast.approver, &path, "return", "").await.expect(422).says("Hãy ghi lý do");
    act(&house, &cast.approver, &path, "return", "Rút gọn giúp").await.expect(303);
    assert_eq!(heard(&house, &cast.author, "notice-piece-returned").await, 1);
    cast.author.get(&path).await.expect(200).says("Rút gọn giúp");
    assert_eq!(bot.written(), 0);
});

story!(it_is_approved_once_and_never_by_who_wrote_it, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let own = piece(&house, &cast.approver, "Của tôi", &[account], &[]).await;
    act(&house, &cast.approver, &own, "submission", "").await.expect(303);
    cast.approver.get(&own).await.expect(200).says("Cần một người khác duyệt");
    act(&house, &cast.approver, &own, "approval", "").await.expect(422).says("Cần một người khác duyệt");
    assert_eq!(facts(&house, id(&own), "OwnApprovalRefused").await, 1);
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    act(&house, &cast.author, &path, "approval", "").await.expect(403);
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    assert_eq!(heard(&house, &cast.approver, "notice-piece-waits").await, 1, "and not of their own");
    cast.approver.get("/desk").await.expect(200).says("1 tin chờ duyệt để ra kênh");
    act(&house, &cast.author, &path, "recall", "").await.expect(303);
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    // Two approvers at once: one of them is told.
    let version = at_path(&house, &path).await.version.to_string();
    let other = house.someone(Role::Approver, Some(&cast.agency)).await;
    let press = format!("/desk/channels/pieces/{}/acts/approval", id(&path));
    let fields = [("version", version.as_str())];
    let (one, two) = futures_util::join!(cast.approver.post(&press, &fields), other.post(&press, &fields));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(facts(&house, id(&path), "PieceApproved").await, 1);
    after(&house, 1).await;
    after(&house, 60).await;
    assert_eq!(bot.messages(), ["Lời của Tin"]);
    // Nothing of an approved piece is written any more.
    written(&cast.author, &of(&house, account).await, "Lời khác").await.expect(409);
});

story!(a_draft_changes_its_channels_and_others_do_not_see_it, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let (one, two) = (connected(&cast, "Một", &bot, &[]).await, connected(&cast, "Hai", &bot, &[]).await);
    let path = piece(&house, &cast.author, "Tin", &[one], &[]).await;
    cast.author.get(&format!("/desk/channels/pieces/{}/facts", id(&path))).await.expect(200).says("Telegram · Hai");
    let version = at_path(&house, &path).await.version.to_string();
    let two_text = two.to_string();
    let fields = [("version", version.as_str()), ("title", "Tin mới"), ("accounts", &two_text)];
    cast.author.post(&path, &fields).await.expect(303);
    cast.author.post(&path, &fields).await.expect(409).says("Có người vừa sửa trước bạn");
    let rows = deliveries(&house, &path).await;
    assert_eq!(rows.iter().map(|row| row.account).collect::<Vec<_>>(), [two]);
    // Another agency's piece is not there, nor its parts, and that they asked is noted.
    let variant = format!("{path}/variants/{}", rows[0].id);
    for address in [&path, &variant, &format!("{path}/facts")] {
        cast.stranger.get(address).await.expect(404);
    }
    written(&cast.stranger, &rows[0], "Của người khác").await.expect(404);
    act(&house, &cast.stranger, &path, "submission", "").await.expect(404);
    let ones = one.to_string();
    cast.stranger.post("/desk/channels/pieces", &[("title", "Lấn"), ("accounts", &ones)]).await.expect(422);
    assert!(facts(&house, id(&path), "AccessRefused").await > 0);
    // A page of many pieces asks no more than a page of one.
    let count = |before: u64| house.statements() - before;
    let before = house.statements();
    cast.author.get("/desk/channels/pieces").await.expect(200);
    let few = count(before);
    for number in 0..5 {
        piece(&house, &cast.author, &format!("Tin {number}"), &[one, two], &[]).await;
    }
    let before = house.statements();
    cast.author.get("/desk/channels/pieces").await.expect(200);
    assert!(count(before) <= few + 1, "{few}, then {}", count(before));
});
