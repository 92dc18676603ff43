//! Bytes over HTTP: pictures without what the camera noted, ranges, caches, fences.

use axum::body::Body;
use axum::http::Request;

use super::{Cast, bring, describe, draw, files, head, the_asset};
use crate::story;
use crate::testing::{Answer, Visitor};

async fn range(who: &Visitor<'_>, path: &str, range: &str) -> Answer {
    who.send(Request::get(path).header("range", range).body(Body::empty()).expect("a request")).await
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

story!(pictures_are_upright_and_do_not_tell_where_they_were_taken, |house| {
    let cast = Cast::of(&house).await;
    let photo = files::with_segment(&files::jpeg(800, 400, 10), 0xe1, &files::exif());
    assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&photo)).is_ok(), "the photo tells");
    let path = bring(&cast.officer, "anh.jpg", &photo).await;
    cast.officer.get(&path).await.expect(200).says("Đang tạo ảnh xem trước");
    draw(&house).await;
    cast.officer.get(&path).await.expect(200).says("320 × 640").says("srcset=");
    let small = cast.officer.get(&format!("{path}/pictures/320.jpg")).await.expect(200);
    let opened = image::load_from_memory(&small.bytes).expect("a picture");
    assert_eq!((opened.width(), opened.height()), (320, 640), "the camera was held upright");
    assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&small.bytes)).is_err(), "nothing is told");
    cast.officer.get(&format!("{path}/pictures/321.jpg")).await.expect(404);
    cast.officer.get(&format!("{path}/pictures/x")).await.expect(404);
    draw(&house).await;
    // Transparent becomes white, and a picture smaller than all widths has one of its own.
    let clear = image::DynamicImage::ImageRgba8(image::RgbaImage::new(20, 10));
    let path = bring(&cast.officer, "logo.png", &files::encoded(&clear, image::ImageFormat::Png)).await;
    draw(&house).await;
    let own = cast.officer.get(&format!("{path}/pictures/20.jpg")).await.expect(200);
    assert_eq!(image::load_from_memory(&own.bytes).expect("a picture").to_rgb8().get_pixel(5, 5).0, [255, 255, 255]);
});

story!(films_are_served_in_ranges_and_nothing_runs, |house| {
    let cast = Cast::of(&house).await;
    let film = files::mp4(50_000);
    let path = bring(&cast.officer, "phim \"lạ\".mp4", &film).await;
    let file = format!("{path}/file");
    let whole = cast.officer.get(&file).await.expect(200);
    assert_eq!(whole.bytes, film);
    assert_eq!((header(&whole, "content-type"), header(&whole, "x-content-type-options")), ("video/mp4", "nosniff"));
    assert!(header(&whole, "content-security-policy").contains("sandbox"));
    assert!(header(&whole, "content-disposition").starts_with("inline; filename=\"phim__l__.mp4\""), "{:?}", whole.headers);
    assert!(header(&whole, "cache-control").contains("immutable") && header(&whole, "cache-control").contains("private"));
    let part = range(&cast.officer, &file, "bytes=10-19").await.expect(206);
    assert_eq!((part.bytes.as_slice(), header(&part, "content-range")), (&film[10..20], "bytes 10-19/50000"));
    assert_eq!(range(&cast.officer, &file, "bytes=-7").await.expect(206).bytes, film[49_993..]);
    assert_eq!(header(&range(&cast.officer, &file, "bytes=50000-").await.expect(416), "content-range"), "bytes */50000");
    let tag = header(&whole, "etag").to_owned();
    let known = Request::get(&file).header("if-none-match", &tag).body(Body::empty()).expect("a request");
    cast.officer.send(known).await.expect(304);
    let stale = Request::get(&file).header("range", "bytes=0-1").header("if-range", "\"other\"");
    cast.officer.send(stale.body(Body::empty()).expect("a request")).await.expect(200);
    assert_eq!(header(&head(&cast.officer, &file).await.expect(200), "content-length"), "50000");
    let saved = cast.officer.get(&format!("{file}?save=1")).await.expect(200);
    assert!(header(&saved, "content-disposition").starts_with("attachment"));
    let document = bring(&cast.officer, "bao-cao.docx", &files::docx(&[])).await;
    let document = cast.officer.get(&format!("{document}/file")).await.expect(200);
    assert!(header(&document, "content-disposition").starts_with("attachment"), "documents are never opened in the page");
    // Public, it may be kept by anybody.
    describe(&cast.officer, &path, "1", &[("public", "on")]).await.expect(303);
    let id = the_asset(&house, &path).await.id;
    let public = house.visitor().get(&format!("/tu-lieu/{id}/phim.mp4")).await.expect(200);
    assert!(header(&public, "cache-control").starts_with("public"));
    house.visitor().get("/tu-lieu/no-id/640.jpg").await.expect(404);
    let compressed = Request::get(format!("/tu-lieu/{id}/phim.mp4")).header("accept-encoding", "gzip, br");
    let answer = house.visitor().send(compressed.body(Body::empty()).expect("a request")).await.expect(200);
    assert_eq!((answer.bytes.len(), header(&answer, "content-encoding")), (50_000, ""), "packed already");
});
