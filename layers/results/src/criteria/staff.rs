//! The desk's pages of criteria.

pub mod acting;
pub mod criterion;
pub mod files;
pub mod form;
pub mod lines;
pub mod list;
pub mod publication;
pub mod sheet;
pub mod show;
pub mod standing;
pub mod sum;
pub mod tree;

use axum::routing::{get, post};

use crate::web::Routes;

/// The addresses of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .at("/desk/criteria", get(list::show).post(form::begin))
        .at("/desk/criteria/new", get(form::new))
        .at("/desk/criteria/{id}", get(show::show))
        .at("/desk/criteria/{id}/tree", get(tree::show).post(tree::edit))
        .at("/desk/criteria/{id}/tree/sum", get(sum::sum))
        .at("/desk/criteria/{id}/acts/{act}", post(acting::act))
        .at("/desk/criteria/{id}/publication", get(publication::show).post(publication::publish))
        .at("/desk/criteria/{id}/publication/{publication}/recount", post(publication::recount))
        .at("/desk/criteria/{id}/xlsx", get(files::xlsx))
        .at("/desk/criteria/sheets/{sheet}", get(sheet::show).post(sheet::hand_in))
        .at("/desk/criteria/sheets/{sheet}/draft", post(sheet::draft))
        .at("/desk/criteria/sheets/{sheet}/agreement", post(sheet::agree))
        .at("/desk/criteria/sheets/{sheet}/xlsx", get(files::sheet_xlsx))
        .at("/desk/criteria/sheets/{sheet}/of/{code}", get(criterion::show))
        .at("/desk/criteria/sheets/{sheet}/of/{code}/evidence", post(criterion::add))
        .at("/desk/criteria/sheets/{sheet}/of/{code}/evidence/{evidence}/removal", post(criterion::remove))
        .at("/desk/criteria/sheets/{sheet}/of/{code}/appraisal", post(criterion::appraise))
        .at("/desk/criteria/sheets/{sheet}/of/{code}/appeal", post(criterion::appeal))
        .at("/desk/criteria/sheets/{sheet}/of/{code}/answer", post(criterion::answer))
}
