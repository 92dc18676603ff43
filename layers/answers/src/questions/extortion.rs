//! Somebody in office who wants money, told in plain words: "cán bộ phường đòi tôi đưa 2 triệu mới chịu ký". Known by an office before the
//! wish, in the same sentence, and by money or an envelope behind it. Fees, bills and what people ask of offices are none. Pure.

/// Who is in office.
const OFFICES: &[&str] = &[
    "cán bộ",
    "công chức",
    "viên chức",
    "lãnh đạo",
    "chủ tịch",
    "giám đốc",
    "bí thư",
    "trưởng phòng",
    "trưởng ấp",
    "trưởng khóm",
    "hiệu trưởng",
    "nhân viên",
    "công an",
    "cảnh sát",
    "csgt",
    "địa chính",
    "thanh tra",
    "hải quan",
    "kiểm lâm",
    "ủy ban",
    "uỷ ban",
    "ubnd",
    "bác sĩ",
    "giáo viên",
];
/// They want something.
const WISHES: &[&str] = &["đòi", "vòi"];
/// What follows them where marks are left out: without, "đổi bằng lái" and "đối với" are written the same.
const BEHIND_BARE: &[&str] = &["tien", "toi", "em", "chau", "phai", "them", "dua", "gia", "nha", "phong"];
/// They make somebody do something: an offence only with an envelope, or with money that is handed over.
const FORCES: &[&str] = &["bắt", "ép", "yêu cầu", "gợi ý"];
const MONEY: &[&str] = &["tiền", "triệu", "ngàn", "nghìn", "phong bì", "lót tay"];
const GIFTS: &[&str] = &["phong bì", "lót tay", "tiền bồi dưỡng", "tiền cà phê"];
const GIVING: &[&str] = &["đưa", "chi", "biếu", "lót", "chung"];
/// What has a price by a rule or a contract.
const FEES: &[&str] = &["điện", "nước", "nợ", "cọc", "phí", "lệ phí", "thuế", "phạt", "học", "rác", "thuê"];
/// Who asks something of an office is no office.
const OWN: &[&str] = &["tôi", "em", "dân", "mình", "họ", "cháu"];
/// Another thought begins.
const STOPS: &[&str] = &["khi", "để", "thì", "mà", "nhưng", "vì", "và", "nếu"];
/// It happened, and to somebody: a question about rules says none of these.
const TOLD: &[&str] = &["tôi", "em", "cháu", "mình", "tui", "bị", "triệu", "ngàn", "nghìn"];
/// Words between an office and its wish; between a wish and what is wanted; between being made to give and to whom.
const OFFICE_WORDS: usize = 8;
const WISH_WORDS: usize = 8;
const GIVING_WORDS: usize = 8;

struct Sentence<'a> {
    words: Vec<&'a str>,
    /// Written without marks: words are compared without them.
    bare: bool,
}

/// Whether the text tells that somebody in office wants money. With `asks` the text has words of who asks about rules.
#[must_use]
pub fn is_told(text: &str, asks: bool) -> bool {
    let text = vietnamese::normalise(text).to_lowercase();
    let bare = text.is_ascii();
    let text = text.replace(". ", "\n"); // the dots of an amount stay
    let mut sentences = text.split(['!', '?', ';', '\n']).map(|sentence| Sentence {
        words: sentence.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect(),
        bare,
    });
    sentences.any(|sentence| sentence.accuses() && (!asks || sentence.has(TOLD)))
}

