//! What there is to be counted, for checks of definitions and for the choices of the editor.

use std::collections::HashMap;

use ::measures::Definition;
use ::measures::checking::Surroundings;

use super::answers::{Countable, countable};
use super::measure::Measure;
use crate::base::{App, sources};
use crate::people::agency::brief::Known;
use crate::people::class;
use crate::web::Result;

/// Sources of which the first is always a part of the second.
const PARTS: [(&str, &str); 8] = [
    ("slots-done", "slots-due"),
    ("slots-on-time", "slots-due"),
    ("people-covered", "people-all"),
    ("hamlets-reached", "hamlets"),
    ("st-tasks-publicised", "st-tasks"),
    ("officers-trained", "officers"),
    ("officials-informed", "officials"),
    ("contents-provided", "contents-required"),
];

/// What there is.
#[derive(Debug)]
pub struct There {
    pub measures: Vec<Measure>,
    pub fields: Vec<Countable>,
    pub known: Surroundings,
}

impl There {
    /// Reads it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn read(app: &App) -> Result<Self> {
        let measures = Measure::all(&app.db).await?;
        let fields = countable(app).await?;
        let agencies = Known::now(app).await?;
        let known = Surroundings {
            sources: sources::all(app).map(|source| source.code.to_owned()).collect(),
            fields: fields.iter().map(|one| (one.duty.to_string(), one.field.clone())).collect(),
            measures: measures.iter().map(|one| (one.code.clone(), one.definition())).collect(),
            classes: class_codes().into_iter().collect(),
            agencies: agencies.values().map(|agency| agency.code.clone()).collect(),
            subsets: PARTS.iter().map(|(part, whole)| ((*part).to_owned(), (*whole).to_owned())).collect(),
        };
        Ok(Self { measures, fields, known })
    }

    /// The definitions of all that are counted, with that one in the place of its own.
    #[must_use]
    pub fn definitions_with(&self, code: &str, definition: &Definition) -> HashMap<String, Definition> {
        let mut all = self.known.measures.clone();
        all.insert(code.to_owned(), definition.clone());
        all
    }
}

/// Single classes, and the pair that plans name most: "các sở, ban, ngành, địa phương".
#[must_use]
pub fn class_codes() -> Vec<String> {
    let both = "sectors+localities";
    let single = class::all().iter().map(|one| one.code.clone());
    single.chain(Some(both.to_owned()).filter(|code| !class::parts(code).is_empty())).collect()
}

/// Of these, the sources that nothing keeps yet.
#[must_use]
pub fn unseen(app: &App, definition: &Definition) -> Vec<String> {
    let mut codes: Vec<String> =
        definition.sources().filter(|code| sources::of_code(app, code).is_none()).map(str::to_owned).collect();
    codes.dedup();
    codes
}
