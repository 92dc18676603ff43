//! What is written, as readers will see it.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::base::App;
use crate::library::Picture;
use crate::people::agency::brief::Known;
use crate::publications::edition::Edition;
use crate::publications::obstacles::Ready;
use crate::publications::picturing;
use crate::publications::portal::text;
use crate::publications::publication::Publication;
use crate::publications::publication::publishing::frozen_of;
use crate::web::who::Signed;
use crate::web::{Page, Path, Result, Shell};

/// `GET /desk/publications/{id}/preview`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let publication = Publication::find_for(&app, &who, id).await?;
    let ready = Ready::of(&app, &publication).await?;
    let owner = Known::now(&app).await?.get(&publication.agency).map(|body| body.name.clone()).unwrap_or_default();
    let edition = Edition {
        id,
        publication: id,
        number: publication.edition + 1,
        title: publication.title.clone(),
        summary: publication.summary.clone(),
        kind: publication.kind.clone(),
        owner,
        cover: publication.cover,
        pictures: serde_json::to_string(&ready.pictures)?,
        imprint: "[]".into(),
        removed: "[]".into(),
        hash: String::new(),
        person: None,
        at: app.clock.now(),
    };
    let images = picturing::images(&app.db, &picturing::written(&publication, &ready.sections)).await?;
    let pictures = Picture::at_desk(&app.db, &images).await?;
    let sections = frozen_of(id, &ready);
    let mut page = text::composed(&app, shell, (publication, edition), &sections, &pictures).as_preview();
    page.record(&app, &sections).await?;
    Ok(Page(page).into_response())
}
