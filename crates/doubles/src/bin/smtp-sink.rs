//! A mail server for the bench: takes letters, counts them, says how many on a second port.

#![expect(clippy::print_stdout, reason = "a program for a terminal says where it listens")]

use std::io;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::Parser;
use doubles::sink::{Habits, Sink};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Takes letters on one port and tells how many on another.
#[derive(Parser)]
struct Options {
    #[arg(long, default_value_t = 7725)]
    port: u16,
    /// `GET /count`, `POST /forget`.
    #[arg(long, default_value_t = 7726)]
    control: u16,
    /// Closes a line after so many letters.
    #[arg(long)]
    close_after: Option<u32>,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let options = Options::parse();
    let habits = Habits { close_after: options.close_after, keeps: false, ..Habits::default() };
    let sink = Arc::new(Sink::start(habits, options.port).await?);
    println!("smtp {}  control http://127.0.0.1:{}", sink.url(), options.control);
    let router = Router::new().route("/count", get(count)).route("/forget", post(forget)).with_state(sink);
    let listener = TcpListener::bind(("127.0.0.1", options.control)).await?;
    axum::serve(listener, router).await
}

async fn count(State(sink): State<Arc<Sink>>) -> Json<Value> {
    Json(json!({ "taken": sink.taken(), "distinct": sink.distinct(), "twice": sink.twice().len(), "lines": sink.lines() }))
}

async fn forget(State(sink): State<Arc<Sink>>) -> Json<Value> {
    sink.forget();
    count(State(sink)).await
}
