//! Insults in plain words, and somebody in danger now. Words as they are written: without their marks only those that can not be read as
//! anything else. Pure.

/// Nobody has to read these, besides what `questions` knows.
const INSULTS: &[&str] = &[
    "đồ ngu",
    "ngu như bò",
    "ngu như chó",
    "ngu như lợn",
    "mày ngu",
    "chúng mày ngu",
    "tụi mày ngu",
    "tụi bay ngu",
    "bọn mày ngu",
    "thằng ngu",
    "lũ ngu",
    "bọn ngu",
    "tụi bay ăn hại",
    "tụi mày ăn hại",
    "chúng mày ăn hại",
    "bọn mày ăn hại",
    "bọn ăn hại",
    "lũ ăn hại",
    "đồ ăn hại",
    "đồ vô dụng",
    "đồ chó",
    "lũ chó",
    "đồ khốn",
    "khốn nạn",
    "đồ điên",
    "đồ rác rưởi",
    "câm mồm",
    "cút đi",
    "đm",
    "đmm",
    "đkm",
    "vkl",
    "may ngu lam",
    "ngu nhu bo",
    "ngu nhu cho",
    "tui bay an hai",
    "dit me",
];

/// Who writes these is not to be left alone.
const SELF_HARM: &[&str] = &[
    "tôi muốn chết",
    "em muốn chết",
    "mình muốn chết",
    "chỉ muốn chết",
    "muốn chết quá",
    "muốn chết đi",
    "muốn tự tử",
    "sẽ tự tử",
    "định tự tử",
    "đang tự tử",
    "sắp tự tử",
    "muốn tự sát",
    "không muốn sống nữa",
    "không còn muốn sống",
    "chán sống",
    "muốn kết thúc cuộc đời",
    "toi muon chet",
    "chi muon chet",
    "toi muon tu tu",
    "toi muon tu sat",
    "khong muon song nua",
    "khong con muon song",
];

/// Violence, fire, and who needs an ambulance.
const DANGERS: &[&str] = &[
    "bị chồng đánh",
    "chồng đánh",
    "chồng tôi đánh",
    "bị vợ đánh",
    "cha đánh tôi",
    "bố đánh tôi",
    "bị bạo hành",
    "tôi bị đánh",
    "đang bị đánh",
    "bị đánh đập",
    "bị bạo lực gia đình",
    "đang bị xâm hại",
    "bị hiếp",
    "dọa giết",
    "doạ giết",
    "cầm dao",
    "đang cháy",
    "cháy nhà",
    "nhà cháy",
    "nhà tôi cháy",
    "có cháy",
    "cháy rồi",
    "cháy lớn",
    "gọi cứu hỏa",
    "gọi cứu hoả",
    "gọi chữa cháy",
    "gọi cấp cứu",
    "cần cấp cứu",
    "cấp cứu gấp",
    "gọi xe cấp cứu",
    "gọi xe cứu thương",
    "bất tỉnh",
    "ngừng thở",
    "không thở được",
    "sắp chết",
    "có người đuối nước",
    "đang chết đuối",
    "bị điện giật",
    "bi chong danh",
    "chong toi danh",
    "chay nha roi",
    "goi cap cuu",
    "can cap cuu",
    "cuu toi voi",
];

/// Who writes these besides asks about rules and plans, and is in no danger.
const ABOUT_RULES: &[&str] = &[
    "quy định",
    "luật",
    "nghị định",
    "kế hoạch",
    "chỉ tiêu",
    "tuyên truyền",
    "phòng chống",
    "tập huấn",
    "diễn tập",
    "chủ trì",
    "thủ tục",
    "mức phạt",
    "xử phạt",
    "chính sách",
    "bao nhiêu",
];

fn has(text: &str, runs: &[&str]) -> bool {
    let text = vietnamese::normalise(text).to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = format!(" {} ", words.join(" "));
    runs.iter().any(|run| joined.contains(&format!(" {run} ")))
}

/// Whether a text insults in plain words.
#[must_use]
pub fn insults(text: &str) -> bool {
    has(text, INSULTS)
}

/// Whether somebody is in danger now: the numbers that help are said, and nothing is looked up.
#[must_use]
pub fn is_emergency(text: &str) -> bool {
    has(text, SELF_HARM) || (has(text, DANGERS) && !has(text, ABOUT_RULES))
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn plain_insults_are_known_and_pests_are_none() {
        for text in ["đồ ngu", "Mày ngu lắm!", "tụi bay ăn hại", "đm", "tui bay an hai qua"] {
            assert!(insults(text), "{text}");
        }
        for text in ["Sâu ăn hại lúa thì phun thuốc gì?", "Ngủ ngu ngơ là gì?", "Việc này do ngư dân làm à?", "Ống nước 2 dm"]
        {
            assert!(!insults(text), "{text}");
        }
    }

    #[test]
    fn danger_is_told_from_rules_about_it() {
        for text in [
            "tôi muốn chết",
            "Em chỉ muốn tự tử",
            "nhà tôi đang cháy",
            "chồng tôi đánh tôi thì gọi ai",
            "gọi cấp cứu số mấy",
            "toi muon chet",
        ] {
            assert!(is_emergency(text), "{text}");
        }
        for text in [
            "Quy định về xử lý khi có cháy rừng?",
            "Kế hoạch phòng, chống bạo lực gia đình do ai chủ trì?",
            "Cây xoài muốn chết thì bón gì?",
            "Tôi muốn từ từ trả nợ được không?",
        ] {
            assert!(!is_emergency(text), "{text}");
        }
    }
}
