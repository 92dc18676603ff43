//! Planning: slots, quiet hours, collisions with the way out, the day's page, stopping. Scenario C-4: quiet hours, two bulletins for one
//! slot.

use super::{
    Cast, act, airing, airings, approved, at, at_path, beat, begun, clusters, device, id, orders, plan, plays, press, station,
    turn,
};
use crate::loudspeakers::airing::State;
use crate::loudspeakers::order::{Kind, State as Of};
use crate::loudspeakers::play;
use crate::story;

story!(a_slot_holds_one_bulletin_and_the_night_is_quiet, |house| {
    let cast = Cast::of(&house).await;
    let station = cast.station(&house, 3).await;
    let first = cast.approved(&house, "Tin một", 6).await;
    let second = cast.approved(&house, "Tin hai", 6).await;
    let form = format!("/desk/loudspeakers/bulletins/{}/plan", id(&first));
    cast.author.get(&form).await.expect(200).says("3 cụm loa").says("Buổi sáng");
    plan(&cast.author, &first, station, "23:30", &[]).await.expect(422).says("giờ lặng từ").says("4/3/2026 05:00");
    plan(&cast.author, &first, station, "4:99", &[]).await.expect(422).says("Hãy điền giờ");
    plan(&cast.author, &first, station, "05:00", &[("date", "2026-03-01")]).await.expect(422);
    plan(&cast.author, &first, station, "05:00", &[("days", "40")]).await.expect(422).says("từ 1 đến 14");
    plan(&cast.author, &first, station, "05:00", &[("hamlets", "Ấp 9")]).await.expect(422).says("Không có cụm loa");
    cast.stranger.post(&form, &[]).await.expect(404);
    assert!(airings(&house).await.is_empty());

    // Two days at once; pressed twice, planned once.
    let form_id = [("id", "0197b0a0-0000-7000-8000-0000000000aa"), ("days", "2")];
    let planned = plan(&cast.author, &first, station, "05:00", &form_id).await.expect(303).location().to_owned();
    plan(&cast.author, &first, station, "05:00", &form_id).await.expect(303);
    assert_eq!(airings(&house).await.len(), 2);
    assert_eq!(orders(&house, Kind::Play, Of::Planned).await.len(), 6, "one for each cluster and day, ahead of time");
    let busy = plan(&cast.author, &second, station, "05:10", &[]).await.expect(422);
    busy.says("khung này đã có “Tin một” lúc 3/3/2026 05:00").says("3/3/2026 05:30");
    plan(&cast.author, &second, station, "05:30", &[]).await.expect(303);

    let day = cast.author.get("/desk/loudspeakers?date=2026-03-03").await.expect(200);
    day.says("05:00 · Tin một").says("05:30 · Tin hai").says("Còn trống").says("Tin của xã");
    cast.stranger.get("/desk/loudspeakers?date=2026-03-03").await.expect(200).says_not("Tin một");
    let page = format!("/desk/loudspeakers/airings/{}", id(&planned));
    cast.author.get(&page).await.expect(200).says("Đã xếp lịch").says("Dừng phát").says("Bằng chứng theo từng cụm");
    cast.stranger.get(&page).await.expect(404);
    // The officer planned it and may stop it; a stranger may not, and nobody without a reason.
    press(&house, &cast.author, &planned, "stop", "").await.expect(422);
    press(&house, &cast.author, &planned, "stop", "Nhầm ngày").await.expect(303);
    press(&house, &cast.author, &planned, "stop", "Nhầm ngày").await.expect(409);
    plan(&cast.author, &second, station, "05:00", &[]).await.expect(303);
    at(&house, "03-03T04:59:00");
    turn(&house).await;
    assert_eq!(plays(&house, id(&planned)).await[0].state, play::State::Withdrawn);
});

