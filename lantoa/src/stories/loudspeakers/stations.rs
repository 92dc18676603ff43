//! Stations and clusters: forms, a file of lines, keys, who sees what.

use sea_orm::entity::prelude::*;

use super::{Cast, clusters, device as numbered, station};
use crate::base::{Role, new_id};
use crate::loudspeakers::{cluster, device};
use crate::story;

story!(
    #[expect(clippy::too_many_lines, reason = "one form with all that can be wrong in it")]
    a_station_and_its_clusters_are_kept,
    |house| {
        let cast = Cast::of(&house).await;
        let boss = &cast.administrator;
        boss.get("/desk/loudspeakers").await.expect(200).says("Chưa có đài nào");
        boss.get("/desk/loudspeakers/stations").await.expect(200).says("Chưa có đài nào").says("Thêm đài");
        boss.get("/desk/loudspeakers/stations/new").await.expect(200).says("05:00-05:30 Buổi sáng").says("22:00-05:00");
        cast.author.get("/desk/loudspeakers/stations/new").await.expect(403);

        // What can not be read is said by its line, and what was typed comes back.
        let id = new_id().to_string();
        let bad = station(&id, &[("slots", "05:00-05:30 Sáng\n7 giờ"), ("reair_max", "99")]);
        boss.post("/desk/loudspeakers/stations", &bad)
            .await
            .expect(422)
            .says("Dòng 2 chưa đúng")
            .says("7 giờ")
            .says("từ 0 đến 5");
        boss.post("/desk/loudspeakers/stations", &station(&id, &[])).await.expect(303);
        boss.post("/desk/loudspeakers/stations", &station(&id, &[])).await.expect(303);
        let path = format!("/desk/loudspeakers/stations/{id}");
        boss.get(&path).await.expect(200).says("Đài Bình Minh (demo)").says("Nhập cụm từ tệp CSV");
        cast.stranger.get(&path).await.expect(404);
        cast.press.get(&path).await.expect(200).says_not("Nhập cụm từ tệp CSV");

        let slots = "05:00-05:30 T2-T7 Buổi sáng\n06:00-06:30 CN Buổi sáng";
        let twice = station(&id, &[("slots", "05:00-05:30 Buổi sáng\n06:00-06:30 CN Buổi sáng")]);
        boss.post(&path, &twice).await.expect(422).says("Hai khung cùng tên “Buổi sáng”");
        boss.post(&path, &station(&id, &[("slots", "05:00-05:30 T8 Sáng")])).await.expect(422).says("Dòng 1 chưa đúng");
        boss.post(&path, &station(&id, &[("quiet", "21:00-05:00\n12:00-13:00"), ("slots", slots)])).await.expect(303);
        boss.get(&path).await.expect(200).says("05:00-05:30 T2-T7 Buổi sáng").says("06:00-06:30 CN Buổi sáng");
        boss.post(&path, &station(&id, &[("name", "Khác")])).await.expect(409).says("Khác");
        cast.author.post(&path, &station(&id, &[("version", "2")])).await.expect(403);

        // One cluster by the form.
        boss.get(&format!("/desk/loudspeakers/clusters/new?station={id}")).await.expect(200).says("Mã thiết bị");
        let fields = |id: &'static str, device: &'static str| {
            vec![("id", id), ("device", device), ("name", "Cụm chợ"), ("kind", "speaker"), ("hamlet", "Ấp 1"), ("volume", "70")]
        };
        let first = "0197b0a0-0000-7000-8000-000000000001";
        let add = |mut fields: Vec<(&'static str, &'static str)>, station: &str| {
            let station = station.to_owned();
            async move {
                fields.push(("version", "1"));
                let mut all: Vec<(&str, &str)> = vec![("station", station.as_str())];
                all.extend(fields.iter().map(|(name, value)| (*name, *value)));
                boss.post("/desk/loudspeakers/clusters", &all).await
            }
        };
        add(fields(first, "86/#"), &id).await.expect(422).says("Mã thiết bị gồm");
        add(fields(first, "861"), &id).await.expect(303);
        add(fields(first, "861"), &id).await.expect(303);
        add(fields("0197b0a0-0000-7000-8000-000000000002", "861"), &id).await.expect(422).says("đã có ở một cụm khác");
        let page = format!("/desk/loudspeakers/clusters/{first}");
        boss.get(&page).await.expect(200).says("Chưa kết nối lần nào").says("Chưa nghe gì từ thiết bị");
        cast.stranger.get(&page).await.expect(404);
        let mut louder = fields(first, "861");
        louder.retain(|(name, _)| *name != "volume");
        louder.extend([("volume", "90"), ("version", "1")]);
        boss.post(&page, &louder).await.expect(303);
        boss.post(&page, &louder).await.expect(303);
        boss.get(&page).await.expect(200).says("Chỉnh âm lượng").says("Sửa cụm Cụm chợ");
    }
);

