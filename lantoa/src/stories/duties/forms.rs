//! Report forms: written by the coordinator, filled in by agencies, rolled up, certified on paper.

use super::*;
use crate::base::Role;
use crate::duties::answer;
use crate::duties::duty::{self, Duty};
use crate::duties::form::values;
use crate::stories::web::api::{Caller, token};
use crate::story;
use crate::testing::Visitor;
use sea_orm::PaginatorTrait;
use serde_json::json;

/// Label, kind, what a gap means, roll-up, further: the fields of the stories' form.
const FIELDS: [(&str, &str, &str, &str, &str); 5] = [
    ("Số lớp", "number", "refused", "sum", ""),
    ("Số người", "number", "with-reason", "sum", ""),
    ("Tỷ lệ hộ", "ratio", "no-data", "sum", "Số hộ được hướng dẫn\nTổng số hộ"),
    ("Có chuyên mục", "yes-no", "refused", "sum", ""),
    ("Kiến nghị", "text", "no-data", "none", ""),
];

pub fn rows(seen: &str, act: &str) -> Vec<(String, String)> {
    let mut pairs = vec![("seen".to_owned(), seen.to_owned()), ("act".to_owned(), act.to_owned())];
    for (label, kind, missing, roll_up, options) in FIELDS {
        let row =
            [("code", ""), ("label", label), ("help", ""), ("kind", kind), ("unit", ""), ("decimals", "0"), ("options", options)];
        let more = [("missing", missing), ("least", ""), ("most", ""), ("roll_up", roll_up), ("source", "")];
        pairs.extend(row.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    pairs
}

fn with_rule(mut pairs: Vec<(String, String)>, blocking: &str) -> Vec<(String, String)> {
    let rule = [
        ("rule_left", "so_lop"),
        ("rule_is", "at-most"),
        ("rule_right", "so_nguoi"),
        ("rule_message", "Mỗi lớp có ít nhất một người"),
        ("rule_blocking", blocking),
        ("rule_gap", "skip"),
    ];
    pairs.extend(rule.map(|(name, value)| (name.to_owned(), value.to_owned())));
    pairs
}

pub async fn post(who: &Visitor<'_>, path: &str, pairs: &[(String, String)]) -> crate::testing::Answer {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    who.post(path, &pairs).await
}

/// The report that every agency owes twice a year, with the path where its form is written.
pub async fn report(house: &House, plan: &plan::Model) -> (Duty, String) {
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = duties.into_iter().find(|duty| duty.kind == duty::Kind::Report).expect("a report");
    let path = format!("/desk/plans/{}/duties/{}", plan.id, report.id);
    (report, path)
}

pub async fn coordinator(house: &House) -> Visitor<'_> {
    let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
    house.someone(Role::Coordinator, Some(&standing)).await
}

async fn slot_of(house: &House, duty: &Duty, agency: &Agency, period: &str) -> slot::Model {
    let of = slots(house, agency).await;
    of.into_iter().find(|slot| slot.duty == duty.id && slot.period == period).expect("a slot of the report")
}

/// A plan whose report has the stories' form, with a rule when asked; an officer and their slot of the first half.
pub async fn formed<'a>(house: &'a House, rule: Option<&str>) -> (Duty, String, Visitor<'a>, slot::Model) {
    at(house, "2026-06-10T09:00:00");
    let plan = adopted(house).await;
    let (duty, path) = report(house, &plan).await;
    let pairs = rows("0", "save");
    let pairs = rule.map_or_else(|| pairs.clone(), |blocking| with_rule(pairs.clone(), blocking));
    post(&coordinator(house).await, &format!("{path}/form"), &pairs).await.expect(303);
    let builders = agency(house, "so-xay-dung").await;
    let slot = slot_of(house, &duty, &builders, "2026-H1").await;
    (duty, path, officer(house, &builders).await, slot)
}

/// What the form sends: fields in their order, then what was typed.
fn press<'a>(key: &'a str, seen: &'a str, typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let codes = ["so_lop", "so_nguoi", "ty_le_ho", "co_chuyen_muc", "kien_nghi"];
    let mut pairs = vec![("key", key), ("seen", seen), ("outcome", "reported")];
    pairs.extend(codes.map(|code| ("field", code)));
    pairs.extend(typed);
    pairs
}

