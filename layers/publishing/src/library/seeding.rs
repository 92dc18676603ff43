//! Files that the demo province starts with: pictures drawn here, one of them still without alt text. Their titles say that they
//! are made up.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, PaginatorTrait};

use super::asset::{self, Asset};
use super::describing::{self, Described};
use super::finishing::{Finished, add};
use super::looking;
use super::rendering;
use super::spool::Spool;
use super::storage::Store;
use super::upload::{Upload, piece};
use crate::base::{App, By, new_id};
use crate::people::agency;
use crate::web::Error;

/// The standing body of the programme.
const OWNER: &str = "SKHCN";
const QUALITY: u8 = 85;
const CREDIT: &str = "Hình vẽ minh họa của hệ thống";

/// Name, title, alt text (empty: still to be written), colours of sky, water and field.
const DRAWN: [(&str, &str, &str, [[u8; 3]; 3]); 3] = [
    (
        "dong-lua.jpg",
        "Đồng lúa ven sông (minh họa)",
        "Hình vẽ: mặt trời thấp trên dòng sông uốn giữa hai cánh đồng lúa chín.",
        [[247, 214, 170], [96, 150, 158], [196, 164, 72]],
    ),
    (
        "dam-sen.jpg",
        "Đầm sen buổi sớm (minh họa)",
        "Hình vẽ: mặt trời hồng trên đầm nước rộng, hai bờ xanh.",
        [[236, 220, 228], [126, 160, 178], [84, 128, 92]],
    ),
    ("ben-song.jpg", "", "", [[176, 206, 214], [60, 112, 122], [142, 126, 98]]),
];

/// The files, unless there are some already.
///
/// # Errors
/// The database or the store failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    if asset::Entity::find().count(&app.db).await? > 0 {
        return Ok(());
    }
    let owner = agency::Entity::find().filter(agency::Column::Code.eq(OWNER)).one(&app.db).await?;
    let Some(owner) = owner else { return Ok(()) };
    for drawn in DRAWN {
        draw(app, owner.id, drawn).await.map_err(|error| anyhow::anyhow!("the demo's picture {}: {error:?}", drawn.0))?;
    }
    rendering::keep_up(app).await
}

async fn draw(app: &App, owner: Uuid, (name, title, alt, colours): (&str, &str, &str, [[u8; 3]; 3])) -> Result<(), Error> {
    let jpeg = pictures::jpeg(pictures::landscape(colours), QUALITY)?;
    let finished = bring(app, owner, name, jpeg).await?;
    let asset = asset::Entity::find_by_id(finished.asset).one(&app.db).await?.ok_or(Error::NotFound)?;
    let given = Described {
        title: title.into(),
        alt: alt.into(),
        credit: if alt.is_empty() { String::new() } else { CREDIT.into() },
        source: "digitalCreation".into(),
        sharing: "province".into(),
        ..Described::default()
    };
    let mut row = describing::described(&asset, &given);
    row.demo = Set(true);
    if alt.is_empty() {
        row.version = Set(asset.version);
    }
    // recorded by add
    asset::Entity::update(row).exec(&app.db).await?;
    Ok(())
}

/// The way of an upload, without a person.
async fn bring(app: &App, owner: Uuid, name: &str, jpeg: Vec<u8>) -> Result<Finished, Error> {
    let store = Store::of(app)?;
    let now = app.clock.now();
    let upload = Upload {
        id: new_id(),
        person: Uuid::nil(),
        agency: owner,
        name: name.into(),
        size_bytes: None,
        sha256: None,
        received: 0,
        asset: None,
        begun_at: now,
        touched_at: now,
    };
    let one = new_id();
    let object = piece::Model::object(upload.id, one);
    store.put(&object, vec![jpeg.into()]).await?;
    let spool = Spool::of_object(app, &store, object.clone()).await?;
    store.delete(&object).await?;
    let looked = looking::look(spool.path()).await.map_err(|obstacle| Error::Refused(vec![obstacle]))?;
    let entry = Asset { person: None, ..upload.entry(app, &spool, &looked) };
    store.put_file(&super::blob::Blob::object(&spool.sha256), spool.path()).await?;
    let transaction = app.begin().await?;
    super::blob::Blob::add(&transaction, super::finishing::blob(app, &spool, &looked)).await?;
    let by = By { agency: Some(owner), ..By::system() };
    let finished = add(app, &transaction, entry, &by).await?;
    app.commit(transaction).await?;
    Ok(finished)
}
