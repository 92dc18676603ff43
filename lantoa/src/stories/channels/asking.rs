//! What is known of an account before its hour (scenario C-1: a revoked token), and the pace that all accounts of a platform share.

use super::*;
use crate::channels::account::asking;
use crate::story;

async fn asked(house: &House) {
    (asking::chore().work)(&house.app).await.expect("the chore");
}

story!(a_token_that_is_over_is_known_before_the_hour, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await, Bot::open().await];
    let over = connected(&cast, "Hết hạn", &bots[0], &[]).await;
    let good = connected(&cast, "Còn dùng", &bots[1], &[]).await;
    let idle = connected(&cast, "Không có tin", &bots[2], &[]).await;
    let due = [("due", "2026-03-02T20:00")];
    let path = piece(&house, &cast.author, "Tin hẹn giờ", &[over, good], &due).await;
    asked(&house).await;
    assert_eq!(the_account(&house, good).await.asked_at, None, "a draft goes nowhere");
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    asked(&house).await;
    let first = the_account(&house, good).await.asked_at;
    assert!(first.is_some());
    assert_eq!(the_account(&house, over).await.state, account::State::Active);
    act(&house, &cast.approver, &path, "approval", "").await.expect(303);
    bots[0].revoke("2:khac");
    bots[2].revoke("2:khac");
    // Lately asked: not again; some hours later: yes, still before the minute.
    house.app.clock.advance(TimeDelta::minutes(30));
    asked(&house).await;
    assert_eq!(the_account(&house, good).await.asked_at, first);
    house.app.clock.advance(TimeDelta::minutes(211));
    asked(&house).await;
    assert!(the_account(&house, good).await.asked_at > first);
    assert_eq!(the_account(&house, good).await.state, account::State::Active);
    assert_eq!(the_account(&house, over).await.state, account::State::Dead);
    assert_eq!(of(&house, over).await.state, State::Held);
    is_in(&house, good, State::Queued).await;
    let idle = the_account(&house, idle).await;
    assert_eq!((idle.state, idle.asked_at), (account::State::Active, None), "nothing is to go out by it");
    assert_eq!(heard(&house, &cast.administrator, "notice-channel-dead").await, 1);
    assert_eq!(bots.each_ref().map(Bot::written), [0, 0, 0], "the question publishes nothing");
});

story!(all_accounts_of_a_platform_share_its_pace, |house| {
    // Two at once, then one in five seconds.
    let house = open(house).configured(|config| config.channels_per_minute = 12);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await, Bot::open().await];
    let mut accounts = Vec::new();
    for bot in &bots {
        accounts.push(connected(&cast, &bot.address, bot, &[]).await);
    }
    let path = piece(&house, &cast.author, "Tin", &accounts, &[]).await;
    approved(&house, &cast, &path).await;
    let out = || bots.iter().map(Bot::written).sum::<usize>();
    after(&house, 1).await;
    after(&house, 1).await;
    assert_eq!(out(), 2);
    after(&house, 4).await;
    assert_eq!(out(), 3);
    for account in accounts {
        is_in(&house, account, State::Confirmed).await;
    }
});
