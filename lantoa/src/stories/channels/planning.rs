//! What is planned, seen as a whole: the same words or the same hour is warned of; the calendar; files.

use serde_json::Value;

use super::*;
use crate::story;

story!(the_same_words_and_the_same_hour_are_warned_of_before_the_approval, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let (account, other) = (connected(&cast, "Kênh", &bot, &[]).await, connected(&cast, "Kênh khác", &bot, &[]).await);
    let first = piece(&house, &cast.author, "Tin đầu", &[account], &[("due", "2026-03-02T16:00")]).await;
    written(&cast.author, &of(&house, account).await, "Cúp điện  từ 8 giờ").await.expect(303);
    approved(&house, &cast, &first).await;
    let second = piece(&house, &cast.author, "Tin sau", &[account, other], &[("due", "2026-03-02T16:59")]).await;
    for row in deliveries(&house, &second).await {
        written(&cast.author, &row, "cúp điện từ 8 giờ").await.expect(303);
    }
    let page = cast.author.get(&second).await.expect(200);
    page.says("Telegram · Kênh: cùng lời với tin").says("cách tin").says("Tin đầu").says_not("Telegram · Kênh khác: cùng lời");
    act(&house, &cast.author, &second, "submission", "").await.expect(303);
    cast.approver.get(&second).await.expect(200).says("Xem lại trước khi duyệt").says("cùng lời với tin");
    // A warning hinders nobody.
    act(&house, &cast.approver, &second, "approval", "").await.expect(303);
    cast.approver.get(&second).await.expect(200).says_not("Xem lại trước khi duyệt");
    let third = piece(&house, &cast.author, "Tin khác", &[account], &[("due", "2026-03-02T18:30")]).await;
    cast.author.get(&third).await.expect(200).says_not("Xem lại trước khi duyệt");
});

story!(pieces_stand_in_a_calendar_and_in_files, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let now = piece(&house, &cast.author, "=Tin \"ngay\"", &[account], &[]).await;
    approved(&house, &cast, &now).await;
    after(&house, 1).await;
    piece(&house, &cast.author, "Tin tháng tư", &[account], &[("due", "2026-04-01T00:30")]).await;
    let page = cast.author.get("/desk/channels/calendar").await.expect(200);
    page.says("Lịch tin tháng 3/2026").says("=Tin").says("hôm nay").says("Telegram · Kênh: Đã lên").says_not("Tin tháng tư");
    let april = cast.author.get("/desk/channels/calendar?month=2026-04").await.expect(200);
    april.says("Tin tháng tư").says("1/4/2026").says("00:30").says_not("=Tin");
    cast.author.get("/desk/channels/calendar?month=2027-01").await.expect(200).says("Tháng này chưa có tin");
    cast.author.get("/desk/channels/calendar?month=99999-99").await.expect(200).says("Lịch tin tháng 3/2026");
    cast.stranger.get("/desk/channels/calendar").await.expect(200).says_not("=Tin");
    let file = cast.author.get("/desk/channels/pieces.csv?show=approved").await.expect(200);
    // A cell that a spreadsheet would run is none.
    file.says("\"'=Tin \"\"ngay\"\"\"").says("Đã lên").says("https://t.me/kenhthu/1").says_not("Tin tháng tư");
    let all: Value =
        serde_json::from_slice(&cast.author.get("/desk/channels/pieces.json").await.expect(200).bytes).expect("JSON");
    let states: Vec<&str> = all["copies"].as_array().expect("rows").iter().filter_map(|row| row["state"].as_str()).collect();
    assert_eq!(states, ["planned", "confirmed"], "the latest first");
    assert_eq!(all["copies"][0]["sent_at"], Value::Null, "what is not there is not zero");
    assert_eq!(all["copies"][1]["sent_at"], "2026-03-02T14:00:01+07:00");
    let none: Value =
        serde_json::from_slice(&cast.stranger.get("/desk/channels/pieces.json").await.expect(200).bytes).expect("JSON");
    assert_eq!(none["copies"].as_array().map(Vec::len), Some(0));
});
