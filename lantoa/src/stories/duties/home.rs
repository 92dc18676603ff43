//! The first screen of each role: what they need first, every figure with its list behind it.

use crate::base::Role;
use crate::people::Agency;
use crate::stories::plans::{PLAN, adopted, drop_in, province};
use crate::story;

story!(who_leads_sees_the_programmes_and_what_is_due_next, |house| {
    let standing = province(&house).await;
    let leader = house.someone(Role::Leader, None).await;
    leader.get("/desk").await.expect(200).says("Hôm nay không có việc nào chờ bạn");
    let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = adopted(&house, &coordinator).await;
    drop_in(&coordinator, "nhap.txt", PLAN.replace("07/KH", "08/KH").as_bytes()).await;
    let before = house.statements();
    let page = leader.get("/desk").await.expect(200).says("Chương trình của tỉnh").says("Kế hoạch 07/KH-UBND");
    assert!(house.statements() - before <= 15, "{}", house.statements() - before);
    let page = page.says("5 việc, 1 chỉ tiêu").says("Việc đến hạn sắp tới").says("Lập danh mục tuyến đường").says("Năm 2026");
    page.says(&format!("/desk/plans/{}#II-1-1", plan.id)).says_not("08/KH");
    // An auditor sees the draft too, with what is open in it.
    house.someone(Role::Auditor, None).await.get("/desk").await.expect(200).says("08/KH-UBND").says("mục còn ngờ");
});

story!(administrators_see_what_is_missing_and_the_figure_leads_to_the_list, |house| {
    let standing = province(&house).await;
    let system = house.someone(Role::SystemAdministrator, None).await;
    let page = system.get("/desk").await.expect(200).says("Cần bổ sung").says("cơ quan chưa có điện thoại, thư điện tử");
    let page = page.says("href=\"/desk/agencies?gap=contact\"").says("href=\"/desk/agencies?gap=people\"");
    page.says("cơ quan chưa có người dùng").says("cơ quan chưa có điện thoại, thư điện tử</h1>");
    let list = system.get("/desk/agencies?gap=people&q=so%20khoa%20hoc%20va%20cong%20nghe").await.expect(200);
    list.says("Chưa có người dùng").says("Sở Khoa học và Công nghệ");
    house.person(Role::Officer, Some(&standing)).await;
    let list = system.get("/desk/agencies?gap=people&q=so%20khoa%20hoc%20va%20cong%20nghe").await.expect(200);
    list.says("Không").says_not("Sở Khoa học và Công nghệ</a>");
    let page = system.get("/desk").await.expect(200).says("href=\"/desk/people?state=invited\"");
    page.says("1 người được mời chưa vào lần nào");
    // An agency's administrator sees their own agency's gaps only.
    let builders = Agency::find_by_slug(&house.app.db, "so-xay-dung").await.expect("Sở Xây dựng");
    let keeper = house.someone(Role::AgencyAdministrator, Some(&builders)).await;
    let page = keeper.get("/desk").await.expect(200).says("Cơ quan bạn chưa có điện thoại, thư điện tử");
    page.says(&format!("/desk/agencies/{}/contacts", builders.id)).says_not("cơ quan chưa có người dùng");
});
