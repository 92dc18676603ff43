//! The library over an S3-compatible store. The double speaks what the client needs of S3 (objects, ranges, parts, lists, deletion
//! of many), holds everything in memory, and fails every few requests as stores do.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::{Cast, assets, bring, files};
use crate::base::config::S3;
use crate::library::storage::Store;
use crate::library::{clearing, rendering};
use crate::story;

#[derive(Default)]
struct Bucket {
    objects: BTreeMap<String, Bytes>,
    /// Parts of uploads that are under way, by upload and number.
    parts: BTreeMap<(String, u32), Bytes>,
    requests: u32,
    /// Every so many requests fail; 0: none.
    fails: u32,
}

type Shared = Arc<Mutex<Bucket>>;

/// A store on the loopback address, for as long as the story runs.
struct Double {
    address: SocketAddr,
    bucket: Shared,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Double {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Double {
    async fn start(fails: u32) -> Self {
        let bucket = Shared::new(Mutex::new(Bucket { fails, ..Bucket::default() }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(bucket.clone());
        #[expect(clippy::disallowed_methods, reason = "the double of another machine lives beside the house")]
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.expect("serving") });
        Self { address, bucket, serving }
    }

    fn settings(&self) -> S3 {
        S3 {
            endpoint: format!("http://{}", self.address),
            bucket: "kho".into(),
            key: "chia".into(),
            secret: "khoa".into(),
            region: "us-east-1".into(),
        }
    }

    fn objects(&self, folder: &str) -> usize {
        self.bucket.lock().expect("the bucket").objects.keys().filter(|key| key.starts_with(folder)).count()
    }
}

async fn answer(State(shared): State<Shared>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut bucket = shared.lock().expect("the bucket");
    bucket.requests += 1;
    if bucket.fails > 0 && bucket.requests.is_multiple_of(bucket.fails) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let signed = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !signed.contains("Credential=chia/") {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(key) = uri.path().strip_prefix("/kho") else { return StatusCode::NOT_FOUND.into_response() };
    let key = key.trim_start_matches('/').to_owned();
    let asked: BTreeMap<String, String> = url_pairs(uri.query().unwrap_or_default());
    match (method.as_str(), asked.get("uploadId"), key.as_str()) {
        ("POST", None, "") => delete_many(&mut bucket, &String::from_utf8_lossy(&body)),
        ("POST", None, _) => {
            let id = format!("u{}", bucket.requests);
            xml(format!("<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"))
        }
        ("PUT", Some(id), _) => {
            let number = asked.get("partNumber").and_then(|number| number.parse().ok()).unwrap_or_default();
            bucket.parts.insert((id.clone(), number), body);
            [("etag", format!("\"{number}\""))].into_response()
        }
        ("POST", Some(id), _) => {
            let whole: Vec<u8> =
                bucket.parts.iter().filter(|((of, _), _)| of == id).flat_map(|(_, part)| part.to_vec()).collect();
            bucket.parts.retain(|(of, _), _| of != id);
            bucket.objects.insert(key, whole.into());
            xml("<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>".into())
        }
        ("DELETE", Some(id), _) => {
            bucket.parts.retain(|(of, _), _| of != id);
            StatusCode::NO_CONTENT.into_response()
        }
        ("PUT", None, _) => {
            bucket.objects.insert(key, body);
            [("etag", "\"one\"")].into_response()
        }
        ("DELETE", None, _) => {
            bucket.objects.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        ("GET" | "HEAD", _, "") => list(&bucket, asked.get("prefix").map(String::as_str).unwrap_or_default()),
        _ => read(&bucket, &key, &headers),
    }
}

fn url_pairs(query: &str) -> BTreeMap<String, String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.replace("%2F", "/"))).collect()
}

fn xml(text: String) -> Response {
    ([("content-type", "application/xml")], text).into_response()
}

fn read(bucket: &Bucket, key: &str, headers: &HeaderMap) -> Response {
    let Some(object) = bucket.objects.get(key) else { return StatusCode::NOT_FOUND.into_response() };
    let head = [("etag", "\"one\"".to_owned()), ("last-modified", "Mon, 02 Mar 2026 00:00:00 GMT".to_owned())];
    let range = headers.get("range").and_then(|value| value.to_str().ok()).and_then(|range| range.strip_prefix("bytes="));
    let Some((from, to)) = range.and_then(|range| range.split_once('-')) else { return (head, object.clone()).into_response() };
    let (from, to): (usize, usize) = (from.parse().expect("from"), to.parse().expect("to"));
    let to = (to + 1).min(object.len());
    let part = [("content-range", format!("bytes {from}-{}/{}", to - 1, object.len()))];
    (StatusCode::PARTIAL_CONTENT, head, part, object.slice(from..to)).into_response()
}

fn list(bucket: &Bucket, prefix: &str) -> Response {
    let line = |(key, object): (&String, &Bytes)| {
        let size = object.len();
        format!(
            "<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2026-03-02T00:00:00.000Z</LastModified><ETag>\"one\"</ETag></Contents>"
        )
    };
    let lines: String = bucket.objects.iter().filter(|(key, _)| key.starts_with(prefix)).map(line).collect();
    xml(format!("<ListBucketResult><IsTruncated>false</IsTruncated>{lines}</ListBucketResult>"))
}

fn delete_many(bucket: &mut Bucket, body: &str) -> Response {
    let keys: Vec<&str> = body.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()).collect();
    keys.iter().for_each(|key| drop(bucket.objects.remove(*key)));
    let gone: String = keys.iter().map(|key| format!("<Deleted><Key>{key}</Key></Deleted>")).collect();
    xml(format!("<DeleteResult>{gone}</DeleteResult>"))
}

