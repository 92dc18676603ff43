//! Clusters fetch a sound some time before it is aired, so that its minute does not hang on the line.

use serde_json::{Value, json};

use super::{Cast, after, at, clusters, device, id, orders, plan, press, says};
use crate::base::digest::sha256;
use crate::loudspeakers::heard;
use crate::loudspeakers::order::{self, Due, Kind, State};
use crate::story;
use crate::testing::House;

/// What is due now, said.
async fn said(house: &House) -> Vec<Due> {
    let due = order::due(&house.app, 100).await.expect("the database");
    for one in &due {
        order::sent(&house.app, one.order.id).await.expect("the database");
    }
    due
}

story!(
    #[expect(clippy::too_many_lines, reason = "one night before a bulletin")]
    clusters_are_told_to_fetch_before_the_minute,
    |house| {
        let cast = Cast::of(&house).await;
        let station = cast.station(&house, 3).await;
        let news = cast.approved(&house, "Tin sáng", 6).await;
        let planned = plan(&cast.author, &news, station, "05:00", &[]).await.expect(303).location().to_owned();
        let ahead = orders(&house, Kind::Fetch, State::Waiting).await;
        assert_eq!(ahead.len(), 3);
        for one in &ahead {
            let before = (one.expires_at - one.due_at).num_minutes();
            assert!((30..=45).contains(&before), "{before} minutes before");
        }
        assert!(said(&house).await.is_empty());
        at(&house, "03-03T04:14:00");
        assert!(said(&house).await.is_empty());

        // The address is the one of the order to play, and the hash that of what is there.
        at(&house, "03-03T04:31:00");
        let due = said(&house).await;
        assert_eq!(due.len(), 3);
        let message: Value = serde_json::from_slice(&due[0].bytes).expect("JSON");
        let address =
            message["NoiDung"].as_str().and_then(|address| address.strip_prefix("http://localhost")).expect("an address");
        let bytes = house.visitor().get(address).await.expect(200).bytes;
        assert_eq!(message["MaBam"], sha256(&bytes));
        let to_play = orders(&house, Kind::Play, State::Planned).await;
        assert!(to_play.len() == 3 && to_play.iter().all(|one| one.payload.contains(address)), "{to_play:?}");

        // One has it, one can not have it, one says nothing: that one is told again, some minutes later.
        for (at, taken) in [(0, "1"), (1, "0")] {
            let cluster = clusters(&house).await.into_iter().find(|one| one.device == device(at)).expect("a cluster");
            let order = due.iter().find(|one| one.order.cluster == cluster.id).expect("its order").order.id;
            let now = house.app.clock.now().timestamp_millis();
            let ack = json!({"id": order, "TrangThai": taken, "Message": "the nho day", "time": now});
            says(&house, &device(at), heard::Kind::Acknowledgement, &ack).await;
        }
        assert_eq!(orders(&house, Kind::Fetch, State::Failed).await.len(), 1);
        // After a night everybody signs in anew.
        let author = house.someone(crate::base::Role::Officer, Some(&cast.commune)).await;
        let approver = house.someone(crate::base::Role::Approver, Some(&cast.commune)).await;
        approver.get(&planned).await.expect(200).says("1/3 cụm đã có").says_not("Nhận lệnh 3/3");
        after(&house, 60);
        assert!(said(&house).await.is_empty());
        after(&house, 300);
        assert_eq!(said(&house).await.len(), 1);

        // What is stopped is fetched no more.
        press(&house, &approver, &planned, "stop", "Nhầm ngày").await.expect(303);
        after(&house, 301);
        assert!(said(&house).await.is_empty());
        assert_eq!(orders(&house, Kind::Fetch, State::Cancelled).await.len(), 1);

        // In two minutes there is time for it; an emergency waits for nothing.
        plan(&author, &news, station, "04:45", &[]).await.expect(422).says("giờ lặng");
        at(&house, "03-03T05:58:00");
        plan(&author, &news, station, "06:00", &[]).await.expect(303);
        assert_eq!(orders(&house, Kind::Fetch, State::Waiting).await.len(), 3);
        let fields = [("all", "on"), ("sure", "on")];
        let path = format!("/desk/loudspeakers/bulletins/{}/emergency", id(&news));
        let proposed = author.post(&path, &fields).await.expect(303).location().to_owned();
        press(&house, &approver, &proposed, "release", "").await.expect(303);
        assert_eq!(orders(&house, Kind::Fetch, State::Waiting).await.len(), 3);
    }
);
