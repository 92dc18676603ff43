//! Answering: the four honest answers, late and in time, twice and at once.

use super::*;
use crate::duties::answer::{self, Outcome};
use crate::duties::{Slot, proof};
use crate::story;
use sea_orm::PaginatorTrait;

/// The fields of a press of the button; `key` tells presses apart.
pub fn press<'a>(key: &'a str, seen: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("key", key), ("seen", seen), ("draft", "0"), ("outcome", "reported"), ("text", text)]
}

/// The first half-year's slot of the builders.
pub async fn first_slot(house: &House) -> (Agency, Slot) {
    let builders = agency(house, "so-xay-dung").await;
    let slot = slots(house, &builders).await.into_iter().next().expect("a slot");
    (builders, slot)
}

async fn answers(house: &House) -> Vec<answer::Model> {
    answer::Entity::find().order_by_asc(answer::Column::Version).all(&house.app.db).await.expect("answers")
}

story!(an_officer_sees_what_is_owed_and_hands_it_in, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let before = house.statements();
    let list = who.get("/desk/duties").await.expect(200);
    assert!(house.statements() - before <= 14, "{} statements", house.statements() - before);
    list.says("2 việc sắp đến hạn").says("Còn 9 ngày").says("6 tháng đầu năm 2026");
    let path = format!("/desk/duties/{}", slot.id);
    who.get(&path).await.expect(200).says("Nộp kết quả").says("trước ngày 20/6, 20/12").says("không dời khi trùng ngày nghỉ");
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k1", "0", "Đã thay 3 km ống")).await.expect(303);
    who.get(&path).await.expect(200).says("Chờ thẩm định").says("Đã thay 3 km ống").says("Nộp lại (bản 2)");
    who.get("/desk/duties").await.expect(200).says("1 việc sắp đến hạn");
    who.get("/desk/duties?show=done").await.expect(200).says("Chờ thẩm định");
    who.get("/desk/duties?part=support").await.expect(200);
});

story!(the_heading_counts_what_the_list_under_it_shows, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    // It leads its report and supports a task of another department.
    let who = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    who.get("/desk/duties").await.expect(200).says("1 việc sắp đến hạn");
    who.get("/desk/duties?part=support").await.expect(200).says("1 việc sắp đến hạn");
});

story!(r2_the_last_second_of_the_day_before_is_in_time_and_the_next_is_late, |house| {
    at(&house, "2026-06-18T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let path = format!("/desk/duties/{}", slot.id);
    assert_eq!(slot.due_on, day("2026-06-19"), "before the 20th");
    at(&house, "2026-06-19T23:59:59");
    let who = officer(&house, &builders).await;
    who.get(&path).await.expect(200).says("Hôm nay là ngày cuối").says_not("Lý do nộp muộn");
    at(&house, "2026-06-20T00:00:00");
    let who = officer(&house, &builders).await;
    who.get(&path).await.expect(200).says("Quá hạn 1 ngày").says("Lý do nộp muộn");
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Muộn"))
        .await
        .expect(422)
        .says("hãy nêu lý do nộp muộn");
    let mut late = press("k", "0", "Muộn");
    late.extend([("late_reason", "Chờ số liệu của huyện cũ"), ("excusable", "yes")]);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(303);
    let page = who.get(&path).await.expect(200).says("Nộp muộn").says("Khách quan");
    page.says("Chờ số liệu");
});

story!(
    /// Scenario R4: blank is refused; nothing to report needs a reason, and then counts as handed in.
    r4_empty_is_refused_and_nothing_needs_a_reason, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    who.post(&send, &press("k", "0", "  \n ")).await.expect(422).says("Chưa có gì để nộp");
    let nothing = |reason| vec![("key", "k"), ("seen", "0"), ("outcome", "nothing"), ("reason", reason)];
    who.post(&send, &nothing(" ")).await.expect(422).says("Hãy nêu lý do không phát sinh");
    let figure = vec![
        ("key", "k"),
        ("seen", "0"),
        ("figure_name", "Tỷ lệ hộ"),
        ("figure_value", "120"),
        ("figure_unit", "%"),
        ("text", "vẫn còn đây"),
    ];
    who.post(&send, &figure).await.expect(422).says("vượt quá 100%").says("vẫn còn đây").says("value=\"120\"");
    assert!(answers(&house).await.is_empty(), "a refusal keeps nothing");
    who.post(&send, &nothing("Chưa có tuyến nào phải thay")).await.expect(303);
    let kept = answers(&house).await;
    assert_eq!((kept[0].outcome, kept[0].figures.as_str()), (Outcome::Nothing, "[]"), "it is an answer and no data");
});

