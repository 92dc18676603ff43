//! Writing: templates, figures that somebody typed over, two at once.

use super::*;
use crate::reports::template;

story!(
    /// D-5: a number that the ledger does not support is declared beside recorded, never silently.
    d5_a_number_typed_over_stands_beside_the_recorded_one, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    let all = answered_but(&house, &report, &[]).await;
    house.on("2026-06-25T09:00:00").await;
    let id = drafted(&house, &report).await;
    let who = someone(&house, Role::Officer).await;
    let path = format!("/desk/reports/{id}");
    who.get(&path).await.expect(200).says("Cơ quan đã báo cáo").says_not("Số chưa có ghi nhận nào đỡ");
    let typed = [FILLED[0], FILLED[1], ("typed.progress:done", "999")];
    save(&house, &who, id, &typed).await.expect(303);
    let page = who.get(&path).await.expect(200).says("Số chưa có ghi nhận nào đỡ");
    let page = page.says(&format!("khai 999, hệ thống ghi nhận {}", all.len()));
    page.says(&format!("(số khai; hệ thống ghi nhận: {})", all.len())).says(&format!("/desk/closings/{}/2026-H1/1", report.id));
    // A number written into the words is looked at, too; one that a figure has is not.
    let mut outline = the(&house, id).await.outline();
    outline.sections[0].text = format!("Có 4321 hộ được hướng dẫn; {} cơ quan báo cáo.", all.len());
    let fields: Vec<(String, String)> = form(&Report { outline: serde_json::to_string(&outline).expect("JSON"), ..the(&house, id).await }, &[]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let preview = who.post(&format!("/desk/reports/{id}/preview"), &fields).await.expect(200);
    preview.says("số 4321 gõ tay").says_not(&format!("số {} gõ tay", all.len()));
    who.post(&path, &fields).await.expect(303);
    // It is frozen with it.
    issued(&house, id).await;
    let frozen = the(&house, id).await.frozen().expect("JSON").expect("frozen");
    assert!(frozen.remarks.iter().any(|one| one.declared == "999") && frozen.remarks.iter().any(|one| one.declared == "4321"));
});

story!(what_is_typed_over_a_figure_is_a_number, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    answered_but(&house, &report, &[]).await;
    house.on("2026-06-25T09:00:00").await;
    let id = drafted(&house, &report).await;
    let who = someone(&house, Role::Officer).await;
    for (typed, said) in [("abc", "không phải là số"), ("-5", "ngoài khoảng cho phép"), ("1,234", "có hai cách đọc")]
    {
        let refused = save(&house, &who, id, &[("typed.progress:done", typed)]).await.expect(422);
        refused.says(said).says(&format!("value=\"{typed}\"")).says("href=\"#figures\"");
    }
    assert!(the(&house, id).await.arrangement().typed.is_empty());
    save(&house, &who, id, &[("typed.progress:done", "1 234")]).await.expect(303);
    assert_eq!(the(&house, id).await.arrangement().typed["progress:done"], "1.234");
    // What was asked back and is sent again is meant so.
    save(&house, &who, id, &[("typed.progress:done", "1,234"), ("sure", "1,234")]).await.expect(303);
    assert_eq!(the(&house, id).await.arrangement().typed["progress:done"], "1,234");
});

story!(a_draft_is_dropped_by_who_was_told_that_it_is_gone_then, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    answered_but(&house, &report, &[]).await;
    house.on("2026-06-25T09:00:00").await;
    let id = drafted(&house, &report).await;
    let who = someone(&house, Role::Officer).await;
    let path = format!("/desk/reports/{id}");
    who.get(&path).await.expect(200).says("không lấy lại được").says("<lt-unsaved hidden></lt-unsaved>");
    let refused = save(&house, &who, id, &[("typed.progress:done", "abc")]).await.expect(422);
    refused.says("<lt-unsaved hidden data-changed>");
    let version = the(&house, id).await.version;
    let (seen, old) = (version.to_string(), (version - 1).to_string());
    who.post(&format!("{path}/acts/drop"), &[("version", &old)]).await.expect(409);
    let gone = who.post(&format!("{path}/acts/drop"), &[("version", &seen)]).await.expect(303);
    who.get(gone.location()).await.expect(200).says("Đã bỏ dự thảo");
    who.get(&path).await.expect(404);
});

