//! What is drawn: numbers and words of an agency and a period, the same every time. Pure.

use crate::base::digest::sha256;
use crate::duties::form::typed::Typed;

/// How an agency deals with something that it owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// So many days before the last day.
    InTime(i64),
    /// So many days after it.
    Late(i64),
    Never,
}

/// A number below `below`, drawn from what it is for.
#[must_use]
pub fn number(of: &[&str], below: u32) -> u32 {
    let digest = sha256(of.join("\u{1f}").as_bytes());
    u32::from_str_radix(&digest[..8], 16).unwrap_or_default() % below.max(1)
}

/// In a hundred: so many in time, so many late, the others never.
#[must_use]
pub fn fate(of: &[&str], (in_time, late): (u32, u32)) -> Fate {
    let days = i64::from(number(&[of, &["days"]].concat(), 6));
    match number(of, 100) {
        drawn if drawn < in_time => Fate::InTime(1 + days),
        drawn if drawn < in_time + late => Fate::Late(2 + days),
        _ => Fate::Never,
    }
}

/// How many articles an agency publishes in a half-year.
#[must_use]
pub fn articles(agency: &str, half: &str) -> u32 {
    4 + number(&[agency, half, "articles"], 15)
}

/// What an agency does in a half-year, as its form asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    pub articles: u32,
    pub classes: u32,
    pub people: u32,
    pub told: u32,
    pub staff: u32,
    /// The month in which its section was opened; None while there is none.
    pub section: Option<u32>,
}

impl Half {
    #[must_use]
    pub fn of(agency: &str, half: &str) -> Self {
        let draw = |what: &str, below: u32| number(&[agency, half, what], below);
        let staff = 20 + number(&[agency, "staff"], 60);
        // Who was told stays told: the second half begins where the first ended.
        let first = staff * (55 + number(&[agency, "told"], 30)) / 100;
        let told = if half.ends_with("H2") { (first + staff * (10 + draw("more", 15)) / 100).min(staff) } else { first };
        let classes = draw("classes", 6);
        let people = if classes == 0 { 0 } else { classes * (25 + draw("people", 40)) };
        let section = (number(&[agency, "section"], 10) < 7).then(|| 1 + number(&[agency, "opened"], 5));
        Self { articles: articles(agency, half), classes, people, told, staff, section }
    }

    /// The fields of the form of the half-yearly report.
    #[must_use]
    pub fn typed(&self, (agency, half): (&str, &str)) -> Typed {
        let mut typed = Typed::new();
        let mut put = |code: &str, text: String| {
            typed.insert(code.to_owned(), text);
        };
        put("so_tin_bai", self.articles.to_string());
        put("so_lop", self.classes.to_string());
        put("so_nguoi", self.people.to_string());
        put("ty_le_can_bo", self.told.to_string());
        put("ty_le_can_bo.whole", self.staff.to_string());
        put("co_chuyen_muc", if self.section.is_some() { "yes" } else { "no" }.to_owned());
        if let Some(month) = self.section {
            let year = half.split('-').next().unwrap_or("2026");
            put("ngay_mo", format!("10/{month}/{year}"));
        }
        put("kho_khan", pick(&DIFFICULTIES, &[agency, half, "difficulty"]).to_owned());
        put("kien_nghi", pick(&PROPOSALS, &[agency, half, "proposal"]).to_owned());
        typed
    }

    /// In words, agreeing with the figures.
    #[must_use]
    pub fn words(&self) -> String {
        let classes = match self.classes {
            0 => "Chưa mở lớp tập huấn riêng".to_owned(),
            classes => format!("Mở {classes} lớp tập huấn cho {} lượt người", self.people),
        };
        format!(
            "Đã đăng, phát {} tin, bài (minh họa). {classes}. Đã phổ biến nghị quyết cho {} trên {} cán bộ.",
            self.articles, self.told, self.staff
        )
    }
}

/// One of them.
#[must_use]
pub fn pick<'a>(of: &[&'a str], drawn: &[&str]) -> &'a str {
    of.get(number(drawn, u32::try_from(of.len()).unwrap_or(1)) as usize).copied().unwrap_or_default()
}

