//! Where a measure is heading: how it stands to its target, the way there, and what is to be expected.

use ::measures::trend::{Forecast, forecast, trajectory};
use ::measures::{Amount, Better, Definition, Every, Months, RollUp, Shape, Value};

use super::kept::Row;

/// How it stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Unknown,
    /// No target is set.
    Open,
    Reached,
    /// On the straight line to it, or better.
    OnTheWay,
    Behind,
    /// Its year is over.
    Missed,
}

impl Stand {
    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Open => "open",
            Self::Reached => "on-time",
            Self::OnTheWay => "waiting",
            Self::Behind => "soon",
            Self::Missed => "late",
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "measure-stand-unknown",
            Self::Open => "measure-stand-open",
            Self::Reached => "measure-stand-reached",
            Self::OnTheWay => "measure-stand-on-the-way",
            Self::Behind => "measure-stand-behind",
            Self::Missed => "measure-stand-missed",
        }
    }
}

/// The years of a measure, of an agency or of all together.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// Year and figure, where there is one.
    pub years: Vec<(i32, f64)>,
    /// The way from the first year to the target, year by year.
    pub way: Vec<(i32, f64)>,
    /// Of the year of the target.
    pub forecast: Option<Forecast>,
    /// How many periods there are to forecast from.
    pub points: usize,
}

impl Heading {
    /// Reads it off the rows of all years, earliest first; `today` is this year and month.
    #[must_use]
    pub fn of(definition: &Definition, rows: &[Row], today: (i32, u32)) -> Self {
        // Read once: they are kept as text.
        let read: Vec<(i32, Months)> = rows.iter().map(|row| (row.year, row.months())).collect();
        let years = of_years(definition, &read);
        let points = points(definition, &read, &years, today);
        let target = definition.target;
        let way = match (years.first(), target) {
            (Some(first), Some(target)) => trajectory(*first, (target.year, target.value.as_f64())),
            _ => Vec::new(),
        };
        let until = target.map_or(today.0, |target| target.year);
        let ahead = forecast(&points, f64::from(until) + 1.0).map(|seen| match definition.shape {
            Shape::Ratio => seen.within(0.0, 100.0),
            Shape::Count => seen.within(0.0, f64::MAX),
        });
        Self { years, way, forecast: ahead, points: points.len() }
    }

    /// How a year stands to the target, by its own figure: how another one stood says nothing of it.
    #[must_use]
    pub fn stand_in(&self, year: i32, definition: &Definition, this_year: i32) -> Stand {
        let of = |years: &[(i32, f64)]| years.iter().find(|(one, _)| *one == year).map(|(_, value)| *value);
        let Some(value) = of(&self.years) else { return Stand::Unknown };
        let Some(target) = definition.target else { return Stand::Open };
        if Amount::near(value).is_some_and(|value| target.is_met_by(value)) {
            return Stand::Reached;
        }
        if target.year < this_year && target.year <= year {
            return Stand::Missed;
        }
        let is_behind = of(&self.way).is_some_and(|expected| match definition.better {
            Better::Higher => value + f64::EPSILON < expected,
            Better::Lower => value > expected + f64::EPSILON,
        });
        if is_behind { Stand::Behind } else { Stand::OnTheWay }
    }
}

fn figure(value: Value) -> Option<f64> {
    value.figure().map(Amount::as_f64)
}

/// Whether a year is the sum of shorter periods: then a target, which is one of a year, is nothing beside one of them.
#[must_use]
pub fn adds_up(definition: &Definition) -> bool {
    let is_sum = definition.shape == Shape::Count && definition.roll_up == RollUp::Sum;
    is_sum && !matches!(definition.every, Every::Year | Every::Ever)
}

/// Each period that is over, at the end of its last month, in years; each year that is over where it is the sum of its periods.
fn points(definition: &Definition, read: &[(i32, Months)], years: &[(i32, f64)], today: (i32, u32)) -> Vec<(f64, f64)> {
    if adds_up(definition) {
        return years
            .iter()
            .filter(|(year, _)| *year < today.0)
            .map(|(year, figure)| (f64::from(*year) + 1.0, *figure))
            .collect();
    }
    let mut found = Vec::new();
    for (year, months) in read {
        for (month, value) in months.periods(definition) {
            let is_over = month == definition.every.last_month(month) && (*year, month) < today;
            if let Some(figure) = figure(value).filter(|_| is_over) {
                found.push((f64::from(*year) + f64::from(month) / 12.0, figure));
            }
        }
    }
    found
}

/// Year and figure, where there is one.
fn of_years(definition: &Definition, read: &[(i32, Months)]) -> Vec<(i32, f64)> {
    read.iter().filter_map(|(year, months)| Some((*year, figure(months.year(definition)?)?))).collect()
}

#[cfg(test)]
mod tests {
    use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

    use ::measures::{Op, Target};

    use super::*;

    fn of_quarters(year: i32, count: u64) -> Row {
        let mut months = Months::default();
        for month in [2, 5, 8, 11] {
            months.0[month] = Some(Value::judged(Amount::from(count), None, 0));
        }
        Row {
            measure: Uuid::nil(),
            agency: Uuid::nil(),
            year,
            version: 1,
            months: months.written(),
            source_digest: String::new(),
            frozen: String::new(),
            frozen_through: 0,
            frozen_versions: String::new(),
            frozen_at: None,
            counted_at: DateTimeUtc::default(),
        }
    }

    /// A target of a year is held against years, not against a quarter of one.
    #[test]
    fn a_year_of_quarters_is_forecast_from_years() {
        let target = Some(Target { op: Op::AtLeast, value: Amount::from(50), year: 2026 });
        let definition = Definition { every: Every::Quarter, target, ..Definition::default() };
        let rows: Vec<Row> = (2022..=2026).map(|year| of_quarters(year, 10)).collect();
        let heading = Heading::of(&definition, &rows, (2026, 6));
        let seen = heading.forecast.expect("a forecast");
        assert!((seen.middle - 40.0).abs() < 1e-6 && heading.points == 4, "{seen:?}");
        let last = Definition { roll_up: RollUp::Last, ..definition };
        let seen = Heading::of(&last, &rows, (2026, 6)).forecast.expect("a forecast");
        assert!((seen.middle - 10.0).abs() < 1e-6, "{seen:?}");
    }

    /// Each year by its own figure: one without any is not said to stand as the one before.
    #[test]
    fn a_year_stands_by_its_own_figure() {
        let definition =
            Definition { target: Some(Target { op: Op::AtLeast, value: Amount::from(50), year: 2026 }), ..Definition::default() };
        let heading = Heading {
            years: vec![(2023, 10.0), (2024, 15.0), (2025, 50.0), (2027, 40.0)],
            way: vec![(2023, 10.0), (2024, 23.0), (2025, 37.0), (2026, 50.0)],
            ..Heading::default()
        };
        let stand = |year, this_year| heading.stand_in(year, &definition, this_year);
        assert_eq!([2023, 2024, 2025].map(|year| stand(year, 2026)), [Stand::OnTheWay, Stand::Behind, Stand::Reached]);
        assert_eq!((stand(2026, 2026), stand(2024, 2028), stand(2027, 2028)), (Stand::Unknown, Stand::Behind, Stand::Missed));
        assert_eq!(heading.stand_in(2024, &Definition::default(), 2026), Stand::Open);
    }
}
