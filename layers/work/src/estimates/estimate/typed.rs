//! The lines of an estimate as people type them, in the form or in a spreadsheet, and how they are read. Pure.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::line::LINES_MAX;
use crate::estimates::money;
use crate::estimates::source::{self, Source};
use crate::plans::secrecy;
use crate::web::Obstacle;

const NARRATIVE_LETTERS_MAX: usize = 4_000;
const UNIT_LETTERS_MAX: usize = 40;
/// More pieces than anything that is bought one by one.
const QUANTITY_MAX: i64 = 1_000_000_000;

/// One line as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// Id of a duty.
    pub duty: String,
    /// Code of a funding source.
    pub source: String,
    pub narrative: String,
    pub unit: String,
    pub quantity: String,
    pub unit_price: String,
    pub amount: String,
}

/// One line as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub duty: Uuid,
    pub source: String,
    pub narrative: String,
    pub unit: String,
    pub quantity: Option<i64>,
    pub unit_price: Option<i64>,
    pub asked: i64,
}

/// What is wrong with a line: its place from 0, and the obstacle at its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub at: usize,
    pub obstacle: Obstacle,
}

/// What lines are read against.
pub struct Reading<'a> {
    /// The duties that the agency holds in the year.
    pub duties: &'a [Uuid],
    pub sources: &'a [Source],
}

impl Typed {
    /// Nothing was typed but perhaps the duty: no line.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.narrative, &self.unit, &self.quantity, &self.unit_price, &self.amount].iter().all(|text| text.trim().is_empty())
    }
}

impl Reading<'_> {
    /// Reads all lines; blank ones are left out.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read(&self, lines: &[Typed]) -> Result<Vec<Content>, Vec<Wrong>> {
        let (mut read, mut wrong) = (Vec::new(), Vec::new());
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
            match self.line(line) {
                Ok(content) => read.push(content),
                Err(obstacles) => wrong.extend(obstacles.into_iter().map(|obstacle| Wrong { at, obstacle })),
            }
        }
        if read.len() > LINES_MAX {
            wrong.push(Wrong { at: LINES_MAX, obstacle: Obstacle::new("estimate-too-many-lines").with("n", LINES_MAX) });
        }
        if wrong.is_empty() { Ok(read) } else { Err(wrong) }
    }

    fn line(&self, line: &Typed) -> Result<Content, Vec<Obstacle>> {
        let mut wrong = Vec::new();
        let duty = line.duty.parse().ok().filter(|duty| self.duties.contains(duty));
        if duty.is_none() {
            wrong.push(Obstacle::new("estimate-line-duty").at("duty"));
        }
        let source = source::of_code(self.sources, &line.source);
        if source.is_none() {
            wrong.push(Obstacle::new("estimate-line-source").at("source"));
        }
        let narrative = clean(&line.narrative);
        if narrative.is_empty() {
            wrong.push(Obstacle::new("estimate-line-narrative").at("narrative"));
        }
        if narrative.chars().count() > NARRATIVE_LETTERS_MAX {
            wrong.push(Obstacle::new("estimate-line-long").with("n", NARRATIVE_LETTERS_MAX).at("narrative"));
        }
        if let Some(mark) = secrecy::of_text(&narrative) {
            wrong.push(Obstacle::new("answer-secret").with("mark", mark).at("narrative"));
        }
        let unit = clean(&line.unit);
        if unit.chars().count() > UNIT_LETTERS_MAX {
            wrong.push(Obstacle::new("estimate-line-long").with("n", UNIT_LETTERS_MAX).at("unit"));
        }
        let (quantity, unit_price, asked) = figures(line, &mut wrong);
        match (duty, source, asked, wrong.is_empty()) {
            (Some(duty), Some(source), Some(asked), true) => {
                Ok(Content { duty, source: source.code.clone(), narrative, unit, quantity, unit_price, asked })
            }
            _ => Err(wrong),
        }
    }
}

