//! Boundaries in and out, and the map they make. The squares here are made up.

use serde_json::{Value, json};

use super::agency_files::{bring, confirm, seen};
use super::door::facts;
use crate::base::{Fact, Role};
use crate::people::agency::directory::{self, Line};
use crate::people::province;
use crate::story;
use crate::testing::House;

async fn communes(house: &House) -> Vec<Line> {
    let mut lines = directory::all(&house.app.db).await.expect("agencies");
    lines.retain(|line| line.kind.is_local());
    lines.sort_by(|a, b| a.code.cmp(&b.code));
    lines
}

/// A square round the place of a commune.
fn square(line: &Line, side: f64) -> Value {
    let (west, south) = (line.longitude.unwrap_or(105.0) - side / 2.0, line.latitude.unwrap_or(10.0) - side / 2.0);
    let (east, north) = (west + side, south + side);
    json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
}

fn feature(properties: Value, geometry: Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

fn file(features: Vec<Value>) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

story!(boundaries_are_matched_shown_and_drawn, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::Coordinator, None).await;
    let lines = communes(&house).await;
    let visitor = house.visitor();
    visitor.get("/co-quan").await.expect(200).says("<rect").says_not("</title><path");
    let mut features: Vec<Value> =
        lines.iter().skip(2).map(|line| feature(json!({ "ma_xa": line.code }), square(line, 0.02))).collect();
    features.push(feature(json!({ "ten": "Xã Ở Đâu Không Biết" }), square(&lines[0], 0.02)));
    features.push(feature(json!({ "ma": lines[1].code }), json!({ "type": "Point", "coordinates": [105.0, 10.0] })));
    features.push(feature(
        json!({ "ma": lines[1].code }),
        json!({ "type": "Polygon", "coordinates": [[[10.0, 105.0], [10.1, 105.0], [10.1, 105.1], [10.0, 105.0]]] }),
    ));
    let bytes = file(features);
    let (preview, page) = bring(&keeper, "ranh-gioi.geojson", &bytes).await;
    let page = page
        .says("Xã Ở Đâu Không Biết")
        .says("Vĩ độ đứng trước kinh độ")
        .says("Không phải là vùng")
        .says("Còn 2 xã, phường chưa có ranh giới");
    let done = confirm(&keeper, &preview, &page).await.expect(303);
    assert_eq!(done.location(), "/co-quan");
    let id = preview.trim_start_matches("/desk/agencies/import/").parse().expect("an id");
    assert_eq!(facts(&house.app, id).await, [Fact::BoundariesImported { matched: 100, unmatched: 3 }]);
    let about = facts(&house.app, lines[5].id).await;
    assert!(matches!(about.last(), Some(Fact::AgencyEdited { changes }) if changes[0].field == "boundary"), "{about:?}");
    let map = visitor.get("/co-quan").await.expect(200).says("</title><path");
    assert_eq!(map.text().matches("</title><path").count(), 102, "those without one are squares");
    // The same again, and what we export ourselves, change nothing.
    let (_, again) = bring(&keeper, "lan-hai.geojson", &bytes).await;
    assert!(seen(&again.says("Không có ranh giới nào mới để ghi")).is_empty());
    let exported = keeper.get("/desk/agencies/export/geojson?kind=local").await.expect(200);
    let (_, own) = bring(&keeper, "xuat.geojson", &exported.bytes).await;
    assert!(seen(&own.says("Không có ranh giới nào mới để ghi")).is_empty());
});

story!(our_own_file_without_boundaries_changes_nothing_when_it_comes_back, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::SystemAdministrator, None).await;
    // Communes with their place only, and bodies with no geometry at all.
    let exported = keeper.get("/desk/agencies/export/geojson").await.expect(200);
    let (_, page) = bring(&keeper, "xuat.geojson", &exported.bytes).await;
    let page = page
        .says("Không có ranh giới nào mới để ghi")
        .says_not("Không dùng được</h2>")
        .says_not("Không khớp xã, phường nào</h2>");
    assert!(seen(&page.says("Còn 102 xã, phường chưa có ranh giới")).is_empty());
    // What has no geometry does not stand in the way of what has.
    let lines = communes(&house).await;
    let features = vec![
        feature(json!({ "code": lines[0].code }), square(&lines[0], 0.02)),
        feature(json!({ "code": lines[1].code }), Value::Null),
        feature(json!({ "code": "SXD" }), Value::Null),
    ];
    let (preview, page) = bring(&keeper, "mot.geojson", &file(features)).await;
    confirm(&keeper, &preview, &page).await.expect(303);
    let id = preview.trim_start_matches("/desk/agencies/import/").parse().expect("an id");
    assert_eq!(facts(&house.app, id).await, [Fact::BoundariesImported { matched: 1, unmatched: 0 }]);
});

