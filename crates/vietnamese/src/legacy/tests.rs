use std::collections::HashMap;

use super::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const SENTENCE: &str = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Ủy ban nhân dân tỉnh Đồng Tháp \
    ban hành kế hoạch thực hiện chương trình đẩy mạnh truyền thông, phổ biến kỹ năng số, ưu tiên vùng khó khăn, bằng nhiều \
    hình thức, để người dân ở mỗi xã, phường hiểu rõ, tham gia và hưởng lợi; quyết tâm vượt chỉ tiêu, ý tưởng mới";

/// The other direction, for making samples: what a typist of that time would have stored, one character per byte. `None`
/// when the encoding has no way to write a character.
struct Encoder {
    encoding: LegacyEncoding,
    codes: HashMap<String, String>,
}

impl Encoder {
    fn new(encoding: LegacyEncoding) -> Self {
        let high = || (0x80u32..0x100).filter_map(char::from_u32);
        let mut codes = HashMap::new();
        let pairs =
            "aeiouyAEIOUY\u{F4}\u{F6}\u{D4}\u{D6}".chars().flat_map(|base| high().map(move |mark| format!("{base}{mark}")));
        for written in high().map(String::from).chain(pairs) {
            let read = codes::decode(&written, encoding);
            if read.chars().count() == 1 {
                codes.entry(read).or_insert(written);
            }
        }
        Encoder { encoding, codes }
    }

    fn encode(&self, text: &str) -> Option<String> {
        match self.encoding {
            LegacyEncoding::Mojibake => Some(text.bytes().map(char::from).collect()),
            LegacyEncoding::Windows1258 => text.nfc().flat_map(tone_behind).map(|c| self.code(c)).collect(),
            _ => text.nfc().map(|c| self.code(c)).collect(),
        }
    }

    fn code(&self, c: char) -> Option<String> {
        let code = |c: String| if c.is_ascii() { Some(c) } else { self.codes.get(&c).cloned() };
        code(c.to_string()).or_else(|| code(c.to_lowercase().collect()))
    }
}

/// As Windows-1258 has it: the letter with its shape, then the tone.
fn tone_behind(c: char) -> impl Iterator<Item = char> {
    let (base, tone) = crate::letter::split(c);
    let mark = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"][tone as usize];
    std::iter::once(base).chain(mark.chars())
}

fn encode(text: &str, encoding: LegacyEncoding) -> String {
    Encoder::new(encoding).encode(text).unwrap()
}

fn raw(one_per_byte: &str) -> Vec<u8> {
    one_per_byte.chars().map(|c| u8::try_from(c as u32).unwrap()).collect()
}

/// Public texts that lie beside the repository on some machines.
fn shared_lines(path: &str) -> Option<Vec<String>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var_os("LANTOA_SHARED").map_or_else(|| beside.into(), std::path::PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join(path)) else {
        eprintln!("skipped: ../shared is absent");
        return None;
    };
    Some(text.lines().map(str::to_owned).collect())
}

#[test]
fn judges_real_paragraphs() {
    for path in ["data/plan-118.txt", "bench/vi/data/corpus.jsonl", "bench/vi/data/queries.altnfd.jsonl"] {
        let Some(lines) = shared_lines(path) else { return };
        for line in lines.iter().step_by(lines.len().div_ceil(40)) {
            assert_eq!(detect(line.as_bytes()), None, "{line}");
        }
        let telling: Vec<&String> = lines.iter().filter(|line| Evidence::of(line).is_vietnamese(4)).collect();
        use LegacyEncoding::{Mojibake, Tcvn3, Vni, Windows1258};
        for encoding in [Tcvn3, Vni, Windows1258, Mojibake] {
            let encoder = Encoder::new(encoding);
            let mut counts = [0, 0, 0];
            for line in telling.iter().step_by(telling.len() / 20) {
                let Some(written) = encoder.encode(line) else { continue };
                let raw_is_named = encoding == Mojibake || detect(&raw(&written)) == Some(encoding);
                let misread_is_named = detect(written.as_bytes()) == Some(encoding);
                counts[0] += 1;
                counts[1] += usize::from(raw_is_named);
                counts[2] += usize::from(misread_is_named);
            }
            let [all, raw, misread] = counts;
            eprintln!("{path} {encoding}: {all} paragraphs, {raw} named from bytes, {misread} from text");
            assert!(all >= 15 && raw * 100 >= all * 98 && misread * 100 >= all * 98);
        }
    }
}

#[test]
fn names_what_people_have() {
    for (text, encoding) in [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc", LegacyEncoding::Tcvn3),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc", LegacyEncoding::Vni),
        ("Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam", LegacyEncoding::Mojibake),
        ("Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam", LegacyEncoding::Viqr),
        ("Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam", LegacyEncoding::Windows1258),
    ] {
        assert_eq!(detect(text.as_bytes()), Some(encoding), "{text}");
    }
}

