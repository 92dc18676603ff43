//! The list as a table to take away. Who took it is noted: it is other people's data.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Column, Entity, State};
use crate::base::{App, By, Fact, Who, time};
use crate::channels::rights::{self, Verb};
use crate::newsletters::newsletter::Newsletter;
use crate::web::download::harmless;
use crate::web::{Error, Locale};

/// One line a subscriber, as CSV (RFC 4180) with a byte order mark, so that spreadsheets see UTF-8.
///
/// # Errors
/// Forbidden to others; or the database failed.
pub async fn table(app: &App, who: &Who, l: Locale, newsletter: Uuid) -> Result<(String, Vec<u8>), Error> {
    let newsletter = Newsletter::find_for(app, who, newsletter).await?;
    rights::require(who, Verb::Keep, newsletter.agency)?;
    let rows = Entity::find().filter(Column::Newsletter.eq(newsletter.id)).filter(Column::State.ne(State::Erased));
    let rows = rows.order_by_asc(Column::Id).all(&app.db).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head =
        ["subscriber-address", "subscriber-name", "subscriber-state", "subscriber-since", "subscriber-origin", "subscriber-text"];
    writer.write_record(head.map(|key| l.t(key)))?;
    for row in &rows {
        writer.write_record([
            harmless(&row.address),
            harmless(&row.name),
            l.t(&row.state.key()),
            row.confirmed_at.map(time::minute).unwrap_or_default(),
            l.t(&format!("subscriber-origin-{}", row.origin)),
            row.text_version.to_string(),
        ])?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    let fact = Fact::SubscribersExported { name: newsletter.name.clone(), count: u32::try_from(rows.len()).unwrap_or(u32::MAX) };
    let transaction = app.begin().await?;
    app.record(&transaction, newsletter.id, fact, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok((format!("{}.csv", newsletter.slug), bytes))
}