/// Quantity, price and sum: the sum may be left to the product, and must be equal to it where all three are given.
fn figures(line: &Typed, wrong: &mut Vec<Obstacle>) -> (Option<i64>, Option<i64>, Option<i64>) {
    let mut read = |text: &str, field: &'static str, read: fn(&str) -> Result<i64, Obstacle>| {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        read(text).map_err(|obstacle| wrong.push(obstacle.at(field))).ok()
    };
    let quantity = read(&line.quantity, "quantity", read_quantity);
    let price = read(&line.unit_price, "unit_price", money::read);
    let amount = read(&line.amount, "amount", money::read);
    if !wrong.is_empty() {
        return (quantity, price, amount);
    }
    if quantity.is_some() != price.is_some() {
        let field = if quantity.is_some() { "unit_price" } else { "quantity" };
        wrong.push(Obstacle::new("estimate-line-half").at(field));
        return (quantity, price, amount);
    }
    let product = quantity.zip(price).map(|(quantity, price)| i128::from(quantity) * i128::from(price));
    match (product, amount) {
        (None, None) => wrong.push(Obstacle::new("estimate-line-amount").at("amount")),
        (Some(product), _) if product > i128::from(money::SUM_MAX) => {
            let most = money::shown(money::SUM_MAX);
            wrong.push(Obstacle::new("money-too-large").with("value", product).with("most", most).at("amount"));
        }
        (Some(product), Some(amount)) if product != i128::from(amount) => {
            let product = i64::try_from(product).map(money::shown).unwrap_or_default();
            wrong.push(Obstacle::new("estimate-line-product").with("product", product).at("amount"));
        }
        (Some(product), None) => return (quantity, price, i64::try_from(product).ok()),
        _ => {}
    }
    (quantity, price, amount)
}

fn read_quantity(text: &str) -> Result<i64, Obstacle> {
    let wrong = || Obstacle::new("estimate-line-quantity").with("value", text.chars().take(40).collect::<String>());
    let number = vietnamese::number::parse_number(text).ok().and_then(|reading| reading.value.as_i64());
    number.filter(|number| (1..=QUANTITY_MAX).contains(number)).ok_or_else(wrong)
}

fn clean(text: &str) -> String {
    vietnamese::normalise(text).replace("\r\n", "\n").replace('\0', "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(change: impl FnOnce(&mut Typed)) -> Result<Content, Vec<(&'static str, &'static str)>> {
        let duty = Uuid::from_u128(7);
        let source = Source { id: duty, code: "budget".into(), position: 0, name: "Ngân sách".into(), version: 1 };
        let mut line = Typed {
            duty: duty.to_string(),
            source: "budget".into(),
            narrative: "In tờ rơi".into(),
            amount: "1.000.000".into(),
            ..Typed::default()
        };
        change(&mut line);
        let reading = Reading { duties: &[duty], sources: &[source] };
        let read = reading.read(&[line]).map(|mut lines| lines.remove(0));
        read.map_err(|wrong| wrong.iter().map(|one| (one.obstacle.field, one.obstacle.key)).collect())
    }

    #[test]
    fn the_sum_may_be_left_to_quantity_and_price() {
        assert_eq!(read(|_| ()).map(|line| line.asked), Ok(1_000_000));
        let product = read(|line| {
            (line.quantity, line.unit_price, line.amount) = ("3".into(), "1,5 triệu".into(), String::new());
        });
        assert_eq!(product.map(|line| (line.quantity, line.unit_price, line.asked)), Ok((Some(3), Some(1_500_000), 4_500_000)));
        let equal = read(|line| (line.quantity, line.unit_price) = ("10".into(), "100000".into()));
        assert_eq!(equal.map(|line| line.asked), Ok(1_000_000));
    }

    #[test]
    fn each_mistake_stands_at_its_field() {
        let cases: [(fn(&mut Typed), &str, &str); 13] = [
            (|line| line.narrative = "MẬT\nMua thiết bị".into(), "narrative", "answer-secret"),
            (|line| line.duty.clear(), "duty", "estimate-line-duty"),
            (|line| line.duty = Uuid::from_u128(8).to_string(), "duty", "estimate-line-duty"),
            (|line| line.source = "vay".into(), "source", "estimate-line-source"),
            (|line| line.narrative = "  ".into(), "narrative", "estimate-line-narrative"),
            (|line| line.narrative = "ẵ".repeat(4_001), "narrative", "estimate-line-long"),
            (|line| line.amount.clear(), "amount", "estimate-line-amount"),
            (|line| line.amount = "-5".into(), "amount", "money-negative"),
            (|line| line.amount = "1,5".into(), "amount", "money-not-whole"),
            (|line| line.quantity = "3".into(), "unit_price", "estimate-line-half"),
            (|line| line.unit_price = "3".into(), "quantity", "estimate-line-half"),
            (|line| (line.quantity, line.unit_price) = ("3".into(), "5".into()), "amount", "estimate-line-product"),
            (|line| line.quantity = "1,5".into(), "quantity", "estimate-line-quantity"),
        ];
        for (change, field, key) in cases {
            assert_eq!(read(change), Err(vec![(field, key)]));
        }
        let huge = read(|line| (line.quantity, line.unit_price) = ("1000000000".into(), "10.000.000.000.000".into()));
        assert_eq!(huge, Err(vec![("amount", "money-too-large")]));
    }

    #[test]
    fn a_blank_line_is_none() {
        let reading = Reading { duties: &[], sources: &[] };
        assert_eq!(reading.read(&[Typed { duty: "x".into(), source: "budget".into(), ..Typed::default() }]), Ok(Vec::new()));
    }
}
