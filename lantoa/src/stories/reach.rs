//! Stories of reach: a month of figures from a platform that misbehaves (scenario C-5: a figure removed, renamed, lower than before, a
//! limit), and who may look at them.

use chrono::TimeDelta;
use doubles::facebook::Facebook;
use doubles::{Double, Trick};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::base::{Role, fact, new_id, time};
use crate::channels::account;
use crate::channels::delivery::State;
use crate::reach::fetch::{self, Fetch, Outcome};
use crate::reach::reading::{self, Reading};
use crate::reach::watch::{self, Ended, Watch};
use crate::reach::{latest, own, pulling, settling};
use crate::stories::channels::{after, anew, approved, deliveries, is_in, of, open, piece, the_account, written};
use crate::stories::news::{Cast, id as news_id};
use crate::story;
use crate::testing::House;

/// A page of the doubles, connected for the cast's agency.
async fn page(cast: &Cast<'_>, number: &str, name: &str) -> (Double<Facebook>, Uuid) {
    let double = Double::start(Facebook::new(number, "ma-trang-bi-mat")).await.expect("a port");
    let account = new_id();
    let (id, api) = (account.to_string(), double.base());
    let fields = [
        ("id", id.as_str()),
        ("platform", "facebook"),
        ("name", name),
        ("page", number),
        ("token", "ma-trang-bi-mat"),
        ("api", &api),
    ];
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    (double, account)
}

/// An article that is out, on the portal and on these accounts; its id.
async fn spread(house: &House, cast: &Cast<'_>, title: &str, accounts: &[Uuid]) -> Uuid {
    let article = cast.published(house, title).await;
    let path = piece(house, &cast.author, title, accounts, &[("article", news_id(&article))]).await;
    for row in deliveries(house, &path).await {
        written(&cast.author, &row, &format!("Lời của {title}")).await.expect(303);
    }
    approved(house, cast, &path).await;
    after(house, 1).await;
    house.react().await;
    news_id(&article).parse().expect("an id")
}

/// So many hours pass; what is due is asked each hour.
async fn hours(house: &House, hours: i64) {
    for _ in 0..hours {
        house.app.clock.advance(TimeDelta::hours(1));
        while pulling::turn(&house.app).await.expect("a turn") > 0 {}
    }
}

async fn readings(house: &House, subject: Uuid, figure: &str) -> Vec<Reading> {
    let all = Reading::of(&house.app.db, subject).await.expect("readings");
    all.into_iter().filter(|row| row.figure == figure && row.channel == "facebook").collect()
}

async fn fetches(house: &House, watch: Uuid) -> Vec<Fetch> {
    Fetch::of(&house.app.db, &[watch]).await.expect("fetches")
}

async fn the_watch(house: &House, id: Uuid) -> Watch {
    watch::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a watch")
}

story!(thirty_days_of_figures_from_a_platform_that_misbehaves, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (double, account) = page(&cast, "1001", "Trang của sở").await;
    let facebook = double.platform();
    // As it was before November 2025.
    facebook.rename_metric("post_media_view", "post_impressions");
    let article = spread(&house, &cast, "Ngày hội số", &[account]).await;
    is_in(&house, account, State::Confirmed).await;
    let delivery = of(&house, account).await.id;
    // Told twice, and swept: watched once.
    watch::sweep(&house.app).await.expect("a sweep");
    assert_eq!(Watch::of(&house.app.db, article).await.expect("watches").len(), 2, "the copy, and the article itself");
    let day = time::local_date(house.app.clock.now());
    for _ in 0..40 {
        house.app.views.add(article, day);
    }
    crate::news::views::write(&house.app).await.expect("views");
    cast.author.get(&format!("/desk/reach/items/{article}")).await.expect(200).says("Chưa đọc lần nào").says("Cổng thông tin");
    a_month(&house, &double).await;
    // Hourly on the first day, every six hours in the first week, daily then; two of them were tried again.
    let asked = fetches(&house, delivery).await;
    assert!((71..=75).contains(&asked.len()), "{} questions", asked.len());
    let failed: Vec<&Fetch> = asked.iter().filter(|fetch| !fetch.outcome.is_read()).collect();
    assert_eq!(failed.iter().map(|fetch| fetch.outcome).collect::<Vec<_>>(), [Outcome::Rate, Outcome::Unavailable]);
    let next = asked.iter().find(|fetch| fetch.at > failed[0].at).expect("asked again");
    assert!(next.at - failed[0].at >= TimeDelta::hours(5), "the platform said when");
    let next = asked.iter().find(|fetch| fetch.at > failed[1].at).expect("asked again");
    assert!(next.at - failed[1].at <= TimeDelta::hours(1), "what did not answer is asked soon");
    figures_hold(&house, article, asked.len() - failed.len()).await;
    let cast = anew(&house, &cast).await;
    pages_say_it(&house, &cast, (article, delivery), failed.len()).await;
    evidence(&house, &cast, article, &asked).await;
});

