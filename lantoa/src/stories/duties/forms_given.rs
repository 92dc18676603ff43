//! What an untouched, withdrawn or mistaken form does: nothing that was typed is lost, nothing that was not said is taken.

use super::forms::{coordinator, formed, post, report, rows};
use super::*;
use crate::duties::answer;
use crate::story;
use sea_orm::PaginatorTrait;

async fn answers(house: &House) -> u64 {
    answer::Entity::find().count(&house.app.db).await.expect("a count")
}

/// One field of a form: label, kind, unit, roll-up, least, most, source, what a gap means.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

fn form(seen: &str, fields: &[Row<'_>]) -> Vec<(String, String)> {
    let mut pairs = vec![("seen".to_owned(), seen.to_owned()), ("act".to_owned(), "save".to_owned())];
    for (label, kind, unit, roll_up, least, most, source) in fields {
        let row = [("code", ""), ("label", label), ("help", ""), ("kind", kind), ("unit", unit), ("decimals", "0")];
        let more = [("options", ""), ("missing", "no-data"), ("least", least), ("most", most), ("roll_up", roll_up)];
        let all = row.iter().chain(&more).copied().chain(std::iter::once(("source", *source)));
        pairs.extend(all.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    pairs
}

story!(an_untouched_form_is_no_answer, |house| {
    let (_, path, who, slot) = formed(&house, None).await;
    let fields = [("Số tin", "number", "tin", "sum", "", "", ""), ("Số kỳ đã nộp", "number", "kỳ", "sum", "", "", "slots-done")];
    post(&coordinator(&house).await, &format!("{path}/form"), &form("1", &fields)).await.expect(303);
    let send = format!("/desk/duties/{}/answer", slot.id);
    let base = [("key", "k"), ("seen", "0"), ("draft", "0"), ("outcome", "reported"), ("text", "")];
    let untouched = [&base[..], &[("field", "so_tin"), ("field", "so_ky_da_nop"), ("f1", "0")]].concat();
    who.post(&send, &untouched).await.expect(422);
    assert_eq!(answers(&house).await, 0);
    let percent = [&base[..], &[("field", "so_tin"), ("field", "so_ky_da_nop"), ("f0", "12%"), ("f1", "0")]].concat();
    who.post(&send, &percent).await.expect(422).says("12%").says_not("Chưa có gì để nộp");
    let given = [&base[..], &[("field", "so_tin"), ("field", "so_ky_da_nop"), ("f0", "12"), ("f1", "0")]].concat();
    who.post(&send, &given).await.expect(303);
    assert_eq!(answers(&house).await, 1);
});

story!(what_was_typed_into_a_form_that_is_gone_is_not_dropped, |house| {
    let (_, path, who, slot) = formed(&house, None).await;
    let empty = [("seen".to_owned(), "1".to_owned()), ("act".to_owned(), "save".to_owned())];
    post(&coordinator(&house).await, &format!("{path}/form"), &empty).await.expect(303);
    let fields = [
        ("key", "k"),
        ("seen", "0"),
        ("draft", "0"),
        ("outcome", "reported"),
        ("text", "Xong"),
        ("field", "so_lop"),
        ("f0", "77"),
    ];
    who.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(422).says("Biểu mẫu vừa được sửa");
    assert_eq!(answers(&house).await, 0);
});

story!(percentages_under_another_name_and_bounds_below_zero_are_refused, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (_, path) = report(&house, &plan).await;
    let who = coordinator(&house).await;
    let percent = form("0", &[("Mức hoàn thành", "number", "%", "average", "", "", "")]);
    post(&who, &format!("{path}/form"), &percent).await.expect(422).says("Đơn vị là phần trăm");
    let below = form("0", &[("Số tin", "number", "tin", "sum", "-5", "-1", "")]);
    post(&who, &format!("{path}/form"), &below).await.expect(422).says("không được âm");
    post(&who, &format!("{path}/form"), &rows("0", "save")).await.expect(303);
});
