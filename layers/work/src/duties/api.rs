//! Duties, slots and answers as JSON.

pub mod answers;
pub mod duties;
pub mod form_values;
pub mod presentation;
mod sending;
pub mod slots;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::base::App;

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(duties::list))
        .routes(routes!(slots::list))
        .routes(routes!(slots::one))
        .routes(routes!(answers::list, answers::submit))
        .routes(routes!(presentation::present))
}
