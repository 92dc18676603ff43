//! What is found, what is not, and what is shown instead.

use proptest::prelude::*;

use super::*;

fn kinds(text: &str) -> Vec<(Kind, &str)> {
    find(text).into_iter().map(|one| (one.kind, &text[one.range])).collect()
}

#[test]
fn telephones() {
    for text in [
        "0901234567",
        "0901 234 567",
        "0901.234.567",
        "090-123-4567",
        "+84901234567",
        "(+84) 901 234 567",
        "84901234567",
        "0084901234567",
        "02773851431",
        "0277 3851431",
        "0277.3.851.431",
        "０９０１２３４５６７",
    ] {
        let whole = format!("Xin gọi {text} giúp tôi");
        let found = kinds(&whole);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].0, Kind::Telephone, "{text}");
        assert!(!mask(&whole).text.contains("567") && !mask(&whole).text.contains("431"), "{text}: {}", mask(&whole).text);
    }
    assert_eq!(kinds("Năm 2025 0901234567 2 lần"), [(Kind::Telephone, "0901234567")]);
    assert_eq!(kinds("SĐT0901234567"), [(Kind::Telephone, "0901234567")]);
    assert_eq!(kinds("điện thoại bàn: 3851431"), [(Kind::Telephone, "3851431")]);
}

#[test]
fn papers_and_accounts() {
    assert_eq!(kinds("số CCCD 082203012345"), [(Kind::Identity, "082203012345")]);
    assert_eq!(kinds("082 203 012 345"), [(Kind::Identity, "082 203 012 345")]);
    assert_eq!(kinds("CMND: 340.123.456"), [(Kind::Identity, "340.123.456")]);
    assert_eq!(kinds("căn cước của tôi là 340123456"), [(Kind::Identity, "340123456")]);
    assert_eq!(kinds("STK 0071001234567 Vietcombank"), [(Kind::BankAccount, "0071001234567")]);
    assert_eq!(kinds("tài khoản ngân hàng: 6710 2050 12345"), [(Kind::BankAccount, "6710 2050 12345")]);
    assert_eq!(kinds("tài khoản 123456789, gọi 0901234567").last(), Some(&(Kind::Telephone, "0901234567")));
    assert_eq!(kinds("mã 1234567890123"), [(Kind::Number, "1234567890123")]);
}

#[test]
fn letters_plates_and_houses() {
    assert_eq!(kinds("thư: An.Le+x@thu-dien-tu.vn."), [(Kind::Email, "An.Le+x@thu-dien-tu.vn")]);
    assert_eq!(kinds("an @ gmail.com"), [(Kind::Email, "an @ gmail.com")]);
    for plate in ["66A-123.45", "66-B1 123.45", "66B1-12345", "63A 12345", "66AB-123.45"] {
        assert_eq!(kinds(&format!("xe {plate} chạy")), [(Kind::Plate, plate)], "{plate}");
    }
    assert_eq!(kinds("biển số 66h 1234"), [(Kind::Plate, "66h 1234")]);
    assert_eq!(kinds("ở số nhà 12/3B Nguyễn Huệ, phường Mỹ Tho"), [(Kind::Address, "số nhà 12/3B Nguyễn Huệ")]);
    assert_eq!(kinds("số 45 đường Lý Thường Kiệt bị ngập"), [(Kind::Address, "số 45 đường Lý Thường Kiệt")]);
    assert_eq!(kinds("địa chỉ: 7A Hùng Vương, Cao Lãnh"), [(Kind::Address, "7A Hùng Vương")]);
    assert_eq!(kinds("nhà số 8, ấp Tân Thuận kêu"), [(Kind::Address, "nhà số 8, ấp Tân Thuận")]);
    assert_eq!(kinds("12/3 đường Trần Phú"), [(Kind::Address, "12/3 đường Trần Phú")]);
}