const FULL: [(&str, &str); 5] = [("f0", "3"), ("f1", "1.234"), ("f2", "1"), ("f2-whole", "2"), ("f3", "yes")];

async fn count(house: &House) -> u64 {
    answer::Entity::find().count(&house.app.db).await.expect("answers")
}

story!(b1_b2_r4_a_form_is_written_previewed_and_reaches_every_holder, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (duty, path) = report(&house, &plan).await;
    let form = format!("{path}/form");
    let who = coordinator(&house).await;
    who.get(&form).await.expect(200).says("Chưa có mục nào");
    who.get(&format!("{path}/figures")).await.expect(200).says("Nhiệm vụ chưa có biểu mẫu</h1>");
    who.get(&path).await.expect(200).says("Sửa biểu mẫu");
    post(&who, &form, &rows("0", "add")).await.expect(200).says("Mục 6").says("Cơ quan sẽ thấy").says("Tổng số hộ");
    let moved = post(&who, &form, &rows("0", "down-0")).await.expect(200).text();
    assert!(moved.find("Mục 1: Số người") < moved.find("Mục 2: Số lớp"), "moved without script");
    who.get(&form).await.expect(200).says("Chưa có mục nào");
    let mut twice = rows("0", "save");
    twice.iter_mut().filter(|(name, _)| name == "code").for_each(|(_, code)| *code = "so_lop".into());
    post(&who, &form, &twice).await.expect(422).says("đã dùng cho mục khác").says("value=\"Số người\"");
    post(&who, &form, &rows("0", "save")).await.expect(303);
    post(&who, &form, &rows("0", "save")).await.expect(409).says("Đồng nghiệp vừa lưu một bản khác");
    for slug in ["so-xay-dung", "so-tai-chinh"] {
        let holder = agency(&house, slug).await;
        let slot = slot_of(&house, &duty, &holder, "2026-H1").await;
        let officer = officer(&house, &holder).await;
        let page = officer.get(&format!("/desk/duties/{}", slot.id)).await.expect(200);
        page.says("Số lớp").says("Tổng số hộ").says("name=\"f0\"").says_not("name=\"figure_name\"");
        officer.get(&form).await.expect(403);
        let send = format!("/desk/duties/{}/answer", slot.id);
        officer.post(&send, &press("k", "0", &[])).await.expect(422).says("Số lớp: chưa nhập").says("Chưa có gì để nộp");
        let nothing = [("key", "k"), ("seen", "0"), ("outcome", "nothing"), ("reason", "")];
        officer.post(&send, &nothing).await.expect(422).says("Hãy nêu lý do không phát sinh");
    }
    assert_eq!(count(&house).await, 0);
});

story!(b1_an_answer_keeps_its_version_of_the_form_and_a_new_one_holds_for_the_rest, |house| {
    let (duty, path, who, slot) = formed(&house, None).await;
    let page = format!("/desk/duties/{}", slot.id);
    let send = format!("{page}/answer");
    who.post(&send, &press("k", "0", &FULL)).await.expect(303);
    who.post(&send, &press("k", "0", &FULL)).await.expect(303);
    assert_eq!(count(&house).await, 1, "a double click is one answer");
    who.get(&page).await.expect(200).says("1.234").says("1/2 (50%)").says("Kiến nghị").says("Không có số liệu");
    let mut pairs = rows("1", "save");
    pairs.iter_mut().filter(|(_, value)| value == "Số lớp").for_each(|(_, label)| *label = "Số buổi".into());
    post(&coordinator(&house).await, &format!("{path}/form"), &pairs).await.expect(303);
    who.get(&page).await.expect(200).says("Số lớp").says_not("Số buổi").says("value=\"1.234\"");
    let other = agency(&house, "so-tai-chinh").await;
    let theirs = slot_of(&house, &duty, &other, "2026-H1").await;
    let colleague = officer(&house, &other).await;
    colleague.get(&format!("/desk/duties/{}", theirs.id)).await.expect(200).says("Số buổi").says_not("Số lớp");
    // Whoever had the old page open is told, and loses nothing.
    let stale = colleague.post(&format!("/desk/duties/{}/answer", theirs.id), &press("o", "0", &FULL)).await.expect(422);
    stale.says("Biểu mẫu vừa được sửa").says("value=\"1.234\"");
    let mut changed = press("again", "1", &FULL);
    changed.iter_mut().filter(|(name, _)| *name == "f0").for_each(|(_, value)| *value = "4");
    who.post(&send, &changed).await.expect(303);
    who.get(&page).await.expect(200).says("<dt>Số lớp</dt>").says("<del>3</del><ins>4</ins>");
    let kept = values::of(&house.app.db, &[slot.id]).await.expect("values");
    assert!(kept.len() == 2 && kept.values().all(|filled| filled.version == 1), "both by the first version of the form");
});

