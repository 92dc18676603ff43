//! The versions of a definition, each with what it changed.

use askama::Template;
use axum::extract::State as Shared;

use crate::base::fact::Change;
use crate::base::{App, time};
use crate::measures::measure::Measure;
use crate::measures::version::Version;
use crate::measures::{rights, words};
use crate::people::person;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// A version.
pub struct Line {
    pub number: i32,
    pub who: String,
    pub when: String,
    pub why: String,
    /// Setting, before, after; of the first version every setting.
    pub changes: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "measures/staff/history.html")]
pub struct History {
    l: Locale,
    shell: Shell,
    measure: Measure,
    lines: Vec<Line>,
}

fn changes(l: Locale, version: &Version, before: Option<&Version>) -> Vec<(String, String, String)> {
    let earlier = before.map(Version::definition).unwrap_or_default();
    let mut found = match before {
        Some(_) => words::differences(l, &earlier, &version.definition()),
        None => {
            let settings = words::settings(l, &words::Names::default(), &version.definition());
            settings.into_iter().filter_map(|(name, value)| Change::of(name, "", &value)).collect()
        }
    };
    if let Some(before) = before {
        found.extend(Change::of("title", &before.title, &version.title));
        found.extend(Change::of("meaning", &before.meaning, &version.meaning));
    }
    let line = |one: Change| (l.t(&format!("measure-field-{}", one.field)), one.from, one.to);
    found.into_iter().map(line).collect()
}

/// `GET /desk/measures/{code}/history`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(code): Path<String>) -> Result<Page<History>> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let l = shell.l;
    let measure = Measure::named(&app, &code).await?;
    let versions = Version::of(&app.db, measure.id).await?;
    let people: Vec<_> = versions.iter().filter_map(|one| one.person).collect();
    let names = person::names(&app.db, &people).await?;
    let line = |(at, one): (usize, &Version)| Line {
        number: one.version,
        who: one.person.map_or_else(|| l.t("measure-by-rules"), |id| names.get(&id).cloned().unwrap_or_default()),
        when: time::minute(one.at),
        why: one.why.clone(),
        changes: changes(l, one, versions.get(at + 1)),
    };
    Ok(Page(History { lines: versions.iter().enumerate().map(line).collect(), measure, l, shell }))
}