story!(clusters_come_from_a_file_all_or_none, |house| {
    let cast = Cast::of(&house).await;
    let boss = &cast.administrator;
    let id = new_id();
    boss.post("/desk/loudspeakers/stations", &station(&id.to_string(), &[])).await.expect(303);
    let path = format!("/desk/loudspeakers/stations/{id}/import");
    let import = async |text: &[u8]| boss.upload(&path, ("file", "cum.csv", text), &[]).await;
    import(b"").await.expect(422).says("Tệp không có dòng nào");
    import(b"Ten,Ma\nx,y\n").await.expect(422).says("Dòng đầu phải có cột");
    import(b"M\xE3 thi\xEAt b\xEC;T\xEAn\n1;x\n").await.expect(422).says("không phải UTF-8");
    let bad = "\u{feff}Mã thiết bị;Tên;Loại;Ấp;Âm lượng\n861;Cụm 1;loa;Ấp 1;70\n;Cụm 2;loa;Ấp 2;70\n863;Cụm 3;còi;Ấp 1;300\n861;Cụm 4;loa;;\n";
    let answer = import(bad.as_bytes()).await.expect(422);
    answer.says("Dòng 3:").says("Dòng 4:").says("Dòng 5:").says("đã có ở dòng trên").says("Chưa lưu gì cả");
    assert!(clusters(&house).await.is_empty());

    let good = "ma thiet bi,ten,loai,ap\n861,Cụm 1,loa,Ấp 1; Ấp 2\n862,'=Cụm 2,,Ấp 2\n863,Bảng,bảng điện tử,\n";
    import(good.as_bytes()).await.expect(303);
    import(good.as_bytes()).await.expect(303);
    let rows = clusters(&house).await;
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].hamlets().collect::<Vec<_>>(), ["Ấp 1", "Ấp 2"]);
    assert_eq!(rows[2].kind, cluster::Kind::Board);
    cast.author.upload(&path, ("file", "cum.csv", good.as_bytes()), &[]).await.expect(403);
    cast.stranger.upload(&path, ("file", "cum.csv", good.as_bytes()), &[]).await.expect(404);

    // The list: as a page, narrowed, and as a file that is read again.
    boss.get("/desk/loudspeakers/clusters").await.expect(200).says("Cụm 1").says("Chưa kết nối lần nào");
    boss.get("/desk/loudspeakers/clusters?q=bang&standing=never").await.expect(200).says("Bảng").says_not("Cụm 1");
    boss.get("/desk/loudspeakers/clusters?standing=lies").await.expect(200).says("Không có cụm nào như vậy");
    let file = boss.get("/desk/loudspeakers/clusters?format=csv").await.expect(200);
    assert!(file.text().contains("862,'=Cụm 2,loa,Ấp 2,70"), "{}", file.text());
    import(&file.bytes).await.expect(303);
    assert_eq!(clusters(&house).await.iter().map(|one| one.version).collect::<Vec<_>>(), [1, 1, 1], "nothing differs");
    cast.stranger.get("/desk/loudspeakers/clusters").await.expect(200).says_not("Cụm 1");
});

