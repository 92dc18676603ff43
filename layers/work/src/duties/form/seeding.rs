//! The form of the demo plan's half-yearly report, so that each kind of field can be looked at.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::field::{Definition, Field, Kind, Missing, RollUp};
use super::rule::{Is, OnGap, Rule};
use super::{Entity, Form};
use crate::base::{App, By};
use crate::duties::duty::{self, Duty};
use crate::duties::rule::Often;
use ::measures::Amount;

/// Gives it to the report that every agency owes twice a year, when there is no form yet.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App, plan: Uuid) -> anyhow::Result<()> {
    if Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let twice_a_year = |duty: &&Duty| {
        duty.kind == duty::Kind::Report
            && matches!(duty.rule().map(|rule| rule.often), Some(Often::Yearly { days }) if days.len() == 2)
    };
    let duties = Duty::of_plan(&app.db, plan).await?;
    let Some(report) = duties.iter().rev().find(twice_a_year) else { return Ok(()) };
    let made = Form::change(app, &By::system(), report.id, 0, &definition()).await;
    made.map(|_| ()).map_err(|error| anyhow::anyhow!("the demo form: {error:?}"))
}

/// The form itself.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a form, field by field: data, not steps")]
pub fn definition() -> Definition {
    let field = |code: &str, label: &str, help: &str| Field {
        code: code.into(),
        label: label.into(),
        help: help.into(),
        ..Field::default()
    };
    let count = |code: &str, label: &str, unit: &str, help: &str| Field { unit: unit.into(), ..field(code, label, help) };
    let fields = vec![
        count(
            "so_tin_bai",
            "Số tin, bài đã đăng, phát",
            "tin, bài",
            "Tính cả tin trên hệ thống truyền thanh và trang thông tin điện tử.",
        ),
        Field {
            missing: Missing::WithReason,
            ..count("so_lop", "Số lớp tập huấn đã mở", "lớp", "Chỉ tính lớp do cơ quan chủ trì.")
        },
        Field {
            missing: Missing::WithReason, ..count("so_nguoi", "Số lượt người dự tập huấn", "lượt người", "")
        },
        Field {
            kind: Kind::Ratio,
            options: vec!["Số cán bộ đã được phổ biến".into(), "Tổng số cán bộ".into()],
            missing: Missing::WithReason,
            ..field(
                "ty_le_can_bo",
                "Tỷ lệ cán bộ được phổ biến Nghị quyết số 57-NQ/TW",
                "Nhập hai số; tỷ lệ toàn tỉnh tính từ tổng các số này.",
            )
        },
        Field { kind: Kind::YesNo, ..field("co_chuyen_muc", "Trang thông tin điện tử đã có chuyên mục riêng", "") },
        Field {
            kind: Kind::Day,
            missing: Missing::NoData,
            roll_up: RollUp::None,
            happened: true,
            ..field("ngay_mo", "Ngày mở chuyên mục", "Dạng ngày/tháng/năm, ví dụ 10/3/2026.")
        },
        Field {
            source: "proof-links".into(),
            missing: Missing::NoData,
            ..count(
                "so_san_pham",
                "Số sản phẩm truyền thông có đường dẫn",
                "sản phẩm",
                "Hệ thống đếm các đường dẫn đã nộp kèm kết quả trong kỳ.",
            )
        },
        Field {
            source: "slots-done".into(),
            missing: Missing::NoData,
            ..count("so_viec_xong", "Số nhiệm vụ đã nộp kết quả trong kỳ", "nhiệm vụ", "")
        },
        Field {
            kind: Kind::Percent,
            decimals: 2,
            most: Some(Amount::from(100)),
            missing: Missing::NoData,
            roll_up: RollUp::None,
            ..field("ty_le_nghe_xem", "Tỷ lệ người dân được nghe, xem tin về chuyển đổi số", "Theo khảo sát gần nhất, nếu có.")
        },
        Field {
            kind: Kind::Text,
            missing: Missing::NoData,
            roll_up: RollUp::None,
            ..field("kho_khan", "Khó khăn, vướng mắc", "")
        },
        Field {
            kind: Kind::Text,
            missing: Missing::NoData,
            roll_up: RollUp::None,
            ..field("kien_nghi", "Kiến nghị, đề xuất", "")
        },
    ];
    Definition { fields, rules: rules() }
}

fn rules() -> Vec<Rule> {
    let rule = |left: &str, is: Is, right: &str, message: &str, blocking: bool| Rule {
        left: left.into(),
        is,
        right: right.into(),
        message: message.into(),
        blocking,
        on_gap: OnGap::Skip,
    };
    vec![
        rule("so_lop", Is::AtMost, "so_nguoi", "Số lượt người dự ít hơn số lớp: mỗi lớp phải có ít nhất một người.", true),
        rule("so_lop", Is::Requires, "so_nguoi", "Đã có lớp tập huấn thì hãy nhập số lượt người dự.", false),
        rule("co_chuyen_muc", Is::Requires, "ngay_mo", "Đã có chuyên mục thì hãy cho biết ngày mở.", true),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn its_rules_are_about_its_fields() {
        let form = super::definition();
        for rule in &form.rules {
            assert_eq!(rule.check(&form), Ok(()));
        }
    }
}
