//! From a tree to an edition (scenario C1).

use sea_orm::PaginatorTrait;

use super::*;

story!(c1_points_that_sum_to_99_are_refused_with_where, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.written("39").await;
    let tree = cast.coordinator.get(&format!("/desk/criteria/{id}/tree")).await.expect(200);
    let tree = tree.says("2 Báo cáo: các phần cộng lại 39, nhóm ghi 40").says("Tổng điểm 99/100");
    tree.says("Còn lệch 1 điểm").says("Các nhóm ghi 100");
    let refused = cast.press(&cast.coordinator, id, "submit", &[]).await.expect(422);
    refused.says("2 Báo cáo: các phần cộng lại 39, nhóm ghi 40");
    cast.edit(id, &[("act", "change"), ("code", "n2"), ("name", "Báo cáo"), ("points", "39")]).await.expect(303);
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(422).says("Tổng điểm là 99, phải là 100");
    cast.coordinator.get(&format!("/desk/criteria/{id}")).await.expect(200).says("Tổng điểm là 99, phải là 100");
    // While one types, the sum says what it would be.
    let sum = |points: &str| format!("/desk/criteria/{id}/tree/sum?code=n2&points={points}");
    cast.coordinator.get(&sum("40")).await.expect(200).says("Tổng điểm 99/100").says("Các nhóm ghi 100");
    cast.coordinator.get(&sum("41")).await.expect(200).says("Tổng điểm 99/100").says("Các nhóm ghi 101");
    assert_eq!(cast.set(id).await.state, State::Draft);
});

story!(who_wrote_it_or_put_it_forward_does_not_issue_it, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.written("40").await;
    cast.press(&cast.approver, id, "issue", &[]).await.expect(422).says("chưa được trình");
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(303);
    cast.press(&cast.coordinator, id, "issue", &[]).await.expect(422).says("Cần một người khác");
    cast.edit(id, &[("act", "remove"), ("code", "tc3")]).await.expect(422).says("đang chờ ban hành");
    cast.press(&cast.officers[0], id, "issue", &[]).await.expect(404);
    cast.press(&cast.approver, id, "return", &[]).await.expect(422).says("Cần nêu lý do");
    cast.press(&cast.approver, id, "return", &[("why", "Thiếu chỉ tiêu")]).await.expect(303);
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(303);
    cast.approver.get("/desk").await.expect(200).says("chờ ban hành");
    cast.press(&cast.approver, id, "issue", &[]).await.expect(303);
    house.react().await;
    let editions = Edition::of(&house.app.db, id).await.expect("rows");
    assert_eq!((cast.set(id).await.state, editions.len(), editions[0].number), (State::Issued, 1, 1));
    assert_eq!(::scoring::canonical::sha256(&editions[0].body), editions[0].sha256);
    // Nothing new is no edition.
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(422).says("Chưa có gì khác");
});

story!(c1_a_criterion_changed_after_scoring_began_is_a_new_edition_and_old_scores_keep_theirs, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    cast.hand_in(id, 0, ["50", "yes", "30"]).await.expect(303);
    let change = [("act", "change"), ("code", "tc2"), ("name", "Có chuyên mục riêng"), ("points", "20"), ("rule", "points")];
    cast.edit(id, &[change.as_slice(), &[("source", "own")]].concat()).await.expect(303);
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(303);
    cast.press(&cast.approver, id, "issue", &[]).await.expect(303);
    let (first, second) = (cast.sheet(id, 0).await, cast.sheet(id, 1).await);
    assert_eq!((cast.set(id).await.edition, first.edition, second.edition), (2, 1, 2));
    let page = cast.officers[0].get(&Sheet::path(first.id)).await.expect(200).says("Theo phiên bản 1").says("Có chuyên mục");
    page.says_not("Có chuyên mục riêng");
    cast.officers[1].get(&Sheet::path(second.id)).await.expect(200).says("Theo phiên bản 2").says("Có chuyên mục riêng");
    assert_eq!(cast.set(id).await.state, State::Scoring, "the round goes on");
});

story!(a_tree_is_changed_step_by_step_and_copied_for_the_next_year, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.issued().await;
    let here = format!("/desk/criteria/{id}/tree");
    cast.coordinator.get(&format!("{here}?node=tc1")).await.expect(200).says("Vào nhóm trên").says("value=\"linear\" selected");
    cast.coordinator.get(&format!("{here}?add=criterion&group=n2")).await.expect(200).says("Thêm tiêu chí");
    cast.edit(id, &[("act", "down"), ("code", "tc1")]).await.expect(303);
    cast.edit(id, &[("act", "down"), ("code", "tc1")]).await.expect(422).says("Không chuyển được");
    cast.edit(id, &[("act", "out"), ("code", "tc1")]).await.expect(303);
    cast.edit(id, &[("act", "in"), ("code", "tc1")]).await.expect(303);
    let order: Vec<String> =
        cast.set(id).await.working().expect("a tree").numbered().iter().map(|(_, one)| one.code.clone()).collect();
    assert_eq!(order, ["n1", "tc2", "tc1", "n2", "tc3"]);
    cast.edit(id, &[("act", "remove"), ("code", "khong-co")]).await.expect(422);
    cast.edit(id, &[("act", "remove-extra"), ("code", "td1")]).await.expect(303);
    cast.edit(id, &[("act", "rules"), ("bonus", "0"), ("penalty", "2"), ("ties", "9.9")]).await.expect(422).says("9.9");
    let stale = [("version", "1"), ("act", "up"), ("code", "tc1")];
    cast.coordinator.post(&here, &stale).await.expect(409);
    // The copy is of what holds, not of what is being written.
    let next = new_id().to_string();
    let copy = id.to_string();
    let fields =
        [("id", next.as_str()), ("title", "Năm sau"), ("year", "2027"), ("class", "localities"), ("copy", copy.as_str())];
    cast.coordinator.post("/desk/criteria", &fields).await.expect(303);
    cast.coordinator.post("/desk/criteria", &fields).await.expect(303);
    let next = cast.set(next.parse().expect("an id")).await;
    let codes: Vec<String> = next.working().expect("a tree").criteria().map(|(node, _)| node.code.clone()).collect();
    assert_eq!((codes, next.previous, next.year), (vec!["tc1".into(), "tc2".into(), "tc3".into()], Some(id), 2027));
    assert_eq!(set::Entity::find().count(&house.app.db).await.expect("a count"), 2, "the same press twice is one set");
});
