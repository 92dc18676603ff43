//! Stories of loudspeakers, over HTTP, on both engines. What devices do is told in [`line`](crate::loudspeakers::line).

mod airings;
mod articles;
mod boards;
mod bulletins;
mod emergencies;
mod fetching;
mod line;
mod reading_out;
mod repeating;
mod six_channels;
pub mod sounds;
mod stations;
mod words;

use chrono::TimeDelta;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::{Role, fact, new_id};
use crate::loudspeakers::airing::{self, Airing};
use crate::loudspeakers::bulletin::{self, Bulletin};
use crate::loudspeakers::cluster::{self, Cluster};
use crate::loudspeakers::heard::{self, How, Incoming};
use crate::loudspeakers::order::{self, Order};
use crate::loudspeakers::play::{self, Play};
use crate::loudspeakers::{judging, on_air};
use crate::people::{Agency, Notice, agency};
use crate::testing::{Answer, House, Visitor};

/// A commune with its people, a department, and a stranger.
pub struct Cast<'a> {
    pub commune: Agency,
    pub author: Visitor<'a>,
    pub approver: Visitor<'a>,
    pub administrator: Visitor<'a>,
    pub stranger: Visitor<'a>,
    pub department: Agency,
    pub press: Visitor<'a>,
    pub press_approver: Visitor<'a>,
}

impl<'a> Cast<'a> {
    pub async fn of(house: &'a House) -> Self {
        let commune = house.agency("Xã Bình Minh (demo)", agency::Kind::Commune).await;
        let other = house.agency("Xã Hòa An (demo)", agency::Kind::Commune).await;
        let department = house.agency("Sở Thử nghiệm (demo)", agency::Kind::Department).await;
        Self {
            author: house.someone(Role::Officer, Some(&commune)).await,
            approver: house.someone(Role::Approver, Some(&commune)).await,
            administrator: house.someone(Role::AgencyAdministrator, Some(&commune)).await,
            stranger: house.someone(Role::Officer, Some(&other)).await,
            press: house.someone(Role::Officer, Some(&department)).await,
            press_approver: house.someone(Role::Approver, Some(&department)).await,
            commune,
            department,
        }
    }

    /// A station of the commune with so many loudspeakers in turn for two hamlets of three, and a board; its id.
    pub async fn station(&self, house: &House, count: usize) -> Uuid {
        let id = new_id();
        let text = id.to_string();
        self.administrator.post("/desk/loudspeakers/stations", &station(&text, &[])).await.expect(303);
        let mut lines = vec!["Mã thiết bị;Tên;Loại;Ấp".to_owned()];
        lines.extend((0..count).map(|at| format!("{};Cụm {};loa;Ấp {}", device(at), at + 1, at % 2 + 1)));
        lines.push("8699;Bảng tin;bảng;Ấp 1".into());
        let path = format!("/desk/loudspeakers/stations/{id}/import");
        self.administrator.upload(&path, ("file", "cum.csv", lines.join("\n").as_bytes()), &[]).await.expect(303);
        assert_eq!(clusters(house).await.len(), count + 1);
        id
    }

    /// A bulletin of the commune with a sound of so many seconds, approved; its page.
    pub async fn approved(&self, house: &House, title: &str, seconds: u32) -> String {
        approved(house, (&self.author, &self.approver), title, seconds).await
    }
}

/// The form of a station.
pub fn station<'a>(id: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("id", id),
        ("name", "Đài Bình Minh (demo)"),
        ("hamlets", "Ấp 1\nẤp 2\nẤp 3"),
        ("slots", "05:00-05:30 Buổi sáng\n17:00-17:30 Buổi chiều"),
        ("quiet", "22:00-05:00"),
        ("reair", "propose"),
        ("reair_max", "2"),
        ("reair_within_min", "60"),
        ("version", "1"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    fields
}

pub fn device(at: usize) -> String {
    format!("8600{at:04}")
}

/// Written, sounded, handed in, listened to and approved.
pub async fn approved(house: &House, (author, approver): (&Visitor<'_>, &Visitor<'_>), title: &str, seconds: u32) -> String {
    let path = begun(author, title, "Bà con chú ý đóng cửa sổ khi có mưa lớn.").await;
    sound(house, author, &path, &sounds::tone(seconds)).await.expect(303);
    act(house, author, &path, "submission", &[]).await.expect(303);
    act(house, approver, &path, "approval", &[("listened", "on")]).await.expect(303);
    path
}

/// A bulletin that is written by itself; its page.
pub async fn begun(who: &Visitor<'_>, title: &str, text: &str) -> String {
    who.post("/desk/loudspeakers/bulletins", &[("title", title), ("text", text)]).await.expect(303).location().to_owned()
}

/// Brings a recording.
pub async fn sound(house: &House, who: &Visitor<'_>, path: &str, bytes: &[u8]) -> Answer {
    let version = at_path(house, path).await.version.to_string();
    who.upload(
        &format!("/desk/loudspeakers/bulletins/{}/sound", id(path)),
        ("file", "ghi-am.wav", bytes),
        &[("version", &version)],
    )
    .await
}

