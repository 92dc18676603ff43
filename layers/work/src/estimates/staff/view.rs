//! What pages of one estimate share: its lines with the names of their duties and sources, and their sums.

use std::collections::HashMap;

use uuid::Uuid;

use crate::base::App;
use crate::duties::held;
use crate::estimates::Estimate;
use crate::estimates::estimate::Line;
use crate::estimates::money;
use crate::estimates::rollup::{self, Sums};
use crate::estimates::source::{self, Source};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::{Result, cut};

const TITLE_LETTERS: usize = 90;

/// One estimate among the things it names.
pub struct Named {
    pub plan: Plan,
    pub agency: String,
    /// Path and title of each duty of the plan.
    pub duties: HashMap<Uuid, (String, String)>,
    pub sources: Vec<Source>,
}

/// A line as it is shown.
pub struct Row {
    pub id: Uuid,
    pub path: String,
    pub title: String,
    pub source: String,
    pub narrative: String,
    /// `3 lớp × 1.500.000`, or empty.
    pub product: String,
    /// Asked, appraised, approved, spent.
    pub sums: [Option<String>; 4],
    pub remark: String,
    pub approval_reason: String,
    pub spent_reason: String,
    pub overspent: bool,
}

impl Named {
    /// Reads what an estimate names.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, estimate: &Estimate) -> Result<Self> {
        let agencies = Known::now(app).await?;
        let agency = agencies.get(&estimate.agency).map(|agency| agency.name.clone()).unwrap_or_default();
        Ok(Self { agency, ..Self::of_plan(app, Plan::find(&app.db, estimate.plan).await?).await? })
    }

    /// Reads what estimates of many agencies under a plan name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_plan(app: &App, plan: Plan) -> Result<Self> {
        let duties = held::of_plan(&app.db, plan.id).await?;
        let duties = duties.into_iter().map(|duty| (duty.id, (duty.path, duty.title))).collect();
        Ok(Self { agency: String::new(), duties, sources: Source::all(&app.db).await?, plan })
    }

    /// The name of a source; its code when there is none of that code.
    #[must_use]
    pub fn source(&self, code: &str) -> String {
        source::of_code(&self.sources, code).map_or_else(|| code.to_owned(), |source| source.name.clone())
    }

    /// A line as it is shown.
    #[must_use]
    pub fn row(&self, line: &Line) -> Row {
        let (path, title) = self.duties.get(&line.duty).cloned().unwrap_or_default();
        let product = line.quantity.zip(line.unit_price).map(|(quantity, price)| {
            let unit = if line.unit.is_empty() { String::new() } else { format!(" {}", line.unit) };
            format!("{}{unit} × {}", money::shown(quantity), money::shown(price))
        });
        Row {
            id: line.id,
            path,
            title,
            source: self.source(&line.source),
            narrative: line.narrative.clone(),
            product: product.unwrap_or_default(),
            sums: [Some(line.asked), line.appraised, line.approved, line.spent].map(|sum| sum.map(money::shown)),
            remark: line.appraisal_remark.clone(),
            approval_reason: line.approval_reason.clone(),
            spent_reason: line.spent_reason.clone(),
            overspent: line.spent.zip(line.approved).is_some_and(|(spent, approved)| spent > approved),
        }
    }
}

/// The sums of these lines, as they are shown.
#[must_use]
pub fn totals(lines: &[Line]) -> [Option<String>; 4] {
    let counted: Vec<rollup::Line> = lines.iter().map(|line| line.counted(Uuid::nil(), 0)).collect();
    let sums: Sums = rollup::total(&counted);
    sums.four().map(|sum| sum.map(money::shown))
}

/// What a duty is called in a list of choices.
#[must_use]
pub fn choice(path: &str, title: &str) -> String {
    format!("{path} · {}", cut(title, TITLE_LETTERS))
}
