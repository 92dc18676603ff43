//! What is published stays (scenarios C3 and C4).

use super::*;
use crate::base::Who;
use crate::base::sources::{self, Asked, Month, Stretch, Tallied};
use crate::criteria::publication;
use crate::web::{Lang, Locale};

story!(c3_a_publication_stays_says_what_was_revised_and_counts_to_the_same_number, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.ready([["80", "yes", "40"], ["60", "no", "30"], ["100", "yes", "20"]]).await;
    let desk = format!("/desk/criteria/{id}/publication");
    cast.coordinator.get(&desk).await.expect(200).says("Lần công bố 1");
    cast.officers[0].get(&desk).await.expect(403);
    cast.publish(id, "").await.expect(303);
    let first = cast.publications(id).await.remove(0);
    let visitor = house.visitor();
    let path = first.path();
    let page = visitor.get(&path).await.expect(200).says("Xã Ao Sen").says("92").says_not("đã sửa đổi sau công bố");
    let page = page.says(&first.sha256).says("Khi bằng điểm, xét lần lượt: 2 Báo cáo");
    let total = page.text();
    let csv = visitor.get(&format!("/bo-tieu-chi/2026/{}/du-lieu/csv", first.id)).await.expect(200).text();
    assert!(csv.contains(",Xã Ao Sen,92,92,0,0,"), "the total stands with what it is made of: {csv}");
    let json = visitor.get(&format!("{path}/du-lieu/json")).await.expect(200).text();
    assert_eq!(::scoring::canonical::sha256(&json), first.sha256);
    visitor.get(&format!("{path}/du-lieu/xlsx")).await.expect(200);
    visitor.get(&format!("{path}/du-lieu/exe")).await.expect(404);
    visitor.get(&format!("{path}/co-quan/xa-ao-sen")).await.expect(200).says("Tin có nguồn").says("Có sổ theo dõi");
    visitor.get(&format!("/bo-tieu-chi/2026/{}/co-quan/khong-co", first.id)).await.expect(404);
    visitor.get("/bo-tieu-chi").await.expect(200).says(&path);
    visitor.get("/bo-tieu-chi/2026").await.expect(200).says(&path);
    visitor.get("/").await.expect(200).says(&path);
    visitor.get("/api/v1/criteria").await.expect(200).says(&first.sha256);
    visitor.get(&format!("/api/v1/criteria/{}", first.id)).await.expect(200).says("\"rank\":1");
    // Nothing changed: nothing to correct.
    cast.publish(id, "Thử").await.expect(422).says("Chưa có gì khác").says(">Thử</textarea>");
    // An input changes afterwards, with a reason.
    let sheet = cast.sheet(id, 0).await;
    let bare = [("value", "no"), ("seen", "1")];
    cast.appraise(&cast.approver, sheet.id, "tc2", &bare).await.expect(422).says("cần nêu lý do");
    let lower = [("value", "no"), ("note", "Phát hiện sau công bố"), ("seen", "1")];
    cast.appraise(&cast.approver, sheet.id, "tc2", &lower).await.expect(303);
    let after = visitor.get(&path).await.expect(200).says("1 cơ quan có số liệu đã sửa đổi sau công bố").says("Đã sửa đổi");
    assert!(after.text().contains("92") && total.contains("92"), "the published figure stays");
    assert_eq!(visitor.get(&format!("{path}/du-lieu/csv")).await.expect(200).text(), csv);
    assert_eq!(visitor.get(&format!("{path}/du-lieu/json")).await.expect(200).text(), json);
    visitor.get(&format!("{path}/co-quan/xa-ao-sen")).await.expect(200).says("Đã sửa đổi");
    visitor.get(&format!("/bo-tieu-chi/2026/{}/tinh-lai", first.id)).await.expect(200).says("ra đúng như đã công bố");
    let again = format!("/desk/criteria/{id}/publication/{}/recount", first.id);
    assert_eq!(cast.coordinator.post(&again, &[]).await.expect(303).location(), desk);
    // The correction is the second, with what is different; the first stays at its address.
    cast.publish(id, "").await.expect(422).says("Cần nêu lý do");
    cast.publish(id, "Chuyên mục không có thật").await.expect(303);
    let second = cast.publications(id).await.remove(1);
    assert_eq!((second.number, second.recounts()), (2, true));
    let page = visitor.get(&second.path()).await.expect(200).says("đính chính lần công bố trước");
    page.says("Chuyên mục không có thật").says("Có → Không").says("92 → 72");
    visitor.get(&path).await.expect(200).says("Đã có bản đính chính").says(&second.path());
    assert_eq!(visitor.get(&format!("{path}/du-lieu/json")).await.expect(200).text(), json);
});

