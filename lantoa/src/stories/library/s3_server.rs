//! The library over a real S3 server: signatures, uploads in parts, ranges and lists are another's.

use axum::body::Body;
use axum::http::Request;
use doubles::s3::Store as Server;

use super::{Cast, bring, files};
use crate::base::config::S3;
use crate::library::rendering;
use crate::library::storage::Store;
use crate::story;

fn settings(server: &Server, secret: &str) -> S3 {
    S3 {
        endpoint: format!("http://{}", server.address),
        bucket: "kho".into(),
        key: "chia".into(),
        secret: secret.into(),
        region: "us-east-1".into(),
    }
}

story!(files_lie_in_a_real_store, |house| {
    let folder = house.app.config.data.join("kho-s3");
    let server = Server::start(&folder, "kho", ("chia", "khoa")).await.expect("a store");
    let house = house.configured(|config| config.library.s3 = Some(settings(&server, "khoa")));
    Store::open(&house.app.config.clone()).expect("a store").check().await.expect("it keeps");
    let cast = Cast::of(&house).await;
    let film = files::mp4(9 * 1024 * 1024);
    let path = bring(&cast.officer, "phim.mp4", &film).await;
    assert_eq!(cast.officer.get(&format!("{path}/file")).await.expect(200).bytes, film);
    let request = Request::get(format!("{path}/file")).header("range", "bytes=100-199");
    let part = cast.officer.send(request.body(Body::empty()).expect("a request")).await.expect(206);
    assert_eq!(part.bytes, film[100..200]);
    let photo = bring(&cast.officer, "anh.jpg", &files::jpeg(90, 60, 14)).await;
    rendering::keep_up(&house.app).await.expect("pictures");
    cast.officer.get(&format!("{photo}/pictures/90.jpg")).await.expect(200);
});

story!(a_real_store_refuses_a_wrong_secret, |house| {
    let folder = house.app.config.data.join("kho-s3");
    let server = Server::start(&folder, "kho", ("chia", "khoa")).await.expect("a store");
    let mut config = house.app.config.clone();
    config.library.s3 = Some(settings(&server, "sai"));
    assert!(Store::open(&config).expect("a store").check().await.is_err());
});
