//! The calendar of days off: shipped, edited, and asked by reminders.

use super::*;
use crate::duties::day_off;
use crate::story;

story!(a_keeper_notes_and_removes_days_and_nobody_else, |house| {
    at(&house, "2026-06-10T09:00:00");
    let keeper = house.someone(Role::SystemAdministrator, None).await;
    let page = keeper.get("/desk/days-off").await.expect(200).says("Lịch nghỉ năm 2026").says("Tết Nguyên đán").says("Làm bù");
    page.says_not("dự kiến theo luật");
    keeper.get("/desk/days-off?year=2028").await.expect(200).says("dự kiến theo luật").says_not("Không hiểu");
    keeper.get("/desk/days-off?year=x").await.expect(200).says("Không hiểu điều kiện “x”").says("Lịch nghỉ năm 2026");
    let day = |day, name| [("day", day), ("name", name), ("kind", "off")];
    keeper.post("/desk/days-off", &day("31/6/2026", "Không có")).await.expect(422).says("value=\"31/6/2026\"");
    keeper.post("/desk/days-off", &day("1/7/2026", " ")).await.expect(422).says("Hãy ghi tên");
    keeper.post("/desk/days-off", &day("5/7/2026", "Chủ nhật")).await.expect(422).says("vốn là ngày nghỉ cuối tuần");
    let worked = [("day", "1/7/2026"), ("name", "Làm bù"), ("kind", "worked")];
    keeper.post("/desk/days-off", &worked).await.expect(422).says("vốn là ngày làm việc");
    let odd = [("day", "1/7/2026"), ("name", "Ngày lạ"), ("kind", "zzz")];
    keeper.post("/desk/days-off", &odd).await.expect(422).says("Hãy chọn “Nghỉ” hoặc “Làm bù”").says("value=\"Ngày lạ\"");
    keeper.post("/desk/days-off", &day("1/7/2026", "Ngày thử")).await.expect(303);
    keeper.post("/desk/days-off", &day("1/7/2026", "Ngày thử")).await.expect(422).says("đã có trong danh sách");
    let noon = "2026-07-01T05:00:00Z".parse().expect("a moment");
    assert!(!day_off::calendar(&house.app.db).await.expect("the calendar").is_office_time(noon));
    let row = day_off::Entity::find()
        .filter(day_off::Column::Name.eq("Ngày thử"))
        .one(&house.app.db)
        .await
        .expect("rows")
        .expect("a row");
    keeper.post(&format!("/desk/days-off/{}/removal", row.id), &[]).await.expect(303);
    keeper.post(&format!("/desk/days-off/{}/removal", row.id), &[]).await.expect(404);
    assert!(day_off::calendar(&house.app.db).await.expect("the calendar").is_office_time(noon));
    house.someone(Role::Leader, None).await.get("/desk/days-off").await.expect(403);
});
