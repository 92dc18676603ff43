//! A double as a value that answers requests, and the loopback server that puts it behind an address.
//!
//! A double keeps what it received, answers as the platform does, and does for once what platforms do on bad days
//! ([`Trick`]) when a test or a developer puts that in its way.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Either, Full, Limited};
use hyper::body::{Body, Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::Sleep;

use crate::page::Shown;
use crate::{Receipt, Trick};

/// Requests above this are cut off.
const BODY_BYTES_MAX: usize = 512 * 1024 * 1024;

/// What a double does with a request.
pub enum Answer {
    Say(Response<Bytes>),
    /// Closes the connection without a word.
    HangUp,
    /// Keeps the connection and never answers.
    Silence,
    /// Says it piece by piece.
    Stream(Response<Parts>),
    /// Does that after a while.
    Late(Duration, Box<Answer>),
}

/// A body that comes in pieces, each after a while, and may break off behind the last.
pub struct Parts {
    left: VecDeque<(Duration, Bytes)>,
    breaks: bool,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Parts {
    #[must_use]
    pub fn of(parts: Vec<(Duration, Bytes)>, breaks: bool) -> Self {
        Self { left: parts.into(), breaks, waiting: None }
    }
}

impl Body for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some((so_long, _)) = self.left.front() else {
            let end = self.breaks.then(|| Err(io::Error::other("broke off")));
            self.breaks = false;
            return Poll::Ready(end);
        };
        let so_long = *so_long;
        if !so_long.is_zero() {
            let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(so_long)));
            ready!(waiting.as_mut().poll(context));
            self.waiting = None;
        }
        Poll::Ready(self.left.pop_front().map(|(_, bytes)| Ok(Frame::data(bytes))))
    }
}

/// A foreign service as far as it is spoken to. Unlike a [`crate::Platform`] it reads whole bodies, hangs up by itself, and plays its
/// tricks in the order in which they were put in its way, at the calls that matter.
pub trait Service: Send + 'static {
    /// As it stands on the page.
    fn name(&self) -> &'static str;

    fn answer(&mut self, request: &Request<Bytes>) -> Answer;

    /// What it will do wrong.
    fn tricks(&mut self) -> &mut Tricks;

    /// What it was sent, the oldest first.
    fn receipts(&self) -> Vec<Receipt>;

    /// Names and values that the page may set, such as how late it answers. False: no such name, or no such value.
    fn set(&mut self, name: &str, value: &str) -> bool {
        let _ = (name, value);
        false
    }
}

/// Sets what a text says, if it says such a thing.
pub(crate) fn put<T: std::str::FromStr>(into: &mut T, value: &str) -> bool {
    value.parse().map(|value| *into = value).is_ok()
}

/// What goes wrong with the next calls, in their order; nothing when it is empty.
#[derive(Debug, Default)]
pub struct Tricks(pub VecDeque<Option<Trick>>);

impl Tricks {
    /// The next one.
    pub fn take(&mut self) -> Option<Trick> {
        self.0.pop_front().flatten()
    }
}

/// Whether what was asked for happens.
#[must_use]
pub fn is_done(trick: Option<Trick>) -> bool {
    trick.is_none_or(Trick::is_done)
}

/// A page where an answer should be.
#[must_use]
pub fn garbled() -> Answer {
    Answer::Say(Response::new(Bytes::from_static(b"<html><body>One moment, please</body></html>")))
}

/// A double behind an address of its own, until it is dropped.
pub struct Serving<D> {
    pub address: SocketAddr,
    double: Arc<Mutex<D>>,
    task: JoinHandle<()>,
}

impl<D: Service> Serving<D> {
    /// Starts on a free port of the loopback address, or on the given one.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(double: D, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let double = Arc::new(Mutex::new(double));
        let task = tokio::spawn(serve(listener, Arc::clone(&double)));
        Ok(Self { address, double, task })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// To look at it or to change what it does.
    pub fn double(&self) -> MutexGuard<'_, D> {
        self.double.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D: Service> Shown for Serving<D> {
    fn name(&self) -> &'static str {
        self.double().name()
    }

    fn address(&self) -> SocketAddr {
        self.address
    }

    fn receipts(&self) -> Vec<Receipt> {
        self.double().receipts()
    }

    /// At the next call that matters, whatever its path.
    fn play(&self, _: &str, trick: Trick) {
        self.double().tricks().0.push_back(Some(trick));
    }

    fn behave(&self) {
        self.double().tricks().0.clear();
    }

    fn set(&self, name: &str, value: &str) -> bool {
        self.double().set(name, value)
    }

    fn event(&self, _: &str, _: bool) -> Option<Request<Bytes>> {
        None
    }
}

impl<D> Drop for Serving<D> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve<D: Service>(listener: TcpListener, double: Arc<Mutex<D>>) {
    while let Ok((socket, _)) = listener.accept().await {
        let double = Arc::clone(&double);
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, Arc::clone(&double)));
            // A client that goes away in the middle is no failure of the double's; hanging up is meant.
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
        });
    }
}

async fn answer<D: Service>(
    request: Request<Incoming>,
    double: Arc<Mutex<D>>,
) -> io::Result<Response<Either<Full<Bytes>, Parts>>> {
    let (head, body) = request.into_parts();
    let read = Limited::new(body, BODY_BYTES_MAX).collect().await.map_err(io::Error::other)?;
    let request = Request::from_parts(head, read.to_bytes());
    let mut answer = double.lock().unwrap_or_else(PoisonError::into_inner).answer(&request);
    loop {
        match answer {
            Answer::Say(response) => return Ok(response.map(|body| Either::Left(Full::new(body)))),
            Answer::Stream(response) => return Ok(response.map(Either::Right)),
            Answer::HangUp => return Err(io::Error::other("hung up")),
            Answer::Silence => return std::future::pending().await,
            Answer::Late(so_long, then) => {
                tokio::time::sleep(so_long).await;
                answer = *then;
            }
        }
    }
}

/// A response with a JSON body and these headers.
#[must_use]
pub fn say(status: StatusCode, headers: &[(&str, &str)], body: &Value) -> Answer {
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = status;
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<http::HeaderName>(), value.parse()) {
            response.headers_mut().insert(name, value);
        }
    }
    if !body.is_null() {
        response.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json; charset=UTF-8"));
    }
    Answer::Say(response)
}

/// A header as text; empty when it is missing.
#[must_use]
pub fn header<'a>(request: &'a Request<Bytes>, name: &str) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The decoded value of a pair in `a=b&c=d`.
#[must_use]
pub fn pair(pairs: &str, name: &str) -> Option<String> {
    pairs
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(is, _)| *is == name)
        .map(|(_, value)| percent_encoding::percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned())
}

/// The body as JSON; `Null` when it is none.
#[must_use]
pub fn json(request: &Request<Bytes>) -> Value {
    serde_json::from_slice(request.body()).unwrap_or(Value::Null)
}