story!(r6_each_figure_is_refused_at_its_field_and_what_was_typed_stays, |house| {
    let (_, _, who, slot) = formed(&house, None).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    for (typed, says) in
        [("-3", "Số lớp"), ("NaN", "NaN"), ("31/6", "31/6"), ("1000000000000000000", "Số lớp"), ("1,5", "chỉ nhận số nguyên")]
    {
        let fields = [("f0", typed), ("f1", "5"), ("f3", "no")];
        let page = who.post(&send, &press("k", "0", &fields)).await.expect(422);
        page.says(says).says("f0-error").says(&format!("value=\"{typed}\"")).says_not("f1-error");
    }
    who.post(&send, &press("k", "0", &[("f0", "1,234"), ("f1", "5"), ("f3", "no")]))
        .await
        .expect(422)
        .says("Số lớp: ô này chỉ nhận số nguyên");
    let over = [("f0", "1"), ("f1", "5"), ("f2", "3"), ("f2-whole", "2"), ("f3", "no")];
    who.post(&send, &press("k", "0", &over)).await.expect(422).says("lớn hơn “Tổng số hộ”");
    who.post(&send, &press("k", "0", &[("f0", "１２"), ("f1", "1 234"), ("f3", "no")])).await.expect(303);
    who.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("<strong>1.234</strong>").says("<strong>12</strong>");
});

story!(b13_a_gap_needs_its_reason_and_rules_across_fields_hold, |house| {
    let (_, _, who, slot) = formed(&house, Some("yes")).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    who.post(&send, &press("k", "0", &[("f0", "3"), ("f3", "no")]))
        .await
        .expect(422)
        .says("Số người: không có số liệu thì hãy nêu lý do");
    who.post(&send, &press("k", "0", &[("f0", "3"), ("f1", "2"), ("f3", "no")]))
        .await
        .expect(422)
        .says("Mỗi lớp có ít nhất một người");
    // The gap breaks no rule, and is no zero.
    let gap = [("f0", "3"), ("f1-why", "Huyện cũ chưa bàn giao"), ("f3", "no")];
    who.post(&send, &press("k", "0", &gap)).await.expect(303);
    who.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("Huyện cũ chưa bàn giao").says("Không có số liệu");
});

story!(b13_a_warning_is_let_through_with_an_explanation, |house| {
    let (_, _, who, slot) = formed(&house, Some("no")).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    let mut fields = vec![("f0", "3"), ("f1", "2"), ("f3", "no")];
    who.post(&send, &press("k", "0", &fields)).await.expect(422).says("name=\"x0\"").says("hãy giải trình cho cảnh báo này");
    fields.push(("x0", "Một lớp hoãn"));
    who.post(&send, &press("k", "0", &fields)).await.expect(303);
    who.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("Một lớp hoãn");
});

