//! What a question wants to know of a plan, and about what: read from its words, with accents or without. Pure.

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Who leads.
    Lead,
    /// Who cooperates.
    Support,
    /// By when.
    Due,
    /// How much of a hundred.
    Percent,
    /// How many.
    Number,
    /// On which days reports are handed in.
    ReportDay,
    /// To whom something goes.
    Recipient,
    /// Which document is carried out.
    Basis,
    /// What does not count.
    Exception,
    /// What an agency has to do.
    Work,
    /// Who plays which part.
    Role,
}

/// A question about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    pub wishes: Vec<Wish>,
    /// The folded words that say what it is about, in their order.
    pub topic: Vec<String>,
}

/// Runs of folded words and what they ask for; a longer run stands before what begins it. `…` stands for up to six other words, which
/// stay in the topic.
const ASKING: &[(&str, Wish)] = &[
    ("bao nhieu phan tram", Wish::Percent),
    ("may phan tram", Wish::Percent),
    ("ty le bao nhieu", Wish::Percent),
    ("dat ty le nao", Wish::Percent),
    ("bao cao … ngay may", Wish::ReportDay),
    ("bao cao … ngay nao", Wish::ReportDay),
    ("bao cao … khi nao", Wish::ReportDay),
    ("bao cao … luc nao", Wish::ReportDay),
    ("bao cao … bao gio", Wish::ReportDay),
    ("bao cao … truoc ngay", Wish::ReportDay),
    ("khi nao … bao cao", Wish::ReportDay),
    ("bao gio … bao cao", Wish::ReportDay),
    ("han … bao cao", Wish::ReportDay),
    ("bao cao … cho ai", Wish::Recipient),
    ("bao cao … ve dau", Wish::Recipient),
    ("bao cao … cho co quan nao", Wish::Recipient),
    ("phan anh … ve dau", Wish::Recipient),
    ("phan anh … voi ai", Wish::Recipient),
    ("phan anh … den dau", Wish::Recipient),
    ("gui … ve dau", Wish::Recipient),
    ("gui … cho ai", Wish::Recipient),
    ("quyet dinh nao", Wish::Basis),
    ("can cu … van ban nao", Wish::Basis),
    ("thuc hien … chuong trinh nao cua", Wish::Basis),
    ("can cu vao dau", Wish::Basis),
    ("can cu phap ly", Wish::Basis),
    ("nao khong phai", Wish::Exception),
    ("nao duoc tru", Wish::Exception),
    ("nao khong tinh", Wish::Exception),
    ("tru nhung gi", Wish::Exception),
    ("nao … ngoai le", Wish::Exception),
    ("ai chu tri", Wish::Lead),
    ("do ai chu tri", Wish::Lead),
    ("co quan nao chu tri", Wish::Lead),
    ("don vi nao chu tri", Wish::Lead),
    ("so nao chu tri", Wish::Lead),
    ("nganh nao chu tri", Wish::Lead),
    ("ai lam dau moi", Wish::Lead),
    ("co quan nao lam dau moi", Wish::Lead),
    ("ai phu trach", Wish::Lead),
    ("co quan nao phu trach", Wish::Lead),
    ("don vi nao phu trach", Wish::Lead),
    ("ai chiu trach nhiem", Wish::Lead),
    ("co quan nao chiu trach nhiem", Wish::Lead),
    ("giao cho ai", Wish::Lead),
    ("giao cho co quan nao", Wish::Lead),
    ("giao cho so nao", Wish::Lead),
    ("chu tri la ai", Wish::Lead),
    ("ai phoi hop", Wish::Support),
    ("co quan nao phoi hop", Wish::Support),
    ("don vi nao phoi hop", Wish::Support),
    ("phoi hop voi ai", Wish::Support),
    ("phoi hop voi co quan nao", Wish::Support),
    ("phoi hop voi nhung ai", Wish::Support),
    ("duoc giao … lam gi", Wish::Work),
    ("duoc giao nhiem vu gi", Wish::Work),
    ("duoc giao … viec gi", Wish::Work),
    ("phai lam gi", Wish::Work),
    ("phai lam nhung gi", Wish::Work),
    ("co nhiem vu gi", Wish::Work),
    ("chu tri nhung viec gi", Wish::Work),
    ("chu tri nhung gi", Wish::Work),
    ("chu tri viec gi", Wish::Work),
    ("lam nhung viec gi", Wish::Work),
    ("chu tri viec nao", Wish::Work),
    ("chu tri nhung viec nao", Wish::Work),
    ("chu tri nhiem vu nao", Wish::Work),
    ("chu tri nhung nhiem vu nao", Wish::Work),
    ("chu tri cac nhiem vu nao", Wish::Work),
    ("chu tri nhiem vu gi", Wish::Work),
    ("chu tri nhung nhiem vu gi", Wish::Work),
    ("co nhung nhiem vu gi", Wish::Work),
    ("co nhiem vu nao", Wish::Work),
    ("co nhung nhiem vu nao", Wish::Work),
    ("duoc giao nhiem vu nao", Wish::Work),
    ("duoc giao nhung nhiem vu nao", Wish::Work),
    ("phu trach viec gi", Wish::Work),
    ("phu trach nhung viec gi", Wish::Work),
    ("phu trach nhung gi", Wish::Work),
    ("ai giu", Wish::Role),
    ("co quan nao giu", Wish::Role),
    ("don vi nao giu", Wish::Role),
    ("co quan nao la", Wish::Role),
    ("khi nao", Wish::Due),
    ("bao gio", Wish::Due),
    ("chung nao", Wish::Due),
    ("han chot", Wish::Due),
    ("nam nao", Wish::Due),
    ("thang nao", Wish::Due),
    ("han la", Wish::Due),
    ("truoc ngay nao", Wish::Due),
];

