//! Who appraises whom: a keeper that is scored itself, and what stands where nobody appraised yet.

use calamine::{Reader, Xlsx};

use super::*;

/// A set of departments, which the keeper is one of, with the tree of another.
async fn of_departments(cast: &Cast<'_>) -> Uuid {
    let (id, first) = (new_id(), cast.issued().await.to_string());
    let text = id.to_string();
    let fields =
        [("id", text.as_str()), ("title", "Các sở 2026"), ("year", "2026"), ("class", "departments"), ("copy", first.as_str())];
    cast.coordinator.post("/desk/criteria", &fields).await.expect(303);
    id
}

/// The sheet of the keeper itself, handed in.
async fn handed_in_by_the_keeper(cast: &Cast<'_>, id: Uuid) -> Sheet {
    let keeper = Agency::find(&cast.house.app.db, cast.set(id).await.agency).await.expect("the keeper");
    let own = sheet::Entity::find().filter(sheet::Column::CriteriaSet.eq(id)).filter(sheet::Column::Agency.eq(keeper.id));
    let own = own.one(&cast.house.app.db).await.expect("rows").expect("a sheet");
    let officer = cast.house.someone(Role::Officer, Some(&keeper)).await;
    let said = [("draft", "0"), ("v-tc1", "80"), ("v-tc2", "yes"), ("v-tc3", "40")];
    let notes = [("n-tc1", "Có sổ"), ("n-tc2", "Có sổ"), ("n-tc3", "Có sổ")];
    officer.post(&Sheet::path(own.id), &[said.as_slice(), notes.as_slice()].concat()).await.expect(303);
    own
}

story!(a_keeper_that_is_scored_itself_names_another_body_before_the_set_is_issued, |house| {
    let cast = Cast::of(&house).await;
    let other = house.agency("Sở Thứ Hai", Kind::Department).await.id.to_string();
    let id = of_departments(&cast).await;
    let (another, nobody) = (new_id().to_string(), new_id().to_string());
    let fields = [("id", another.as_str()), ("title", "Của ai"), ("year", "2026"), ("class", "departments")];
    let made_up = [fields.as_slice(), &[("appraiser", nobody.as_str())]].concat();
    cast.coordinator.post("/desk/criteria", &made_up).await.expect(422).says("Chọn một cơ quan khác");
    let page = cast.coordinator.get(&format!("/desk/criteria/{id}")).await.expect(200);
    page.says("không ai thẩm định được phiếu của chính mình").says("Lưu cơ quan cùng thẩm định");
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(422).says("chưa có cơ quan cùng thẩm định");
    let keeper = cast.set(id).await.agency.to_string();
    let itself = [("appraiser", keeper.as_str())];
    cast.press(&cast.coordinator, id, "appraiser", &itself).await.expect(422).says("Chọn một cơ quan khác");
    cast.press(&cast.approver, id, "appraiser", &[("appraiser", other.as_str())]).await.expect(403);
    cast.press(&cast.coordinator, id, "appraiser", &[("appraiser", other.as_str())]).await.expect(303);
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(303);
    cast.press(&cast.approver, id, "issue", &[]).await.expect(303);
    cast.press(&cast.coordinator, id, "open", &[("until", "2026-03-20")]).await.expect(303);
    assert_eq!(cast.set(id).await.state, State::Scoring);
});

