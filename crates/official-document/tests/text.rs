//! Text files: what the reader finds in documents of many forms.

use official_document::{Document, Field, Part, PartKind, read_text};

fn document(name: &str) -> Document {
    read_text(&source(name))
}

fn source(name: &str) -> String {
    let path = format!("{}/tests/documents/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a document of the tests")
}

fn value(field: Option<&Field>) -> &str {
    field.map_or("", |field| field.value.as_str())
}

/// The part at a path of labels; "#2" is the second child without a label.
#[track_caller]
fn at<'a>(parts: &'a [Part], path: &str) -> &'a Part {
    let mut siblings = parts;
    let mut found = None;
    for step in path.split('/') {
        found = match step.strip_prefix('#') {
            Some(place) => {
                let mut unlabelled = siblings.iter().filter(|part| part.label.is_empty());
                unlabelled.nth(place.parse::<usize>().expect("a place") - 1)
            }
            None => siblings.iter().find(|part| part.label == step),
        };
        siblings = &found.unwrap_or_else(|| panic!("no {step} of {path} among {siblings:#?}")).children;
    }
    found.expect("a path")
}

fn codes(document: &Document) -> Vec<&str> {
    document.warnings.iter().map(|warning| warning.code.as_str()).collect()
}

fn texts(passages: &[official_document::Passage]) -> Vec<&str> {
    passages.iter().map(|passage| passage.text.as_str()).collect()
}

#[test]
fn a_plan_with_two_columns_side_by_side() {
    let plan = document("plan.txt");
    let header = &plan.header;
    assert_eq!(value(header.issuer.as_ref()), "ỦY BAN NHÂN DÂN TỈNH MẪU");
    assert_eq!(value(header.symbol.as_ref()), "07/KH-UBND");
    assert_eq!(value(header.type_code.as_ref()), "KH");
    assert_eq!(value(header.place.as_ref()), "Tỉnh Mẫu");
    let subject = "Truyền thông về an toàn thông tin trong cộng đồng trên địa bàn tỉnh Mẫu năm 2026";
    assert_eq!(value(header.subject.as_ref()), subject);
    assert_eq!(plan.bases.len(), 2);
    assert_eq!(plan.preamble.len(), 1);
    assert_eq!(codes(&plan), Vec::<&str>::new());
}

#[test]
fn lists_in_lists() {
    let plan = document("plan.txt");
    let intro = at(&plan.parts, "III/1/b/#1");
    assert_eq!((intro.marker.as_str(), intro.children.len()), ("-", 2));
    assert_eq!(at(&plan.parts, "III/1/b/#1/#2").kind, PartKind::Plus);
    assert_eq!(at(&plan.parts, "III/1/đ").text, "Đánh giá kết quả hằng quý.  Nhiệm vụ thường xuyên.");
    assert_eq!(at(&plan.parts, "III/2/#1").kind, PartKind::Paragraph);
    assert_eq!(at(&plan.parts, "II/2/#1").marker, "–");
    let closing = at(&plan.parts, "V/#1");
    assert!(closing.text.ends_with("./."), "the closing paragraph hangs on V");
}

#[test]
fn recipients_and_signature_side_by_side() {
    let plan = document("plan.txt");
    assert_eq!(texts(&plan.recipients)[0], "Thường trực Tỉnh ủy (để báo cáo);");
    assert_eq!(plan.recipients.len(), 4);
    let signature = plan.signature.expect("a signature");
    assert_eq!(signature.authority.as_deref(), Some("TM. ỦY BAN NHÂN DÂN TỈNH KT. CHỦ TỊCH"));
    assert_eq!(signature.position.as_deref(), Some("PHÓ CHỦ TỊCH"));
    assert_eq!(signature.name, None);
}

#[test]
fn appendices_with_parts_and_tables() {
    let plan = document("plan.txt");
    let [first, second] = plan.appendices.as_slice() else { panic!("two appendices") };
    assert_eq!((first.label.as_str(), first.title.as_str()), ("PHỤ LỤC I", "DANH MỤC NHIỆM VỤ"));
    let table = first.parts[0].table.as_ref().expect("a table");
    assert_eq!(table.columns, ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]);
    let groups: Vec<bool> = table.rows.iter().map(|row| row.group).collect();
    assert_eq!(groups, [true, false, false, true, false]);
    assert_eq!(table.rows[2].cells[1].text, "Tổ chức lưu động tại chợ, bến xe và các khu dân cư đông người");
    assert_eq!((second.label.as_str(), second.title.as_str()), ("Phụ lục II", "MẪU BÁO CÁO"));
    assert_eq!(at(&second.parts, "I/2").text, "Số người tham gia.");
}

