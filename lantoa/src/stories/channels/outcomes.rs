//! What becomes of what is sent: each channel by itself, nobody twice, nobody lost.
//!
//! Scenario C-1: each channel has its own state, a revoked token. Scenario C-2: what may be out is looked up and never sent again; a
//! person decides.

use super::bot::Mood;
use super::*;
use crate::channels::delivery::Why;
use crate::channels::delivery::step::Step;
use crate::story;

story!(one_piece_goes_to_every_channel_and_each_has_its_own_state, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await, Bot::open().await, Bot::open().await];
    let names = ["Một", "Hai", "Ba", "Bốn"];
    let mut accounts = Vec::new();
    for (name, bot) in names.into_iter().zip(&bots) {
        accounts.push(connected(&cast, name, bot, &[]).await);
    }
    bots[1].next(&[Mood::Refuses]);
    bots[2].next(&[Mood::TakesAndDrops]);
    bots[3].next(&[Mood::Busy(40)]);
    let path = piece(&house, &cast.author, "Lễ hội sen", &accounts, &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    for (account, state) in accounts.iter().zip([State::Confirmed, State::Failed, State::Unknown, State::Queued]) {
        is_in(&house, *account, state).await;
    }
    let page = cast.author.get(&path).await.expect(200);
    page.says("Đã lên").says("Không gửi được").says("Không rõ đã lên chưa").says("Chờ gửi").says("https://t.me/kenhthu/1");
    cast.author.get("/desk/channels/pieces").await.expect(200).says("Lễ hội sen").says("Telegram · Hai: Không gửi được");
    cast.author.get("/desk/channels/pieces?show=stuck").await.expect(200).says("Lễ hội sen");
    cast.author.get("/desk").await.expect(200).says("1 tin không rõ đã lên kênh chưa");
    assert_eq!(of(&house, accounts[1]).await.why, Why::Permission, "in plain words on the page, with what to do");
    assert_eq!(heard(&house, &cast.author, "notice-delivery-failed").await, 1);
    // The platform said when.
    after(&house, 30).await;
    assert!(bots[3].messages().is_empty(), "not before its time");
    after(&house, 11).await;
    is_in(&house, accounts[3], State::Confirmed).await;
    assert_eq!(bots.each_ref().map(|bot| bot.messages().len()), [1, 0, 1, 1]);
    assert_eq!(facts(&house, id(&path), "DeliveryConfirmed").await, 2);
    assert_eq!(facts(&house, id(&path), "PieceApproved").await, 1);
});

story!(what_may_be_out_is_looked_up_and_never_sent_again, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh của sở", &bot, &[("per_minute", "600")]).await;
    let first = piece(&house, &cast.author, "Tin đầu", &[account], &[]).await;
    approved(&house, &cast, &first).await;
    after(&house, 1).await;
    is_in(&house, account, State::Confirmed).await;
    let moods = [Mood::TakesAndDrops, Mood::TakesAndFails, Mood::TakesAndBabbles];
    for (number, mood) in moods.into_iter().cycle().take(12).enumerate() {
        bot.next(&[mood]);
        let path = piece(&house, &cast.author, &format!("Tin {number}"), &[account], &[]).await;
        approved(&house, &cast, &path).await;
        after(&house, 1).await;
        is_in(&house, account, State::Unknown).await;
        after(&house, 5).await;
        assert_eq!(bot.written(), number + 2, "asked, not sent");
        after(&house, 15).await;
        let row = of(&house, account).await;
        assert_eq!((row.state, row.address.as_str()), (State::Confirmed, &*format!("https://t.me/kenhthu/{}", number + 2)));
    }
    let messages = bot.messages();
    let unique: std::collections::BTreeSet<&String> = messages.iter().collect();
    assert_eq!((messages.len(), unique.len()), (13, 13), "nobody twice, nobody lost");
});

story!(a_node_that_dies_while_it_sends_leaves_an_unknown, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    // Nowhere to look it up, so only a person can say.
    let account = connected(&cast, "Kênh của sở", &bot, &[("lookup_chat", "")]).await;
    let path = piece(&house, &cast.author, "Tin đứt gánh", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    // Between the journal's word and the answer: `sending` is on disk, and nothing else is known.
    let now = house.app.clock.now();
    let row = of(&house, account).await;
    let left = delivery::ActiveModel {
        id: sea_orm::ActiveValue::Set(row.id),
        state: sea_orm::ActiveValue::Set(State::Sending),
        sent_at: sea_orm::ActiveValue::Set(Some(now)),
        leased_until: sea_orm::ActiveValue::Set(Some(now + TimeDelta::seconds(60))),
        version: sea_orm::ActiveValue::Set(row.version + 1),
        ..Default::default()
    };
    delivery::Entity::update(left).exec(&house.app.db).await.expect("left so");
    after(&house, 30).await;
    is_in(&house, account, State::Sending).await;
    after(&house, 31).await;
    is_in(&house, account, State::Unknown).await;
    for _ in 0..30 {
        after(&house, 3_600).await;
    }
    assert_eq!(bot.written(), 0, "never by itself, however long it takes");
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why, row.run_at), (State::Unknown, Why::Silent, None));
    assert_eq!(facts(&house, id(&path), "DeliveryUnknown").await, 1);
    let cast = anew(&house, &cast).await;
    // A person saw that it is not there. What was before stays to be read.
    decide(&house, &cast.author, &row, "sending", &[]).await.expect(422).says("Hãy ghi lý do");
    decide(&house, &cast.author, &row, "sending", &[("why", "Không thấy trên kênh")]).await.expect(303);
    after(&house, 1).await;
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(bot.messages().len(), 1);
    let steps = Step::of(&house.app.db, &[row.id]).await.expect("steps");
    assert!(steps.iter().any(|step| step.why == Why::Interrupted), "{steps:?}");
    assert!(steps.iter().any(|step| step.reason.as_deref() == Some("Không thấy trên kênh")), "{steps:?}");
});

