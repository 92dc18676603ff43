//! A film of the library on YouTube: in parts, taken up where it was cut, once. Scenario C-1: an upright film is said to become a Short.

use doubles::Trick;
use doubles::service::Serving;
use doubles::youtube::YouTube;

use super::films::film;
use super::*;
use crate::channels::delivery::Why;
use crate::stories::library::{bring, describe};
use crate::story;

/// A channel that runs until it is dropped, and whose first access token is over.
async fn channel() -> Serving<YouTube> {
    Serving::start(YouTube::new("het-han"), 0).await.expect("a port")
}

async fn youtube(cast: &Cast<'_>, at: &Serving<YouTube>, more: &[(&str, &str)]) -> Uuid {
    let id = new_id();
    let (text, api) = (id.to_string(), at.base());
    let mut fields = vec![
        ("id", text.as_str()),
        ("platform", "youtube"),
        ("name", "Kênh phim"),
        ("client_id", "77.apps"),
        ("client_secret", "bi-mat-ung-dung"),
        ("refresh_token", "refresh-of-the-test"),
        ("privacy", "public"),
        ("audited", "yes"),
        ("category", "25"),
        ("tags", "chuyển đổi số, lễ hội sen"),
        ("uploads_per_day", "100"),
        ("units_per_day", "10000"),
        ("per_minute", "60"),
        ("api", &api),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    id
}

/// A film of the agency's library that may be used.
pub async fn brought(who: &Visitor<'_>, name: &str, bytes: &[u8]) -> Uuid {
    let path = bring(who, name, bytes).await;
    describe(who, &path, "1", &[]).await.expect(303);
    id(&path)
}

/// Title, words and film of every variant.
pub async fn filled(house: &House, who: &Visitor<'_>, path: &str, (title, text): (&str, &str), media: &[Uuid]) -> Answer {
    let mut last = None;
    let ids: Vec<String> = media.iter().map(Uuid::to_string).collect();
    for row in deliveries(house, path).await {
        let version = row.version.to_string();
        let mut fields = vec![("version", version.as_str()), ("title", title), ("text", text), ("link", "")];
        fields.extend(ids.iter().map(|id| ("media", id.as_str())));
        last = Some(who.post(&format!("/desk/channels/pieces/{}/variants/{}", row.piece, row.id), &fields).await);
    }
    last.expect("a variant")
}

story!(a_film_goes_up_in_parts_and_is_taken_up_where_it_was_cut, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = channel().await;
    let account = youtube(&cast, &at, &[]).await;
    // Nine million bytes: two parts.
    let lying = brought(&cast.author, "le-hoi.mp4", &film(9_000_000, 61_000, (1_920, 1_080), false)).await;
    let path = piece(&house, &cast.author, "Phim lễ hội", &[account], &[]).await;
    cast.author.get(&path).await.expect(200).says("Kênh này cần một phim").says("Kênh này cần tiêu đề");
    let row = of(&house, account).await;
    let form = cast.author.get(&format!("{path}/variants/{}", row.id)).await.expect(200);
    form.says("Phim · ").says(&lying.to_string());
    filled(&house, &cast.author, &path, ("Lễ hội <sen>", "Mời xem"), &[lying]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Kênh không nhận ký tự");
    filled(&house, &cast.author, &path, ("Lễ hội sen", "Mời xem phim"), &[lying]).await.expect(303);
    let page = cast.author.get(&path).await.expect(200);
    page.says("<video controls").says("data-platform=\"youtube\"").says_not("Kênh này cần").says_not("Shorts");
    {
        let mut double = at.double();
        double.asked_until_processed = 1;
        // The session opens; the first part arrives and its answer does not; the question is answered; the last part arrives and
        // the platform fails.
        double.tricks.0.extend([None, Some(Trick::DropDone), None, Some(Trick::BrokenDone)]);
    }
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.handle.as_str()), (State::Accepted, "video000001"), "{row:?}");
    after(&house, 16).await;
    is_in(&house, account, State::Accepted).await;
    after(&house, 40).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.address.as_str()), (State::Confirmed, "https://www.youtube.com/watch?v=video000001"));
    let kept = the_account(&house, account).await;
    assert!(!kept.secrets.contains("refresh") && !kept.settings.contains("bi-mat"));
    {
        let double = at.double();
        assert_eq!((double.videos.len(), double.videos[0].bytes.len()), (1, 9_000_000), "whole, and once");
        assert_eq!(double.videos[0].snippet["tags"][1], "lễ hội sen");
        assert_eq!(double.videos[0].privacy, "public");
    }
    // What is out is edited and taken back as everywhere.
    decide(&house, &cast.approver, &row, "edit", &[("title", "Lễ hội sen"), ("text", "Lời mới"), ("why", "Sai giờ")])
        .await
        .expect(303);
    after(&house, 1).await;
    assert_eq!(at.double().videos[0].snippet["description"], "Lời mới");
    decide(&house, &cast.approver, &row, "retraction", &[("why", "Nhầm phim")]).await.expect(303);
    after(&house, 1).await;
    is_in(&house, account, State::Retracted).await;
    assert!(at.double().videos.is_empty());
    let page = cast.administrator.get(&Account::path(account)).await.expect(200);
    page.says("Hạn mức đã dùng").says("1 / 100").says_not("bi-mat");
});

