//! Signature, numbers, the public: nobody signs their own, no number is given twice, what is issued never changes.

use super::*;
use crate::reports::number;

async fn numbers(house: &House) -> Vec<i32> {
    let all = number::Entity::find().order_by_asc(number::Column::Year).order_by_asc(number::Column::Number);
    all.all(&house.app.db).await.expect("numbers").into_iter().map(|one| one.number).collect()
}

/// A letter that is signed.
async fn signed(house: &House, writer: &Visitor<'_>, approver: &Visitor<'_>) -> Uuid {
    let id = letter(house, writer).await;
    press(house, writer, id, "submit", &[]).await.expect(303);
    press(house, approver, id, "sign", &[]).await.expect(303);
    id
}

story!(nobody_signs_their_own_and_what_is_handed_in_is_frozen, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let (first, second) = (someone(&house, Role::Approver).await, someone(&house, Role::Approver).await);
    let id = letter(&house, &first).await;
    press(&house, &first, id, "submit", &[]).await.expect(303);
    house.react().await;
    press(&house, &first, id, "sign", &[]).await.expect(422).says("Người soạn không tự duyệt ký");
    save(&house, &first, id, &[]).await.expect(422).says("không sửa được nữa");
    second.get("/desk").await.expect(200).says("chờ bạn duyệt ký");
    press(&house, &second, id, "return", &[("why", " ")]).await.expect(422).says("Hãy ghi lý do trả lại");
    let long = "Sai ".repeat(1_100);
    let back = press(&house, &second, id, "return", &[("why", &long)]).await.expect(422);
    back.says("Sai Sai").says("<textarea class=\"input\" id=\"why\"");
    press(&house, &second, id, "return", &[("why", "Sai hạn")]).await.expect(303);
    first.get(&format!("/desk/reports/{id}")).await.expect(200).says("Sai hạn");
    press(&house, &first, id, "submit", &[]).await.expect(303);
    let frozen = the(&house, id).await.frozen;
    press(&house, &second, id, "sign", &[]).await.expect(303);
    assert_eq!(the(&house, id).await.frozen, frozen, "what is signed is what was handed in");
    press(&house, &first, id, "recall", &[]).await.expect(303);
    assert_eq!((the(&house, id).await.state, the(&house, id).await.frozen), (State::Draft, String::new()));
    // Two hand it in at once: one does.
    let version = the(&house, id).await.version.to_string();
    let fields = [("version", version.as_str())];
    let path = format!("/desk/reports/{id}/acts/submit");
    let (one, other) = tokio::join!(first.post(&path, &fields), second.post(&path, &fields));
    let mut both = [one.status.as_u16(), other.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
});