story!(b14_b15_earlier_periods_are_carried_over_and_what_is_far_from_them_is_asked, |house| {
    let (duty, _, who, slot) = formed(&house, None).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", &FULL)).await.expect(303);
    at(&house, "2026-12-10T09:00:00");
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let second = slot_of(&house, &duty, &builders, "2026-H2").await;
    let page = format!("/desk/duties/{}", second.id);
    who.get(&page).await.expect(200).says("Kỳ trước: 1.234.").says("Lấy số của");
    who.post(&format!("/desk/duties/{}/carry-over", second.id), &press("k2", "0", &[("f0", "5")])).await.expect(303);
    who.get(&page).await.expect(200).says("value=\"5\"").says("value=\"1.234\"").says("value=\"2\"");
    let mut send = press("k2", "0", &FULL);
    send.push(("draft", "1"));
    who.post(&format!("{page}/answer"), &send).await.expect(303);
    at(&house, "2027-06-10T09:00:00");
    let who = officer(&house, &builders).await;
    let third = slots(&house, &builders).await.into_iter().find(|slot| slot.duty == duty.id && slot.period == "2027-H1");
    // The plan of the stories ends with its year; where it goes on, the third period knows two earlier ones.
    if let Some(third) = third {
        let send = format!("/desk/duties/{}/answer", third.id);
        let mut far = vec![("f0", "40"), ("f1", "1.234"), ("f3", "yes")];
        who.post(&send, &press("t", "0", &far)).await.expect(422).says("Lớn hơn 3 lần").says("name=\"f0-odd\"");
        far.push(("f0-odd", "Thêm lớp ở khu công nghiệp"));
        who.post(&send, &press("t", "0", &far)).await.expect(303);
    }
});

story!(b16_what_the_system_counts_is_filled_in_and_another_figure_needs_its_reason, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (duty, path) = report(&house, &plan).await;
    let mut pairs = rows("0", "save");
    // The first field counts the links that were handed in.
    let first = pairs.iter_mut().find(|(name, _)| name == "source").expect("a source");
    first.1 = "proof-links".into();
    post(&coordinator(&house).await, &format!("{path}/form"), &pairs).await.expect(303);
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let slot = slot_of(&house, &duty, &builders, "2026-H1").await;
    let other = slots(&house, &builders).await.into_iter().find(|one| one.duty != duty.id).expect("another duty");
    who.post(&format!("/desk/duties/{}/links", other.id), &[("address", "https://example.vn/bai-1")]).await.expect(303);
    let work = [("key", "w"), ("seen", "0"), ("outcome", "reported"), ("text", "Đã đăng bài")];
    who.post(&format!("/desk/duties/{}/answer", other.id), &work).await.expect(303);
    let page = format!("/desk/duties/{}", slot.id);
    let shown = who.get(&page).await.expect(200).says("Hệ thống ghi nhận: 1.").says("name=\"f0\" type=\"text\" value=\"1\"");
    shown.says(&format!("{page}/recorded/so_lop"));
    who.get(&format!("/desk/duties/{}/recorded/so_lop", slot.id)).await.expect(200).says("https://example.vn/bai-1");
    let stranger = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    stranger.get(&format!("{page}/recorded/so_lop")).await.expect(404);
    let mut fields = vec![("f0", "4"), ("f1", "9"), ("f3", "yes")];
    who.post(&format!("{page}/answer"), &press("k", "0", &fields)).await.expect(422).says("khác với 1 mà hệ thống ghi nhận");
    fields.push(("f0-why", "Ba bài trên báo giấy"));
    who.post(&format!("{page}/answer"), &press("k", "0", &fields)).await.expect(303);
    who.get(&page).await.expect(200).says("Ba bài trên báo giấy").says("Hệ thống ghi nhận: 1");
});

story!(r7_ratios_are_rolled_up_from_their_parts_and_every_figure_opens_its_list, |house| {
    let (duty, path, who, slot) = formed(&house, None).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", &FULL)).await.expect(303);
    let finance = agency(&house, "so-tai-chinh").await;
    let theirs = slot_of(&house, &duty, &finance, "2026-H1").await;
    let fields = [("f0", "4"), ("f1-why", "Chưa đếm"), ("f2", "99"), ("f2-whole", "100"), ("f3", "no")];
    let colleague = officer(&house, &finance).await;
    colleague.post(&format!("/desk/duties/{}/answer", theirs.id), &press("f", "0", &fields)).await.expect(303);
    let who = coordinator(&house).await;
    let figures = format!("/desk/plans/{}/duties/{}/figures", duty.plan, duty.id);
    assert_eq!(figures, format!("{path}/figures"));
    let before = house.statements();
    let page = who.get(&format!("{figures}?period=2026-H1")).await.expect(200);
    assert!(house.statements() - before <= 14, "{} statements", house.statements() - before);
    page.says("100/102 (98,04%)")
        .says_not("74,5")
        .says("<strong>7</strong>")
        .says("<strong>1.234</strong>")
        .says("Có: 1 · Không: 1");
    let gap = who.get(&format!("{figures}?period=2026-H1&field=so_nguoi&which=gap")).await.expect(200);
    gap.says("Sở Tài chính").says("Chưa đếm").says_not("Sở Xây dựng");
    let absent = who.get(&format!("{figures}?period=2026-H1&field=so_nguoi&which=unanswered")).await.expect(200);
    absent.says_not("Sở Xây dựng").says("Sở Giáo dục và Đào tạo");
    let csv =
        who.get(&format!("/desk/plans/{}/duties/{}/figures/csv?period=2026-H1", duty.plan, duty.id)).await.expect(200).text();
    assert!(csv.contains("Số hộ được hướng dẫn,Tổng số hộ") && csv.contains(",4,Không thu thập được,99,100,"), "{csv}");
    let xlsx =
        who.get(&format!("/desk/plans/{}/duties/{}/figures/xlsx?period=2026-H1", duty.plan, duty.id)).await.expect(200).bytes;
    assert!(xlsx.starts_with(b"PK"));
    who.get(&format!("{figures}?period=1999")).await.expect(404);
    colleague.get(&figures).await.expect(403);
});

