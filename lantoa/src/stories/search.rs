//! Stories of search, over HTTP, on both engines.

use serde_json::Value;

use crate::base::{App, Clock, Role};
use crate::capabilities::CAPABILITIES;
use crate::search::{Search, following};
use crate::stories::plans::{adopted, confirm_all, drop_in, province};
use crate::story;
use crate::testing::{House, Visitor};

/// The small plan, followed.
async fn programme<'a>(house: &'a House) -> Visitor<'a> {
    let standing = province(house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    adopted(house, &who).await;
    following::follow(&house.app).await.expect("the replica follows");
    who
}

async fn found(house: &House, q: &str) -> Value {
    let address = format!("/api/v1/search{}", crate::web::address::query(&[("q", q)]));
    serde_json::from_slice(&house.visitor().get(&address).await.expect(200).bytes).expect("JSON")
}

fn titles(found: &Value) -> Vec<String> {
    let items = found["items"].as_array().expect("items");
    items.iter().map(|item| item["title"].as_str().unwrap_or_default().to_owned()).collect()
}

story!(what_is_public_is_found_however_it_is_typed, |house| {
    programme(&house).await;
    let typed = [
        "chăm sóc cây đã trồng",
        "cham soc cay da trong",
        "CHĂM SÓC CÂY ĐÃ TRỒNG",
        "chăm soc cây da trồng",
        "chawm sosc caay ddax troongf",
        "\"chăm sóc cây\"",
    ];
    for q in typed {
        let found = found(&house, q).await;
        let first = titles(&found).into_iter().next().unwrap_or_default();
        assert!(first.starts_with("Chăm sóc cây đã trồng"), "{q}: {found}");
        let item = &found["items"][0];
        assert!(item["url"].as_str().is_some_and(|url| url.starts_with("http://localhost/ke-hoach/ke-hoach-07-kh-ubnd#")));
        assert!(item["snippet"].as_str().is_some_and(|snippet| snippet.contains("Chăm sóc cây đã trồng")));
        assert!(item["score"].as_f64().is_some_and(|score| score > 0.0) && item["external_id"].is_null());
    }
    for q in ["07/KH-UBND", "7/kh-ubnd"] {
        assert_eq!(titles(&found(&house, q).await)[0], "Kế hoạch 07/KH-UBND", "{q}");
    }
    assert!(titles(&found(&house, "kế hoạch 07").await).iter().any(|title| title == "Kế hoạch 07/KH-UBND"));
    assert_eq!(titles(&found(&house, "Sở KHCN").await)[0], "Sở Khoa học và Công nghệ");
    assert_eq!(titles(&found(&house, "so khoa hoc va cong nghe").await)[0], "Sở Khoa học và Công nghệ");
    let absent = found(&house, "99/KH-UBND").await;
    assert_eq!(absent["unknown_numbers"][0], "99/KH-UBND");
});

story!(a_draft_is_never_found, |house| {
    let who = programme(&house).await;
    let other = crate::stories::plans::PLAN.replace("07/KH", "08/KH").replace("Trồng cây bên đường", "Nạo vét kênh rạch");
    let draft = drop_in(&who, "nhap.txt", other.as_bytes()).await;
    following::follow(&house.app).await.expect("followed");
    for q in ["08/KH-UBND", "nạo vét kênh rạch", "nao vet kenh rach"] {
        let found = found(&house, q).await.to_string();
        assert!(!found.contains("Nạo vét") && !found.contains("Kế hoạch 08/KH"), "{q}: {found}");
    }
    following::rebuild(&house.app).await.expect("rebuilt");
    assert!(!found(&house, "nạo vét kênh rạch").await.to_string().contains("Nạo vét"));
    confirm_all(&who, draft).await;
    who.post(&format!("/desk/plans/{draft}/adoption"), &[]).await.expect(303);
    following::follow(&house.app).await.expect("followed");
    assert!(found(&house, "nao vet kenh rach").await.to_string().contains("08/KH-UBND"));
});

