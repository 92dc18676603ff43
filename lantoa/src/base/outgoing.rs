//! Calls that leave the process by HTTP. Each ends within ten seconds, takes a megabyte at most, follows no
//! redirect (an answer must not lead us to an address nobody chose), and fails by one of these names.

use std::sync::LazyLock;
use std::time::Duration;

use reqwest::redirect::Policy;
use thiserror::Error;

const CONNECT_TIMEOUT_S: u64 = 5;
const TIMEOUT_S: u64 = 10;
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Why a call brought nothing home.
#[derive(Debug, Error)]
pub enum Unanswered {
    #[error("no answer within {TIMEOUT_S} s")]
    TimedOut,
    #[error("the answer is larger than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
    #[error("not reached: {0}")]
    NotReached(String),
}

impl From<reqwest::Error> for Unanswered {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() { Self::TimedOut } else { Self::NotReached(anyhow::Error::from(error.without_url()).to_string()) }
    }
}

static CLIENT: LazyLock<Result<reqwest::Client, String>> = LazyLock::new(|| {
    let built = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(CONNECT_TIMEOUT_S))
        .timeout(Duration::from_secs(TIMEOUT_S))
        .redirect(Policy::none())
        .user_agent(concat!("lantoa/", env!("CARGO_PKG_VERSION")))
        .build();
    built.map_err(|error| error.to_string())
});

/// Sends a request and reads the whole answer.
///
/// # Errors
/// [`Unanswered`]; an answer with any status is an answer.
pub async fn send(request: axum::http::Request<Vec<u8>>) -> Result<axum::http::Response<Vec<u8>>, Unanswered> {
    let client = CLIENT.as_ref().map_err(|error| Unanswered::NotReached(error.clone()))?;
    let mut answer = client.execute(request.try_into()?).await?;
    let mut response = axum::http::Response::new(Vec::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    while let Some(chunk) = answer.chunk().await? {
        if response.body().len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(Unanswered::TooLarge);
        }
        response.body_mut().extend_from_slice(&chunk);
    }
    Ok(response)
}
