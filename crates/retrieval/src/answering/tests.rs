//! What is quoted, what is refused, and that quotes are the text.

use proptest::prelude::*;

use super::*;
use crate::document::Passage;
use crate::index::Change;

fn index(documents: &[(&str, &str, &str)]) -> Index {
    let index = Index::in_memory().expect("an index");
    let put = |(id, title, text): &(&str, &str, &str)| {
        let passages = vec![Passage { text: (*text).to_owned(), ..Passage::default() }];
        Change::Put(Document { id: (*id).to_owned(), title: (*title).to_owned(), passages, ..Document::default() })
    };
    index.write(&documents.iter().map(put).collect::<Vec<_>>(), "1").expect("written");
    index
}

const DOCUMENTS: [(&str, &str, &str); 4] = [
    (
        "a",
        "Thủ tục cấp thẻ thư viện",
        "Thẻ thư viện cấp miễn phí cho học sinh. Thời hạn giải quyết là 3 ngày làm việc. Hồ sơ gồm:\na) Đơn đề nghị;\nb) Ảnh cỡ 3 x 4.",
    ),
    ("b", "Lịch phun thuốc muỗi", "Trạm y tế phun thuốc vào sáng thứ bảy. Người dân đậy kín nước ăn."),
    (
        "c",
        "Kế hoạch 12/KH-UBND về chuyển đổi số",
        "Sở Khoa học và Công nghệ chủ trì tổng hợp báo cáo. Hạn gửi trước ngày 20 tháng 6.",
    ),
    ("d", "Chợ nổi", "Chợ nổi họp từ sáng sớm. Ghe bán trái cây, rau và bún."),
];

fn ask(index: &Index, question: &str) -> Reply {
    index.reply(&Asked { question, quotes: 3, ..Asked::default() }, &Calibration::default()).expect("a reply")
}

#[test]
fn a_sentence_answers_with_its_lead_and_byte_for_byte() {
    let index = index(&DOCUMENTS);
    assert_eq!(ask(&index, "Cấp thẻ thư viện trong bao nhiêu ngày?").quotes[0].text(), "Thời hạn giải quyết là 3 ngày làm việc.");
    let items = ask(&index, "hồ sơ cấp thẻ cần ảnh cỡ nào");
    assert_eq!((items.quotes[0].text(), items.quotes[0].lead_text()), ("b) Ảnh cỡ 3 x 4.", Some("Hồ sơ gồm:")));
    let who = ask(&index, "ai chu tri tong hop bao cao");
    assert_eq!(who.quotes[0].text(), "Sở Khoa học và Công nghệ chủ trì tổng hợp báo cáo.");
    assert!(who.confidence > ask(&index, "giá vàng hôm nay ở Luân Đôn").confidence);
}

#[test]
fn a_number_that_stands_nowhere_is_refused_by_its_name() {
    let index = index(&DOCUMENTS);
    let reply = ask(&index, "Kế hoạch 999/KH-UBND nói gì về chuyển đổi số?");
    assert_eq!((reply.standing, reply.unknown_numbers.as_slice()), (Standing::Refused, &["999/KH-UBND".to_owned()][..]));
    assert!(ask(&index, "").quotes.is_empty() && ask(&index, "😀😀").near.is_empty());
}

#[test]
fn the_end_of_a_long_document_is_read_and_what_points_back_is_quoted_whole() {
    let filler = "Các xã, phường tuyên truyền thường xuyên trên hệ thống truyền thanh cơ sở của địa phương. ".repeat(3_000);
    let told = "Bến phà Mương Lớn dừng chạy khi có giông. Việc này do trưởng bến quyết định.";
    let index = index(&[("long", "Nội quy", &format!("{filler}{told}"))]);
    let reply = ask(&index, "Trưởng bến quyết định việc gì?");
    assert!(reply.quotes.iter().any(|quote| quote.text() == told), "{:?}", reply.quotes.first().map(Quote::text));
}

#[test]
fn a_document_that_is_hidden_answers_nothing_and_facets_hold() {
    let index = index(&DOCUMENTS);
    let asked = Asked { question: "Thẻ thư viện cấp trong bao nhiêu ngày?", quotes: 3, ..Asked::default() };
    let ids = |reply: Reply| reply.quotes.into_iter().map(|quote| quote.document.id).collect::<Vec<_>>();
    let own = Calibration::default();
    assert!(ids(index.reply(&asked, &own).expect("a reply")).contains(&"a".to_owned()));
    assert!(!ids(index.reply_without(&asked, &own, &["a"]).expect("a reply")).contains(&"a".to_owned()));
    let narrow = Asked { facets: vec![("kind", vec!["none"])], ..asked };
    assert!(ids(index.reply(&narrow, &own).expect("a reply")).is_empty());
}

#[test]
fn an_index_is_asked_for_weights_of_its_own() {
    const WORDS: [&str; 6] = ["lúa", "xoài", "cầu", "trường", "chợ", "bến"];
    let text = |at: usize| (format!("d{at}"), format!("Công trình {} số {at} xong ngày {} tháng 6.", WORDS[at % 6], at % 28 + 1));
    let texts: Vec<(String, String)> = (10..60).map(text).collect();
    let index = index(&texts.iter().map(|(id, text)| (id.as_str(), "Tin", text.as_str())).collect::<Vec<_>>());
    let ask = |at: usize| (format!("Công trình {} số {at} xong khi nào?", WORDS[at % 6]), format!("d{at}"));
    let questions: Vec<(String, String)> = (10..60).map(ask).collect();
    let fitted = Calibration::of_index(&index, &questions, 0.9).expect("asked").expect("enough questions");
    let standing = |without: &[&str]| {
        let asked = Asked { question: &questions[7].0, quotes: 1, ..Asked::default() };
        index.reply_without(&asked, &fitted, without).expect("a reply").standing
    };
    assert_eq!((standing(&[]), standing(&["d17"])), (Standing::Answered, Standing::Refused), "{fitted:?}");
    assert_eq!(Calibration::of_index(&index, &questions[..5], 0.9).expect("asked"), None);
}

#[test]
fn two_rankings_are_one() {
    let ids = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(fuse(&ids("a b c"), &ids("b d a")), ids("b a d c"));
}

proptest! {
    #[test]
    fn quotes_are_the_text(text in "[a-zà-ỹ0-9 .;:?\n()-]{0,300}", question in "[a-zà-ỹ ]{1,40}") {
        let index = index(&[("x", "Đề", &text)]);
        for quote in ask(&index, &question).quotes {
            prop_assert!(text.contains(quote.text()) && !quote.text().is_empty());
            prop_assert_eq!(&text[quote.span.clone()], quote.text());
            for mark in &quote.marks {
                prop_assert!(quote.span.start <= mark.start && mark.end <= quote.span.end && text.get(mark.clone()).is_some());
            }
        }
    }
}
