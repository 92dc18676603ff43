//! Devices that fetch their orders by HTTP. Scenario C-4: an unknown device, a clock of 1970, a message that is played again.

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use chrono::TimeDelta;
use doubles::fleet::{Cluster as Double, Manner, Said, Shares, What, http, words};
use loudspeakers::device::{Fetch, Precedence};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{cluster, clusters, order as of_id, plan, tell, verdicts};
use crate::base::new_id;
use crate::loudspeakers::heard::Kind;
use crate::loudspeakers::order::{self, Message, Order, State};
use crate::story;
use crate::testing::{Answer, House};

pub async fn call(house: &House, path: &str, token: &str, body: &Value) -> Answer {
    let mut request = Request::post(path).header(CONTENT_TYPE, "application/json");
    if !token.is_empty() {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    house.visitor().send(request.body(Body::from(body.to_string())).expect("a request")).await
}

pub fn said(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|_| panic!("JSON, not {}", answer.text()))
}

pub async fn log_in(house: &House, device: &str, key: &str) -> String {
    let answer = call(house, "/api/devices/log-in", "", &words::log_in(device, key)).await.expect(200);
    words::token(&said(&answer)).expect("a token")
}

pub async fn post(house: &House, token: &str, one: &Said) -> Answer {
    let path = match one.what {
        What::Ping => "/api/devices/ping",
        What::Ack => "/api/devices/ack",
        What::Log => "/api/devices/log",
        What::Power => "/api/devices/power",
    };
    call(house, path, token, &one.body).await
}

pub fn now_ms(house: &House) -> i64 {
    house.app.clock.now().timestamp_millis()
}

story!(a_device_fetches_its_orders_acknowledges_and_reports, |house| {
    let plan = plan(&house, 2, Shares::HONEST);
    let (rows, key) = clusters(&house, &plan.ids).await;
    let mut device = plan.clusters().remove(0);
    let token = log_in(&house, &device.id, &key).await;
    let calm = tell(&house, &rows[..1], "ban-tin", Precedence::Provincial).await[0];
    let urgent = tell(&house, &rows[..1], "khan", Precedence::Emergency).await[0];
    let other = tell(&house, &rows[1..], "ban-tin", Precedence::Provincial).await[0];

    let beat = device.beat(now_ms(&house));
    let answer = said(&post(&house, &token, &beat).await.expect(200));
    assert_eq!((&answer["TrangThaiGui"], &answer["time"]), (&json!(0), &json!(now_ms(&house))));
    let orders = http::orders(&answer);
    let ids: Vec<&str> = orders.iter().filter_map(|(_, order)| order["id"].as_str()).collect();
    assert_eq!(ids, [urgent.to_string(), calm.to_string()], "an emergency goes first, another's order does not come");
    assert_eq!((of_id(&house, calm).await.state, of_id(&house, other).await.state), (State::Sent, State::Waiting));

    // At once again: nothing. When nobody acknowledges: once more, under the same id.
    house.app.clock.advance(TimeDelta::seconds(2));
    assert!(http::orders(&said(&post(&house, &token, &device.beat(now_ms(&house))).await.expect(200))).is_empty());
    house.app.clock.advance(TimeDelta::seconds(20));
    let again = http::orders(&said(&post(&house, &token, &device.beat(now_ms(&house))).await.expect(200)));
    assert_eq!(again.iter().map(|(_, order)| &order["id"]).collect::<Vec<_>>(), [&json!(urgent), &json!(calm)]);

    for (subject, order) in orders.iter().chain(&again) {
        for one in device.hear(subject, order, now_ms(&house)) {
            post(&house, &token, &one).await.expect(200);
        }
        house.app.clock.advance(TimeDelta::milliseconds(5));
    }
    assert_eq!(device.ignored, 2, "what came twice was played once");
    assert_eq!((of_id(&house, calm).await.state, of_id(&house, urgent).await.state), (State::Acknowledged, State::Acknowledged));
    assert_eq!(verdicts(&house, &device.id, Kind::Report).await, ["taken"], "the emergency plays; the weaker waits its turn");

    for one in device.lose_power(now_ms(&house) - 5_000, now_ms(&house)) {
        post(&house, &token, &one).await.expect(200);
    }
    assert_eq!(verdicts(&house, &device.id, Kind::Power).await, ["taken", "taken"]);
});

