//! The desk's pages of duties.

pub mod assignments;
pub mod board;
pub mod breakdown;
pub mod bulk;
pub mod calendar;
pub mod carry_over;
pub mod certificates;
pub mod clearances;
pub mod clearing;
pub mod closing;
pub mod closings;
pub mod collation;
pub mod days_off;
pub mod fields;
pub mod figures;
pub mod form_editor;
pub mod form_fields;
pub mod form_given;
pub mod glance;
pub mod home;
pub mod leader;
pub mod link_state;
pub mod mine;
pub mod oversight;
pub mod overview;
pub mod proofs;
pub mod queue;
pub mod recorded;
pub mod request;
pub mod request_form;
pub mod requests;
pub mod reviewing;
pub mod rule;
pub mod rule_form;
pub mod rules;
pub mod slot;
pub mod slots;
pub mod trend;
pub mod versions;
pub mod writing;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    owing().and(overseeing())
}

/// Of those who owe, and those who review what they hand in.
fn owing() -> Routes {
    Routes::new()
        .at("/desk", get(home::show))
        .at("/desk/duties", get(mine::show))
        .at("/desk/duties/calendar", get(calendar::show).post(calendar::make))
        .at("/desk/duties/calendar/removal", post(calendar::revoke))
        .at("/desk/duties/assignments", get(assignments::show).post(assignments::give))
        .at("/desk/duties/{slot}", get(slot::show))
        .at("/desk/duties/{slot}/draft", post(writing::draft))
        .at("/desk/duties/{slot}/answer", post(writing::submit))
        .at("/desk/duties/{slot}/files", writing::taking())
        .at("/desk/duties/{slot}/links", post(writing::link))
        .at("/desk/duties/{slot}/proofs/{proof}", get(writing::proof))
        .at("/desk/duties/{slot}/proofs/{proof}/removal", post(writing::take_back))
        .at("/desk/duties/clearances", get(clearances::show))
        .at("/desk/duties/clearance", get(clearances::setting).post(clearances::set))
        .at("/desk/duties/{slot}/clearance", post(clearing::present))
        .at("/desk/duties/{slot}/clearance/withdrawal", post(clearing::withdraw))
        .at("/desk/duties/{slot}/clearance/{id}", post(clearing::decide))
        .at("/desk/duties/{slot}/review", post(reviewing::review))
        .at("/desk/duties/{slot}/unlock", post(reviewing::unlock))
        .at("/desk/duties/{slot}/unlock-request", post(reviewing::request_unlock))
        .at("/desk/duties/{slot}/carry-over", post(carry_over::carry))
        .at("/desk/duties/{slot}/recorded/{field}", get(recorded::show))
        .at("/desk/duties/{slot}/papers", certificates::routes())
        .at("/desk/duties/{slot}/papers/{paper}", get(certificates::file))
        .at("/desk/duties/{slot}/print/{version}", get(certificates::print))
        .at("/desk/duties/{slot}/data/{version}", get(certificates::data))
        .at("/desk/reviews", get(queue::show))
        .at("/desk/reviews/acceptance", post(bulk::accept))
}

/// Of those who run the plans.
fn overseeing() -> Routes {
    Routes::new()
        .at("/desk/progress/reminders", post(bulk::remind))
        .at("/desk/progress/assignments", post(bulk::assign))
        .at("/desk/progress/unlocks", post(bulk::unlock))
        .at("/desk/progress", get(board::show))
        .at("/desk/progress/slots", get(slots::show))
        .at("/desk/progress/csv", get(slots::csv))
        .at("/desk/progress/proofs", get(proofs::show))
        .at("/desk/plans/{id}/duties", get(rules::show))
        .at("/desk/plans/{id}/duties/{duty}", get(rule::show).post(rule::change))
        .at("/desk/plans/{id}/duties/{duty}/oversight", get(oversight::show).post(oversight::set))
        .at("/desk/plans/{id}/duties/{duty}/form", get(form_editor::show).post(form_editor::change))
        .at("/desk/plans/{id}/duties/{duty}/figures", get(figures::show))
        .at("/desk/plans/{id}/duties/{duty}/figures/csv", get(figures::csv))
        .at("/desk/plans/{id}/duties/{duty}/figures/xlsx", get(figures::xlsx))
        .at("/desk/requests", get(requests::show))
        .at("/desk/requests/new", get(request_form::show).post(request_form::make))
        .at("/desk/requests/{id}", get(request::show))
        .at("/desk/requests/{id}/withdrawal", post(request::withdraw))
        .at("/desk/closings", get(closings::show))
        .at("/desk/closings/{duty}/{period}", get(closing::show).post(closing::close))
        .at("/desk/closings/{duty}/{period}/collation", get(collation::show))
        .at("/desk/closings/{duty}/{period}/collation/docx", get(collation::docx))
        .at("/desk/closings/{duty}/{period}/{version}", get(closing::show_version))
        .at("/desk/closings/{duty}/{period}/{version}/csv", get(closing::csv))
        .at("/desk/progress/trend", get(trend::csv))
        .at("/desk/leader", get(leader::show))
        .at("/desk/days-off", get(days_off::show).post(days_off::note))
        .at("/desk/days-off/{id}/removal", post(days_off::remove))
}
