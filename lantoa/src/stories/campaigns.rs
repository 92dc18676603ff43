//! Stories of campaigns, over HTTP, on both engines.

mod counting;
mod demo;
mod history;
mod portal;
mod wrong;

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::{Role, digest::sha256, new_id, time};
use crate::campaigns::campaign::{self, Campaign};
use crate::campaigns::counting::{Counts, Final};
use crate::campaigns::member::Member;
use crate::people::{Agency, agency};
use crate::stories::channels::bot::Bot;
use crate::stories::channels::{after, anew, approved, connected, open, piece};
use crate::stories::duties::adopted;
use crate::stories::news::{Cast, act as act_on_article, at, at_path as article_at, fields, heard, id as news_id};
use crate::story;
use crate::testing::{Answer, House, Visitor};

const TITLE: &str = "Ngày Chuyển đổi số 10/10";

/// The form of a campaign; `more` takes the place of fields of the same name.
fn form<'a>(id: &'a str, names: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("id", id),
        ("title", TITLE),
        ("objective", "Người dân biết dùng dịch vụ công trực tuyến"),
        ("starts_on", "2026-10-01"),
        ("ends_on", "2026-10-31"),
        ("messages", "skills"),
        ("messages", "services"),
        ("audiences", "public"),
        ("audiences", "farmers"),
        ("channels", "portal"),
        ("channels", "telegram"),
        ("budget", "150.000.000"),
        ("names", names),
        ("kpi_name", "Tin đã ra"),
        ("kpi_measure", "items"),
        ("kpi_unit", "tin"),
        ("kpi_target", "2"),
    ];
    all.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    all.extend(more);
    all
}

/// An article of the author's to farmers and everybody about skills; its page.
async fn tagged(cast: &Cast<'_>, title: &str) -> String {
    let section = cast.section.to_string();
    let mut fields = fields(title, &section);
    fields.extend([("audiences", "public"), ("audiences", "farmers"), ("messages", "skills")]);
    cast.author.post("/desk/news", &fields).await.expect(303).location().to_owned()
}

async fn published(house: &House, cast: &Cast<'_>, path: &str) {
    act_on_article(house, &cast.author, path, "submission", &[]).await.expect(303);
    act_on_article(house, &cast.reviewer, path, "passing", &[]).await.expect(303);
    act_on_article(house, &cast.approver, path, "passing", &[]).await.expect(303);
    act_on_article(house, &cast.approver, path, "publication", &[]).await.expect(303);
}

async fn the(house: &House, id: Uuid) -> Campaign {
    campaign::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a campaign")
}

async fn press(house: &House, who: &Visitor<'_>, id: Uuid, act: &str) -> Answer {
    let version = the(house, id).await.version.to_string();
    who.post(&format!("/desk/campaigns/{id}/acts/{act}"), &[("version", &version)]).await
}

async fn claim(who: &Visitor<'_>, id: Uuid, what: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("what", what)];
    fields.extend(more);
    who.post(&format!("/desk/campaigns/{id}/claims"), &fields).await
}

/// A campaign of the coordinator's with these agencies, that runs.
async fn running(house: &House, coordinator: &Visitor<'_>, names: &str, more: &[(&str, &str)]) -> Uuid {
    let id = new_id();
    let text = id.to_string();
    coordinator.post("/desk/campaigns", &form(&text, names, more)).await.expect(303);
    press(house, coordinator, id, "start").await.expect(303);
    house.react().await;
    id
}

async fn counts(house: &House, id: Uuid) -> Counts {
    the(house, id).await.counted(&house.app).await.expect("counts").1
}

/// Forty agencies that exist, these two among them; their names, one a line.
async fn forty(house: &House, cast: &Cast<'_>) -> String {
    let all = agency::Entity::find().filter(agency::Column::ClosedOn.is_null()).order_by_asc(agency::Column::Code);
    let all = all.filter(agency::Column::Id.is_not_in([cast.agency.id, cast.other_agency.id])).limit(38);
    let mut names: Vec<String> = all.all(&house.app.db).await.expect("agencies").into_iter().map(|one| one.name).collect();
    names.extend([cast.agency.name.clone(), cast.other_agency.name.clone()]);
    assert_eq!(names.len(), 40);
    names.join("\n")
}