story!(zero_is_a_value, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let fields = vec![("key", "k"), ("seen", "0"), ("figure_name", "Số lớp"), ("figure_value", "0"), ("figure_unit", "lớp")];
    who.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(303);
    assert_eq!(answers(&house).await[0].figures()[0].shown(), "0");
});

story!(
    /// Scenario R12: one of two at once wins, the other sees the difference; a double click is one answer.
    r12_a_double_click_is_one_answer_and_two_people_see_each_other, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let (one, other) = (officer(&house, &builders).await, officer(&house, &builders).await);
    let send = format!("/desk/duties/{}/answer", slot.id);
    let fields = press("same", "0", "Bản của người thứ nhất");
    let presses = (0..4).map(|_| one.post(&send, &fields));
    for answer in futures_util::future::join_all(presses).await {
        answer.expect(303);
    }
    assert_eq!(answers(&house).await.len(), 1, "four presses, one answer");
    let page = other.post(&send, &press("another", "0", "Bản của người thứ hai")).await.expect(409);
    page.says("Đồng nghiệp vừa nộp một bản khác")
        .says("Bản của người thứ hai")
        .says("Bản của người thứ nhất")
        .says("name=\"seen\" value=\"1\"");
    other.post(&send, &press("another", "1", "Bản gộp")).await.expect(303);
    assert_eq!(answers(&house).await.len(), 2);
});

story!(a_draft_keeps_itself_and_tells_when_a_colleague_wrote, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let (one, other) = (officer(&house, &builders).await, officer(&house, &builders).await);
    let path = format!("/desk/duties/{}", slot.id);
    let draft = |version: &'static str, text: &'static str| {
        vec![("draft", version), ("outcome", "reported"), ("text", text), ("key", "k")]
    };
    one.post(&format!("/desk/duties/{}/draft", slot.id), &draft("0", "Đang viết dở")).await.expect(303);
    other.get(&path).await.expect(200).says("Đang viết dở").says("Bản nháp của");
    other.post(&format!("/desk/duties/{}/draft", slot.id), &draft("1", "Viết tiếp")).await.expect(303);
    one.post(&format!("/desk/duties/{}/draft", slot.id), &draft("1", "Viết đè"))
        .await
        .expect(409)
        .says("vừa sửa bản nháp")
        .says("Viết đè");
    assert!(answers(&house).await.is_empty(), "a draft is no answer");
});

story!(proofs_go_with_the_version_they_were_sent_with, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    who.upload(&format!("/desk/duties/{}/files", slot.id), ("file", "../bien-ban.pdf", b"%PDF-1.7 thu"), &[]).await.expect(303);
    who.upload(&format!("/desk/duties/{}/files", slot.id), ("file", "trong.pdf", b""), &[]).await.expect(422).says("Tệp trống");
    who.post(&format!("/desk/duties/{}/links", slot.id), &[("address", "javascript:alert(1)")]).await.expect(422).says("http://");
    for inside in
        ["http://169.254.169.254/latest", "http://127.0.0.1", "http://localhost:81/a", "http://10.1.2.3/", "http://may-chu/"]
    {
        let answer = who.post(&format!("/desk/duties/{}/links", slot.id), &[("address", inside)]).await.expect(422);
        answer.says("địa chỉ trong mạng nội bộ");
    }
    who.post(&format!("/desk/duties/{}/links", slot.id), &[("address", "https://example.vn/bai-viet")]).await.expect(303);
    let kept = proof::Entity::find().order_by_asc(proof::Column::At).all(&house.app.db).await.expect("proofs");
    assert_eq!(kept[0].name, "bien-ban.pdf");
    let file = format!("/desk/duties/{}/proofs/{}", slot.id, kept[0].id);
    let answer = who.get(&file).await.expect(200);
    assert!(answer.headers["content-disposition"].to_str().expect("a header").starts_with("attachment"));
    assert_eq!(answer.bytes, b"%PDF-1.7 thu");
    who.post(&format!("/desk/duties/{}/proofs/{}/removal", slot.id, kept[1].id), &[]).await.expect(303);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "")).await.expect(303);
    who.post(&format!("/desk/duties/{}/proofs/{}/removal", slot.id, kept[0].id), &[]).await.expect(404);
    assert_eq!(proof::Entity::find().filter(proof::Column::Answer.is_null()).count(&house.app.db).await.expect("a count"), 0);
});