/// What asks for whoever does something, at the beginning of a question that asks for nothing else.
const WHO: &[&str] = &["ai", "co quan nao", "don vi nao", "so nao"];
/// Behind those, words by which somebody else is asked for than who leads: who may, who signs, who is.
const NOT_LEADING: &[&str] = &["duoc", "ky", "la", "co", "cung", "bi", "muon", "can", "khong", "da"];

/// Words that ask how many, where no longer run asks for something else.
const COUNTING: [&str; 2] = ["bao nhieu", "may"];
const GAP: usize = 6;

/// Folded words that say nothing about the thing.
const EMPTY: &[&str] = &[
    "ai", "gi", "nao", "o", "dau", "la", "thi", "ma", "co", "khong", "vay", "a", "cua", "va", "cho", "ve", "duoc", "de", "nay",
    "cac", "nhung", "toi", "minh", "xin", "hoi", "nhe", "oi", "ha", "han", "xong", "voi", "bi", "se", "da", "dang", "hay",
    "theo", "khi", "bao", "gio", "may", "nhieu", "phai", "do", "them", "roi", "moi", "dum", "giup", "biet", "em", "anh", "lam",
    "gui", "the", "tu", "den", "vao", "ra", "nhu", "nhat", "neu", "con", "cung", "thuc", "hien",
];

/// Reads a question; None when it asks for nothing that a plan's provisions say.
#[must_use]
pub fn read(question: &str) -> Option<Intent> {
    let words = words(&expanded(question));
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut taken = vec![false; all.len()];
    let mut wishes = Vec::new();
    for &(run, wish) in ASKING {
        let parts: Vec<Vec<&str>> = run.split('…').map(|part| part.split_whitespace().collect()).collect();
        if let Some(places) = find(&all, &taken, &parts) {
            places.into_iter().for_each(|place| taken[place] = true);
            if !wishes.contains(&wish) {
                wishes.push(wish);
            }
        }
    }
    let counts = COUNTING.iter().any(|run| {
        let parts = [run.split(' ').collect::<Vec<_>>()];
        find(&all, &taken, &parts).is_some_and(|places| {
            // "May" is also a name and a verb; it counts before a thing.
            let is_last = places.last().is_none_or(|last| last + 1 >= all.len());
            !(is_last && *run == "may")
        })
    });
    if counts && !wishes.contains(&Wish::Percent) && !wishes.contains(&Wish::ReportDay) {
        let percent = question.contains('%') || words.windows(2).any(|pair| pair[0] == "phan" && pair[1] == "tram");
        wishes.push(if percent { Wish::Percent } else { Wish::Number });
    }
    if wishes.is_empty() {
        let count = doer(&all)?;
        taken[..count].fill(true);
        wishes.push(Wish::Lead);
    }
    let topic = words.iter().zip(&taken).filter(|(word, taken)| !**taken && !EMPTY.contains(&word.as_str()));
    Some(Intent { wishes, topic: topic.map(|(word, _)| word.clone()).collect() })
}

