//! What the public finds of plans: each plan that was adopted, and what those in force say, provision by provision.

use std::collections::HashMap;

use retrieval::Passage;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::plan::{Column, Entity, State};
use super::{Plan, Provision, provision, view};
use crate::base::{App, Fact, fact};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};
use crate::web::cut;

const TITLE_LETTERS: usize = 110;
/// A plan goes before its provisions.
const STANDING: u32 = 200;

/// Plans and provisions, by plan.
pub const FEED: Feed = Feed {
    touches,
    public: |app, plans| Box::pin(public(app, plans)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::PlanAdopted { .. } | Fact::PlanReplaced { .. } | Fact::PlanEdited { .. } | Fact::PlanDiscarded => {
            Touch::Subject(recorded.about)
        }
        _ => Touch::Nothing,
    }
}

async fn subjects(app: &App, after: Option<Uuid>) -> anyhow::Result<Vec<Uuid>> {
    let mut rows = Entity::find().select_only().column(Column::Id).order_by_asc(Column::Id).limit(PAGE);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    Ok(rows.into_tuple().all(&app.db).await?)
}

async fn public(app: &App, plans: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let open = [State::Adopted, State::Replaced];
    let plans = Entity::find().filter(Column::Id.is_in(plans)).filter(Column::State.is_in(open)).all(&app.db).await?;
    let in_force: Vec<Uuid> = plans.iter().filter(|plan| plan.state == State::Adopted).map(|plan| plan.id).collect();
    let provisions = provision::Entity::find().filter(provision::Column::Plan.is_in(in_force));
    let provisions =
        provisions.order_by_asc(provision::Column::Plan).order_by_asc(provision::Column::Position).all(&app.db).await?;
    let by_id: HashMap<Uuid, &Plan> = plans.iter().map(|plan| (plan.id, plan)).collect();
    let mut documents: Vec<Public> = plans.iter().map(of_plan).collect();
    documents.extend(provisions.iter().filter_map(|one| Some(of_provision(by_id.get(&one.plan)?, one))));
    Ok(documents)
}

fn of_plan(plan: &Plan) -> Public {
    Public {
        subject: plan.id,
        id: format!("plan:{}", plan.id),
        kind: "plan",
        url: plan.public_path(),
        title: plan.title(),
        passages: vec![passage(&plan.subject), passage(&plan.issuer)],
        agency: Some(plan.agency),
        language: "vi".into(),
        day: plan.issued_on,
        standing: if plan.state == State::Adopted { STANDING } else { 0 },
        ..Public::default()
    }
}

fn of_provision(plan: &Plan, one: &Provision) -> Public {
    let heading = one.headings().into_iter().chain([plan.title()]).collect::<Vec<_>>().join(" · ");
    Public {
        subject: plan.id,
        id: format!("provision:{}", one.id),
        kind: "provision",
        url: format!("{}#{}", plan.public_path(), view::anchor(&one.path)),
        title: cut(&one.text, TITLE_LETTERS),
        passages: vec![Passage { anchor: String::new(), heading, text: one.text.clone() }],
        agency: Some(plan.agency),
        language: "vi".into(),
        day: plan.issued_on,
        ..Public::default()
    }
}
