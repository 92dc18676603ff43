//! A whole house for a test: the product over a fresh database, visited over HTTP without a socket.
//! Every story runs on SQLite and on PostgreSQL.

pub mod double;
mod ground;

use std::sync::Mutex;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use tower::ServiceExt;
use uuid::Uuid;

use self::ground::Ground;
use crate::base::copies::Copies;
use crate::base::sources::Source;
use crate::base::{App, Capability, Clock, Config, Role, new_id, reaction};
use crate::capabilities::CAPABILITIES;
use crate::people::session::{self, Origin};
use crate::people::{Agency, Person, agency, grant, person};
use crate::{reactions, server};

/// The engine a story runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Tells a story on both engines: `story!(name, |house| { … })` makes the tests `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! story {
    ($(#[$meta:meta])* $name:ident, |$house:ident| $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a story uses what it needs of its neighbours")]
            use super::*;

            async fn told($house: $crate::testing::House) $body

            #[test]
            fn sqlite() {
                $crate::testing::tell($crate::testing::Engine::Sqlite, told);
            }

            #[test]
            fn postgres() {
                $crate::testing::tell($crate::testing::Engine::Postgres, told);
            }
        }
    };
}

/// Runs a story in a fresh house. Without `LANTOA_TEST_POSTGRES` the PostgreSQL half says that it is
/// skipped; under CI that is a failure.
pub fn tell<F: Future<Output = ()>>(engine: Engine, story: impl FnOnce(House) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let _ = rustls::crypto::ring::default_provider().install_default();
    runtime.block_on(async {
        let Some(house) = House::build(engine).await else { return };
        let (ground, app) = (house.ground.clone(), house.app.clone());
        story(house).await;
        ground.close(&app).await;
    });
}

/// The product over a fresh database.
pub struct House {
    pub app: App,
    ground: Ground,
    router: Router,
}

impl House {
    async fn build(engine: Engine) -> Option<Self> {
        let ground = Ground::lay(engine).await?;
        // A working Monday afternoon in Vietnam.
        let at: DateTime<Utc> = "2026-03-02T07:00:00Z".parse().expect("a time");
        let app = server::prepare(ground.config(), CAPABILITIES, Clock::held(at), true).await.expect("a house");
        Some(Self { router: server::router(app.clone()), app, ground })
    }

    /// The same house with other settings.
    #[must_use]
    pub fn configured(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.app.config.clone();
        change(&mut config);
        let app = App::new(
            config,
            (self.app.db.clone(), self.app.statements.clone()),
            self.app.clock.clone(),
            CAPABILITIES,
            self.app.demo,
        );
        Self { router: server::router(app.clone()), app, ground: self.ground }
    }

    /// The same house, not as a demo.
    #[must_use]
    pub fn in_earnest(self) -> Self {
        let database = (self.app.db.clone(), self.app.statements.clone());
        let app = App::new(self.app.config.clone(), database, self.app.clock.clone(), CAPABILITIES, false);
        Self { router: server::router(app.clone()), app, ground: self.ground }
    }

    /// The same house, in which that capability answers otherwise where it is asked for its copies of an article.
    #[must_use]
    pub fn copying(self, name: &str, copies: Copies) -> Self {
        let asked = |one: &Capability| if one.name == name { Capability { copies: Some(copies), ..*one } } else { *one };
        let list: Vec<Capability> = self.app.capabilities.iter().map(asked).collect();
        let database = (self.app.db.clone(), self.app.statements.clone());
        let app = App::new(self.app.config.clone(), database, self.app.clock.clone(), list.leak(), self.app.demo);
        Self { router: server::router(app.clone()), app, ground: self.ground }
    }

    /// The same house, in which that capability keeps other things that can be counted.
    #[must_use]
    pub fn counting(self, name: &str, sources: &'static [Source]) -> Self {
        let asked = |one: &Capability| if one.name == name { Capability { sources, ..*one } } else { *one };
        let list: Vec<Capability> = self.app.capabilities.iter().map(asked).collect();
        let database = (self.app.db.clone(), self.app.statements.clone());
        let app = App::new(self.app.config.clone(), database, self.app.clock.clone(), list.leak(), self.app.demo);
        Self { router: server::router(app.clone()), app, ground: self.ground }
    }

