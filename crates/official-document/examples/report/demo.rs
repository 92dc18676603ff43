//! Documents of "Tỉnh Mẫu", which does not exist. The tests and the bench write them, too.

use chrono::NaiveDate;
use official_document::PartKind::{Dash, Dieu, Letter, Number, Roman};
use official_document::write::{Annex, Block, Draft, Grid, GridRow, HeadCell, Heading, Picture, Run, Signers, Title};

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn all(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn heading(number: u32, symbol: &str, date: Option<NaiveDate>, title: Title) -> Heading {
    Heading {
        superior: Some("Ủy ban nhân dân tỉnh Mẫu".into()),
        issuer: "Sở Khoa học và Công nghệ".into(),
        number: Some(number),
        symbol: symbol.into(),
        place: "Tỉnh Mẫu".into(),
        date,
        title,
        ..Heading::default()
    }
}

/// Bars that grow, with a target.
fn chart() -> Picture {
    let mut bars = String::new();
    for (place, (height, label)) in (0..).zip([(38, "2023"), (52, "2024"), (67, "2025"), (81, "2026")]) {
        let (x, y) = (60 + place * 80, 140 - height);
        bars.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"44\" height=\"{height}\" fill=\"var(--water, #17586a)\"/><text x=\"{}\" y=\"156\" text-anchor=\"middle\">{label}</text><text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#fff\">{height}%</text>",
            x + 22,
            x + 22,
            y + 14
        ));
    }
    Picture {
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 170\" font-family=\"Be Vietnam Pro\" font-size=\"10\">{bars}<path d=\"M40 140H390M40 50H390\" stroke=\"#444\" stroke-dasharray=\"0\"/><text x=\"392\" y=\"46\" text-anchor=\"end\">Chỉ tiêu 90%</text></svg>"
        ),
        alt: "Biểu đồ cột: tỷ lệ cơ quan có kế hoạch truyền thông tăng từ 38% năm 2023 lên 81% năm 2026; chỉ tiêu là 90%.".into(),
        caption: "Biểu đồ 1. Tỷ lệ cơ quan có kế hoạch truyền thông, giai đoạn 2023 - 2026".into(),
        width_mm: 120,
    }
}

/// Tiles in place of communes.
fn map() -> Picture {
    let mut tiles = String::new();
    for place in 0..48 {
        let (x, y) = (10 + place % 12 * 32, 10 + place / 12 * 32);
        let colour = ["#17586a", "#5c93a0", "#a9c8ce", "#e6b9c6"][(place * 7 % 11) % 4];
        tiles.push_str(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"28\" height=\"28\" rx=\"3\" fill=\"{colour}\"/>"));
    }
    Picture {
        svg: format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"144\">{tiles}</svg>"),
        alt: "Bản đồ ô vuông của 48 xã, phường: 13 nơi đạt mức cao nhất, tập trung ở phía bắc.".into(),
        caption: "Hình 1. Mức độ hoàn thành theo xã, phường".into(),
        width_mm: 110,
    }
}

fn targets() -> Grid {
    let mut targets =
        Grid::new("Bảng 1. Kết quả thực hiện các chỉ tiêu", &["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Kết quả", "Đánh giá"]);
    targets.group(&["I", "Chỉ tiêu về thông tin"]);
    targets.row(&["1", "Chuyên mục trên cổng thông tin điện tử", "chuyên mục", "40", "43", "Đạt"]);
    targets.row(&[
        "2",
        "Tin, bài về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
        "tin, bài",
        "1.200",
        "1.358",
        "Đạt",
    ]);
    targets.group(&["II", "Chỉ tiêu về phạm vi"]);
    targets.row(&["3", "Cụm loa truyền thanh phát bản tin hằng tuần", "%", "≥ 90", "81,5", "Chưa đạt"]);
    targets
}

