//! Scenario C-1: one article on the portal, on Facebook, Zalo and Telegram, by letter and over loudspeakers, each with words of its own.
//! Each stands for itself: the one that fails takes no other along.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{Cast as Loud, act, at, beat, device, id, plan, sound, sounds, turn};
use crate::base::copies::{Stand, copies};
use crate::channels::delivery::State as Way;
use crate::stories::channels;
use crate::stories::channels::bot::{Bot, Mood};
use crate::stories::channels::platforms::{Others, filled, picture};
use crate::stories::news;
use crate::stories::newsletters;
use crate::story;
use crate::testing::House;

const TITLE: &str = "Cầu mới thông xe";
const POST: &str = "Cầu mới thông xe từ sáng nay";

/// A piece of the article with words for each platform, approved; its page.
async fn approved(house: &House, cast: &news::Cast<'_>, article: &str, accounts: &[Uuid]) -> String {
    let picture = picture(house, &cast.author).await;
    let path = channels::piece(house, &cast.author, TITLE, accounts, &[("article", news::id(article))]).await;
    filled(house, &cast.author, &path, (TITLE, POST), picture).await;
    let telegram = channels::of(house, accounts[0]).await;
    channels::written(&cast.author, &telegram, "Xe đã qua cầu").await.expect(303);
    channels::approved(house, cast, &path).await;
    path
}

/// A bulletin of the article, approved and planned for five in the morning; its airing's page.
async fn planned(house: &House, cast: &news::Cast<'_>, article: &str, station: Uuid) -> String {
    let fields = [("article", news::id(article)), ("title", "Cầu mới")];
    let path = cast.author.post("/desk/loudspeakers/bulletins", &fields).await.expect(303).location().to_owned();
    sound(house, &cast.author, &path, &sounds::tone(6)).await.expect(303);
    act(house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(house, &cast.approver, &path, "approval", &[("listened", "on")]).await.expect(303);
    plan(&cast.author, &path, station, "05:00", &[]).await.expect(303).location().to_owned()
}

/// Where the article stands, channel by channel.
async fn stands(house: &House, article: &str) -> Vec<(&'static str, Stand)> {
    let article = news::id(article).parse().expect("an id");
    let all = copies(&house.app, article).await.expect("copies");
    let mut stands: Vec<(&'static str, Stand)> = all.iter().map(|one| (one.channel, one.stand)).collect();
    stands.sort_unstable();
    stands
}

story!(one_article_goes_by_six_channels_and_each_stands_for_itself, |house| {
    let sink = newsletters::sink().await;
    let house = channels::open(newsletters::open(house, &sink));
    let cast = news::Cast::of(&house).await;
    let loud = Loud::of(&house).await;
    let station = loud.station(&house, 1).await;
    let (bot, others) = (Bot::open().await, Others::open().await);
    let channel = channels::connected(&cast, "Kênh", &bot, &[]).await;
    let (page, official) = others.connected(&cast).await;
    let newsletter = newsletters::made(&cast, "Tin tuần", &[]).await;
    newsletters::subscribed(&cast, newsletter, &["an", "gone-1"]).await;
    house.app.clock.advance(TimeDelta::minutes(1));
    let article = cast.published(&house, TITLE).await;
    house.app.clock.advance(TimeDelta::minutes(1));
    let piece = approved(&house, &cast, &article, &[channel, page, official]).await;
    let airing = planned(&house, &cast, &article, station).await;
    // Telegram refuses its message; a letter has no mailbox to go to.
    bot.next(&[Mood::Refuses]);
    channels::after(&house, 1).await;
    channels::after(&house, 16).await;
    let issue = newsletters::sent(&house, &cast, newsletter).await;
    for (account, state) in [(channel, Way::Failed), (page, Way::Confirmed), (official, Way::Confirmed)] {
        channels::is_in(&house, account, state).await;
    }
    let letters = newsletters::tally(&house, &issue).await;
    assert_eq!((letters.sent, letters.failed, sink.to("an@example.vn")), (1, 1, 1));
    let mut wanted = [
        ("facebook", Stand::Out),
        ("loudspeaker", Stand::Waiting),
        ("newsletter", Stand::Final),
        ("telegram", Stand::Stopped),
        ("zalo", Stand::Out),
    ];
    assert_eq!(stands(&house, &article).await, wanted);
    let portal = news::at_path(&house, &article).await.public_path();
    house.visitor().get(&portal).await.expect(200).says(TITLE);
    cast.author.get(&piece).await.expect(200).says("Không gửi được").says("Đã lên").says("Xe đã qua cầu").says(POST);
    cast.author.get(&issue).await.expect(200).says("Đã gửi");
    cast.author.get(&format!("/desk/loudspeakers/airings/{}", id(&airing))).await.expect(200).says("Đã xếp lịch");
    // In the morning it is heard, and nothing is sent again.
    at(&house, "03-03T05:00:00");
    beat(&house, &[device(0)], false).await;
    turn(&house).await;
    channels::after(&house, 1).await;
    newsletters::turn(&house).await;
    wanted[1] = ("loudspeaker", Stand::Final);
    assert_eq!(stands(&house, &article).await, wanted);
    let out = (others.page.platform().count(POST), others.official.platform().count(TITLE));
    assert_eq!((out, bot.written(), sink.taken()), ((1, 1), 0, 1));
});