story!(two_at_once_never_have_the_same_number_and_none_is_skipped, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let (writer, approver) = (someone(&house, Role::Officer).await, someone(&house, Role::Approver).await);
    let (a, b) = (signed(&house, &writer, &approver).await, signed(&house, &writer, &approver).await);
    let (one, other) = tokio::join!(press(&house, &writer, a, "issue", &[]), press(&house, &approver, b, "issue", &[]));
    one.expect(303);
    other.expect(303);
    assert_eq!(numbers(&house).await, [1, 2]);
    // The same document twice at once has one number.
    let c = signed(&house, &writer, &approver).await;
    let version = the(&house, c).await.version.to_string();
    let path = format!("/desk/reports/{c}/acts/issue");
    let fields = [("version", version.as_str())];
    let (one, other) = tokio::join!(writer.post(&path, &fields), approver.post(&path, &fields));
    let mut both = [one.status.as_u16(), other.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!(numbers(&house).await, [1, 2, 3], "the one that was beaten took none");
    // A document written elsewhere takes the next; a cancelled one stays, and is given to nobody.
    let none = writer.post("/desk/reports/numbers", &[("kind", "letter"), ("subject", "…")]).await.expect(422);
    none.says("Hãy ghi trích yếu").says("value=\"…\"").says("<option value=\"letter\" selected>");
    writer.post("/desk/reports/numbers", &[("kind", "letter"), ("subject", "Mời họp")]).await.expect(303);
    writer.get("/desk/reports/numbers").await.expect(200).says("04/CV").says("Mời họp").says("lập ngoài hệ thống");
    let fourth = number::Entity::find().filter(number::Column::Number.eq(4)).one(&house.app.db).await.expect("rows").expect("it");
    let cancel = format!("/desk/reports/numbers/{}/cancellation", fourth.id);
    writer.post(&cancel, &[("why", "")]).await.expect(422).says("Hãy ghi lý do hủy số").says(&format!("#why-{}", fourth.id));
    writer.post(&cancel, &[("why", "Ghi nhầm")]).await.expect(303);
    assert_eq!(writer.post(&cancel, &[("why", "Lần nữa")]).await.expect(303).location(), "/desk/reports/numbers?year=2026");
    writer.get("/desk/reports/numbers?year=2026").await.expect(200).says("Số 04/CV đã được hủy từ trước").says_not("Lần nữa");
    let d = signed(&house, &writer, &approver).await;
    press(&house, &writer, d, "issue", &[]).await.expect(303);
    assert_eq!(numbers(&house).await, [1, 2, 3, 4, 5]);
    writer.get("/desk/reports/numbers?year=2026").await.expect(200).says("Ghi nhầm").says("05/CV");
    // What was signed and issued here loses its number by nobody alone.
    let own = number::Entity::find().filter(number::Column::Report.eq(d)).one(&house.app.db).await.expect("rows").expect("it");
    let coordinator = someone(&house, Role::Coordinator).await;
    for who in [&coordinator, &writer, &approver] {
        let refused = who.post(&format!("/desk/reports/numbers/{}/cancellation", own.id), &[("why", "Đổi ý")]).await.expect(422);
        refused.says("một người không hủy được").says("lập bản thay thế");
    }
    writer.get("/desk/reports/numbers").await.expect(200).says_not(&format!("/desk/reports/numbers/{}/cancellation", own.id));
});

story!(another_type_another_agency_and_another_year_each_begin_at_01, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let writer = someone(&house, Role::Officer).await;
    writer.post("/desk/reports/numbers", &[("kind", "letter"), ("subject", "Mời họp")]).await.expect(303);
    let first = number::Entity::find().one(&house.app.db).await.expect("rows").expect("it");
    let cancel = format!("/desk/reports/numbers/{}/cancellation", first.id);
    writer.post("/desk/reports/numbers", &[("kind", "notice"), ("subject", "Nghỉ lễ")]).await.expect(303);
    writer.get("/desk/reports/numbers").await.expect(200).says("01/TB");
    let health = agency(&house, "so-y-te").await;
    let other = officer(&house, &health).await;
    other.post("/desk/reports/numbers", &[("kind", "letter"), ("subject", "Của sở khác")]).await.expect(303);
    other.get("/desk/reports/numbers").await.expect(200).says("01/CV").says_not("Mời họp");
    other.post(&cancel, &[("why", "Không phải của mình")]).await.expect(404);
    house.on("2027-01-04T09:00:00").await;
    let writer = someone(&house, Role::Officer).await;
    writer.post("/desk/reports/numbers", &[("kind", "letter"), ("subject", "Năm mới")]).await.expect(303);
    writer.get("/desk/reports/numbers").await.expect(200).says("01/CV").says_not("Mời họp");
});