story!(another_body_is_named_while_a_set_is_appraised_and_the_round_comes_to_its_end, |house| {
    let cast = Cast::of(&house).await;
    let second = house.agency("Sở Thứ Hai", Kind::Department).await;
    let other = second.id.to_string();
    let id = of_departments(&cast).await;
    cast.press(&cast.coordinator, id, "appraiser", &[("appraiser", other.as_str())]).await.expect(303);
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(303);
    cast.press(&cast.approver, id, "issue", &[]).await.expect(303);
    cast.press(&cast.coordinator, id, "open", &[("until", "2026-03-20")]).await.expect(303);
    // As sets were opened before anybody asked for another body.
    let alone = set::Entity::update_many().col_expr(set::Column::Appraiser, Expr::value(Option::<Uuid>::None));
    alone.filter(set::Column::Id.eq(id)).exec(&house.app.db).await.expect("nobody else");
    let own = handed_in_by_the_keeper(&cast, id).await;
    house.on("2026-03-21T09:00:00").await;
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    let agreement = format!("/desk/criteria/sheets/{}/agreement", own.id);
    let own_page = cast.approver.post(&agreement, &[]).await.expect(422).says("không thẩm định phiếu của mình");
    own_page.says("Điểm từng tiêu chí");
    // What nobody there may appraise is nothing that waits for them.
    cast.approver.get("/desk").await.expect(200).says_not("tiêu chí chờ thẩm định");
    let stuck = cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(422);
    stuck.says("chưa có cơ quan cùng thẩm định");
    let bare = [("appraiser", other.as_str())];
    let refused = cast.press(&cast.coordinator, id, "appraiser", &bare).await.expect(422).says("Cần nêu lý do");
    refused.says(&format!("value=\"{other}\" selected"));
    let named = [("appraiser", other.as_str()), ("reason", "Sở giữ bộ tiêu chí cũng được chấm")];
    cast.press(&cast.coordinator, id, "appraiser", &named).await.expect(303);
    house.react().await;
    let page = cast.coordinator.get(&format!("/desk/criteria/{id}")).await.expect(200).says("Cùng thẩm định: ");
    page.says("Sở giữ bộ tiêu chí cũng được chấm").says_not("chưa có cơ quan cùng thẩm định");
    let reviewer = house.someone(Role::Reviewer, Some(&second)).await;
    reviewer.get("/desk").await.expect(200).says("tiêu chí chờ thẩm định");
    reviewer.post(&agreement, &[]).await.expect(303);
    cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(303);
    // The keeper objects, and the other body is told and answers.
    let keeper = Agency::find(&house.app.db, cast.set(id).await.agency).await.expect("the keeper");
    let of = Sheet::path_of(own.id, "tc2");
    let officer = house.someone(Role::Officer, Some(&keeper)).await;
    officer.post(&format!("{of}/appeal"), &[("reason", "Xem lại")]).await.expect(303);
    house.react().await;
    reviewer.get("/desk").await.expect(200).says("có kiến nghị về điểm thẩm định");
    let answer = [("fate", "kept"), ("answer", "Đã xem lại")];
    cast.approver.post(&format!("{of}/answer"), &answer).await.expect(403);
    reviewer.post(&format!("{of}/answer"), &answer).await.expect(303);
    house.on("2026-03-26T09:00:00").await;
    cast.publish(id, "").await.expect(303);
    assert_eq!(cast.set(id).await.state, State::Published);
});

story!(what_nobody_appraised_has_no_total_and_nothing_handed_in_is_no_zero, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    for commune in 0..2 {
        cast.hand_in(id, commune, ["80", "yes", "40"]).await.expect(303);
    }
    let own = cast.sheet(id, 0).await;
    let page = cast.officers[0].get(&Sheet::path(own.id)).await.expect(200).says("Chưa thẩm định").says("<strong>–</strong>");
    page.says("Cộng 1").says("Trừ 1").says_not("<strong>92</strong>");
    house.on("2026-03-21T09:00:00").await;
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    cast.coordinator.get(&Sheet::path(own.id)).await.expect(200).says("<strong>–</strong>");
    cast.appraise(&cast.approver, own.id, "tc2", &[("value", "yes"), ("seen", "0")]).await.expect(303);
    let page = cast.approver.get(&Sheet::path(own.id)).await.expect(200).says("Mới thẩm định 1/4 tiêu chí");
    page.says("<strong>20</strong>");
    for commune in 0..2 {
        let sheet = cast.sheet(id, commune).await;
        cast.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
    }
    cast.approver.get(&Sheet::path(own.id)).await.expect(200).says("<strong>92</strong>").says_not("Mới thẩm định");
    cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(303);
    house.on("2026-03-26T09:00:00").await;
    cast.publish(id, "").await.expect(303);
    let first = cast.publications(id).await.remove(0);
    let body = first.read().expect("a body");
    let ranks: Vec<Option<u32>> = body.counted.results.iter().map(|one| one.place.rank).collect();
    let last = body.counted.results.last().expect("three agencies");
    assert_eq!((ranks.as_slice(), last.score.total), ([Some(1), Some(1), None].as_slice(), None));
    assert_eq!(last.place.agency, cast.communes[2].id.to_string());
    assert!(first.recounts());
    let page = house.visitor().get(&first.path()).await.expect(200).says("Chưa nộp phiếu");
    page.says("không có điểm và không xếp hạng").says_not("đã sửa đổi sau công bố");
    house.visitor().get(&format!("{}/co-quan/xa-con-noi", first.path())).await.expect(200).says("Chưa nộp phiếu");
    house.visitor().get(&format!("{}/du-lieu/csv", first.path())).await.expect(200).says_not("n/a");
});

