//! What letters of an issue are made of, made once and kept while it is sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use letters::{Address, Letter, Personal, Sender, Template};
use uuid::Uuid;

use super::relays;
use crate::base::App;
use crate::base::installation_key::InstallationKey;
use crate::base::time::VIETNAM;
use crate::newsletters::composing;
use crate::newsletters::issue::Issue;
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::Subscriber;
use crate::newsletters::token::{self, Purpose};
use crate::web::Error;

/// Issues that are sent at once are few.
const KEPT_MAX: usize = 8;

/// An issue, ready to be written to anybody.
pub struct Prepared {
    template: Template,
    key: InstallationKey,
    code: String,
    origin: String,
    return_path: String,
    host: String,
}

/// A letter with its envelope.
pub struct Ready {
    pub subscriber: Uuid,
    pub address: Address,
    pub return_path: Option<String>,
    pub bytes: Vec<u8>,
}

impl Ready {
    #[must_use]
    pub fn letter(&self) -> Letter<'_> {
        Letter { return_path: self.return_path.as_deref(), recipient: &self.address, bytes: &self.bytes }
    }
}

/// What was prepared.
#[derive(Default)]
pub struct Shelf(Mutex<HashMap<(Uuid, i32), Arc<Prepared>>>);

impl Shelf {
    /// The issue as it was approved.
    ///
    /// # Errors
    /// The settings, the key or the database failed.
    pub async fn of(&self, app: &App, issue: &Issue) -> Result<Arc<Prepared>, Error> {
        let place = (issue.id, issue.version);
        if let Some(there) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return Ok(Arc::clone(there));
        }
        let newsletter = Newsletter::find(&app.db, issue.newsletter).await?;
        let prepared = Arc::new(Prepared::of(app, &newsletter, issue, (&issue.frozen_text, &issue.frozen_html))?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(place, Arc::clone(&prepared));
        Ok(prepared)
    }
}

impl Prepared {
    /// Encodes what is the same for all.
    ///
    /// # Errors
    /// The settings name no sender, or the key can not be read.
    pub fn of(app: &App, newsletter: &Newsletter, issue: &Issue, (text, html): (&str, &str)) -> Result<Self, Error> {
        let unusable = |error: relays::Unusable| Error::Internal(error.into());
        let address = relays::sender(&app.config).map_err(unusable)?;
        let host = address.domain().to_owned();
        let name = if newsletter.sender_name.is_empty() { &newsletter.name } else { &newsletter.sender_name };
        let from = Sender { name: name.clone(), address };
        let template = Template::new(&letters::Issue {
            from: &from,
            reply_to: None,
            subject: &issue.title,
            list: &newsletter.name,
            list_id: &format!("{}.ban-tin.{host}", newsletter.slug),
            language: newsletter.language.tag(),
            // The same letter has the same head however often it is tried.
            date: issue.began_at.unwrap_or_else(|| app.clock.now()).with_timezone(&VIETNAM),
            text,
            html,
            marks: &composing::MARKS,
        });
        let return_path = relays::return_path(&app.config).map_err(unusable)?;
        let (key, origin) = (InstallationKey::of(app)?, app.config.public_url());
        Ok(Self { template, key, code: issue.code.clone(), origin, return_path, host })
    }

    /// The letter to a subscriber; the words when it can not be one.
    ///
    /// # Errors
    /// Their address is none, in a few words.
    pub fn to(&self, subscriber: &Subscriber) -> Result<Ready, String> {
        let address = Address::read(&subscriber.address).map_err(|error| error.to_string())?;
        let leave = format!("{}/ban-tin/huy/{}", self.origin, token::of(&self.key, Purpose::Leave, subscriber.id));
        let manage = format!("{}/ban-tin/tuy-chon/{}", self.origin, token::of(&self.key, Purpose::Manage, subscriber.id));
        let personal = Personal {
            name: &subscriber.name,
            address: &address,
            message_id: &format!("{}.{}@{}", self.code, subscriber.id.simple(), self.host),
            unsubscribe: &leave,
            values: &[&leave, &manage],
        };
        let bytes = self.template.letter(&personal);
        let return_path = token::return_path(&self.key, &self.return_path, &self.code, subscriber.id);
        Ok(Ready { subscriber: subscriber.id, address, return_path, bytes })
    }
}