story!(a_proof_is_what_its_bytes_and_its_name_say, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let path = format!("/desk/duties/{}", slot.id);
    who.post(&format!("{path}/draft"), &[("draft", "0"), ("seen", "0"), ("text", "Lời đã viết dở")]).await.expect(303);
    // A program and a page that are called papers; a picture that is a page, a paper that is an archive; nothing at all.
    let archive = [b"%PDF-1.7 PK\x05\x06".as_slice(), &[0; 18]].concat();
    let foreign: [(&str, &[u8]); 5] = [
        ("bien-ban.pdf", b"MZ\x90\0\x03"),
        ("bien-ban.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("anh.gif", b"GIF89a/*<script>alert(1)</script>*/"),
        ("bien-ban.pdf", &archive),
        ("cong-cu.exe", b"MZ\x90\0\x03"),
    ];
    for (name, bytes) in foreign {
        let page = who.upload(&format!("{path}/files"), ("file", name, bytes), &[]).await.expect(422);
        page.says("id=\"proof-file-error\"").says("Không nhận tệp này").says("Lời đã viết dở");
    }
    let page = who.upload(&format!("{path}/files"), ("file", "anh.zip", b"PK\x03\x04 anh1.jpg"), &[]).await.expect(422);
    page.says("id=\"proof-file-error\"").says("Hãy giải nén");
    let page = who.upload(&format!("{path}/files"), ("file", "trong.pdf", b""), &[]).await.expect(422);
    page.says("id=\"proof-file-error\"").says("Tệp trống").says("Lời đã viết dở");
    let page = who.post(&format!("{path}/links"), &[("address", "ftp://example.vn")]).await.expect(422);
    page.says("id=\"proof-link-error\"").says("Lời đã viết dở");
    assert_eq!(proof::Entity::find().count(&house.app.db).await.expect("a count"), 0, "nothing of it is kept");
    let taken: [(&str, &[u8]); 3] = [
        ("Anh.JPG", b"\xff\xd8\xff\xe0"),
        ("so-lieu.csv", b"xa;ho\nMy Tho;12"),
        ("bao-cao.docx", b"PK\x03\x04 word/document.xml"),
    ];
    for (name, bytes) in taken {
        who.upload(&format!("{path}/files"), ("file", name, bytes), &[]).await.expect(303);
    }
});

story!(
    /// Scenario R14: another commune opens the address: 404, and an entry in the ledger.
    r14_another_commune_finds_nothing_there_and_that_is_noted, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (_, slot) = first_slot(&house).await;
    let other = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    let path = format!("/desk/duties/{}", slot.id);
    other.get(&path).await.expect(404);
    other.post(&format!("/desk/duties/{}/draft", slot.id), &press("k", "0", "x")).await.expect(404);
    other.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "x")).await.expect(404);
    other.upload(&format!("/desk/duties/{}/files", slot.id), ("file", "a.pdf", b"%PDF-"), &[]).await.expect(404);
    let facts = crate::base::fact::Model::history(&house.app.db, slot.id, 20).await.expect("facts");
    assert!(facts.iter().filter(|fact| fact.kind == "AccessRefused").count() >= 4);
    assert!(answers(&house).await.is_empty());
});

story!(what_is_due_later_is_shown_on_request, |house| {
    at(&house, "2026-01-10T09:00:00");
    adopted(&house).await;
    let (builders, _) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    who.get("/desk/duties").await.expect(200).says_not("31/12/2026");
    who.get("/desk/duties?show=all").await.expect(200).says("31/12/2026");
});

story!(the_same_key_with_other_words_is_another_answer, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    who.post(&send, &press("k", "0", "Ba tuyến")).await.expect(303);
    who.post(&send, &press("k", "0", "Ba tuyến")).await.expect(303);
    who.post(&send, &press("k", "0", "Bốn tuyến")).await.expect(409).says("Bốn tuyến");
    assert_eq!(answers(&house).await.len(), 1);
});

