//! Written and read again: the same fields, parts, tables, recipients, signature, appendices.

use chrono::NaiveDate;
use official_document::write::{Annex, Block, Draft, Grid, Heading, Run, Signers, Title};
use official_document::{Document, Field, Part, PartKind};
use proptest::prelude::*;

use super::{both, demo};

fn value(field: &Option<Field>) -> Option<String> {
    field.as_ref().map(|field| field.value.clone())
}

fn bare(text: &str) -> String {
    text.trim_end_matches([';', '.', '/']).to_lowercase()
}

/// Kind, marker, words of what stands in a body, and the rows of its tables; capitals are of the form.
fn parts<'a>(parts: impl Iterator<Item = &'a Part>) -> Vec<String> {
    let row =
        |row: &official_document::Row| row.cells.iter().map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join("|");
    let one = |part: &Part| match &part.table {
        Some(table) => {
            let rows: Vec<String> = table.rows.iter().map(row).collect();
            format!("{} {}", table.columns.join("|"), rows.join(" || ")).to_lowercase()
        }
        None => format!("{:?} {} {}", part.kind, part.marker, bare(&part.text)).to_lowercase(),
    };
    parts.map(one).filter(|part| !part.is_empty()).collect()
}

fn blocks(blocks: &[Block]) -> Vec<String> {
    let text = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let mut all = Vec::new();
    for block in blocks {
        let plain = |words: &str| format!("paragraph  {}", bare(words)).to_lowercase();
        match block {
            Block::Part { kind, marker, runs } => all.push(format!("{kind:?} {marker} {}", bare(&text(runs))).to_lowercase()),
            Block::Paragraph(runs) => all.push(plain(&text(runs))),
            Block::Figure(picture) => all.push(plain(&picture.caption)),
            Block::Table(grid) => {
                all.extend((!grid.caption.is_empty()).then(|| plain(&grid.caption)));
                let columns: Vec<&str> = grid.head.last().into_iter().flatten().map(|cell| cell.text.as_str()).collect();
                let row = |row: &official_document::write::GridRow| {
                    let mut cells: Vec<String> = row.cells.iter().map(|cell| text(cell)).collect();
                    cells.resize(columns.len(), String::new());
                    cells.join("|")
                };
                let rows: Vec<String> = grid.rows.iter().map(row).collect();
                all.push(format!("{} {}", columns.join("|"), rows.join(" || ")).to_lowercase());
            }
        }
    }
    all
}

#[track_caller]
fn same(draft: &Draft, document: &Document) {
    let media = document.source.media;
    let heading = &draft.heading;
    let (header, caps) = (&document.header, |text: &str| Some(text.to_uppercase()));
    assert_eq!(value(&header.superior), heading.superior.as_deref().and_then(caps), "{media:?}");
    assert_eq!(value(&header.issuer), caps(&heading.issuer), "{media:?}");
    let number = heading.number.map(|number| format!("{number:02}"));
    assert_eq!(value(&header.symbol), Some(format!("{}/{}", number.clone().unwrap_or_default(), heading.symbol)), "{media:?}");
    assert_eq!(value(&header.number), number, "{media:?}");
    assert_eq!(value(&header.place), Some(heading.place.clone()), "{media:?}: {}", document.text);
    assert_eq!(header.issued_on, heading.date, "{media:?}");
    let (type_name, subject) = match &heading.title {
        Title::Named { type_name, subject } => (type_name.as_str(), subject),
        Title::Letter { subject } => ("Công văn", subject),
    };
    assert_eq!(value(&header.type_name).as_deref(), Some(type_name), "{media:?}");
    assert_eq!(value(&header.subject).as_ref(), Some(subject), "{media:?}");
    let texts = |passages: &[official_document::Passage]| passages.iter().map(|passage| bare(&passage.text)).collect::<Vec<_>>();
    let given = |all: &[String]| all.iter().map(|one| bare(one)).collect::<Vec<_>>();
    assert_eq!(texts(&document.addressees), given(&draft.addressees), "{media:?}");
    assert_eq!(texts(&document.bases), given(&draft.bases), "{media:?}");
    let recipients: Vec<String> =
        draft.recipients.iter().chain((!draft.archive.is_empty()).then_some(&draft.archive)).cloned().collect();
    assert_eq!(texts(&document.recipients), given(&recipients), "{media:?}");
    let signature = document.signature.clone().unwrap_or_default();
    let authority = draft.signature.authority.join(" ").to_uppercase();
    assert_eq!(signature.authority.unwrap_or_default(), authority, "{media:?}");
    assert_eq!(signature.position, caps(&draft.signature.position).filter(|post| !post.is_empty()), "{media:?}");
    assert_eq!(signature.name, draft.signature.name, "{media:?}");
    let mut body: Vec<String> = document.preamble.iter().map(|one| format!("paragraph  {}", bare(&one.text))).collect();
    body.retain(|one| {
        !draft.enactment.as_ref().is_some_and(|who| one.ends_with(&who.to_lowercase())) && !one.ends_with("quyết định:")
    });
    body.extend(parts(document.parts.iter().flat_map(|part| part.walk().map(|(_, part)| part))));
    assert_eq!(body, blocks(&draft.blocks), "{media:?}: {}", document.text);
    assert_eq!(document.appendices.len(), draft.appendices.len(), "{media:?}");
    for (found, given) in document.appendices.iter().zip(&draft.appendices) {
        assert_eq!((&found.label, &found.title), (&given.label, &given.title.to_uppercase()), "{media:?}");
        let body = parts(found.parts.iter().flat_map(|part| part.walk().map(|(_, part)| part)));
        assert_eq!(body, blocks(&given.blocks), "{media:?}: {}", document.text);
    }
}