/// How many words at the beginning ask who does it.
fn doer(words: &[&str]) -> Option<usize> {
    let begins = |run: &&&str| {
        let run: Vec<&str> = run.split(' ').collect();
        words.starts_with(&run) && words.get(run.len()).is_some_and(|next| !NOT_LEADING.contains(next))
    };
    WHO.iter().find(begins).map(|run| run.split(' ').count())
}

/// With abbreviations written out, small ones too (`sở khcn`): letters without a vowel are no syllable.
#[must_use]
pub fn expanded(question: &str) -> String {
    let is_small =
        |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase() && !b"aeiouy".contains(&byte));
    let word = |word: &str| {
        let known = if is_small(word) { vietnamese::abbreviation::meanings(&word.to_uppercase()) } else { &[] };
        known.first().map_or_else(|| word.to_owned(), |meaning| meaning.long.to_owned())
    };
    let question = vietnamese::abbreviation::expand_text(question);
    question.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// The folded words of a text.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = vietnamese::fold(text);
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a folded word says nothing about the thing.
#[must_use]
pub fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word)
}

/// Where the parts stand one after another, each whole, with a few words between them at most.
fn find(words: &[&str], taken: &[bool], parts: &[Vec<&str>]) -> Option<Vec<usize>> {
    let stands = |at: usize, part: &[&str]| {
        at + part.len() <= words.len() && (0..part.len()).all(|step| words[at + step] == part[step] && !taken[at + step])
    };
    let first = parts.first()?;
    for start in 0..words.len() {
        if !stands(start, first) {
            continue;
        }
        let mut places: Vec<usize> = (start..start + first.len()).collect();
        let mut end = start + first.len();
        let is_whole = parts[1..].iter().all(|part| {
            let next = (end..=end + GAP).find(|at| stands(*at, part));
            if let Some(at) = next {
                places.extend(at..at + part.len());
                end = at + part.len();
            }
            next.is_some()
        });
        if is_whole {
            return Some(places);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(question: &str) -> Vec<Wish> {
        read(question).map(|intent| intent.wishes).unwrap_or_default()
    }

    #[test]
    fn a_wish_is_read_with_accents_and_without() {
        assert_eq!(wishes("Ai chủ trì việc trồng cây?"), [Wish::Lead]);
        assert_eq!(wishes("ai chu tri viec trong cay"), [Wish::Lead]);
        assert_eq!(wishes("Trồng cây phối hợp với ai, hạn khi nào?"), [Wish::Support, Wish::Due]);
        assert_eq!(wishes("Bao nhiêu phần trăm tuyến đường có cây?"), [Wish::Percent]);
        assert_eq!(wishes("Phải đạt bao nhiêu % tuyến đường?"), [Wish::Percent]);
        assert_eq!(wishes("Mở mấy lớp học và xong khi nào?"), [Wish::Due, Wish::Number]);
        assert_eq!(wishes("Báo cáo kết quả trồng cây trước ngày mấy"), [Wish::ReportDay]);
        assert_eq!(wishes("Khó khăn thì phản ánh về đâu?"), [Wish::Recipient]);
        assert_eq!(wishes("Sở Xây dựng được giao làm gì về cây xanh?"), [Wish::Work]);
        assert_eq!(wishes("Ai lập danh mục tuyến đường?"), [Wish::Lead]);
        assert_eq!(wishes("Sở Tài chính chủ trì những nhiệm vụ nào?"), [Wish::Work]);
        assert_eq!(wishes("Ai được vay vốn?"), []);
        assert_eq!(wishes("Ai ký văn bản này?"), []);
        assert_eq!(wishes("Chợ nổi họp ở đâu?"), []);
    }

    #[test]
    fn what_it_is_about_is_left() {
        let topic = read("Ai chủ trì lập danh mục tuyến đường?").expect("an intent").topic;
        assert_eq!(topic, ["lap", "danh", "muc", "tuyen", "duong"]);
        let topic = read("sở khcn chủ trì những việc gì").expect("an intent").topic;
        assert_eq!(topic.join(" "), "so khoa hoc cong nghe");
    }
}
