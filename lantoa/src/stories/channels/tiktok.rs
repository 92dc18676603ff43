//! A film of the library on TikTok: once, and final. Scenario C-1: eleven pictures, films that do not fit.

use doubles::Trick;
use doubles::service::Serving;
use doubles::tiktok::TikTok;

use super::films::film;
use super::youtube::{brought, filled};
use super::*;
use crate::story;

async fn tiktok(cast: &Cast<'_>, at: &Serving<TikTok>, more: &[(&str, &str)]) -> Uuid {
    let id = new_id();
    let (text, api) = (id.to_string(), at.base());
    let mut fields = vec![
        ("id", text.as_str()),
        ("platform", "tiktok"),
        ("name", "TikTok của sở"),
        ("client_key", "awx"),
        ("client_secret", "bi-mat-ung-dung"),
        ("refresh_token", "refresh-of-the-test"),
        ("username", "tinh-mau"),
        ("privacy", "everyone"),
        ("audited", "yes"),
        ("comments", "yes"),
        ("api", &api),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    id
}

story!(a_film_on_tiktok_is_asked_for_until_it_is_there_and_stays, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = Serving::start(TikTok::new("het-han"), 0).await.expect("a port");
    let account = tiktok(&cast, &at, &[]).await;
    let upright = brought(&cast.author, "dung.mp4", &film(60_000, 30_000, (1_080, 1_920), false)).await;
    let (tiny, long) = (film(60_000, 30_000, (320, 240), false), film(60_000, 700_000, (1_080, 1_920), false));
    let tiny = brought(&cast.author, "be.mp4", &tiny).await;
    let long = brought(&cast.author, "dai.mp4", &long).await;
    let path = piece(&house, &cast.author, "Phim đứng", &[account], &[]).await;
    for (media, words) in [
        (vec![], "Kênh này cần một hình"),
        (vec![tiny], "Hình thứ 1 không hợp khung"),
        (vec![long], "quá dài, kênh nhận nhiều nhất 600 giây"),
        (vec![upright, tiny], "kênh nhận nhiều nhất 1"),
    ] {
        filled(&house, &cast.author, &path, ("", "Lời TikTok"), &media).await.expect(303);
        cast.author.get(&path).await.expect(200).says(words);
    }
    filled(&house, &cast.author, &path, ("", "Lời TikTok"), &[upright]).await.expect(303);
    let page = cast.author.get(&path).await.expect(200);
    page.says("chỉ sửa hoặc gỡ được trong ứng dụng TikTok").says("data-platform=\"tiktok\"").says_not("Kênh này cần");
    {
        let mut double = at.double();
        double.asked_until_complete = 1;
        // The last part arrives, and the platform fails.
        double.tricks.0.extend([None, Some(Trick::BrokenDone)]);
    }
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    is_in(&house, account, State::Unknown).await;
    for _ in 0..6 {
        after(&house, 200).await;
    }
    let row = of(&house, account).await;
    assert_eq!((row.state, at.double().posts.len()), (State::Confirmed, 1), "{row:?}");
    assert!(row.address.starts_with("https://www.tiktok.com/@tinh-mau/video/"), "{row:?}");
    // The refresh token was replaced by the renewal, and the new one is kept.
    let kept = the_account(&house, account).await.secrets(&house.app).expect("secrets");
    {
        // Locked once: a second `double()` in the same statement would wait for the first for ever.
        let double = at.double();
        assert_eq!((&kept["access_token"], &kept["refresh_token"]), (&double.access_token, &double.refresh_token));
    }
    // Nobody takes it back from here; that it was taken away over there can be said.
    let page = cast.approver.get(&format!("{path}/variants/{}", row.id)).await.expect(200);
    page.says("không cho sửa hay gỡ từ bên ngoài").says_not("acts/retraction");
    decide(&house, &cast.approver, &row, "removed", &[("why", "Gỡ trong ứng dụng")]).await.expect(303);
    is_in(&house, account, State::Retracted).await;
});

story!(a_client_nobody_audited_posts_to_its_owner, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = Serving::start(TikTok::new("het-han"), 0).await.expect("a port");
    at.double().unaudited = true;
    let account = tiktok(&cast, &at, &[("audited", "no")]).await;
    let upright = brought(&cast.author, "dung.mp4", &film(60_000, 30_000, (1_080, 1_920), true)).await;
    let path = piece(&house, &cast.author, "Phim", &[account], &[]).await;
    filled(&house, &cast.author, &path, ("", "Lời"), &[upright]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("TikTok chưa duyệt ứng dụng");
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    after(&house, 16).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.address.as_str()), (State::Confirmed, ""), "{row:?}");
    assert_eq!(at.double().posts[0].info["privacy_level"], "SELF_ONLY");
    let checked = cast.administrator.post(&format!("/desk/channels/accounts/{account}/check"), &[]).await.expect(200);
    checked.says("@tinh-mau");
});

story!(eleven_pictures_and_a_film_too_large_are_said_before_anything_is_sent, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Nhiều hình", &[account], &[]).await;
    let mut pictures = Vec::new();
    for number in 0..11 {
        let bytes = crate::stories::library::files::jpeg(64, 48, number);
        pictures.push(brought(&cast.author, &format!("hinh-{number}.jpg"), &bytes).await);
    }
    crate::library::rendering::keep_up(&house.app).await.expect("pictures");
    crate::library::rendering::keep_up(&house.app).await.expect("pictures");
    filled(&house, &cast.author, &path, ("", "Lời"), &pictures).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Có 11 hình, kênh nhận nhiều nhất 10");
    // Larger than Telegram takes, though nobody reads its bytes to look.
    let large = brought(&cast.author, "lon.mp4", &film(53_000_000, 61_000, (1_920, 1_080), false)).await;
    filled(&house, &cast.author, &path, ("", "Lời"), &[large]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("quá lớn, kênh nhận nhiều nhất 52 MB");
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says("quá lớn");
    assert_eq!(bot.written(), 0);
});