/// Thirty days on a page that removes a figure, renames one, takes one back, limits and breaks off.
async fn a_month(house: &House, double: &Double<Facebook>) {
    let facebook = double.platform();
    let mut views = 100;
    for day in 0..30 {
        views += 50;
        let name = if day < 12 { "post_impressions" } else { "post_media_view" };
        match day {
            9 => facebook.remove_metric("post_clicks"),
            12 => facebook.rename_metric("post_impressions", "post_media_view"),
            16 => double.play("insights", Trick::TooMany { retry_after_s: 5 * 3_600 }),
            18 => double.play("insights", Trick::DropUndone),
            _ => {}
        }
        // One day it says less than the day before.
        facebook.set_metric(name, if day == 21 { views - 120 } else { views });
        hours(house, 24).await;
        own::read(&house.app).await.expect("own counts");
        settling::settle(&house.app).await.expect("settled");
    }
}

/// Every figure by itself: what is missing leaves the others, and is no zero.
async fn figures_hold(house: &House, article: Uuid, read: usize) {
    // One dead figure leaves the others.
    let people = readings(house, article, "people").await;
    assert_eq!(people.len(), read);
    assert!(people.iter().all(|row| row.value == Some(101) && row.definition == "graph v25.0"));
    let clicks = readings(house, article, "clicks").await;
    assert_eq!(clicks.len(), read);
    assert!(clicks.iter().any(|row| row.value == Some(102)) && clicks.last().is_some_and(|row| row.value.is_none()));
    assert!(clicks.iter().filter(|row| row.value.is_none()).all(|row| !row.says.is_empty()), "missing is not zero, and says why");
    assert!(clicks.iter().all(|row| row.value != Some(0)));
    // What was renamed goes on, and is marked once; what is lower is kept and marked.
    let shown = readings(house, article, "views").await;
    let marked: Vec<&Reading> = shown.iter().filter(|row| row.is_redefined).collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].metric, "post_media_view");
    assert_eq!(shown.first().map(|row| row.metric.as_str()), Some("post_impressions"));
    let lower: Vec<Option<i64>> = shown.iter().filter(|row| row.is_lower).map(|row| row.value).collect();
    assert_eq!(lower, [Some(100 + 22 * 50 - 120)]);
    let now = latest::Entity::find().filter(latest::Column::Figure.eq("clicks")).one(&house.app.db).await.expect("rows");
    let now = now.expect("the latest");
    assert!(now.is_stale() && now.value == Some(102), "what was known stays known: {now:?}");
}

/// The pages and files say all of it.
async fn pages_say_it(house: &House, cast: &Cast<'_>, (article, delivery): (Uuid, Uuid), failed: usize) {
    let item = cast.author.get(&format!("/desk/reach/items/{article}")).await.expect(200);
    let item = item.says("Từ 101 đến 141 người").says("Đổi cách đếm từ").says("Thấp hơn lần trước, lúc").says("Lần cuối có số");
    let item =
        item.says("chỗ trống").says("Cách tính: một người có thể gặp tin ở nhiều kênh").says("+350").says("portal-views-1");
    assert!(item.text().matches("<polyline").count() > 6, "lines break at gaps");
    let csv = cast.author.get(&format!("/desk/reach/items/{article}/csv")).await.expect(200).text();
    assert!(csv.contains(",post_clicks,graph v25.0,,"), "a gap is an empty cell: {csv}");
    assert_eq!(csv.lines().count(), 1 + Reading::of(&house.app.db, article).await.expect("rows").len() + failed);
    let json = cast.author.get(&format!("/desk/reach/items/{article}/json")).await.expect(200).text();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["range"]["low"], &json["range"]["high"]), (&serde_json::json!(101), &serde_json::json!(141)));
    let figures = json["figures"].as_array().expect("figures");
    let clicks = figures.iter().find(|one| one["figure"] == "clicks").expect("clicks");
    assert!(clicks["added_in_7_days"].is_null(), "no trend where nothing is known: {clicks}");
    let place = crate::web::address::encode("Trang của sở");
    let list = format!("/desk/reach/items/{article}/readings?watch={delivery}&place={place}&figure=views");
    cast.author.get(&list).await.expect(200).says("post_impressions").says("post_media_view").says_not("post_clicks");
}

