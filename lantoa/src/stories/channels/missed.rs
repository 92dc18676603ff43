//! Times: sent at the minute, by the account's pace, and what becomes of a time that was missed.
//!
//! Scenario C-1, between the approval and the time: a channel that is paused, and one that is renamed.

use super::heart::changed;
use super::*;
use crate::channels::delivery::Why;
use crate::story;

/// At 07:00 UTC it is 14:00 in Vietnam; the pieces go out at 15:00.
const DUE: &[(&str, &str)] = &[("due", "2026-03-02T15:00")];

story!(it_goes_out_at_its_minute_and_not_before, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[account], DUE).await;
    approved(&house, &cast, &path).await;
    cast.author.get(&path).await.expect(200).says("Gửi lúc 2/3/2026 15:00");
    after(&house, 3_590).await;
    is_in(&house, account, State::Queued).await;
    after(&house, 10).await;
    is_in(&house, account, State::Confirmed).await;
    let past = [("title", "Tin"), ("due", "2026-03-02T15:00"), ("accounts", &*account.to_string())];
    let refused = cast.author.post("/desk/channels/pieces", &past).await.expect(422);
    refused.says("Giờ gửi đã qua").says("value=\"2026-03-02T15:00\"");
    let wrong = [("title", ""), ("due", "hôm nào đó")];
    let refused = cast.author.post("/desk/channels/pieces", &wrong).await.expect(422);
    refused.says("Hãy đặt tên cho tin").says("Giờ gửi chưa đúng").says("Chọn ít nhất một kênh");
});

story!(a_missed_time_follows_the_policy_of_the_account, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await, Bot::open().await];
    let mut accounts = Vec::new();
    for (bot, policy) in bots.iter().zip(["ask", "send", "drop"]) {
        accounts.push(connected(&cast, policy, bot, &[("missed", policy), ("missed_after_min", "30")]).await);
    }
    let path = piece(&house, &cast.author, "Tin lỡ", &accounts, DUE).await;
    approved(&house, &cast, &path).await;
    // Nothing ran from before the minute until an hour after it.
    after(&house, 2 * 3_600).await;
    is_in(&house, accounts[0], State::Held).await;
    is_in(&house, accounts[1], State::Confirmed).await;
    is_in(&house, accounts[2], State::Failed).await;
    assert_eq!(of(&house, accounts[2]).await.why, Why::Missed);
    cast.author.get("/desk").await.expect(200).says("1 tin đang giữ lại");
    let held = of(&house, accounts[0]).await;
    let page = cast.author.get(&format!("/desk/channels/pieces/{}/variants/{}", held.piece, held.id)).await.expect(200);
    page.says("Lỡ giờ gửi").says("Gửi ngay");
    decide(&house, &cast.stranger, &held, "sending", &[]).await.expect(404);
    decide(&house, &cast.author, &held, "drop", &[]).await.expect(422).says("Hãy ghi lý do");
    decide(&house, &cast.author, &held, "sending", &[]).await.expect(303);
    after(&house, 1).await;
    assert_eq!(bots.each_ref().map(|bot| bot.messages().len()), [1, 1, 0]);
    // Pressed twice: the second one is told.
    let version = held.version.to_string();
    let again = format!("/desk/channels/pieces/{}/variants/{}/acts/sending", held.piece, held.id);
    cast.author.post(&again, &[("version", &version)]).await.expect(409).says("Có người vừa sửa trước bạn");
    assert_eq!(bots[0].messages().len(), 1);
});

story!(waiting_for_ones_turn_is_not_being_late, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let more = [("missed", "drop"), ("missed_after_min", "1"), ("per_minute", "1")];
    let account = connected(&cast, "Kênh chậm", &bot, &more).await;
    for number in 0..8 {
        let path = piece(&house, &cast.author, &format!("Tin {number}"), &[account], &[]).await;
        approved(&house, &cast, &path).await;
    }
    // A burst of three, then one a minute: the last one goes five minutes after its time.
    for _ in 0..3 {
        after(&house, 1).await;
    }
    assert_eq!(bot.messages().len(), 3);
    after(&house, 30).await;
    assert_eq!(bot.messages().len(), 3, "the pace is kept");
    for _ in 0..5 {
        after(&house, 60).await;
    }
    assert_eq!(bot.messages().len(), 8);
});

story!(a_channel_paused_between_approval_and_time_waits, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let soon = connected(&cast, "Chờ", &bots[0], &[("missed", "ask")]).await;
    let late = connected(&cast, "Muộn", &bots[1], &[("missed", "drop")]).await;
    let path = piece(&house, &cast.author, "Tin", &[soon, late], DUE).await;
    approved(&house, &cast, &path).await;
    for account in [soon, late] {
        paused(&house, &cast, account, "on").await.expect(303);
        is_in(&house, account, State::Held).await;
    }
    after(&house, 1_800).await;
    paused(&house, &cast, soon, "off").await.expect(303);
    is_in(&house, soon, State::Queued).await;
    after(&house, 1_800).await;
    is_in(&house, soon, State::Confirmed).await;
    after(&house, 7_200).await;
    assert!(bots[1].messages().is_empty());
    paused(&house, &cast, late, "off").await.expect(303);
    after(&house, 1).await;
    is_in(&house, late, State::Failed).await;
    assert!(bots[1].messages().is_empty(), "too late by then, as its policy says");
    let account = the_account(&house, late).await;
    let stale = [("version", "1"), ("paused", "on")];
    assert!(account.version > 1);
    cast.administrator.post(&format!("/desk/channels/accounts/{late}/pause"), &stale).await.expect(409);
    cast.author.post(&format!("/desk/channels/accounts/{late}/pause"), &stale).await.expect(403);
});

story!(a_channel_renamed_between_approval_and_time_is_told_at_its_new_name_once, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let here = connected(&cast, "Tên cũ", &bots[0], &[]).await;
    let there = connected(&cast, "Kênh", &bots[1], &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[here, there], DUE).await;
    approved(&house, &cast, &path).await;
    // One has another name here, the other one over there: the first is the same channel, the second is not found.
    changed(&house, &cast, here, &[("name", "Tên mới")]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Tên mới");
    bots[1].rename("@kenhmoi");
    after(&house, 3_600).await;
    is_in(&house, here, State::Confirmed).await;
    assert_eq!(bots[0].messages(), ["Lời của Tin"]);
    let row = of(&house, there).await;
    assert_eq!((row.state, row.why), (State::Failed, Why::Gone), "{}", row.says);
    assert_eq!(the_account(&house, there).await.state, account::State::Active, "its bot is let in all the same");
    assert_eq!(heard(&house, &cast.author, "notice-delivery-failed").await, 1);
    let page = format!("{path}/variants/{}", row.id);
    cast.author.get(&page).await.expect(200).says("Nền tảng nói không còn gì ở đó");
    // Its keeper writes the new name, and a person sends what did not go.
    changed(&house, &cast, there, &[("chat", "@kenhmoi")]).await.expect(303);
    decide(&house, &cast.author, &row, "sending", &[]).await.expect(303);
    after(&house, 1).await;
    is_in(&house, there, State::Confirmed).await;
    assert_eq!((bots[1].count("@kenhmoi", "Lời của Tin"), bots[0].written()), (1, 1));
});

async fn paused(house: &House, cast: &Cast<'_>, account: Uuid, paused: &str) -> Answer {
    let version = the_account(house, account).await.version.to_string();
    let fields = [("version", version.as_str()), ("paused", paused)];
    cast.administrator.post(&format!("/desk/channels/accounts/{account}/pause"), &fields).await
}
