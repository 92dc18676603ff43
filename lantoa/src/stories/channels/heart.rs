//! What the heart of deliveries owes: nobody twice after a restore, nobody lost behind a stopped account, what is certain counts.

use std::time::Duration;

use ::platforms::{Copy, Outcome};
use sea_orm::ActiveValue::Set;
use tokio::sync::watch;

use super::bot::Mood;
use super::*;
use crate::base::copies::{self, Stand};
use crate::base::restored;
use crate::channels::delivery::deciding::Answer as Said;
use crate::channels::delivery::settling::settle;
use crate::channels::delivery::step::Step;
use crate::channels::delivery::{Errand, Why};
use crate::stories::news::{act as act_on_article, at_path as article_at, id as news_id};
use crate::story;

/// Writes into a row past the machine: how a node that died, or a backup, left it.
async fn left(house: &House, row: delivery::ActiveModel) {
    delivery::Entity::update(row).exec(&house.app.db).await.expect("left so");
}

async fn paused(house: &House, cast: &Cast<'_>, account: Uuid, paused: &str) {
    let version = the_account(house, account).await.version.to_string();
    let fields = [("version", version.as_str()), ("paused", paused)];
    cast.administrator.post(&format!("/desk/channels/accounts/{account}/pause"), &fields).await.expect(303);
}

/// The account's form as it stands, with these fields in place of its own.
pub async fn changed(house: &House, cast: &Cast<'_>, account: Uuid, fields: &[(&str, &str)]) -> Answer {
    let kept = the_account(house, account).await;
    let (id, version, settings) = (account.to_string(), kept.version.to_string(), kept.settings());
    let mut all = vec![("id", id.as_str()), ("version", &version), ("name", &kept.name)];
    all.extend(settings.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    all.extend(fields);
    cast.administrator.post(&Account::path(account), &all).await
}

story!(after_a_restore_nothing_goes_before_a_person_says, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await, Bot::open().await];
    let due = connected(&cast, "Đến giờ", &bots[0], &[("missed", "send")]).await;
    let later = connected(&cast, "Hẹn giờ", &bots[1], &[("missed", "send")]).await;
    let still = connected(&cast, "Đang dừng", &bots[2], &[("missed", "send")]).await;
    paused(&house, &cast, still, "on").await;
    let first = piece(&house, &cast.author, "Tin đã đi", &[due, still], &[]).await;
    approved(&house, &cast, &first).await;
    let second = piece(&house, &cast.author, "Tin hẹn", &[later], &[("due", "2026-03-02T18:00")]).await;
    approved(&house, &cast, &second).await;
    for _ in 0..3 {
        restored::beat(&house.app).await.expect("a beat");
    }
    let backup = of(&house, due).await;
    after(&house, 1).await;
    assert_eq!(bots[0].messages().len(), 1);
    // The backup knows nothing of it: the row waits, and the pulse is behind its marker.
    left(&house, delivery::ActiveModel::from(backup).reset_all()).await;
    let beats = restored::Entity::update_many().col_expr(restored::Column::Beat, Expr::value(1));
    beats.exec(&house.app.db).await.expect("an older pulse");
    restored::beat(&house.app).await.expect("a beat");
    after(&house, 1).await;
    assert_eq!(bots[0].written(), 1, "not even before everything is held");
    house.react().await;
    for account in [due, later, still] {
        let row = of(&house, account).await;
        assert_eq!((row.state, row.why), (State::Held, Why::Restored));
    }
    // Nor with the account that goes on, nor when its time comes.
    paused(&house, &cast, still, "off").await;
    after(&house, 3_600).await;
    assert_eq!(bots.each_ref().map(Bot::written), [1, 0, 0]);
    assert_eq!(heard(&house, &cast.approver, "notice-channels-restored").await, 1);
    cast.author.get("/desk").await.expect(200).says("3 tin đang giữ lại");
    cast.author.get(&first).await.expect(200).says("vừa được khôi phục");
    // A person looked: the one is there, the other is not; what has a time goes at its time.
    decide(&house, &cast.author, &of(&house, due).await, "drop", &[("why", "Đã có trên kênh")]).await.expect(303);
    decide(&house, &cast.author, &of(&house, still).await, "sending", &[]).await.expect(303);
    decide(&house, &cast.author, &of(&house, later).await, "sending", &[]).await.expect(303);
    after(&house, 1).await;
    assert_eq!(bots.each_ref().map(Bot::written), [1, 0, 1]);
    restored::beat(&house.app).await.expect("a beat");
    after(&house, 3 * 3_600).await;
    assert_eq!(bots.each_ref().map(Bot::written), [1, 1, 1], "nobody twice");
});

