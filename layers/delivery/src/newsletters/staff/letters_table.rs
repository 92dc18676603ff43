//! What became of each letter of an issue, as a table to take away: the account that adds up to the list.

use std::collections::HashMap;

use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::{App, time};
use crate::channels::rights::{Verb, may};
use crate::newsletters::delivery::{Bounce, Column, Delivery, Entity};
use crate::newsletters::issue::Issue;
use crate::newsletters::subscriber::{self, Subscriber};
use crate::web::download::{CSV, Download, harmless};
use crate::web::who::Signed;
use crate::web::{Locale, Path, Result, Shell};

/// Rows that are read at once.
const CHUNK: u64 = 500;

/// `GET /desk/newsletters/issues/{id}/letters`
pub async fn export(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let issue = Issue::find_for(&app, &who, id).await?;
    let l = shell.l;
    let keeps = may(&who, Verb::Keep, issue.agency);
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = ["subscriber-address", "letter-state", "letter-settled", "letter-bounce", "letter-says"];
    writer.write_record(head.map(|key| l.t(key)))?;
    let mut after: Option<Uuid> = None;
    loop {
        let mut rows = Entity::find().filter(Column::Issue.eq(id)).order_by_asc(Column::Subscriber).limit(CHUNK);
        if let Some(after) = after {
            rows = rows.filter(Column::Subscriber.gt(after));
        }
        let rows = rows.all(&app.db).await?;
        let of = subscriber::Entity::find().filter(subscriber::Column::Id.is_in(rows.iter().map(|row| row.subscriber)));
        let of: HashMap<Uuid, Subscriber> = of.all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect();
        for row in &rows {
            writer.write_record(cells(l, row, of.get(&row.subscriber), keeps))?;
        }
        after = rows.last().map(|row| row.subscriber);
        if rows.is_empty() {
            break;
        }
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: format!("{}.csv", issue.code), media_type: CSV, bytes }.into_response())
}

fn cells(l: Locale, row: &Delivery, of: Option<&Subscriber>, keeps: bool) -> [String; 5] {
    let address = of.map(|one| if keeps { one.address.clone() } else { one.veiled() }).unwrap_or_default();
    let bounce = if row.bounce == Bounce::None { String::new() } else { l.t(&row.bounce.key()) };
    [harmless(&address), l.t(&row.state.key()), row.settled_at.map(time::minute).unwrap_or_default(), bounce, harmless(&row.says)]
}