story!(b36_a_signed_paper_is_bound_to_the_version_whose_code_it_bears, |house| {
    let (_, _, who, slot) = formed(&house, None).await;
    let page = format!("/desk/duties/{}", slot.id);
    who.get(&format!("{page}/papers")).await.expect(404);
    who.post(&format!("{page}/answer"), &press("k", "0", &FULL)).await.expect(303);
    let print = who.get(&format!("/desk/duties/{}/print/1", slot.id)).await.expect(200).says("SHA-256").text();
    let data = who.get(&format!("/desk/duties/{}/data/1", slot.id)).await.expect(200).bytes;
    let hash = crate::base::digest::sha256(&data);
    assert!(print.contains(&hash), "the paper bears the hash of the very data that can be downloaded");
    let papers = format!("/desk/duties/{}/papers", slot.id);
    let pdf: &[u8] = b"%PDF-1.7 signed";
    let wrong = [("number", ""), ("signed_on", "31/6/2026"), ("code", "abc")];
    let refused = who.upload(&papers, ("paper", "bao-cao.pdf", b"not a pdf"), &wrong).await.expect(422);
    let refused = refused.says("Hãy nhập số, ký hiệu").says("Hãy nhập ngày ký").says("8").says("Hãy chọn tệp PDF");
    refused.says("value=\"31/6/2026\"").says_not("Hãy chọn lại tệp PDF");
    let unknown = [("number", "12/BC-SXD"), ("signed_on", "10/6/2026"), ("code", "00000000")];
    let refused = who.upload(&papers, ("paper", "bao-cao.pdf", pdf), &unknown).await.expect(422);
    refused.says("Không bản số liệu nào có mã").says("Hãy chọn lại tệp PDF.");
    let right = [("number", "12/BC-SXD"), ("signed_on", "10/6/2026"), ("code", &hash[..8])];
    who.upload(&papers, ("paper", "bao-cao.pdf", pdf), &right).await.expect(303);
    who.upload(&papers, ("paper", "bao-cao.pdf", pdf), &right).await.expect(303);
    let shown = who.get(&papers).await.expect(200).says("12/BC-SXD").says("Khớp số liệu bản 1").text();
    assert_eq!(shown.matches("12/BC-SXD</a>").count(), 1, "the same paper is bound once");
    assert!(shown.find("id=\"bind\"") < shown.find("Khớp số liệu bản 1"), "the task stands first");
    let reviewer = coordinator(&house).await;
    reviewer.get(&page).await.expect(200).says("Khớp số liệu bản 1");
    let mut changed = press("again", "1", &FULL);
    changed.iter_mut().filter(|(name, _)| *name == "f0").for_each(|(_, value)| *value = "4");
    who.post(&format!("{page}/answer"), &changed).await.expect(303);
    reviewer.get(&page).await.expect(200).says("Chứng nhận bản 1, nay đã có bản 2").says_not("Khớp số liệu bản 2");
    let id = shown.split(&format!("{papers}/")).nth(1).and_then(|rest| rest.split('"').next()).expect("a paper").to_owned();
    let file = reviewer.get(&format!("/desk/duties/{}/papers/{id}", slot.id)).await.expect(200);
    assert_eq!(file.bytes, pdf);
    let stranger = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    for path in ["papers", "print/1", "data/1"] {
        stranger.get(&format!("/desk/duties/{}/{path}", slot.id)).await.expect(404);
    }
    let builders = agency(&house, "so-xay-dung").await;
    let caller = Caller::of(&house, Some(&token(&house, &builders, &["answers:read"]).await)).await;
    let api = caller.get(&format!("/api/v1/slots/{}/answers", slot.id)).await.expect(200).json();
    assert_eq!(api["items"][0]["data_sha256"], hash.as_str());
    assert_eq!(api["items"][0]["certificates"][0]["number"], "12/BC-SXD");
    assert_eq!(api["items"][1]["certificates"], json!([]));
});