#[test]
fn lines_broken_at_a_width_are_joined() {
    let plan = document("wrapped.txt");
    assert_eq!(value(plan.header.symbol.as_ref()), "173/KH-UBND");
    assert_eq!(plan.header.issued_on, None);
    let aim = &at(&plan.parts, "I/1/#1").text;
    assert!(aim.contains("hướng tới kinh tế - xã hội số trên toàn địa bàn"), "{aim}");
    let torn = &at(&plan.parts, "I/2/#1").text;
    assert!(torn.contains("kỹ năng số cơ bản, biết sử dụng"), "{torn}");
    assert_eq!(at(&plan.parts, "I/2").children.len(), 2);
    let task = &at(&plan.parts, "II/1").text;
    assert!(task.contains("Nghị quyết số 57. Các lớp do"), "{task}");
    assert_eq!(at(&plan.parts, "II").children.len(), 2, "the running title is no part");
    assert_eq!(at(&plan.parts, "III").children.len(), 1);
    assert_eq!(codes(&plan), ["date-missing"]);
}

#[test]
fn a_decision_and_what_it_issues() {
    let decision = document("decision.txt");
    assert_eq!(value(decision.header.issuer.as_ref()), "ỦY BAN NHÂN DÂN TỈNH MẪU");
    assert_eq!(value(decision.header.number.as_ref()), "21");
    assert_eq!(decision.bases.len(), 3);
    assert_eq!(at(&decision.parts, "Điều 2").kind, PartKind::Dieu);
    assert_eq!(decision.parts.len(), 3);
    assert_eq!(decision.signature.and_then(|signature| signature.name).as_deref(), Some("Họ Và Tên"));
    let [rules] = decision.appendices.as_slice() else { panic!("one document issued together") };
    assert_eq!(rules.title, "QUY CHẾ Hoạt động của mạng lưới truyền thông khoa học và công nghệ");
    assert_eq!(at(&rules.parts, "Chương I").text, "QUY ĐỊNH CHUNG");
    assert_eq!(at(&rules.parts, "Chương I/Điều 1/2/b").kind, PartKind::Letter);
    assert_eq!(at(&rules.parts, "Chương I/Điều 2").children.len(), 2);
    assert_eq!(at(&rules.parts, "Chương II/Mục 1").text, "BAN ĐIỀU PHỐI");
    assert_eq!(at(&rules.parts, "Chương II/Mục 2/Điều 4/1.1/1.1.2").text, "Thông tin về tổ chức khoa học.");
}

#[test]
fn quoted_articles_open_no_parts() {
    let decision = document("decision.txt");
    let third = at(&decision.appendices[0].parts, "Chương II/Mục 1/Điều 3");
    assert_eq!(third.children.len(), 3);
    let quoted = &third.children[1].children;
    assert!(quoted.iter().all(|part| part.kind == PartKind::Paragraph));
    assert_eq!(quoted.len(), 3);
}

#[test]
fn a_document_of_the_party() {
    let plan = document("party.txt");
    assert_eq!(value(plan.header.superior.as_ref()), "TỈNH ỦY MẪU");
    assert_eq!(value(plan.header.issuer.as_ref()), "BAN TUYÊN GIÁO VÀ DÂN VẬN");
    assert_eq!(value(plan.header.symbol.as_ref()), "32-KH/BTGDVTU");
    assert_eq!(value(plan.header.type_code.as_ref()), "KH");
    assert_eq!(value(plan.header.subject.as_ref()), "tuyên truyền kỷ niệm Ngày Khoa học và Công nghệ Việt Nam");
    assert_eq!(plan.header.issued_on.map(|day| day.to_string()).as_deref(), Some("2026-04-12"));
    assert_eq!(at(&plan.parts, "Phần thứ nhất/C/I/1").text, "Sở Khoa học và Công nghệ.");
    let press = at(&plan.parts, "Phần thứ hai/2");
    assert_eq!(press.children.iter().map(|part| part.label.as_str()).collect::<Vec<_>>(), ["i", "ii"]);
    assert_eq!(plan.recipients.len(), 3);
    assert_eq!(plan.signature.and_then(|signature| signature.position).as_deref(), Some("TRƯỞNG BAN"));
}

