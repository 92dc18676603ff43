//! Agencies are renamed and merge while a campaign runs: what was stays as it was called, and goes on counting (scenario D-1).

use super::*;
use crate::base::By;
use crate::people::agency::merging::{Heir, Merger};
use crate::people::agency::renaming::Renaming;

story!(an_agency_that_is_renamed_or_merged_keeps_its_place, |house| {
    let house = open(house);
    at(&house, "2026-10-02T09:00:00");
    let cast = Cast::of(&house).await;
    let standing = crate::stories::duties::agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
    let names = format!("{}\n{}", cast.other_agency.name, standing.name);
    let id = running(&house, &coordinator, &names, &[]).await;
    let article = tagged(&cast, "Bài của cơ quan tiếp nhận").await;
    // Not among the agencies, for now.
    claim(&cast.author, id, news_id(&article), &[]).await.expect(422).says("không tham gia chiến dịch");
    let day = time::local_date(house.app.clock.now()) + TimeDelta::days(2);
    let other = Agency::find(&house.app.db, cast.other_agency.id).await.expect("the agency");
    let merger = Merger { predecessors: vec![other.clone()], heir: Heir::Existing(cast.agency.id), on: day };
    assert!(merger.execute(&house.app, &By::system()).await.is_ok(), "merged");
    let renaming = Renaming { name: "Sở Khoa học và Đổi mới".into(), short_name: "Sở KH&ĐM".into(), from: day };
    let seen = Agency::find(&house.app.db, standing.id).await.expect("the agency").version;
    Agency::rename(&house.app, standing.id, &renaming, seen, &By::system()).await.expect("renamed");
    house.app.clock.advance(TimeDelta::days(3));
    let taking_up = crate::people::agency::renaming::chore();
    (taking_up.work)(&house.app).await.expect("the name is taken up");
    let cast = anew(&house, &cast).await;
    let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
    claim(&cast.author, id, news_id(&article), &[]).await.expect(303);
    published(&house, &cast, &article).await;
    let now = counts(&house, id).await;
    assert_eq!(now.of_agency(cast.other_agency.id, "skills"), 1, "who took over counts for the one that ended");
    let page = coordinator.get(&format!("/desk/campaigns/{id}")).await.expect(200);
    let page = page.says(&cast.other_agency.name).says(&format!("Nay: {}", cast.agency.name));
    page.says(&standing.name).says("Nay: Sở Khoa học và Đổi mới");
    // It is changed afterwards: the one that ended can not be typed any more, and stays.
    let (text, version) = (id.to_string(), the(&house, id).await.version.to_string());
    let fields = form(&text, "Sở Khoa học và Đổi mới", &[("version", &version)]);
    coordinator.post(&format!("/desk/campaigns/{id}"), &fields).await.expect(303);
    let members = Member::of(&house.app.db, id).await.expect("members");
    assert!(members.iter().all(|member| member.left_on.is_none()) && members.len() == 2, "{members:?}");
    press(&house, &coordinator, id, "close").await.expect(303);
    let last = the(&house, id).await.frozen().expect("a count").expect("frozen");
    let frozen: Vec<(&str, usize)> = last.agencies.iter().map(|one| (one.name.as_str(), one.items)).collect();
    assert!(
        frozen.contains(&(cast.other_agency.name.as_str(), 1)) && frozen.contains(&(standing.name.as_str(), 0)),
        "{frozen:?}"
    );
    // Who is taken off one that runs stays in it, with the day.
    let second = running(&house, &coordinator, &format!("{}\nSở Khoa học và Đổi mới", cast.agency.name), &[]).await;
    let (text, version) = (second.to_string(), the(&house, second).await.version.to_string());
    let fields = form(&text, "Sở Khoa học và Đổi mới", &[("version", &version)]);
    coordinator.post(&format!("/desk/campaigns/{second}"), &fields).await.expect(303);
    coordinator.get(&format!("/desk/campaigns/{second}")).await.expect(200).says("Thôi tham gia từ").says(&cast.agency.name);
});
