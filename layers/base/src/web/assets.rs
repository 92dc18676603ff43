//! Styles, scripts, fonts and icons, built by `make assets` and embedded. Their names carry a hash of
//! their content, so a browser may keep them for ever.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::{Error, Path, Result};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/dist"]
#[allow_missing = true]
struct Built;

static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let Some(file) = Built::get("manifest.json") else {
        tracing::error!("assets are missing: run `make assets` and build again; pages will have no style");
        return HashMap::new();
    };
    serde_json::from_slice(&file.data).unwrap_or_default()
});

/// Whether styles and scripts are in the binary.
#[must_use]
pub fn are_built() -> bool {
    !MANIFEST.is_empty()
}

/// The address of an asset by its plain name, e.g. `app.css`.
#[must_use]
pub fn address(name: &str) -> String {
    format!("/assets/{}", MANIFEST.get(name).map_or(name, String::as_str))
}

/// The bytes of an asset by its plain name; None where assets were not built.
#[must_use]
pub fn bytes(name: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
    Built::get(MANIFEST.get(name)?).map(|file| file.data)
}

/// `GET /assets/{*name}`: the file, compressed beforehand when the browser takes that.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response> {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let compressed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepted.contains(coding))
        .find_map(|(coding, ending)| Some((Some(coding), Built::get(&format!("{name}.{ending}"))?)));
    let plain = || Built::get(&name).map(|file| (None, file));
    let (coding, file) = compressed.or_else(plain).ok_or(Error::NotFound)?;
    let mut answer = (StatusCode::OK, file.data.into_owned()).into_response();
    let head = answer.headers_mut();
    head.insert(CONTENT_TYPE, content_type(&name).parse()?);
    head.insert(CACHE_CONTROL, "public, max-age=31536000, immutable".parse()?);
    head.insert(VARY, "accept-encoding".parse()?);
    if let Some(coding) = coding {
        head.insert(CONTENT_ENCODING, coding.parse()?);
    }
    Ok(answer)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "json" | "webmanifest" => "application/json",
        _ => "application/octet-stream",
    }
}
