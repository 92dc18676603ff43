//! Bodies told by the list they stand in: where headings name bodies one after the other, one of a kind nobody knows is a
//! body too ("5. Các khối dân cư").

use official_document::Part;

use super::gazetteer::Gazetteer;
use super::parties::{Manner, list_at, whole_list};
use super::roles::{Evidence, doers_at};
use super::sections::announced;
use super::words::{Phrases, Shape, Words, phrases};

/// The words of such a heading at most.
const HEADING_MAX: usize = 24;
/// The words before the verb of a sentence at most.
const SUBJECT_MAX: usize = 12;
/// The sentences with a body as subject that make a list of them.
const SUBJECTS_MIN: usize = 3;
/// The parts with the name of a body that make a list of them.
const LISTED_MIN: usize = 2;

/// Enough of the parts are headed by bodies and nothing else.
pub(super) fn are_bodies(gazetteer: &Gazetteer, parts: &[Part]) -> bool {
    let titled = |part: &&Part| title(part).is_some();
    let named = |part: &&Part| title(part).is_some_and(|title| is_body(gazetteer, &Words::new(title)));
    let named = parts.iter().filter(named).count();
    named >= LISTED_MIN && named * 2 >= parts.iter().filter(titled).count()
}

/// The words that head a part: all of them above other parts, those before the colon of a sentence.
pub(super) fn title(part: &Part) -> Option<&str> {
    let whole = !part.children.is_empty() && !part.text.trim_end().ends_with(['.', ';']);
    let title =
        if whole { Some(part.text.trim_end().trim_end_matches(':')) } else { part.text.split_once(':').map(|(title, _)| title) };
    title.filter(|title| !title.is_empty() && title.split_whitespace().count() <= HEADING_MAX)
}

/// Most of the parts are sentences about what a body does.
pub(super) fn are_subjects(gazetteer: &Gazetteer, parts: &[Part]) -> bool {
    let acts = |part: &&Part| {
        let words = Words::head(&part.text);
        doers_at(gazetteer, &words, 0).is_some_and(|doers| doers.acts && !doers.weak && doers.evidence >= Evidence::Verb)
    };
    let leaves = || parts.iter().filter(|part| part.children.is_empty());
    let acting = leaves().filter(acts).count();
    acting >= SUBJECTS_MIN && acting * 2 > leaves().count()
}

/// "Người chăn nuôi | khai báo …": in a list of such sentences the token after what stands before the first verb.
pub(super) fn subject_end(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<usize> {
    let thing = phrases!(
        "công tác|việc|kinh phí|nguồn|hệ thống|nội dung|các nội dung|tỉ lệ|số|thời gian|kết quả|chế độ|trường hợp|mọi|không|chỉ|\
         định|hằng|hàng|trong|trên|từ|đến|khi|nếu|đối với|về|theo|căn cứ|các nhiệm vụ|nhiệm vụ|các dự án|dự án|các trường hợp|quá trình"
    );
    if words.shape(0) != Some(Shape::Title) || words.any(0, thing).is_some() || gazetteer.verbs.has(words, 0) {
        return None;
    }
    let second =
        |at: usize| gazetteer.compounds.has(words, at - 1) && gazetteer.verbs.at(words, at).is_some_and(|(len, ())| len == 1);
    let ends = |at: usize| !second(at) && (gazetteer.verbs.has(words, at) || gazetteer.roles.has(words, at));
    let end = (1..SUBJECT_MAX).find(|at| ends(*at) || gazetteer.stops.has(words, *at))?;
    let inside = |at: usize| words.shape(at) != Some(Shape::Sign) || words.key(at) == ",";
    let fits = end > 1 && ends(end) && (0..end).all(inside) && words.key(end - 1) != ",";
    fits.then_some(end)
}

fn is_body(gazetteer: &Gazetteer, words: &Words<'_>) -> bool {
    let asked = words.any(0, phrases!("đề nghị|giao|yêu cầu|đối với|trách nhiệm của|nhiệm vụ của")).unwrap_or(0);
    list_at(gazetteer, words, asked, Manner::Subject).is_some_and(|list| list.end >= words.len())
}

/// The bodies a heading in such a list names, when the rules for names do not see them to the end.
pub(super) fn body_of(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Vec<String>> {
    let no_body = phrases!(
        "công tác|về|kinh phí|nguồn|chế độ|khen thưởng|thời gian|nội dung|nhiệm vụ|giải pháp|một số|việc|thông tin|truyền thông|\
         kiểm tra|giám sát|sơ kết|tổng kết|các nội dung|các nhiệm vụ|các giải pháp|hằng|định kì|trong|trên|từ|đến|năm|giai đoạn|\
         tổ chức thực hiện|lộ trình|tiến độ|kế hoạch|chương trình|đối tượng|phạm vi|phân công|ban hành|quá trình|căn cứ|trước|sau"
    );
    let plain = |at: usize| words.shape(at) != Some(Shape::Sign) || words.is(at, &[",", "-", ";"]);
    let asked = words.any(0, phrases!("đề nghị|giao|yêu cầu|đối với|trách nhiệm của|nhiệm vụ của")).unwrap_or(0);
    let first = list_at(gazetteer, words, asked, Manner::Subject).map_or(asked, |list| list.end);
    let rest = (first..words.len()).all(|at| plain(at) && !gazetteer.roles.has(words, at));
    let acts = gazetteer.verbs.has(words, first) || first == asked && announced(gazetteer, words, None).is_some();
    let fits = first < words.len() && rest && !acts && words.any(asked, no_body).is_none() && words.len() <= HEADING_MAX;
    let open = words.is(words.len().saturating_sub(1), &[":", "."]);
    (fits && !open && !words.all_caps())
        .then(|| whole_list(gazetteer, words.slice(asked, words.len())))
        .filter(|names| !names.is_empty())
}

#[cfg(test)]
mod tests {
    use official_document::read_text;

    use super::super::{Gazetteer, recognise};

    fn leads(body: &str) -> Vec<Vec<String>> {
        let text = format!("KẾ HOẠCH\nThử\nI. TỔ CHỨC THỰC HIỆN\n{body}");
        recognise(&read_text(&text), Gazetteer::standard()).provisions.into_iter().map(|one| one.leads).collect()
    }

    #[test]
    fn a_heading_among_bodies_is_a_body() {
        let found = leads(
            "1. Sở Y tế\n- Mở lớp.\n2. Công an tỉnh\n- Tuần tra.\n3. Vùng 4 Hải quân, ngư dân ven biển\n- Báo tin.\n\
             4. Công tác khen thưởng\n- Khen tập thể.\n",
        );
        assert_eq!(found, [vec!["Sở Y tế"], vec!["Công an tỉnh"], vec!["Vùng 4 Hải quân", "ngư dân ven biển"], vec![]]);
        let found = leads("1. Sở Y tế: Mở lớp.\n2. Công an tỉnh: Tuần tra.\n3. Phụ huynh học sinh: Ký cam kết.\n");
        assert_eq!(found[2], ["Phụ huynh học sinh"]);
    }

    #[test]
    fn a_sentence_among_those_of_bodies_has_its_subject() {
        let found = leads(
            "1. Sở Y tế mở lớp.\n2. Công an tỉnh tuần tra.\n3. Sở Nội vụ rà soát.\n4. Người chăn nuôi khai báo dịch bệnh.\n\
             5. Công tác tuyên truyền được đẩy mạnh.\n",
        );
        assert_eq!(found[3], ["Người chăn nuôi"]);
        assert!(found[4].is_empty());
    }
}
