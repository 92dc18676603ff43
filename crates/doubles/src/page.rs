//! A page for a developer: what each double was sent, and buttons for misbehaviour.

use std::collections::HashMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;

use crate::{Double, Platform, Receipt, Trick, exchange};

/// A double, whichever it is.
pub trait Shown: Send + Sync {
    fn name(&self) -> &'static str;
    fn address(&self) -> SocketAddr;
    fn receipts(&self) -> Vec<Receipt>;
    fn play(&self, path: &str, trick: Trick);
    fn behave(&self);
    fn set(&self, name: &str, value: &str) -> bool;
    fn event(&self, to: &str, is_forged: bool) -> Option<axum::http::Request<bytes::Bytes>>;
}

impl<P: Platform> Shown for Double<P> {
    fn name(&self) -> &'static str {
        self.platform().name()
    }

    fn address(&self) -> SocketAddr {
        self.address
    }

    fn receipts(&self) -> Vec<Receipt> {
        self.platform().receipts()
    }

    fn play(&self, path: &str, trick: Trick) {
        Self::play(self, path, trick);
    }

    fn behave(&self) {
        Self::behave(self);
    }

    fn set(&self, name: &str, value: &str) -> bool {
        self.platform().set(name, value)
    }

    fn event(&self, to: &str, is_forged: bool) -> Option<axum::http::Request<bytes::Bytes>> {
        self.platform().event(to, is_forged)
    }
}

type Doubles = Arc<Vec<Box<dyn Shown>>>;

/// Serves the page until the listener fails.
///
/// # Errors
/// The listener fails.
pub async fn serve(listener: TcpListener, doubles: Vec<Box<dyn Shown>>) -> std::io::Result<()> {
    let router = Router::new()
        .route("/", get(show))
        .route("/trick", post(trick))
        .route("/set", post(set))
        .route("/event", post(event))
        .with_state(Arc::new(doubles));
    axum::serve(listener, router).await
}

async fn show(State(doubles): State<Doubles>) -> Html<String> {
    let mut page = String::from(HEAD);
    for (at, double) in doubles.iter().enumerate() {
        // Writing to a text does not fail.
        let _ = one(&mut page, at, double.as_ref());
    }
    page.push_str("</main></html>");
    Html(page)
}

const HEAD: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Doubles</title>\
<style>body{font:16px/1.5 system-ui;margin:2rem;max-width:75rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}\
td,th{border-bottom:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top}td.text{white-space:pre-wrap}\
form{display:inline-block;margin:.25rem .5rem .25rem 0}button,input{font:inherit}code{background:#eee;padding:0 .25rem}</style>\
<main><h1>Doubles</h1><p>What each was sent, the newest first. A trick is played for the next request whose path has the word \
in it (empty: the very next one). <a href=\"/\">Look again</a></p>";

fn one(page: &mut String, at: usize, double: &dyn Shown) -> std::fmt::Result {
    write!(page, "<h2>{}</h2><p><code>http://{}</code></p>", escaped(double.name()), double.address())?;
    write!(
        page,
        "<form method=post action=/trick><input type=hidden name=double value={at}><label>path has <input name=path size=14></label>"
    )?;
    for (name, _) in Trick::ALL {
        write!(page, " <button name=trick value={name}>{name}</button>")?;
    }
    page.push_str(" <button name=trick value=behave>behave again</button></form>");
    write!(
        page,
        "<form method=post action=/set><input type=hidden name=double value={at}><input name=name placeholder=\"late, token, remove-metric…\">\
         <input name=value placeholder=value> <button>set</button></form>\
         <form method=post action=/event><input type=hidden name=double value={at}><input name=to placeholder=\"http://127.0.0.1:…\" size=30>\
         <button name=forged value=no>send webhook</button> <button name=forged value=yes>send it forged</button></form>"
    )?;
    page.push_str("<table><tr><th>time<th>id<th>text<th>media<th>state</tr>");
    let mut receipts = double.receipts();
    receipts.reverse();
    receipts.sort_by_key(|receipt| std::cmp::Reverse(receipt.at_s));
    for receipt in receipts {
        let text = escaped(&receipt.text);
        let (id, time) = (escaped(&receipt.id), clock(receipt.at_s));
        write!(page, "<tr><td>{time}<td>{id}<td class=text>{text}<td>{}<td>{}</tr>", receipt.media, receipt.state)?;
    }
    page.push_str("</table>");
    Ok(())
}

/// The time of day at +07:00.
fn clock(at_s: i64) -> String {
    let of_day = (at_s + 7 * 3600).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

type Fields = Form<HashMap<String, String>>;

fn chosen<'a>(doubles: &'a Doubles, fields: &HashMap<String, String>) -> Option<&'a dyn Shown> {
    let at: usize = fields.get("double")?.parse().ok()?;
    doubles.get(at).map(AsRef::as_ref)
}

fn field<'a>(fields: &'a HashMap<String, String>, name: &str) -> &'a str {
    fields.get(name).map(String::as_str).unwrap_or_default()
}

async fn trick(State(doubles): State<Doubles>, Form(fields): Fields) -> Response {
    let Some(double) = chosen(&doubles, &fields) else { return StatusCode::NOT_FOUND.into_response() };
    match Trick::named(field(&fields, "trick")) {
        Some(trick) => double.play(field(&fields, "path"), trick),
        None => double.behave(),
    }
    Redirect::to("/").into_response()
}

async fn set(State(doubles): State<Doubles>, Form(fields): Fields) -> Response {
    let Some(double) = chosen(&doubles, &fields) else { return StatusCode::NOT_FOUND.into_response() };
    if double.set(field(&fields, "name"), field(&fields, "value")) {
        Redirect::to("/").into_response()
    } else {
        (StatusCode::BAD_REQUEST, "this double has nothing of that name to set").into_response()
    }
}

async fn event(State(doubles): State<Doubles>, Form(fields): Fields) -> Response {
    let Some(double) = chosen(&doubles, &fields) else { return StatusCode::NOT_FOUND.into_response() };
    let Some(request) = double.event(field(&fields, "to"), field(&fields, "forged") == "yes") else {
        return (StatusCode::BAD_REQUEST, "this double has no webhook, or the address is none").into_response();
    };
    match exchange(request).await {
        Ok(answer) => format!("answered {}", answer.status()).into_response(),
        Err(failure) => (StatusCode::BAD_GATEWAY, format!("{failure:?}")).into_response(),
    }
}
