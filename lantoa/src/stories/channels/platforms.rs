//! One piece on all platforms there are, against their doubles: Facebook, Telegram, Zalo (scenarios C-1 and C-2).

use doubles::facebook::Facebook;
use doubles::zalo::{App, Zalo};
use doubles::{Double, Platform, Trick};

use super::*;
use crate::channels::delivery::Errand;
use crate::library::rendering;
use crate::stories::library::{bring, describe, files};
use crate::story;

const POST: &str = "Lễ hội sen mở lúc 16 giờ";

/// A page and an Official Account that run until they are dropped.
pub struct Others {
    pub page: Double<Facebook>,
    pub official: Double<Zalo>,
}

impl Others {
    pub async fn open() -> Self {
        let app = App { app_id: "77".into(), secret_key: "khoa-ung-dung".into(), oa_secret_key: "khoa-oa".into() };
        Self {
            page: Double::start(Facebook::new("1001", "ma-trang")).await.expect("a port"),
            official: Double::start(Zalo::new(app, "het-han", "lam-moi-1")).await.expect("a port"),
        }
    }

    /// Connects both; returns their accounts.
    pub async fn connected(&self, cast: &Cast<'_>) -> (Uuid, Uuid) {
        let (page, official) = (new_id(), new_id());
        let (pages, officials) = (page.to_string(), official.to_string());
        let (facebook, zalo) = (self.page.base(), self.official.base());
        let fields = [
            ("id", pages.as_str()),
            ("platform", "facebook"),
            ("name", "Trang"),
            ("page", "1001"),
            ("token", "ma-trang"),
            ("api", &facebook),
        ];
        cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
        let fields = [
            ("id", officials.as_str()),
            ("platform", "zalo"),
            ("name", "OA"),
            ("app_id", "77"),
            ("app_secret", "khoa-ung-dung"),
            ("refresh_token", "lam-moi-1"),
            ("author", "Sở Y tế"),
            ("api", &zalo),
        ];
        cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
        (page, official)
    }
}

/// A picture of the agency's library that may be used.
pub async fn picture(house: &House, who: &Visitor<'_>) -> Uuid {
    let path = bring(who, "sen.jpg", &files::jpeg(900, 600, 7)).await;
    describe(who, &path, "1", &[]).await.expect(303);
    rendering::keep_up(&house.app).await.expect("pictures");
    id(&path)
}

/// Title, words and picture of every variant of a piece.
pub async fn filled(house: &House, who: &Visitor<'_>, path: &str, (title, text): (&str, &str), picture: Uuid) {
    for row in deliveries(house, path).await {
        let (version, picture) = (row.version.to_string(), picture.to_string());
        let fields = [("version", version.as_str()), ("title", title), ("text", text), ("link", ""), ("media", &picture)];
        who.post(&format!("/desk/channels/pieces/{}/variants/{}", row.piece, row.id), &fields).await.expect(303);
    }
}

story!(one_piece_goes_to_every_platform, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (bot, others) = (Bot::open().await, Others::open().await);
    let channel = connected(&cast, "Kênh", &bot, &[]).await;
    let (page, official) = others.connected(&cast).await;
    let path = piece(&house, &cast.author, "Lễ hội", &[channel, page, official], &[]).await;
    cast.author.get(&path).await.expect(200).says("Kênh này cần tiêu đề").says("Kênh này cần một hình");
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says("Kênh này cần một hình");
    act(&house, &cast.author, &path, "recall", "").await.expect(303);
    let picture = picture(&house, &cast.author).await;
    filled(&house, &cast.author, &path, ("Lễ hội sen", POST), picture).await;
    cast.author.get(&path).await.expect(200).says_not("Kênh này cần").says(&format!("/desk/library/{picture}/pictures/"));
    // Zalo takes its time; its access token is made from one that works once.
    others.official.platform().take_time(1);
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    is_in(&house, channel, State::Confirmed).await;
    is_in(&house, page, State::Confirmed).await;
    is_in(&house, official, State::Accepted).await;
    cast.author.get(&path).await.expect(200).says("Nền tảng đang xử lý").says("Hỏi lại nền tảng lúc");
    after(&house, 16).await;
    is_in(&house, official, State::Accepted).await;
    after(&house, 40).await;
    is_in(&house, official, State::Confirmed).await;
    assert_eq!((others.page.platform().count(POST), others.official.platform().count("Lễ hội sen")), (1, 1));
    assert_eq!(bot.messages(), [POST]);
    // The pair that counts is the one that is kept.
    let kept = the_account(&house, official).await.secrets(&house.app).expect("secrets");
    let (access, refresh) = others.official.platform().tokens();
    assert_eq!((&kept["access_token"], &kept["refresh_token"]), (&access, &refresh));
    // A day and more later it is renewed again, with the new one.
    house.app.clock.advance(TimeDelta::hours(30));
    let cast = anew(&house, &cast).await;
    let second = piece(&house, &cast.author, "Tin hai", &[official], &[]).await;
    filled(&house, &cast.author, &second, ("Tin hai", POST), picture).await;
    approved(&house, &cast, &second).await;
    after(&house, 1).await;
    assert_eq!(others.official.platform().count("Tin hai"), 1);
    assert_ne!(others.official.platform().tokens().1, refresh);
});

