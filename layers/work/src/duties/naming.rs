//! Agencies and classes as a person types or pastes them: one a line, or several with commas or semicolons, read by the
//! same resolver as documents are. It never guesses: what is not understood comes back with its cause.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::DbErr;
use uuid::Uuid;

use super::holder::Holder;
use crate::base::App;
use crate::people::agency::brief::{Brief, Known};
use crate::people::{Resolution, Resolver, class};
use crate::web::{Obstacle, cut};

/// More lines than a province has bodies are a slip.
const NAMES_MAX: usize = 1_000;
const NAME_LETTERS: usize = 80;

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Agency(Uuid),
    /// Code of a class, see `people::class`.
    Class(String),
}

impl Named {
    /// As a form's value: `agency:…`, `class:…`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Agency(id) => format!("agency:{id}"),
            Self::Class(code) => format!("class:{code}"),
        }
    }

    /// Reads what [`Named::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(':')? {
            ("agency", id) => id.parse().ok().map(Self::Agency),
            ("class", code) if !class::parts(code).is_empty() => Some(Self::Class(code.to_owned())),
            _ => None,
        }
    }

    /// What a holder means.
    #[must_use]
    pub fn of(holder: &Holder) -> Option<Self> {
        holder.agency.map(Self::Agency).or_else(|| holder.class.clone().map(Self::Class))
    }
}

/// What was understood of the names, and what was not; the obstacles stand at `field`.
#[derive(Debug, Default)]
pub struct Names {
    pub named: Vec<Named>,
    pub obstacles: Vec<Obstacle>,
}

/// Reads names as they are on a day.
///
/// # Errors
/// The database failed.
pub async fn read(app: &App, text: &str, on: NaiveDate, field: &'static str) -> Result<Names, DbErr> {
    let mut names = Names::default();
    let text = vietnamese::normalise(text).replace('\0', "");
    let lines: Vec<&str> = text.split(['\n', ';']).map(bare).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Ok(names);
    }
    if lines.len() > NAMES_MAX {
        names.obstacles.push(Obstacle::new("naming-too-many").with("n", NAMES_MAX).at(field));
        return Ok(names);
    }
    let resolver = Resolver::of(app).await?;
    let known = Known::now(app).await?;
    for line in lines {
        let whole = resolver.resolve(line, on);
        if whole == Resolution::Unknown && line.contains(',') {
            for part in line.split(',').map(bare).filter(|part| !part.is_empty()) {
                names.take(part, resolver.resolve(part, on), &known, on, field);
            }
        } else {
            names.take(line, whole, &known, on, field);
        }
    }
    let mut seen = BTreeSet::new();
    names.named.retain(|one| seen.insert(one.clone()));
    Ok(names)
}

/// Without "1.", "-", "a)" in front and a point behind.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_end_matches(['.', ',']).trim();
    let line = line.trim_start_matches(['-', '–', '•', '+', '*']).trim_start();
    match line.split_once(['.', ')', '\t']) {
        Some((number, rest)) if !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            rest.trim()
        }
        _ => line,
    }
}

impl Names {
    fn take(&mut self, name: &str, resolution: Resolution, known: &Known, on: NaiveDate, field: &'static str) {
        let shown = cut(name, NAME_LETTERS);
        let wrong = match resolution {
            Resolution::Agency(id) if known.get(&id).is_some_and(|agency| is_open(agency, on)) => {
                self.named.push(Named::Agency(id));
                return;
            }
            Resolution::Class(code) if !class::is_for_those_concerned(&code) => {
                self.named.push(Named::Class(code));
                return;
            }
            Resolution::Agency(_) => Obstacle::new("naming-closed").with("name", shown),
            Resolution::Class(_) => Obstacle::new("naming-those-concerned").with("name", shown),
            Resolution::Ambiguous(among) => {
                let among: Vec<&str> = among.iter().filter_map(|id| known.get(id)).map(|one| one.name.as_str()).collect();
                Obstacle::new("naming-ambiguous").with("name", shown).with("among", among.join("; "))
            }
            Resolution::Unknown => Obstacle::new("naming-unknown").with("name", shown),
        };
        self.obstacles.push(wrong.at(field));
    }
}

/// Whether it exists on that day.
#[must_use]
pub fn is_open(agency: &Brief, on: NaiveDate) -> bool {
    agency.open_from <= on && agency.closed_on.is_none_or(|last| on <= last)
}

/// Its name; a class by the words of the province.
#[must_use]
pub fn name(named: &Named, known: &Known, lang: crate::web::Lang) -> String {
    match named {
        Named::Agency(id) => known.get(id).map(|agency| agency.name.clone()).unwrap_or_default(),
        Named::Class(code) => class::label(code, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn what_a_list_puts_before_a_name_is_left_out() {
        for (line, name) in [
            ("- Sở Y tế.", "Sở Y tế"),
            ("12. Xã Tân Phú,", "Xã Tân Phú"),
            ("3) Sở Y tế", "Sở Y tế"),
            (" • Phường 4 ", "Phường 4"),
            ("Phường 4", "Phường 4"),
        ] {
            assert_eq!(bare(line), name, "{line}");
        }
    }
}