story!(two_writers_at_once_lose_nothing, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let (one, other) = (someone(&house, Role::Officer).await, someone(&house, Role::Officer).await);
    let id = letter(&house, &one).await;
    let before = the(&house, id).await;
    let mine = form(&before, &[("field.noi_dung", "Lời của người thứ nhất.")]);
    let theirs = form(&before, &[("field.noi_dung", "Lời của người thứ hai.")]);
    let mine: Vec<(&str, &str)> = mine.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let theirs: Vec<(&str, &str)> = theirs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    one.post(&format!("/desk/reports/{id}"), &mine).await.expect(303);
    let conflict = other.post(&format!("/desk/reports/{id}"), &theirs).await.expect(409);
    conflict.says("Có người vừa sửa văn bản này").says("Lời của người thứ hai.");
    assert_eq!(the(&house, id).await.arrangement().fields["noi_dung"], "Lời của người thứ nhất.");
    // What can not be is refused with its reason, and what was typed stays.
    let long = "dài ".repeat(100);
    save(&house, &one, id, &[("subject", &long)]).await.expect(422).says("Trích yếu dài quá 300").says("dài dài");
    save(&house, &one, id, &[("subject", " ")]).await.expect(422).says("Hãy ghi trích yếu");
    save(&house, &one, id, &[("issuer", "")]).await.expect(303);
    press(&house, &one, id, "submit", &[]).await.expect(422).says("Phần đầu và chữ ký còn thiếu");
    save(&house, &one, id, &[("issuer", "Sở"), ("field.noi_dung", "TUYỆT MẬT\nNội dung")]).await.expect(303);
    press(&house, &one, id, "submit", &[]).await.expect(422).says("TUYỆT MẬT");
    // Wherever it is printed.
    save(&house, &one, id, &[("field.noi_dung", "Nội dung"), ("recipients", "Như trên\nTối mật")]).await.expect(303);
    press(&house, &one, id, "submit", &[]).await.expect(422).says("TỐI MẬT");
    press(&house, &one, id, "drop", &[]).await.expect(303);
    one.get(&format!("/desk/reports/{id}")).await.expect(404);
});