story!(a_slot_is_there_on_its_days, |house| {
    let cast = Cast::of(&house).await;
    let id_of_station = cast.station(&house, 1).await;
    let text = id_of_station.to_string();
    let weekly = [("slots", "05:00-05:30 T2-T7 Buổi sáng\n06:00-06:30 CN Buổi sáng\n17:00-17:30 Buổi chiều")];
    let page = format!("/desk/loudspeakers/stations/{text}");
    cast.administrator.post(&page, &station(&text, &weekly)).await.expect(303);
    let news = cast.approved(&house, "Tin một", 6).await;
    let form = format!("/desk/loudspeakers/bulletins/{}/plan", id(&news));
    cast.author.get(&form).await.expect(200).says("Buổi sáng (T2-T7)").says("Buổi sáng (CN)").says_not("Buổi chiều (");

    // The eighth of March is a Sunday: nothing begins at five, also not in the middle of that slot.
    for time in ["05:00", "05:10"] {
        let refused = plan(&cast.author, &news, id_of_station, time, &[("date", "2026-03-08")]).await.expect(422);
        refused.says("ngày 8/3/2026 đài không phát vào khung giờ này").says("8/3/2026 05:30");
    }
    // Of nine days from Friday on, the Sunday is left out; what is between slots is free on any day.
    plan(&cast.author, &news, id_of_station, "05:00", &[("date", "2026-03-06"), ("days", "9")]).await.expect(303);
    let days: Vec<String> = airings(&house).await.iter().map(|one| crate::base::time::minute(one.begins_at)).collect();
    assert_eq!((days.len(), days.contains(&"8/3/2026 05:00".to_owned())), (8, false), "{days:?}");
    plan(&cast.author, &news, id_of_station, "06:00", &[("date", "2026-03-08")]).await.expect(303);
    plan(&cast.author, &news, id_of_station, "08:00", &[("date", "2026-03-08")]).await.expect(303);

    // The day's page shows the slots of that day.
    let sunday = cast.author.get("/desk/loudspeakers?date=2026-03-08").await.expect(200);
    sunday.says("06:00–06:30").says("17:00–17:30").says_not("05:00–05:30");
    let monday = cast.author.get("/desk/loudspeakers?date=2026-03-09").await.expect(200);
    monday.says("05:00–05:30").says_not("06:00–06:30");
});

story!(the_province_goes_before_the_commune_and_a_board_shows_it, |house| {
    let cast = Cast::of(&house).await;
    let station = cast.station(&house, 2).await;
    let devices: Vec<String> = (0..2).map(device).collect();
    let local = cast.approved(&house, "Tin của xã nhà", 60).await;
    let whole = approved(&house, (&cast.press, &cast.press_approver), "Tin của tỉnh ta", 6).await;
    // A board takes words, too.
    let board = begun(&cast.author, "Chữ chạy", "Trời nắng.").await;
    let version = at_path(&house, &board).await.version.to_string();
    let typed = [("version", version.as_str()), ("title", "Chữ chạy"), ("script", "Trời nắng."), ("board", "Họp lúc 8 giờ")];
    cast.author.post(&board, &typed).await.expect(303);
    act(&house, &cast.author, &board, "submission", &[]).await.expect(303);
    act(&house, &cast.approver, &board, "approval", &[]).await.expect(303);
    plan(&cast.author, &board, station, "05:00", &[]).await.expect(303);
    let shown = orders(&house, Kind::Board, Of::Waiting).await;
    assert_eq!(shown.len(), 1);
    assert!(shown[0].payload.contains("Họp lúc 8 giờ"), "{}", shown[0].payload);

    let planned = plan(&cast.author, &local, station, "05:00", &[]).await.expect(303).location().to_owned();
    // The slot is taken for the province as well: it airs between, where there is room.
    let provincial = format!("/desk/loudspeakers/bulletins/{}/plan", id(&whole));
    let wanted = [("all", "on"), ("date", "2026-03-03"), ("time", "05:02")];
    cast.press.post(&provincial, &wanted).await.expect(422).says("khung này đã có");
    let wanted = [("all", "on"), ("date", "2026-03-03"), ("time", "05:31")];
    let theirs = cast.press.post(&provincial, &wanted).await.expect(303).location().to_owned();
    cast.author.get(&theirs).await.expect(200).says("Tin của tỉnh");
    assert_eq!(airing(&house, &theirs).await.clusters, 2);

    at(&house, "03-03T05:00:00");
    beat(&house, &devices, false).await;
    turn(&house).await;
    let on_air = plays(&house, id(&planned)).await;
    assert!(on_air.iter().all(|one| one.state == play::State::OnAir), "{on_air:?}");
    assert_eq!(orders(&house, Kind::Play, Of::Waiting).await.len(), 2);
    // Who rested for hours is signed out.
    let approver = house.someone(crate::base::Role::Approver, Some(&cast.commune)).await;
    approver.get("/desk/loudspeakers?date=2026-03-03").await.expect(200).says("Đang phát");
    // Stopped while it plays: devices are told to stop that airing.
    press(&house, &approver, &planned, "stop", "Sai nội dung").await.expect(303);
    turn(&house).await;
    let stops = orders(&house, Kind::Stop, Of::Waiting).await;
    assert_eq!(stops.len(), 2);
    assert!(stops[0].payload.contains(&id(&planned).to_string()), "{}", stops[0].payload);
    assert!(clusters(&house).await.iter().all(|one| one.airtime.is_empty() || one.wakes_at.is_some()));
    assert_eq!(airing(&house, &planned).await.state, State::Stopped);
});

