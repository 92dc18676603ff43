//! Asking a model for words, where the operator named one.

use axum::Form;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{one, variant};
use crate::base::App;
use crate::channels::Piece;
use crate::channels::suggesting::model::Trouble;
use crate::web::who::Signed;
use crate::web::{Path, Result, Said, Shell};

/// `POST /desk/channels/pieces/{id}/variants/{variant}/suggestion`
pub async fn ask(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, of)): Path<(Uuid, Uuid)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let seen = one(&fields, "version").parse().unwrap_or_default();
    match Piece::suggest(&app, &who, (id, of), seen).await {
        Ok(trouble) => {
            let said = trouble.map_or("channel-model-was-asked", Trouble::key);
            Ok(Said::to(format!("{}/variants/{of}", Piece::path(id)), said).into_response())
        }
        Err(error) => variant::back(&app, &who, shell, (id, of), Vec::new(), error).await,
    }
}