fn body() -> Vec<Block> {
    let link = Run::link("85 cơ quan", "https://lantoa.example/chi-so/ke-hoach?nam=2026");
    vec![
        Block::paragraph(
            "Thực hiện Kế hoạch số 118/KH-UBND ngày 13 tháng 8 năm 2025 của Ủy ban nhân dân tỉnh về truyền thông khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số, Sở Khoa học và Công nghệ báo cáo kết quả như sau:",
        ),
        Block::part(Roman, "I.", "Công tác chỉ đạo, điều hành"),
        Block::part(Number, "1.", "Ban hành văn bản"),
        Block::Part {
            kind: Letter,
            marker: "a)".into(),
            runs: vec![
                Run::text("Có "),
                link,
                Run::text(
                    " ban hành kế hoạch truyền thông của cơ quan mình, bằng 69,7% số cơ quan được giao; 37 cơ quan còn lại chưa ban hành.",
                ),
            ],
        },
        Block::part(Letter, "b)", "Các văn bản chỉ đạo trong kỳ:"),
        Block::part(Dash, "-", "Công văn hướng dẫn xây dựng chuyên mục trên cổng thông tin điện tử của các sở, ban, ngành;"),
        Block::part(Dash, "-", "Thông báo phân công thẩm định báo cáo."),
        Block::part(Number, "2.", "Kiểm tra, đôn đốc"),
        Block::paragraph(
            "Trong kỳ có 02 đợt kiểm tra với 14 cơ quan. Tất cả kiến nghị đều có thời hạn và cơ quan chịu trách nhiệm.",
        ),
        Block::part(Roman, "II.", "Kết quả thực hiện"),
        Block::part(Number, "1.", "Chỉ tiêu"),
        Block::Table(targets()),
        Block::Figure(chart()),
        Block::part(Number, "2.", "Phạm vi đến người dân"),
        Block::Figure(map()),
        Block::paragraph(
            "Số lượt tiếp cận được ghi nhận từ các kênh là khoảng từ 410.000 đến 465.000; không cộng các kênh với nhau vì một người có thể đọc ở nhiều nơi.",
        ),
        Block::part(Roman, "III.", "Kiến nghị"),
        Block::part(Number, "1.", "Đề nghị Ủy ban nhân dân tỉnh giao chỉ tiêu năm 2027 cho từng cơ quan."),
        Block::part(Number, "2.", "Đề nghị Ủy ban nhân dân các xã, phường bố trí người phụ trách truyền thanh cơ sở."),
        Block::paragraph(
            "Trên đây là báo cáo kết quả thực hiện năm 2026, Sở Khoa học và Công nghệ kính báo cáo Ủy ban nhân dân tỉnh.",
        ),
    ]
}

fn annex(rows: usize) -> Grid {
    let wide = |text: &str, columns| HeadCell { columns, ..HeadCell::new(text) };
    let tall = |text: &str| HeadCell { rows: 2, ..HeadCell::new(text) };
    let mut head = vec![tall("TT"), tall("Cơ quan"), wide("Nhiệm vụ", 3), wide("Tin, bài", 2)];
    head.push(tall("Ghi chú"));
    let below = ["Phải nộp", "Đã nộp", "Đúng hạn", "Kế hoạch", "Kết quả"].map(HeadCell::new).to_vec();
    let mut grid = Grid { caption: String::new(), head: vec![head, below], rows: Vec::new() };
    grid.group(&["A", "Sở, ban, ngành"]);
    for place in 1..=rows {
        if place == 21 {
            grid.group(&["B", "Ủy ban nhân dân xã, phường"]);
        }
        let name = if place < 21 {
            format!("Sở Mẫu số {place}")
        } else {
            format!("Ủy ban nhân dân xã Mẫu số {}", place - 20)
        };
        let note = if place % 17 == 0 { "Chưa có báo cáo quý III; đã đôn đốc hai lần" } else { "" };
        let figures = [12, 12 - place % 3, 10 - place % 4, 20, 14 + place * 7 % 19].map(|figure| figure.to_string());
        let mut cells = vec![place.to_string(), name];
        cells.extend(figures);
        cells.push(note.to_owned());
        grid.rows.push(GridRow { cells: cells.iter().map(|text| vec![Run::text(text)]).collect(), group: false });
    }
    grid
}