#[test]
fn words_under_the_type_that_are_not_the_subject() {
    let program = read_text(
        "BỘ MẪU\nSố: 640/CTr-BM\nHà Nội, ngày 18 tháng 3 năm 2026\n\nCHƯƠNG TRÌNH HÀNH ĐỘNG\nPhát triển chợ số\n\n\
         I. MỤC TIÊU\n1. 60% chợ có mạng.\n2. 80% chợ có ví.\n",
    );
    assert_eq!(value(program.header.type_name.as_ref()), "Chương trình");
    assert_eq!(value(program.header.subject.as_ref()), "Phát triển chợ số");
    let instruction = read_text(
        "TỈNH ỦY MẪU\nSố 11-CT/TU\nMẫu, ngày 05 tháng 5 năm 2026\n\nCHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\n\
         về phòng, chống lãng phí\n\n1. Tổ chức quán triệt.\n2. Kiểm tra hằng năm.\n",
    );
    assert_eq!(value(instruction.header.subject.as_ref()), "về phòng, chống lãng phí");
}

#[test]
fn a_letter_that_is_still_a_draft() {
    let letter = document("letter.txt");
    assert_eq!(value(letter.header.superior.as_ref()), "UBND TỈNH MẪU");
    assert_eq!(value(letter.header.type_name.as_ref()), "Công văn");
    assert_eq!(letter.header.type_code, None);
    assert_eq!(letter.header.number, None);
    assert_eq!(texts(&letter.addressees), ["Các sở, ban, ngành tỉnh;", "Ủy ban nhân dân các xã, phường."]);
    assert_eq!(letter.preamble.len(), 1);
    assert_eq!(at(&letter.parts, "2").text, "Cử đầu mối liên hệ.");
    assert_eq!(codes(&letter), ["number-missing", "date-missing"]);
}

#[test]
fn a_notice_without_markers() {
    let notice = document("bare.txt");
    assert_eq!(value(notice.header.subject.as_ref()), "Lịch tiếp công dân");
    assert_eq!(notice.preamble.len(), 1);
    assert_eq!(notice.parts.len(), 2);
    assert_eq!(codes(&notice), ["secret-mark", "truncated"]);
}

#[test]
fn a_table_by_tabs() {
    let report = document("table.txt");
    let table = at(&report.parts, "I/1/#1").table.as_ref().expect("a table");
    assert_eq!(table.columns, ["STT", "Nội dung", "Đơn vị thực hiện", "Thời hạn"]);
    assert_eq!(table.rows.len(), 3);
    assert_eq!(table.rows[1].cells[1].text, "Biên soạn tài liệu về kỹ năng số và an toàn thông tin");
    assert_eq!(table.rows[2].cells[3].text, "");
    let cell = &table.rows[0].cells[2];
    assert_eq!(report.words(cell.span), cell.text);
    assert_eq!(at(&report.parts, "II/#1").text, "Đạt yêu cầu./.");
}

#[test]
fn a_file_cut_off_in_the_middle_says_so() {
    let whole = source("plan.txt");
    let cut: String = whole.lines().take(32).flat_map(|line| [line, "\n"]).collect();
    let document = read_text(&cut);
    assert_eq!(codes(&document), ["truncated"]);
    assert_eq!(at(&document.parts, "III/1").label, "1");
}

#[test]
fn a_skipped_letter_is_named() {
    let document = read_text("I. VIỆC\na) Một.\nb) Hai.\nd) Ba.\nđ) Bốn.\ne) Năm.\ng) Sáu./.");
    assert_eq!(codes(&document), ["sequence-gap"]);
    assert!(document.warnings[0].message.contains("thiếu mục c"), "{}", document.warnings[0].message);
}

/// Kind, label and text of every part, in order.
fn shape(document: &Document) -> Vec<(usize, PartKind, String, String)> {
    let parts = document.walk();
    parts.map(|(depth, part)| (depth, part.kind, part.label.clone(), part.text.clone())).collect()
}

#[track_caller]
fn same_after(what: &str, change: impl Fn(&str) -> String) {
    let whole = source("plan.txt");
    let (expected, changed) = (read_text(&whole), read_text(&change(&whole)));
    assert_eq!(shape(&changed), shape(&expected), "{what}");
    assert_eq!(value(changed.header.symbol.as_ref()), "07/KH-UBND", "{what}");
    assert_eq!(changed.recipients.len(), expected.recipients.len(), "{what}");
    assert_eq!(changed.warnings.len(), 0, "{what}: {:?}", changed.warnings);
}

