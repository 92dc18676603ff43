//! The plan that the demo province starts with: read by the same reader, and adopted at once.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, State, reading};
use crate::base::{App, By, Fact};
use crate::people::Resolver;
use crate::plans::provision;
use crate::plans::recognise::Gazetteer;
use crate::web::Error;

impl Model {
    /// Reads a text and puts it in force for the demo, unless there is a plan already.
    ///
    /// # Errors
    /// The text is no document, or the database failed.
    pub async fn seed(app: &App, agency: Uuid, name: &str, text: &str) -> Result<(), Error> {
        if Entity::find().count(&app.db).await? > 0 {
            return Ok(());
        }
        let resolver = Resolver::load(&app.db).await?;
        let gazetteer = Gazetteer::with_bodies(resolver.names());
        let reading = reading::read(text.as_bytes(), name, false, &gazetteer).map_err(|error| anyhow::anyhow!("{error}"))?;
        let mut plan = reading::new_plan(app, None, agency, &reading, None)?;
        plan.demo = true;
        let source = reading::source_row(app, name, "text", text.as_bytes().to_vec(), plan.source);
        let id = reading::keep(app, &By::system(), plan, source, &reading, &resolver).await?;
        let transaction = app.begin().await?;
        let draft = Self::find(&transaction, id).await?;
        let slug = draft.free_slug(&transaction).await?;
        provision::settle_all(&transaction, id, app.clock.now()).await?;
        let adopted = super::ActiveModel {
            slug: Set(slug),
            state: Set(State::Adopted),
            adopted_at: Set(Some(app.clock.now())),
            ..Default::default()
        };
        Entity::update_many()
            .set(adopted)
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq(State::Draft))
            .exec(&transaction)
            .await?;
        let provisions = u32::try_from(provision::count(&transaction, id).await?).unwrap_or(u32::MAX);
        app.record(&transaction, id, Fact::PlanAdopted { provisions, amends: None }, &By::system()).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