#[test]
fn what_is_written_is_read_without_loss() {
    for mut draft in [demo::report(122), demo::letter(), demo::decision()] {
        if let Some(annex) = draft.appendices.first().cloned() {
            // Two rows of heads are one name a column, as the reader says it.
            let names = [
                "TT",
                "Cơ quan",
                "Nhiệm vụ / Phải nộp",
                "Nhiệm vụ / Đã nộp",
                "Nhiệm vụ / Đúng hạn",
                "Tin, bài / Kế hoạch",
                "Tin, bài / Kết quả",
                "Ghi chú",
            ];
            for document in both(&Draft { appendices: vec![annex], ..draft.clone() }) {
                let read = document.appendices[0].parts[0].table.as_ref().expect("a table");
                assert_eq!(read.columns, names);
                assert_eq!(read.rows.len(), 124, "{:?}", document.source.media);
                assert_eq!(read.rows.iter().filter(|row| row.group).count(), 2);
            }
            draft.appendices[0].blocks = Vec::new();
        }
        both(&draft).iter().for_each(|document| same(&draft, document));
    }
}

/// What a letter is about may take more lines than the other column has.
#[test]
fn a_letter_about_much() {
    let subject = "việc tại xã ẵ ậ ỹ ẵ ậ ỹ ẵ ậ ỹ 5 < 7 & 8 bản tin bản tin “đổi mới” đường dây hằng tuần cho nhân dân ẵ ậ ỹ bản tin 5 < 7 & 8 cho nhân dân 5 < 7 & 8 chuyên mục";
    let mut draft = demo::letter();
    draft.heading.title = Title::Letter { subject: subject.into() };
    both(&draft).iter().for_each(|document| same(&draft, document));
}

/// The last basis may fill its line to the end: then the next paragraph looks as if it went on.
#[test]
fn a_basis_that_fills_its_line() {
    let words = "Căn cứ việc chuyên mục chuyên mục “đổi mới” chuyên mục bản tin hằng tuần";
    for further in ["", " đó", " này", " ở xã", " ở tỉnh", " ở đô thị", " ở cơ quan"] {
        let mut draft = demo::letter();
        draft.bases = vec!["Căn cứ việc chung".into(), format!("{words}{further}")];
        draft.blocks.insert(0, Block::paragraph("Thực hiện kế hoạch, cơ quan báo cáo kết quả như sau:"));
        both(&draft).iter().for_each(|document| same(&draft, document));
    }
}

/// Some words of a sentence; none of them means anything to the reader.
fn sentence() -> impl Strategy<Value = String> {
    sentence_of(30)
}

fn sentence_of(most: usize) -> impl Strategy<Value = String> {
    let words = [
        "xây dựng",
        "chuyên mục",
        "bản tin",
        "cho nhân dân",
        "hằng tuần",
        "tại xã",
        "“đổi mới”",
        "đường dây",
        "5 < 7 & 8",
        "ẵ ậ ỹ",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 2..most).prop_map(|words| format!("Việc {}.", words.join(" ")))
}