/// Raw answers can be opened, hold no secret, and the days are sealed.
async fn evidence(house: &House, cast: &Cast<'_>, article: Uuid, asked: &[Fetch]) {
    let fetch = asked[30].id;
    let raw = cast.author.get(&format!("/desk/reach/fetches/{fetch}")).await.expect(200);
    raw.says("insights").says("SHA-256").says("Khớp với số đã chốt").says_not("ma-trang-bi-mat");
    assert!(asked.iter().all(|fetch| !fetch.raw.contains("ma-trang-bi-mat")));
    let days = fact::Entity::find().filter(fact::Column::Kind.eq("ReachSettled")).all(&house.app.db).await.expect("facts");
    let settled = settling::Entity::find().all(&house.app.db).await.expect("days");
    assert_eq!(days.len(), settled.len());
    assert!((29..=31).contains(&days.len()), "a fact for each day, not for each reading: {}", days.len());
    assert!(days.iter().all(|fact| fact.agency == Some(cast.agency.id)));
    // Whoever changes a row is found out.
    let row = reading::Entity::find().filter(reading::Column::Fetch.eq(fetch)).one(&house.app.db).await.expect("rows");
    let row = reading::ActiveModel { value: Set(Some(9_999)), ..reading::ActiveModel::from(row.expect("a reading")) };
    row.update(&house.app.db).await.expect("changed behind our back");
    cast.author.get(&format!("/desk/reach/fetches/{fetch}")).await.expect(200).says("Không khớp với số đã chốt");
    // What was said word for word is cleared after so long; the figures stay.
    let before = Reading::of(&house.app.db, article).await.expect("readings").len();
    house.app.clock.advance(TimeDelta::days(settling::RAW_DAYS));
    settling::clear(&house.app).await.expect("cleared");
    let cast = anew(house, cast).await;
    cast.author.get(&format!("/desk/reach/fetches/{fetch}")).await.expect(200).says("Đã dọn vì quá 400 ngày").says("9.999");
    assert_eq!(Reading::of(&house.app.db, article).await.expect("readings").len(), before);
}

story!(a_dead_token_blanks_nothing_and_its_keeper_is_told, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (double, account) = page(&cast, "1001", "Trang của sở").await;
    let article = spread(&house, &cast, "Ngày hội số", &[account]).await;
    let delivery = of(&house, account).await.id;
    hours(&house, 2).await;
    double.platform().revoke("khac");
    hours(&house, 3).await;
    let outcomes: Vec<Outcome> = fetches(&house, delivery).await.iter().map(|fetch| fetch.outcome).collect();
    // The shares of a post that nobody shared are not given: in part.
    assert_eq!(outcomes, [Outcome::Partial, Outcome::Partial, Outcome::Token, Outcome::Dead, Outcome::Dead]);
    assert_eq!(the_account(&house, account).await.state, account::State::Dead);
    let cast = anew(&house, &cast).await;
    let item = cast.author.get(&format!("/desk/reach/items/{article}")).await.expect(200);
    item.says("101 người").says("Kênh mất kết nối").says("Số cũ vẫn giữ");
    // It is watched to its end: half a year, and no longer.
    house.app.clock.advance(TimeDelta::days(200));
    while pulling::turn(&house.app).await.expect("a turn") > 0 {}
    let watch = the_watch(&house, delivery).await;
    assert_eq!((watch.ended, watch.next_at), (Ended::Over, None));
});

