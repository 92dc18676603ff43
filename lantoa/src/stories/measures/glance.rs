//! The targets of a plan on the leader's page: what there is, where it is heading, what is missing.

use super::*;
use crate::base::Place;
use crate::measures::{glance, suggesting};
use crate::plans::{Plan, Provision};
use crate::web::{Lang, Locale};

story!(the_leader_sees_every_target_and_of_those_without_a_figure_what_is_missing, |house| {
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let leader = house.someone(Role::Leader, None).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let text = include_str!("../../../data/demo-plan.txt");
    Plan::seed(&house.app, standing.id, "ke-hoach.txt", text).await.expect("the plan");
    house.react().await;
    settle(&house).await;
    let page = leader.get("/desk/leader").await.expect(200);
    let measures = Measure::all(&house.app.db).await.expect("measures");
    let held: Vec<&Measure> = measures.iter().filter(|one| one.definition().target.is_some()).collect();
    assert!(held.len() >= 10, "{}", held.len());
    let mut page = page.says("id=\"targets\"").says("còn thiếu: Số dân của từng ấp, khóm").says_not("NaN");
    for one in &held {
        // Each opens the measure, also where there is no figure yet.
        page = page.says(&format!("href=\"{}?year=2026\"", one.desk_path()));
    }
    page.says("năm 2030").says("Chỉ tiêu của kế hoạch");
    // However many there are.
    let plan = Plan::adopted(&house.app.db).await.expect("plans").pop().expect("the plan");
    let before = house.statements();
    let place = Place::Leader { plan: plan.id, year: 2026 };
    let drawn = (glance::PANEL.draw)(&house.app, Locale(Lang::En), place).await.expect("a panel").expect("targets");
    assert_eq!(house.statements() - before, 3);
    assert!(drawn.html.contains("missing: "), "{}", drawn.html);
    let home = (glance::PANEL.draw)(&house.app, Locale(Lang::Vi), Place::Home).await.expect("a panel");
    assert!(home.is_none(), "targets are the leader's");
});

story!(a_target_shows_its_value_the_way_to_it_and_why_there_is_none, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    let plan = adopted(&house).await;
    let leader = house.someone(Role::Leader, None).await;
    leader.get("/desk/leader").await.expect(200).says_not("id=\"targets\"");
    happens(&house, &agency(&house, "so-xay-dung").await, "2026-03-05T08:00:00").await;
    let provisions = Provision::of(&house.app.db, plan.id).await.expect("provisions");
    let target = provisions.iter().find(|one| suggesting::is_target(one)).expect("a target");
    let of = target.id.to_string();
    let who = coordinator(&house).await;
    define(&house, &who, "so-co-viec", &[("provision", &of)]).await;
    // Nobody had anything of this: there is nothing to divide by.
    let nothing = [("provision", of.as_str()), ("title", "Tỷ lệ việc rỗng"), ("below_of", "source:test-things")];
    define(&house, &who, "rong", &[nothing.as_slice(), &[("class", "localities"), ("above_least", "")]].concat()).await;
    settle(&house).await;
    let page = leader.get("/desk/leader").await.expect(200);
    let page = page.says("chỉ tiêu 80\u{a0}% năm 2028").says(&format!("{} · Tỷ lệ sở có việc", target.path));
    page.says("/desk/measures/so-co-viec?year=2026").says("chưa có mẫu số").says("Tỷ lệ việc rỗng");
});