story!(a_set_may_declare_that_nothing_handed_in_counts, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.written("40").await;
    let tree = format!("/desk/criteria/{id}/tree");
    cast.coordinator.get(&tree).await.expect(200).says("không có điểm và không xếp hạng");
    let rules = [("act", "rules"), ("bonus", "2"), ("penalty", "2"), ("ties", "2"), ("counts_absent", "on")];
    cast.edit(id, &rules).await.expect(303);
    cast.coordinator.get(&tree).await.expect(200).says("vẫn được chấm, phần tự chấm tính 0 điểm.");
    assert!(cast.set(id).await.working().expect("a tree").counts_absent);
});

story!(what_is_taken_along_and_what_would_be_published_say_how_much_was_appraised, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    for commune in 0..2 {
        cast.hand_in(id, commune, ["80", "yes", "40"]).await.expect(303);
    }
    let own = cast.sheet(id, 0).await;
    let taken = async || cast.coordinator.get(&format!("/desk/criteria/{id}/xlsx")).await.expect(200).bytes;
    let book = taken().await;
    let ranking = cells(&book, 0);
    assert_eq!((ranking[1][2].as_str(), of(&ranking, "Xã Ao Sen")[2].as_str()), ("Tổng thẩm định", "–"));
    house.on("2026-03-21T09:00:00").await;
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    cast.appraise(&cast.approver, own.id, "tc2", &[("value", "yes"), ("seen", "0")]).await.expect(303);
    let book = taken().await;
    let (ranking, matrix) = (cells(&book, 0), cells(&book, 1));
    let (part, none) = (of(&ranking, "Xã Ao Sen"), of(&ranking, "Xã Bến Tre Cũ"));
    assert_eq!((part[0].as_str(), part[2].as_str(), part[6].as_str()), ("–", "20", "Mới thẩm định 1/4 tiêu chí"));
    assert_eq!((none[0].as_str(), none[2].as_str(), none[6].as_str()), ("–", "–", "Chưa thẩm định"));
    assert_eq!(of(&matrix, "Xã Ao Sen"), ["Xã Ao Sen", "20", "", "20", "", ""], "an empty cell is no nought");
    let preview = cast.coordinator.get(&format!("/desk/criteria/{id}/publication")).await.expect(200);
    preview.says("Mới thẩm định 1/4 tiêu chí").says_not(">92<");
    for commune in 0..2 {
        let sheet = cast.sheet(id, commune).await;
        cast.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
    }
    let ranking = cells(&taken().await, 0);
    let whole = of(&ranking, "Xã Ao Sen");
    assert_eq!((whole[0].as_str(), whole[2].as_str(), whole.len()), ("1", "92", 6), "nothing is left to say beside it");
    cast.coordinator.get(&format!("/desk/criteria/{id}/publication")).await.expect(200).says("92").says_not("Mới thẩm định");
});

/// The cells of a workbook's sheet, as text.
fn cells(book: &[u8], sheet: usize) -> Vec<Vec<String>> {
    let mut read: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book.to_vec())).expect("a workbook");
    let range = read.worksheet_range_at(sheet).expect("a sheet").expect("its cells");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// The row in which that name stands.
fn of(rows: &[Vec<String>], name: &str) -> Vec<String> {
    rows.iter().find(|row| row.iter().any(|cell| cell == name)).cloned().unwrap_or_default()
}
