//! Stories of plans, over HTTP, on both engines.

mod adopting;
mod api;
mod drafts;
mod exporting;
mod public;
mod reviewing;

use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::base::Role;
use crate::people::agency::Kind;
use crate::people::{Agency, province};
use crate::plans::plan;
use crate::testing::{House, Visitor};

/// A small plan in the administrative form, written for these stories.
pub const PLAN: &str = "ỦY BAN NHÂN DÂN
TỈNH MẪU
Số: 07/KH-UBND
Tỉnh Mẫu, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
Trồng cây bên đường năm 2026 (văn bản thử)

Thực hiện chủ trương phủ xanh, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
1. Ít nhất 80% tuyến đường xã có cây xanh trước năm 2027.
II. NHIỆM VỤ
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính và các cơ quan có liên quan
- Lập danh mục tuyến đường cần trồng cây. Hoàn thành trong năm 2026.
- Chăm sóc cây đã trồng. Nhiệm vụ thường xuyên.
2. Các sở, ban, ngành, địa phương
- Vận động người dân cùng trồng cây. Nhiệm vụ thường xuyên.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
a) Bố trí kinh phí theo quy định.
2. Các sở, ban, ngành, địa phương
a) Định kỳ trước ngày 20 tháng 6 và trước ngày 20 tháng 12 hằng năm gửi báo cáo về Sở Xây dựng để tổng hợp./.
Nơi nhận:
- Như trên;
- Lưu: VT.
";

/// The default province with a coordinator's agency in it.
pub async fn province(house: &House) -> Agency {
    province::settle(&house.app).await.expect("the default province");
    Agency::find_by_slug(&house.app.db, "so-khoa-hoc-va-cong-nghe").await.expect("the standing body")
}

/// Drops a file in and returns the draft's id.
pub async fn drop_in(who: &Visitor<'_>, name: &str, bytes: &[u8]) -> Uuid {
    let answer = who.upload("/desk/plans", ("file", name, bytes), &[]).await.expect(303);
    let id = answer.location().trim_start_matches("/desk/plans/").trim_end_matches("/review").to_owned();
    id.parse().expect("the draft's id")
}

/// Confirms whatever is in doubt.
pub async fn confirm_all(who: &Visitor<'_>, id: Uuid) {
    who.post(&format!("/desk/plans/{id}/confirmation"), &[("why", "Đã đối chiếu văn bản")]).await.expect(303);
}

/// Drops the small plan in, confirms and adopts it.
pub async fn adopted(house: &House, coordinator: &Visitor<'_>) -> plan::Model {
    let id = drop_in(coordinator, "ke-hoach.txt", PLAN.as_bytes()).await;
    confirm_all(coordinator, id).await;
    coordinator.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    plan::Entity::find_by_id(id).one(&house.app.db).await.expect("a plan").expect("a plan")
}

/// Someone of a commune that is no part of the story's plan.
pub async fn stranger<'a>(house: &'a House, role: Role) -> Visitor<'a> {
    let commune = house.agency("Ủy ban nhân dân xã Thử Nghiệm", Kind::Commune).await;
    house.someone(role, Some(&commune)).await
}