story!(the_catalogue_of_open_data_reads_a_publication_once, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.ready([["80", "yes", "40"], ["60", "no", "30"], ["100", "yes", "20"]]).await;
    cast.publish(id, "").await.expect(303);
    let path = cast.publications(id).await.remove(0).path();
    let visitor = house.visitor();
    visitor.get("/du-lieu-mo").await.expect(200).says(TITLE).says(&path);
    // Its text is not looked at again: the list stays though it can not be read any more.
    let spoilt = publication::Entity::update_many().col_expr(publication::Column::Body, Expr::value("{"));
    spoilt.exec(&house.app.db).await.expect("a text that is none");
    visitor.get("/du-lieu-mo").await.expect(200).says(TITLE).says(&path);
});

story!(c3_a_publication_that_was_tampered_with_does_not_count_to_itself, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.ready([["80", "yes", "40"], ["60", "no", "30"], ["100", "yes", "20"]]).await;
    cast.publish(id, "").await.expect(303);
    let first = cast.publications(id).await.remove(0);
    let body = first.body.replacen("\"total\":\"92\"", "\"total\":\"93\"", 1);
    assert_ne!(body, first.body);
    let forged = Publication { sha256: ::scoring::canonical::sha256(&body), body, ..first.clone() };
    assert!(first.recounts() && !forged.recounts());
});

story!(c4_all_not_applicable_is_not_assessed_and_equal_totals_follow_the_declared_rule, |house| {
    let cast = Cast::of(&house).await;
    // 40 + 20 + 30 and 30 + 20 + 40 are the same total, told apart by the second group.
    let id = cast.ready([["100", "yes", "30"], ["75", "yes", "40"], ["na", "na", "na"]]).await;
    cast.publish(id, "").await.expect(303);
    let first = cast.publications(id).await.remove(0);
    let body = first.read().expect("a body");
    let places: Vec<(Option<u32>, Option<String>, String)> = body
        .counted
        .results
        .iter()
        .map(|one| (one.place.rank, one.score.total.map(::measures::Amount::plain), one.place.by.clone()))
        .collect();
    let told = |rank: u32| (Some(rank), Some("90".to_owned()), "n2".to_owned());
    assert_eq!(places, [told(1), told(2), (None, None, String::new())]);
    let page = house.visitor().get(&first.path()).await.expect(200).says("Không đánh giá");
    page.says("Bằng điểm, xếp theo 2 Báo cáo");
    let csv = house.visitor().get(&format!("{}/du-lieu/csv", first.path())).await.expect(200);
    csv.says("n/a");
    house.visitor().get(&format!("{}/co-quan/xa-con-noi", first.path())).await.expect(200).says("Không đánh giá");
});

story!(c4_what_is_equal_in_everything_shares_a_rank, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.ready([["80", "yes", "40"], ["80", "yes", "40"], ["10", "no", "10"]]).await;
    cast.publish(id, "").await.expect(303);
    let first = cast.publications(id).await.remove(0);
    let ranks: Vec<Option<u32>> = first.read().expect("a body").counted.results.iter().map(|one| one.place.rank).collect();
    assert_eq!(ranks, [Some(1), Some(1), Some(3)]);
    house.visitor().get(&first.path()).await.expect(200).says("Đồng hạng");
});