#[test]
fn the_same_document_in_other_clothes() {
    use unicode_normalization::UnicodeNormalization;
    same_after("CRLF", |text| text.replace('\n', "\r\n"));
    same_after("NFD", |text| text.nfd().collect());
    same_after("byte order mark", |text| format!("\u{feff}{text}"));
    same_after("spaces at line ends", |text| text.replace('\n', "  \t \n"));
    same_after("no-break spaces", |text| text.replace(' ', "\u{a0}"));
    same_after("no-break hyphens", |text| text.replace('-', "\u{2011}"));
    same_after("tabs after markers", |text| text.replace(") ", ")\t").replace(". ", ".\t"));
    same_after("indented lines", |text| text.replace('\n', "\n   "));
    same_after("empty lines", |text| text.replace('\n', "\n\n"));
    same_after("a zero-width space", |text| text.replace(", ", ",\u{200b} "));
}

#[test]
fn running_titles_and_page_numbers_are_no_parts() {
    same_after("a running title every 20 lines", |text| {
        let with_title = |(place, line): (usize, &str)| match place {
            20 | 40 | 60 => format!("{line}\nKế hoạch của UBND tỉnh Mẫu\n"),
            _ => format!("{line}\n"),
        };
        text.lines().enumerate().map(with_title).collect()
    });
    same_after("a page number in mid-sentence", |text| text.replace("nhất là người", "nhất là\n2\nngười"));
    same_after("pages", |text| text.replace("II. CHỈ TIÊU", "\u{c}2\n\nII. CHỈ TIÊU"));
}

#[test]
fn a_table_of_which_only_the_spaces_are_left() {
    let document = read_text(
        "KẾ HOẠCH\nThử\n\nI. PHÂN CÔNG\n\n\
         TT   Nội dung                     Chủ trì              Thời gian\n\
         A    XÃ HỘI\n\
         1    Mở lớp cho người trên        Hội Người cao        Tháng 6/2026\n\
         \u{20}    sáu mươi tuổi                tuổi\n\
         2    Công khai lịch tiếp dân                           Hằng tháng\n\n\
         II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng theo dõi.\n",
    );
    let table = document.parts[0].children[0].table.as_ref().expect("a table");
    assert_eq!(table.columns, ["TT", "Nội dung", "Chủ trì", "Thời gian"]);
    let rows: Vec<Vec<&str>> = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
    assert_eq!(rows[1], ["1", "Mở lớp cho người trên sáu mươi tuổi", "Hội Người cao tuổi", "Tháng 6/2026"]);
    assert_eq!(rows[2], ["2", "Công khai lịch tiếp dân", "", "Hằng tháng"]);
    assert!(table.rows[0].group);
    assert_eq!(document.parts[1].label, "II");
}

#[test]
fn a_paragraph_after_a_header_of_columns_is_no_row() {
    let document = read_text(
        "I. PHÂN CÔNG\nTT   Nội dung          Chủ trì           Thời gian\n\
         1. Văn phòng theo dõi việc thực hiện và  báo cáo khi có yêu cầu của cấp trên.\n2. Phòng Kinh tế lập dự toán.\n",
    );
    assert!(document.parts[0].children.iter().all(|part| part.table.is_none()));
}

#[test]
fn rows_that_name_groups_have_fewer_bars() {
    let text = "KẾ HOẠCH\nThử\n\nI. NHIỆM VỤ\nSTT | Nhiệm vụ | Chủ trì | Thời hạn\nA | Thể chế\n\
                1 | Rà soát | Sở Tư pháp | 2026\nB. Tài chính công\n2 | Công khai | Sở Tài chính | 2027\n\
                II. KINH PHÍ\nNgân sách tỉnh.\n";
    let plan = read_text(text);
    let tables: Vec<_> = plan.walk().filter_map(|(_, part)| part.table.clone()).collect();
    let [table] = tables.as_slice() else { panic!("one table, not {}", tables.len()) };
    assert_eq!(table.rows.iter().map(|row| row.group).collect::<Vec<_>>(), [true, false, true, false]);
    assert_eq!(at(&plan.parts, "II").text, "KINH PHÍ");
}