#[test]
fn names_raw_and_misread_bytes() {
    use LegacyEncoding::*;
    for encoding in [Tcvn3, Vni, Windows1258] {
        let bytes = encode(SENTENCE, encoding);
        assert_eq!(detect(&raw(&bytes)), Some(encoding));
        assert_eq!(detect(bytes.as_bytes()), Some(encoding));
        assert_eq!(decode(&raw(&bytes), encoding).to_lowercase(), SENTENCE.to_lowercase());
    }
    let bytes = encode(SENTENCE, Mojibake);
    assert_eq!(detect(bytes.as_bytes()), Some(Mojibake));
    assert_eq!(convert(&bytes, Mojibake), SENTENCE);
    let twice = encode(&bytes, Mojibake);
    assert_eq!(detect(twice.as_bytes()), Some(Mojibake));
    assert_eq!(convert(&twice, Mojibake), SENTENCE);
}

#[test]
fn leaves_vietnamese_in_unicode_alone() {
    let decomposed: String = SENTENCE.nfd().collect();
    for text in [SENTENCE, &decomposed, "Hà Nội", "Đồng Tháp 2026", "ở", "café Việt"] {
        assert_eq!(detect(text.as_bytes()), None, "{text}");
    }
    // A sample cut within a character is still UTF-8.
    assert_eq!(detect(&SENTENCE.as_bytes()[..3]), None);
}

#[test]
fn leaves_other_languages_alone() {
    for text in [
        "",
        "Plain English: don't, it's a test. Why? Because. O'Brien (a(b)) e^x o+ C++ a~b i.e. 3 a.m.",
        "L'été dernier, où étiez-vous ? À la forêt, près de l'école, l'âge du cœur naïf, ça va très bien, garçon élève",
        "El niño pequeño comió mañana en España; ¿dónde está el camión? ¡Qué día tan bonito! Él habló así, más o menos",
        "Não há coração sem emoção; é às três, têm avó e avô, lá está você amanhã, órgão, ação, irmã, maçã, pão",
        "Über schöne Straßen fährt der Bär für fünf Mädchen, größer als üblich, müde Füße, Köln, möglich",
        "Příliš žluťoučký kůň úpěl ďábelské ódy",
        "Þetta er íslenska með ð og þ, það er gott að búa á Íslandi",
        "§ 5 · eins · zwei · µm © 2026 ® Texas® 20°C ± 5",
        "日本語 русский язык ελληνικά",
        "let x = a^b; o+=1; e~f; `a` `e` u* = &o*p; if (a(1)) {}",
        "| a` | b~ | `o` `i` `u` | e^2 + o^2 | a^n",
    ] {
        assert_eq!(detect(text.as_bytes()), None, "{text}");
        if text.chars().all(|c| (c as u32) < 256) {
            assert_eq!(detect(&raw(text)), None, "Latin-1: {text}");
        }
    }
}

#[test]
fn leaves_binary_alone() {
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let random: Vec<u8> = (0..50_000).map(|_| noise()).collect();
    let printable: Vec<u8> = random.iter().map(|b| b | 0x20).filter(|b| *b != 127).collect();
    assert_eq!(detect(&random), None);
    assert_eq!(detect(&printable), None);
    assert_eq!(detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    assert_eq!(detect(&[0xFF; 1000]), None);
}

#[test]
fn finds_evidence_behind_a_long_start() {
    let mut bytes = "plain words ".repeat(20_000).into_bytes();
    bytes.extend(raw(&encode(SENTENCE, LegacyEncoding::Tcvn3)));
    assert_eq!(detect(&bytes), Some(LegacyEncoding::Tcvn3));
}

#[test]
fn viqr_converts() {
    assert_eq!(
        convert("Ddo^`ng Tha'p, dda^'t nu*o*'c me^'n ye^u. U?y ban la` gi`?", LegacyEncoding::Viqr),
        "Đồng Tháp, đất nước mến yêu. Ủy ban là gì?"
    );
    assert_eq!(convert("ba.n hoa. Nam", LegacyEncoding::Viqr), "bạn hoa. Nam");
}

proptest! {
    #[test]
    fn never_fails_badly(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = detect(&bytes);
        for encoding in [LegacyEncoding::Tcvn3, LegacyEncoding::Vni, LegacyEncoding::Viqr, LegacyEncoding::Windows1258, LegacyEncoding::Mojibake] {
            let _ = decode(&bytes, encoding);
        }
    }

    #[test]
    fn unicode_text_is_never_legacy(text in crate::samples::TEXT) {
        // Random letters are no words; but they are no TCVN3 either.
        prop_assert_eq!(detect(text.as_bytes()), None);
    }
}
