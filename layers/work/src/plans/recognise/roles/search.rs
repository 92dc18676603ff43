//! Where in a heading or a sentence the doers stand.

use std::sync::LazyLock;

use super::super::gazetteer::Gazetteer;
use super::super::model::{Kind, Origin};
use super::super::parties::{Manner, list_at};
use super::super::scope::Inherited;
use super::super::words::{Phrases, Words, phrases};
use super::bracket::{after_comma, bracketed, shared};
use super::seeming::{answers, counts, demands, stands};
use super::this::named_again;
use super::{Doers, Evidence, doers_at};

/// Clauses of one text that are looked at.
const CLAUSES_MAX: usize = 60;
/// The words of a title before a colon.
const TITLE_MAX: usize = 14;
/// What may stand before the subject of a sentence, up to a comma.
static ADVERBIALS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "hằng|hàng|mỗi|định kì|trước|trên cơ sở|căn cứ|trong|để|từ|đến|năm|khi|nếu|sau khi|theo|trường hợp|\
         thực hiện|nhằm|ngoài ra|đồng thời|ngay sau|với|tại|quá trình|bên cạnh|tùy|đối với|trên đây|\
         giai đoạn|hướng tới|nhân|dịp|chậm nhất|cùng với|qua|song song|ngoài|riêng|sau|kết thúc|cuối|đầu|giữa|mặt khác|tiếp theo|\
         thời gian tới|trước mắt|ngay|vào|tùy theo|bảo đảm|lấy|thông qua|đợt|căn|do|vì|kể từ|hết|xuất phát",
    )
});

/// The doers a heading or an intro line names. `agencies_expected`: under "Tổ chức thực hiện" a bare class without "các" is
/// a doer too.
pub(in super::super) fn in_heading(gazetteer: &Gazetteer, words: &Words<'_>, agencies_expected: bool) -> Option<Doers> {
    let intro = words.key(words.len().saturating_sub(1)) == ":";
    if is_of_all(words) {
        return None;
    }
    if let Some(doers) = asked_last(gazetteer, words).filter(|_| intro) {
        return Some(doers);
    }
    if let Some(doers) = doers_at(gazetteer, words, 0) {
        let fits = match doers.evidence {
            Evidence::Stated => true,
            Evidence::Asked => intro || doers.end + 1 >= words.len() || words.len() <= doers.end + 12,
            Evidence::Bare => !doers.weak || agencies_expected,
            Evidence::Verb => intro || doers.supports || words.len() <= doers.end + 8,
        };
        if fits {
            return Some(handed_on(gazetteer, words, &doers).unwrap_or(doers));
        }
    }
    // "Các nhiệm vụ giao Sở Tài chính", "Truyền thông - Báo tỉnh": the heading ends with who does it.
    let last = |doers: &Doers| doers.end + usize::from(intro) >= words.len() && !doers.weak;
    let strong = |doers: &Doers| {
        let told = intro && doers.evidence > Evidence::Bare && doers.acts;
        doers.evidence == Evidence::Stated || told || last(doers) && doers.evidence == Evidence::Asked
    };
    let inner = places(words).into_iter().filter_map(|place| doers_at(gazetteer, words, place.at));
    inner.filter(strong).find(|doers| !doers.weak && (doers.end < words.len() || doers.evidence == Evidence::Asked))
}