story!(
    /// R14: what is not issued does not exist for others.
    r14_anothers_draft_is_not_there_and_the_public_reads_what_was_shown, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let (writer, approver) = (someone(&house, Role::Officer).await, someone(&house, Role::Approver).await);
    let id = letter(&house, &writer).await;
    let health = agency(&house, "so-y-te").await;
    let stranger = officer(&house, &health).await;
    for path in ["", "/sentences", "/files/docx"] {
        stranger.get(&format!("/desk/reports/{id}{path}")).await.expect(404);
    }
    press(&house, &stranger, id, "submit", &[]).await.expect(404);
    stranger.get("/desk/reports").await.expect(200).says_not("đôn đốc báo cáo");
    writer.get("/desk/reports").await.expect(200).says("đôn đốc báo cáo");
    press(&house, &approver, id, "show", &[]).await.expect(422).says("chưa ban hành");
    press(&house, &writer, id, "submit", &[]).await.expect(303);
    press(&house, &approver, id, "sign", &[]).await.expect(303);
    press(&house, &writer, id, "issue", &[]).await.expect(303);
    let visitor = house.visitor();
    visitor.get("/bao-cao").await.expect(200).says("Chưa có báo cáo nào được công khai");
    press(&house, &writer, id, "show", &[]).await.expect(403);
    press(&house, &approver, id, "show", &[]).await.expect(303);
    let report = the(&house, id).await;
    let public = report.public_path();
    visitor.get("/bao-cao").await.expect(200).says(&public).says("01/SKHCN");
    visitor.get("/sitemap-bao-cao.xml").await.expect(200).says(&public);
    crate::search::following::follow(&house.app).await.expect("followed");
    visitor.get("/tim-kiem?q=01%2FSKHCN").await.expect(200).says(&public);
    let page = visitor.get(&public).await.expect(200).says("Kỳ báo cáo sắp hết hạn.").says(&report.frozen_sha256);
    page.says_not("/desk/duties/");
    let data = visitor.get(&format!("{public}/json")).await.expect(200);
    assert_eq!(data.bytes, report.frozen.as_bytes());
    let listed = visitor.get("/api/v1/reports").await.expect(200).json();
    assert_eq!(listed["items"][0]["frozen_sha256"], report.frozen_sha256.as_str());
    let one = visitor.get(&format!("/api/v1/reports/{id}")).await.expect(200).json();
    assert_eq!((one["number"].as_str(), one["kind"].as_str()), (Some("01/SKHCN"), Some("letter")));
    // A number that was cancelled before that was refused: the public reads it, too.
    let struck = number::Entity::update_many()
        .col_expr(number::Column::CancelledAt, Expr::value(house.app.clock.now()))
        .col_expr(number::Column::CancelledWhy, Expr::value("Sai thể thức"))
        .filter(number::Column::Report.eq(id));
    struck.exec(&house.app.db).await.expect("a number");
    house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
    visitor.get(&public).await.expect(200).says("đã hủy ngày 10/6/2026, lý do: Sai thể thức");
    press(&house, &approver, id, "hide", &[]).await.expect(303);
    visitor.get(&public).await.expect(404);
    visitor.get("/bao-cao/khong-co").await.expect(404);
    visitor.get("/bao-cao/khong-co/pdf").await.expect(404);
    visitor.get(&format!("{public}/docx")).await.expect(404);
    visitor.get(&format!("/api/v1/reports/{id}")).await.expect(404);
});

story!(the_files_say_what_the_page_says_and_are_made_once, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let (writer, approver) = (someone(&house, Role::Officer).await, someone(&house, Role::Approver).await);
    let id = signed(&house, &writer, &approver).await;
    press(&house, &writer, id, "issue", &[]).await.expect(303);
    let docx = writer.get(&format!("/desk/reports/{id}/files/docx")).await.expect(200).bytes;
    assert_eq!(writer.get(&format!("/desk/reports/{id}/files/docx")).await.expect(200).bytes, docx, "the same bytes");
    let pdf = writer.get(&format!("/desk/reports/{id}/files/pdf")).await.expect(200).bytes;
    assert!(pdf.starts_with(b"%PDF-"));
    writer.get(&format!("/desk/reports/{id}/files/odt")).await.expect(404);
    let limits = official_document::Limits::default();
    let read = format!("{:?}", official_document::read(&docx, "cong-van.docx", &limits).expect("a document"));
    for words in ["Kỳ báo cáo sắp hết hạn.", "01/SKHCN", "đôn đốc báo cáo", "GIÁM ĐỐC"] {
        assert!(read.contains(words), "{words}");
    }
});