story!(the_page_marks_narrows_and_says_what_to_try, |house| {
    programme(&house).await;
    let visitor = house.visitor();
    visitor.get("/tim-kiem").await.expect(200).says("Cách tìm");
    let page = visitor.get("/tim-kiem?q=cham+soc+cay").await.expect(200);
    page.says("<mark>Chăm sóc cây</mark>").says("/ke-hoach/ke-hoach-07-kh-ubnd#").says("name=\"kind\"").says_not("Bỏ lọc");
    let narrowed = visitor.get("/tim-kiem?q=s%E1%BB%9F+x%C3%A2y+d%E1%BB%B1ng&kind=agency").await.expect(200);
    narrowed.says("/co-quan/so-xay-dung").says_not("/ke-hoach/ke-hoach-07").says("ng\">Bỏ lọc</a>");
    // A word without end is not said again to its end.
    let endless = visitor.get(&format!("/tim-kiem?q={}", "x".repeat(1000))).await.expect(200);
    endless.says("Không tìm thấy gì").says(&format!("“{}…”", "x".repeat(80)));
    visitor.get("/tim-kiem?q=c%C3%A2y&from=2030-01-01").await.expect(200).says("Tìm lại không dùng bộ lọc");
    visitor.get("/tim-kiem?q=c%C3%A2y&from=hom+nay").await.expect(200).says("Không đọc được ngày");
    let odd = visitor.get("/tim-kiem?q=cham+soc+cay&kind=zzz").await.expect(200);
    odd.says("Không có loại “zzz”").says("<mark>Chăm sóc cây</mark>").says_not("Unknown localization");
    visitor.get("/api/v1/search?q=c%C3%A2y&kind=zzz").await.expect(400).says("zzz");
    visitor.get("/api/v1/search?q=c%C3%A2y&kind=plan").await.expect(200);
    visitor.get("/tim-kiem?q=qwrtzp").await.expect(200).says("Không tìm thấy gì").says("Có thể thử");
    visitor.get("/tim-kiem?q=99%2FKH-UBND").await.expect(200).says("Chưa có văn bản số 99/KH-UBND");
    let suggested = visitor.get("/tim-kiem/goi-y?q=so+xay").await.expect(200);
    suggested.says("role=\"option\"").says("Sở Xây dựng").says("/tim-kiem?q=so%20xay").says_not("<html");
    visitor.get("/tim-kiem?q=%3Cscript%3Ealert(1)").await.expect(200).says_not("<script>alert");
    visitor.get("/tim-kiem/goi-y?q=%3Cscript%3E").await.expect(200).says_not("<script>");
    visitor.get("/api/v1/search?q=c%C3%A2y&limit=0").await.expect(400);
});

story!(the_replica_goes_on_where_it_was_and_is_safe_to_lose, |house| {
    programme(&house).await;
    let before = found(&house, "chăm sóc cây").await;
    let count = house.app.search.index().expect("open").len();
    // A node that was killed: another App over the same folder, once the first has let go of it.
    let config = house.app.config.clone();
    let again =
        App::new(config.clone(), (house.app.db.clone(), house.app.statements.clone()), Clock::Machine, CAPABILITIES, true);
    assert!(following::follow(&again).await.is_err(), "one process writes a replica");
    following::want(&house.app).expect("asked");
    following::follow(&house.app).await.expect("rebuilt as asked");
    assert_eq!(house.app.search.index().expect("open").len(), count, "nothing twice, nothing stale");
    assert_eq!(found(&house, "chăm sóc cây").await, before);
    let folder = Search::folder(&config.data);
    let elsewhere = crate::base::Config { data: config.data.join("elsewhere"), ..config };
    std::fs::create_dir_all(&elsewhere.data).expect("a folder");
    let lost = App::new(elsewhere, (house.app.db.clone(), house.app.statements.clone()), Clock::Machine, CAPABILITIES, true);
    assert!(lost.search.index().is_none() && folder.exists());
    following::follow(&lost).await.expect("made anew");
    assert_eq!(lost.search.index().expect("open").len(), count);
});

story!(while_it_is_not_open_the_page_says_so, |house| {
    province(&house).await;
    house.visitor().get("/tim-kiem?q=c%C3%A2y").await.expect(200).says("Đang lập lại chỉ mục tìm kiếm");
    assert_eq!(found(&house, "cây").await["complete"], false);
});

story!(an_agency_is_found_by_its_new_name, |house| {
    programme(&house).await;
    let body = house.agency("Trung tâm Thử nghiệm Tìm kiếm", crate::people::agency::Kind::Other).await;
    let by = crate::base::By::system();
    let fact = crate::base::Fact::AgencyOpened { name: body.name.clone() };
    house.app.record(&house.app.db, body.id, fact, &by).await.expect("recorded");
    following::follow(&house.app).await.expect("followed");
    assert_eq!(titles(&found(&house, "trung tam thu nghiem tim kiem").await)[0], body.name);
});
