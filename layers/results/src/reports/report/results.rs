//! What came of a period: where the targets of the plan stand by their measures, and what agencies gave in the form, put together field by
//! field.

use std::collections::HashSet;

use chrono::Datelike;
use sea_orm::prelude::Uuid;

use super::Report;
use super::composed::{Piece, Sheet, Shown, Span};
use super::figures::{self, FIELD};
use super::material::Material;
use crate::base::{App, time};
use crate::duties::Duty;
use crate::duties::form::field::Field;
use crate::duties::form::roll_up::{Sheets, Total};
use crate::duties::form::values;
use crate::measures::heading::{Heading, Stand};
use crate::measures::kept::Row;
use crate::measures::staff::list::rows;
use crate::measures::staff::targets::lacks;
use crate::measures::{Measure, State, suggesting, words};
use crate::plans::{Provision, target};
use crate::web::{Error, Locale, cut};

/// What of a target finds room in a table.
const TARGET_LETTERS: usize = 260;

/// A target of the plan, with a measure that serves it or with none.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Its place in the plan and its words.
    pub name: String,
    /// `≥ 80 % đến năm 2030`
    pub wanted: String,
    /// What is counted of the year, or why nothing is.
    pub value: String,
    pub is_figure: bool,
    /// How that stands to what is wanted.
    pub way: String,
    /// By which version of which definition, and what is missing.
    pub source: String,
    /// The page of the desk that opens what is counted; empty without a measure.
    pub href: String,
}

/// The targets of the document's plan, each with the measures that serve it.
///
/// # Errors
/// The database failed.
pub async fn targets(app: &App, l: Locale, material: &Material) -> Result<Vec<Target>, Error> {
    let Some(plan) = &material.plan else { return Ok(Vec::new()) };
    let mut provisions = Provision::of(&app.db, plan.id).await?;
    provisions.retain(suggesting::is_target);
    let ids: HashSet<Uuid> = provisions.iter().map(|one| one.id).collect();
    let mut measures = Measure::all(&app.db).await?;
    measures.retain(|one| one.provision.is_some_and(|of| ids.contains(&of)));
    let rows = rows(app, &measures, material.year).await?;
    let today = time::local_date(app.clock.now());
    let mut found = Vec::new();
    for provision in &provisions {
        let said = provision.target().map(|wanted| target::short(&wanted)).unwrap_or_default();
        let year = suggesting::year_of(provision, plan);
        let bare = Target {
            name: format!("{}. {}", provision.path, cut(&provision.text, TARGET_LETTERS)),
            wanted: if said.is_empty() { said } else { l.t2("report-target-by", "wanted", said, "year", year.to_string()) },
            value: l.t("report-target-uncounted"),
            way: l.t(Stand::Unknown.key()),
            source: l.t("report-target-no-measure"),
            ..Target::default()
        };
        let before = found.len();
        for measure in measures.iter().filter(|one| one.provision == Some(provision.id)) {
            let own = rows.get(&measure.id).map(Vec::as_slice).unwrap_or_default();
            found.push(bare.clone().counted(app, l, (measure, own), material.year, (today.year(), today.month())));
        }
        if found.len() == before {
            found.push(bare);
        }
    }
    Ok(found)
}

impl Target {
    fn counted(self, app: &App, l: Locale, (measure, rows): (&Measure, &[Row]), year: i32, today: (i32, u32)) -> Self {
        let definition = measure.definition();
        let row = rows.iter().find(|row| row.year == year);
        let value = row.and_then(|row| row.year_of(&definition));
        let is_figure = value.is_some_and(|value| value.figure().is_some());
        let stand = Heading::of(&definition, rows, today).stand_in(year, &definition, year);
        let version = row.map_or(Some(measure.version), |row| row.version_of_year(&definition));
        let mut source = vec![match version {
            Some(version) => l.t2("report-target-source", "name", &measure.title, "n", version),
            None => l.t1("report-target-source-unknown", "name", &measure.title),
        }];
        if measure.state == State::Suggested {
            source.push(l.t("report-target-suggested"));
        }
        let gaps = value.map_or(0, |value| value.gaps);
        if gaps > 0 {
            source.push(l.t1("report-target-gaps", "count", gaps));
        }
        let missing = lacks(app, l, measure);
        if !missing.is_empty() {
            source.push(l.t1("report-target-lacks", "name", missing));
        }
        Self {
            wanted: definition.target.map_or(self.wanted, |target| words::target(l, &target, &definition.unit)),
            value: words::value(l, value.as_ref(), &definition.unit).trim().to_owned(),
            is_figure,
            way: l.t(stand.key()),
            source: source.join("; "),
            href: format!("{}?year={year}", measure.desk_path()),
            name: self.name,
        }
    }

