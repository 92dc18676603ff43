use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn mapping() -> Mapping {
    Mapping::built_in().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn read<T: Term + serde::de::DeserializeOwned>(message: &Value) -> Result<Received<T>, Problem> {
    mapping().read(message.to_string().as_bytes())
}

#[test]
fn a_heartbeat_is_understood_however_it_is_written() {
    let message = json!({
        "NguonID": "tinh", "CumLoaID": 860_123_456_789_012_u64, "AmLuong": "75", "TrangThaiHoatDong": "1", "TrangThaiKetNoi": "4G,-10dbm",
        "ViDo": "10,4602", "KinhDo": 105.6329, "ThongTinThietBi": {"CongSuat": "50", "NhietDo": "", "QuatGio": 1},
        "ThoiDiemBatDau": "1764108000000", "NoiDungPhat": "", "LaLung": true
    });
    let received = read::<Heartbeat>(&message).unwrap();
    let beat = &received.value;
    assert_eq!((beat.device.as_str(), beat.volume, beat.active), ("860123456789012", Some(75.0), Some(true)));
    assert_eq!((beat.latitude, beat.longitude), (Some(10.4602), Some(105.6329)));
    assert_eq!((beat.power_w, beat.temperature_c), (Some(50.0), None));
    assert_eq!(beat.started_at, Some(at("2025-11-25T22:00:00Z")));
    assert_eq!(received.unknown, ["LaLung", "ThongTinThietBi.QuatGio"]);
}

#[test]
fn both_answers_to_a_log_in_are_read() {
    let newer = read::<LogInAnswer>(&json!({"TrangThaiGui": 0, "NoiDung": {"Token": "token-of-the-test"}})).unwrap().value;
    let older = read::<LogInAnswer>(&json!({"Message": "Success", "Token": "token-of-the-test"})).unwrap().value;
    assert_eq!((newer.token.as_deref(), newer.status), (Some("token-of-the-test"), Some(0)));
    assert_eq!((older.token, older.message.as_deref()), (newer.token, Some("Success")));
    let log_in = LogIn { username: "tram".into(), password: "password-of-the-test".into() };
    let written: Value = serde_json::from_slice(&mapping().write(&log_in).unwrap()).unwrap();
    assert_eq!(written, json!({"Username": "tram", "Password": "password-of-the-test"}));
    assert!(!format!("{log_in:?}").contains("password-of"));
}

#[test]
fn an_answer_names_its_orders() {
    let orders = vec![OrderName { kind: Subject::Play }, OrderName { kind: Subject::DataRequest }];
    let answer = HeartbeatAnswer { status: Some(0), message: None, sent_at: Some(at("2026-11-26T22:00:00Z")), orders };
    let written: Value = serde_json::from_slice(&mapping().write(&answer).unwrap()).unwrap();
    let named = json!([{"Loai": "play"}, {"Loai": "data-request"}]);
    assert_eq!(written, json!({"TrangThaiGui": 0, "time": 1_795_730_400_000_i64, "NoiDung": {"DanhSachLenh": named}}));
    assert_eq!(read::<HeartbeatAnswer>(&written).unwrap().value, answer);
}

#[test]
fn a_schedule_is_written_as_devices_read_it() {
    let times = vec![ScheduleTime {
        begins_at: Some(at("2026-11-26T22:00:00Z")),
        begins: NaiveTime::from_hms_opt(5, 0, 0),
        played: Some(false),
        ..ScheduleTime::default()
    }];
    let item = ScheduleItem {
        schedule: Some("L1".into()),
        bulletin: "B1".into(),
        days: vec![ScheduleDay { date: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(), times }],
        repeats: Some(2),
        duration_s: Some(605),
        mode: Some(Mode::Scheduled),
        ..ScheduleItem::default()
    };
    let written: Value = serde_json::from_slice(&mapping().write(&item).unwrap()).unwrap();
    let expected = json!({
        "LichPhatID": "L1", "BanTinID": "B1", "SoLanLapLai": "2", "ThoiLuong": "00:10:05", "KieuPhat": "theolich",
        "DanhSachNgayPhat": [{"TimNgayPhat": "27-11-2026", "ThoiDiemPhat": [
            {"ThoiGianBatDau": 1_795_730_400, "TimThoiGianBatDau": "05:00", "DaPhat": false}
        ]}]
    });
    assert_eq!(written, expected);
}

#[test]
fn local_times_are_at_plus_seven() {
    let log = |made: Value| {
        let message = json!({"CumLoaID": "1", "BanTinID": "B", "ThoiDiemBatDau": 1_795_730_400, "ThoiGianSanXuat": made, "ThoiLuong": "01:00:05"});
        read::<BroadcastLog>(&message).unwrap().value
    };
    let expected = Some(at("2026-11-26T22:30:00Z"));
    for written in [json!("27-11-2026 05:30:00"), json!("27/11/2026 05:30"), json!(1_795_732_200), json!("1795732200000")] {
        assert_eq!(log(written.clone()).made_at, expected, "{written}");
    }
    assert_eq!(log(json!("")).duration_s, Some(3605));
}

#[test]
fn what_is_wrong_is_named() {
    let problem = |message: Value| read::<BroadcastLog>(&message).unwrap_err();
    assert_eq!(problem(json!({"CumLoaID": "1", "ThoiDiemBatDau": 0})), Problem::Missing { field: "BanTinID".into() });
    assert_eq!(problem(json!([1])), Problem::Value { field: "message".into(), expected: "object", found: "[1]".into() });
    let details =
        json!({"CumLoaID": "1", "BanTinID": "2", "ThoiDiemBatDau": 1, "ThongTinChiTietBanTin": [{"Ten": "a"}, {"GiaTri": "b"}]});
    assert_eq!(problem(details), Problem::Missing { field: "ThongTinChiTietBanTin[1].Ten".into() });
    let event = read::<PowerEvent>(&json!({"type": "chay-no"})).unwrap_err();
    assert_eq!(event, Problem::Value { field: "type".into(), expected: "one of the known words", found: "\"chay-no\"".into() });
    assert!(matches!(mapping().read::<Heartbeat>(b"{"), Err(Problem::NotJson { .. })));
    assert!(matches!(mapping().read::<Heartbeat>(&vec![b' '; 300_000]), Err(Problem::Large { max: 262_144, .. })));
    let strict = Mapping { unknown_fields: UnknownFields::Refuse, ..mapping() };
    assert_eq!(strict.read::<PowerEvent>(br#"{"type":"co-dien","x":1}"#), Err(Problem::UnknownFields(vec!["x".into()])));
}

#[test]
fn a_mapping_is_data_and_checked() {
    let mut own = mapping();
    own.terms.get_mut("power_event").unwrap()[1].theirs = vec!["suKien.loai".into()];
    let own = Mapping::from_json(&serde_json::to_string(&own).unwrap()).unwrap();
    let event = PowerEvent { device: None, kind: PowerKind::Lost, at: None };
    assert_eq!(own.write(&event).unwrap(), br#"{"suKien":{"loai":"mat-dien"}}"#);
    let bad = |terms: Value| {
        Mapping::from_json(&json!({"unknown_fields": "report", "bytes_max": 9, "terms": terms}).to_string()).is_err()
    };
    assert!(bad(json!({"a": [{"own": "b", "theirs": ["B"], "as": {"object": "a"}}]})));
    assert!(bad(json!({"a": [{"own": "b", "theirs": ["B"], "as": {"list": "c"}}]})));
    assert!(bad(json!({"a": [{"own": "b", "theirs": [], "as": "text"}]})));
}

#[test]
fn the_door_lets_each_message_in_once() {
    let now = at("2026-11-26T22:00:00Z");
    let mut door = Door::new(DoorLimits { window_s: 600, remembered_max: 3, ..DoorLimits::default() });
    let from = |id: &'static str, sent_at| Incoming { device: "c1", is_known: true, id, sent_at };
    assert_eq!(door.admit(&from("1", now), now), Ok(()));
    assert_eq!(door.admit(&from("1", now), now), Err(Problem::Replayed("1".into())));
    assert_eq!(door.admit(&Incoming { device: "c2", ..from("1", now) }, now), Ok(()));
    assert_eq!(door.admit(&from("2", now - Duration::seconds(601)), now), Err(Problem::Old { by_s: 601 }));
    assert_eq!(door.admit(&from("3", now + Duration::days(400)), now), Err(Problem::ClockAhead { by_s: 400 * 86_400 }));
    let unset = at("1970-01-01T00:03:00Z");
    assert_eq!(door.admit(&from("4", unset), now), Err(Problem::ClockUnset { at: unset }));
    let stranger = Incoming { is_known: false, ..from("5", now) };
    assert_eq!(door.admit(&stranger, now), Err(Problem::UnknownDevice("c1".into())));
    assert_eq!(door.admit(&from("6", now), now), Ok(()));
    assert_eq!(door.admit(&from("7", now), now), Err(Problem::Flooded));
    // What was forgotten is too old to come again.
    let later = now + Duration::seconds(601);
    assert_eq!(door.admit(&from("7", later), later), Ok(()));
    assert_eq!(door.admit(&from("1", now), later), Err(Problem::Old { by_s: 601 }));
}

#[test]
fn topics_are_told_apart() {
    let topics = Topics::built_in().unwrap();
    let will = topics.last_will("8601").unwrap();
    assert_eq!((will.topic.as_str(), will.quality, will.retain), ("device/8601/offline", Quality::AtLeastOnce, false));
    assert_eq!(topics.about("device/8601/offline"), Some((Subject::Offline, "8601")));
    assert_eq!(topics.about("device/8601/offline/x"), None);
    assert_eq!(topics.about("device//ping"), None);
    assert_eq!(topics.of_all(Subject::Log).unwrap(), "device/+/log");
    assert!(topics.of(Subject::Play, "a/#").is_err());
    assert!(Topics::from_json(r#"{"play": "all/play"}"#).is_err());
    assert!(Topics::from_json(r#"{"play": "{device}/x", "stop": "{device}/x"}"#).is_err());
}

fn word() -> impl Strategy<Value = String> {
    "[a-zA-Zđệ0-9 ,.-]{1,12}"
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..4_000_000_000).prop_map(|s| DateTime::from_timestamp(s, 0).unwrap())
}

prop_compose! {
    fn beats()(device in word(), volume in of(0.0f64..100.0), active in of(any::<bool>()), latitude in of(-90.0f64..90.0),
        power_w in of(0.0f64..500.0), storage_used in of(word()), started_at in of(instant()), playing in of(word())) -> Heartbeat {
        Heartbeat { device, volume, active, latitude, power_w, storage_used, started_at, playing, ..Heartbeat::default() }
    }
}

prop_compose! {
    fn logs()(device in word(), bulletin in word(), made_at in of(instant()), duration_s in of(0u64..1_000_000), pen_name in of(word()),
        started_at in instant(), relayed in of(any::<bool>()), names in vec(word(), 0..3), volume in of(0.0f64..100.0)) -> BroadcastLog {
        let author = pen_name.map(|pen_name| Author { pen_name: Some(pen_name), ..Author::default() });
        let details = names.into_iter().map(|name| Detail { name, value: None }).collect();
        BroadcastLog { device, bulletin, made_at, duration_s, author, started_at, relayed, details, volume, ..BroadcastLog::default() }
    }
}

prop_compose! {
    fn playlists()(schedule in word(), areas in vec(word(), 0..3), bulletins in vec(word(), 0..3), day in 0i64..20_000,
        minute in 0u32..1440, begins_at in of(instant()), repeats in of(0i64..9)) -> PlaylistAdd {
        let begins = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0);
        let times = vec![ScheduleTime { begins_at, begins, ..ScheduleTime::default() }];
        let days = vec![ScheduleDay { date: NaiveDate::default() + Duration::days(day), times }];
        let item = |bulletin| ScheduleItem { bulletin, days: days.clone(), repeats, mode: Some(Mode::Now), ..ScheduleItem::default() };
        PlaylistAdd { schedule, areas, items: bulletins.into_iter().map(item).collect(), ..PlaylistAdd::default() }
    }
}

prop_compose! {
    fn boards()(id in word(), ms in 200_000_000_000i64..4_000_000_000_000, times_s in vec(0i64..86_400, 0..4), text in of(word()),
        daily in of(any::<bool>()), priority in of(0i64..9), weekdays in vec("(T[2-7]|CN)", 0..3)) -> LedEnvelope {
        let schedule = LedSchedule { id: id.clone(), made_at: None, duration_s: Some(60), loops: None, idle_s: None, daily,
            from: DateTime::from_timestamp_millis(ms), to: None, active: Some(true), times_s, weekdays, songs: Vec::new(),
            kind: LedKind::Text, text, media: None, full_screen: None, colour: None, priority };
        LedEnvelope { id, sent_at: DateTime::from_timestamp_millis(ms).unwrap(), sender: None, leader_only: Some(false), schedule }
    }
}

fn comes_back<T: Term + serde::Serialize + serde::de::DeserializeOwned + Clone>(message: &T) -> Received<T> {
    let mapping = mapping();
    mapping.read(&mapping.write(message).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn what_is_written_is_read(beat in beats(), log in logs(), playlist in playlists(), board in boards(), at in of(instant())) {
        prop_assert_eq!(comes_back(&beat), Received { value: beat, unknown: vec![] });
        prop_assert_eq!(comes_back(&log), Received { value: log, unknown: vec![] });
        prop_assert_eq!(comes_back(&playlist), Received { value: playlist, unknown: vec![] });
        prop_assert_eq!(comes_back(&board), Received { value: board, unknown: vec![] });
        let event = PowerEvent { device: None, kind: PowerKind::Back, at };
        prop_assert_eq!(comes_back(&event).value, event);
    }

    #[test]
    fn orders_come_back(id in word(), s in 200_000_000i64..4_000_000_000, from_s in of(0i64..9999), volume in 0i64..100) {
        let sent_at = DateTime::from_timestamp(s, 0).unwrap();
        let play = Play { id: id.clone(), sent_at, bulletin: id.clone(), content: None, precedence: Precedence::Emergency, from_s, duration_s: Some(9) };
        prop_assert_eq!(comes_back(&play).value, play);
        let ahead = Fetch { id: id.clone(), sent_at, bulletin: id.clone(), content: id.clone(), sha256: id.clone(), begins_at: Some(sent_at) };
        prop_assert_eq!(comes_back(&ahead).value, ahead);
        let louder = Volume { id, sent_at, volume };
        prop_assert_eq!(comes_back(&louder).value, louder);
    }

    #[test]
    fn no_payload_is_too_much(payload in "(\\{|\\}|\"CumLoaID\"|\"BanTinID\"|\"ThoiDiemBatDau\"|:|,|\\[|\\]|1e99|-1|\"99:99\"|null|\"DanhSachNgayPhat\"){0,12}") {
        let mapping = mapping();
        let told = [mapping.read::<BroadcastLog>(payload.as_bytes()).err(), mapping.read::<ScheduleItem>(payload.as_bytes()).err()];
        prop_assert!(told.iter().flatten().all(|problem| !problem.to_string().is_empty()));
    }

    #[test]
    fn no_value_is_too_much(epoch in any::<i64>(), duration in "[0-9]{0,20}:[0-9]{0,3}:[0-9]{0,3}", number in any::<f64>()) {
        let message = json!({"CumLoaID": "1", "BanTinID": "1", "ThoiDiemBatDau": epoch, "ThoiLuong": duration, "AmLuong": number});
        if let Ok(received) = read::<BroadcastLog>(&message) {
            prop_assert!(epoch >= 0 && received.value.started_at.timestamp() >= 0);
        }
    }
}
