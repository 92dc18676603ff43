//! Stories of open data, over HTTP, on both engines.

mod feeds;
mod intake;

use sea_orm::EntityTrait;

use crate::open_data::outside;
use crate::stories::duties::{agency, officer};
use crate::stories::measures::{coordinator, counting, define, happens, settle};
use crate::story;
use crate::testing::{Answer, House, Visitor};

/// A house with one public measure, in which the department of construction did something in March 2026.
async fn measured(house: &House) {
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let who = coordinator(house).await;
    happens(house, &agency(house, "so-xay-dung").await, "2026-03-05T08:00:00").await;
    define(house, &who, "so-co-viec", &[]).await;
    let count =
        [("shape", "count"), ("unit", "việc"), ("above_least", ""), ("class", ""), ("every", "half-year"), ("target_value", "")];
    define(house, &who, "so-viec", &count).await;
    settle(house).await;
}

async fn bring(who: &Visitor<'_>, file: &str, decimals: &str) -> Answer {
    let fields = [("source", "Hệ thống quốc gia"), ("taken_on", "2026-05-10"), ("decimals", decimals)];
    who.upload("/desk/open-data/imports", ("file", "gia-tri.csv", file.as_bytes()), &fields).await
}

/// The mark of a preview.
fn mark(page: &str) -> String {
    let at = page.find("name=\"seen\" value=\"").expect("a mark") + "name=\"seen\" value=\"".len();
    page[at..].split('"').next().unwrap_or_default().to_owned()
}

async fn kept(house: &House) -> Vec<outside::Model> {
    outside::Entity::find().all(&house.app.db).await.expect("values")
}