story!(a_node_that_dies_before_it_sends_loses_nothing, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh của sở", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    // Taken by a node that died before it said anything to the journal; the account's lock is with the dead, too.
    let until = Some(house.app.clock.now() + TimeDelta::seconds(60));
    let row = of(&house, account).await;
    let leased = delivery::ActiveModel {
        id: sea_orm::ActiveValue::Set(row.id),
        leased_until: sea_orm::ActiveValue::Set(until),
        ..Default::default()
    };
    delivery::Entity::update(leased).exec(&house.app.db).await.expect("leased");
    let busy = account::ActiveModel {
        id: sea_orm::ActiveValue::Set(account),
        busy_until: sea_orm::ActiveValue::Set(until),
        ..Default::default()
    };
    account::Entity::update(busy).exec(&house.app.db).await.expect("busy");
    after(&house, 30).await;
    assert!(bot.messages().is_empty(), "it is another's");
    after(&house, 31).await;
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(bot.messages().len(), 1);
});

/// The form of the account with one secret typed.
async fn typed(house: &House, cast: &Cast<'_>, account: Uuid, (bot, secret): (&Bot, (&str, &str))) {
    let (id, version) = (account.to_string(), the_account(house, account).await.version.to_string());
    let api = ("api", bot.address.as_str());
    let fields = [("id", id.as_str()), ("version", &version), ("name", "Kênh cũ"), ("chat", "@kenhthu"), secret, api];
    cast.administrator.post(&Account::path(account), &fields).await.expect(303);
}

story!(a_revoked_token_holds_what_waits_and_tells_its_keeper, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (dying, living) = (Bot::open().await, Bot::open().await);
    let dead = connected(&cast, "Kênh cũ", &dying, &[]).await;
    let other = connected(&cast, "Kênh khác", &living, &[]).await;
    dying.revoke("2:moi");
    let path = piece(&house, &cast.author, "Tin một", &[dead, other], &[]).await;
    approved(&house, &cast, &path).await;
    let later = piece(&house, &cast.author, "Tin hai", &[dead], &[("due", "2026-03-02T15:00")]).await;
    approved(&house, &cast, &later).await;
    after(&house, 1).await;
    is_in(&house, other, State::Confirmed).await;
    assert_eq!(the_account(&house, dead).await.state, account::State::Dead);
    for path in [&path, &later] {
        let row = deliveries(&house, path).await.into_iter().find(|row| row.account == dead).expect("a row");
        assert_eq!((row.state, row.why), (State::Held, Why::AccountDead), "held, not failed");
    }
    assert_eq!(heard(&house, &cast.administrator, "notice-channel-dead").await, 1);
    assert_eq!(facts(&house, dead, "ChannelAccountDead").await, 1);
    cast.administrator.get("/desk").await.expect(200).says("1 kênh mất kết nối");
    let page = cast.administrator.get(&Account::path(dead)).await.expect(200);
    page.says("Nền tảng không nhận tài khoản này nữa").says_not("bi-mat");
    after(&house, 60).await;
    assert_eq!(the(&house, of(&house, dead).await.id).await.attempts, 0, "nobody knocks at a closed door");
    // The word of the webhook alone opens no door.
    typed(&house, &cast, dead, (&dying, ("webhook_word", "mot-chu"))).await;
    let account = the_account(&house, dead).await;
    assert_eq!(account.state, account::State::Dead);
    assert_eq!(account.secrets(&house.app).expect("secrets").get("token").map(String::as_str), Some(super::bot::TOKEN));
    is_in(&house, dead, State::Held).await;
    // A new token: what waits goes on, the second one at its time.
    typed(&house, &cast, dead, (&dying, ("token", "2:moi"))).await;
    after(&house, 1).await;
    assert_eq!(dying.messages(), ["Lời của Tin một"]);
    after(&house, 3_600).await;
    assert_eq!(dying.messages().len(), 2);
});