story!(a_restored_database_holds_what_waits, |house| {
    let cast = Cast::of(&house).await;
    let station = cast.station(&house, 1).await;
    let path = cast.approved(&house, "Tin", 6).await;
    plan(&cast.author, &path, station, "05:00", &[("days", "3")]).await.expect(303);
    let by = crate::base::By::system().because("restored");
    assert_eq!(crate::loudspeakers::hold_all(&house.app, &by).await.expect("held"), 3);
    assert_eq!(crate::loudspeakers::hold_all(&house.app, &by).await.expect("held"), 0);
    at(&house, "03-03T05:00:00");
    beat(&house, &[device(0)], false).await;
    turn(&house).await;
    assert!(airings(&house).await.iter().all(|one| one.state == State::Stopped));
    assert!(orders(&house, Kind::Play, Of::Waiting).await.is_empty());
});

story!(what_a_restore_stopped_is_planned_again_or_dropped_at_once, |house| {
    let cast = Cast::of(&house).await;
    let station = cast.station(&house, 1).await;
    let path = cast.approved(&house, "Tin", 6).await;
    let first = plan(&cast.author, &path, station, "05:00", &[("days", "3")]).await.expect(303).location().to_owned();
    let by = crate::base::By::system().because(crate::loudspeakers::RESTORED);
    assert_eq!(crate::loudspeakers::hold_all(&house.app, &by).await.expect("held"), 3);
    let planned = async || airings(&house).await.iter().filter(|one| one.state == State::Planned).count();
    cast.author.get("/desk/loudspeakers").await.expect(200).says("3 lịch phát dừng lại");
    cast.author.get("/desk").await.expect(200).says("3 lịch phát dừng lại");
    cast.author.get(&format!("/desk/loudspeakers/airings/{}", id(&first))).await.expect(200).says("vừa được khôi phục");
    cast.stranger.post("/desk/loudspeakers/restored/planning", &[]).await.expect(303);
    assert_eq!(planned().await, 0, "it is another agency's");
    cast.author.post("/desk/loudspeakers/restored/later", &[]).await.expect(404);
    for _ in 0..2 {
        cast.author.post("/desk/loudspeakers/restored/planning", &[]).await.expect(303);
        assert_eq!(planned().await, 3, "pressed twice, planned once");
    }
    cast.author.get("/desk/loudspeakers?date=2026-03-03").await.expect(200).says("05:00 · Tin").says_not("dừng lại khi");
    assert_eq!(crate::loudspeakers::hold_all(&house.app, &by).await.expect("held"), 3);
    // Somebody else has the minute by now.
    let other = cast.approved(&house, "Tin khác", 6).await;
    plan(&cast.author, &other, station, "05:00", &[]).await.expect(303);
    cast.author.post("/desk/loudspeakers/restored/planning", &[]).await.expect(303);
    assert_eq!(planned().await, 3, "two days again, and the other's");
    cast.author.post("/desk/loudspeakers/restored/drop", &[("why", " ")]).await.expect(422).says("1 lịch phát dừng lại");
    cast.author.post("/desk/loudspeakers/restored/drop", &[("why", "Đã có tin khác")]).await.expect(303);
    cast.author.get("/desk/loudspeakers").await.expect(200).says_not("dừng lại khi khôi phục");
    assert_eq!(planned().await, 3);
});
