use super::{coded, count, day, keeper, means, press};
use crate::base::Fact;
use crate::people::agency::Kind;
use crate::people::resolve::Resolution;
use crate::story;

const LINES: &str = "99001; Ủy ban nhân dân phường Đạo Thạnh Đông; phường Đạo Thạnh Đông\n\n\
                     99002; Ủy ban nhân dân xã Đạo Thạnh Tây; xã Đạo Thạnh Tây\n28261";

story!(a_ward_becomes_three_and_its_name_asks_which, |house| {
    let who = keeper(&house).await;
    let (ward, neighbour) = (coded(&house, "28249").await, coded(&house, "28261").await);
    let path = format!("/desk/agencies/{}/dividing", ward.id);
    who.get(&path).await.expect(200).says("Mỗi dòng một cơ quan").says("name=\"version\" value=\"1\"");
    let form = [("successors", LINES), ("on", "1/4/2026"), ("why", "Nghị quyết thử"), ("version", "1")];
    let preview = who.post(&path, &form).await.expect(200).says("“Ủy ban nhân dân phường Đạo Thạnh” kết thúc sau 31/3/2026.");
    let preview = preview.says("“Ủy ban nhân dân phường Đạo Thạnh Đông” được lập").says("tiếp nhận một phần từ 1/4/2026").text();
    press(&who, &path, &preview, "form").await.expect(200).says(LINES).says("value=\"1/4/2026\"");
    assert_eq!(coded(&house, "28249").await, ward);
    press(&who, &path, &preview, "do").await.expect(303);
    press(&who, &path, &preview, "do").await.expect(409);
    let (east, west) = (coded(&house, "99001").await, coded(&house, "99002").await);
    assert_eq!((east.kind, west.kind, east.open_from), (Kind::Ward, Kind::Commune, day("2026-04-01")));
    assert_eq!(coded(&house, "28249").await.closed_on, Some(day("2026-03-31")));
    let page = who.get(&format!("/desk/agencies/{}", ward.id)).await.expect(200).says("Đã chia thành 3 cơ quan.");
    page.says("Chuyển cho").says("phường Đạo Thạnh Đông").says("(một phần)").says("Nghị quyết thử");
    who.get(&format!("/desk/agencies/{}", neighbour.id)).await.expect(200).says("Tiếp nhận từ").says("phường Đạo Thạnh");
    assert_eq!(means(&house, "UBND phường Đạo Thạnh", "2026-03-01").await, Resolution::Agency(ward.id));
    let Resolution::Ambiguous(heirs) = means(&house, "UBND phường Đạo Thạnh", "2026-05-01").await else {
        panic!("the old name asks which of the heirs is meant")
    };
    assert_eq!(heirs.len(), 3);
    for heir in [east.id, west.id, neighbour.id] {
        assert!(heirs.contains(&heir));
        assert_eq!(count(&house, heir, |fact| matches!(fact, Fact::AgencySucceeded { .. })).await, 1);
    }
});

story!(lines_that_can_not_be_read_are_named_by_their_number, |house| {
    let who = keeper(&house).await;
    let ward = coded(&house, "28249").await;
    let path = format!("/desk/agencies/{}/dividing", ward.id);
    let send = async |lines: &str, on: &str| who.post(&path, &[("successors", lines), ("on", on), ("version", "1")]).await;
    send("", "1/4/2026").await.expect(422).says("Các cơ quan mới: Chỗ này chưa có");
    let page = send("99001; Sở A\nKHONGCO\n99002; ; xã B", "mai").await.expect(422).says("Còn 4 chỗ cần sửa");
    page.says("Dòng 1: cần “mã; tên đầy đủ; tên gọi”").says("Dòng 2: cần").says("Dòng 3: Chỗ này chưa có").says("value=\"mai\"");
    send("99001; UBND xã A; xã A", "1/4/2026").await.expect(422).says("Cần ít nhất hai cơ quan tiếp nhận.");
    let twice = "99001; Ủy ban nhân dân xã A; xã A\n99001; Ủy ban nhân dân xã B; xã B";
    send(twice, "1/4/2026").await.expect(422).says("Mã này đã là của “Ủy ban nhân dân xã B”");
    send("28261\n28261", "1/4/2026").await.expect(422).says("“Ủy ban nhân dân phường Mỹ Tho” được ghi hai lần");
    send("28249\n28261", "1/4/2026").await.expect(422).says("“Ủy ban nhân dân phường Đạo Thạnh” không tiếp nhận được");
    send("28270\n28261", "1/7/2025").await.expect(422).says("không hoạt động vào 30/6/2025").says_not("value=\"do\"");
    let many: String = (0..40).map(|n| format!("990{n:02}; Ủy ban nhân dân xã Số {n}; xã Số {n}\n")).collect();
    send(&many, "1/4/2026").await.expect(422).says("Tối đa 30");
    send(&"a".repeat(10_000), "1/4/2026").await.expect(422).says("Dòng 1: cần");
    let hostile = send("99001; <script>x()</script>; x\n28261", "1/4/2026").await.expect(200);
    hostile.says_not("<script>x()").says("&#60;script&#62;x()");
    who.post(&path, &[("successors", LINES), ("on", "1/4/2026"), ("version", "4")]).await.expect(409);
    assert_eq!(coded(&house, "28249").await, ward);
});
