//! Emergencies: one proposes, another releases, it breaks in, and what it broke off goes on by itself (scenario C-4).

use super::{
    Cast, after, airing, airings, at, beat, begun, clusters, device, facts, id, notified, orders, plan, plays, press, says, turn,
};
use crate::base::Role;
use crate::loudspeakers::airing::State;
use crate::loudspeakers::order::{self, Kind, State as Of};
use crate::loudspeakers::{heard, play};
use crate::story;
use crate::testing::{Answer, Visitor};

async fn propose(who: &Visitor<'_>, path: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("all", "on"), ("sure", "on")];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    who.post(&format!("/desk/loudspeakers/bulletins/{}/emergency", id(path)), &fields).await
}

story!(an_emergency_needs_two_people_and_gives_the_air_back, |house| {
    let cast = Cast::of(&house).await;
    let station = cast.station(&house, 2).await;
    let devices: Vec<String> = (0..2).map(device).collect();
    let news = cast.approved(&house, "Tin sáng", 100).await;
    let siren = cast.approved(&house, "Nước lên", 30).await;
    let planned = plan(&cast.author, &news, station, "05:00", &[]).await.expect(303).location().to_owned();
    at(&house, "03-03T05:00:00");
    beat(&house, &devices, false).await;
    turn(&house).await;
    after(&house, 60);
    let author = house.someone(Role::Officer, Some(&cast.commune)).await;
    let approver = house.someone(Role::Approver, Some(&cast.commune)).await;

    let form = format!("/desk/loudspeakers/bulletins/{}/emergency?all=on", id(&siren));
    author.get(&form).await.expect(200).says("Phát khẩn cấp ngắt mọi bản tin").says("Sẽ phát trên 2 cụm");
    propose(&author, &siren, &[("sure", "")]).await.expect(422).says("Hãy đánh dấu xác nhận");
    let form_id = [("id", "0197b0a0-0000-7000-8000-0000000000bb")];
    let proposed = propose(&author, &siren, &form_id).await.expect(303).location().to_owned();
    propose(&author, &siren, &form_id).await.expect(303);
    assert_eq!(airings(&house).await.len(), 2);
    assert_eq!(notified(&house, &approver, "notice-emergency-proposed").await, 1);
    approver.get("/desk").await.expect(200).says("Chờ bạn cho phát khẩn cấp");
    author.get("/desk/loudspeakers").await.expect(200).says("Tin khẩn cấp chờ người thứ hai");

    // Who proposed it does not release it, whatever their role; nothing is out until somebody else does.
    press(&house, &author, &proposed, "release", "").await.expect(403);
    turn(&house).await;
    assert!(plays(&house, id(&proposed)).await.is_empty());
    approver.get(&proposed).await.expect(200).says("Cho phát ngay").says("Nước lên");
    press(&house, &approver, &proposed, "release", "").await.expect(303);
    press(&house, &approver, &proposed, "release", "").await.expect(409);
    turn(&house).await;
    assert!(plays(&house, id(&proposed)).await.iter().all(|one| one.state == play::State::OnAir));
    assert!(plays(&house, id(&planned)).await.iter().all(|one| one.state == play::State::Broken && one.from_s == 60));
    author.get(&proposed).await.expect(200).says("Đang phát khẩn cấp").says("Người cho phát");

    // It ends, and the bulletin goes on five seconds before where it was.
    after(&house, 30);
    beat(&house, &devices, true).await;
    turn(&house).await;
    assert!(plays(&house, id(&proposed)).await.iter().all(|one| one.state == play::State::Finished));
    assert!(plays(&house, id(&planned)).await.iter().all(|one| one.state == play::State::OnAir && one.from_s == 55));
    // What nobody fetched before it was broken off, or was over, is not said any more.
    let to_play = orders(&house, Kind::Play, Of::Waiting).await;
    assert_eq!(to_play.len(), 2, "{to_play:?}");
    assert!(to_play.iter().all(|one| one.payload.contains(r#""from_s":55"#)), "{to_play:?}");
    assert_eq!(facts(&house, id(&proposed), "EmergencyReleased").await, 1);
});

story!(
    #[expect(clippy::too_many_lines, reason = "one emergency, and who comes back when")]
    an_emergency_ends_also_for_who_comes_back_later,
    |house| {
        let cast = Cast::of(&house).await;
        cast.station(&house, 2).await;
        let siren = cast.approved(&house, "Nước lên", 200).await;
        for within in ["3", "800", "x"] {
            propose(&cast.author, &siren, &[("within", within)]).await.expect(422).says("từ 5 đến 720");
        }
        // The second cluster is away and comes back when the emergency is over, within what the station lets a bulletin be late.
        let first = propose(&cast.author, &siren, &[("within", "10")]).await.expect(303).location().to_owned();
        cast.approver.get(&first).await.expect(200).says("Còn giá trị trong").says("10 phút");
        press(&house, &cast.approver, &first, "release", "").await.expect(303);
        let (here, away) = (device(0), device(1));
        beat(&house, std::slice::from_ref(&here), false).await;
        turn(&house).await;
        let second = clusters(&house).await.into_iter().find(|one| one.device == away).expect("a cluster").id;
        let state = async |airing: &str| {
            let plays = plays(&house, id(airing)).await;
            let of = |mine: bool| plays.iter().find(|one| (one.cluster == second) == mine).expect("a play").state;
            (of(false), of(true))
        };
        assert_eq!(state(&first).await, (play::State::OnAir, play::State::Planned));
        after(&house, 11 * 60);
        beat(&house, std::slice::from_ref(&away), false).await;
        turn(&house).await;
        assert_eq!(state(&first).await.1, play::State::Missed);
        assert!(orders(&house, Kind::Play, Of::Waiting).await.is_empty(), "nothing is played by who comes back too late");

        // It is told, goes away and plays on; meanwhile it is stopped. What was said to it and not acknowledged is not said again.
        beat(&house, std::slice::from_ref(&here), false).await;
        let next = propose(&cast.author, &siren, &[]).await.expect(303).location().to_owned();
        press(&house, &cast.approver, &next, "release", "").await.expect(303);
        turn(&house).await;
        assert_eq!(state(&next).await, (play::State::OnAir, play::State::OnAir));
        for one in order::due(&house.app, 10).await.expect("the database") {
            order::sent(&house.app, one.order.id).await.expect("the database");
        }
        after(&house, 92);
        beat(&house, std::slice::from_ref(&here), true).await;
        turn(&house).await;
        assert_eq!(state(&next).await, (play::State::OnAir, play::State::Lost));
        press(&house, &cast.approver, &next, "stop", "Báo động giả").await.expect(303);
        turn(&house).await;
        assert_eq!(state(&next).await, (play::State::Withdrawn, play::State::Withdrawn));
        assert!(orders(&house, Kind::Play, Of::Sent).await.is_empty());
        let stops = async || orders(&house, Kind::Stop, Of::Waiting).await.iter().filter(|one| one.cluster == second).count();
        assert_eq!(stops().await, 0, "it is away");

        // It is back and says that it plays that still: now it is told, once.
        for _ in 0..2 {
            after(&house, 20);
            let message = serde_json::json!({
                "IMEI": away, "TrangThaiHoatDong": "1", "NoiDungPhat": id(&next).to_string(),
                "time": house.app.clock.now().timestamp_millis(),
            });
            says(&house, &away, heard::Kind::Heartbeat, &message).await;
            turn(&house).await;
            assert_eq!(stops().await, 1);
        }
        assert_eq!(state(&next).await.1, play::State::Withdrawn);
    }
);

story!(an_emergency_can_be_refused_grows_old_and_can_be_stopped, |house| {
    let cast = Cast::of(&house).await;
    cast.station(&house, 1).await;
    let siren = cast.approved(&house, "Nước lên", 60).await;
    // An approver who proposes does not release.
    let own = propose(&cast.approver, &siren, &[]).await.expect(303).location().to_owned();
    press(&house, &cast.approver, &own, "release", "").await.expect(422).says("Người khác phải cho phát");
    assert_eq!(facts(&house, id(&own), "OwnApprovalRefused").await, 1);
    cast.approver.get(&own).await.expect(200).says("Người khác phải cho phát");
    press(&house, &cast.approver, &own, "refuse", "").await.expect(422);
    press(&house, &cast.approver, &own, "refuse", "Nhầm tin").await.expect(303);
    assert_eq!(airing(&house, &own).await.state, State::Refused);

    let old = propose(&cast.author, &siren, &[]).await.expect(303).location().to_owned();
    after(&house, 61 * 60);
    press(&house, &cast.approver, &old, "release", "").await.expect(422).says("đã quá 60 phút");

    // In quiet hours it sounds all the same; a leader of the province may release it, and it can be stopped.
    at(&house, "03-02T23:00:00");
    let leader = house.someone(Role::Leader, None).await;
    let night = propose(&cast.author, &siren, &[]).await.expect(303).location().to_owned();
    press(&house, &leader, &night, "release", "").await.expect(303);
    beat(&house, &[device(0)], false).await;
    turn(&house).await;
    assert_eq!(plays(&house, id(&night)).await[0].state, play::State::OnAir);
    press(&house, &leader, &night, "stop", "Báo động giả").await.expect(303);
    turn(&house).await;
    assert_eq!(plays(&house, id(&night)).await[0].state, play::State::Withdrawn);
    assert_eq!(orders(&house, Kind::Stop, Of::Waiting).await.len(), 1);
    // Without an approved bulletin there is nothing to propose.
    let draft = begun(&cast.author, "Chưa duyệt", "Nước lên.").await;
    propose(&cast.author, &draft, &[]).await.expect(422).says("chưa được duyệt");
});