story!(what_a_restore_holds_is_decided_at_once, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let now = connected(&cast, "Đến giờ", &bots[0], &[]).await;
    let later = connected(&cast, "Hẹn giờ", &bots[1], &[]).await;
    let held = async |title: &str| {
        let first = piece(&house, &cast.author, title, &[now], &[]).await;
        approved(&house, &cast, &first).await;
        let second = piece(&house, &cast.author, title, &[later], &[("due", "2026-03-02T18:00")]).await;
        approved(&house, &cast, &second).await;
        restored::declare(&house.app).await.expect("declared");
        house.react().await;
        for account in [now, later] {
            let row = of(&house, account).await;
            assert_eq!((row.state, row.why), (State::Held, Why::Restored));
        }
    };
    held("Tin một").await;
    let stuck = "/desk/channels/pieces?show=stuck";
    cast.author.get(stuck).await.expect(200).says("2 tin giữ lại").says("/desk/channels/restored/sending");
    cast.administrator.get(stuck).await.expect(200).says_not("/desk/channels/restored/sending");
    cast.administrator.post("/desk/channels/restored/sending", &[]).await.expect(403);
    cast.stranger.post("/desk/channels/restored/sending", &[]).await.expect(303);
    is_in(&house, now, State::Held).await;
    cast.author.post("/desk/channels/restored/there", &[]).await.expect(404);
    cast.author.post("/desk/channels/restored/drop", &[("why", " ")]).await.expect(422).says("2 tin giữ lại");
    is_in(&house, now, State::Held).await;
    cast.author.post("/desk/channels/restored/sending", &[]).await.expect(303);
    after(&house, 1).await;
    assert_eq!(bots.each_ref().map(Bot::written), [1, 0], "what has a time goes at its time");
    assert_eq!(facts(&house, of(&house, now).await.piece, "DeliveryResolved").await, 1);
    held("Tin hai").await;
    cast.author.post("/desk/channels/restored/drop", &[("why", "Đã có trên kênh")]).await.expect(303);
    let row = of(&house, later).await;
    assert_eq!((row.state, row.why), (State::Failed, Why::Dropped));
    cast.author.get(stuck).await.expect(200).says_not("giữ lại sau khi khôi phục");
    after(&house, 3_600).await;
    assert_eq!(bots.each_ref().map(Bot::written), [1, 0], "the first of them was held again, and dropped with the rest");
});

story!(what_was_seen_in_time_and_stood_through_an_outage_follows_the_policy, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let mut accounts = Vec::new();
    for (bot, policy) in bots.iter().zip(["ask", "send"]) {
        let more = [("missed", policy), ("missed_after_min", "30"), ("per_minute", "1")];
        let account = connected(&cast, policy, bot, &more).await;
        for number in 0..5 {
            let path = piece(&house, &cast.author, &format!("Tin {number}"), &[account], &[]).await;
            approved(&house, &cast, &path).await;
        }
        accounts.push(account);
    }
    restored::beat(&house.app).await.expect("a beat");
    // A burst of three; two were seen in time and wait for their turn.
    for _ in 0..3 {
        after(&house, 1).await;
    }
    assert_eq!(bots.each_ref().map(|bot| bot.messages().len()), [3, 3]);
    // A short stop changes nothing.
    house.app.clock.advance(TimeDelta::minutes(10));
    restored::beat(&house.app).await.expect("a beat");
    after(&house, 1).await;
    assert_eq!(bots.each_ref().map(|bot| bot.messages().len()), [4, 4]);
    house.app.clock.advance(TimeDelta::hours(5));
    restored::beat(&house.app).await.expect("a beat");
    after(&house, 1).await;
    after(&house, 60).await;
    assert_eq!(bots.each_ref().map(|bot| bot.messages().len()), [4, 5], "five hours late: the one asks, the other sends");
    let row = of(&house, accounts[0]).await;
    assert_eq!((row.state, row.why), (State::Held, Why::Missed));
});

