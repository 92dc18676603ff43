//! Believing HTTP Message Signatures (RFC 9421) with `rsa-v1_5-sha256`, as newer servers send them. Of the structured fields only
//! what such a signature needs is read: one label, components without parameters.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;

use super::digest;
use super::key::is_signed;
use super::signature::{Call, Unbelieved, WINDOW_S, joined, text};

/// `label=("@method" "@target-uri" …);created=…;keyid="…"`.
struct Input<'a> {
    label: &'a str,
    components: Vec<&'a str>,
    /// Everything after `label=`: signed as it stands.
    parameters: &'a str,
}

impl<'a> Input<'a> {
    fn read(headers: &'a HeaderMap) -> Result<Self, Unbelieved> {
        let (label, parameters) = text(headers, "signature-input").split_once('=').ok_or(Unbelieved::Form("signature-input"))?;
        let listed = parameters.strip_prefix('(').and_then(|rest| rest.split_once(')')).ok_or(Unbelieved::Form("components"))?.0;
        let unquoted = |name: &'a str| name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
        let components: Option<Vec<&str>> = listed.split_ascii_whitespace().map(unquoted).collect();
        Ok(Self { label: label.trim(), components: components.ok_or(Unbelieved::Form("components"))?, parameters })
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        let after = self.parameters.split_once(')')?.1;
        let parts = after.split(';').filter_map(|part| part.trim().split_once('='));
        parts.filter(|(is, _)| *is == name).map(|(_, value)| value.trim_matches('"')).next()
    }

    fn has(&self, name: &str) -> bool {
        self.components.contains(&name)
    }
}

pub(super) fn key_id(headers: &HeaderMap) -> Result<String, Unbelieved> {
    Input::read(headers)?.parameter("keyid").filter(|id| !id.is_empty()).map(str::to_owned).ok_or(Unbelieved::Form("keyid"))
}

pub(super) fn believe(call: &Call<'_>, public_pem: &str, now_s: i64) -> Result<(), Unbelieved> {
    let input = Input::read(call.headers)?;
    if input.parameter("alg").is_some_and(|algorithm| algorithm != "rsa-v1_5-sha256") {
        return Err(Unbelieved::Form("algorithm"));
    }
    covers(&input, call)?;
    let number = |name: &str| input.parameter(name).and_then(|time| time.parse::<i64>().ok());
    let is_near = number("created").is_some_and(|made| made.abs_diff(now_s) <= WINDOW_S.unsigned_abs());
    if !is_near || number("expires").is_some_and(|expires| expires < now_s) {
        return Err(Unbelieved::Time);
    }
    if !call.body.is_empty() && !digest::is_content_of(text(call.headers, "content-digest"), call.body) {
        return Err(Unbelieved::Digest);
    }
    let written = text(call.headers, "signature").strip_prefix(input.label).and_then(|rest| rest.strip_prefix("=:"));
    let written = written.and_then(|rest| rest.split_once(':')).ok_or(Unbelieved::Form("signature"))?.0;
    let signature = STANDARD.decode(written).map_err(|_| Unbelieved::Form("signature"))?;
    if is_signed(public_pem, &base(&input, call)?, &signature)? { Ok(()) } else { Err(Unbelieved::Signature) }
}

fn covers(input: &Input<'_>, call: &Call<'_>) -> Result<(), Unbelieved> {
    if !input.has("@method") {
        return Err(Unbelieved::Uncovered("@method"));
    }
    if !input.has("@target-uri") && !(input.has("@authority") && input.has("@path")) {
        return Err(Unbelieved::Uncovered("@target-uri"));
    }
    if !call.body.is_empty() && !input.has("content-digest") {
        return Err(Unbelieved::Uncovered("content-digest"));
    }
    Ok(())
}

/// The signature base (RFC 9421, 2.5). A portal is called by https, whatever stands before it.
fn base(input: &Input<'_>, call: &Call<'_>) -> Result<String, Unbelieved> {
    let (path, query) = call.path.split_once('?').unwrap_or((call.path, ""));
    let mut base = String::new();
    for name in &input.components {
        let value = match *name {
            "@method" => call.method.as_str().to_owned(),
            "@target-uri" => format!("https://{}{}", call.host, call.path),
            "@authority" => call.host.to_lowercase(),
            "@path" => path.to_owned(),
            "@query" => format!("?{query}"),
            "@request-target" => call.path.to_owned(),
            "@scheme" => "https".to_owned(),
            other if other.starts_with('@') => return Err(Unbelieved::Form("components")),
            other => joined(call.headers, other).ok_or(Unbelieved::Form("a header that is not there"))?,
        };
        base.push_str(&format!("\"{name}\": {value}\n"));
    }
    base.push_str(&format!("\"@signature-params\": {}", input.parameters));
    Ok(base)
}
