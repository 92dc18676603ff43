//! The figures that come after what is asked for: appraised, approved, spent. One form each, a sum and some words a line,
//! read alike. Pure.

use uuid::Uuid;

use super::line::Line;
use crate::estimates::money;
use crate::web::Obstacle;

const WORDS_LETTERS_MAX: usize = 2_000;

/// Which of them is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Every line has one; another sum than asked for has its reason.
    Appraisal,
    /// Every line has one; more than asked for has its reason.
    Approval,
    /// As far as known; more than approved has its reason.
    Spending,
}

impl Stage {
    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Appraisal => "appraisal",
            Self::Approval => "approval",
            Self::Spending => "spending",
        }
    }
}

/// What was typed beside a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub line: String,
    pub amount: String,
    pub words: String,
}

/// What is kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub line: Uuid,
    pub amount: Option<i64>,
    pub words: String,
}

/// What is wrong, and with which line.
pub type Wrong = (Uuid, Obstacle);

impl Stage {
    /// Reads what was typed beside these lines. A line that the form does not have is wrong: it is another version's form.
    ///
    /// # Errors
    /// Everything that is wrong, line by line.
    pub fn read(self, lines: &[Line], typed: &[Typed]) -> Result<Vec<Figure>, Vec<Wrong>> {
        let (mut read, mut wrong) = (Vec::new(), Vec::new());
        for line in lines {
            let given = typed.iter().find(|typed| typed.line == line.id.to_string()).cloned().unwrap_or_default();
            match self.figure(line, &given) {
                Ok(figure) => read.push(figure),
                Err(obstacle) => wrong.push((line.id, obstacle)),
            }
        }
        if wrong.is_empty() { Ok(read) } else { Err(wrong) }
    }

    fn figure(self, line: &Line, typed: &Typed) -> Result<Figure, Obstacle> {
        let words = vietnamese::normalise(&typed.words).replace("\r\n", "\n").replace('\0', "").trim().to_owned();
        if words.chars().count() > WORDS_LETTERS_MAX {
            return Err(Obstacle::new("estimate-line-long").with("n", WORDS_LETTERS_MAX).at("words"));
        }
        let amount = typed.amount.trim();
        if amount.is_empty() {
            return match self {
                Self::Spending if words.is_empty() => Ok(Figure { line: line.id, amount: None, words }),
                _ => Err(Obstacle::new("estimate-figure-missing").at("amount")),
            };
        }
        let amount = money::read(amount).map_err(|obstacle| obstacle.at("amount"))?;
        let needs_words = match self {
            Self::Appraisal => (amount != line.asked).then_some("estimate-appraisal-without-words"),
            Self::Approval => (amount > line.asked).then_some("estimate-approval-without-words"),
            Self::Spending => (amount > line.approved.unwrap_or_default()).then_some("estimate-overspent-without-words"),
        };
        match needs_words.filter(|_| words.is_empty()) {
            Some(key) => Err(Obstacle::new(key).at("words")),
            None => Ok(Figure { line: line.id, amount: Some(amount), words }),
        }
    }
}

/// The lines with these figures in their places.
#[must_use]
pub fn put(stage: Stage, lines: Vec<Line>, figures: &[Figure]) -> Vec<Line> {
    let with = |line: Line| {
        let Some(figure) = figures.iter().find(|figure| figure.line == line.id) else { return line };
        let (amount, words) = (figure.amount, figure.words.clone());
        match stage {
            Stage::Appraisal => Line { appraised: amount, appraisal_remark: words, ..line },
            Stage::Approval => Line { approved: amount, approval_reason: words, ..line },
            Stage::Spending => Line { spent: amount, spent_reason: words, ..line },
        }
    };
    lines.into_iter().map(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(asked: i64, approved: Option<i64>) -> Line {
        let id = Uuid::from_u128(5);
        Line {
            id,
            estimate: id,
            position: 0,
            duty: id,
            source: "budget".into(),
            narrative: String::new(),
            unit: String::new(),
            quantity: None,
            unit_price: None,
            asked,
            appraised: approved,
            appraisal_remark: String::new(),
            approved,
            spent: None,
            approval_reason: String::new(),
            spent_reason: String::new(),
        }
    }

    fn read(stage: Stage, amount: &str, words: &str) -> Result<Option<i64>, &'static str> {
        let line = line(100, Some(80));
        let typed = Typed { line: line.id.to_string(), amount: amount.into(), words: words.into() };
        let read = stage.read(&[line], &[typed]);
        read.map(|figures| figures[0].amount).map_err(|wrong| wrong[0].1.key)
    }

    #[test]
    fn another_sum_than_asked_for_or_approved_has_its_reason() {
        assert_eq!(read(Stage::Appraisal, "100", ""), Ok(Some(100)));
        assert_eq!(read(Stage::Appraisal, "90", ""), Err("estimate-appraisal-without-words"));
        assert_eq!(read(Stage::Appraisal, "0", "Đã có nguồn khác"), Ok(Some(0)));
        assert_eq!(read(Stage::Spending, "80", ""), Ok(Some(80)));
        assert_eq!(read(Stage::Spending, "81", ""), Err("estimate-overspent-without-words"));
        assert_eq!(read(Stage::Spending, "81", "Giá tăng"), Ok(Some(81)));
        assert_eq!(read(Stage::Approval, "70", ""), Ok(Some(70)));
        assert_eq!(read(Stage::Approval, "101", ""), Err("estimate-approval-without-words"));
        assert_eq!(read(Stage::Approval, "101", "Bổ sung nhiệm vụ"), Ok(Some(101)));
    }

    #[test]
    fn an_empty_field_is_no_zero() {
        assert_eq!(read(Stage::Spending, " ", ""), Ok(None));
        assert_eq!(read(Stage::Spending, "0", ""), Ok(Some(0)));
        assert_eq!(read(Stage::Spending, "", "Chưa quyết toán"), Err("estimate-figure-missing"));
        assert_eq!(read(Stage::Appraisal, "", ""), Err("estimate-figure-missing"));
        assert_eq!(Stage::Approval.read(&[line(1, None)], &[]).map_err(|wrong| wrong[0].1.key), Err("estimate-figure-missing"));
    }
}
