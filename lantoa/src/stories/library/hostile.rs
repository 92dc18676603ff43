//! Hostile files over HTTP: refused with cause and remedy, noted, and nothing is left of them.

use super::{Cast, assets, files, stored, uploads};
use crate::base::fact;
use crate::story;

story!(hostile_files_leave_nothing_behind, |house| {
    let cast = Cast::of(&house).await;
    let photo = files::jpeg(400, 300, 11);
    let zeros = vec![0; 25 * 1024 * 1024];
    let bomb = files::docx(&[("word/media/image1.bmp", &zeros)]);
    let two = [photo.clone(), files::archive(&[("A.class", b"cafebabe")])].concat();
    let hostile: [(&str, &[u8], &str); 7] = [
        ("anh.jpg", b"<!doctype html><script>fetch('/desk')</script>", "trang web"),
        ("hinh.svg", b"<svg onload=\"alert(1)\"></svg>", "PNG"),
        ("anh.jpg", &two, "giấu thêm"),
        ("anh.jpg", &photo[..photo.len() / 2], "cắt cụt"),
        ("bao-cao.docx", &bomb, "nở ra quá lớn"),
        ("anh.jpg", b"", "rỗng"),
        ("../../../etc/cron.d/x.exe", b"MZ\x90\0", "không nhận tệp loại"),
    ];
    for (name, bytes, words) in hostile {
        cast.officer.upload("/desk/library", ("file", name, bytes), &[]).await.expect(422).says(words);
        assert_eq!((assets(&house).await.len(), uploads(&house).await, stored(&house, "").len()), (0, 0, 0), "{name}: {words}");
    }
    let work = house.app.config.data.join("library-work");
    assert_eq!(std::fs::read_dir(work).expect("the folder").count(), 0, "nothing lies around");
    let person = cast.officer.person.expect("a person");
    let noted = fact::Model::history(&house.app.db, person, 50).await.expect("facts");
    assert_eq!(noted.iter().filter(|fact| fact.kind == "UploadRefused").count(), hostile.len());
});
