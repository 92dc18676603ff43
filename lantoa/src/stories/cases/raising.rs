//! Raising: from a slot or by itself, once, with every refusal at its field.

use super::*;
use crate::story;

story!(a_difficulty_is_raised_and_both_bodies_are_told, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    cast.raiser.get("/desk/cases").await.expect(200).says("Chưa có vướng mắc nào").says("/desk/cases/new");
    cast.raiser.get("/desk/cases/new").await.expect(200).says("Sở Khoa học và Công nghệ").says("24 giờ làm việc");
    let path = cast.raised("k1").await;
    assert_eq!(cast.raised("k1").await, path, "the button pressed twice raises it once");
    let case = at_path(&house, &path).await;
    assert_eq!(case.holder, cast.standing.id);
    cast.raiser.get(&path).await.expect(200).says("Đường ống cũ").says("còn 24 giờ làm việc").says("Rút vướng mắc");
    cast.first.get(&path).await.expect(200).says("Gửi trả lời").says("Chuyển lên");
    cast.first.get("/desk/cases").await.expect(200).says("1 vướng mắc chờ cơ quan bạn");
    assert_eq!(heard(&house, &cast.standing, "notice-case-raised").await, 1);
    assert_eq!(heard(&house, &cast.builders, "notice-case-raised").await, 1);
});

story!(others_do_not_see_it_and_that_they_looked_is_noted, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    cast.other.get(&path).await.expect(404);
    press(&house, &cast.other, &path, "answer", "Tôi trả lời").await.expect(404);
    cast.other.get("/desk/cases").await.expect(200).says_not("Đường ống cũ");
    cast.other.get("/desk/cases?view=all").await.expect(200).says_not("Đường ống cũ");
    cast.other.get("/desk/cases/csv?view=all").await.expect(200).says_not("Đường ống cũ");
    let refused = crate::base::fact::Entity::find()
        .filter(crate::base::fact::Column::Kind.eq("AccessRefused"))
        .filter(crate::base::fact::Column::About.eq(at_path(&house, &path).await.id));
    assert_eq!(refused.all(&house.app.db).await.expect("facts").len(), 2);
    house.visitor().get(&path).await.expect(303);
    cast.second.get(&path).await.expect(200).says("Đường ống cũ");
    let auditor = house.someone(Role::Auditor, Some(&cast.money)).await;
    auditor.get(&path).await.expect(200).says_not("Gửi trả lời");
    cast.first.get(&format!("/desk/cases/{}", Uuid::nil())).await.expect(404);
    cast.first.get("/desk/cases/khong-co").await.expect(404);
    cast.first.post(&format!("{path}/destruction"), &[("version", "1")]).await.expect(404);
});

story!(what_is_missing_or_too_long_is_said_at_its_field_and_stays_typed, |house| {
    let cast = Cast::of(&house).await;
    let empty = [("key", "k"), ("title", " "), ("difficulty", "Vẫn còn đây"), ("proposal", "")];
    cast.raiser
        .post("/desk/cases", &empty)
        .await
        .expect(422)
        .says("Hãy ghi tên vướng mắc")
        .says("Hãy viết đề xuất")
        .says("Vẫn còn đây")
        .says("id=\"title-error\"");
    let long = "ặ".repeat(100_000);
    let fields = [("key", "k"), ("title", "Dài"), ("difficulty", long.as_str()), ("proposal", "Có")];
    cast.raiser.post("/desk/cases", &fields).await.expect(422).says("Dài quá 10000 ký tự").says(&long);
    let secret = [("key", "k"), ("title", "Việc"), ("difficulty", "Tối mật\nNội dung"), ("proposal", "Có")];
    cast.raiser.post("/desk/cases", &secret).await.expect(422).says("TỐI MẬT").says("id=\"difficulty-error\"");
    let marked = [("key", "k2"), ("title", "<script>alert(1)</script>\0"), ("difficulty", "=1+1"), ("proposal", "Có")];
    let path = cast.raiser.post("/desk/cases", &marked).await.expect(303).location().to_owned();
    cast.raiser.get(&path).await.expect(200).says_not("<script>alert");
    cast.raiser.get("/desk/cases/csv?view=raised").await.expect(200).says("'=1+1");
    let auditor = house.someone(Role::Auditor, Some(&cast.money)).await;
    auditor.post("/desk/cases", &form("k3")).await.expect(403);
    auditor.get("/desk/cases/new").await.expect(403);
});

story!(a_slot_leads_to_its_case_for_who_owes_it_only, |house| {
    at(&house, "2026-06-10T09:00:00");
    crate::stories::duties::adopted(&house).await;
    let cast = Cast::of(&house).await;
    let slot = crate::stories::duties::slots(&house, &cast.builders).await.into_iter().next().expect("a slot");
    let link = format!("/desk/cases/new?slot={}", slot.id);
    cast.raiser.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says(&link);
    cast.raiser.get(&link).await.expect(200).says("Liên quan đến việc phải làm").says(&slot.id.to_string());
    cast.other.get(&link).await.expect(404);
    let id = slot.id.to_string();
    let mut fields = form("k1");
    fields.push(("slot", &id));
    cast.other.post("/desk/cases", &fields).await.expect(404);
    let path = cast.raiser.post("/desk/cases", &fields).await.expect(303).location().to_owned();
    cast.raiser.get(&path).await.expect(200).says(&format!("/desk/duties/{id}"));
    assert_eq!(at_path(&house, &path).await.slot, Some(slot.id));
    cast.raiser.get("/desk/cases/new?slot=abc").await.expect(404);
});

story!(who_stands_on_the_ladder_raises_to_the_rung_above, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.first.post("/desk/cases", &form("k1")).await.expect(303).location().to_owned();
    assert_eq!(at_path(&house, &path).await.holder, cast.committee.id);
    cast.second.post("/desk/cases", &form("k2")).await.expect(422).says("Chưa có cơ quan nào ở bậc trên");
});

story!(a_dot_is_no_case_and_no_answer_and_an_unknown_kind_is_refused, |house| {
    let cast = Cast::of(&house).await;
    let mut fields = form("k");
    fields[2] = ("difficulty", " . ");
    cast.raiser.post("/desk/cases", &fields).await.expect(422).says("Hãy viết rõ đang vướng ở đâu");
    let mut fields = form("k");
    fields.push(("kind", "zzz"));
    let refused = cast.raiser.post("/desk/cases", &fields).await.expect(422).says("Loại vướng mắc này không có");
    refused.says("Đường ống cũ không có bản vẽ").says("name=\"kind\" value=\"difficulty\"");
    fields.pop();
    fields.push(("kind", "difficulty"));
    let path = cast.raiser.post("/desk/cases", &fields).await.expect(303).location().to_owned();
    press(&house, &cast.first, &path, "answer", ".").await.expect(422).says("Hãy viết nội dung trả lời");
    press(&house, &cast.first, &path, "question", "…").await.expect(422).says("Hãy viết rõ cần bổ sung điều gì");
    press(&house, &cast.first, &path, "escalation", " - ").await.expect(422).says("phải kèm ý kiến");
    let version = at_path(&house, &path).await.version.to_string();
    let to = cast.money.id.to_string();
    let fields = [("version", version.as_str()), ("transfer", "."), ("to", &to)];
    cast.first.post(&format!("{path}/transfer"), &fields).await.expect(422).says("Hãy viết lý do");
    assert_eq!(at_path(&house, &path).await.version, 1, "nothing was done");
});
