//! The guide hangs together, and lets no markup through.

use super::{CHAPTERS, Files, Lang, markdown};

/// The addresses of all `href="…"` of a text.
fn hrefs(html: &str) -> impl Iterator<Item = &str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn every_link_between_chapters_leads_somewhere() {
    for chapter in CHAPTERS.iter() {
        for href in hrefs(&chapter.text.body.0).filter(|href| href.starts_with("/huong-dan/") && !href.contains("/hinh/")) {
            let (path, place) = href.split_once('#').unwrap_or((href, ""));
            let other = CHAPTERS.iter().find(|other| other.path() == path);
            let other = other.unwrap_or_else(|| panic!("{}: no chapter at {href}", chapter.slug));
            let there = place.is_empty() || other.text.body.0.contains(&format!("id=\"{place}\""));
            assert!(there, "{}: {href} names no heading", chapter.slug);
        }
    }
}

#[test]
fn there_is_a_chapter_in_english() {
    assert!(CHAPTERS.iter().any(|chapter| chapter.lang == Lang::En));
}

#[test]
fn every_chapter_has_a_title_a_lead_and_sections() {
    for chapter in CHAPTERS.iter() {
        let text = &chapter.text;
        assert!(!text.title.is_empty() && !text.lead.is_empty(), "{} lacks a title or a first paragraph", chapter.slug);
        assert!(text.sections.len() >= 2, "{} has no sections", chapter.slug);
    }
}

/// On the web a link goes by the chapter's name; who reads the files in the repository goes by the file's.
#[test]
fn links_between_chapters_name_files_that_are_there() {
    let mut links = 0;
    for name in Files::iter() {
        let file = Files::get(&name).expect("it was listed");
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for target in targets.filter(|target| target.ends_with(".md") && !target.contains('/')) {
            assert!(Files::get(target).is_some(), "{name} leads to {target}, which is not there");
            links += 1;
        }
    }
    assert!(links > 0, "the chapters lead to each other");
}

#[test]
fn markup_written_by_hand_is_shown_not_obeyed() {
    let text = markdown::render(
        "# Tên\n\nLời mở.\n\n<script>alert(1)</script>\n\nMột <b onclick=\"x()\">chữ</b> [bấm](javascript:alert(1)).",
    );
    assert!(!text.body.0.contains("<script") && !text.body.0.contains("<b "), "{}", text.body.0);
    assert!(text.body.0.contains("&lt;script&gt;") && text.body.0.contains("bấm"));
    assert!(!text.body.0.contains("javascript:"));
}

#[test]
fn headings_get_ids_and_files_become_addresses() {
    let text = markdown::render(
        "# Tên\n\nLời **mở**.\n\n## Đăng nhập\n\n[xem](02-dang-nhap.md#mat-khau)\n\n## Đăng nhập\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    );
    assert_eq!((text.title.as_str(), text.lead.as_str()), ("Tên", "Lời mở."));
    let ids: Vec<&str> = text.sections.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["dang-nhap", "dang-nhap-2"]);
    assert!(text.body.0.contains("href=\"/huong-dan/dang-nhap#mat-khau\""), "{}", text.body.0);
    assert!(text.body.0.contains("tabindex=\"0\"") && text.body.0.contains("<table>"));
}

#[test]
fn a_picture_that_was_not_taken_leaves_no_trace() {
    let text = markdown::render("# Tên\n\nLời mở.\n\nTrước.\n\n![Màn hình](../pictures/chua-chup.png)\n\nSau.");
    assert!(!text.body.0.contains("<img") && !text.body.0.contains("<p></p>"), "{}", text.body.0);
    assert!(text.body.0.contains("Trước.") && text.body.0.contains("Sau."));
}