/// "Bộ A chọn 06 địa phương. | Đề nghị Ủy ban nhân dân 06 địa phương này:": whom the last sentence of an intro asks.
fn asked_last(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Doers> {
    let (from, _) = words.sentences(false).last().copied().filter(|(from, _)| *from > 0 && asks(words, *from))?;
    let told = |doers: &Doers| doers.evidence >= Evidence::Asked && !doers.weak && doers.acts;
    doers_at(gazetteer, words, from).filter(told)
}

/// "TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ" says nothing about who does what.
fn is_of_all(words: &Words<'_>) -> bool {
    let Some(skip) = words.any(0, phrases!("trách nhiệm của|nhiệm vụ của|phân công trách nhiệm|phân công nhiệm vụ|phân công"))
    else {
        return false;
    };
    let general = words.any(
        skip,
        phrases!("các thành viên|thành viên|các cơ quan , đơn vị|các cơ quan|các đơn vị|các bên|cho các cơ quan|cho các đơn vị"),
    );
    general.is_some_and(|len| skip + len >= words.len())
}

/// The doers a provision's own text names. `inherited`: a heading names doers already, so that only the subject of the
/// first sentence overrides them.
pub(in super::super) fn in_body(gazetteer: &Gazetteer, words: &Words<'_>, kind: Kind, inherited: bool) -> Option<Doers> {
    // "Mỗi tổ dân phố lập một tổ …" under the name of a body: what it shall bring about, not who shall.
    // "Lãnh đạo Ủy ban nhân dân tỉnh công khai …" under the name of a Party body: what it does, not who does it.
    let each = inherited && (words.is(0, &["mỗi", "từng"]) || words.starts(0, "lãnh đạo") || demands(words) || stands(words));
    if kind == Kind::Target && counts(gazetteer, words) {
        return None;
    }
    if let Some(doers) = asked_after(gazetteer, words) {
        return Some(doers);
    }
    if let Some(doers) = doers_at(gazetteer, words, 0).filter(|doers| !each && fits(doers, kind, Place::first())) {
        return Some(handed_on(gazetteer, words, &doers).unwrap_or_else(|| alike(gazetteer, words, doers)));
    }
    if let Some(doers) = after_title(gazetteer, words, kind).filter(|_| inherited) {
        return Some(doers);
    }
    if inherited || kind == Kind::Viewpoint && words.find(0, "nòng cốt").is_none() {
        return None;
    }
    if let Some(doers) = shared(gazetteer, words).filter(|_| kind.is_duty()) {
        return Some(doers);
    }
    // "…; Hội A phối hợp": somebody helps, nobody is said to lead.
    all_in_body(gazetteer, words, kind)
        .into_iter()
        .find(|doers| (!doers.supports || doers.evidence == Evidence::Asked) && !answers(words, doers))
        .or_else(|| bracketed(gazetteer, words).filter(|_| kind.is_duty()))
        .or_else(|| titled(gazetteer, words, kind))
        .or_else(|| after_comma(gazetteer, words).filter(|_| kind.is_duty()))
        .or_else(|| named_again(gazetteer, words).filter(|_| kind.is_duty()))
}

/// "Ban Thường vụ cơ bản thống nhất báo cáo. | Yêu cầu Đảng ủy A hoàn thiện …": who agrees does nothing.
fn asked_after(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Doers> {
    let first = list_at(gazetteer, words, 0, Manner::Subject)?;
    words
        .any(first.end, phrases!("cơ bản thống nhất|thống nhất|nhất trí|đồng ý|ghi nhận|đánh giá cao|biểu dương|hoan nghênh"))?;
    let later = places(words).into_iter().filter(|place| place.at > first.end && asks(words, place.at));
    let charged = |doers: &Doers| doers.evidence >= Evidence::Asked && doers.acts && !doers.weak;
    later.filter_map(|place| doers_at(gazetteer, words, place.at)).find(charged)
}

/// "Chủ tịch tỉnh tiếp công dân …; | Chủ tịch xã tiếp công dân …": clauses that say the same of several bodies.
fn alike(gazetteer: &Gazetteer, words: &Words<'_>, mut doers: Doers) -> Doers {
    let key = |at: usize| [words.hash(at), words.hash(at + 1), words.hash(at + 2)];
    let clauses = words.sentences(true).into_iter().skip(1).take(CLAUSES_MAX);
    let clauses = clauses.filter(|(from, _)| words.key(from - 1) == ";");
    for other in clauses.filter_map(|(from, _)| doers_at(gazetteer, words, from)) {
        let same = key(other.end) == key(doers.end) && !other.weak && !other.supports && words.key(doers.end) != ":";
        if same {
            other
                .names
                .into_iter()
                .filter(|name| !doers.names.contains(name))
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|name| doers.names.push(name));
        }
    }
    doers
}

/// "Chế độ báo cáo: | Các địa phương gửi báo cáo …", whoever the line above names.
fn after_title(gazetteer: &Gazetteer, words: &Words<'_>, kind: Kind) -> Option<Doers> {
    let colon = (1..TITLE_MAX).find(|at| words.key(*at) == ":").filter(|at| (0..*at).all(|index| words.key(index) != ","))?;
    let place = Place { at: colon + 1, sort: Sort::Titled };
    doers_at(gazetteer, words, colon + 1).filter(|doers| !doers.supports && fits(doers, kind, place))
}

/// "Ủy ban nhân dân tỉnh giao | Sở Tài chính cân đối …": whom the first body charges.
fn handed_on(gazetteer: &Gazetteer, words: &Words<'_>, doers: &Doers) -> Option<Doers> {
    let agreed = words.any(doers.end, phrases!("thống nhất|đồng ý|cơ bản thống nhất")).unwrap_or(0);
    words.any(doers.end + agreed, phrases!("giao|yêu cầu|đề nghị|phân công"))?;
    let charged = doers_at(gazetteer, words, doers.end + agreed)?;
    (charged.evidence >= Evidence::Asked && charged.acts && !charged.weak).then_some(charged)
}

/// "Tập huấn doanh nghiệp: Sở Công Thương; mỗi quý một lớp.": a title, and nothing but who does it.
fn titled(gazetteer: &Gazetteer, words: &Words<'_>, kind: Kind) -> Option<Doers> {
    let colon = (1..TITLE_MAX)
        .find(|at| words.key(*at) == ":")
        .filter(|at| kind.is_duty() && gazetteer.labels.at(words, 0).is_none_or(|(len, _)| len != *at))?;
    let list = list_at(gazetteer, words, colon + 1, Manner::Subject)?;
    // "…: Trạm Y tế xã, xong trước 20/5."
    let due = words.key(list.end) == ","
        && words.any(list.end + 1, phrases!("xong|hoàn thành|trước|trong|thời gian|chậm nhất")).is_some();
    let alone = !list.weak && (list.end >= words.len() || words.is(list.end, &[";", "."]) || due);
    let (names, end) = (list.names, list.end);
    alone.then_some(Doers { names, end, evidence: Evidence::Stated, acts: true, supports: false, weak: false })
}

/// Every subject of the sentences and clauses, one after the other: what a closing paragraph asks of several bodies.
pub(in super::super) fn all_in_body(gazetteer: &Gazetteer, words: &Words<'_>, kind: Kind) -> Vec<Doers> {
    let mut found: Vec<Doers> = Vec::new();
    for place in places(words) {
        if found.last().is_some_and(|last| place.at < last.end) {
            continue;
        }
        // "Sở Y tế | đề nghị các đơn vị …": who asks does nothing.
        let told = doers_at(gazetteer, words, place.at).filter(|doers| !doers.weak && fits(doers, kind, place));
        found.extend(told.filter(|doers| handed_on(gazetteer, words, doers).is_none()));
    }
    found
}

/// Whom the lines before the first part ask: "yêu cầu các sở, ban, ngành thực hiện:".
pub(in super::super) fn asked(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Inherited> {
    let asking = places(words).into_iter().filter(|place| place.sort == Sort::Asking || place.sort == Sort::Sentence);
    let mut found = asking.filter_map(|place| doers_at(gazetteer, words, place.at));
    let doers = found.find(|doers| doers.evidence == Evidence::Asked && !doers.weak)?;
    Some(Inherited { leads: doers.names, cooperates: Vec::new(), origin: Some(Origin::IntroLine), supports: false })
}

/// What stands here is enough to say that they lead.
fn fits(doers: &Doers, kind: Kind, place: Place) -> bool {
    let needed = match place.sort {
        Sort::Sentence | Sort::AfterAdverbial | Sort::Titled => Evidence::Verb,
        Sort::Asking => Evidence::Asked,
        Sort::Inside => Evidence::Stated,
    };
    let needed = if kind == Kind::Target { Evidence::Stated } else { needed };
    doers.evidence >= needed && doers.acts && !(doers.weak && doers.evidence < Evidence::Stated)
}

/// A place where doers may be named.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: usize,
    sort: Sort,
}

impl Place {
    fn first() -> Self {
        Self { at: 0, sort: Sort::Sentence }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// The start of a sentence or clause.
    Sentence,
    /// After "Trong quá trình …," at the start of one.
    AfterAdverbial,
    /// At "đề nghị", "giao", "yêu cầu".
    Asking,
    /// After the colon of a short title.
    Titled,
    /// After a bracket or "do".
    Inside,
}

fn places(words: &Words<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for (from, to) in words.sentences(true) {
        found.push(Place { at: from, sort: Sort::Sentence });
        let mut adverbial = words.any(from, &ADVERBIALS).is_some();
        for at in from..to {
            let sort = match words.key(at) {
                "," if adverbial => Sort::AfterAdverbial,
                "(" | "do" => Sort::Inside,
                // "Rà soát quy hoạch - Sở Xây dựng chủ trì."
                "-" if at > from => Sort::Inside,
                // "Giám sát lâm sàng: Chi cục Thú y lấy mẫu": a title, and who does it.
                ":" if at <= from + TITLE_MAX => {
                    // "Về giao ban: định kỳ hằng tháng, Sở A chuẩn bị …"
                    adverbial |= words.any(at + 1, &ADVERBIALS).is_some();
                    Sort::Titled
                }
                ":" => Sort::Inside,
                _ if asks(words, at) => Sort::Asking,
                _ => continue,
            };
            let skip = usize::from(matches!(words.key(at), "," | "(" | ":" | "-"));
            found.push(Place { at: at + skip, sort });
        }
        if found.len() > CLAUSES_MAX {
            break;
        }
    }
    found
}

fn asks(words: &Words<'_>, at: usize) -> bool {
    let part_of_word = at > 0 && words.is(at - 1, &["bàn", "chuyển", "được", "đã", "phân", "có", "theo", "đáp", "ứng"]);
    !part_of_word && words.any(at, phrases!("giao|đề nghị|yêu cầu|mời|phân công")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str) -> Vec<String> {
        in_heading(Gazetteer::standard(), &Words::new(text), false).map(|doers| doers.names).unwrap_or_default()
    }

    fn body(text: &str) -> Vec<String> {
        in_body(Gazetteer::standard(), &Words::new(text), Kind::Task, false).map(|doers| doers.names).unwrap_or_default()
    }

    #[test]
    fn headings_name_leads_in_many_ways() {
        for (text, expected) in [
            ("Sở Khoa học và Công nghệ", vec!["Sở Khoa học và Công nghệ"]),
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO CHỦ TRÌ", vec!["SỞ GIÁO DỤC VÀ ĐÀO TẠO"]),
            ("Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ngành", vec!["Sở Khoa học và Công nghệ"]),
            ("Sở Y tế là cơ quan chủ trì, phối hợp cùng Sở Nội vụ:", vec!["Sở Y tế"]),
            ("Các sở, ban, ngành, địa phương tổ chức thực hiện các nhiệm vụ:", vec!["Các sở, ban, ngành, địa phương"]),
            ("Giao Ủy ban nhân dân các xã, phường:", vec!["Ủy ban nhân dân các xã, phường"]),
            (
                "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã và các đoàn thể",
                vec!["Ủy ban Mặt trận Tổ quốc Việt Nam xã", "các đoàn thể"],
            ),
            ("Trách nhiệm của Sở Tư pháp", vec!["Sở Tư pháp"]),
            ("Các cơ quan chủ quản báo chí có trách nhiệm", vec!["Các cơ quan chủ quản báo chí"]),
            (
                "Các cơ quan báo chí chủ lực: Báo và phát thanh, truyền hình Mẫu; Cổng Thông tin điện tử Mẫu",
                vec!["Báo và phát thanh, truyền hình Mẫu", "Cổng Thông tin điện tử Mẫu"],
            ),
            ("Trưởng các ấp", vec!["Trưởng các ấp"]),
            ("Các nhiệm vụ giao Sở Tài chính", vec!["Sở Tài chính"]),
            ("Hội đồng nhân dân tỉnh yêu cầu Ủy ban nhân dân tỉnh tập trung thực hiện:", vec!["Ủy ban nhân dân tỉnh"]),
        ] {
            assert_eq!(heading(text), expected, "{text}");
        }
        for text in [
            "Công tác tuyên truyền",
            "Trường học an toàn",
            "TRÁCH NHIỆM CỦA CÁC CƠ QUAN",
            "Tuần tra, kiểm soát",
            "Đẩy mạnh truyền thông trên các cơ quan báo chí",
        ] {
            assert!(heading(text).is_empty(), "{text}: {:?}", heading(text));
        }
    }

    #[test]
    fn bodies_name_leads_in_many_ways() {
        for (text, expected) in [
            ("Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lắp đặt biển báo.", vec!["Sở Xây dựng"]),
            (
                "Văn phòng Ủy ban nhân dân tỉnh (Phòng Ngoại vụ) chủ trì hợp tác với các quốc gia.",
                vec!["Văn phòng Ủy ban nhân dân tỉnh (Phòng Ngoại vụ)"],
            ),
            ("Sở Khoa học và Công nghệ là đơn vị chủ trì, cử đầu mối.", vec!["Sở Khoa học và Công nghệ"]),
            ("Hằng năm, các cơ quan, đơn vị lập dự toán.", vec!["các cơ quan, đơn vị"]),
            (
                "Tổ chức Liên hoan cấp tỉnh. Giao Sở Văn hóa, Thể thao và Du lịch thực hiện.",
                vec!["Sở Văn hóa, Thể thao và Du lịch"],
            ),
            (
                "Phủ sóng 5G (Sở Khoa học và Công nghệ chủ trì, phối hợp với các doanh nghiệp viễn thông).",
                vec!["Sở Khoa học và Công nghệ"],
            ),
            ("Thống kê tỉnh: Cung cấp số liệu.", vec!["Thống kê tỉnh"]),
            ("Ban hành danh mục dữ liệu (Sở Nội vụ, tháng 4/2026).", vec!["Sở Nội vụ"]),
            ("Sở Nội vụ - Cơ quan thường trực: tham mưu nội dung họp.", vec!["Sở Nội vụ"]),
            ("Phó Trưởng Ban Thường trực: điều hành.", vec!["Phó Trưởng Ban Thường trực"]),
            ("Tổ chức Tết trồng cây (Phòng Kinh tế phối hợp Đoàn Thanh niên).", vec!["Phòng Kinh tế"]),
            ("Giao quân năm 2026: Ban Chỉ huy Quân sự xã.", vec!["Ban Chỉ huy Quân sự xã"]),
            ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh phân công.", vec!["Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh"]),
            ("Ủy ban nhân dân tỉnh giao Sở Tài chính cân đối kinh phí.", vec!["Sở Tài chính"]),
            (
                "Sở Công Thương, Sở Y tế trong phạm vi chức năng, nhiệm vụ được giao hướng dẫn doanh nghiệp.",
                vec!["Sở Công Thương", "Sở Y tế"],
            ),
            ("Giao đồng chí Giám đốc Sở Xây dựng trực tiếp chỉ đạo.", vec!["Giám đốc Sở Xây dựng"]),
            ("Cử Sở Ngoại vụ làm đầu mối tiếp nhận viện trợ.", vec!["Sở Ngoại vụ"]),
            ("Sở Xây dựng đến cuối tháng 6/2026 hoàn thành hồ sơ.", vec!["Sở Xây dựng"]),
            ("Phòng Quản lý môi trường là đầu mối theo dõi.", vec!["Phòng Quản lý môi trường"]),
        ] {
            assert_eq!(body(text), expected, "{text}");
        }
        for text in [
            "Thăm, tặng quà hộ nghèo; Hội Chữ thập đỏ tỉnh phối hợp.",
            "Tham gia các chiến dịch do Sở Khoa học và Công nghệ phát động.",
            "Xây dựng cổng thông tin của Sở Y tế.",
            "Cơ sở dữ liệu quốc gia được kết nối.",
            "Cấp tài khoản cho công dân.",
        ] {
            assert!(body(text).is_empty(), "{text}: {:?}", body(text));
        }
    }

    #[test]
    fn remarks_and_adverbials_stand_beside_the_lead() {
        for (text, expected) in [
            ("Sở Y tế - cơ quan thường trực Ban Chỉ đạo - tổng hợp báo cáo.", vec!["Sở Y tế"]),
            ("Sở Y tế, cơ quan thường trực Ban Chỉ đạo, tổng hợp báo cáo.", vec!["Sở Y tế"]),
            ("Sở Y tế được phân công là cơ quan chủ trì đôn đốc.", vec!["Sở Y tế"]),
            ("Nhiệm vụ này giao cho Sở Xây dựng.", vec!["Sở Xây dựng"]),
            ("Tổ chức quán triệt Chỉ thị; hoàn thành trong tháng 7 (Sở Nội vụ tham mưu).", vec!["Sở Nội vụ"]),
            ("In 2.000 tờ rơi: Trạm Y tế xã, xong trước 20/5.", vec!["Trạm Y tế xã"]),
            ("Rà soát quy hoạch - Sở Xây dựng chủ trì.", vec!["Sở Xây dựng"]),
            ("Song song với đó, Sở Tài chính phân bổ vốn.", vec!["Sở Tài chính"]),
            ("Về giao ban: định kỳ hằng tháng, Sở Công Thương chuẩn bị nội dung.", vec!["Sở Công Thương"]),
            ("Yêu cầu thủ trưởng các cơ quan, đơn vị kiểm tra.", vec!["thủ trưởng các cơ quan, đơn vị"]),
        ] {
            assert_eq!(body(text), expected, "{text}");
        }
    }

    #[test]
    fn a_closing_paragraph_asks_several() {
        let words = Words::new(
            "Trong quá trình thực hiện nếu có vướng mắc đề nghị các sở, ban, ngành kịp thời phản ánh về Sở Y tế để giải quyết; trường hợp vượt thẩm quyền, Sở Y tế tổng hợp, trình Ủy ban nhân dân tỉnh.",
        );
        let found: Vec<_> =
            all_in_body(Gazetteer::standard(), &words, Kind::Responsibility).into_iter().flat_map(|doers| doers.names).collect();
        assert_eq!(found, ["các sở, ban, ngành", "Sở Y tế"]);
        let asking = Words::new("Trên đây là Kế hoạch, Sở Y tế đề nghị các đơn vị nghiêm túc triển khai thực hiện.");
        let found = all_in_body(Gazetteer::standard(), &asking, Kind::Responsibility);
        assert_eq!(found.into_iter().flat_map(|doers| doers.names).collect::<Vec<_>>(), ["các đơn vị"]);
    }
}
