//! Personal data in what people write: telephone numbers, numbers of identity papers, e-mail addresses, bank accounts, addresses of
//! houses, number plates, names of people. Found by their shape and the words before them; a page for everybody shows what stood there and not what it was.
//!
//! A shape that may be somebody's is taken for it: what is hidden too much can be read by the handler, what was published can not be
//! taken back. Sums of money, years, and numbers of documents are none.

mod address;
mod digits;
mod email;
mod name;
mod plate;

use std::ops::Range;

/// What sort of personal data it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Of a telephone, of a mobile or of a house.
    Telephone,
    /// Of an identity card (CCCD, CMND) or a passport.
    Identity,
    /// An e-mail address.
    Email,
    /// Of an account at a bank.
    BankAccount,
    /// Of a house, with its street.
    Address,
    /// Of a vehicle.
    Plate,
    /// A long number of which nobody says what it is.
    Number,
    /// Of a person, as they tell it or are called with an honorific.
    Name,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Telephone, Self::Identity, Self::Email, Self::BankAccount, Self::Address, Self::Plate, Self::Number, Self::Name];

    /// Its name in data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Identity => "identity",
            Self::Email => "email",
            Self::BankAccount => "bank-account",
            Self::Address => "address",
            Self::Plate => "plate",
            Self::Number => "number",
            Self::Name => "name",
        }
    }

    /// What stands in its place.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Telephone => "[đã ẩn số điện thoại]",
            Self::Identity => "[đã ẩn số giấy tờ]",
            Self::Email => "[đã ẩn thư điện tử]",
            Self::BankAccount => "[đã ẩn số tài khoản]",
            Self::Address => "[đã ẩn địa chỉ nhà]",
            Self::Plate => "[đã ẩn biển số xe]",
            Self::Number => "[đã ẩn dãy số]",
            Self::Name => "[đã ẩn tên người]",
        }
    }
}

/// Personal data at its place, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// A text without personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// With [`Kind::words`] in the place of each.
    pub text: String,
    /// What was hidden, each kind once.
    pub kinds: Vec<Kind>,
}

/// The personal data of a text, in its order.
///
/// ```
/// use vietnamese::personal::{find, Kind};
/// let found = find("Gọi tôi số 0901 234 567 nhé");
/// assert_eq!((found[0].kind, &"Gọi tôi số 0901 234 567 nhé"[found[0].range.clone()]), (Kind::Telephone, "0901 234 567"));
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for part in [email::find(text), address::find(text), plate::find(text), digits::find(text), name::find(text)] {
        for one in part {
            let free = |other: &Found| other.range.end <= one.range.start || one.range.end <= other.range.start;
            if found.iter().all(free) {
                found.push(one);
            }
        }
    }
    found.sort_by_key(|one| one.range.start);
    found
}

/// The text without its personal data.
///
/// ```
/// let masked = vietnamese::personal::mask("CCCD 082203012345, thư a.b@thu.vn");
/// assert_eq!(masked.text, "CCCD [đã ẩn số giấy tờ], thư [đã ẩn thư điện tử]");
/// ```
#[must_use]
pub fn mask(text: &str) -> Masked {
    mask_except(text, &[])
}

/// The same, but what is known to everybody stays: numbers and addresses at which agencies are reached. They are compared without
/// spaces, dots and hyphens.
#[must_use]
pub fn mask_except(text: &str, known: &[&str]) -> Masked {
    let known: Vec<String> = known.iter().map(|one| bare(one)).filter(|one| !one.is_empty()).collect();
    let mut masked = Masked::default();
    let mut from = 0;
    for one in find(text) {
        if known.contains(&bare(&text[one.range.clone()])) {
            continue;
        }
        masked.text.push_str(&text[from..one.range.start]);
        masked.text.push_str(one.kind.words());
        from = one.range.end;
        if !masked.kinds.contains(&one.kind) {
            masked.kinds.push(one.kind);
        }
    }
    masked.text.push_str(&text[from..]);
    masked.kinds.sort_unstable();
    masked
}

fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric() || *letter == '@').flat_map(char::to_lowercase).collect()
}

/// The value of a digit, also of the wide ones that some keyboards write.
fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10),
        _ => None,
    }
}

/// The words just before a place, folded: as far back as a sentence goes, at most so many letters.
fn before(text: &str, at: usize) -> String {
    const LETTERS: usize = 40;
    let head = text[..at].trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let start = head.char_indices().rev().nth(LETTERS).map_or(0, |(place, _)| place);
    let folded = crate::fold(&head[start..]);
    let cut = folded.rfind(['.', ';', '\n', '!', '?']).map_or(0, |place| place + 1);
    format!(" {}", folded[cut..].trim_start())
}

/// Which of these word lists has the word that stands nearest before the place.
fn nearest<T: Copy>(context: &str, lists: &[(T, &[&str])]) -> Option<T> {
    let last = |words: &[&str]| words.iter().filter_map(|word| context.rfind(&format!(" {word}"))).max();
    lists.iter().filter_map(|(of, words)| Some((last(words)?, *of))).max_by_key(|(place, _)| *place).map(|(_, of)| of)
}

#[cfg(test)]
mod tests {
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
    }

    proptest! {
        #[test]
        fn nothing_breaks_it_and_twice_is_once(text in "\\PC{0,120}") {
            let once = mask(&text).text;
            prop_assert_eq!(&mask(&once).text, &once);
        }

        #[test]
        fn numbers_in_words_are_found(head in "[a-zà-ỹ ]{0,20}", number in "0[35789][0-9]{8}", tail in "[a-zà-ỹ ]{0,20}") {
            let text = format!("{head} {number} {tail}");
            let masked = mask(&text).text;
            prop_assert!(!masked.contains(&number), "{}", masked);
        }
    }
}