#[test]
fn what_is_nobodys_stays() {
    for text in [
        "Kế hoạch số 118/KH-UBND ngày 13/8/2025",
        "150.000.000 đồng",
        "kinh phí 150000000 đồng",
        "năm 2025-2026",
        "2 đường dây nóng 1022",
        "số 12 đường lối",
        "Nghị định 49/2024/NĐ-CP",
        "tổng đài 1900 1009",
        "mã số thuế 1400123456",
        "20.08.2025",
        "lớp 12A 2025",
        "5.938,64 km²",
        "4.370.046 người",
        "điều 5 khoản 2",
        "từ 08-2025 đến 12-2026",
        "hỗ trợ 200000000đ",
        "mã hồ sơ 250812000123",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn names_of_people() {
    for (text, name) in [
        ("Tôi là Nguyễn Văn A, ở xã Tân Phú", "Nguyễn Văn A"),
        ("tên tôi là Trần Thị B.", "Trần Thị B"),
        ("Họ tên: Lê Văn C", "Lê Văn C"),
        ("Em tên Hoa ạ", "Hoa"),
        ("cháu là Lan học lớp 9", "Lan"),
        ("Tôi tên là bà Phạm Thị D", "Phạm Thị D"),
        ("Hồ sơ của ông Đoàn Văn E nộp đã lâu", "Đoàn Văn E"),
        ("gặp chị Thu Hà ở quầy", "Thu Hà"),
        ("Bà LÊ THỊ G chưa nhận", "LÊ THỊ G"),
        ("ông Võ Văn H Chủ tịch xã", "Võ Văn H"),
        ("bà Lê Thị Phó Chủ tịch xã", "Lê Thị"),
        ("gửi Ông Nguyễn Công I", "Nguyễn Công I"),
        ("toi la Nguyen Van A", "Nguyen Van A"),
        ("cô Đặng Thị K dạy", "Đặng Thị K"),
    ] {
        assert_eq!(kinds(text), [(Kind::Name, name)], "{text}");
    }
    assert_eq!(mask("Tôi là Nguyễn Văn A.").text, "Tôi là [đã ẩn tên người].");
    assert_eq!(kinds("ông Lê Văn A và bà Lê Thị B").len(), 2);
}

#[test]
fn names_that_are_written_small() {
    for (text, name) in [
        ("tôi tên là nguyễn văn a ở xã tân phú", "nguyễn văn a"),
        ("tên tôi là trần thị b.", "trần thị b"),
        ("hồ sơ của bà lê thị hoa chưa có", "lê thị hoa"),
        ("hỏi cho anh Phạm văn c", "Phạm văn c"),
        ("tôi là Lê văn tám", "Lê văn tám"),
        ("con đặng ngọc d học lớp 3", "đặng ngọc d"),
        ("họ tên: võ hữu e", "võ hữu e"),
    ] {
        assert_eq!(kinds(text), [(Kind::Name, name)], "{text}");
    }
}

#[test]
fn other_words_that_are_written_small_stay() {
    for text in [
        "bà con ở xã lê minh xuân",
        "anh em trong tổ",
        "công lao của ông hồ chí minh",
        "anh đỗ xe trước nhà tôi",
        "chị hồ hởi kể lại",
        "anh phạm luật giao thông",
        "cô lê văn phòng ấp",
        "ông trần thị trấn mỹ an",
        "hỏi ông lê minh công an xã",
        "con đường nguyễn văn cừ bị ngập",
        "đường bà lê thị riêng",
        "ông lý trưởng ngày xưa",
        "em là võ sinh",
        "tên là trần nhà bị thấm",
        "bà nguyễn ở ấp 2",
        "chị dương tính với cúm",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn offices_bodies_and_places_are_no_names() {
    for text in [
        "Tôi là Giám đốc Hợp tác xã",
        "Tôi là Công an xã",
        "tôi là UBND xã Tân Phú",
        "Em là Đoàn viên Chi đoàn ấp 2",
        "Kính gửi ông Chủ tịch Ủy ban nhân dân tỉnh",
        "bà Phó Giám đốc Sở Y tế",
        "anh chị Phòng Nội vụ",
        "đường Bà Huyện Thanh Quan bị ngập",
        "chợ Bà Chiểu",
        "cầu Ông Ba Mươi Tháng Tư",
        "ở Bà Rịa Vũng Tàu",
        "tiếng Anh Giao Tiếp",
        "Chủ tịch Hồ Chí Minh",
        "lời dạy của Bác Hồ Chí Minh",
        "Sở Khoa học và Công nghệ Đồng Tháp",
        "tên Sở Xây dựng",
        "anh Tuấn ở quầy",
        "Ông bà tôi ở Cao Lãnh",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn what_agencies_show_themselves_stays() {
    let masked = mask_except("Gọi 0277 3851431 hoặc 0901234567", &["0277.385.1431"]);
    assert_eq!(masked.text, "Gọi 0277 3851431 hoặc [đã ẩn số điện thoại]");
    let known = ["Số 112 đường Lý Thường Kiệt, phường Cao Lãnh"];
    let masked = |text: &str| mask_except(text, &known).text;
    assert_eq!(masked("Nộp tại số 112 đường Lý Thường Kiệt."), "Nộp tại số 112 đường Lý Thường Kiệt.");
    assert_eq!(masked("Nộp tại số 114 đường Lý Thường Kiệt."), "Nộp tại [đã ẩn địa chỉ nhà].");
    assert_eq!(masked("Nhà 12 đường Lý Thường Kiệt"), "Nhà [đã ẩn địa chỉ nhà]", "of a longer number it is no part");
}

#[test]
fn what_stands_in_the_place_of_something_hides_nothing_more() {
    let once = "Ở số nhà 12 Nguyễn Huệ, 3 ngày nay mất nước";
    let shown = "Ở [đã ẩn địa chỉ nhà], 3 ngày nay mất nước";
    assert_eq!((mask(once).text.as_str(), mask(shown).text.as_str()), (shown, shown));
    let account = "[đã ẩn số tài khoản], lớp học có 1234567 lượt xem";
    assert_eq!(mask(account).text, account);
    assert_eq!(mask("[đã ẩn tên người] gọi 0901234567").text, "[đã ẩn tên người] gọi [đã ẩn số điện thoại]");
}

#[test]
fn letters_in_pieces_are_composed_first() {
    let pieces = "ho\u{302}\u{300} so\u{31b} cu\u{309}a o\u{302}ng Le\u{302} Va\u{306}n E";
    assert_eq!(mask(pieces).text, "hồ sơ của ông [đã ẩn tên người]");
}

#[test]
fn held_harder_small_names_and_numbers_of_houses_go_too() {
    for (text, shown) in [
        ("địa chỉ nhà ông Nguyễn Văn A 123 Lê Lợi", "địa chỉ nhà ông [đã ẩn tên người] [đã ẩn địa chỉ nhà]"),
        ("bà Trần Thị B, ấp 3 có được hỗ trợ không?", "bà [đã ẩn tên người], ấp 3 có được hỗ trợ không?"),
        ("dia chi nha ong nguyen van a 123 le loi", "dia chi nha ong [đã ẩn tên người] [đã ẩn địa chỉ nhà]"),
        ("gặp anh Tuấn ở quầy", "gặp anh [đã ẩn tên người] ở quầy"),
        ("cụ Hoa và cậu lê văn c ở ấp 2", "cụ [đã ẩn tên người] và cậu [đã ẩn tên người] ở ấp 2"),
        ("Kính gửi ông Chủ tịch Ủy ban nhân dân tỉnh", "Kính gửi ông Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Kế hoạch 118 có bao nhiêu nhiệm vụ?", "Kế hoạch 118 có bao nhiêu nhiệm vụ?"),
        ("Tỉnh có Sở Khoa học và Công nghệ không?", "Tỉnh có Sở Khoa học và Công nghệ không?"),
    ] {
        assert_eq!(mask_harder(text).text, shown, "{text}");
        assert_eq!(mask_harder(shown).text, shown, "twice: {text}");
    }
}

proptest! {
    #[test]
    fn nothing_breaks_it_and_twice_is_once(text in "\\PC{0,120}") {
        let once = mask(&text).text;
        prop_assert_eq!(&mask(&once).text, &once);
        let harder = mask_harder(&text).text;
        prop_assert_eq!(&mask_harder(&harder).text, &harder);
    }

    #[test]
    fn numbers_in_words_are_found(head in "[a-zà-ỹ ]{0,20}", number in "0[35789][0-9]{8}", tail in "[a-zà-ỹ ]{0,20}") {
        let text = format!("{head} {number} {tail}");
        let masked = mask(&text).text;
        prop_assert!(!masked.contains(&number), "{}", masked);
    }
}