story!(what_is_hidden_does_not_stand_in_the_way, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let mut fields = vec![("key", "k"), ("seen", "0"), ("outcome", "nothing"), ("reason", "Chưa đến mùa")];
    fields.extend([("figure_name", "Số lớp"), ("figure_value", "nhiều"), ("figure_unit", "")]);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(303);
});

story!(handing_in_does_not_wipe_out_what_a_colleague_is_writing, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let (one, other) = (officer(&house, &builders).await, officer(&house, &builders).await);
    let (draft, send) = (format!("/desk/duties/{}/draft", slot.id), format!("/desk/duties/{}/answer", slot.id));
    other.post(&draft, &press("k", "0", "Bản dài của đồng nghiệp")).await.expect(303);
    let refused = one.post(&send, &press("k1", "0", "Bản ngắn")).await.expect(409);
    refused.says("Đồng nghiệp vừa sửa bản nháp này").says("Bản dài của đồng nghiệp").says("Bản ngắn");
    assert!(answers(&house).await.is_empty());
    // Having seen it, they may; and what is as the draft says is no conflict.
    let mut seen = press("k1", "0", "Bản ngắn");
    seen[2] = ("draft", "1");
    one.post(&send, &seen).await.expect(303);
    assert_eq!(answers(&house).await.len(), 1);
});

story!(a_text_without_a_letter_is_no_text, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    for text in [".", "🙂", "\u{2800}\u{2800}", "\u{3164}", "\u{301}", "\u{E0041}", "--- …"] {
        who.post(&send, &press("k1", "0", text)).await.expect(422);
    }
    who.post(&send, &press("k1", "0", "3")).await.expect(303);
});

story!(fields_are_held_to_their_length_and_a_locked_draft_says_so, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let long = "dài ".repeat(8_000);
    let draft = format!("/desk/duties/{}/draft", slot.id);
    who.post(&draft, &press("k", "0", &long)).await.expect(422).says("Nội dung quá dài");
    let name = "n".repeat(2_000);
    let row = vec![("draft", "0"), ("seen", "0"), ("figure_name", name.as_str()), ("figure_value", "1"), ("figure_unit", "")];
    who.post(&draft, &row).await.expect(422);
    who.post(&draft, &[("draft", "2147483647"), ("seen", "0"), ("text", "x")]).await.expect(409);
    at(&house, "2026-09-01T09:00:00");
    let who = officer(&house, &builders).await;
    who.post(&draft, &press("k", "0", "Viết muộn")).await.expect(422).says("Viết muộn").says("chép lại nội dung");
});

story!(a_proof_taken_back_while_it_is_sent_is_either_there_or_missed, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    for turn in 0..6 {
        let bytes = format!("%PDF-1.7 {turn}");
        who.upload(&format!("/desk/duties/{}/files", slot.id), ("file", "a.pdf", bytes.as_bytes()), &[]).await.expect(303);
        let waiting = proof::Model::unsent(&house.app.db, slot.id).await.expect("proofs");
        let (key, seen) = (format!("k{turn}"), answers(&house).await.len().to_string());
        let fields = [("key", key.as_str()), ("seen", seen.as_str()), ("outcome", "reported"), ("text", "")];
        let removal = format!("/desk/duties/{}/proofs/{}/removal", slot.id, waiting[0].id);
        let send = format!("/desk/duties/{}/answer", slot.id);
        let (sent, taken) = tokio::join!(who.post(&send, &fields), who.post(&removal, &[]));
        let both = (sent.status.as_u16(), taken.status.as_u16());
        assert!(both == (303, 404) || both == (422, 303), "{both:?}");
    }
    for answer in answers(&house).await {
        let proofs =
            proof::Entity::find().filter(proof::Column::Answer.eq(answer.id)).count(&house.app.db).await.expect("a count");
        assert_eq!(proofs, 1, "an answer without anything in it");
    }
    let files = proof::file::Entity::find().count(&house.app.db).await.expect("a count");
    assert_eq!(files, answers(&house).await.len() as u64, "what was taken back leaves no bytes behind");
});