story!(an_account_that_dies_loses_nothing_that_the_platform_took, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[("per_minute", "600")]).await;
    let first = piece(&house, &cast.author, "Tin một", &[account], &[]).await;
    approved(&house, &cast, &first).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    // Taken by the platform, and worked on.
    let taken =
        delivery::ActiveModel { id: Set(row.id), state: Set(State::Accepted), run_at: Set(row.sent_at), ..Default::default() };
    left(&house, taken).await;
    bot.revoke("2:moi");
    let second = piece(&house, &cast.author, "Tin hai", &[account], &[]).await;
    approved(&house, &cast, &second).await;
    // The question goes first; then the one that is refused.
    for _ in 0..3 {
        after(&house, 20).await;
    }
    assert_eq!(the_account(&house, account).await.state, account::State::Dead);
    let row = the(&house, row.id).await;
    assert_eq!((row.state, row.why), (State::Unknown, Why::AccountDead), "on somebody's list, not forgotten");
    cast.author.get("/desk").await.expect(200).says("1 tin không rõ đã lên kênh chưa");
    assert_eq!(facts(&house, id(&first), "DeliveryUnknown").await, 1);
    // With a new token it is asked again.
    changed(&house, &cast, account, &[("token", "2:moi")]).await.expect(303);
    assert_eq!(the(&house, row.id).await.why, Why::None);
    let asked = the(&house, row.id).await.asked;
    after(&house, 5).await;
    after(&house, 5).await;
    assert!(the(&house, row.id).await.asked > asked);
});

story!(what_is_to_be_done_with_a_copy_is_on_a_list_while_its_account_stands_still, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (bot, other) = (Bot::open().await, Bot::open().await);
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    paused(&house, &cast, account, "on").await;
    let row = of(&house, account).await;
    decide(&house, &cast.approver, &row, "retraction", &[("why", "Sai người")]).await.expect(303);
    after(&house, 60).await;
    assert_eq!(bot.messages().len(), 1, "a paused account says nothing");
    cast.author.get("/desk").await.expect(200).says("1 bản đã lên chưa sửa hoặc gỡ được, vì kênh đang dừng");
    cast.author.get("/desk/channels/pieces?show=stuck").await.expect(200).says("Tin").says("đang gỡ");
    let page = cast.approver.get(&format!("{path}/variants/{}", row.id)).await.expect(200);
    page.says("đang chờ, vì kênh đang dừng").says("Đã tự gỡ").says_not("Đang làm với nền tảng");
    // Nobody stands behind it.
    let next = connected(&cast, "Kênh khác", &other, &[]).await;
    let second = piece(&house, &cast.author, "Tin hai", &[next], &[]).await;
    approved(&house, &cast, &second).await;
    after(&house, 1).await;
    assert_eq!(other.messages().len(), 1);
    paused(&house, &cast, account, "off").await;
    after(&house, 1).await;
    assert!(bot.messages().is_empty());
    is_in(&house, account, State::Retracted).await;
    cast.author.get("/desk").await.expect(200).says_not("chưa sửa hoặc gỡ được");
});

