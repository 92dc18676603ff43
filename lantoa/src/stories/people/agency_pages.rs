//! What everyone reads about agencies.

use std::io::Write;

use sea_orm::EntityTrait;

use crate::base::By;
use crate::people::agency::draft::Fields;
use crate::people::agency::merging::{Heir, Merger};
use crate::people::agency::renaming::Renaming;
use crate::people::agency::{self, Agency, Kind};
use crate::people::province;
use crate::story;
use crate::testing::House;

async fn at(house: &House, slug: &str) -> Agency {
    Agency::find_by_slug(&house.app.db, slug).await.unwrap_or_else(|error| panic!("{slug}: {error:?}"))
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

/// As many bytes as a browser gets over the wire.
fn packed(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("page", zip::write::SimpleFileOptions::default()).expect("a part");
    archive.write_all(bytes).expect("bytes");
    archive.finish().expect("an archive").into_inner().len()
}

story!(the_directory_shows_every_agency_on_a_map_and_in_a_list, |house| {
    let visitor = house.visitor();
    visitor.get("/co-quan").await.expect(200).says("Không có cơ quan nào như vậy");
    province::settle(&house.app).await.expect("the default province");
    visitor.get("/co-quan").await.expect(200);
    house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
    let before = house.statements();
    let page = visitor.get("/co-quan").await.expect(200);
    assert_eq!(house.statements() - before, 1, "the agencies; the map is remembered");
    assert!(packed(&page.bytes) < 40_000, "{} bytes compressed", packed(&page.bytes));
    let page =
        page.says("102 xã, phường: 20 phường và 82 xã").says("href=\"/co-quan/so-khoa-hoc-va-cong-nghe\"").says("Chưa chắc");
    assert_eq!(page.text().matches("<title>").count(), 103, "the page's, and one for each place");
    assert_eq!(page.text().matches("href=\"/co-quan/xa-lai-vung\"").count(), 2, "on the map and in the list");
    page.says("aria-current=\"page\"").says("/co-quan/du-lieu/geojson");
});

story!(the_directory_is_searched_without_accents_and_by_old_names, |house| {
    province::settle(&house.app).await.expect("the default province");
    let visitor = house.visitor();
    visitor.get("/co-quan").await.expect(200);
    let before = house.statements();
    let page = visitor.get("/co-quan?q=so+khoa+hoc").await.expect(200).says("Sở Khoa học và Công nghệ").says_not("Sở Tài chính");
    assert!(house.statements() - before <= 3, "the agencies, twice, and their names: {}", house.statements() - before);
    page.says_not("class=\"cartogram\"");
    visitor.get("/co-quan?q=ke+hoach+va+dau+tu").await.expect(200).says("Sở Tài chính").says("Có tên: Sở Kế hoạch và Đầu tư");
    let found = visitor.get("/co-quan?q=phong+hoa").await.expect(200).says("Phong Hoà").says("data-faint");
    assert_eq!(found.text().matches("data-faint").count(), 101, "all others");
    visitor
        .get("/co-quan?q=%3Cscript%3Ealert(1)%3C/script%3E")
        .await
        .expect(200)
        .says("Không có cơ quan nào")
        .says_not("<script>alert");
    visitor.get(&format!("/co-quan?q={}", "a".repeat(5000))).await.expect(200);
});

story!(the_list_is_there_to_take_away, |house| {
    province::settle(&house.app).await.expect("the default province");
    let visitor = house.visitor();
    let csv = visitor.get("/co-quan/du-lieu/csv").await.expect(200).text();
    assert!(csv.contains("Sở Tài chính") && !csv.contains("Ghi chú"), "notes are for the desk");
    visitor.get("/co-quan/du-lieu/xlsx").await.expect(200);
    visitor.get("/co-quan/du-lieu/geojson").await.expect(200).says("FeatureCollection");
    visitor.get("/co-quan/du-lieu/exe").await.expect(404);
});

story!(an_agency_has_a_page_with_its_past, |house| {
    province::settle(&house.app).await.expect("the default province");
    let visitor = house.visitor();
    let before = house.statements();
    let page = visitor.get("/co-quan/so-tai-chinh").await.expect(200);
    assert!(
        house.statements() - before <= 10,
        "agency, agencies, names, successions, its articles, its books, its newsletters, its notices, its campaigns, its \
         questions: {}",
        house.statements() - before
    );
    let page = page.says("Sở Kế hoạch và Đầu tư").says("Chưa có liên hệ").says("/co-quan/so-tai-chinh/nhiem-vu");
    let page = page.says("\"@type\":\"GovernmentOrganization\"").says("\"foundingDate\":\"2025-07-01\"");
    page.says("/co-quan/uy-ban-nhan-dan-tinh-dong-thap");
    visitor.get("/co-quan/so-noi-vu").await.expect(200).says("Chưa chắc").says("chưa được tỉnh xác nhận");
    visitor.get("/co-quan/xa-lai-vung").await.expect(200).says("71,2 km²").says("Lập từ").says("openstreetmap.org");
    visitor.get("/co-quan/uy-ban-nhan-dan-tinh-dong-thap").await.expect(200).says("Cơ quan trực thuộc");
    visitor.get("/co-quan/khong-co").await.expect(404);
    visitor.get("/co-quan/so-tai-chinh/nhiem-vu").await.expect(200).says("href=\"/co-quan/so-tai-chinh\"");
});

story!(an_address_that_was_left_leads_on_for_good, |house| {
    province::settle(&house.app).await.expect("the default province");
    let before = at(&house, "so-noi-vu").await;
    let renaming =
        Renaming { name: "Sở Nội vụ và Lao động".into(), short_name: "Sở NV&LĐ".into(), from: day("2026-03-01") };
    Agency::rename(&house.app, before.id, &renaming, before.version, &By::system()).await.expect("renamed");
    let visitor = house.visitor();
    let moved = visitor.get("/co-quan/so-noi-vu").await.expect(301);
    assert_eq!(moved.location(), "/co-quan/so-noi-vu-va-lao-dong");
    assert_eq!(
        visitor.get("/co-quan/so-noi-vu/nhiem-vu").await.expect(301).location(),
        "/co-quan/so-noi-vu-va-lao-dong/nhiem-vu"
    );
    let page = visitor.get(moved.location()).await.expect(200).says("Sở Nội vụ và Lao động");
    page.says("từ 1/7/2025 đến 28/2/2026").says("từ 1/3/2026");
    visitor.get("/co-quan?q=so+noi+vu").await.expect(200).says("Sở Nội vụ và Lao động");
});

story!(an_agency_that_is_over_says_so_and_leads_to_who_took_over, |house| {
    province::settle(&house.app).await.expect("the default province");
    let (one, other) = (at(&house, "xa-lai-vung").await, at(&house, "xa-phong-hoa").await);
    let heir = Fields {
        code: "30999".into(),
        name: "Ủy ban nhân dân xã Thử Gộp".into(),
        short_name: "xã Thử Gộp".into(),
        kind: "commune".into(),
        open_from: "2026-03-01".into(),
        ..Fields::default()
    };
    let heir = Heir::New(Box::new(heir.read().expect("an agency")));
    let merger = Merger { predecessors: vec![one, other], heir, on: day("2026-03-01") };
    merger.execute(&house.app, &By::system()).await.expect("merged");
    let visitor = house.visitor();
    let page = visitor.get("/co-quan/xa-lai-vung").await.expect(200);
    let page = page
        .says("Đã kết thúc hoạt động, ngày cuối cùng là 28/2/2026")
        .says("href=\"/co-quan/xa-thu-gop\"")
        .says("dissolutionDate");
    page.says("/co-quan/xa-lai-vung/nhiem-vu");
    visitor.get("/co-quan/xa-thu-gop").await.expect(200).says("Tiếp nhận từ").says("/co-quan/xa-lai-vung");
    let list = visitor.get("/co-quan").await.expect(200).says("101 xã, phường").says_not("href=\"/co-quan/xa-lai-vung\"");
    list.says("1 nơi chưa có vị trí");
    visitor.get("/co-quan?q=lai+vung").await.expect(200).says("href=\"/co-quan/xa-lai-vung\"").says("Đã kết thúc");
});

story!(what_is_written_of_an_agency_is_text_and_nothing_else, |house| {
    let agency = house.agency("Sở <script>alert(1)</script> & Cộng sự", Kind::Department).await;
    let hostile = agency::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(agency.id),
        phone: sea_orm::ActiveValue::Set(Some("(0277) 3851 234".into())),
        email: sea_orm::ActiveValue::Set(Some("a@b.vn".into())),
        address: sea_orm::ActiveValue::Set(Some("</script><b>1 Đường Mẫu</b>".into())),
        open_from: sea_orm::ActiveValue::Set(day("2027-01-01")),
        ..Default::default()
    };
    agency::Entity::update(hostile).exec(&house.app.db).await.expect("an agency");
    let page = house.visitor().get(&agency.public_path()).await.expect(200);
    let page = page.says("tel:02773851234").says("mailto:a@b.vn").says("Hoạt động từ 1/1/2027");
    page.says_not("<script>alert").says_not("</script><b>").says_not("<b>1 Đường");
});
