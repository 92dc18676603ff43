//! Stories of the library, over HTTP, on both engines.

mod bringing;
mod clearing;
mod describing;
mod hostile;
mod once;
mod s3;
mod s3_server;
mod serving;
mod using;
mod words;

use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;
pub use doubles::files;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder};
use serde_json::Value;

use crate::base::Role;
use crate::base::digest::sha256;
use crate::library::asset::{self, Asset};
use crate::library::{rendering, upload};
use crate::people::{Agency, province};
use crate::testing::{Answer, House, Visitor};

/// Who is there: two people of one agency, one of another, and who checks.
pub struct Cast<'a> {
    pub builders: Agency,
    pub money: Agency,
    pub officer: Visitor<'a>,
    pub colleague: Visitor<'a>,
    pub other: Visitor<'a>,
    pub auditor: Visitor<'a>,
}

pub async fn agency(house: &House, slug: &str) -> Agency {
    Agency::find_by_slug(&house.app.db, slug).await.expect("the agency")
}

impl<'a> Cast<'a> {
    pub async fn of(house: &'a House) -> Self {
        province::settle(&house.app).await.expect("the default province");
        let builders = agency(house, "so-xay-dung").await;
        let money = agency(house, "so-tai-chinh").await;
        Self {
            officer: house.someone(Role::Officer, Some(&builders)).await,
            colleague: house.someone(Role::Officer, Some(&builders)).await,
            other: house.someone(Role::Officer, Some(&money)).await,
            auditor: house.someone(Role::Auditor, None).await,
            builders,
            money,
        }
    }
}

/// Announces a file as the script does.
pub async fn announce(who: &Visitor<'_>, name: &str, bytes: &[u8]) -> Answer {
    let size = bytes.len().to_string();
    who.post("/desk/library/uploads", &[("name", name), ("size", &size), ("sha256", &sha256(bytes))]).await
}

/// Sends bytes from a place on.
pub async fn patch(who: &Visitor<'_>, upload: &str, offset: usize, body: Body) -> Answer {
    let request = Request::patch(upload).header("upload-offset", offset.to_string());
    who.send(request.header("content-type", "application/offset+octet-stream").body(body).expect("a request")).await
}

pub async fn head(who: &Visitor<'_>, path: &str) -> Answer {
    who.send(Request::head(path).body(Body::empty()).expect("a request")).await
}

pub fn offset(answer: &Answer) -> &str {
    answer.headers.get("upload-offset").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

/// Brings a file in by script, and tells where its page is.
pub async fn bring(who: &Visitor<'_>, name: &str, bytes: &[u8]) -> String {
    let announced = announce(who, name, bytes).await.expect(201);
    let upload = json(&announced)["upload"].as_str().expect("an upload").to_owned();
    let done = patch(who, &upload, 0, Body::from(bytes.to_vec())).await.expect(200);
    json(&done)["asset"].as_str().expect("an asset").to_owned()
}

/// A body that breaks after these bytes.
pub fn breaking(bytes: Bytes) -> Body {
    let parts = [Ok(bytes), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
    Body::from_stream(futures_util::stream::iter(parts))
}

pub async fn assets(house: &House) -> Vec<Asset> {
    asset::Entity::find().order_by_asc(asset::Column::Id).all(&house.app.db).await.expect("assets")
}

pub async fn the_asset(house: &House, path: &str) -> Asset {
    let id: Uuid = path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    asset::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("the asset")
}

pub async fn uploads(house: &House) -> u64 {
    upload::Entity::find().count(&house.app.db).await.expect("a count")
}

pub async fn draw(house: &House) {
    rendering::keep_up(&house.app).await.expect("pictures");
}

/// Files below a folder of the store.
pub fn stored(house: &House, folder: &str) -> Vec<std::path::PathBuf> {
    fn walk(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    walk(&house.app.config.data.join("library").join(folder), &mut found);
    found
}

/// Describes an asset so that it may be used.
pub async fn describe(who: &Visitor<'_>, path: &str, version: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("version", version), ("title", "Cầu mới"), ("alt", "Cây cầu bắc qua sông"), ("credit", "Sở Xây dựng")];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    who.post(path, &fields).await
}
