//! The templates that ship: our own words, to be changed by the office. A province takes them when it wants; the demo has them from the start.

use super::kind::Kind;
use super::template::outline::{Asked, Of, Outline, Section};
use super::template::{Template, Wanted};
use crate::base::{App, By};

/// Keeps what ships: a template that is not there yet, and the next version of one that nobody of the office ever saved. Later starts find
/// nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    for (code, kind, name, outline) in shipped() {
        let newest = Template::newest(&app.db, code).await?;
        let seen = newest.as_ref().map_or(0, |newest| newest.version);
        if newest.is_some_and(|newest| newest.person.is_some() || newest.outline() == outline) {
            continue;
        }
        let wanted = Wanted { code: code.into(), kind, name: name.into(), outline, demo: app.demo };
        let saved = Template::save(app, &By::system(), wanted, seen).await;
        saved.map_err(|error| anyhow::anyhow!("the template {code}: {error:?}"))?;
    }
    Ok(())
}

/// Code, type, name and outline of each.
#[must_use]
pub fn shipped() -> Vec<(&'static str, Kind, &'static str, Outline)> {
    vec![
        (super::regime::WHOLE, Kind::Report, "Báo cáo tổng hợp của tỉnh", whole()),
        (super::regime::OWN, Kind::Report, "Báo cáo của cơ quan", own()),
        ("bao-cao-bao-chi", Kind::Report, "Báo cáo tháng của cơ quan báo chí", press()),
        ("ke-hoach", Kind::Plan, "Kế hoạch", plan()),
        ("to-trinh", Kind::Submission, "Tờ trình", submission()),
        ("cong-van", Kind::Letter, "Công văn đôn đốc báo cáo", letter()),
        ("thong-bao", Kind::Notice, "Thông báo", notice()),
        ("quyet-dinh", Kind::Decision, "Quyết định", decision()),
    ]
}

fn lines(text: &[&str]) -> Vec<String> {
    text.iter().map(|line| (*line).to_owned()).collect()
}

fn section(of: Of, level: u8, title: &str, text: &str) -> Section {
    Section { of, level, title: title.into(), text: text.into() }
}

fn words(level: u8, title: &str, text: &str) -> Section {
    section(Of::Words, level, title, text)
}

fn asked(list: &[(&str, &str)]) -> Vec<Asked> {
    list.iter().map(|(code, label)| Asked { code: (*code).into(), label: (*label).into() }).collect()
}

fn whole() -> Outline {
    Outline {
        subject: "Kết quả thực hiện {ke_hoach} {ky}".into(),
        addressees: lines(&["Ủy ban nhân dân tỉnh"]),
        bases: Vec::new(),
        recipients: lines(&["Như trên", "Lãnh đạo cơ quan", "Các cơ quan, địa phương trong danh sách"]),
        archive: "VT".into(),
        fields: asked(&[("danh_gia", "Đánh giá chung của cơ quan tổng hợp"), ("phuong_huong", "Phương hướng kỳ tới")]),
        sections: vec![
            words(0, "", "Thực hiện {ke_hoach}, {co_quan} tổng hợp kết quả {ky} của {phai_nop} cơ quan, địa phương như sau:"),
            words(1, "TÌNH HÌNH BÁO CÁO", ""),
            section(
                Of::Figures,
                0,
                "",
                "progress:owed | Cơ quan phải báo cáo\nprogress:done | Cơ quan đã báo cáo\nprogress:on-time | Đúng hạn\nprogress:late | Trễ hạn",
            ),
            section(Of::Chart, 0, "", "Số cơ quan đã báo cáo trên số cơ quan phải báo cáo"),
            section(Of::Map, 0, "", "progress:done | Xã, phường đã báo cáo và chưa báo cáo"),
            section(Of::Absent, 2, "Cơ quan chưa báo cáo", ""),
            words(1, "KẾT QUẢ THỰC HIỆN", ""),
            words(2, "Đánh giá chung", "{danh_gia}"),
            section(Of::Targets, 2, "Các mục tiêu của kế hoạch", ""),
            section(Of::Totals, 2, "Số liệu các cơ quan báo cáo", ""),
            section(Of::Results, 2, "Kết quả theo từng nhiệm vụ", ""),
            section(Of::Difficulties, 1, "KHÓ KHĂN, VƯỚNG MẮC", ""),
            section(Of::Proposals, 1, "ĐỀ XUẤT, KIẾN NGHỊ", ""),
            words(1, "PHƯƠNG HƯỚNG KỲ TỚI", "{phuong_huong}"),
            section(Of::Agencies, 0, "Tình hình báo cáo của từng cơ quan", ""),
            section(Of::Sentences, 0, "Nội dung không đưa vào phần lời", ""),
        ],
    }
}

fn own() -> Outline {
    Outline {
        subject: "Kết quả thực hiện {ke_hoach} {ky}".into(),
        addressees: lines(&["Cơ quan thường trực kế hoạch"]),
        bases: Vec::new(),
        recipients: lines(&["Như trên", "Lãnh đạo cơ quan"]),
        archive: "VT".into(),
        fields: Vec::new(),
        sections: vec![
            words(0, "", "Thực hiện {ke_hoach}, {co_quan} báo cáo kết quả {ky} như sau:"),
            section(Of::Results, 1, "KẾT QUẢ THỰC HIỆN", ""),
            section(Of::Difficulties, 1, "KHÓ KHĂN, VƯỚNG MẮC", ""),
            section(Of::Proposals, 1, "ĐỀ XUẤT, KIẾN NGHỊ", ""),
            words(0, "", "Trên đây là báo cáo {ky} của {co_quan}."),
        ],
    }
}

