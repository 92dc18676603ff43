//! Scenario C-2: a hundred runs of platforms that take a message and say nothing, break off or refuse, and one that answers three hours
//! later. Nobody gets anything twice; what nobody knows is looked up, and is a person's where that tells nothing.
//!
//! The same of each platform's protocol alone: `crates/platforms/tests`.

use std::collections::HashMap;

use doubles::Trick;

use super::bot::Mood;
use super::platforms::{Others, filled, picture};
use super::*;
use crate::story;

const RUNS: usize = 100;
/// What one account may be asked at one moment: one thing a turn.
const TURNS_MAX: usize = 120;
const MOODS: [Mood; 6] =
    [Mood::TakesAndDrops, Mood::TakesAndFails, Mood::TakesAndBabbles, Mood::Drops, Mood::Busy(30), Mood::Refuses];
const TRICKS: [Trick; 5] =
    [Trick::DropDone, Trick::BrokenDone, Trick::GarbledDone, Trick::DropUndone, Trick::TooMany { retry_after_s: 30 }];

/// Numbers that look random and are the same every time (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// How the next call that publishes fares on each, and now and then the question what became of it.
fn trouble(bot: &Bot, others: &Others, dice: &mut Dice) {
    if let Some(mood) = MOODS.get(dice.throw(MOODS.len() + 1)) {
        bot.next(&[*mood]);
    }
    if let Some(trick) = TRICKS.get(dice.throw(TRICKS.len() + 1)) {
        others.page.play("/feed", *trick);
    }
    if dice.throw(3) == 0 {
        others.page.play("published_posts", Trick::BrokenUndone);
    }
}

/// Time passes, and everything that is due by then is done, one thing after the other.
async fn pass(house: &House, seconds: i64) {
    house.app.clock.advance(TimeDelta::seconds(seconds));
    for _ in 0..TURNS_MAX {
        if sending::look(&house.app, &HashMap::new()).await.expect("a look").is_empty() {
            return;
        }
        sending::turn(&house.app).await.expect("a turn");
    }
}

story!(a_hundred_runs_of_misbehaving_platforms_post_nothing_twice, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (bot, others) = (Bot::open().await, Others::open().await);
    let channel = connected(&cast, "Kênh", &bot, &[("per_minute", "600")]).await;
    let (page, _) = others.connected(&cast).await;
    let (mut dice, mut unknown) = (Dice(0x00c2_2026), 0);
    for run in 0..RUNS {
        let path = piece(&house, &cast.author, &format!("Lần {run}"), &[channel, page], &[]).await;
        approved(&house, &cast, &path).await;
        // The first one goes well: Telegram is looked up from a copy that is known.
        if run > 0 {
            trouble(&bot, &others, &mut dice);
        }
        pass(&house, 1).await;
        unknown += deliveries(&house, &path).await.iter().filter(|row| row.state == State::Unknown).count();
        for seconds in [20, 40, 70] {
            pass(&house, seconds).await;
        }
        others.page.behave();
    }
    assert!(unknown > RUNS / 2, "too tame: {unknown} unknown");
    // More than a day of questions; then what is still unknown is a person's.
    for _ in 0..20 {
        pass(&house, 7_200).await;
    }
    let left = accounted(&house, channel, &bot, &others).await;
    let cast = anew(&house, &cast).await;
    decide(&house, &cast.author, &left, "sending", &[]).await.expect(422).says("Hãy ghi lý do");
    decide(&house, &cast.author, &left, "not-there", &[("why", "Đã xem, không có")]).await.expect(303);
    assert_eq!(the(&house, left.id).await.state, State::Failed);
});

/// Every delivery is out once, certainly not out, or waits for a person; one of those that wait.
async fn accounted(house: &House, channel: Uuid, bot: &Bot, others: &Others) -> Delivery {
    let rows = delivery::Entity::find().order_by_asc(delivery::Column::Id).all(&house.app.db).await.expect("deliveries");
    assert_eq!(rows.len(), 2 * RUNS);
    let messages = bot.messages();
    let (mut out, mut left) = (0, None);
    for row in rows {
        let there = if row.account == channel {
            messages.iter().filter(|text| **text == row.text).count()
        } else {
            others.page.platform().count(&row.text)
        };
        match row.state {
            State::Confirmed => assert_eq!(there, 1, "{row:?}"),
            State::Failed => assert_eq!(there, 0, "{row:?}"),
            State::Unknown => assert!(there <= 1 && row.run_at.is_none(), "{there}: {row:?}"),
            _ => panic!("neither settled nor a person's: {row:?}"),
        }
        out += usize::from(row.state == State::Confirmed);
        left = left.or_else(|| (row.state == State::Unknown && there == 0).then_some(row));
    }
    assert!(out > RUNS, "{out} of {} are known to be out", 2 * RUNS);
    left.expect("one that was cut before it was taken")
}

story!(what_is_answered_three_hours_later_is_waited_for_and_made_once, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let others = Others::open().await;
    let (_, official) = others.connected(&cast).await;
    let picture = picture(&house, &cast.author).await;
    // The first is taken and worked on; of the second nobody knows whether it was taken.
    for (number, (trick, waits)) in [(None, State::Accepted), (Some(Trick::BrokenDone), State::Unknown)].into_iter().enumerate() {
        let cast = anew(&house, &cast).await;
        let title = format!("Tin {number}");
        others.official.platform().take_time(7);
        if let Some(trick) = trick {
            others.official.play("/article/create", trick);
        }
        let path = piece(&house, &cast.author, &title, &[official], &[]).await;
        filled(&house, &cast.author, &path, (&title, "Lễ hội sen mở lúc 16 giờ"), picture).await;
        approved(&house, &cast, &path).await;
        after(&house, 1).await;
        // Seven questions in three hours, ever less often; each finds nothing, and none is taken for a no.
        for _ in 0..12 {
            is_in(&house, official, waits).await;
            after(&house, 900).await;
        }
        is_in(&house, official, waits).await;
        for _ in 0..9 {
            after(&house, 900).await;
        }
        is_in(&house, official, State::Confirmed).await;
        assert_eq!(others.official.platform().count(&title), 1, "made once");
    }
});