/// The report of a year with an appendix of so many rows.
pub fn report(rows: usize) -> Draft {
    let with = "Kèm theo Báo cáo số 05/BC-SKHCN ngày 03 tháng 02 năm 2027 của Sở Khoa học và Công nghệ";
    let subject = "Kết quả thực hiện Kế hoạch truyền thông khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số năm 2026";
    Draft {
        heading: Heading {
            contact: "Số 1 đường Mẫu, phường Mẫu, tỉnh Mẫu · Điện thoại: 0277.000.000 · skhcn@mau.example".into(),
            ..heading(5, "BC-SKHCN", day(2027, 2, 3), Title::Named { type_name: "Báo cáo".into(), subject: subject.into() })
        },
        addressees: all(&["Ủy ban nhân dân tỉnh Mẫu"]),
        blocks: body(),
        closing_mark: true,
        recipients: all(&[
            "Như trên",
            "Ban Chỉ đạo tỉnh",
            "Các sở, ban, ngành tỉnh",
            "Ủy ban nhân dân các xã, phường",
            "Giám đốc và các Phó Giám đốc",
        ]),
        archive: "Lưu: VT, CĐS (Ng.)".into(),
        signature: Signers {
            authority: all(&["KT. Giám đốc"]), position: "Phó Giám đốc".into(), name: Some("Họ Và Tên".into())
        },
        appendices: vec![
            Annex {
                label: "Phụ lục I".into(),
                title: "Kết quả theo cơ quan".into(),
                issued_with: with.into(),
                blocks: vec![Block::Table(annex(rows))],
                landscape: true,
            },
            Annex {
                label: "Phụ lục II".into(),
                title: "Những việc còn lại của năm 2026 và cơ quan chịu trách nhiệm giải quyết trong sáu tháng đầu năm 2027"
                    .into(),
                issued_with: with.into(),
                blocks: vec![
                    Block::part(Number, "1.", "Ban hành kế hoạch của cơ quan"),
                    Block::paragraph("37 cơ quan có tên ở Phụ lục I ban hành trước ngày 31 tháng 3 năm 2027."),
                    Block::part(Number, "2.", "Sửa chữa cụm loa"),
                    Block::paragraph("Ủy ban nhân dân các xã có cụm loa hỏng sửa chữa trước mùa mưa."),
                ],
                landscape: false,
            },
        ],
        ..Draft::default()
    }
}

/// A letter to several bodies.
pub fn letter() -> Draft {
    Draft {
        heading: heading(
            112,
            "SKHCN-CĐS",
            day(2026, 11, 20),
            Title::Letter { subject: "báo cáo kết quả thực hiện Kế hoạch truyền thông năm 2026".into() },
        ),
        addressees: all(&["Các sở, ban, ngành tỉnh", "Ủy ban nhân dân các xã, phường"]),
        blocks: vec![
            Block::paragraph(
                "Sở Khoa học và Công nghệ đề nghị các cơ quan báo cáo kết quả thực hiện Kế hoạch số 118/KH-UBND trước ngày 20 tháng 12 năm 2026 với các nội dung sau:",
            ),
            Block::part(Number, "1.", "Số liệu theo biểu mẫu đã được điền sẵn trên hệ thống;"),
            Block::part(Number, "2.", "Khó khăn, vướng mắc và kiến nghị."),
            Block::paragraph("Sau thời hạn trên, cơ quan chưa có báo cáo được nêu tên trong báo cáo của tỉnh."),
        ],
        closing_mark: true,
        recipients: all(&["Như trên", "Ủy ban nhân dân tỉnh (để báo cáo)"]),
        archive: "Lưu: VT, CĐS".into(),
        signature: Signers { position: "Giám đốc".into(), name: Some("Họ Và Tên".into()), ..Signers::default() },
        ..Draft::default()
    }
}

/// A decision of the province.
pub fn decision() -> Draft {
    Draft {
        heading: Heading {
            superior: None,
            issuer: "Ủy ban nhân dân tỉnh Mẫu".into(),
            urgency: Some(official_document::write::Urgency::VeryUrgent),
            ..heading(
                9,
                "QĐ-UBND",
                day(2026, 1, 9),
                Title::Named {
                    type_name: "Quyết định".into(),
                    subject: "Ban hành Bộ tiêu chí đánh giá công tác truyền thông".into(),
                },
            )
        },
        enactment: Some("Chủ tịch Ủy ban nhân dân tỉnh Mẫu".into()),
        bases: all(&[
            "Căn cứ Luật Tổ chức chính quyền địa phương",
            "Căn cứ Kế hoạch số 118/KH-UBND ngày 13 tháng 8 năm 2025 của Ủy ban nhân dân tỉnh Mẫu về truyền thông khoa học, công nghệ",
            "Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ tại Tờ trình số 02/TTr-SKHCN ngày 05 tháng 01 năm 2026",
        ]),
        blocks: vec![
            Block::part(Dieu, "Điều 1.", "Ban hành kèm theo Quyết định này Bộ tiêu chí đánh giá công tác truyền thông."),
            Block::part(Dieu, "Điều 2.", "Quyết định này có hiệu lực kể từ ngày ký."),
            Block::part(
                Dieu,
                "Điều 3.",
                "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở và Chủ tịch Ủy ban nhân dân các xã, phường chịu trách nhiệm thi hành Quyết định này.",
            ),
        ],
        closing_mark: true,
        recipients: all(&["Như Điều 3", "Bộ Khoa học và Công nghệ"]),
        archive: "Lưu: VT, KGVX".into(),
        signature: Signers {
            authority: all(&["KT. Chủ tịch"]), position: "Phó Chủ tịch".into(), name: Some("Họ Và Tên".into())
        },
        ..Draft::default()
    }
}