story!(who_is_not_known_and_what_can_not_be_is_refused_with_the_reason, |house| {
    let plan = plan(&house, 3, Shares::HONEST);
    let (_, key) = clusters(&house, &plan.ids).await;
    let mut device = plan.clusters().remove(0);
    let ping = device.beat(now_ms(&house));

    // Nobody, a stranger, a wrong key, a token that is none: refused, and it makes no difference which.
    for (name, key) in [("862000000000000", key.as_str()), (device.id.as_str(), "wrong")] {
        let answer = call(&house, "/api/devices/log-in", "", &words::log_in(name, key)).await.expect(401);
        assert_eq!(said(&answer), json!({"TrangThaiGui": 1, "Message": "log-in"}));
    }
    call(&house, "/api/devices/log-in", "", &json!([1])).await.expect(400).says("malformed");
    for token in ["", "lantoa_x", "0197.1.ff"] {
        assert_eq!(said(&post(&house, token, &ping).await.expect(401))["Message"], "token");
    }

    let token = log_in(&house, &device.id, &key).await;
    let refused = |answer: &Answer| said(answer)["Message"].as_str().unwrap_or_default().to_owned();
    let unset = Double::new(&device.id, Manner::Unset, 1).beat(now_ms(&house));
    let answer = post(&house, &token, &unset).await.expect(422);
    assert_eq!(
        (refused(&answer).as_str(), &said(&answer)["time"]),
        ("clock-unset", &json!(now_ms(&house))),
        "it is told the time"
    );
    let other = Double::new(&plan.ids[1], Manner::Honest, 1).beat(now_ms(&house));
    assert_eq!(refused(&post(&house, &token, &other).await.expect(422)), "other-device");
    let broken = call(&house, "/api/devices/log", &token, &json!({"CumLoaID": device.id})).await.expect(422);
    assert_eq!(refused(&broken), "malformed");
    let old = Double::new(&device.id, Manner::Honest, 1).beat(now_ms(&house) - 13 * 3_600_000);
    assert_eq!(refused(&post(&house, &token, &old).await.expect(422)), "old");
    let large = json!({"CumLoaID": device.id, "x": "x".repeat(70_000)});
    call(&house, "/api/devices/ping", &token, &large).await.expect(413);

    // The same message again is answered as the first time, and taken once.
    post(&house, &token, &ping).await.expect(200);
    assert_eq!(refused(&post(&house, &token, &ping).await.expect(200)), "replayed");
    let kept = verdicts(&house, &device.id, Kind::Heartbeat).await;
    assert_eq!(kept, ["clock-unset", "other-device", "old", "taken", "replayed"], "nothing is lost");

    let figures = house.visitor().get("/metrics").await.expect(200).text();
    for why in ["log-in", "token", "clock-unset", "other-device", "malformed", "old", "replayed"] {
        let line = format!("lantoa_loudspeaker_messages_refused_total{{why=\"{why}\"}}");
        assert!(figures.contains(&line), "{line}");
    }
});

story!(a_mapping_without_a_word_for_fetching_holds_up_nothing_else, |house| {
    let mut own = json!(loudspeakers::device::Mapping::built_in().expect("the mapping"));
    let terms = own["terms"].as_object_mut().expect("terms");
    assert!(terms.remove("fetch").is_some());
    assert!(terms["order_name"][0]["as"]["choice"].as_object_mut().expect("words").remove("fetch").is_some());
    let file = house.app.config.data.join("mapping.json");
    std::fs::create_dir_all(&house.app.config.data).expect("a folder");
    std::fs::write(&file, own.to_string()).expect("a file");
    let house = house.configured(|config| config.loudspeakers.mapping = Some(file));
    let plan = plan(&house, 1, Shares::HONEST);
    let (rows, key) = clusters(&house, &plan.ids).await;
    let mut device = plan.clusters().remove(0);
    let token = log_in(&house, &device.id, &key).await;
    let play = tell(&house, &rows, "ban-tin", Precedence::Provincial).await[0];
    let fetch = Fetch {
        id: "f".into(),
        sent_at: house.app.clock.now(),
        bulletin: "ban-tin".into(),
        content: "http://localhost/a".into(),
        sha256: "0".repeat(64),
        begins_at: None,
    };
    let payload = serde_json::to_string(&Message::Fetch(fetch)).expect("JSON");
    let ahead = Order { id: new_id(), kind: order::Kind::Fetch, payload, ..of_id(&house, play).await };
    let id = ahead.id;
    order::Entity::insert(order::ActiveModel::from(ahead)).exec_without_returning(&house.app.db).await.expect("an order");
    let orders = http::orders(&said(&post(&house, &token, &device.beat(now_ms(&house))).await.expect(200)));
    assert_eq!(orders.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["play"]);
    assert_eq!((of_id(&house, play).await.state, of_id(&house, id).await.state), (State::Sent, State::Failed));
});

