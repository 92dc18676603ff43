//! What anybody may read, and take away.

use calamine::{DataType, Reader, Xlsx};

use super::*;

story!(who_wrote_a_measure_does_not_make_it_public, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let (who, visitor) = (coordinator(&house).await, house.visitor());
    who.post("/desk/measures", &form("so-co-viec", &[])).await.expect(303);
    visitor.get("/chi-so/so-co-viec").await.expect(404);
    let act = "/desk/measures/so-co-viec/acts/agree";
    who.get("/desk/measures/so-co-viec").await.expect(200).says("Chờ người thứ hai").says_not("acts/agree");
    who.post(act, &[("version", "1")]).await.expect(403);
    let other = coordinator(&house).await;
    other.get("/desk/measures/so-co-viec").await.expect(200).says("acts/agree");
    other.post(act, &[("version", "2")]).await.expect(409);
    other.post(act, &[("version", "1")]).await.expect(303);
    other.post(act, &[("version", "1")]).await.expect(409);
    visitor.get("/chi-so/so-co-viec").await.expect(200);
    let again = form("so-co-viec", &[("version", "1"), ("title", "Tỷ lệ sở có việc trong năm"), ("why", "Nói rõ kỳ")]);
    other.post("/desk/measures/so-co-viec", &again).await.expect(303);
    visitor.get("/chi-so/so-co-viec").await.expect(404);
});

story!(anybody_reads_a_public_measure_with_its_data_and_its_definition, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let who = coordinator(&house).await;
    let visitor = house.visitor();
    visitor.get("/chi-so").await.expect(200).says("Chưa có chỉ số nào để xem");
    happens(&house, &agency(&house, "so-xay-dung").await, "2026-03-05T08:00:00").await;
    define(&house, &who, "so-co-viec", &[]).await;
    define(&house, &who, "noi-bo", &[("public", ""), ("title", "Chỉ số nội bộ")]).await;
    let list = visitor.get("/chi-so").await.expect(200);
    list.says("/chi-so/so-co-viec").says("Tỷ lệ sở có việc").says("class=\"print-head\"").says_not("Chỉ số nội bộ");
    let before = house.statements();
    let page = visitor.get("/chi-so/so-co-viec").await.expect(200);
    assert!(house.statements() - before <= 14, "{} statements", house.statements() - before);
    page.says("≥ 80 % đến năm 2028")
        .says("Cách tính")
        .says("Sở Xây dựng")
        .says("/co-quan/so-xay-dung")
        .says("/chi-so/so-co-viec.csv?nam=2026");
    visitor.get("/chi-so/so-co-viec.csv?nam=2026").await.expect(200).says("so-co-viec,2026,3");
    let json: serde_json::Value =
        serde_json::from_slice(&visitor.get("/chi-so/so-co-viec.json").await.expect(200).bytes).expect("JSON");
    assert_eq!((json[0]["agency_code"].is_null(), json[0]["answered"].as_str()), (true, Some("zero")));
    visitor.get("/chi-so.csv").await.expect(200).says("so-co-viec").says_not("noi-bo");
    visitor.get("/chi-so.json").await.expect(200).says("\"code\":\"so-co-viec\"");
    for address in ["/chi-so.xlsx", "/chi-so/so-co-viec.xlsx?nam=2026"] {
        let book = visitor.get(address).await.expect(200).bytes;
        assert!(book.starts_with(b"PK"), "{address}");
        let mut read: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book)).expect("a workbook");
        let range = read.worksheet_range_at(0).expect("a sheet").expect("its cells");
        assert!(range.height() >= 2 && range.get((1, 2)).is_some_and(|cell| cell.get_float().is_some()), "{address}");
    }
    who.get("/desk/measures/so-co-viec/xlsx?year=2026").await.expect(200);
    visitor.get("/sitemap-chi-so.xml").await.expect(200).says("/chi-so/so-co-viec").says_not("noi-bo");
    crate::search::following::follow(&house.app).await.expect("followed");
    visitor.get("/tim-kiem?q=t%E1%BB%B7+l%E1%BB%87+s%E1%BB%9F+c%C3%B3+vi%E1%BB%87c").await.expect(200).says("/chi-so/so-co-viec");
    let down = visitor.get("/chi-so/so-co-viec/ho-so?part=0&year=2026").await.expect(200);
    down.says("noindex").says("Tỷ lệ sở có việc");
    visitor.get("/chi-so/so-co-viec/ho-so?part=9").await.expect(404);
    visitor.get("/chi-so/noi-bo/ho-so?part=0").await.expect(404);
    for hidden in ["/chi-so/noi-bo", "/chi-so/noi-bo.csv", "/chi-so/khong-co", "/chi-so/so-co-viec.xml"] {
        visitor.get(hidden).await.expect(404);
    }
    visitor.get("/api/v1/measures").await.expect(200).says("\"name\":\"so-co-viec\"").says_not("noi-bo");
    visitor.get("/api/v1/measures/so-co-viec").await.expect(200).says("\"target_value\":80");
    visitor.get("/api/v1/measures/so-co-viec/values?year=2026").await.expect(200).says("\"month\":3");
    visitor.get("/api/v1/measures/so-co-viec/values?year=x").await.expect(400);
    visitor.get("/api/v1/measures/noi-bo").await.expect(404);
});

story!(figures_are_taken_along_with_what_they_lack_and_the_one_above_opens_what_it_counts, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let (who, visitor) = (coordinator(&house).await, house.visitor());
    happens(&house, &agency(&house, "so-xay-dung").await, "2026-03-05T08:00:00").await;
    define(&house, &who, "so-co-viec", &[]).await;
    who.get("/desk/measures/so-co-viec/csv?year=2026").await.expect(200).says("so-co-viec,2026,3");
    who.get("/desk/measures/so-co-viec/exe?year=2026").await.expect(404);
    visitor.get("/chi-so.csv").await.expect(200).says("Số cơ quan chưa có số");
    // Of another year the agencies are shown; the figure above them is this year's, and so is what it opens.
    visitor.get("/chi-so/so-co-viec?nam=2025").await.expect(200).says("/chi-so/so-co-viec/ho-so?part=0&#38;year=2026");
    // What a public measure counts by way of one that is not public is named, and leads nowhere.
    define(&house, &who, "noi-bo", &[("public", ""), ("title", "Chỉ số nội bộ")]).await;
    let more = [("title", "Chỉ số gộp"), ("shape", "count"), ("unit", "sở"), ("above_of", "measure:noi-bo")];
    define(&house, &who, "gop", &[more.as_slice(), &[("target_value", "")]].concat()).await;
    visitor.get("/chi-so/gop/ho-so?part=0").await.expect(200).says_not("/chi-so/noi-bo").says("Không có hồ sơ công khai");
    who.get("/desk/measures/gop/records?part=0").await.expect(200).says("/desk/measures/noi-bo");
});