story!(what_became_of_an_upload_that_said_nothing_is_asked_and_never_sent_again, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = channel().await;
    let account = youtube(&cast, &at, &[]).await;
    let small = brought(&cast.author, "ngan.mp4", &film(40_000, 9_000, (1_080, 1_920), false)).await;
    let path = piece(&house, &cast.author, "Phim đứng", &[account], &[]).await;
    filled(&house, &cast.author, &path, ("Phim đứng", "Lời"), &[small]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("YouTube cho hiện thành Shorts");
    // The one part arrives, and from then on nothing is said: neither to it nor to the questions after it.
    at.double().tricks.0.extend([None, Some(Trick::BrokenDone)].into_iter().chain([Some(Trick::DropUndone); 6]));
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why), (State::Unknown, Why::Cut), "{row:?}");
    assert!(row.handle.starts_with("http"), "the session is known: {row:?}");
    at.double().tricks.0.clear();
    after(&house, 16).await;
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(at.double().videos.len(), 1);
    // A session that opens and dies before its last byte made nothing: it goes again by itself.
    let second = piece(&house, &cast.author, "Phim hai", &[account], &[]).await;
    filled(&house, &cast.author, &second, ("Phim hai", "Lời"), &[small]).await.expect(303);
    at.double().tricks.0.push_back(Some(Trick::BrokenUndone));
    approved(&house, &cast, &second).await;
    after(&house, 1).await;
    is_in(&house, account, State::Queued).await;
    after(&house, 31).await;
    is_in(&house, account, State::Accepted).await;
    after(&house, 16).await;
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(at.double().videos.len(), 2);
});

story!(a_project_nobody_audited_publishes_to_its_owner_and_says_so, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = channel().await;
    at.double().unaudited = true;
    let account = youtube(&cast, &at, &[("audited", "no")]).await;
    let small = brought(&cast.author, "ngan.mp4", &film(40_000, 9_000, (1_920, 1_080), false)).await;
    let path = piece(&house, &cast.author, "Phim", &[account], &[]).await;
    filled(&house, &cast.author, &path, ("Phim", "Lời"), &[small]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Google chưa duyệt dự án");
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    after(&house, 16).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.address.as_str(), row.external_id.as_str()), (State::Confirmed, "", "video000001"), "{row:?}");
    // Who says that it was audited, and it was not, is told so.
    let wrong = youtube(&cast, &at, &[("name", "Kênh khác")]).await;
    let second = piece(&house, &cast.author, "Phim hai", &[wrong], &[]).await;
    filled(&house, &cast.author, &second, ("Phim hai", "Lời"), &[small]).await.expect(303);
    approved(&house, &cast, &second).await;
    after(&house, 1).await;
    after(&house, 16).await;
    let row = of(&house, wrong).await;
    assert_eq!((row.state, row.why), (State::Failed, Why::Permission), "{row:?}");
});

story!(the_quota_of_a_day_is_kept, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = channel().await;
    let text = new_id().to_string();
    let bad =
        [("id", text.as_str()), ("platform", "youtube"), ("name", "A"), ("uploads_per_day", "không"), ("privacy", "ai-cũng")];
    let refused = cast.administrator.post("/desk/channels/accounts", &bad).await.expect(422);
    refused.says("Điền một số từ 1 đến").says("Chọn một trong các mục có sẵn").says("Hãy điền ô này");
    let form = cast.administrator.get("/desk/channels/accounts/new?platform=youtube").await.expect(200);
    form.says("Google đã duyệt dự án chưa?").says("value=\"10000\"").says("Mã thể loại");
    let account = youtube(&cast, &at, &[("uploads_per_day", "1")]).await;
    let small = brought(&cast.author, "ngan.mp4", &film(40_000, 9_000, (1_920, 1_080), false)).await;
    for title in ["Một", "Hai"] {
        let path = piece(&house, &cast.author, title, &[account], &[]).await;
        filled(&house, &cast.author, &path, (title, "Lời"), &[small]).await.expect(303);
        approved(&house, &cast, &path).await;
        after(&house, 5).await;
    }
    after(&house, 20).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why), (State::Queued, Why::Quota), "{row:?}");
    // 14:00 in Vietnam; Google's day begins at 15:00.
    assert_eq!(row.run_at.map(|at| at.to_rfc3339()), Some("2026-03-02T08:00:00+00:00".into()));
    assert_eq!(at.double().videos.len(), 1);
    after(&house, 3_600).await;
    after(&house, 1).await;
    assert_eq!(at.double().videos.len(), 2);
});

story!(the_connection_is_tried_without_posting, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (at, bot) = (channel().await, Bot::open().await);
    let account = youtube(&cast, &at, &[]).await;
    let check = |id: Uuid| format!("/desk/channels/accounts/{id}/check");
    cast.administrator.post(&check(account), &[]).await.expect(200).says("Nền tảng nhận tài khoản này: Kênh của tỉnh");
    cast.author.post(&check(account), &[]).await.expect(403);
    cast.stranger.post(&check(account), &[]).await.expect(404);
    at.double().refresh_token = "khác".into();
    house.app.clock.advance(TimeDelta::hours(2));
    let cast = anew(&house, &cast).await;
    let page = cast.administrator.post(&check(account), &[]).await.expect(200);
    page.says("Khóa hết hạn hoặc bị thu hồi").says("invalid_grant").says_not("refresh-of-the-test");
    let telegram = connected(&cast, "Kênh", &bot, &[]).await;
    cast.administrator.post(&check(telegram), &[]).await.expect(200).says("@the_double_bot");
    assert!(the_account(&house, telegram).await.busy_until.is_none(), "the lock is given back");
    assert!(at.double().videos.is_empty());
});