story!(guessing_a_key_is_slowed_down_for_that_device_alone, |house| {
    let plan = plan(&house, 2, Shares::HONEST);
    let (_, key) = clusters(&house, &plan.ids).await;
    let (guessed, beside) = (&plan.ids[0], &plan.ids[1]);
    for _ in 0..5 {
        call(&house, "/api/devices/log-in", "", &words::log_in(guessed, "wrong")).await.expect(401);
    }
    let answer = call(&house, "/api/devices/log-in", "", &words::log_in(guessed, &key)).await.expect(429);
    let wait: i64 = answer.headers["retry-after"].to_str().ok().and_then(|text| text.parse().ok()).expect("seconds");
    assert!((1..=15).contains(&wait), "{wait}");
    log_in(&house, beside, &key).await;
    house.app.clock.advance(TimeDelta::seconds(wait + 1));
    let token = log_in(&house, guessed, &key).await;

    // A token is good for a day.
    let mut device = plan.clusters().remove(0);
    post(&house, &token, &device.beat(now_ms(&house))).await.expect(200);
    house.app.clock.advance(TimeDelta::hours(25));
    post(&house, &token, &device.beat(now_ms(&house))).await.expect(401);
});

story!(what_an_engine_does_not_keep_holds_nobody, |house| {
    let plan = plan(&house, 1, Shares::HONEST);
    let (rows, key) = clusters(&house, &plan.ids).await;
    let mut device = plan.clusters().remove(0);
    let token = log_in(&house, &device.id, &key).await;
    let (id, now) = (device.id.clone(), now_ms(&house));
    let told = tell(&house, &rows, "ban-tin", Precedence::Provincial).await[0];
    post(&house, &token, &device.beat(now)).await.expect(200);
    // By MQTT a message that can not be kept would come again for ever, and with it no other.
    let nul = json!({"id": told.to_string(), "CumLoaID": id, "TrangThai": "0", "Message": "h\u{0}ng", "time": now});
    call(&house, "/api/devices/ack", &token, &nul).await.expect(200);
    assert_eq!(of_id(&house, told).await.says, "hng");
    let nul = json!({"id": "\u{0}", "CumLoaID": id, "time": now + 1});
    call(&house, "/api/devices/ack", &token, &nul).await.expect(200);
    // Sent now, of a play that began before there were clocks, or in the year 9999.
    let log =
        |began: i64| json!({"id": began.to_string(), "time": now, "CumLoaID": id, "BanTinID": "x", "ThoiDiemBatDau": began});
    for (began, why) in [(0, "clock-unset"), (253_402_300_799_000, "clock-ahead")] {
        let answer = call(&house, "/api/devices/log", &token, &log(began)).await.expect(422);
        assert_eq!(said(&answer)["Message"], why, "{began}");
    }
    // Of power it is known all the same that it went: now.
    let power = json!({"id": "p", "time": now, "CumLoaID": id, "type": "mat-dien", "ThoiGianMatDien": 253_402_300_799_000_i64});
    call(&house, "/api/devices/power", &token, &power).await.expect(200);
    let row = cluster::Entity::find_by_id(rows[0].id).one(&house.app.db).await.expect("rows").expect("the cluster");
    assert_eq!(row.power_lost_at, Some(house.app.clock.now()));
    assert_eq!(verdicts(&house, &id, Kind::Report).await, ["clock-unset", "clock-ahead"]);
});
