//! A request as the doubles read it, and an answer as they give it.

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::{FromRequest, Multipart};
use axum::http::{HeaderMap, Method, Request, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Map, Value};

/// So much is read, in bytes.
const BODY_BYTES_MAX: usize = 64 << 20;

/// A request.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: Method,
    pub path: String,
    pub query: HashMap<String, String>,
    pub headers: HeaderMap,
    /// An object: of the JSON, or of the fields of a form as text.
    pub fields: Value,
    pub files: Vec<File>,
}

/// A file in a form.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub mime: String,
    pub bytes: usize,
}

impl Call {
    /// A field's text; empty when it is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields[name].as_str().unwrap_or_default()
    }

    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The parts of the path.
    #[must_use]
    pub fn parts(&self) -> Vec<&str> {
        self.path.split('/').filter(|part| !part.is_empty()).collect()
    }

    pub(crate) async fn read(request: Request<Body>) -> Self {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        let (method, headers) = (request.method().clone(), request.headers().clone());
        let path = request.uri().path().to_owned();
        let query = pairs(request.uri().query().unwrap_or_default());
        let (fields, files) = if kind.starts_with("multipart/form-data") {
            in_parts(request).await
        } else {
            (plain(&kind, axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await.unwrap_or_default()), Vec::new())
        };
        Self { method, path, query, headers, fields, files }
    }
}

fn plain(kind: &str, body: Bytes) -> Value {
    if kind.starts_with("application/x-www-form-urlencoded") {
        return pairs(&String::from_utf8_lossy(&body))
            .into_iter()
            .map(|(name, value)| (name, Value::from(value)))
            .collect::<Map<_, _>>()
            .into();
    }
    serde_json::from_slice(&body).unwrap_or_default()
}

/// `a=b&c=d`, decoded.
fn pairs(text: &str) -> HashMap<String, String> {
    let uri = format!("/?{text}").parse().unwrap_or_default();
    axum::extract::Query::try_from_uri(&uri).map(|query| query.0).unwrap_or_default()
}

async fn in_parts(request: Request<Body>) -> (Value, Vec<File>) {
    let (mut fields, mut files) = (Map::new(), Vec::new());
    let Ok(mut parts) = Multipart::from_request(request, &()).await else { return (Value::Null, files) };
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        let mime = part.file_name().is_some().then(|| part.content_type().unwrap_or_default().to_owned());
        let value = part.bytes().await.unwrap_or_default();
        match mime {
            Some(mime) => files.push(File { name, mime, bytes: value.len() }),
            None => drop(fields.insert(name, String::from_utf8_lossy(&value).into_owned().into())),
        }
    }
    (fields.into(), files)
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Value,
}

impl Answer {
    #[must_use]
    pub fn of(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = axum::http::StatusCode::from_u16(self.status).unwrap_or_default();
        let mut response = (status, axum::Json(self.body)).into_response();
        for (name, value) in self.headers {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
