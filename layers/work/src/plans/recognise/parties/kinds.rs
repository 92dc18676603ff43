//! "Giám đốc các Sở: Tài chính, Y tế": bodies of one kind, of which the kind is written once.

use super::super::words::{Phrases, Shape, Words, phrases};
use super::{LIST_MAX, Reader};

/// The words before "các Sở" that say who of each is meant.
const ROLE_MAX: usize = 6;
/// The words of one name that are looked up together.
const LOOKED_UP: usize = 14;

impl Reader<'_, '_> {
    /// The bodies that the words `start..end` name by their kind, each with its kind, and the token after the last.
    pub(super) fn of_one_kind(&self, start: usize, end: usize) -> Option<(Vec<String>, usize)> {
        let many = (start..start + ROLE_MAX)
            .find(|at| self.words.any(*at, phrases!("các sở|các bộ|các xã|các phường|các đặc khu")).is_some())?;
        let mut kind = match self.words.key(many + 1) {
            "bộ" => "Bộ",
            "xã" => "xã",
            "phường" => "phường",
            "đặc" => "đặc khu",
            _ => "Sở",
        };
        let colon = self.words.key(end) == ":";
        let from = if colon { end + 1 } else { many + 1 + kind.split(' ').count() };
        let role = self.words.name(start, many);
        let full = |kind: &str, name: &str| [role.as_str(), kind, name].join(" ").trim_start().to_owned();
        let (mut names, mut at, mut after) = (Vec::new(), from, from);
        while names.len() < LIST_MAX
            && let Some(to) = self.one_of_kind(kind, at)
        {
            names.push(full(kind, &self.words.name(at, to)));
            after = to;
            let Some(skip) = self.words.any(to, phrases!(", và|,|và|;")) else { break };
            at = to + skip;
            // "UBND các phường Mũi Né, Hàm Thắng và | xã Hòa Thắng"
            let other = ["xã", "phường", "đặc khu"].into_iter().find(|other| self.words.starts(at, other));
            if let Some(other) = other.filter(|_| matches!(kind, "xã" | "phường" | "đặc khu")) {
                (kind, at) = (other, at + other.split(' ').count());
            }
        }
        (names.len() > 1).then_some((names, after))
    }

    /// The token after a name that with its kind before it is known: "Văn hóa, Thể thao và Du lịch".
    fn one_of_kind(&self, kind: &str, at: usize) -> Option<usize> {
        if matches!(kind, "xã" | "phường" | "đặc khu") {
            return self.place(at);
        }
        if !self.is_capital(at) || self.is_name(at) && self.words.key(at) != "công" {
            return None;
        }
        let rest = self.words.slice(at, self.words.len().min(at + LOOKED_UP));
        let whole = format!("{kind} {rest}");
        let words = Words::new(&whole);
        let (len, ()) = self.gazetteer.bodies.at(&words, 0)?;
        Some(at + len - 1)
    }

    /// The token after the name of a commune: capitals, and a number.
    fn place(&self, at: usize) -> Option<usize> {
        let end = (at..at + LOOKED_UP).find(|index| self.words.shape(*index) != Some(Shape::Title))?;
        let numbered = self.words.shape(end) == Some(Shape::Number);
        let after = self.words.shape(end);
        let ends = after.is_none_or(|shape| shape == Shape::Sign) || self.words.key(end) == "và" || self.is_stop(end);
        if !numbered && !ends || self.known(at).is_some() {
            return None;
        }
        (end > at + 1).then_some(end + usize::from(numbered))
    }
}
