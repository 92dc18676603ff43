//! A picture as it stands on a page: the finding, the key, the drawing, where the figures are from, what they count, the picture and the
//! figures to take along, and the table.

use askama::Template;

use super::bullets::{self, Bullet};
use super::canvas::Tone;
use super::multiples::{self, Small};
use super::plot;
use super::saving::{self, Ending};
use super::scale::Scale;
use super::table::{self, Table};
use super::{Canvas, Chart, Notes, bars, columns, lines, worded};
use crate::web::{Locale, Markup, Result, Shell, address};

/// How the figures are drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    #[default]
    Line,
    Columns,
    /// Bars that lie; those after the first so many are folded away.
    Bars(usize),
    /// Each series by itself.
    Multiples,
    /// Targets with what there is of them; the chart says title and addresses alone.
    Bullets(Vec<Bullet>),
}

/// A picture of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// One word, unique on the page: its anchor, and the name of its files.
    pub id: &'static str,
    pub chart: Chart,
    pub notes: Notes,
    pub kind: Kind,
    /// What is shown, of when; empty where the title says all.
    pub about: String,
    /// Where the figures are from.
    pub source: String,
    /// The address of the page, with its question.
    pub here: String,
    /// Whether the script of the desk may make it answer to pointer and keys.
    pub is_lively: bool,
}

/// A series in the key, with its latest value.
struct Key {
    name: String,
    value: String,
    tone: Tone,
}

#[derive(Template)]
#[template(path = "web/chart/figure.html")]
struct Shown<'a> {
    l: Locale,
    /// For icons and the address of the script; nobody's own.
    shell: Shell,
    figure: &'a Figure,
    /// What the script is to draw; empty for nothing.
    lively: &'static str,
    is_line: bool,
    /// Where its axis begins and ends, and its steps.
    axis: String,
    /// The words under the axis, as JSON.
    ticks: String,
    target: String,
    target_words: String,
    key: Vec<Key>,
    drawing: Markup,
    folded: Markup,
    smalls: Vec<Small>,
    picture_href: String,
    data_href: String,
    table: Markup,
}

impl Figure {
    /// The whole of it as markup.
    ///
    /// # Errors
    /// The template failed.
    pub fn drawn(&self, l: Locale) -> Result<Markup> {
        let table = self.table(l);
        saving::offer(self.id, Ending::Svg, || Ok(self.paper(l).into_bytes()))?;
        saving::offer(self.id, Ending::Csv, || table.csv())?;
        let take = |ending: Ending| with(&self.here, &format!("{}.{}", self.id, ending.word()));
        let data_href = match self.chart.data_href.as_str() {
            "" => take(Ending::Csv),
            href => href.to_owned(),
        };
        let (drawing, folded) = self.picture(l);
        let target = self.chart.target;
        let scale = Scale::of(self.chart.values(), plot::LEVELS);
        let shown = Shown {
            l,
            shell: Shell::default(),
            figure: self,
            lively: self.lively(),
            is_line: self.kind == Kind::Line,
            axis: format!("{} {} {}", table::number(scale.low), table::number(scale.high), table::number(scale.step)),
            ticks: serde_json::to_string(&self.notes.ticks)?,
            target: target.map(table::number).unwrap_or_default(),
            target_words: target.map(|value| l.t1("chart-target", "value", worded(value, &self.chart.unit))).unwrap_or_default(),
            key: self.key(l),
            drawing: Markup(drawing),
            folded: Markup(folded),
            smalls: if self.kind == Kind::Multiples { multiples::draw(&self.chart, &self.notes, l) } else { Vec::new() },
            picture_href: take(Ending::Svg),
            data_href,
            table: Markup(table.html()),
        };
        Ok(Markup(shown.render()?))
    }

    /// For paper and other programs: so wide, with its looks in it.
    #[must_use]
    pub fn paper(&self, l: Locale) -> String {
        let (chart, notes, canvas) = (&self.chart, &self.notes, Canvas::Paper);
        match &self.kind {
            Kind::Line | Kind::Multiples => lines::draw(chart, notes, l, canvas),
            Kind::Columns => columns::draw(chart, notes, l, canvas),
            Kind::Bars(_) => bars::draw(chart, notes, l, canvas, 0..chart.labels.len()),
            Kind::Bullets(all) => bullets::svg(&chart.title, all, l, canvas),
        }
    }

    /// The drawing, and what of it is folded away.
    fn picture(&self, l: Locale) -> (String, String) {
        let (chart, notes, canvas) = (&self.chart, &self.notes, Canvas::Page);
        let whole = match &self.kind {
            Kind::Line => lines::draw(chart, notes, l, canvas),
            Kind::Columns => columns::draw(chart, notes, l, canvas),
            Kind::Multiples => String::new(),
            Kind::Bullets(all) => bullets::svg(&chart.title, all, l, canvas),
            Kind::Bars(most) => {
                let (rows, most) = (chart.labels.len(), (*most).min(chart.labels.len()));
                let rest = if most < rows { bars::draw(chart, notes, l, canvas, most..rows) } else { String::new() };
                return (bars::draw(chart, notes, l, canvas, 0..most), rest);
            }
        };
        (whole, String::new())
    }

    fn table(&self, l: Locale) -> Table {
        match &self.kind {
            Kind::Bullets(all) => bullets::table(&self.chart.title, all, l),
            _ => Table::of(&self.chart, &self.notes, l),
        }
    }

    /// Only what has its figures side by side: the other kinds say everything in words already.
    const fn lively(&self) -> &'static str {
        match self.kind {
            Kind::Line if self.is_lively => "line",
            Kind::Columns if self.is_lively => "bar",
            _ => "",
        }
    }

    /// What each series looks like; a single one needs no key.
    fn key(&self, l: Locale) -> Vec<Key> {
        let series = &self.chart.series;
        if series.len() < 2 || self.kind == Kind::Multiples {
            return Vec::new();
        }
        let is_line = self.kind == Kind::Line;
        let value = |turn: usize| match series[turn].last() {
            Some((_, value)) if is_line => worded(value, &self.chart.unit),
            None if is_line => l.t("chart-gap"),
            _ => String::new(),
        };
        let of = |turn: usize| Key { name: series[turn].name.clone(), value: value(turn), tone: plot::tone(&self.notes, turn) };
        (0..series.len()).map(of).collect()
    }
}

/// The address of a file of a figure.
fn with(here: &str, file: &str) -> String {
    let (path, question) = here.split_once('?').unwrap_or((here, ""));
    let kept: Vec<&str> = question.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with(saving::ASKED)).collect();
    let before = if kept.is_empty() { String::new() } else { format!("{}&", kept.join("&")) };
    format!("{path}?{before}{}{}", saving::ASKED, address::encode(file))
}
