//! An article that is corrected or withdrawn, in letters that wait and in letters that went.

use super::*;
use crate::base::copies::{self, Stand};
use crate::base::restored;
use crate::stories::news::{act as act_on_article, id as article_id};
use crate::story;

async fn stands(house: &House, article: Uuid) -> Vec<(Stand, Option<u64>)> {
    let copies = copies::copies(&house.app, article).await.expect("copies");
    copies.into_iter().filter(|copy| copy.channel == "newsletter").map(|copy| (copy.stand, copy.recipients)).collect()
}

story!(what_waits_is_held_and_what_went_is_corrected_by_a_letter, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "binh", "gone-1", "cut-1"]).await;
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    let article_path = cast.published(&house, "Tin có lỗi").await;
    let article: Uuid = article_id(&article_path).parse().expect("an id");
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    cast.author
        .get(&format!("/desk/newsletters/corrections/new?article={article}"))
        .await
        .expect(200)
        .says("Chưa ai nhận tin này");
    let path = drafted(&house, &cast, newsletter, "").await;
    let due = "2026-03-02T23:00";
    let title = at_path(&house, &path).await.title;
    saved(&house, &cast.author, &path, &[("title", &title), ("due", due)]).await.expect(303);
    approved(&house, &cast, &path).await;
    assert_eq!(stands(&house, article).await, [(Stand::Waiting, None)]);
    // Withdrawn before its hour: it does not go.
    act_on_article(&house, &cast.approver, &article_path, "withdrawal", &[("withdrawal", "Sai số liệu")]).await.expect(303);
    house.react().await;
    assert_eq!(at_path(&house, &path).await.state, State::Held);
    cast.author.get(&path).await.expect(200).says("đã bị gỡ");
    house.app.clock.advance(chrono::TimeDelta::hours(10));
    turn(&house).await;
    assert_eq!(sink.taken(), 0);
});

story!(a_correction_goes_to_those_who_got_it, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "binh", "chi", "gone-1", "cut-1"]).await;
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    let article_path = cast.published(&house, "Tin có lỗi").await;
    let article: Uuid = article_id(&article_path).parse().expect("an id");
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    let path = sent(&house, &cast, newsletter).await;
    assert_eq!(stands(&house, article).await, [(Stand::Final, Some(5))]);
    let counts = copies::counts(&house.app, article).await.expect("counts");
    let value =
        |metric: &str| counts.iter().find(|one| one.channel == "newsletter" && one.metric == metric).and_then(|one| one.value);
    assert_eq!((value("delivered"), value("bounced"), value("unknown")), (Some(3), Some(0), Some(1)));
    // One left since, one came since: neither gets the correction.
    let chi = reader(&house, newsletter, "chi@example.vn").await;
    house.visitor().post(&format!("/ban-tin/huy/{}", link(&house, Purpose::Leave, chi.id)), &[]).await.expect(200);
    subscribed(&cast, newsletter, &["dung"]).await;
    cast.author.get(&format!("/desk/news/{article}")).await.expect(200).says("/desk/newsletters/corrections/new");
    let page = format!("/desk/newsletters/corrections/new?article={article}");
    cast.author.get(&page).await.expect(200).says("Soạn thư đính chính");
    let ids = [article.to_string(), newsletter.to_string()];
    let fields = [("article", ids[0].as_str()), ("newsletter", &ids[1]), ("words", "")];
    cast.author.post("/desk/newsletters/corrections", &fields).await.expect(422).says("Hãy viết lời đính chính");
    let fields = [fields[0], fields[1], ("words", "Số đúng là 12.")];
    let correction = cast.author.post("/desk/newsletters/corrections", &fields).await.expect(303).location().to_owned();
    approved(&house, &cast, &correction).await;
    sink.forget();
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    let corrected_at = house.app.clock.now();
    turn(&house).await;
    let to: Vec<u32> = {
        let mut to = Vec::new();
        for name in ["an", "binh", "chi", "gone-1", "cut-1", "dung"] {
            to.push(sink.to(&format!("{name}@example.vn")));
        }
        to
    };
    assert_eq!(to, [1, 1, 0, 0, 1, 0]);
    assert_eq!(stands(&house, article).await, [(Stand::Followed, Some(5))]);
    // A case of retraction asks whether the correction went after it was asked for.
    let followed = copies::copies(&house.app, article).await.expect("copies");
    let since = followed.iter().find(|copy| copy.channel == "newsletter").map(|copy| copy.since);
    assert!(since.is_some_and(|since| since >= corrected_at), "{since:?}, {corrected_at}");
    assert_eq!(at_path(&house, &path).await.state, State::Sent);
});

