use proptest::prelude::*;

use super::*;

fn of(text: &str) -> Script {
    script(&[Block::paragraph(text)], &Lexicon::built_in(), &Manner { breath_syllables_max: 200, ..Manner::default() })
}

fn said(text: &str) -> String {
    of(text).text()
}

fn whys(text: &str) -> Vec<Why> {
    of(text).doubts.into_iter().map(|doubt| doubt.why).collect()
}

#[test]
fn what_is_known_is_said_without_a_doubt() {
    for (text, expected) in [
        ("Sở KH&CN và HĐND, UBND xã", "Sở khoa học và công nghệ và hội đồng nhân dân, ủy ban nhân dân xã."),
        (
            "thực hiện NQ57 về KHCN, ĐMST & CĐS",
            "Thực hiện nghị quyết năm mươi bảy về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số.",
        ),
        ("Nghị quyết số 57-NQ/TW", "Nghị quyết số năm mươi bảy của Trung ương."),
        ("theo 57-NQ/TW", "Theo nghị quyết số năm mươi bảy của Trung ương."),
        ("Kế hoạch 118/KH-UBND", "Kế hoạch số một trăm mười tám của Ủy ban nhân dân."),
        (
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
            "Nghị quyết số năm mươi bảy ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi tư của Bộ Chính trị.",
        ),
        ("Luật số 91/2025/QH15", "Luật số chín mươi mốt năm hai nghìn không trăm hai mươi lăm của Quốc hội khóa mười lăm."),
        ("đạt 1.234,5 tỷ đồng, tăng 5%", "Đạt một nghìn hai trăm ba mươi tư phẩy năm tỷ đồng, tăng năm phần trăm."),
        ("500.000đ cho 21 hộ", "Năm trăm nghìn đồng cho hai mươi mốt hộ."),
        ("ngày 5 tháng 4 năm 2026", "Ngày mùng năm tháng tư năm hai nghìn không trăm hai mươi sáu."),
        ("ngày 15/10/2026", "Ngày mười lăm tháng mười năm hai nghìn không trăm hai mươi sáu."),
        ("từ ngày 10-15/6", "Từ ngày mười đến ngày mười lăm tháng sáu."),
        ("Ngày Chuyển đổi số 10/10", "Ngày Chuyển đổi số ngày mùng mười tháng mười."),
        ("quý II/2026, quý IV", "Quý hai năm hai nghìn không trăm hai mươi sáu, quý tư."),
        ("tháng 4/2026", "Tháng tư năm hai nghìn không trăm hai mươi sáu."),
        ("giai đoạn 2025-2030", "Giai đoạn hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm ba mươi."),
        ("lúc 07:30 và 17h00", "Lúc bảy giờ ba mươi phút và mười bảy giờ."),
        ("Tổng đài 1022", "Tổng đài một không hai hai."),
        ("gọi 0277 3851 022", "Gọi không hai bảy bảy, ba tám năm một, không hai hai."),
        ("15/20 xã, 100/102 phường", "Mười lăm trên hai mươi xã, một trăm trên một trăm linh hai phường."),
        ("nhiệt độ -5°C, 12 tấn/ha", "Nhiệt độ âm năm độ xê, mười hai tấn trên héc ta."),
        ("rộng 3 m2, dài 5km", "Rộng ba mét vuông, dài năm ki lô mét."),
        ("Đại hội XIV", "Đại hội mười bốn."),
        ("Quốc lộ 1A", "Quốc lộ một a."),
        ("TP. Cao Lãnh, v.v.", "Thành phố Cao Lãnh, vân vân."),
        ("1. Tình hình", "Một, Tình hình."),
        ("- Ấp Bình An", "Ấp Bình An."),
        ("KẾ HOẠCH TRUYỀN THÔNG VỀ CĐS", "Kế hoạch truyền thông về chuyển đổi số."),
        ("Bà con chú ý! Mưa to? Có.", "Bà con chú ý! Mưa to? Có."),
        ("mua \u{201C}Vé\u{201D} (giá rẻ)", "Mua Vé, giá rẻ."),
    ] {
        let made = of(text);
        assert_eq!(made.text(), expected, "{text}");
        assert_eq!(made.doubts, [], "{text}");
    }
}

#[test]
fn what_was_guessed_is_told() {
    let one = |text: &str| {
        let made = of(text);
        assert_eq!(made.doubts.len(), 1, "{text}: {:?}", made.doubts);
        let doubt = made.doubts[0].clone();
        assert_eq!(&text[doubt.span.clone()], doubt.written);
        (doubt.written, doubt.said, doubt.why)
    };
    let ambiguous = one("CT xã dự họp");
    assert_eq!((ambiguous.0.as_str(), ambiguous.1.as_str()), ("CT", "chủ tịch"));
    assert!(matches!(ambiguous.2, Why::Ambiguous(meanings) if meanings.len() > 1));
    assert_eq!(one("dùng XYZ để làm"), ("XYZ".into(), "ích i dài dét".into(), Why::Spelled));
    assert_eq!(one("nền tảng blockchain mới"), ("blockchain".into(), "blockchain".into(), Why::Foreign));
    assert_eq!(one("giá 1,234 đồng").2, Why::Number);
    assert_eq!(one("bản 2.5 mới").1, "hai chấm năm");
    assert_eq!(one("chiếm 3/4 dân số").1, "ba trên bốn");
    assert_eq!(one("tỷ số 1:10"), ("1:10".into(), "một giờ mười phút".into(), Why::Time));
    assert_eq!(one("khu II mới").2, Why::Roman);
    assert_eq!(one("12/QĐ-XYZW").2, Why::DocumentNumber);
    assert_eq!(
        one("xem https://dongthap.gov.vn/tin?id=1."),
        ("https://dongthap.gov.vn/tin?id=1".into(), String::new(), Why::Address)
    );
    assert_eq!(one("vui quá 🎉").2, Why::Sign);
    assert_eq!(one("họp BAN an").2, Why::Capitals);
}

