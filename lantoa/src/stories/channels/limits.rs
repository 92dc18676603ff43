//! Scenario C-1, what does not fit: a text is counted in each platform's own units, an upright film is not taken everywhere; what is wrong
//! with one channel is said of that one, before anything goes. Eleven pictures: `tiktok.rs`; what becomes a Short: `youtube.rs`.

use super::films::film;
use super::platforms::{Others, filled, picture};
use super::youtube::brought;
use super::*;
use crate::story;

/// What the account gets of a piece.
async fn variant(house: &House, path: &str, account: Uuid) -> Delivery {
    deliveries(house, path).await.into_iter().find(|row| row.account == account).expect("a variant")
}

story!(a_text_is_counted_as_each_platform_counts_it, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    // A letter with its marks typed apart, and a flower: two letters; three units of UTF-16; seven bytes.
    let typed = [("text", "e\u{323}\u{302}🌸")];
    for (platform, counted) in [("telegram", 3), ("facebook", 2), ("zalo", 2), ("tiktok", 3), ("youtube", 7)] {
        let path = format!("/desk/channels/count?platform={platform}");
        cast.author.post(&path, &typed).await.expect(200).says(&format!("<span>{counted} / "));
    }
    let (bot, others) = (Bot::open().await, Others::open().await);
    let channel = connected(&cast, "Kênh", &bot, &[]).await;
    let (page, _) = others.connected(&cast).await;
    let path = piece(&house, &cast.author, "Dài", &[channel, page], &[]).await;
    // Too long for Telegram, which counts each flower twice, and short for a page.
    let flowers = "🌸".repeat(2_049);
    for account in [channel, page] {
        written(&cast.author, &variant(&house, &path, account).await, &flowers).await.expect(303);
    }
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says("Hãy rút gọn");
    act(&house, &cast.author, &path, "recall", "").await.expect(303);
    // As many letters as there is room for, their marks typed apart: they are sent composed.
    let full = "e\u{323}\u{302}".repeat(4_096);
    written(&cast.author, &variant(&house, &path, channel).await, &full).await.expect(303);
    cast.author.get(&path).await.expect(200).says_not("Hãy rút gọn");
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    for account in [channel, page] {
        is_in(&house, account, State::Confirmed).await;
    }
    assert_eq!(bot.messages(), ["ệ".repeat(4_096)]);
    assert_eq!(others.page.platform().count(&flowers), 1);
});

story!(an_upright_film_is_refused_where_none_is_taken_before_anything_goes, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (bot, others) = (Bot::open().await, Others::open().await);
    let channel = connected(&cast, "Kênh", &bot, &[]).await;
    let (_, official) = others.connected(&cast).await;
    let upright = brought(&cast.author, "dung.mp4", &film(60_000, 30_000, (1_080, 1_920), false)).await;
    let path = piece(&house, &cast.author, "Phim đứng", &[channel, official], &[]).await;
    filled(&house, &cast.author, &path, ("Phim đứng", "Lời phim"), upright).await;
    let words = "Kênh không nhận loại tư liệu thứ 1";
    cast.author.get(&path).await.expect(200).says(words);
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says(words);
    after(&house, 1).await;
    assert_eq!((bot.written(), others.official.platform().count("Phim đứng")), (0, 0), "nothing goes by halves");
    // That one channel gets a picture instead; the other one keeps its film.
    act(&house, &cast.author, &path, "recall", "").await.expect(303);
    let picture = picture(&house, &cast.author).await.to_string();
    let row = variant(&house, &path, official).await;
    let version = row.version.to_string();
    let fields = [("version", version.as_str()), ("title", "Phim đứng"), ("text", "Lời phim"), ("link", ""), ("media", &picture)];
    cast.author.post(&format!("{path}/variants/{}", row.id), &fields).await.expect(303);
    cast.author.get(&path).await.expect(200).says_not(words);
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    after(&house, 16).await;
    for account in [channel, official] {
        is_in(&house, account, State::Confirmed).await;
    }
    assert_eq!((bot.written(), others.official.platform().count("Phim đứng")), (1, 1));
});