fn press() -> Outline {
    let mut outline = own();
    outline.subject = "Tình hình tuyên truyền {ky} theo {ke_hoach}".into();
    outline.sections[0] = words(0, "", "{co_quan} báo cáo tình hình tuyên truyền {ky} như sau:");
    outline.sections[1] = section(Of::Results, 1, "TIN, BÀI ĐÃ ĐĂNG, PHÁT", "");
    outline
}

fn plan() -> Outline {
    Outline {
        subject: "{ve_viec}".into(),
        addressees: Vec::new(),
        bases: lines(&["Căn cứ {can_cu}"]),
        recipients: lines(&["Các đơn vị thực hiện", "Lãnh đạo cơ quan"]),
        archive: "VT".into(),
        fields: asked(&[
            ("ve_viec", "Về việc gì"),
            ("can_cu", "Văn bản làm căn cứ"),
            ("muc_dich", "Mục đích, yêu cầu"),
            ("noi_dung", "Nội dung, người làm, thời hạn"),
            ("kinh_phi", "Kinh phí"),
        ]),
        sections: vec![
            words(0, "", "{co_quan} ban hành kế hoạch {ve_viec} như sau:"),
            words(1, "MỤC ĐÍCH, YÊU CẦU", "{muc_dich}"),
            words(1, "NỘI DUNG", "{noi_dung}"),
            words(1, "KINH PHÍ", "{kinh_phi}"),
            words(1, "TỔ CHỨC THỰC HIỆN", "Các đơn vị được giao nhiệm vụ thực hiện và báo cáo kết quả đúng thời hạn."),
        ],
    }
}

fn submission() -> Outline {
    Outline {
        subject: "Về việc {ve_viec}".into(),
        addressees: lines(&["{noi_trinh}"]),
        bases: Vec::new(),
        recipients: lines(&["Như trên", "Lãnh đạo cơ quan"]),
        archive: "VT".into(),
        fields: asked(&[
            ("ve_viec", "Trình việc gì"),
            ("noi_trinh", "Trình ai"),
            ("su_can_thiet", "Vì sao cần"),
            ("noi_dung", "Nội dung trình"),
        ]),
        sections: vec![
            words(1, "SỰ CẦN THIẾT", "{su_can_thiet}"),
            words(1, "NỘI DUNG", "{noi_dung}"),
            words(0, "", "{co_quan} kính trình {noi_trinh} xem xét, quyết định."),
        ],
    }
}

fn letter() -> Outline {
    Outline {
        subject: "{ve_viec}".into(),
        addressees: lines(&["{gui_toi}"]),
        bases: Vec::new(),
        recipients: lines(&["Như trên", "Lãnh đạo cơ quan"]),
        archive: "VT".into(),
        fields: asked(&[
            ("ve_viec", "V/v gì"),
            ("gui_toi", "Gửi tới"),
            ("noi_dung", "Nội dung"),
            ("thoi_han", "Đề nghị xong trước"),
        ]),
        sections: vec![words(0, "", "{noi_dung}\nĐề nghị quý cơ quan thực hiện và gửi kết quả về {co_quan} trước {thoi_han}.")],
    }
}

fn notice() -> Outline {
    Outline {
        subject: "{ve_viec}".into(),
        addressees: Vec::new(),
        bases: Vec::new(),
        recipients: lines(&["Các cơ quan liên quan", "Lãnh đạo cơ quan"]),
        archive: "VT".into(),
        fields: asked(&[("ve_viec", "Thông báo việc gì"), ("noi_dung", "Nội dung")]),
        sections: vec![words(0, "", "{co_quan} thông báo:\n{noi_dung}")],
    }
}

fn decision() -> Outline {
    Outline {
        subject: "Về việc {ve_viec}".into(),
        addressees: Vec::new(),
        bases: lines(&["Căn cứ {can_cu}", "Theo đề nghị của {de_nghi}"]),
        recipients: lines(&["Như Điều 3", "Lãnh đạo cơ quan"]),
        archive: "VT".into(),
        fields: asked(&[
            ("ve_viec", "Quyết định việc gì"),
            ("can_cu", "Văn bản làm căn cứ"),
            ("de_nghi", "Ai đề nghị"),
            ("noi_dung", "Nội dung của Điều 1"),
            ("thi_hanh", "Ai chịu trách nhiệm thi hành"),
        ]),
        sections: vec![
            words(0, "", "Điều 1. {noi_dung}"),
            words(0, "", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
            words(0, "", "Điều 3. {thi_hanh} chịu trách nhiệm thi hành Quyết định này."),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::template::outline::asked_in;
    use crate::reports::template::reading;

    /// What braces may name besides what a template asks.
    const KNOWN: [&str; 7] = ["ky", "nam", "ke_hoach", "so_ke_hoach", "co_quan", "phai_nop", "da_nop"];

    #[test]
    fn templates_that_ship_ask_for_all_that_they_use() {
        for (code, _, _, outline) in shipped() {
            assert!(reading::obstacles(&outline).is_empty(), "{code}");
            let texts = outline.sections.iter().flat_map(|section| [section.title.as_str(), section.text.as_str()]);
            let around = outline.addressees.iter().chain(&outline.bases).map(String::as_str);
            for name in texts.chain(around).chain([outline.subject.as_str()]).flat_map(asked_in) {
                let is_asked = outline.fields.iter().any(|asked| asked.code == name);
                assert!(is_asked || KNOWN.contains(&name), "{code}: {name}");
            }
        }
    }
}
