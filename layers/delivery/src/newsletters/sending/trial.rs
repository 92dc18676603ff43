//! A letter to who writes it, to see it in a real mailbox. It counts nowhere, and its links open nothing.

use letters::{Line, Outcome};
use uuid::Uuid;

use super::prepared::Prepared;
use super::relays::Relays;
use crate::base::{App, By, Fact, Who};
use crate::newsletters::composing::Letter;
use crate::newsletters::issue::Issue;
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::{State, Subscriber};
use crate::people::person;
use crate::web::{Error, Obstacle};

/// Sends the issue as it stands to the person who asks.
///
/// # Errors
/// Refused when there is no relay or it does not take the letter, in its words; or the database failed.
pub async fn send(app: &App, who: &Who, issue: &Issue) -> Result<String, Error> {
    let relays = Relays::of(&app.config).map_err(|_| Error::refused("issue-relay-unusable"))?;
    let desk = relays.0.first().ok_or_else(|| Error::refused("issue-needs-relay"))?;
    let newsletter = Newsletter::find(&app.db, issue.newsletter).await?;
    let names = person::Model::find(&app.db, who.person).await?;
    let title = newsletter.locale().t1("issue-trial-title", "name", &issue.title);
    let letter = Letter::of(app, &newsletter, issue).await?;
    let shown = Issue { title, ..issue.clone() };
    let prepared = Prepared::of(app, &newsletter, &shown, (&letter.text()?, &letter.html()?))?;
    let now = app.clock.now();
    let reader = Subscriber {
        id: Uuid::nil(),
        newsletter: newsletter.id,
        address_key: String::new(),
        address: names.email.clone(),
        name: who.name.clone(),
        state: State::Active,
        origin: String::new(),
        asked_at: now,
        confirmed_at: None,
        left_at: None,
        left_how: String::new(),
        soft_bounces: 0,
        soft_at: None,
        text_version: 0,
    };
    let refused = |words: String| Error::Refused(vec![Obstacle::new("issue-trial-refused").with("words", words)]);
    let ready = prepared.to(&reader).map_err(refused)?;
    let mut line = Line::open(&desk.relay).await.map_err(refused)?;
    let outcome = line.send(&ready.letter(), None, |_| true).await;
    line.close().await;
    match outcome {
        Outcome::Taken(_) => {}
        Outcome::Refused(words) | Outcome::Later(words) | Outcome::NotSent(words) | Outcome::Unknown(words) => {
            return Err(refused(words));
        }
    }
    let transaction = app.begin().await?;
    app.record(&transaction, issue.id, Fact::IssueTested { title: issue.title.clone() }, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(names.email)
}
