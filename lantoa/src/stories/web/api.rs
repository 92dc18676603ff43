//! What programs say and hear: every answer of the API that a story sees is held against the OpenAPI document.

mod reference;
mod schema;

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::Value;

use crate::base::Role;
use crate::people::Agency;
use crate::testing::{Answer, House, Visitor};

/// A program with or without a token.
pub struct Caller<'a> {
    visitor: Visitor<'a>,
    token: Option<String>,
    document: Value,
}

impl<'a> Caller<'a> {
    pub async fn of(house: &'a House, token: Option<&str>) -> Self {
        let visitor = house.visitor();
        let document = visitor.get("/api/v1/openapi.json").await.expect(200).text();
        Self { visitor, token: token.map(str::to_owned), document: serde_json::from_str(&document).expect("JSON") }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, Body::empty()).await
    }

    /// Sends JSON under an idempotency key.
    pub async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        let headers = [("idempotency-key", key), (CONTENT_TYPE.as_str(), "application/json")];
        self.send("POST", path, &headers, Body::from(body.to_string())).await
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let answer = self.visitor.send(request.body(body).expect("a request")).await;
        schema::hold(&self.document, method, path, &answer);
        answer
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// A header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A token made on the page by the agency's administrator, acting for an officer of the agency.
pub async fn token(house: &House, agency: &Agency, scopes: &[&str]) -> String {
    let officer = house.person(Role::Officer, Some(agency)).await;
    let administrator = house.someone(Role::AgencyAdministrator, Some(agency)).await;
    made(&administrator, &officer.email, "agency", scopes).await
}

/// A token over the whole province, made by a system administrator for a coordinator at that agency.
pub async fn province_token(house: &House, agency: &Agency, scopes: &[&str]) -> String {
    let coordinator = house.person(Role::Coordinator, Some(agency)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    made(&administrator, &coordinator.email, "province", scopes).await
}

/// Makes a token by the form and reads its secret off the page.
pub async fn made(administrator: &Visitor<'_>, email: &str, reach: &str, scopes: &[&str]) -> String {
    let id = crate::base::new_id().to_string();
    let mut fields = vec![("id", id.as_str()), ("label", "Phần mềm thử"), ("email", email), ("reach", reach), ("days", "90")];
    fields.extend(scopes.iter().map(|scope| ("scopes", *scope)));
    let page = administrator.post("/desk/api-tokens", &fields).await.expect(200).text();
    secret_on(&page, "lantoa_")
}

/// The first value of a field on the page that begins so.
pub fn secret_on(page: &str, prefix: &str) -> String {
    let opening = format!("value=\"{prefix}");
    let rest = page.split(&opening).nth(1).unwrap_or_else(|| panic!("no secret on {page}"));
    format!("{prefix}{}", rest.split('"').next().unwrap_or_default())
}