impl Sentence<'_> {
    fn accuses(&self) -> bool {
        let all = || 0..self.words.len();
        all().any(|at| self.wants_money(at) || self.forces(at) || self.is_made_to_give(at))
    }

    /// `đòi tiền`, `vòi 500k`, behind an office.
    fn wants_money(&self, at: usize) -> bool {
        let is_own = at > 0 && self.any(at - 1, OWN);
        let is_wish = self.any(at, WISHES) && (!self.bare || self.any(at + 1, BEHIND_BARE));
        is_wish && !is_own && self.follows_office(at) && self.behind(at).any(|place| self.is_money(place))
    }

    /// `bắt đưa phong bì`, `gợi ý đưa 2 triệu`, behind an office.
    fn forces(&self, at: usize) -> bool {
        let is_handed = |place: usize| self.is(place, "đưa") && (place + 1..=place + 3).any(|next| self.is_money(next));
        let is_gift = |place: usize| self.any(place, GIFTS) || is_handed(place);
        self.any(at, FORCES) && self.follows_office(at) && self.behind(at).any(is_gift)
    }

    /// `phải đưa tiền cho cán bộ`
    fn is_made_to_give(&self, at: usize) -> bool {
        let near = || at + 1..=at + GIVING_WORDS;
        self.is(at, "phải")
            && self.any(at + 1, GIVING)
            && near().any(|place| self.is_money(place))
            && near().any(|place| self.any(place, OFFICES))
            && !self.has(FEES)
    }

    fn follows_office(&self, at: usize) -> bool {
        (at.saturating_sub(OFFICE_WORDS)..at).any(|place| self.any(place, OFFICES))
    }

    /// The places behind a wish, as far as the thought goes.
    fn behind(&self, at: usize) -> impl Iterator<Item = usize> {
        (at + 1..=at + WISH_WORDS).take_while(|place| !self.any(*place, STOPS))
    }

    fn is_money(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let is_figure = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
        let is_short = is_figure(word) && (word.ends_with('k') || word.ends_with("tr"));
        let is_sum = self.is(at, "đồng") && at > 0 && is_figure(self.words[at - 1]);
        is_short || is_sum || (self.any(at, MONEY) && !self.any(at + 1, FEES))
    }

    fn has(&self, patterns: &[&str]) -> bool {
        (0..self.words.len()).any(|at| self.any(at, patterns))
    }

    fn any(&self, at: usize, patterns: &[&str]) -> bool {
        patterns.iter().any(|pattern| pattern.split(' ').enumerate().all(|(n, part)| self.is(at + n, part)))
    }

    fn is(&self, at: usize, pattern: &str) -> bool {
        let same = |word: &&str| if self.bare { **word == *vietnamese::fold(pattern) } else { *word == pattern };
        self.words.get(at).is_some_and(same)
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn who_wants_money_is_told_from_who_has_a_price() {
        for told in [
            "cán bộ phường đòi tôi đưa 2 triệu mới chịu ký giấy",
            "Tôi bị cán bộ địa chính xã đòi tiền.",
            "Anh công an khu vực vòi 500k mới cho nhập hộ khẩu",
            "Bác sĩ bắt đưa phong bì mới mổ",
            "Chủ tịch xã đòi gia đình em 2.000.000 đồng. Vậy có đúng không?",
            "Muốn có sổ phải đưa tiền cho cán bộ một cửa",
            "nhân viên tiếp nhận gợi ý tôi đưa thêm 300 nghìn",
            "can bo phuong doi toi dua 2 trieu moi chiu ky giay",
        ] {
            assert!(is_told(told, false), "{told}");
        }
        for asked in [
            "Cán bộ xã yêu cầu nộp lệ phí 50 nghìn có đúng không?",
            "Dân đòi tiền bồi thường đất, cán bộ chưa trả lời",
            "Cán bộ hướng dẫn tôi đổi bằng lái hết 135 nghìn đồng",
            "can bo huong dan toi doi bang lai het 135 nghin dong",
            "Nhân viên điện lực đòi tiền điện hai lần",
            "Cán bộ đòi thêm giấy tờ khi tôi nhận tiền hỗ trợ",
            "Công an phường đối thoại với dân về tiền hỗ trợ",
            "Công ty đòi tiền cọc thì tôi báo cán bộ nào?",
            "Cán bộ có được yêu cầu đi bồi dưỡng nghiệp vụ không?",
            "Thủ tục tố cáo cán bộ gồm những gì?",
        ] {
            assert!(!is_told(asked, false), "{asked}");
        }
        assert!(!is_told("Quy định xử lý cán bộ đòi tiền dân thế nào?", true), "a question about rules");
        assert!(is_told("Cán bộ đòi tôi tiền, quy định thế nào?", true));
    }
}
