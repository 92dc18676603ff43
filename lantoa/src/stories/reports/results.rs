//! The province's report says what came of a period: its targets, the sums of what agencies gave, each task with what was written of it.

use super::*;
use crate::base::By;
use crate::duties::form::Form;
use crate::duties::form::field::{Definition, Field, Kind as FieldKind, Missing, RollUp};
use crate::measures::suggesting;
use crate::plans::Provision;
use crate::reports::report::composed::{AGENCIES, Composed, Piece, Sheet};
use crate::reports::report::composing::compose;
use crate::stories::measures::{coordinator, define, settle};

const SAID: &str = "Đã đăng, phát 11 tin, bài. Đã họp tổ công tác.";

/// A number that is added up, and words.
fn asked() -> Definition {
    let field = |code: &str, label: &str| Field { code: code.into(), label: label.into(), ..Field::default() };
    let words =
        Field {
            kind: FieldKind::Text, missing: Missing::NoData, roll_up: RollUp::None, ..field("ket_qua", "Kết quả thực hiện")
        };
    Definition { fields: vec![Field { unit: "tin".into(), ..field("so_tin", "Số tin, bài") }, words], rules: Vec::new() }
}

async fn answered(house: &House, report: &Duty, slug: &str, count: &str) {
    let own = agency(house, slug).await;
    let slot = slots(house, &own).await.into_iter().find(|slot| slot.duty == report.id && slot.period == "2026-H1");
    let slot = slot.expect("a slot");
    let fields = [
        ("key", slug),
        ("seen", "0"),
        ("draft", "0"),
        ("outcome", "reported"),
        ("field", "so_tin"),
        ("field", "ket_qua"),
        ("f0", count),
        ("f1", SAID),
    ];
    officer(house, &own).await.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(303);
}

/// A closed half-year in which two of all agencies answered a form.
async fn ready(house: &House) -> (plan::Model, Uuid) {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(house, &plan).await;
    Form::change(&house.app, &By::system(), report.id, 0, &asked()).await.expect("a form");
    answered(house, &report, "so-xay-dung", "11").await;
    answered(house, &report, "so-tai-chinh", "1.234").await;
    house.on("2026-06-25T09:00:00").await;
    (plan, drafted(house, &report).await)
}

async fn composed(house: &House, id: Uuid) -> Composed {
    compose(&house.app, &the(house, id).await).await.expect("a document").composed
}

/// The table of the text whose first column is called that.
fn table<'a>(composed: &'a Composed, first: &str) -> &'a Sheet {
    let mut tables = composed.pieces.iter().filter_map(|piece| if let Piece::Table(sheet) = piece { Some(sheet) } else { None });
    tables.rfind(|sheet| sheet.head[0] == first).expect("the table")
}