story!(the_next_year_is_compared_with_this_one, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.ready([["80", "yes", "40"], ["60", "no", "30"], ["100", "yes", "20"]]).await;
    cast.publish(id, "").await.expect(303);
    let next = new_id();
    let (text, copy) = (next.to_string(), id.to_string());
    let fields =
        [("id", text.as_str()), ("title", "Năm 2027"), ("year", "2027"), ("class", "localities"), ("copy", copy.as_str())];
    cast.coordinator.post("/desk/criteria", &fields).await.expect(303);
    cast.press(&cast.coordinator, next, "submit", &[]).await.expect(303);
    cast.press(&cast.approver, next, "issue", &[]).await.expect(303);
    cast.press(&cast.coordinator, next, "open", &[("until", "2026-04-20")]).await.expect(303);
    for (commune, values) in [["10", "no", "10"], ["100", "yes", "40"], ["100", "yes", "20"]].into_iter().enumerate() {
        cast.hand_in(next, commune, values).await.expect(303);
    }
    cast.press(&cast.coordinator, next, "appraisal", &[]).await.expect(303);
    for commune in 0..3 {
        let sheet = cast.sheet(next, commune).await;
        cast.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
    }
    cast.press(&cast.coordinator, next, "appeals", &[("until", "2026-04-25")]).await.expect(303);
    house.on("2026-04-26T09:00:00").await;
    cast.publish(next, "").await.expect(303);
    let last = cast.publications(next).await.remove(0);
    let page = house.visitor().get(&last.path()).await.expect(200).says("So với kỳ trước").says("92 điểm, giảm 2 bậc");
    page.says("54 điểm, tăng 2 bậc");
});

story!(a_round_is_counted_once_and_found_by_search_and_by_crawlers_in_its_newest_publication, |house| {
    let cast = Cast::of(&house).await;
    let visitor = house.visitor();
    visitor.get("/sitemap-bo-tieu-chi.xml").await.expect(200).says("/bo-tieu-chi</loc>").says_not("/bo-tieu-chi/2026");
    let id = cast.ready([["80", "yes", "40"], ["60", "no", "30"], ["100", "yes", "20"]]).await;
    let march = Month { year: 2026, month: 3 };
    let stretch = Stretch { first: march, last: march };
    let source = sources::of_code(&house.app, "criteria-published").expect("a source");
    let counted = async || (source.tallies)(&house.app, stretch).await.expect("tallies");
    assert!(counted().await.is_empty(), "nothing is published before it is");
    cast.publish(id, "").await.expect(303);
    let first = cast.publications(id).await.remove(0);
    let keeper = cast.set(id).await.agency;
    assert_eq!(counted().await, [Tallied { agency: Some(keeper), month: march, count: 1 }]);
    crate::search::following::follow(&house.app).await.expect("followed");
    let search = format!("/tim-kiem{}", crate::web::address::query(&[("q", "truyen thong cap xa 2026")]));
    visitor.get(&search).await.expect(200).says(&first.path()).says("Kết quả theo bộ tiêu chí");
    visitor.get("/sitemap.xml").await.expect(200).says("/sitemap-bo-tieu-chi.xml");
    let crawled = visitor.get("/sitemap-bo-tieu-chi.xml").await.expect(200).says("/bo-tieu-chi/2026</loc>");
    crawled.says(&first.path());
    // A correction takes its place, and is no round of its own.
    let sheet = cast.sheet(id, 0).await;
    let lower = [("value", "no"), ("note", "Phát hiện sau công bố"), ("seen", "1")];
    cast.appraise(&cast.approver, sheet.id, "tc2", &lower).await.expect(303);
    cast.publish(id, "Chuyên mục không có thật").await.expect(303);
    let second = cast.publications(id).await.remove(1);
    assert_eq!(counted().await, [Tallied { agency: Some(keeper), month: march, count: 1 }]);
    crate::search::following::follow(&house.app).await.expect("followed");
    visitor.get(&search).await.expect(200).says(&second.path()).says_not(&first.path());
    visitor.get("/sitemap-bo-tieu-chi.xml").await.expect(200).says(&second.path()).says_not(&first.path());
    // Down to what was counted.
    let asked = Asked { agency: Some(keeper), stretch };
    let who = Who { agency: None, grants: Vec::new(), ..someone(keeper) };
    let records = (source.records)(&house.app, &who, Locale(Lang::Vi), asked).await.expect("records");
    assert_eq!((records.len(), records[0].href.as_str(), records[0].public_href.clone()), (1, "", first.path()));
    let records = (source.records)(&house.app, &someone(keeper), Locale(Lang::Vi), asked).await.expect("records");
    assert_eq!(records[0].href, CriteriaSet::path(id));
});

/// Somebody of that agency, as handlers know them.
fn someone(agency: Uuid) -> Who {
    Who {
        person: new_id(),
        session: new_id(),
        name: String::new(),
        agency: Some(agency),
        agency_name: String::new(),
        grants: Vec::new(),
    }
}