story!(many_stopped_accounts_and_one_slow_platform_hold_nobody, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let stopped = connected(&cast, "Dừng", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[stopped], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    // Seventy accounts stand still, each with a copy that is to be retracted: they were used longest ago.
    let (one, row) = (the_account(&house, stopped).await, of(&house, stopped).await);
    // Connected before them: an agency may not connect more than fifty, and they are written past that.
    let living = connected(&cast, "Chạy", &bot, &[]).await;
    for number in 0..70 {
        let account = Account {
            id: new_id(),
            name: format!("Dừng {number}"),
            state: account::State::Paused,
            refilled_at: one.refilled_at - TimeDelta::hours(1),
            ..one.clone()
        };
        let copy = Delivery {
            id: new_id(),
            piece: new_id(),
            account: account.id,
            errand: Errand::Retract,
            run_at: row.sent_at,
            ..row.clone()
        };
        account::Entity::insert(account::ActiveModel::from(account))
            .exec_without_returning(&house.app.db)
            .await
            .expect("an account");
        delivery::Entity::insert(delivery::ActiveModel::from(copy)).exec_without_returning(&house.app.db).await.expect("a copy");
    }
    let second = piece(&house, &cast.author, "Tin hai", &[living], &[]).await;
    approved(&house, &cast, &second).await;
    after(&house, 1).await;
    is_in(&house, living, State::Confirmed).await;
});

story!(an_account_with_copies_out_leads_to_the_same_place, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    changed(&house, &cast, account, &[("chat", "@kenhmoi")]).await.expect(303);
    changed(&house, &cast, account, &[("chat", "@kenhthu")]).await.expect(303);
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    is_in(&house, account, State::Confirmed).await;
    let refused = changed(&house, &cast, account, &[("chat", "@kenhmoi")]).await.expect(422);
    refused.says("còn 1 bản đang ở kênh").says("@kenhmoi");
    changed(&house, &cast, account, &[("chat", "@KenhThu"), ("name", "Tên mới")]).await.expect(303);
    // Telegram knows its chats by any case; the double knows this one by its own letters alone.
    changed(&house, &cast, account, &[("chat", "@kenhthu")]).await.expect(303);
    decide(&house, &cast.approver, &of(&house, account).await, "retraction", &[("why", "Nhầm")]).await.expect(303);
    after(&house, 10).await;
    changed(&house, &cast, account, &[("chat", "@kenhmoi")]).await.expect(303);
});

story!(a_token_typed_while_the_old_one_was_refused_lives, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    // A talk has begun with the old token; its keeper types the new one before the answer comes.
    let spoken_with = the_account(&house, account).await;
    let row = of(&house, account).await;
    let now = house.app.clock.now();
    let sending =
        delivery::ActiveModel { id: Set(row.id), state: Set(State::Sending), sent_at: Set(Some(now)), ..Default::default() };
    left(&house, sending).await;
    bot.revoke("2:moi");
    changed(&house, &cast, account, &[("token", "2:moi")]).await.expect(303);
    let refusal = ::platforms::Refusal { why: ::platforms::Why::Token, says: "401 Unauthorized".into(), again_after: None };
    let seen = the(&house, row.id).await;
    settle(&house.app, &spoken_with, seen, &Said::Published(Outcome::Refused(refusal))).await.expect("settled");
    assert_eq!(the_account(&house, account).await.state, account::State::Active, "it was another token");
    is_in(&house, account, State::Queued).await;
    after(&house, 2).await;
    after(&house, 2).await;
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(facts(&house, account, "ChannelAccountDead").await, 0);
});

story!(a_copy_that_is_certain_counts_after_a_person_decided, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[("lookup_chat", "")]).await;
    bot.next(&[Mood::TakesAndDrops]);
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let seen = of(&house, account).await;
    assert_eq!(seen.state, State::Unknown);
    decide(&house, &cast.author, &seen, "not-there", &[("why", "Không thấy")]).await.expect(303);
    is_in(&house, account, State::Failed).await;
    // The answer of the attempt comes after all.
    let channel = the_account(&house, account).await;
    let there = |id: &str| {
        let address = Some(format!("https://t.me/kenhthu/{id}"));
        Said::Published(Outcome::Published(Copy { id: id.into(), address }))
    };
    settle(&house.app, &channel, seen.clone(), &there("1")).await.expect("settled");
    let row = of(&house, account).await;
    assert_eq!((row.state, row.external_id.as_str()), (State::Confirmed, "1"), "people see it, whatever was thought");
    settle(&house.app, &channel, seen.clone(), &there("1")).await.expect("settled");
    assert_eq!(facts(&house, id(&path), "DeliveryConfirmed").await, 1, "said once");
    // There is a later attempt by now: that the earlier one is there, too, is not forgotten.
    settle(&house.app, &channel, seen, &there("7")).await.expect("settled");
    assert_eq!(of(&house, account).await.external_id, "1");
    let page = cast.author.get(&format!("{path}/variants/{}", row.id)).await.expect(200);
    page.says("Lần gửi trước cũng đã lên kênh").says("https://t.me/kenhthu/7");
    let steps = Step::of(&house.app.db, &[row.id]).await.expect("steps");
    assert!(steps.iter().any(|step| step.why == Why::Twice));
});