    /// How many statements went to the database so far: a page's own number is the difference.
    pub fn statements(&self) -> u64 {
        self.app.statements.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Lets every waiting reaction be answered.
    pub async fn react(&self) {
        while reaction::work(&self.app, reactions::react).await.expect("reactions") > 0 {}
        let failed = reaction::Entity::find().filter(reaction::Column::DoneAt.is_null());
        for row in failed.all(&self.app.db).await.expect("reactions") {
            // Shown with a story that fails; some are about just that.
            println!("waits: {} after {} attempts: {}", row.fact, row.attempts, row.error.unwrap_or_default());
        }
    }

    /// Opens an agency of that name with everything else plain.
    pub async fn agency(&self, name: &str, kind: agency::Kind) -> Agency {
        let row = Agency {
            id: new_id(),
            slug: vietnamese::slug(name).unwrap_or_default(),
            code: vietnamese::slug(name).unwrap_or_default(),
            name: name.into(),
            short_name: name.into(),
            kind,
            parent: None,
            official_code: None,
            open_from: NaiveDate::from_ymd_opt(2025, 7, 1).expect("a day"),
            closed_on: None,
            confidence: agency::Confidence::High,
            latitude: None,
            longitude: None,
            area_km2: None,
            boundary: None,
            email: None,
            phone: None,
            address: None,
            note: String::new(),
            demo: true,
            version: 1,
        };
        agency::Entity::insert(agency::ActiveModel::from(row.clone()))
            .exec_without_returning(&self.app.db)
            .await
            .expect("an agency");
        row
    }

    /// Someone with that role, signed in.
    pub async fn someone(&self, role: Role, agency: Option<&Agency>) -> Visitor<'_> {
        let person = self.person(role, agency).await;
        let line = session::Model::begin(&self.app, &person, "test", Origin::default()).await.expect("a session");
        let visitor = self.visitor();
        visitor.keep(&line);
        Visitor { person: Some(person.id), ..visitor }
    }

    /// Someone with that role, not signed in.
    pub async fn person(&self, role: Role, agency: Option<&Agency>) -> Person {
        let id = new_id();
        let row = Person {
            id,
            name: format!("Chuyên viên {}", role.code()),
            email: format!("{id}@example.vn"),
            identifier: None,
            title: String::new(),
            agency: agency.map(|agency| agency.id),
            created_at: self.app.clock.now(),
            disabled_at: None,
            password_hash: None,
            totp_secret: None,
            totp_confirmed_at: None,
            totp_last_step: None,
            version: 1,
        };
        person::Entity::insert(person::ActiveModel::from(row.clone()))
            .exec_without_returning(&self.app.db)
            .await
            .expect("a person");
        let held = grant::ActiveModel {
            id: Set(new_id()),
            person: Set(id),
            role: Set(role.code().into()),
            agency: Set(agency.filter(|_| role.is_of_agency()).map(|agency| agency.id)),
            granted_at: Set(self.app.clock.now()),
            granted_by: Set(None),
        };
        grant::Entity::insert(held).exec_without_returning(&self.app.db).await.expect("a grant");
        row
    }

    /// Moves the clock to a moment in Vietnam, e.g. `2026-06-20T23:59:59`; whoever is signed in stays so, as if they had signed in anew
    /// that morning.
    pub async fn on(&self, moment: &str) {
        crate::stories::duties::at(self, moment);
        self.stay().await;
    }

    /// Nobody's session ends though the clock was moved.
    pub async fn stay(&self) {
        let now = self.app.clock.now();
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(now))
            .col_expr(session::Column::ExpiresAt, Expr::value(now + TimeDelta::hours(12)))
            .exec(&self.app.db)
            .await
            .expect("sessions");
    }

    /// A browser without a session.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { router: &self.router, cookies: Mutex::default(), person: None }
    }
}

/// A browser: keeps cookies, sends what browsers send.
pub struct Visitor<'a> {
    router: &'a Router,
    cookies: Mutex<Vec<(String, String)>>,
    /// Who is signed in.
    pub person: Option<Uuid>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Visitor<'_> {
    /// Opens an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", crate::web::address::encode(name), crate::web::address::encode(value)))
            .collect();
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(pairs.join("&"))).expect("a request")).await
    }

    /// Sends a file in a multipart form, with plain fields beside it.
    pub async fn upload(&self, path: &str, file: (&str, &str, &[u8]), fields: &[(&str, &str)]) -> Answer {
        const BOUNDARY: &str = "lantoa-test-boundary";
        let (field, name, bytes) = file;
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
        let request = Request::post(path).header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Sends any request with the cookies kept so far.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let line = self
            .cookies
            .lock()
            .expect("cookies")
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ");
        if !line.is_empty() && !request.headers().contains_key(COOKIE) {
            request.headers_mut().insert(COOKIE, line.parse().expect("cookies"));
        }
        request.headers_mut().entry("host").or_insert("localhost".parse().expect("a host"));
        request.headers_mut().entry("sec-fetch-site").or_insert("same-origin".parse().expect("a header"));
        request.extensions_mut().insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 40_000))));
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        for line in parts.headers.get_all(SET_COOKIE) {
            self.keep(line.to_str().expect("a cookie"));
        }
        let bytes = to_bytes(body, 64 * 1024 * 1024).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    /// Keeps a cookie as a browser does: `name=value; attributes`.
    pub fn keep(&self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').expect("a cookie");
        let mut cookies = self.cookies.lock().expect("cookies");
        cookies.retain(|(kept, _)| kept != name);
        if !attributes.contains("Max-Age=0") {
            cookies.push((name.into(), value.into()));
        }
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Fails unless the status is this one; shows the text of the page when not.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "to {}; body: {}", self.location(), self.text());
        self
    }

    /// Fails unless the page says this.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.text().contains(words), "`{words}` is not in: {}", self.text());
        self
    }

    /// Fails if the page says this.
    #[track_caller]
    pub fn says_not(self, words: &str) -> Self {
        assert!(!self.text().contains(words), "`{words}` is in: {}", self.text());
        self
    }
}