story!(who_carries_the_corrected_text_is_known_by_its_revision, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an"]).await;
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    let article_path = cast.published(&house, "Tin có lỗi").await;
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    let path = drafted(&house, &cast, newsletter, "").await;
    let title = at_path(&house, &path).await.title;
    saved(&house, &cast.author, &path, &[("title", &title), ("due", "2026-03-02T23:00")]).await.expect(303);
    approved(&house, &cast, &path).await;
    // Approved by a node whose clock is ahead: later than the correction, and from the text before it.
    let ahead = house.app.clock.now() + chrono::TimeDelta::hours(1);
    issue::Entity::update_many()
        .col_expr(issue::Column::ApprovedAt, sea_orm::sea_query::Expr::value(ahead))
        .filter(issue::Column::Id.eq(id(&path)))
        .exec(&house.app.db)
        .await
        .expect("changed");
    let article = crate::stories::news::at_path(&house, &article_path).await;
    let version = article.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", article.title.as_str()),
        ("summary", "Tóm tắt đúng"),
        ("text", "Nội dung đúng."),
        ("correction", "Sửa số liệu"),
    ];
    cast.approver.post(&format!("/desk/news/{}/correction", article.id), &fields).await.expect(303);
    house.react().await;
    assert_eq!(at_path(&house, &path).await.state, State::Held);
});

story!(what_a_restore_holds_is_decided_at_once, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "binh"]).await;
    let mut paths = Vec::new();
    for title in ["Tin số một", "Tin số hai"] {
        house.app.clock.advance(chrono::TimeDelta::minutes(1));
        cast.published(&house, title).await;
        house.app.clock.advance(chrono::TimeDelta::minutes(1));
        let path = drafted(&house, &cast, newsletter, "").await;
        let title = at_path(&house, &path).await.title;
        saved(&house, &cast.author, &path, &[("title", &title), ("due", "2026-03-02T23:00")]).await.expect(303);
        approved(&house, &cast, &path).await;
        paths.push(path);
    }
    let held = async || {
        restored::declare(&house.app).await.expect("declared");
        house.react().await;
        for path in &paths {
            assert_eq!(at_path(&house, path).await.state, State::Held);
        }
    };
    held().await;
    let stuck = "/desk/newsletters?show=stuck";
    cast.approver.get(stuck).await.expect(200).says("2 số bản tin giữ lại");
    cast.author.get(stuck).await.expect(200).says_not("/desk/newsletters/restored/resumption");
    cast.author.post("/desk/newsletters/restored/resumption", &[]).await.expect(403);
    cast.approver.post("/desk/newsletters/restored/pause", &[]).await.expect(404);
    cast.approver.post("/desk/newsletters/restored/resumption", &[]).await.expect(303);
    for path in &paths {
        assert_eq!(at_path(&house, path).await.state, State::Approved);
    }
    held().await;
    cast.approver.post("/desk/newsletters/restored/cancellation", &[("why", "")]).await.expect(422).says("2 số bản tin giữ lại");
    cast.approver.post("/desk/newsletters/restored/cancellation", &[("why", "Đã gửi rồi")]).await.expect(303);
    for path in &paths {
        assert_eq!(at_path(&house, path).await.state, State::Cancelled);
    }
    house.app.clock.advance(chrono::TimeDelta::hours(10));
    turn(&house).await;
    assert_eq!(sink.taken(), 0);
});