story!(b1_the_api_says_what_is_asked_and_takes_values, |house| {
    let (_, _, who, slot) = formed(&house, None).await;
    let builders = agency(&house, "so-xay-dung").await;
    let scopes = ["duties:read", "answers:read", "answers:write"];
    let caller = Caller::of(&house, Some(&token(&house, &builders, &scopes).await)).await;
    let asked = caller.get(&format!("/api/v1/slots/{}", slot.id)).await.expect(200).json();
    assert_eq!((asked["form"][2]["code"].as_str(), asked["form"][2]["kind"].as_str()), (Some("ty_le_ho"), Some("ratio")));
    let send = format!("/api/v1/slots/{}/answers", slot.id);
    let body = |lop: serde_json::Value| {
        let values = json!({ "so_lop": lop, "ty_le_ho": { "part": 1, "whole": 2 }, "co_chuyen_muc": true });
        json!({ "outcome": "reported", "seen_version": 0, "values": values, "reasons": { "so_nguoi": "Chưa đếm" } })
    };
    let refused = caller.post(&send, "k1", &body(json!(-3))).await.expect(422).json();
    assert!(refused.to_string().contains("/values/so_lop"), "{refused}");
    caller.post(&send, "k2", &body(json!(3))).await.expect(201);
    let kept = caller.get(&send).await.expect(200).json();
    let values = &kept["items"][0]["values"];
    assert_eq!(
        (values[0]["number"].as_f64(), values[1]["number"].as_f64(), values[2]["whole"].as_f64()),
        (Some(3.0), None, Some(2.0))
    );
    assert_eq!(values[1]["reason"], "Chưa đếm");
    who.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("Chưa đếm");
});

story!(b1_remarks_stand_at_single_fields, |house| {
    let (_, _, who, slot) = formed(&house, None).await;
    let page = format!("/desk/duties/{}", slot.id);
    who.post(&format!("{page}/answer"), &press("k", "0", &FULL)).await.expect(303);
    let reviewer = coordinator(&house).await;
    let shown = reviewer.get(&page).await.expect(200).says("name=\"remark.Số lớp\"").text();
    let answer =
        shown.split("name=\"answer\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an answer").to_owned();
    let remark = [("answer", answer.as_str()), ("verdict", "return"), ("remark.Số lớp", "Tách lớp trực tuyến")];
    reviewer.post(&format!("{page}/review"), &remark).await.expect(303);
    who.get(&page).await.expect(200).says("Tách lớp trực tuyến").says("<strong>Số lớp:</strong>");
});

story!(b1_a_form_can_be_copied_from_another_duty, |house| {
    let (duty, _, _, _) = formed(&house, None).await;
    let other = Duty::of_plan(&house.app.db, duty.plan)
        .await
        .expect("duties")
        .into_iter()
        .find(|one| one.id != duty.id)
        .expect("another");
    let form = format!("/desk/plans/{}/duties/{}/form", duty.plan, other.id);
    let who = coordinator(&house).await;
    let id = duty.id.to_string();
    who.get(&form).await.expect(200).says(&id);
    who.post(&form, &[("seen", "0"), ("act", "copy"), ("other", &id)])
        .await
        .expect(200)
        .says("value=\"Số lớp\"")
        .says("Lưu thành bản 1");
    who.get(&form).await.expect(200).says("Chưa có mục nào");
});