story!(the_provinces_report_holds_targets_sums_and_tasks, |house| {
    let (plan, id) = ready(&house).await;
    let writer = someone(&house, Role::Officer).await;
    let page = writer.get(&format!("/desk/reports/{id}")).await.expect(200);
    let page = page.says("Các mục tiêu của kế hoạch").says("Chưa có chỉ số nào đếm mục tiêu này");
    page.says("Số liệu các cơ quan báo cáo").says("1.245 tin").says("chưa báo cáo");
    let made = composed(&house, id).await;
    let all = made.present.len() + made.absent.len();
    // What agencies gave, by the operator of the field, and how many did.
    let sum = &table(&made, "Số liệu").rows[0];
    assert_eq!((sum[2].text.as_str(), sum[4].text.clone()), ("1.245 tin", format!("2/{all}")));
    writer.get(&sum[2].href).await.expect(403);
    coordinator(&house).await.get(&sum[2].href).await.expect(200).says("Sở Tài chính");
    let annex = made.annexes.iter().find(|annex| annex.lists == AGENCIES).expect("the annex of agencies");
    let Some(Piece::Table(sheet)) = annex.pieces.first() else { panic!("a table") };
    assert_eq!(sheet.rows.len(), all + 1);
    let last = sheet.rows.last().expect("a row");
    assert_eq!((last[1].text.as_str(), last[4].text.as_str(), last[4].strong), ("Tổng hợp", "1.245", true));
    // Each task with its number and title; what was not said of one stands under its own heading, too.
    let heads: Vec<String> = made
        .pieces
        .iter()
        .filter_map(|piece| if let Piece::Heading(one) = piece { Some(format!("{} {}", one.marker, one.text)) } else { None })
        .collect();
    assert!(heads.iter().any(|head| head.contains("Lập danh mục tuyến ống cần thay")), "{heads:?}");
    assert!(heads.iter().any(|head| head.contains("Nội dung chung")), "{heads:?}");
    // A measure for the target: its figure leads to what it counts, by which definition.
    let who = coordinator(&house).await;
    let provisions = Provision::of(&house.app.db, plan.id).await.expect("provisions");
    let target = provisions.iter().find(|one| suggesting::is_target(one)).expect("a target").id.to_string();
    let counts = [
        ("provision", target.as_str()),
        ("shape", "count"),
        ("unit", "đơn vị"),
        ("class", "localities"),
        ("above_of", "agency"),
        ("above_least", ""),
        ("target_value", ""),
    ];
    let measure = define(&house, &who, "dia-phuong", &counts).await;
    settle(&house).await;
    let made = composed(&house, id).await;
    let row = &table(&made, "Mục tiêu").rows[0];
    assert!(row[2].text.ends_with("đơn vị") && row[2].href == "/desk/measures/dia-phuong?year=2026", "{row:?}");
    assert!(row[4].text.contains(&format!("Chỉ số “{}”, định nghĩa bản {}", measure.title, measure.version)), "{row:?}");
});

story!(a_sentence_with_a_figure_stands_for_each_agency, |house| {
    let (_, id) = ready(&house).await;
    let made = composed(&house, id).await;
    let of = |words: &str| made.sentences.iter().filter(|(_, text)| text.contains(words)).count();
    assert_eq!((of("11 tin, bài"), of("Đã họp tổ công tác")), (2, 1));
    let writer = someone(&house, Role::Officer).await;
    writer.get(&format!("/desk/reports/{id}")).await.expect(200).says("2 cơ quan, mỗi cơ quan đều ghi:");
});

story!(every_typed_text_that_is_printed_is_looked_through_for_numbers, |house| {
    let (_, id) = ready(&house).await;
    let writer = someone(&house, Role::Officer).await;
    let path = format!("/desk/reports/{id}");
    save(&house, &writer, id, &[("field.danh_gia", "Toàn tỉnh đăng 1.245 tin, đạt 777 lượt."), FILLED[1]]).await.expect(303);
    let page = writer.get(&path).await.expect(200).says("Đánh giá chung của cơ quan tổng hợp: số 777 gõ tay");
    page.says_not("số 1245 gõ tay");
});

story!(the_publics_figures_lead_to_what_the_public_may_see, |house| {
    let (_, id) = ready(&house).await;
    let writer = someone(&house, Role::Officer).await;
    save(&house, &writer, id, &FILLED).await.expect(303);
    issued(&house, id).await;
    press(&house, &someone(&house, Role::Approver).await, id, "show", &[]).await.expect(303);
    let public = the(&house, id).await.public_path();
    let page = house.visitor().get(&public).await.expect(200).says("href=\"#agencies\"").says("id=\"agencies\"");
    let page = page.says("Sở Tài chính").says_not("href=\"/desk/");
    // Tasks lead to the progress of the plan, which is public.
    let text = page.text();
    let at = text.find("/tien-do?nam=2026").expect("a way to the progress");
    let from = text[..at].rfind('"').expect("an address") + 1;
    let href = text[from..].split('"').next().expect("an address");
    house.visitor().get(href).await.expect(200);
});
