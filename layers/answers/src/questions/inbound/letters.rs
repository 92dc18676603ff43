//! Questions by letter: handed over by the mail server (`lantoa letters`, or `POST /api/v1/questions/letters`). A letter is one question,
//! however often it is handed over; what a machine wrote is nobody's question.

use letters::received::Received;
use sea_orm::entity::prelude::*;

use crate::base::App;
use crate::base::digest::sha256;
use crate::questions::question::asking::Incoming;
use crate::questions::question::by_code::{self, Followed};
use crate::questions::question::{self, Channel, Question, State, code};
use crate::questions::{Sender, gate, original};
use crate::web::{Error, Obstacle};

/// Larger letters hold files, which are not taken.
pub const LETTER_BYTES_MAX: usize = 2 * 1024 * 1024;

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A question, new or known.
    Asked,
    /// The reply that a question waited for.
    Replied,
    /// Why it is none: `automatic`, `too-many`, or the key of an obstacle.
    Ignored(String),
}

/// Takes a letter.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn take(app: &App, bytes: &[u8]) -> Result<Taken, Error> {
    let letter = Received::read(bytes);
    if letter.is_automatic {
        return Ok(Taken::Ignored("automatic".into()));
    }
    let address = letter.from.to_lowercase();
    match gate::pass(app, &format!("letter:{address}"), gate::PER_MINUTE_OF_ONE).await {
        Err(Error::TooMany(_)) => return Ok(Taken::Ignored("too-many".into())),
        passed => passed?,
    }
    let name = if letter.message_id.is_empty() { sha256(bytes) } else { letter.message_id.clone() };
    let key = format!("letter:{}", sha256(name.as_bytes()));
    let code = code::in_text(&letter.subject).or_else(|| code::in_text(&letter.text));
    let bare = letter.subject.is_empty() || code::in_text(&letter.subject).is_some();
    let mut text = if bare { letter.text.clone() } else { format!("{}\n\n{}", letter.subject, letter.text) };
    if let Some(code) = code {
        if replied(app, (&code, &key), &address, &letter.text).await? {
            return Ok(Taken::Replied);
        }
        // A code stands in no question: whoever reads it could follow another's.
        if is_known(app, &code).await? {
            text = text.replace(&code, "");
        }
    }
    let sender = Sender { name: letter.name, email: letter.from, ..Sender::default() };
    match Question::take(app, Incoming::of(Channel::Letter, key, text, sender)).await {
        Ok(_) => Ok(Taken::Asked),
        Err(Error::Refused(obstacles)) => {
            Ok(Taken::Ignored(obstacles.first().map(|one: &Obstacle| one.key.to_owned()).unwrap_or_default()))
        }
        Err(error) => Err(error),
    }
}

/// Whether something is followed by that code.
async fn is_known(app: &App, code: &str) -> Result<bool, Error> {
    let key = code::key(app, code)?;
    Ok(question::Entity::find().filter(question::Column::CodeKey.eq(key)).count(&app.db).await? > 0)
}

/// Whether it is the reply to a question that waits for one, from the mailbox that asked it.
async fn replied(app: &App, (code, key): (&str, &str), address: &str, text: &str) -> Result<bool, Error> {
    let followed = match Followed::find(app, &app.db, code).await {
        Err(Error::NotFound) => return Ok(false),
        followed => followed?,
    };
    if by_code::is_taken(app, key).await? {
        return Ok(true); // handed over again
    }
    let own = &followed.own.question;
    let contact = original::Model::contact(app, &app.db, own.id).await?;
    if own.state != State::Asked || contact.email.to_lowercase() != address {
        return Ok(false);
    }
    match by_code::reply_of_message(app, code, key, text).await {
        Ok(()) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(Error::Stale) => by_code::is_taken(app, key).await,
        Err(error) => Err(error),
    }
}
