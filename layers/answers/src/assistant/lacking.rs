//! What a question wants that a quote has to have before it is an answer: a sum of money, who signed. A sentence about the same thing
//! that does not state it answers nothing. Pure.

use super::exact::intent;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Money,
    Signer,
}

const MONEY: &[&str] = &[
    "bao nhieu tien",
    "bao nhieu ty",
    "bao nhieu trieu",
    "may ty",
    "may trieu",
    "gia bao nhieu",
    "kinh phi bao nhieu",
    "kinh phi la bao nhieu",
    "muc phi bao nhieu",
    "le phi bao nhieu",
    "so tien nao",
    "so tien la",
];
const SIGNERS: &[&str] = &["ai ky", "nguoi ky", "do ai ky", "ai da ky", "ai la nguoi ky"];
/// Words after a figure that make it money.
const CURRENCIES: &[&str] =
    &["dong", "ty", "trieu", "nghin", "ngan", "usd", "do", "euro", "bang", "yen", "vnd", "xu", "te", "franc"];

impl Wanted {
    /// What the question wants of this kind.
    #[must_use]
    pub fn of(question: &str) -> Option<Self> {
        let words = intent::words(question);
        let joined = format!(" {} ", words.join(" "));
        let has = |runs: &[&str]| runs.iter().any(|run| joined.contains(&format!(" {run} ")));
        // Without its marks "đồng" is also a line, an action and a crowd.
        let small = vietnamese::normalise(question).to_lowercase();
        let asks_dong = has(&["bao nhieu dong"]) && (small.contains("đồng") || small.is_ascii());
        let asks_money = has(MONEY) || asks_dong || (joined.contains(" kinh phi ") && joined.contains(" bao nhieu "));
        if asks_money {
            return Some(Self::Money);
        }
        has(SIGNERS).then_some(Self::Signer)
    }

    /// Whether a text states it.
    #[must_use]
    pub fn is_in(self, text: &str) -> bool {
        match self {
            Self::Money => {
                let words = intent::words(text);
                let is_figure = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
                let is_sum = |pair: &[String]| is_figure(&pair[0]) && CURRENCIES.contains(&pair[1].as_str());
                text.contains(['$', '€', '£', '₫']) || words.windows(2).any(is_sum)
            }
            Self::Signer => {
                // "Đăng ký", "chữ ký", "định kỳ" sign nothing; marks tell the last one apart.
                let text = vietnamese::normalise(text).to_lowercase();
                let words: Vec<&str> =
                    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
                let signs = |at: usize| {
                    let before = at.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or_default();
                    matches!(words[at], "ký" | "kí") && !matches!(before, "đăng" | "chữ" | "nhật" | "thư")
                };
                (0..words.len()).any(signs)
            }
        }
    }

    /// The Fluent key of what is said where no document states it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Money => "assistant-lacks-money",
            Self::Signer => "assistant-lacks-signer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_a_figure_with_a_currency() {
        assert_eq!(Wanted::of("Kinh phí năm nay là bao nhiêu tỷ đồng?"), Some(Wanted::Money));
        assert_eq!(Wanted::of("kinh phi cu the bao nhieu"), Some(Wanted::Money));
        assert_eq!(Wanted::of("Có bao nhiêu xã?"), None);
        assert_eq!(Wanted::of("Có bao nhiêu dòng kênh?"), None);
        assert!(Wanted::Money.is_in("Tổng kinh phí 12 tỷ đồng."));
        assert!(Wanted::Money.is_in("Cấp 1.500.000 đồng cho mỗi hộ."));
        assert!(!Wanted::Money.is_in("Kinh phí năm 2026 được bảo đảm từ ngân sách."));
    }

    #[test]
    fn who_signs_is_told_from_who_registers() {
        assert_eq!(Wanted::of("Ai ký văn bản này?"), Some(Wanted::Signer));
        assert_eq!(Wanted::of("Ai chủ trì?"), None);
        assert!(Wanted::Signer.is_in("Chủ tịch tỉnh đã ký quyết định."));
        assert!(!Wanted::Signer.is_in("Người dân đăng ký tại xã; báo cáo định kỳ."));
    }
}
