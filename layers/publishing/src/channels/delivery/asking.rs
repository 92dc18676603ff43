//! What became of it: only reads, in growing intervals. And the errands of a copy that is out.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::deciding::Answer;
use super::{Column, Delivery, Entity, Errand, State};
use crate::base::App;
use crate::channels::speaking::Speaker;

/// So many copies of the account are known when one is looked up: the same words may have been sent before.
const KNOWN_MAX: u64 = 200;

impl Delivery {
    /// Asks the platform what became of a delivery that it accepted, or of which nobody knows.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ask(&self, app: &App, speaker: &Speaker, message: &platforms::Message) -> Result<Answer, DbErr> {
        if self.state == State::Accepted {
            return Ok(Answer::Asked(speaker.status(&self.handle).await));
        }
        let known: Vec<String> = Entity::find()
            .select_only()
            .column(Column::ExternalId)
            .filter(Column::Account.eq(self.account))
            .filter(Column::ExternalId.ne(""))
            .order_by_desc(Column::SettledAt)
            .limit(KNOWN_MAX)
            .into_tuple()
            .all(&app.db)
            .await?;
        Ok(Answer::Asked(speaker.find(self, message, &known, app.clock.now().timestamp()).await))
    }

    /// Edits or retracts the copy that is out, as somebody asked.
    pub async fn run_errand(&self, speaker: &Speaker, message: &platforms::Message) -> Answer {
        if self.is_edit_asked() {
            return Answer::EditAsked(speaker.status(&self.handle).await);
        }
        let outcome = match self.errand {
            Errand::Retract => speaker.retract(&self.external_id).await,
            Errand::Edit | Errand::None => speaker.edit(&self.external_id, message).await,
        };
        Answer::Changed(self.errand, outcome)
    }
}