story!(files_lie_in_a_bucket_and_a_store_that_stumbles_loses_none, |house| {
    let double = Double::start(5).await;
    let house = house.configured(|config| config.library.s3 = Some(double.settings()));
    let cast = Cast::of(&house).await;
    // Larger than a part, so that it goes in several.
    let film = files::mp4(9 * 1024 * 1024);
    let path = bring(&cast.officer, "phim.mp4", &film).await;
    assert_eq!(cast.officer.get(&format!("{path}/file")).await.expect(200).bytes, film);
    let request = axum::http::Request::get(format!("{path}/file")).header("range", "bytes=100-199");
    let part = cast.officer.send(request.body(axum::body::Body::empty()).expect("a request")).await.expect(206);
    assert_eq!(part.bytes, film[100..200]);
    let photo = bring(&cast.officer, "anh.jpg", &files::jpeg(90, 60, 14)).await;
    rendering::keep_up(&house.app).await.expect("pictures");
    cast.officer.get(&format!("{photo}/pictures/90.jpg")).await.expect(200);
    assert_eq!((double.objects("incoming"), double.objects("objects"), double.objects("renditions")), (0, 2, 1));
    double.bucket.lock().expect("the bucket").objects.insert("objects/ab/cd/stray".into(), Bytes::from_static(b"x"));
    house.app.clock.advance(chrono::TimeDelta::days(2));
    clearing::clear_strays(&house.app).await.expect("clearing");
    assert_eq!(double.objects("objects"), 2, "the stray went, the others stay");
});

story!(a_store_that_is_gone_is_said_and_nothing_is_half_saved, |house| {
    let double = Double::start(0).await;
    let good = Store::open(&house.app.config.clone()).expect("a folder");
    good.check().await.expect("the folder keeps");
    let mut config = house.app.config.clone();
    config.library.s3 = Some(double.settings());
    Store::open(&config).expect("a bucket").check().await.expect("the bucket keeps");
    assert_eq!(double.objects(""), 0, "the check leaves nothing");
    config.library.s3 = Some(S3 { key: "sai".into(), ..double.settings() });
    assert!(Store::open(&config).expect("a bucket").check().await.is_err(), "a wrong key shows");
    let house = house.configured(|config| config.library.s3 = Some(S3 { key: "sai".into(), ..double.settings() }));
    let cast = Cast::of(&house).await;
    let answer = cast.officer.upload("/desk/library", ("file", "anh.jpg", &files::jpeg(90, 60, 15)), &[]).await;
    assert_eq!(answer.status, 500);
    assert!(assets(&house).await.is_empty());
});
