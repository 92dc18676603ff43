//! What of the library can be counted: files, the same bytes once in the province however many agencies keep them.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::asset::{self, Asset};
use super::reach::Reach;
use crate::base::sources::tallying::first_happened;
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::people::agency::brief::Known;
use crate::web::Result;

pub const SOURCES: &[Source] = &[Source {
    code: "library-files",
    counting: Counting::Happened,
    is_shared: true,
    tallies: |app, stretch| Box::pin(tallies(app, stretch)),
    records: |app, who, _, asked| Box::pin(records(app, who, asked)),
}];

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let of = |column| Expr::col((asset::Entity, column));
    let rows = asset::Entity::find().filter(asset::Column::DeletedAt.is_null()).into_query();
    let thing = (of(asset::Column::Sha256), of(asset::Column::UploadedAt));
    first_happened(app, rows, of(asset::Column::Agency), thing, stretch).await
}

/// Those that the person may see in the library.
async fn records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let reach = Reach::of(app, who, &*Known::now(app).await?);
    let rows = asset::Entity::find()
        .filter(reach.condition())
        .filter(asked.of_agency(asset::Column::Agency))
        .filter(asked.at(asset::Column::UploadedAt))
        .order_by_desc(asset::Column::UploadedAt)
        .limit(RECORDS_MAX);
    let record = |row: &Asset| Record {
        id: row.id,
        agency: row.agency,
        title: row.label().to_owned(),
        on: time::local_date(row.uploaded_at),
        href: Asset::desk_path(row.id),
        public_href: String::new(),
    };
    Ok(rows.all(&app.db).await?.iter().map(record).collect())
}