#[test]
fn addresses_are_spelled_when_asked_for() {
    let manner = Manner { addresses_said: true, breath_syllables_max: 100, ..Manner::default() };
    let made = script(&[Block::paragraph("gửi a-b@x1.vn")], &Lexicon::built_in(), &manner);
    assert_eq!(made.text(), "Gửi a gạch ngang bê a còng ích một chấm vê nờ.");
    assert_eq!(made.doubts[0].why, Why::Address);
}

#[test]
fn the_south_is_heard() {
    let manner = Manner { southern: true, ..Manner::default() };
    let made = script(&[Block::paragraph("1.005 hộ năm 2005 và ngày 5/6/2005")], &Lexicon::built_in(), &manner);
    assert!(!made.text().contains("nghìn") && !made.text().contains("linh"), "{}", made.text());
    assert!(made.text().contains("Một ngàn không trăm lẻ năm hộ"));
}

#[test]
fn a_caller_s_word_goes_before_everything() {
    let own = Entry { written: "57-NQ/TW".into(), said: "nghị quyết năm bảy".into(), any_case: false, unit: false };
    let lexicon = Lexicon::built_in().with([own]);
    let made = script(&[Block::paragraph("Theo 57-NQ/TW.")], &lexicon, &Manner::default());
    assert_eq!(made.text(), "Theo nghị quyết năm bảy.");
}

#[test]
fn doubts_point_into_decomposed_text() {
    let source = "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t, ne\u{302}\u{300}n blockchain";
    let made = script(&[Block::paragraph("a"), Block::paragraph(source)], &Lexicon::built_in(), &Manner::default());
    assert_eq!(made.doubts.len(), 1);
    assert_eq!((made.doubts[0].block, &source[made.doubts[0].span.clone()]), (1, "blockchain"));
}

#[test]
fn breaths_are_short_and_lose_no_word() {
    let text = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và địa phương tổ chức tuyên truyền sâu rộng tới người dân về \
                chuyển đổi số trong sản xuất nông nghiệp để nâng cao thu nhập. Bà con đến nhà văn hóa.";
    let manner = Manner { breath_syllables_max: 12, ..Manner::default() };
    let made = script(&[Block::paragraph(text)], &Lexicon::built_in(), &manner);
    let words =
        |text: &str| text.to_lowercase().replace([',', '.'], "").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&made.text()), words(text));
    assert!(made.breaths.len() >= 4 && made.breaths.iter().all(|breath| breath.syllables <= 12), "{:?}", made.breaths);
    let syllables: u64 = made.breaths.iter().map(|breath| u64::from(breath.syllables)).sum();
    let pauses: u64 = made.breaths.iter().map(|breath| u64::from(breath.pause_ms)).sum();
    let expected = syllables * 60_000 / 220 + pauses;
    assert!(expected - made.duration_ms < made.breaths.len() as u64);
}

#[test]
fn a_number_is_not_torn_from_what_it_counts() {
    let made = |text: &str| script(&[Block::paragraph(text)], &Lexicon::built_in(), &Manner::default());
    let day = made("UBND xã họp ngày 5/6/2026.");
    let breaths: Vec<&str> = day.breaths.iter().map(|breath| breath.text.as_str()).collect();
    assert_eq!(breaths, ["Ủy ban nhân dân xã họp,", "ngày mùng năm tháng sáu năm hai nghìn không trăm hai mươi sáu."]);
}

#[test]
fn tables_are_left_out_and_told() {
    let blocks = blocks_of_html("<p>Trước</p><table><tr><td>Xã</td><td>5</td></tr></table>");
    let made = script(&blocks, &Lexicon::built_in(), &Manner::default());
    assert_eq!((made.text().as_str(), made.doubts[0].why.clone()), ("Trước.", Why::Table));
    let aloud = script(&blocks, &Lexicon::built_in(), &Manner { tables_said: true, ..Manner::default() });
    assert_eq!(aloud.text(), "Trước.\nXã, năm.");
}

#[test]
fn a_sentence_ends_where_it_ends() {
    assert_eq!(of("Đạt 5.000. Tốt").breaths.len(), 2);
    assert_eq!(whys("Đạt 5.000. Tốt"), []);
    assert_eq!(said("…"), "");
}

proptest! {
    #[test]
    fn no_text_is_too_much(text in "([0-9]{1,4}|[/.,:%-]| |KH|UBND|NQ/TW|ngày|tháng|quý|ệ|e\u{302}\u{323}|x@y.vn|&|XIV|m2|đ|🎉|\n){0,24}") {
        let made = of(&text);
        for doubt in &made.doubts {
            prop_assert_eq!(&text[doubt.span.clone()], &doubt.written);
        }
        for breath in &made.breaths {
            prop_assert!(!breath.text.contains(|c: char| c.is_ascii_digit()), "{}", breath.text);
            prop_assert!(breath.syllables > 0);
        }
    }
}