/// Lines of a subject go on small: of a PDF the reader does not know what is bold, and takes a line that begins otherwise for
/// the first of what follows.
fn subject() -> impl Strategy<Value = String> {
    sentence_of(16).prop_map(|words| words.replace(" 5 < 7 & 8", " và").replace(['“', '”'], ""))
}

fn title() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["Kết quả chung", "Tình hình thực hiện trong năm", "Công việc còn lại của các cơ quan được giao"])
        .prop_map(str::to_owned)
}

fn grid() -> impl Strategy<Value = Block> {
    let row = (sentence(), 0u32..100_000, sentence());
    prop::collection::vec(row, 1..9).prop_map(|rows| {
        let mut grid = Grid::new("", &["TT", "Nội dung", "Số lượng", "Ghi chú"]);
        for (place, (what, count, note)) in (1..).zip(rows) {
            grid.row(&[&place.to_string(), &what, &count.to_string(), &note]);
        }
        Block::Table(grid)
    })
}

/// Sections with what may stand in them, marked in order.
fn body() -> impl Strategy<Value = Vec<Block>> {
    let letters = prop::collection::vec((sentence(), prop::collection::vec(sentence(), 0..3)), 1..5);
    let section = (title(), sentence(), letters, prop::option::of(grid()));
    prop::collection::vec(section, 1..5).prop_map(|sections| {
        let mut blocks = vec![Block::paragraph("Thực hiện kế hoạch, cơ quan báo cáo kết quả như sau:")];
        for (section, (title, lead, letters, grid)) in sections.into_iter().enumerate() {
            blocks.push(Block::part(PartKind::Roman, ["I.", "II.", "III.", "IV."][section], &title));
            blocks.push(Block::paragraph(&lead));
            blocks.extend(grid);
            for (place, (text, dashes)) in letters.into_iter().enumerate() {
                blocks.push(Block::part(PartKind::Number, &format!("{}.", place + 1), &text));
                blocks.extend(dashes.iter().map(|dash| Block::part(PartKind::Dash, "-", dash)));
            }
        }
        blocks
    })
}

fn draft() -> impl Strategy<Value = Draft> {
    let heading = (1u32..400, 1u32..=12, 1u32..=28, prop::bool::ANY, subject());
    let lists = (prop::collection::vec(sentence(), 0..4), 0usize..3, prop::collection::vec(sentence(), 1..4));
    (heading, lists, body(), prop::option::of(body())).prop_map(
        |((number, month, day, is_letter, subject), (bases, bodies, recipients), blocks, annex)| {
            let subject = subject.trim_end_matches('.').to_owned();
            let title = if is_letter {
                Title::Letter { subject: subject.replacen('V', "v", 1) }
            } else {
                Title::Named { type_name: "Báo cáo".into(), subject }
            };
            let list = |all: Vec<String>| all.into_iter().map(|one| one.trim_end_matches('.').to_owned()).collect::<Vec<_>>();
            Draft {
                heading: Heading {
                    superior: Some("Ủy ban nhân dân tỉnh Mẫu".into()),
                    issuer: "Văn phòng Ban Chỉ đạo về đổi mới sáng tạo".into(),
                    number: Some(number),
                    symbol: if is_letter { "VPBCĐ-TH".into() } else { "BC-VPBCĐ".into() },
                    place: "Tỉnh Mẫu".into(),
                    date: NaiveDate::from_ymd_opt(2026, month, day),
                    title,
                    ..Heading::default()
                },
                addressees: (0..bodies).map(|place| format!("Sở Mẫu số {place}")).collect(),
                bases: list(bases).into_iter().map(|basis| format!("Căn cứ {basis}")).collect(),
                blocks,
                closing_mark: true,
                recipients: list(recipients),
                archive: "Lưu: VT".into(),
                signature: Signers {
                    authority: vec!["KT. Chánh Văn phòng".into()],
                    position: "Phó Chánh Văn phòng".into(),
                    name: Some("Họ Và Tên".into()),
                },
                appendices: annex
                    .map(|blocks| Annex {
                        label: "Phụ lục".into(),
                        title: "Danh mục việc".into(),
                        issued_with: "Kèm theo Báo cáo số 1".into(),
                        blocks: blocks[1..].to_vec(),
                        landscape: false,
                    })
                    .into_iter()
                    .collect(),
                ..Draft::default()
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_draft_is_read_without_loss(draft in draft()) {
        both(&draft).iter().for_each(|document| same(&draft, document));
    }
}
