//! The OpenAPI document of the whole API, and a page that tells it to people, made from that very document: nothing can be in
//! one and not in the other.

mod shown;

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use utoipa::OpenApi as _;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, OpenApi};

use self::shown::{Group, Kind, Thing};
use super::problem::{KINDS, Problem, Wrong};
use super::{HERE, Scope, answer};
use crate::base::App;
use crate::web::{Locale, Page, Result, Routes, Shell};

/// What the API is, besides its addresses.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Lan Tỏa",
        version = "1",
        description = "Plans, duties, slots, answers and agencies of a province's communication platform. \
            What is public needs no token; the rest wants `Authorization: Bearer lantoa_…`. \
            Problems are `application/problem+json` (RFC 9457). Lists come in pages: pass `next` as `cursor`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(Problem, Wrong)),
    tags(
        (name = "agencies", description = "Who there is"),
        (name = "plans", description = "What was promised"),
        (name = "duties", description = "What is asked, and how far it got"),
        (name = "slots", description = "What is owed, by whom, by when"),
        (name = "answers", description = "What was answered"),
        (name = "search", description = "What the public finds"),
        (name = "newsletters", description = "Letters that came back"),
        (name = "loudspeakers", description = "What was heard over loudspeakers"),
        (name = "retractions", description = "What becomes of the copies of what was wrong"),
        (name = "campaigns", description = "What is said by many, and what was counted of it"),
        (name = "registers", description = "What agencies keep about what the platform does not make"),
        (name = "measures", description = "What is counted, how, and what it came to"),
        (name = "criteria", description = "By what agencies were assessed, and what was published of it"),
        (name = "reports", description = "What was issued, and its data"),
        (name = "questions", description = "What was asked, and what was answered"),
        (name = "assistant", description = "Questions, answered from what is published"),
        (name = "token", description = "The token itself"),
    )
)]
struct About;

/// The document made whole.
fn whole(described: Option<OpenApi>) -> OpenApi {
    let mut document = About::openapi();
    if let Some(described) = described {
        document.merge(described);
    }
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("Made at /desk/api-tokens.")).build();
    document.components.get_or_insert_with(Components::new).add_security_scheme("token", SecurityScheme::Http(bearer));
    document
}

/// Puts the document and its page beside the addresses they tell of.
#[must_use]
pub fn beside(routes: Routes) -> Routes {
    let document = Arc::new(whole(routes.described.clone()));
    let reference = Routes::new()
        .at("/api/v1", get(page).layer(Extension(document.clone())))
        .at("/api/v1/openapi.json", get(json).layer(Extension(document)));
    routes.and(reference)
}

/// `GET /api/v1/openapi.json`: OpenAPI 3.1.
async fn json(Extension(document): Extension<Arc<OpenApi>>, headers: HeaderMap) -> Result<Response> {
    answer(&headers, &*document, None)
}

#[derive(Template)]
#[template(path = "web/api/reference.html")]
struct Reference {
    l: Locale,
    shell: Shell,
    groups: Vec<Group>,
    things: Vec<Thing>,
    problems: Vec<Kind>,
    per_minute: u32,
}

impl Reference {
    fn scopes(&self) -> [Scope; Scope::ALL.len()] {
        Scope::ALL
    }

    /// The first call anybody makes.
    fn first(&self) -> String {
        format!("curl {}{HERE}/plans", self.shell.origin)
    }

    fn with_token(&self) -> String {
        format!("curl '{}{HERE}/slots?standing=overdue&limit=50' \\\n  -H 'Authorization: Bearer lantoa_…'", self.shell.origin)
    }
}

/// `GET /api/v1`
async fn page(
    Extension(document): Extension<Arc<OpenApi>>,
    State(app): State<App>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response> {
    let (l, nonce) = (shell.l, shell.nonce.clone());
    let document = serde_json::to_value(&*document)?;
    let problems = KINDS.iter().map(|(status, key)| Kind {
        id: (*key).into(),
        status: status.as_u16(),
        title: l.t(&format!("api-problem-{key}")),
        advice: l.t(&format!("api-problem-{key}-advice")),
    });
    let reference = Reference {
        groups: shown::groups(l, &document, &shell.origin),
        things: shown::things(l, &document),
        problems: problems.collect(),
        per_minute: app.config.api_per_minute,
        l,
        shell,
    };
    Page(reference).public(&headers, &nonce)
}