story!(keys_are_shown_once_and_let_devices_in, |house| {
    let cast = Cast::of(&house).await;
    let station = cast.station(&house, 2).await;
    let keys = format!("/desk/loudspeakers/stations/{station}/keys");
    cast.author.post(&keys, &[]).await.expect(403);
    let file = cast.administrator.post(&keys, &[]).await.expect(200).text();
    let lines: Vec<Vec<&str>> = file.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(lines.len(), 3);
    let (id, key) = (lines[0][0], lines[0][2]);
    let entry = device::log_in(&house.app, id, key).await.expect("the database").expect("let in");
    assert!(device::log_in(&house.app, id, "other").await.expect("the database").is_none());
    assert!(device::log_in(&house.app, "unknown", key).await.expect("the database").is_none());
    assert!(device::of_token(&house.app, &entry.token).await.expect("the database").is_some());
    assert!(device::of_token(&house.app, &format!("{}0", entry.token)).await.expect("the database").is_none());
    cast.administrator.post(&keys, &[]).await.expect(303);

    // A new key ends the token; a cluster out of service lets nobody in.
    let one = clusters(&house).await.into_iter().find(|one| one.device == id).expect("a cluster");
    let act = |act: &str| format!("/desk/loudspeakers/clusters/{}/acts/{act}", one.id);
    let page = cast.administrator.post(&act("key"), &[]).await.expect(200).says("Khóa chỉ hiện lần này").text();
    let fresh = page.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a key").to_owned();
    assert!(device::of_token(&house.app, &entry.token).await.expect("the database").is_none());
    let entry = device::log_in(&house.app, id, &fresh).await.expect("the database").expect("let in");
    let version = entry.cluster.version.to_string();
    cast.administrator.post(&act("stop"), &[("version", &version)]).await.expect(303);
    cast.administrator.post(&act("stop"), &[("version", &version)]).await.expect(409);
    assert!(device::of_token(&house.app, &entry.token).await.expect("the database").is_none());
    let stopped = cluster::Entity::find_by_id(one.id).one(&house.app.db).await.expect("rows").expect("a cluster");
    cast.administrator.post(&act("resume"), &[("version", &stopped.version.to_string())]).await.expect(303);
    assert!(device::of_token(&house.app, &entry.token).await.expect("the database").is_some());
});

story!(refused_messages_are_listed_with_their_reason, |house| {
    use crate::loudspeakers::heard::{self, How, Incoming, Refusal, Verdict};
    let cast = Cast::of(&house).await;
    cast.station(&house, 1).await;
    let device = numbered(0);
    cast.author.get("/desk/loudspeakers/refused").await.expect(200).says("Không có tin nào bị từ chối");
    let say = async |device: &str, raw: &str| {
        let incoming = Incoming { device, kind: heard::Kind::Report, raw: raw.as_bytes(), how: How::Mqtt };
        heard::take(&house.app, &incoming).await.expect("the database")
    };
    let log = |at: i64| format!(r#"{{"IMEI":"{device}","BanTinID":"b","ThoiDiemBatDau":{at},"ThoiLuong":"00:00:10"}}"#);
    let now = house.app.clock.now().timestamp();
    assert!(matches!(say("999", &log(now)).await, Verdict::Refused(Refusal::UnknownDevice, _)));
    assert!(matches!(say(&device, &log(0)).await, Verdict::Refused(Refusal::ClockUnset, _)));
    assert!(matches!(say(&device, &log(now + 3600)).await, Verdict::Refused(Refusal::ClockAhead, _)));
    assert!(matches!(say(&device, "{").await, Verdict::Refused(Refusal::Malformed, _)));
    assert!(say(&device, &log(now - 20)).await.is_taken());
    assert!(matches!(say(&device, &log(now - 20)).await, Verdict::Refused(Refusal::Replayed, _)));
    let page = cast.author.get("/desk/loudspeakers/refused").await.expect(200);
    page.says("còn ở năm 1970").says("Tin lặp lại").says("Tin không đọc được").says_not("<span>999</span>");
    let overseer = house.someone(Role::Coordinator, None).await;
    overseer.get("/desk/loudspeakers/refused").await.expect(200).says("<span>999</span>");
    let narrowed = overseer.get("/desk/loudspeakers/refused?why=replayed").await.expect(200);
    narrowed.says(&device).says_not("<span>999</span>");
    let known = cast.author.get("/desk/loudspeakers/clusters").await.expect(200);
    known.says("Tin lặp lại tin đã nhận");
});

story!(coverage_of_the_same_days_is_counted_once, |house| {
    let asked = async |days: &str| {
        let before = house.statements();
        house.visitor().get(&format!("/api/v1/loudspeakers/coverage?{days}")).await.expect(200);
        house.statements() - before
    };
    asked("from=2026-01-01&to=2026-01-31").await;
    let counted = asked("from=2026-02-01&to=2026-02-27").await;
    let again = asked("from=2026-02-01&to=2026-02-27").await;
    assert!(again < counted, "{again} statements after {counted}: anybody may ask, as often as they like");
});
