//! The desk's pages of questions, and those of the protected channel.

pub mod acting;
pub mod list;
pub mod new;
pub mod original;
pub mod protected;
pub mod readers;
pub mod settings;
pub mod show;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/questions", get(list::show).post(new::ask))
        .at("/desk/questions/new", get(new::show))
        .at("/desk/questions/csv", get(list::csv))
        .at("/desk/questions/settings", get(settings::show).post(settings::change))
        .at("/desk/questions/{id}", get(show::show))
        .at("/desk/questions/{id}/original", get(original::show))
        .at("/desk/questions/{id}/{act}", post(acting::act))
        .at("/desk/denunciations", get(protected::list))
        .at("/desk/denunciations/readers", get(readers::show).post(readers::change))
        .at("/desk/denunciations/{id}", get(protected::show))
        .at("/desk/denunciations/{id}/{act}", post(protected::act))
}
