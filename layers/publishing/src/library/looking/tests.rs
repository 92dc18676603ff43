//! What is taken, what is refused, and by which words.

use std::io::Write;
use std::path::PathBuf;

use doubles::files;
use image::{DynamicImage, GrayImage, ImageFormat};

use super::{Looked, look_at};
use crate::base::new_id;
use crate::library::asset::Kind;
use crate::web::{Lang, Locale};

struct Lying(PathBuf);

impl Drop for Lying {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn look(bytes: &[u8]) -> Result<Looked, &'static str> {
    let lying = Lying(std::env::temp_dir().join(format!("lantoa-look-{}", new_id().simple())));
    std::fs::File::create(&lying.0).and_then(|mut file| file.write_all(bytes)).expect("a file");
    look_at(&lying.0).map_err(|obstacle| {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            let words = obstacle.text(l);
            assert!(!words.contains("nknown localization") && !words.contains('{'), "{words}");
        }
        obstacle.key
    })
}

fn refused(bytes: &[u8], key: &str) {
    assert_eq!(look(bytes).map(|looked| looked.media_type), Err(key));
}

#[test]
fn honest_files_are_what_they_are() {
    let photo = files::picture(64, 40, 9);
    let taken = |bytes: &[u8], kind: Kind, media_type: &str| {
        let looked = look(bytes).expect(media_type);
        assert_eq!((looked.kind, looked.media_type), (kind, media_type));
        looked
    };
    assert_eq!(taken(&files::jpeg(64, 40, 9), Kind::Image, "image/jpeg").pixels, Some((64, 40)));
    taken(&files::encoded(&photo, ImageFormat::Png), Kind::Image, "image/png");
    taken(&files::encoded(&photo, ImageFormat::Gif), Kind::Image, "image/gif");
    taken(&files::encoded(&photo, ImageFormat::WebP), Kind::Image, "image/webp");
    taken(&files::mp4(5_000), Kind::Video, "video/mp4");
    taken(&files::mp3(), Kind::Audio, "audio/mpeg");
    taken(&files::pdf(), Kind::Document, "application/pdf");
    assert_eq!(
        taken(&files::docx(&[]), Kind::Document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            .ending,
        "docx"
    );
    let webm = [&[0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84][..], b"webm", &[0x18, 0x53, 0x80, 0x67, 0x81, 0]].concat();
    taken(&webm, Kind::Video, "video/webm");
    refused(&webm[..webm.len() - 1], "library-refused-truncated");
}

#[test]
fn a_file_says_of_itself_what_iptc_xmp_and_exif_say() {
    let plain = files::jpeg(64, 40, 9);
    let told = files::with_segment(&files::with_segment(&plain, 0xe1, &files::xmp()), 0xed, &files::iptc("Chợ nổi lúc sáng sớm"));
    let looked = look(&files::with_segment(&told, 0xe1, &files::exif())).expect("a JPEG");
    assert_eq!(looked.found.title, "Chợ nổi");
    assert_eq!(looked.found.caption, "Chợ nổi lúc sáng sớm");
    assert_eq!(looked.found.credit, "Báo tỉnh (mẫu)");
    assert_eq!(looked.found.copyright, "© mẫu");
    assert_eq!(looked.found.source, "trainedAlgorithmicMedia");
    assert_eq!(looked.found.creator, "Chuyen vien A");
    assert!(looked.found.is_by_machine());
    assert_eq!(looked.pixels, Some((40, 64)), "upright");
}

#[test]
fn pages_and_drawings_are_refused_whatever_they_are_called() {
    refused(b"<!DOCTYPE html><script>alert(1)</script>", "library-refused-markup");
    refused(b"\xef\xbb\xbf \n<html><body>", "library-refused-markup");
    refused(b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "library-refused-svg");
    refused(b"<svg><script>alert(1)</script></svg>", "library-refused-svg");
    refused(b"", "library-refused-empty");
    refused(b"MZ\x90\0 a program", "library-refused-kind");
    refused(b"just text", "library-refused-unknown");
    refused(b"\0\0\0\x18ftypheic\0\0\0\0", "library-refused-heic");
    refused(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "library-refused-quicktime");
}

#[test]
fn files_that_are_two_things_are_refused() {
    let photo = files::jpeg(64, 40, 9);
    refused(&files::with_segment(&photo, 0xfe, b"*/<script>alert(document.domain)</script>"), "library-refused-two");
    refused(&[&photo[..], b"<html><body onload=x>"].concat(), "library-refused-two");
    let applet = files::archive(&[("A.class", b"cafebabe")]);
    refused(&[files::encoded(&files::picture(8, 8, 1), ImageFormat::Gif), applet.clone()].concat(), "library-refused-truncated");
    refused(&[photo, applet.clone()].concat(), "library-refused-two");
    refused(&[files::pdf(), applet.clone()].concat(), "library-refused-two");
    refused(&applet, "library-refused-zip");
}

#[test]
fn what_was_cut_is_found_out() {
    let photo = files::picture(400, 300, 9);
    for whole in [
        files::jpeg(400, 300, 9),
        files::encoded(&photo, ImageFormat::Png),
        files::encoded(&photo, ImageFormat::Gif),
        files::encoded(&photo, ImageFormat::WebP),
        files::mp4(9_000),
        files::pdf(),
        files::docx(&[]),
    ] {
        assert!(look(&whole).is_ok());
        let cut = &whole[..whole.len() - whole.len() / 3];
        refused(cut, "library-refused-truncated");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let large = DynamicImage::ImageLuma8(GrayImage::new(10_001, 5_001));
    refused(&files::encoded(&large, ImageFormat::Png), "library-refused-pixels");
    let zeros = vec![0; 30 * 1024 * 1024];
    refused(&files::docx(&[("word/media/image1.bmp", &zeros)]), "library-refused-bomb");
    refused(&files::docx(&[("word/vbaProject.bin", b"x")]), "library-refused-macros");
}