    fn cells(&self) -> Vec<Span> {
        vec![
            Span::text(self.name.clone()),
            Span::text(self.wanted.clone()),
            Span::link(self.value.clone(), self.href.clone()),
            Span::text(self.way.clone()),
            Span::text(self.source.clone()),
        ]
    }
}

/// The targets as they are printed.
#[must_use]
pub fn of_targets(l: Locale, year: i32, targets: &[Target]) -> Vec<Piece> {
    if targets.is_empty() {
        return vec![said(l.t("report-targets-none"))];
    }
    let counted = targets.iter().filter(|one| one.is_figure).count();
    let lead = [("count", targets.len().to_string()), ("counted", counted.to_string()), ("year", year.to_string())];
    let head = ["target", "wanted", "value", "way", "source"].map(|name| l.t(&format!("report-targets-{name}")));
    let sheet = Sheet {
        caption: l.t("report-of-targets"),
        head: head.into(),
        rows: targets.iter().map(Target::cells).collect(),
        figures: vec![2],
    };
    vec![said(l.with("report-targets-lead", &lead)), Piece::Table(sheet)]
}

/// What agencies gave in the form, as it is printed: what they declared beside what the system recorded, with how many gave a figure.
#[must_use]
pub fn of_totals(l: Locale, report: &Report, material: &Material) -> Vec<Piece> {
    let of = material.sheets.as_ref().filter(|_| !report.own).zip(material.duty.as_ref());
    let Some((sheets, duty)) = of else { return vec![said(l.t("report-totals-none"))] };
    let added = sheets.form.fields.iter().filter(|field| field.rolls_up());
    let rows: Vec<Vec<Span>> = added.map(|field| total(l, report, (sheets, duty), field)).collect();
    if rows.is_empty() {
        return vec![said(l.t("report-totals-none"))];
    }
    let head = ["field", "how", "declared", "recorded", "gave", "missing"].map(|name| l.t(&format!("report-totals-{name}")));
    let sheet = Sheet { caption: l.t("report-of-totals"), head: head.into(), rows, figures: vec![2, 3, 4] };
    vec![said(l.t("report-totals-lead")), Piece::Table(sheet)]
}

fn total(l: Locale, report: &Report, (sheets, duty): (&Sheets, &Duty), field: &Field) -> Vec<Span> {
    let (total, unit) = (sheets.total(field), values::unit(field));
    let with_unit = |value: String| format!("{value} {unit}").trim().to_owned();
    let declared = Some(figures::outcome(l, &total.outcome)).filter(|value| !value.is_empty());
    let recorded = sheets.recorded_total(field).map(|recorded| with_unit(recorded.shown()));
    let [gave, ..] = total.counts;
    vec![
        Span::text(field.label.clone()),
        Span::text(l.t(&format!("form-roll-up-{}", field.roll_up.code()))),
        declared.map_or_else(
            || Span::text(l.t("report-figure-none")),
            |value| Span::link(with_unit(value), figures::way_down(report, duty, &field.code)),
        ),
        Span::text(recorded.unwrap_or_else(|| "–".to_owned())),
        Span::text(format!("{gave}/{}", total.counts.iter().sum::<usize>())),
        Span::text(missing(l, &total)),
    ]
}

/// How many gave no figure, by what they did instead, and what several counted.
fn missing(l: Locale, total: &Total) -> String {
    let [_, gap, nothing, unanswered] = total.counts;
    let all = [
        ("report-totals-gap", gap),
        ("report-totals-nothing", nothing),
        ("report-totals-unanswered", unanswered),
        ("report-totals-shared", total.shared),
    ];
    let said: Vec<String> = all.iter().filter(|(_, count)| *count > 0).map(|(key, count)| l.t1(key, "count", count)).collect();
    if said.is_empty() { "–".to_owned() } else { said.join("; ") }
}

/// The same totals as figures, for the comparison of versions.
#[must_use]
pub fn sums(l: Locale, report: &Report, material: &Material) -> Vec<Shown> {
    let Some(form) = material.form().filter(|_| !report.own) else { return Vec::new() };
    let of = |field: &Field| {
        let shown = figures::of_field(l, report, material, &field.code)?;
        Some(Shown { code: format!("{FIELD}{}", field.code), ..shown })
    };
    form.fields.iter().filter(|field| field.rolls_up()).filter_map(of).collect()
}

fn said(words: String) -> Piece {
    Piece::Paragraph(vec![Span::text(words)])
}
