//! The editor: what can not be is refused with its reason, what is kept is a version, and two at once are told.

use super::*;
use crate::measures::version::Version;

story!(a_definition_that_can_not_be_is_refused_with_its_reason, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let who = coordinator(&house).await;
    who.get("/desk/measures/new").await.expect(200).says("name=\"above_of\"").says("test-things");
    let post = async |more: &[(&str, &str)]| who.post("/desk/measures", &form("thu", more)).await.expect(422);
    post(&[("below_of", "number"), ("below_number", "0")]).await.says("Mẫu số luôn bằng không");
    post(&[("target_value", "120")]).await.says("Mức 120 không thể đạt").says("value=\"120\"");
    post(&[("target_value", "1,234")]).await.says("“1,234” có hai cách đọc");
    post(&[("target_value", "NaN")]).await.says("“NaN” không phải một số");
    post(&[("above_of", "measure:thu")]).await.says("Không có chỉ số “thu”");
    post(&[("above_of", "source:nothing")]).await.says("chưa đếm được “nothing”");
    post(&[("below_of", "")]).await.says("Tỷ lệ cần có mẫu số");
    post(&[("excluded", "X9")]).await.says("Không có cơ quan mã “X9”");
    let lone = [("above_of", ""), ("above_least", ""), ("above_number", "5")];
    post(&lone).await.says("Dòng ghi “5” chưa chọn đếm gì").says("value=\"5\"");
    post(&[("above_number", "7")]).await.says("“7” đứng cạnh một thứ được đếm").says("value=\"7\"");
    post(&[("above_least", "0")]).await.says("phải lớn hơn không");
    post(&[("title", ""), ("code", "Có Dấu")]).await.says("Hãy đặt tên chỉ số").says("không dùng được");
    assert!(Measure::all(&house.app.db).await.expect("measures").is_empty());
    // A numerator that may exceed its denominator may be kept; its value then says so, and is no percentage.
    let builders = agency(&house, "so-xay-dung").await;
    for day in ["2026-03-05T08:00:00", "2026-03-06T08:00:00"] {
        happens(&house, &builders, day).await;
    }
    define(&house, &who, "qua-mau", &[("above_least", ""), ("below_of", "number"), ("below_number", "1")]).await;
    who.get("/desk/measures/qua-mau").await.expect(200).says("tử số lớn hơn mẫu số").says("2/1").says_not("200 %");
    // What counts itself by way of another is found.
    define(
        &house,
        &who,
        "vong-a",
        &[("shape", "count"), ("unit", "việc"), ("above_of", "measure:qua-mau"), ("target_value", "")],
    )
    .await;
    let round = form("qua-mau", &[("version", "1"), ("above_of", "measure:vong-a"), ("above_least", "")]);
    who.post("/desk/measures/qua-mau", &round).await.expect(422).says("đếm chính nó: vong-a → qua-mau");
    who.post("/desk/measures/qua-mau/acts/retire", &[("version", "1")]).await.expect(422).says("đang đếm chỉ số này");
    let told = fact::Entity::find().filter(fact::Column::Kind.eq("MeasureRetired")).count(&house.app.db).await;
    let kept = Measure::of_code(&house.app.db, "qua-mau").await.expect("the measure");
    assert_eq!((kept.state, told.expect("facts")), (State::Confirmed, 0), "nothing of it was done");
    who.post("/desk/measures/vong-a/acts/retire", &[("version", "1")]).await.expect(303);
    who.post("/desk/measures/vong-a/acts/sing", &[("version", "1")]).await.expect(404);
    officer(&house, &builders).await.post("/desk/measures", &form("khac", &[])).await.expect(403);
});

story!(a_changed_definition_is_the_next_version, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let who = coordinator(&house).await;
    happens(&house, &agency(&house, "so-xay-dung").await, "2026-03-05T08:00:00").await;
    let measure = define(&house, &who, "so-co-viec", &[]).await;
    // What is typed is tried before it is kept: the province and three agencies.
    let tried =
        who.post("/desk/measures/preview", &form("so-co-viec", &[("version", "1"), ("above_least", "2")])).await.expect(200);
    tried.says("id=\"preview\"").says("Toàn tỉnh").says("0 %");
    who.get("/desk/measures/so-co-viec/edit")
        .await
        .expect(200)
        .says("value=\"source:test-things\" selected")
        .says("value=\"80\"");
    let same = form("so-co-viec", &[("version", "1")]);
    who.post("/desk/measures/so-co-viec", &same).await.expect(422).says("Chưa có gì khác bản đang dùng");
    // An earlier year was counted by the first version.
    crate::measures::recomputing::recompute(&house.app, 2024, Some(&[measure.id])).await.expect("a pass");
    let harder = form("so-co-viec", &[("version", "1"), ("above_least", "2"), ("why", "Một việc là quá ít")]);
    who.post("/desk/measures/so-co-viec", &harder).await.expect(303);
    // Somebody else had the first version before them: nothing is lost.
    let other = coordinator(&house).await;
    // A mistake in their form does not make it one over the newest version.
    let wrong = form("so-co-viec", &[("version", "1"), ("title", "")]);
    let page = other.post("/desk/measures/so-co-viec", &wrong).await.expect(422);
    page.says("name=\"version\" value=\"1\"").says_not("name=\"version\" value=\"2\"");
    let late = form("so-co-viec", &[("version", "1"), ("title", "Tên của người đến sau")]);
    other.post("/desk/measures/so-co-viec", &late).await.expect(409).says("Có người vừa sửa").says("Tên của người đến sau");
    let versions = Version::of(&house.app.db, measure.id).await.expect("versions");
    assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1]);
    let page = who.get("/desk/measures/so-co-viec/history").await.expect(200);
    page.says("Bản 2")
        .says("Một việc là quá ít")
        .says("cơ quan có ít nhất 1 (test-things)")
        .says("cơ quan có ít nhất 2 (test-things)");
    // It was counted at once, by the new definition.
    let row = kept::years(&house.app.db, measure.id, PROVINCE).await.expect("rows").pop().expect("a row");
    assert_eq!((row.version, row.now().of(5).map(|value| value.standing)), (2, Some(::measures::Standing::Zero)));
    let rows = kept::years(&house.app.db, measure.id, PROVINCE).await.expect("rows");
    assert_eq!(
        rows.iter().map(|row| (row.year, row.version)).collect::<Vec<_>>(),
        [(2024, 2), (2026, 2)],
        "no year is left behind"
    );
    // The ledger's page knows the id.
    who.get(&format!("/desk/measures/{}", measure.id)).await.expect(200).says("Tỷ lệ sở có việc");
});

story!(values_under_a_new_title_are_of_the_newest_version, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let who = coordinator(&house).await;
    happens(&house, &agency(&house, "so-xay-dung").await, "2026-03-05T08:00:00").await;
    let measure = define(&house, &who, "so-co-viec", &[]).await;
    crate::measures::recomputing::recompute(&house.app, 2024, Some(&[measure.id])).await.expect("a pass");
    let titled = form("so-co-viec", &[("version", "1"), ("title", "Tỷ lệ sở đã có việc"), ("why", "Rõ hơn")]);
    who.post("/desk/measures/so-co-viec", &titled).await.expect(303);
    let rows = kept::years(&house.app.db, measure.id, PROVINCE).await.expect("rows");
    assert_eq!(rows.iter().map(|row| (row.year, row.version)).collect::<Vec<_>>(), [(2024, 2), (2026, 2)]);
    who.get("/desk/measures/so-co-viec").await.expect(200).says("Tỷ lệ sở đã có việc").says_not("Đếm theo bản định nghĩa");
});
