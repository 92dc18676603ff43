//! Stories of duties, over HTTP, on both engines.

mod answering;
mod api;
mod api_presenting;
mod assigning;
mod at_once;
mod board;
mod changing;
mod clearing;
mod closing;
mod collating;
mod days_off;
mod fairness;
mod feed;
mod forms;
mod forms_counting;
mod forms_given;
mod home;
mod links;
mod mailing;
mod opening;
mod overseeing;
mod portal;
mod reminding;
mod requests;
mod reviewing;
mod scenarios;
mod trend;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use crate::base::Role;
use crate::duties::slot;
use crate::people::{Agency, province};
use crate::plans::plan;
use crate::testing::{House, Visitor};

/// A small plan in the administrative form, written for these stories.
pub const PLAN: &str = "ỦY BAN NHÂN DÂN
TỈNH MẪU
Số: 09/KH-UBND
Tỉnh Mẫu, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Tuyên truyền tiết kiệm nước năm 2026 (văn bản thử)

Thực hiện chủ trương tiết kiệm nước, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
1. Ít nhất 80% hộ dân được hướng dẫn tiết kiệm nước trước năm 2027.
II. NHIỆM VỤ
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính
- Lập danh mục tuyến ống cần thay. Hoàn thành trong năm 2026.
- Phổ biến cách dùng nước mưa. Nhiệm vụ thường xuyên.
III. TỔ CHỨC THỰC HIỆN
1. Ủy ban nhân dân các xã, phường
a) Vận động người dân dùng nước tiết kiệm. Nhiệm vụ thường xuyên.
2. Các sở, ban, ngành, địa phương
a) Định kỳ trước ngày 20 tháng 6 và trước ngày 20 tháng 12 hằng năm gửi báo cáo về Sở Khoa học và Công nghệ để tổng hợp./.
Nơi nhận:
- Như trên;
- Lưu: VT.
";

/// The default province, with the plan adopted by its coordinator and every reaction answered.
pub async fn adopted(house: &House) -> plan::Model {
    province::settle(&house.app).await.expect("the default province");
    let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let answer = who.upload("/desk/plans", ("file", "ke-hoach.txt", PLAN.as_bytes()), &[]).await.expect(303);
    let id = answer.location().trim_start_matches("/desk/plans/").trim_end_matches("/review").to_owned();
    who.post(&format!("/desk/plans/{id}/confirmation"), &[("why", "Đã đối chiếu văn bản")]).await.expect(303);
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    house.react().await;
    plan::Entity::find_by_id(id.parse::<Uuid>().expect("an id")).one(&house.app.db).await.expect("a plan").expect("a plan")
}

pub async fn agency(house: &House, slug: &str) -> Agency {
    Agency::find_by_slug(&house.app.db, slug).await.expect("the agency")
}

/// The slots of an agency that are not void, by due day and period.
pub async fn slots(house: &House, agency: &Agency) -> Vec<slot::Model> {
    slot::Entity::find()
        .filter(slot::Column::Agency.eq(agency.id))
        .filter(slot::Column::VoidedOn.is_null())
        .order_by_asc(slot::Column::DueOn)
        .order_by_asc(slot::Column::Id)
        .all(&house.app.db)
        .await
        .expect("slots")
}

/// Moves the house's clock to a moment in Vietnam, e.g. `2026-06-20T23:59:59`.
pub fn at(house: &House, moment: &str) {
    let moment = format!("{moment}+07:00").parse::<chrono::DateTime<chrono::Utc>>().expect("a moment");
    house.app.clock.advance(moment - house.app.clock.now());
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Sore point of every story: the officer of the agency, and one of its slots.
pub async fn officer<'a>(house: &'a House, agency: &Agency) -> Visitor<'a> {
    house.someone(Role::Officer, Some(agency)).await
}