story!(what_is_to_be_sent_goes_before_what_is_to_be_read, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (double, account) = page(&cast, "1001", "Trang của sở").await;
    spread(&house, &cast, "Tin một", &[account]).await;
    let delivery = of(&house, account).await.id;
    let second = piece(&house, &cast.author, "Tin hai", &[account], &[]).await;
    house.app.clock.advance(TimeDelta::minutes(61));
    approved(&house, &cast, &second).await;
    // Something is due on the account: nothing is asked, nothing is noted.
    assert_eq!(pulling::turn(&house.app).await.expect("a turn"), 1);
    assert!(fetches(&house, delivery).await.is_empty());
    assert!(the_account(&house, account).await.busy_until.is_none(), "the lock is free for what is sent");
    after(&house, 1).await;
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(double.platform().count("Lời của Tin hai"), 1);
    house.app.clock.advance(TimeDelta::minutes(1));
    pulling::turn(&house.app).await.expect("a turn");
    assert_eq!(fetches(&house, delivery).await.len(), 1);
});

story!(figures_are_seen_by_whose_they_are, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    cast.author.get("/desk/reach").await.expect(200).says("Chưa có số liệu");
    let (_one, first) = page(&cast, "1001", "Trang một").await;
    let (two, second) = page(&cast, "1002", "Trang hai").await;
    two.platform().set_metric("post_total_media_view_unique", 900);
    let article = spread(&house, &cast, "Chợ nổi", &[first, second]).await;
    hours(&house, 1).await;
    // The largest audience of one page, and the sum of both; no view of the portal yet.
    let item = cast.author.get(&format!("/desk/reach/items/{article}")).await.expect(200);
    item.says("Từ 900 đến 1.001 người").says("Trang một").says("Trang hai");
    cast.author.get("/desk/reach").await.expect(200).says("Chợ nổi").says("1.001").says("Facebook");
    cast.author.get("/desk/reach?channel=facebook&from=2026-03-01&until=2026-03-03&q=cho+noi").await.expect(200).says("Chợ nổi");
    cast.author.get("/desk/reach?q=cho_noi").await.expect(200).says("Không có tin nào như vậy");
    cast.author.get("/desk/reach?from=2026-03-04").await.expect(200).says("Không có tin nào như vậy");
    cast.author.get("/desk/reach?from=hom-qua").await.expect(200).says("hom-qua").says("Chợ nổi");
    let csv = cast.author.get("/desk/reach/csv?channel=facebook").await.expect(200).text();
    assert!(csv.contains("Chợ nổi") && csv.contains(",900,1001,"), "{csv}");
    cast.stranger.get(&format!("/desk/reach/items/{article}")).await.expect(404);
    cast.stranger.get("/desk/reach").await.expect(200).says_not("Chợ nổi");
    cast.stranger.get(&format!("/desk/reach?agency={}", cast.agency.id)).await.expect(200).says_not("Chợ nổi");
    let fetch =
        fetch::Entity::find().order_by_asc(fetch::Column::Id).one(&house.app.db).await.expect("rows").expect("a fetch").id;
    cast.stranger.get(&format!("/desk/reach/fetches/{fetch}")).await.expect(404);
    let leader = house.someone(Role::Leader, None).await;
    leader.get(&format!("/desk/reach?agency={}", cast.agency.id)).await.expect(200).says("Chợ nổi");
    leader.get(&format!("/desk/reach/items/{article}")).await.expect(200);
    house.someone(Role::Finance, None).await.get("/desk/reach").await.expect(403);
    cast.author.get(&format!("/desk/news/{article}")).await.expect(200).says(&format!("/desk/reach/items/{article}"));
});

story!(an_account_with_many_copies_holds_no_other, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (_one, many) = page(&cast, "1001", "Trang nhiều bài").await;
    let (_other, few) = page(&cast, "1002", "Trang ít bài").await;
    spread(&house, &cast, "Tin một", &[many, few]).await;
    let (of_many, of_few) = (of(&house, many).await.id, of(&house, few).await.id);
    let watch = the_watch(&house, of_many).await;
    // Due before anything of the other account is.
    let due = |_: usize| watch::ActiveModel::from(Watch { id: new_id(), next_at: Some(watch.out_at), ..watch.clone() });
    watch::Entity::insert_many((0..450).map(due)).exec_without_returning(&house.app.db).await.expect("watches");
    house.app.clock.advance(TimeDelta::hours(2));
    assert_eq!(pulling::turn(&house.app).await.expect("a turn"), 2);
    assert_eq!(fetches(&house, of_few).await.len(), 1);
});
