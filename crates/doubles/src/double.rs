//! A double that runs: a platform, its port, and the tricks it is to play.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Request, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::{Answer, Call, Locked, Trick};

/// What a double of a platform does.
pub trait Platform: Send + Sync + 'static {
    /// As it stands on the page.
    fn name(&self) -> &'static str;

    /// Does what is asked and answers.
    fn answer(&self, call: &Call) -> Answer;

    /// How this platform says so: [`Trick::ErrorInside`], [`Trick::TooMany`], [`Trick::Expired`].
    fn refusal(&self, trick: Trick) -> Answer;

    /// What it was sent, the oldest first.
    fn receipts(&self) -> Vec<Receipt>;

    /// A call of its webhook to this address; a forged one is signed by somebody else.
    fn event(&self, to: &str, is_forged: bool) -> Option<Request<Bytes>> {
        let _ = (to, is_forged);
        None
    }

    /// Numbers and names that the page may set, such as how late it answers.
    fn set(&self, name: &str, value: &str) -> bool {
        let _ = (name, value);
        false
    }
}

/// One thing that a double was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: String,
    pub text: String,
    pub media: usize,
    /// Seconds since 1970.
    pub at_s: i64,
    /// `published`, `processing`, `deleted`…
    pub state: &'static str,
}

struct Stage<P> {
    platform: Arc<P>,
    tricks: Locked<VecDeque<(String, Trick)>>,
    /// What is answered late, and how late.
    waits: Locked<VecDeque<(String, Duration)>>,
}

/// A double that runs until it is dropped.
pub struct Double<P> {
    pub address: SocketAddr,
    stage: Arc<Stage<P>>,
    serving: JoinHandle<()>,
}

impl<P: Platform> Double<P> {
    /// Serves it on a free port of the loopback address.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(platform: P) -> io::Result<Self> {
        Self::start_at(platform, 0).await
    }

    /// On this port.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start_at(platform: P, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let stage = Arc::new(Stage { platform: Arc::new(platform), tricks: Locked::default(), waits: Locked::default() });
        Ok(Self { address, serving: tokio::spawn(serve(listener, Arc::clone(&stage))), stage })
    }

    /// The address to put in place of the platform's.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    #[must_use]
    pub fn platform(&self) -> &Arc<P> {
        &self.stage.platform
    }

    /// Misbehaves once, for the next request whose path has this in it.
    pub fn play(&self, path: &str, trick: Trick) {
        self.stage.tricks.open().push_back((path.to_owned(), trick));
    }

    /// Takes its time once, for the next request whose path has this in it; then does what is asked.
    pub fn wait(&self, path: &str, so_long: Duration) {
        self.stage.waits.open().push_back((path.to_owned(), so_long));
    }

    /// Forgets the tricks that nobody saw.
    pub fn behave(&self) {
        self.stage.tricks.open().clear();
    }
}

impl<P> Drop for Double<P> {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Marks an answer that is not to be given: the connection ends.
#[derive(Clone, Copy)]
struct Dropped;

async fn serve<P: Platform>(listener: TcpListener, stage: Arc<Stage<P>>) {
    let router = Router::new().fallback(take::<P>).layer(DefaultBodyLimit::disable()).with_state(stage);
    while let Ok((socket, _)) = listener.accept().await {
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| answer_or_drop(router.clone(), request));
        tokio::spawn(async move {
            // A client that goes away in the middle is no failure of the double's, and neither is one that it drops.
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
        });
    }
}

async fn answer_or_drop(router: Router, request: Request<Incoming>) -> io::Result<Response> {
    let response = router.oneshot(request.map(Body::new)).await.map_err(io::Error::other)?;
    if response.extensions().get::<Dropped>().is_some() { Err(io::Error::other("dropped")) } else { Ok(response) }
}

async fn take<P: Platform>(State(stage): State<Arc<Stage<P>>>, request: Request<Body>) -> Response {
    let call = Call::read(request).await;
    let waits = first(&stage.waits, &call);
    if let Some(so_long) = waits {
        tokio::time::sleep(so_long).await;
    }
    answer(&stage, call)
}

fn answer<P: Platform>(stage: &Stage<P>, call: Call) -> Response {
    let Some(trick) = first(&stage.tricks, &call) else { return stage.platform.answer(&call).into_response() };
    if trick.is_done() {
        let _ = stage.platform.answer(&call);
    }
    match trick {
        Trick::DropUndone | Trick::DropDone => {
            let mut response = Response::default();
            response.extensions_mut().insert(Dropped);
            response
        }
        Trick::BrokenUndone | Trick::BrokenDone => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response(),
        Trick::GarbledDone => Html("<html><body>One moment, please</body></html>").into_response(),
        Trick::ErrorInside | Trick::TooMany { .. } | Trick::Expired => stage.platform.refusal(trick).into_response(),
    }
}

/// The first that is meant for the call; it is taken.
fn first<T>(all: &Locked<VecDeque<(String, T)>>, call: &Call) -> Option<T> {
    let mut all = all.open();
    let at = all.iter().position(|(path, _)| call.path.contains(path))?;
    all.remove(at).map(|(_, one)| one)
}
