//! Files come in: piece by piece, by a plain form, very large, twice at once.

use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;

use super::{Cast, announce, assets, breaking, bring, files, head, json, offset, patch, stored, the_asset, uploads};
use crate::base::digest::sha256;
use crate::story;

story!(a_file_is_taken_up_again_where_the_line_broke, |house| {
    let cast = Cast::of(&house).await;
    cast.officer.get("/desk/library/new").await.expect(200).says("Sở Xây dựng").says("type=\"file\"").says("data-signed-out=");
    let film = files::mp4(300_000);
    let upload = json(&announce(&cast.officer, "phim.mov", &film).await.expect(201))["upload"].as_str().expect("one").to_owned();
    // The line breaks: what arrived is kept.
    patch(&cast.officer, &upload, 0, breaking(Bytes::copy_from_slice(&film[..100_000]))).await;
    assert_eq!(offset(&head(&cast.officer, &upload).await.expect(200)), "100000");
    // Whoever announces the same file again is told how far it got, on whatever node.
    let again = announce(&cast.officer, "phim.mov", &film).await.expect(201);
    assert_eq!((json(&again)["upload"].as_str(), offset(&again)), (Some(upload.as_str()), "100000"));
    // From a wrong place nothing is taken, and the right one is said.
    let wrong = patch(&cast.officer, &upload, 50_000, Body::from(film[50_000..].to_vec())).await.expect(409);
    assert_eq!(offset(&wrong), "100000");
    let more = patch(&cast.officer, &upload, 100_000, Body::from(film[100_000..200_000].to_vec())).await.expect(204);
    assert_eq!(offset(&more), "200000");
    assert!(assets(&house).await.is_empty(), "nothing half-saved is an asset");
    let done = patch(&cast.officer, &upload, 200_000, Body::from(film[200_000..].to_vec())).await.expect(200);
    let asset = the_asset(&house, json(&done)["asset"].as_str().expect("an asset")).await;
    assert_eq!((asset.name.as_str(), asset.size_bytes, asset.sha256), ("phim.mp4", 300_000, sha256(&film)));
    assert!(stored(&house, "incoming").is_empty(), "the pieces are gone");
    // Sent once more at the end (the answer was lost on the way): the same asset.
    let again = patch(&cast.officer, &upload, 300_000, Body::empty()).await.expect(200);
    assert_eq!(json(&again)["asset"], json(&done)["asset"]);
    assert_eq!(assets(&house).await.len(), 1);
});

story!(an_upload_is_its_bringers_alone, |house| {
    let cast = Cast::of(&house).await;
    let film = files::mp4(5_000);
    let upload = json(&announce(&cast.officer, "a.mp4", &film).await.expect(201))["upload"].as_str().expect("one").to_owned();
    head(&cast.colleague, &upload).await.expect(404);
    let nobodys = crate::base::new_id();
    head(&cast.officer, &format!("/desk/library/uploads/{nobodys}")).await.expect(404);
    patch(&cast.colleague, &upload, 0, Body::from(film.clone())).await.expect(404);
    house.visitor().post("/desk/library/uploads", &[("name", "a"), ("size", "1"), ("sha256", "")]).await.expect(303);
    announce(&cast.auditor, "a.mp4", &film).await.expect(403);
    // More than was announced, or something else.
    patch(&cast.officer, &upload, 0, Body::from(files::mp4(6_000))).await.expect(422).says("nhiều hơn");
    let mut other = film.clone();
    other[4_999] = 7;
    patch(&cast.officer, &upload, 0, Body::from(other)).await.expect(422).says("khác với tệp đã báo");
    assert_eq!((assets(&house).await.len(), uploads(&house).await, stored(&house, "").len()), (0, 0, 0), "nothing is left");
    let upload = json(&announce(&cast.officer, "a.mp4", &film).await.expect(201))["upload"].as_str().expect("one").to_owned();
    let give_up = Request::delete(&upload).body(Body::empty()).expect("a request");
    cast.officer.send(give_up).await.expect(204);
    head(&cast.officer, &upload).await.expect(404);
    for (size, hash, words) in [("0", "a", "rỗng"), ("400000000", "a", "300 MB")] {
        let fields = [("name", "a.mp4"), ("size", size), ("sha256", &hash.repeat(64))];
        cast.officer.post("/desk/library/uploads", &fields).await.expect(422).says(words);
    }
    let fields = [("name", "a.mp4"), ("size", "9"), ("sha256", "no hash")];
    cast.officer.post("/desk/library/uploads", &fields).await.expect(400);
});

