//! What stands against sending an issue: shown beside the button, and looked at again in the approval.

use super::Issue;
use crate::base::App;
use crate::newsletters::composing::Letter;
use crate::newsletters::newsletter::{Newsletter, State};
use crate::newsletters::sending::relays::Relays;
use crate::web::{Error, Obstacle};

impl Issue {
    /// The obstacles to its approval. `letter` is what it says now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles(&self, app: &App, newsletter: &Newsletter, letter: &Letter) -> Result<Vec<Obstacle>, Error> {
        let mut found = Vec::new();
        let missing = self.items().len().saturating_sub(letter.stories.len());
        // A letter that says that an article is withdrawn can not lead to it.
        if missing > 0 && self.corrects.is_none() {
            found.push(Obstacle::new("issue-article-gone").with("n", missing));
        }
        if letter.stories.is_empty() && letter.words.is_empty() {
            found.push(Obstacle::new("issue-is-empty"));
        }
        if self.corrects.is_some() && letter.words.is_empty() {
            found.push(Obstacle::new("correction-needs-words"));
        }
        match Relays::of(&app.config) {
            Ok(relays) if relays.0.is_empty() => found.push(Obstacle::new("issue-needs-relay")),
            Ok(_) => {}
            Err(_) => found.push(Obstacle::new("issue-relay-unusable")),
        }
        if newsletter.state == State::Closed && self.corrects.is_none() {
            found.push(Obstacle::new("issue-newsletter-closed"));
        }
        if !app.site().missing().is_empty() {
            found.push(Obstacle::new("issue-site-facts"));
        }
        Ok(found)
    }

    /// Whether nothing stands against it now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_clear(&self, app: &App, newsletter: &Newsletter) -> Result<bool, Error> {
        let letter = Letter::of(app, newsletter, self).await?;
        Ok(self.obstacles(app, newsletter, &letter).await?.is_empty())
    }
}
