//! The line to a platform that counts what is taken of the account's allowances, before each call. A call for which nothing is left
//! is not made: nothing of it left the house.

use platforms::{Line, LineError, Request, Response};

use super::account::{Account, Values};
use super::allowance;
use super::speaking::Http;
use crate::base::App;

/// The line of one account.
pub struct Metered {
    pub line: Http,
    app: App,
    account: uuid::Uuid,
    platform: Option<platforms::Platform>,
    settings: Values,
}

impl Metered {
    #[must_use]
    pub fn of(app: &App, account: &Account) -> Self {
        let platform = account.platform().map(|platform| platform.is);
        let line = Http { private: app.config.channels_private };
        Self { line, app: app.clone(), account: account.id, platform, settings: account.settings() }
    }

    async fn count(&self, request: &Request) -> Result<(), LineError> {
        let Some(platform) = self.platform else { return Ok(()) };
        let allowances = allowance::all(platform, &self.settings);
        for (name, amount) in allowance::cost(platform, request) {
            let Some(allowance) = allowances.iter().find(|one| one.name == name) else { continue };
            let taken = allowance::take(&self.app, self.account, allowance, amount).await;
            if !taken.map_err(|error| LineError::NotSent(error.to_string()))? {
                return Err(LineError::NotSent(format!("{name}: {} / {}", allowance.max, allowance.max)));
            }
        }
        Ok(())
    }
}

impl Line for Metered {
    async fn exchange(&self, request: Request) -> Result<Response, LineError> {
        self.count(&request).await?;
        self.line.exchange(request).await
    }
}
