//! The way down at the desk: what a part of a measure counts, of what the person may see.

use askama::Template;
use axum::extract::{Query, State as Shared};

use crate::base::App;
use crate::measures::measure::Measure;
use crate::measures::records::{self, Ask, Reader, Records};
use crate::measures::rights;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "measures/staff/records.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    measure: Measure,
    found: Records,
}

/// `GET /desk/measures/{code}/records`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Page<Shown>> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let measure = Measure::named(&app, &code).await?;
    let found = records::of(&app, Reader::Desk(&who), shell.l, &measure, ask).await?;
    Ok(Page(Shown { l: shell.l, shell, measure, found }))
}
