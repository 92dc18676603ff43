//! Bringing a plan in, and what is refused at the door.

use super::{PLAN, drop_in, province, stranger};
use crate::base::{Fact, Role, fact};
use crate::plans::plan;
use crate::plans::plan::reading::FILE_BYTES_MAX;
use crate::story;
use sea_orm::{EntityTrait, PaginatorTrait};

story!(a_coordinator_drops_a_file_in, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    who.get("/desk/plans").await.expect(200).says("Chưa có kế hoạch nào");
    who.get("/desk/plans/new").await.expect(200).says("type=\"file\"").says("enctype=\"multipart/form-data\"");
    let id = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let review = who.get(&format!("/desk/plans/{id}/review")).await.expect(200);
    let review = review.says("07/KH-UBND").says("II.1.1").says("Lập danh mục tuyến đường cần trồng cây");
    let review = review.says("Ủy ban nhân dân tỉnh Mẫu");
    review.says("Sở Xây dựng").says("Năm 2026").says("≥ 80").says("data-provision=\"II.1.1\"");
    let history = fact::Model::history(&house.app.db, id, 9).await.expect("facts");
    assert!(matches!(history[0].fact(), Some(Fact::PlanRead { provisions: 6, .. })), "{history:?}");
    who.get("/desk/plans").await.expect(200).says("07/KH-UBND").says("data-state=\"draft\"");
});

story!(the_same_file_twice_is_refused_with_the_way_to_the_first, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let again = who.upload("/desk/plans", ("file", "ten-khac.txt", PLAN.as_bytes()), &[]).await;
    again.expect(422).says("đã được đưa vào trước đó");
});

story!(the_same_file_at_once_becomes_one_draft_and_another_agencys_is_not_told_of, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let presses = (0..4).map(|_| who.upload("/desk/plans", ("file", "ke-hoach.txt", PLAN.as_bytes()), &[]));
    let mut answers: Vec<u16> =
        futures_util::future::join_all(presses).await.into_iter().map(|answer| answer.status.as_u16()).collect();
    answers.sort_unstable();
    assert_eq!(answers, [303, 422, 422, 422]);
    assert_eq!(plan::Entity::find().count(&house.app.db).await.expect("a count"), 1);
    let other = stranger(&house, Role::Officer).await;
    drop_in(&other, "ke-hoach.txt", PLAN.as_bytes()).await;
});

story!(bad_files_are_refused_in_words, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    who.upload("/desk/plans", ("file", "rong.txt", b""), &[]).await.expect(422).says("Chưa có tệp nào");
    let junk: Vec<u8> = (0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    who.upload("/desk/plans", ("file", "anh.bin", &junk), &[]).await.expect(422).says("role=\"alert\"");
    who.upload("/desk/plans", ("file", "hong.pdf", b"%PDF-1.7\n%broken"), &[]).await.expect(422).says("role=\"alert\"");
    for mark in ["MẬT", "Tối Mật", "Độ mật: MẬT", "T U Y Ệ T  M Ậ T"] {
        let secret = PLAN.replace("KẾ HOẠCH\n", &format!("{mark}\nKẾ HOẠCH\n"));
        who.upload("/desk/plans", ("file", "mat.txt", secret.as_bytes()), &[]).await.expect(422).says("bí mật nhà nước");
    }
    let beside = PLAN.replace("Số: 07/KH-UBND", "Số: 07/KH-UBND        MẬT");
    who.upload("/desk/plans", ("file", "mat.txt", beside.as_bytes()), &[]).await.expect(422).says("bí mật nhà nước");
    let page = b"<html><body><p>hi</p></body></html>";
    who.upload("/desk/plans", ("file", "trang.docx", page), &[]).await.expect(422).says("role=\"alert\"");
    who.upload("/desk/plans", ("file", "a.txt", PLAN.as_bytes()), &[("amends", "khong-phai-ma")]).await.expect(404);
    let huge = vec![b'-'; FILE_BYTES_MAX + 1024 * 1024];
    who.upload("/desk/plans", ("file", "to.txt", &huge), &[]).await.expect(413).says("quá lớn");
    who.get("/desk/plans").await.expect(200).says("Chưa có kế hoạch nào");
});

story!(a_stranger_can_not_see_another_agencys_draft_by_any_address, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let id = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let officer = stranger(&house, Role::Officer).await;
    for path in [
        format!("/desk/plans/{id}"),
        format!("/desk/plans/{id}/review"),
        format!("/desk/plans/{id}/source"),
        format!("/desk/plans/{id}/comparison"),
        format!("/desk/plans/{id}/export/csv"),
    ] {
        officer.get(&path).await.expect(404).says_not("07/KH-UBND");
    }
    officer.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(404);
    officer.get("/desk/plans").await.expect(200).says_not("07/KH-UBND");
    officer.get("/desk/go?q=trong%20cay").await.expect(200).says_not("Lập danh mục");
    let noted = fact::Model::history(&house.app.db, id, 20).await.expect("facts");
    let refusals = noted.iter().filter(|fact| fact.kind == "AccessRefused").count();
    assert_eq!(refusals, 6, "every attempt is in the ledger");
});

story!(an_officers_draft_is_its_agencys_own, |house| {
    province(&house).await;
    let officer = stranger(&house, Role::Officer).await;
    let id = drop_in(&officer, "ke-hoach-xa.txt", PLAN.as_bytes()).await;
    officer.get(&format!("/desk/plans/{id}/review")).await.expect(200);
    officer.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(403);
    let leader = house.someone(Role::Leader, None).await;
    leader.get(&format!("/desk/plans/{id}")).await.expect(404);
    leader.get("/desk/plans/new").await.expect(403);
    house.visitor().get(&format!("/desk/plans/{id}")).await.expect(303);
});