story!(three_hundred_megabytes_do_not_fill_the_memory, |house| {
    let cast = Cast::of(&house).await;
    let size = 300 * 1024 * 1024;
    let head = files::mp4_head(size);
    let parts = || {
        let zeros = Bytes::from(vec![0; 1024 * 1024]);
        let rest = size - head.len();
        let whole = std::iter::repeat_n(zeros.clone(), rest / zeros.len());
        std::iter::once(Bytes::from(head.clone())).chain(whole).chain([zeros.slice(..rest % zeros.len())])
    };
    let mut hash = <sha2::Sha256 as sha2::Digest>::new();
    parts().for_each(|part| sha2::Digest::update(&mut hash, &part));
    let hash: String = sha2::Digest::finalize(hash).iter().map(|byte| format!("{byte:02x}")).collect();
    let fields = [("name", "phim-dai.mp4"), ("size", &size.to_string()), ("sha256", &hash)];
    let upload = json(&cast.officer.post("/desk/library/uploads", &fields).await.expect(201));
    let before = peak_kb();
    let body = Body::from_stream(futures_util::stream::iter(parts().map(Ok::<_, std::io::Error>)));
    patch(&cast.officer, upload["upload"].as_str().expect("one"), 0, body).await.expect(200);
    let grown = peak_kb() - before;
    assert!(grown < 100 * 1024, "the peak of memory grew by {grown} kB");
    assert_eq!(assets(&house).await[0].size_bytes, i64::try_from(size).expect("a size"));
});

/// The most memory this process ever had, in kB.
fn peak_kb() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

story!(a_plain_form_brings_several_files_and_each_stands_for_itself, |house| {
    let cast = Cast::of(&house).await;
    let one = cast.officer.upload("/desk/library", ("file", "anh.png", &files::jpeg(40, 30, 1)), &[]).await.expect(303);
    assert_eq!(the_asset(&house, one.location()).await.name, "anh.jpg", "the ending is that of the content");
    cast.officer
        .upload("/desk/library", ("file", "trang.jpg", b"<html>"), &[])
        .await
        .expect(422)
        .says("trang web")
        .says("trang.jpg");
    cast.officer.upload("/desk/library", ("other", "anh.jpg", b"x"), &[]).await.expect(422).says("Chưa chọn tệp");
    let body = ["a", "b", "c"].iter().enumerate().fold(Vec::new(), |mut body, (place, _)| {
        let content =
            if place == 1 { b"not a picture".to_vec() } else { files::jpeg(40, 30, 50 + u8::try_from(place).unwrap_or(0)) };
        body.extend(b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"anh.jpg\"\r\n\r\n");
        body.extend(content);
        body.extend(b"\r\n");
        body
    });
    let body = [body, b"--x--\r\n".to_vec()].concat();
    let request = Request::post("/desk/library").header("content-type", "multipart/form-data; boundary=x");
    cast.officer.send(request.body(Body::from(body)).expect("a request")).await.expect(422).says("1 tệp không được nhận");
    assert_eq!(assets(&house).await.len(), 3, "two of one name are both kept");
    assert_eq!(stored(&house, "incoming").len(), 0);
    let page = cast.auditor.get("/desk/library/new").await;
    assert_eq!(page.status, 403);
});

story!(two_who_bring_the_same_file_at_once_have_one, |house| {
    let cast = Cast::of(&house).await;
    let photo = files::jpeg(90, 60, 3);
    let (one, two) = tokio::join!(announce(&cast.officer, "a.jpg", &photo), announce(&cast.colleague, "b.jpg", &photo));
    let (one, two) = (
        json(&one.expect(201))["upload"].as_str().expect("one").to_owned(),
        json(&two.expect(201))["upload"].as_str().expect("one").to_owned(),
    );
    let body = || Body::from(photo.clone());
    let (one, two) = tokio::join!(patch(&cast.officer, &one, 0, body()), patch(&cast.colleague, &two, 0, body()));
    assert_eq!(json(&one.expect(200))["asset"], json(&two.expect(200))["asset"]);
    assert_eq!((assets(&house).await.len(), stored(&house, "objects").len()), (1, 1));
    // And whoever comes later is told before anything travels.
    let later = announce(&cast.colleague, "c.jpg", &photo).await.expect(200);
    assert!(json(&later)["upload"].is_null() && json(&later)["words"].as_str().expect("words").contains("đã có tệp này"));
    let path = bring(&cast.other, "d.jpg", &photo).await;
    assert_eq!(the_asset(&house, &path).await.original, Some(assets(&house).await[0].id));
});