story!(a_node_that_stops_lets_talks_end, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    bot.wait(Duration::from_millis(1_500));
    let (stop, stopped) = watch::channel(false);
    let told = async {
        // In the middle of the call that can not be taken back.
        while of(&house, account).await.state != State::Sending {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        stop.send(true).expect("somebody listens");
    };
    let both = async { futures_util::join!(sending::keep_up(house.app.clone(), stopped), told) };
    tokio::time::timeout(Duration::from_secs(15), both).await.expect("an end");
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(bot.messages().len(), 1);
});

story!(a_correction_outdates_by_revision_whatever_the_clocks_say, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let (waits, handed_in) = (connected(&cast, "Một", &bots[0], &[]).await, connected(&cast, "Hai", &bots[1], &[]).await);
    let article = cast.published(&house, "Bài sẽ đính chính").await;
    let later = [("article", news_id(&article)), ("due", "2026-03-02T15:00")];
    let first = piece(&house, &cast.author, "Đã duyệt", &[waits], &later).await;
    approved(&house, &cast, &first).await;
    // Approved by a node whose clock is ahead.
    let ahead = piece::ActiveModel {
        id: Set(id(&first)),
        approved_at: Set(Some(house.app.clock.now() + TimeDelta::hours(1))),
        ..Default::default()
    };
    piece::Entity::update(ahead).exec(&house.app.db).await.expect("ahead");
    let second = piece(&house, &cast.author, "Chờ duyệt", &[handed_in], &later).await;
    act(&house, &cast.author, &second, "submission", "").await.expect(303);
    let seen = at_path(&house, &second).await.version.to_string();
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
    // Whoever has the page open approves nothing that is outdated.
    let press = format!("/desk/channels/pieces/{}/acts/approval", id(&second));
    cast.approver.post(&press, &[("version", &seen)]).await.expect(409);
    let back = at_path(&house, &second).await;
    assert_eq!(back.state, piece::State::Draft);
    cast.author.get(&second).await.expect(200).says("Bài đã được đính chính trong lúc tin chờ duyệt");
    assert_eq!(heard(&house, &cast.author, "notice-piece-returned").await, 1);
    // Made from the corrected text, it is not touched by the same fact again.
    let third = piece(&house, &cast.author, "Từ bài đã sửa", &[handed_in], &later).await;
    approved(&house, &cast, &third).await;
    let fact = fact::Entity::find().filter(fact::Column::Kind.eq("ArticleCorrected")).one(&house.app.db).await;
    let fact = fact.expect("facts").expect("a correction");
    let again = fact.fact().expect("a fact");
    crate::channels::following::article_changed(&house.app, &fact, &again).await.expect("nothing to do");
    is_in(&house, handed_in, State::Queued).await;
});

/// The one that stays after all is edited, then taken away.
async fn edited_and_retracted(house: &House, cast: &Cast<'_>, account: Uuid, article: Uuid) {
    let stand = async || copies::copies(&house.app, article).await.expect("copies")[0].stand;
    decide(house, &cast.approver, &of(house, account).await, "edit", &[("text", "Lời mới"), ("why", "Sửa")]).await.expect(303);
    assert_eq!(stand().await, Stand::Wanted);
    after(house, 10).await;
    assert_eq!(stand().await, Stand::Edited);
    decide(house, &cast.approver, &of(house, account).await, "retraction", &[("why", "Gỡ hẳn")]).await.expect(303);
    after(house, 10).await;
    assert_eq!(stand().await, Stand::Retracted);
}