story!(the_office_edits_templates_and_documents_keep_theirs, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    let keeper = someone(&house, Role::Coordinator).await;
    keeper.get("/desk/reports/templates").await.expect(200).says("Lấy các mẫu có sẵn");
    keeper.post("/desk/reports/templates", &[]).await.expect(303);
    keeper.post("/desk/reports/templates", &[]).await.expect(303);
    let count = template::Entity::find().count(&house.app.db).await.expect("a count");
    assert_eq!(count, 8, "once");
    someone(&house, Role::Officer).await.get("/desk/reports/templates").await.expect(403);
    let written = letter(&house, &keeper).await;
    keeper.get("/desk/reports/templates/cong-van").await.expect(200).says("Công văn đôn đốc báo cáo").says("{noi_dung}");
    let fields = |version: &'static str, text: &'static str| {
        vec![
            ("version", version),
            ("name", "Công văn"),
            ("kind", "letter"),
            ("subject", "{ve_viec}"),
            ("fields", "ve_viec | V/v gì"),
            ("section_of", "words"),
            ("section_level", "0"),
            ("section_title", ""),
            ("section_text", text),
        ]
    };
    let preview = keeper.post("/desk/reports/templates/preview", &fields("1", "Lời mới của cơ quan.")).await.expect(200);
    preview.says("Lời mới của cơ quan.").says("id=\"preview\"");
    let path = "/desk/reports/templates/cong-van";
    keeper.post(path, &fields("1", "Lời mới của cơ quan.")).await.expect(303);
    keeper.post(path, &fields("1", "Lời khác.")).await.expect(409).says("Lời khác.");
    let mut wrong = fields("2", "");
    wrong.retain(|(name, _)| *name != "fields" && *name != "subject");
    wrong.extend([("fields", "Có dấu | hỏi"), ("subject", "")]);
    keeper.post(path, &wrong).await.expect(422).says("Hãy ghi trích yếu").says("Đề cương chưa có phần nào").says("Có dấu");
    // What was begun before keeps its own.
    assert_eq!(the(&house, written).await.template_version, 1);
    keeper.get(&format!("/desk/reports/{written}")).await.expect(200).says_not("Lời mới của cơ quan.");
    // What the office changed stays; what nobody touched gets the version that ships now.
    let stale = template::Entity::update_many().col_expr(template::Column::Body, Expr::value("{}"));
    let stale = stale.filter(template::Column::Code.eq("bao-cao-tong-hop"));
    stale.exec(&house.app.db).await.expect("an old version");
    keeper.get("/desk/reports/templates").await.expect(200).says("Lấy bản mới của các mẫu có sẵn");
    keeper.post("/desk/reports/templates", &[]).await.expect(303);
    let newest = async |code: &str| template::Model::newest(&house.app.db, code).await.expect("rows").expect("a template");
    let (whole, letter) = (newest("bao-cao-tong-hop").await, newest("cong-van").await);
    assert_eq!((whole.version, letter.version), (2, 2));
    assert!(whole.outline().has(template::outline::Of::Targets) && letter.person.is_some());
    keeper.get("/desk/reports/templates/khong-co").await.expect(404);
    keeper.get("/desk/reports/templates/moi").await.expect(200);
});

story!(a_new_template_takes_the_place_of_no_other_and_of_no_page, |house| {
    house.on("2026-06-10T09:00:00").await;
    adopted(&house).await;
    let keeper = someone(&house, Role::Coordinator).await;
    let of = |name: &'static str| {
        vec![
            ("version", "0"),
            ("name", name),
            ("kind", "letter"),
            ("subject", "Về việc thử"),
            ("section_of", "words"),
            ("section_level", "0"),
            ("section_title", ""),
            ("section_text", "Lời của mẫu."),
        ]
    };
    let new = "/desk/reports/templates/moi";
    keeper.post(new, &of("Mới")).await.expect(303);
    keeper.get("/desk/reports/templates/mau-moi").await.expect(200).says("Lời của mẫu.");
    // A name that is taken is told at its field; another one is saved from the form that came back.
    let taken = keeper.post(new, &of("Mới")).await.expect(422).says("Đã có mẫu mang tên này").says("Lời của mẫu.");
    taken.says(&format!("action=\"{new}\""));
    keeper.post(new, &of("Khác")).await.expect(303);
    // Only a name makes an address, and only a type of the list makes a document.
    keeper.post("/desk/reports/templates/ma-tu-dat", &of("Lạ")).await.expect(404);
    let odd = |(name, value): (&'static str, &'static str)| (name, if name == "kind" { "thong-tu" } else { value });
    let odd: Vec<(&str, &str)> = of("Loại lạ").into_iter().map(odd).collect();
    keeper.post(new, &odd).await.expect(422).says("Hãy chọn loại văn bản trong danh sách").says("value=\"Loại lạ\"");
    assert_eq!(template::Entity::find().count(&house.app.db).await.expect("a count"), 2);
    // Lines beyond what a part has are told, and come back with the others.
    let lines = (1..=61).map(|number| format!("Dòng {number}")).collect::<Vec<_>>().join("\n");
    let mut many: Vec<(&str, &str)> = of("Dài");
    many.push(("recipients", lines.as_str()));
    keeper.post(new, &many).await.expect(422).says("nhiều nhất 60 dòng").says("Dòng 61");
});
