//! Cuts what is said into breaths.

use super::reading::{Pause, Piece};
use super::{Breath, Manner};

/// Words before which a long clause may be cut.
const JOINTS: [&str; 26] = [
    "và", "hoặc", "nhưng", "để", "nhằm", "với", "trong", "tại", "của", "từ", "đến", "theo", "do", "vì", "là", "được", "cho",
    "về", "khi", "nếu", "thì", "trên", "bằng", "qua", "cùng", "gắn",
];

/// Words that say what the number behind them is: a pause between the two is heard as a mistake.
const BEFORE_NUMBER: [&str; 9] = ["ngày", "mùng", "mồng", "tháng", "năm", "quý", "thứ", "lúc", "số"];
/// Words that a number begins with.
const NUMBER_BEGINS: [&str; 14] =
    ["không", "một", "hai", "ba", "bốn", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mùng", "mồng"];

/// The breaths of one block. Every word of `pieces` is in one of them, in order.
pub(super) fn breaths(block: usize, pieces: &[Piece], manner: &Manner) -> Vec<Breath> {
    let mut cut = Cut { block, manner, made: Vec::new(), words: Vec::new(), first: true };
    for piece in pieces {
        match piece {
            Piece::Words(said) => cut.say(said),
            Piece::Pause(Pause::Clause) => cut.comma(),
            Piece::Pause(Pause::Sentence(mark)) => cut.end(*mark, manner.pause_sentence_ms),
        }
    }
    cut.end('.', manner.pause_block_ms);
    if let Some(last) = cut.made.last_mut() {
        last.pause_ms = last.pause_ms.max(manner.pause_block_ms);
    }
    cut.made
}

struct Cut<'a> {
    block: usize,
    manner: &'a Manner,
    made: Vec<Breath>,
    /// Of the breath that is being made; a word may end with a comma. What must stay together is one entry.
    words: Vec<String>,
    /// Whether the next breath begins a sentence.
    first: bool,
}

impl Cut<'_> {
    /// Words of one piece stay together, unless they alone are longer than a breath.
    fn say(&mut self, said: &str) {
        let max = self.manner.breath_syllables_max.max(4) as usize;
        let words: Vec<&str> = said.split_whitespace().collect();
        for part in words.chunks(max) {
            if self.syllables() + part.len() > max {
                self.shorten(part);
            }
            self.words.push(part.join(" "));
        }
    }

    fn syllables(&self) -> usize {
        count(&self.words)
    }

    fn comma(&mut self) {
        if let Some(last) = self.words.last_mut().filter(|last| !last.ends_with(',')) {
            last.push(',');
        }
    }

    /// Ends a breath where it is best to: behind the last comma, before the last joint, or here. `next` is what did not fit.
    fn shorten(&mut self, next: &[&str]) {
        let third = self.words.len() / 3;
        let comma = self.words.iter().rposition(|word| word.ends_with(',')).map(|at| at + 1);
        let joint = self.words.iter().rposition(|word| JOINTS.contains(&word.as_str()));
        let at = comma.filter(|at| *at > third).or(joint.filter(|at| *at > third)).unwrap_or_else(|| self.here(next));
        let rest = self.words.split_off(at);
        self.breathe(',', self.manner.pause_clause_ms);
        self.words = rest;
    }

    /// Behind the last word, or before it where it belongs to the number that comes next and both fit into one breath.
    fn here(&self, next: &[&str]) -> usize {
        let count = self.words.len();
        let is_led = self.words.last().is_some_and(|last| BEFORE_NUMBER.contains(&last.as_str()))
            && next.first().is_some_and(|first| NUMBER_BEGINS.contains(first));
        let fits = next.len() < self.manner.breath_syllables_max.max(4) as usize;
        if is_led && fits && count > 1 { count - 1 } else { count }
    }

    fn end(&mut self, mark: char, pause_ms: u32) {
        self.breathe(mark, pause_ms);
        self.first = true;
    }

    fn breathe(&mut self, mark: char, pause_ms: u32) {
        let words = std::mem::take(&mut self.words);
        if words.is_empty() {
            return;
        }
        let text = words.join(" ");
        let text = text.trim_end_matches(',');
        let text = if self.first { vietnamese::capitalised(text) } else { text.to_owned() };
        self.first = false;
        let syllables = u32::try_from(count(&words)).unwrap_or(u32::MAX);
        self.made.push(Breath { block: self.block, text: format!("{text}{mark}"), syllables, pause_ms });
    }
}

fn count(words: &[String]) -> usize {
    words.iter().map(|word| word.split(' ').count()).sum()
}