story!(a_platform_that_hangs_holds_its_own_accounts_alone, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (bot, others) = (Bot::open().await, Others::open().await);
    let channel = connected(&cast, "Kênh", &bot, &[]).await;
    let (page, _) = others.connected(&cast).await;
    let path = piece(&house, &cast.author, "Tin", &[channel, page], &[]).await;
    approved(&house, &cast, &path).await;
    let due = async |running: &[(&str, usize)]| -> Vec<Uuid> {
        let running = running.iter().map(|(platform, count)| ((*platform).to_owned(), *count)).collect();
        let found = sending::look(&house.app, &running).await.expect("a look");
        found.into_iter().map(|account| account.id).collect()
    };
    assert_eq!(due(&[]).await.len(), 2);
    assert_eq!(due(&[("telegram", sending::TALKS_MAX)]).await, [page], "its talks are all taken; the others go on");
    assert_eq!(due(&[("telegram", sending::TALKS_MAX - 1)]).await.len(), 2);
});

story!(what_facebook_does_not_show_is_not_said_to_be_retracted, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let others = Others::open().await;
    let (page, _) = others.connected(&cast).await;
    let path = piece(&house, &cast.author, "Tin", &[page], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    // The token lost its rights: Facebook says of everything that it does not exist.
    others.page.platform().forbid();
    decide(&house, &cast.approver, &of(&house, page).await, "retraction", &[("why", "Nhầm")]).await.expect(303);
    after(&house, 10).await;
    let row = of(&house, page).await;
    assert_eq!((row.state, row.wanted), (State::Confirmed, Errand::Retract), "it is still there, and on somebody's list");
    assert_eq!(others.page.platform().count("Lời của Tin"), 1);
    others.page.platform().allow();
    others.page.platform().delete_all();
    decide(&house, &cast.approver, &row, "retraction", &[("why", "Nhầm")]).await.expect(303);
    after(&house, 10).await;
    is_in(&house, page, State::Retracted).await;
});

story!(zalo_says_when_an_edit_is_done_and_a_refused_token_is_renewed_once, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let others = Others::open().await;
    let (_, official) = others.connected(&cast).await;
    let picture = picture(&house, &cast.author).await;
    let first = piece(&house, &cast.author, "Tin", &[official], &[]).await;
    filled(&house, &cast.author, &first, ("Tin", POST), picture).await;
    approved(&house, &cast, &first).await;
    after(&house, 1).await;
    after(&house, 16).await;
    let row = of(&house, official).await;
    assert_eq!(row.state, State::Confirmed);
    assert!(row.address.starts_with("https://officialaccount.me/"), "{row:?}");
    // It takes the edit and works on it: only then it is done.
    others.official.platform().take_time(2);
    let words = [("title", "Tin sửa"), ("text", "Lời đã sửa"), ("why", "Sai giờ")];
    decide(&house, &cast.approver, &row, "edit", &words).await.expect(303);
    after(&house, 10).await;
    let row = of(&house, official).await;
    assert_eq!((row.errand, row.edited_at), (Errand::Edit, None), "taken is not done");
    for _ in 0..4 {
        after(&house, 300).await;
    }
    let row = of(&house, official).await;
    assert_eq!((row.errand, row.edited_at.is_some()), (Errand::None, true), "{row:?}");
    others.official.platform().take_time(0);
    // The access token is refused before its end: it is renewed, and the piece goes out.
    let pair = others.official.platform().tokens();
    others.official.platform().expire();
    let second = piece(&house, &cast.author, "Tin hai", &[official], &[]).await;
    filled(&house, &cast.author, &second, ("Tin hai", POST), picture).await;
    approved(&house, &cast, &second).await;
    for _ in 0..4 {
        after(&house, 15).await;
    }
    assert_eq!(others.official.platform().count("Tin hai"), 1);
    assert_ne!(others.official.platform().tokens().1, pair.1, "renewed");
    assert_eq!(the_account(&house, official).await.state, account::State::Active);
    // What says nothing of the token kills nothing; the one that was renewed for this and is refused again is over.
    others.official.platform().expire();
    let third = piece(&house, &cast.author, "Tin ba", &[official], &[]).await;
    filled(&house, &cast.author, &third, ("Tin ba", POST), picture).await;
    approved(&house, &cast, &third).await;
    after(&house, 15).await;
    assert_eq!(the_account(&house, official).await.state, account::State::Dead);
    assert_eq!(of(&house, official).await.state, State::Held);
});

story!(a_platform_that_takes_and_says_nothing_is_never_told_twice, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let others = Others::open().await;
    let (page, official) = others.connected(&cast).await;
    let picture = picture(&house, &cast.author).await;
    for (number, trick) in [Trick::DropDone, Trick::BrokenDone, Trick::GarbledDone].into_iter().enumerate() {
        let cast = anew(&house, &cast).await;
        let title = format!("Tin {number}");
        others.page.play("/feed", trick);
        others.official.play("/article/create", trick);
        let path = piece(&house, &cast.author, &title, &[page, official], &[]).await;
        let words = format!("{POST} {number}");
        filled(&house, &cast.author, &path, (&title, &words), picture).await;
        approved(&house, &cast, &path).await;
        after(&house, 1).await;
        // Days of questions.
        for _ in 0..60 {
            after(&house, 3_600).await;
        }
        let there = (others.page.platform().count(&words), others.official.platform().count(&title));
        assert_eq!(there, (1, 1), "{trick:?}");
        for account in [page, official] {
            let state = of(&house, account).await.state;
            assert!(matches!(state, State::Confirmed | State::Unknown), "{trick:?}: {state:?}");
        }
    }
    assert!(others.page.platform().receipts().len() <= 3, "nobody twice");
});