const DIFFICULTIES: [&str; 5] = [
    "Loa ở một số ấp đã cũ, nghe không rõ khi mưa lớn (minh họa).",
    "Cán bộ phụ trách truyền thông còn kiêm nhiệm nhiều việc (minh họa).",
    "Chưa có máy quay, phải mượn của đơn vị khác (minh họa).",
    "Người cao tuổi ít dùng điện thoại thông minh (minh họa).",
    "Đường truyền ở vùng ven sông chưa ổn định (minh họa).",
];
const PROPOSALS: [&str; 4] = [
    "Đề nghị mở thêm lớp viết tin ngắn cho cán bộ cơ sở (minh họa).",
    "Đề nghị cấp bộ tài liệu tuyên truyền dùng chung (minh họa).",
    "Đề nghị bố trí kinh phí sửa loa trong năm (minh họa).",
    "Đề nghị có đầu mối trả lời câu hỏi của người dân (minh họa).",
];
const SUBJECTS: [&str; 8] = [
    "Tổ công nghệ số hướng dẫn người dân nộp hồ sơ trực tuyến",
    "Mô hình tưới tiết kiệm nước cho vườn xoài",
    "Ngày hội kỹ năng số của thanh niên",
    "Trạm quan trắc độ mặn báo tin qua điện thoại",
    "Lớp học kỹ năng số cho người cao tuổi",
    "Truy xuất nguồn gốc nông sản bằng mã vùng trồng",
    "Cửa hàng nhỏ làm quen với thanh toán không tiền mặt",
    "Trường học dạy thử bài học khoa học bằng thí nghiệm số",
];
const TEXT: &str = "Đây là nội dung minh họa do hệ thống tạo ra để thử, không nói về người hay việc có thật.";

/// The lines of an import: what an agency publishes in a half-year, day by day.
#[must_use]
pub fn lines(agency: &str, name: &str, (half, first): (&str, chrono::NaiveDate)) -> Vec<String> {
    let line = |turn: u32| {
        let turned = turn.to_string();
        let subject = pick(&SUBJECTS, &[agency, half, &turned]);
        let day = super::moved(first, i64::from(number(&[agency, half, &turned, "day"], 140)));
        let (hour, minute) = (7 + number(&[agency, &turned, "hour"], 10), number(&[agency, &turned, "minute"], 60));
        serde_json::json!({
            "external_id": format!("{agency}-{half}-{turn}"),
            "title": format!("{subject} ở {name} (minh họa)"),
            "summary": format!("Tin minh họa thứ {turn} của {name} trong kỳ."),
            "body_text": format!("{subject}. {TEXT}"),
            "section": "Chuyển đổi số",
            "agency": agency,
            "published_at": format!("{day}T{hour:02}:{minute:02}:00+07:00"),
        })
        .to_string()
    };
    (1..=articles(agency, half)).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_drawn_again_and_agrees_with_itself() {
        for agency in ["SKHCN", "xa-an-huu", "phuong-cao-lanh"] {
            let (first, second) = (Half::of(agency, "2026-H1"), Half::of(agency, "2026-H2"));
            assert_eq!(first, Half::of(agency, "2026-H1"));
            assert!(first.told <= second.told && second.told <= second.staff && first.staff == second.staff);
            assert!(first.classes <= first.people || first.classes == 0);
            assert_eq!(lines(agency, "x", ("2026-H1", chrono::NaiveDate::default())).len(), first.articles as usize);
            assert_eq!(first.typed((agency, "2026-H1"))["so_tin_bai"], first.articles.to_string());
        }
        let fates: Vec<Fate> = (0..200).map(|turn| fate(&[&turn.to_string()], (80, 10))).collect();
        let in_time = fates.iter().filter(|fate| matches!(fate, Fate::InTime(_))).count();
        assert!((130..190).contains(&in_time), "{in_time}");
        assert!(fates.contains(&Fate::Never));
    }
}
