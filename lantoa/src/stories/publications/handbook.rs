//! Scenario A-5: a handbook of twelve sections as pages, EPUB, PDF and archive; a changed section; an old citation.

use super::*;
use crate::story;

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    a_5_a_handbook_of_twelve_sections_is_read_everywhere_and_an_old_citation_keeps_its_text,
    |house| {
        let house = lawful(house);
        let cast = Cast::of(&house).await;
        let cover = picture(&house, &cast.author, "Chiếc cầu lúc sáng sớm", 3).await;
        let texts: Vec<(String, String)> = (1..=12)
        .map(|n| {
            let text = format!("Đoạn mở đầu của mục {n}, ẵ ậ ỹ.[^1]\n\n## Tiểu mục\n\n| Việc | Phút |\n|---|---|\n| Một | {n} |\n\nXem [mục đầu](#ky-nang-1).\n\n![](/tu-lieu/{cover}/640.jpg)\n\n[^1]: Nguồn của mục {n}.");
            (format!("Kỹ năng {n}"), text)
        })
        .collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(title, text)| (title.as_str(), text.as_str())).collect();
        let path = cast.book(&house, "Sổ tay kỹ năng số", &texts).await;
        let version = at_path(&house, &path).await.version.to_string();
        let chosen = cover.to_string();
        let facts = [
            ("title", "Sổ tay kỹ năng số"),
            ("summary", "Mười hai việc"),
            ("kind", "handbook"),
            ("language", "vi"),
            ("cover", chosen.as_str()),
            ("version", version.as_str()),
        ];
        cast.author.post(&format!("/desk/publications/{}/facts", id(&path)), &facts).await.expect(303);
        let visitor = house.visitor();
        visitor.get("/an-pham/so-tay-ky-nang-so").await.expect(404);
        cast.author
            .get(&format!("/desk/publications/{}/preview", id(&path)))
            .await
            .expect(200)
            .says("Xem trước lần 1")
            .says("/desk/library/");
        cast.published(&house, &path).await;
        let page = visitor.get("/an-pham/so-tay-ky-nang-so").await.expect(200);
        page.says("\"@type\":\"Book\"").says("/an-pham/so-tay-ky-nang-so/lan-1#ky-nang-4").says("Chiếc cầu lúc sáng sớm");
        visitor.get("/an-pham").await.expect(200).says("Sổ tay kỹ năng số");
        let text = visitor.get("/an-pham/so-tay-ky-nang-so/lan-1").await.expect(200);
        let text = text
            .says("id=\"ky-nang-4\"")
            .says("Đoạn mở đầu của mục 4")
            .says("doc-noteref")
            .says("alt=\"Chiếc cầu lúc sáng sớm\"");
        assert!(text.says("srcset=").headers.contains_key("etag"));
        visitor.get(&format!("/tu-lieu/{cover}/640.jpg")).await.expect(200);
        files_are_whole(&house).await;
        // Section 4 changes: the note is at the section and on the book's page; who cited it finds what was cited.
        let fourth = sections(&house, &path).await.swap_remove(3);
        cast.write(&fourth, "Đoạn đã viết lại của mục 4.", "Viết lại cho dễ hiểu hơn.").await.expect(303);
        visitor.get("/an-pham/so-tay-ky-nang-so").await.expect(200).says_not("Viết lại cho dễ hiểu hơn");
        cast.published(&house, &path).await;
        let page = visitor.get("/an-pham/so-tay-ky-nang-so").await.expect(200);
        page.says("Viết lại cho dễ hiểu hơn.").says("Thay đổi so với lần 1").says("/lan-2#ky-nang-4");
        visitor.get("/an-pham/so-tay-ky-nang-so/lan-2").await.expect(200).says("Thay đổi ở lần 2").says("Đoạn đã viết lại");
        let old = visitor.get("/an-pham/so-tay-ky-nang-so/lan-1").await.expect(200);
        let old = old.says("Đoạn mở đầu của mục 4").says("đã có lần mới hơn").says("Mục này có nội dung mới ở lần 2");
        old.says("<ins>").says("href=\"/an-pham/so-tay-ky-nang-so/lan-2#ky-nang-4\"");
    }
);

/// Each file is of its kind, and the same the second time, when it comes from where it is kept.
async fn files_are_whole(house: &House) {
    let visitor = house.visitor();
    for (ending, begins) in [("epub", "PK"), ("pdf", "%PDF-"), ("zip", "PK")] {
        let address = format!("/an-pham/so-tay-ky-nang-so/lan-1.{ending}");
        let first = visitor.get(&address).await.expect(200);
        assert!(first.bytes.starts_with(begins.as_bytes()), "{ending}");
        let again = visitor.get(&address).await.expect(200);
        assert_eq!(first.bytes, again.bytes, "{ending}");
        let tag = first.headers["etag"].to_str().expect("a tag").to_owned();
        let asked = axum::http::Request::get(&address).header("if-none-match", tag);
        visitor.send(asked.body(axum::body::Body::empty()).expect("a request")).await.expect(304);
        match ending {
            "epub" => is_valid(&first.bytes),
            "pdf" => is_tagged(&first.bytes),
            _ => {}
        }
    }
    visitor.get("/an-pham/so-tay-ky-nang-so/lan-1.exe").await.expect(404);
    visitor.get("/an-pham/so-tay-ky-nang-so/lan-9.pdf").await.expect(404);
}

fn is_tagged(pdf: &[u8]) {
    let text = String::from_utf8_lossy(pdf);
    assert!(text.contains("pdfuaid:part"), "says which standard it follows");
}

fn is_valid(epub: &[u8]) {
    use std::process::Command;
    if Command::new("epubcheck").arg("--version").output().is_err() {
        println!("skipped: epubcheck is not installed; `scripts/setup test` brings it");
        return;
    }
    let path = std::env::temp_dir().join(format!("lantoa-{}.epub", crate::base::new_id()));
    std::fs::write(&path, epub).expect("a file");
    let checked = Command::new("epubcheck").arg("--failonwarnings").arg(&path).output().expect("epubcheck runs");
    let _ = std::fs::remove_file(&path);
    assert!(checked.status.success(), "{}{}", String::from_utf8_lossy(&checked.stdout), String::from_utf8_lossy(&checked.stderr));
}

story!(a_search_hit_opens_at_the_section, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay an toàn", &[("Mở đầu", "Chào bạn đọc."), ("Mật khẩu", "Chọn mật khẩu dài.")]).await;
    cast.approved(&house, &path).await;
    let id: Uuid = id(&path).parse().expect("an id");
    let found = async || (crate::publications::searched::FEED.public)(&house.app, vec![id]).await.expect("documents");
    assert!(found().await.is_empty(), "what is not out is not found");
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    let urls: Vec<String> = found().await.into_iter().map(|one| one.url).collect();
    assert!(urls.contains(&"/an-pham/so-tay-an-toan/lan-1#mat-khau".to_owned()), "{urls:?}");
    assert_eq!(urls.len(), 3, "the book and its two sections");
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Nội dung đã cũ")]).await.expect(303);
    assert!(found().await.is_empty());
});