story!(names_match_however_their_marks_are_placed_and_never_by_guess, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::SystemAdministrator, None).await;
    let lines = communes(&house).await;
    let line = |name: &str| lines.iter().find(|line| line.short_name == name).unwrap_or_else(|| panic!("no {name}"));
    let phong_hoa = line("xã Phong Hoà");
    let features = vec![
        feature(json!({ "name": "PHONG HÒA" }), square(phong_hoa, 0.05)),
        feature(json!({ "name": "Lai Vung", "code": "99999" }), square(line("xã Lai Vung"), 0.05)),
        feature(json!({ "name": "Tân Nhuận Đông" }), square(line("xã Lai Vung"), 0.000_05)),
        feature(json!({ "code": lines[0].code }), square(line("xã Phú Hựu"), 0.05)),
        feature(json!({ "name": "Tân Phú Trung" }), square(line("xã Tân Phú Trung"), 0.05)),
        feature(json!({ "name": "xã Tân Phú Trung" }), square(line("xã Tân Phú Trung"), 0.06)),
    ];
    let (preview, page) = bring(&keeper, "ten.json", &file(features)).await;
    let page =
        page.says("Ủy ban nhân dân xã Phong Hoà").says("Ủy ban nhân dân xã Lai Vung").says("Các hình 5, 6 cùng là của một xã");
    let page = page.says("Hình nằm xa vị trí của");
    confirm(&keeper, &preview, &page).await.expect(303);
    let kept =
        crate::people::agency::boundary::of(&house.app.db, lines.iter().map(|line| line.id).collect()).await.expect("boundaries");
    assert_eq!(kept.len(), 3, "Phong Hoà, Lai Vung and Tân Nhuận Đông, which lies within a few kilometres");
    // Two communes of one name: a person must say which.
    let twin = house.agency("Ủy ban nhân dân xã Phong Hoà", crate::people::agency::Kind::Ward).await;
    let renamed = crate::people::agency::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(twin.id),
        short_name: sea_orm::ActiveValue::Set("xã Phong Hòa".into()),
        ..Default::default()
    };
    sea_orm::ActiveModelTrait::update(renamed, &house.app.db).await.expect("a name");
    let (_, page) =
        bring(&keeper, "hai.json", &file(vec![feature(json!({ "name": "xã Phong Hoà" }), square(phong_hoa, 0.07))])).await;
    page.says("Tên này là của nhiều nơi");
});

story!(of_two_who_bring_boundaries_the_second_sees_what_the_first_did, |house| {
    province::settle(&house.app).await.expect("the default province");
    let (one, other) = (house.someone(Role::Coordinator, None).await, house.someone(Role::SystemAdministrator, None).await);
    let line = communes(&house).await.remove(0);
    let shape = |side: f64| file(vec![feature(json!({ "code": line.code }), square(&line, side))]);
    let (first, first_page) = bring(&one, "a.geojson", &shape(0.02)).await;
    let (second, second_page) = bring(&other, "b.geojson", &shape(0.03)).await;
    confirm(&one, &first, &first_page).await.expect(303);
    confirm(&one, &first, &first_page).await.expect(303);
    let page = confirm(&other, &second, &second_page).await.expect(409).says("Danh mục vừa thay đổi").says("Ranh giới thay đổi");
    confirm(&other, &second, &page).await.expect(303);
});

story!(the_boundaries_of_the_province_all_match, |house| {
    let beside = || std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"));
    let folder = std::env::var_os("LANTOA_SHARED").map_or_else(beside, Into::into);
    let Ok(bytes) = std::fs::read(folder.join("data/dong-thap-communes.geojson")) else {
        println!("skipped: dong-thap-communes.geojson is not on this machine (LANTOA_SHARED)");
        return;
    };
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::Coordinator, None).await;
    let (preview, page) = bring(&keeper, "dong-thap.geojson", &bytes).await;
    let page = page.says_not("Không dùng được</h2>").says_not("chưa có ranh giới</h3>");
    confirm(&keeper, &preview, &page).await.expect(303);
    let visitor = house.visitor();
    let map = visitor.get("/co-quan").await.expect(200);
    assert_eq!(map.text().matches("</title><path").count(), 102);
    assert!(map.bytes.len() < 160_000, "{} bytes before compression", map.bytes.len());
});