/// Presses a button of a bulletin's page.
pub async fn act(house: &House, who: &Visitor<'_>, path: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let version = at_path(house, path).await.version.to_string();
    let fields = [&[("version", version.as_str())], more].concat();
    who.post(&format!("/desk/loudspeakers/bulletins/{}/acts/{act}", id(path)), &fields).await
}

/// Plans a bulletin on a station for a minute of the third of March, unless `more` says another day.
pub async fn plan(who: &Visitor<'_>, path: &str, station: Uuid, time: &str, more: &[(&str, &str)]) -> Answer {
    let station = station.to_string();
    let mut fields = vec![("stations", station.as_str()), ("date", "2026-03-03"), ("time", time)];
    // A form has each field once: the first of two would count.
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    who.post(&format!("/desk/loudspeakers/bulletins/{}/plan", id(path)), &fields).await
}

/// Presses a button of an airing's page.
pub async fn press(house: &House, who: &Visitor<'_>, path: &str, act: &str, why: &str) -> Answer {
    let version = airing(house, path).await.version.to_string();
    who.post(&format!("/desk/loudspeakers/airings/{}/acts/{act}", id(path)), &[("version", &version), ("why", why)]).await
}

pub fn id(path: &str) -> Uuid {
    path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id")
}

pub async fn at_path(house: &House, path: &str) -> Bulletin {
    bulletin::Entity::find_by_id(id(path)).one(&house.app.db).await.expect("rows").expect("a bulletin")
}

pub async fn airing(house: &House, path: &str) -> Airing {
    airing::Entity::find_by_id(id(path)).one(&house.app.db).await.expect("rows").expect("an airing")
}

pub async fn airings(house: &House) -> Vec<Airing> {
    airing::Entity::find().order_by_asc(airing::Column::Id).all(&house.app.db).await.expect("airings")
}

pub async fn clusters(house: &House) -> Vec<Cluster> {
    cluster::Entity::find().order_by_asc(cluster::Column::Device).all(&house.app.db).await.expect("clusters")
}

pub async fn plays(house: &House, airing: Uuid) -> Vec<Play> {
    let of = play::Entity::find().filter(play::Column::Airing.eq(airing)).order_by_asc(play::Column::Id);
    of.all(&house.app.db).await.expect("plays")
}

pub async fn orders(house: &House, kind: order::Kind, state: order::State) -> Vec<Order> {
    let of = order::Entity::find().filter(order::Column::Kind.eq(kind)).filter(order::Column::State.eq(state));
    of.order_by_asc(order::Column::Id).all(&house.app.db).await.expect("orders")
}

/// Moves the house's clock to a moment of 2026 in Vietnam, e.g. `03-03T05:00:00`.
pub fn at(house: &House, moment: &str) {
    let moment = format!("2026-{moment}+07:00").parse::<chrono::DateTime<chrono::Utc>>().expect("a moment");
    house.app.clock.advance(moment - house.app.clock.now());
}

pub fn after(house: &House, seconds: i64) {
    house.app.clock.advance(TimeDelta::seconds(seconds));
}

/// A device says something; it is taken.
pub async fn says(house: &House, device: &str, kind: heard::Kind, message: &serde_json::Value) {
    let raw = message.to_string();
    let incoming = Incoming { device, kind, raw: raw.as_bytes(), how: How::Mqtt };
    let verdict = heard::take(&house.app, &incoming).await.expect("the database");
    assert!(verdict.is_taken(), "{verdict:?} of {raw}");
}

/// These devices send a heartbeat; whether they say that they play.
pub async fn beat(house: &House, devices: &[String], active: bool) {
    for device in devices {
        let message = serde_json::json!({
            "IMEI": device, "TrangThaiHoatDong": if active { "1" } else { "0" }, "AmLuong": "70", "PhienBanUngDung": "1.2",
            "time": house.app.clock.now().timestamp_millis(),
        });
        says(house, device, heard::Kind::Heartbeat, &message).await;
    }
}

/// Every cluster that wakes is moved.
pub async fn turn(house: &House) {
    on_air::turn(&house.app).await.expect("a turn");
}

pub async fn judge(house: &House) {
    judging::judge(&house.app).await.expect("verdicts");
}

/// A device has its order to play and reports that it played so many seconds since then.
pub async fn reports(house: &House, device: &str, airing: Uuid, seconds: i64) {
    let began = house.app.clock.now() - TimeDelta::seconds(seconds);
    let message = serde_json::json!({
        "IMEI": device, "BanTinID": airing.to_string(), "ThoiDiemBatDau": began.timestamp(),
        "ThoiLuong": format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60),
    });
    says(house, device, heard::Kind::Report, &message).await;
}

/// How many facts of that kind there are about something.
pub async fn facts(house: &House, about: Uuid, kind: &str) -> usize {
    let of = fact::Entity::find().filter(fact::Column::About.eq(about)).filter(fact::Column::Kind.eq(kind));
    of.all(&house.app.db).await.expect("facts").len()
}

/// How often somebody was told that.
pub async fn notified(house: &House, who: &Visitor<'_>, key: &str) -> usize {
    house.react().await;
    let notices = Notice::latest(&house.app.db, &[who.person.expect("a person")], 100).await.expect("notices");
    notices.iter().filter(|notice| notice.key == key).count()
}
