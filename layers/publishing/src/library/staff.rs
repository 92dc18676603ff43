//! The desk's pages of the library.

pub mod acting;
pub mod list;
pub mod new;
pub mod show;
pub mod uploads;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, head, post};

use crate::web::Routes;

/// The addresses of the desk. Files are larger than other bodies; what is taken of them is counted as it comes.
pub fn routes() -> Routes {
    let counted = DefaultBodyLimit::disable;
    Routes::new()
        .at("/desk/library", get(list::show).post(new::bring).layer(counted()))
        .at("/desk/library/new", get(new::show))
        .at("/desk/library/uploads", post(uploads::announce))
        .at("/desk/library/uploads/{id}", head(uploads::reached).patch(uploads::append).delete(uploads::abandon).layer(counted()))
        .at("/desk/library/{id}", get(show::show).post(acting::describe))
        .at("/desk/library/{id}/file", get(show::file))
        .at("/desk/library/{id}/pictures/{name}", get(show::picture))
        .at("/desk/library/{id}/reference", post(acting::refer))
        .at("/desk/library/{id}/deletion", post(acting::delete))
        .at("/desk/library/{id}/restoration", post(acting::restore))
}