story!(an_article_is_told_where_it_stands_on_channels, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let names = ["Ra", "Chờ", "Hỏng", "Không rõ"];
    let mut accounts = Vec::new();
    for name in names {
        accounts.push(connected(&cast, name, &bot, &[("lookup_chat", ""), ("per_minute", "600")]).await);
    }
    let article = cast.published(&house, "Bài đi khắp nơi").await;
    let article_id: Uuid = news_id(&article).parse().expect("an id");
    assert_eq!(copies::copies(&house.app, article_id).await.expect("copies"), []);
    let of_article = [("article", news_id(&article))];
    for (account, moods) in accounts.iter().zip([vec![], vec![], vec![Mood::Refuses], vec![Mood::TakesAndDrops]]) {
        bot.next(&moods);
        let later = [("article", news_id(&article)), ("due", "2026-03-02T15:00")];
        let more: &[(&str, &str)] = if *account == accounts[1] { &later } else { &of_article };
        let path = piece(&house, &cast.author, "Tin", &[*account], more).await;
        approved(&house, &cast, &path).await;
        after(&house, 1).await;
    }
    let stands = async || -> Vec<(String, Stand)> {
        let copies = copies::copies(&house.app, article_id).await.expect("copies");
        copies.into_iter().map(|copy| (copy.place, copy.stand)).collect()
    };
    let wanted = [Stand::Out, Stand::Waiting, Stand::Stopped, Stand::Unknown];
    assert_eq!(stands().await, names.into_iter().map(str::to_owned).zip(wanted).collect::<Vec<_>>());
    let copies = copies::copies(&house.app, article_id).await.expect("copies");
    let out = &copies[0];
    assert_eq!((out.channel, out.proof.as_str(), out.address.as_deref()), ("telegram", "1", Some("https://t.me/kenhthu/1")));
    cast.author.get(&out.href).await.expect(200).says("https://t.me/kenhthu/1");
    assert!(copies[2].proof.contains("not enough rights"), "{}", copies[2].proof);
    // Gone: what is out is wanted back; a person lets one stay, the other is taken away.
    let gone = [("withdrawal", "Sai số liệu"), ("fate", "stays")];
    act_on_article(&house, &cast.approver, &article, "withdrawal", &gone).await.expect(303);
    house.react().await;
    let now = stands().await;
    assert_eq!(
        now.iter().map(|(_, stand)| *stand).collect::<Vec<_>>(),
        [Stand::Wanted, Stand::Stopped, Stand::Stopped, Stand::Unknown]
    );
    decide(&house, &cast.approver, &of(&house, accounts[0]).await, "stand", &[("why", "Lời vẫn đúng")]).await.expect(303);
    let copies = copies::copies(&house.app, article_id).await.expect("copies");
    assert_eq!((copies[0].stand, copies[0].proof.as_str()), (Stand::Stays, "Lời vẫn đúng"));
    edited_and_retracted(&house, &cast, accounts[0], article_id).await;
});

story!(what_we_say_ourselves_is_said_in_the_readers_language, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[("lookup_chat", "")]).await;
    bot.next(&[Mood::TakesAndDrops]);
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    cast.author.get(&path).await.expect(200).says("Gửi ngay khi được duyệt");
    approved(&house, &cast, &path).await;
    cast.author.get(&path).await.expect(200).says_not("Gửi ngay khi được duyệt").says("Ngay khi duyệt, lúc 2/3/2026 14:00");
    after(&house, 1).await;
    let row = of(&house, account).await;
    let page = format!("{path}/variants/{}", row.id);
    cast.author.get(&page).await.expect(200).says("Đường truyền đứt sau khi tin đã rời máy chủ").says_not("cut off");
    after(&house, 20).await;
    cast.author.get(&page).await.expect(200).says("chưa có nhóm tra cứu").says_not("a bot can not read");
});
