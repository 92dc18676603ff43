//! What the public finds of documents: the words of those that are issued and shown.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::report::composed::Piece;
use super::report::showing::shown;
use super::report::{Column, Entity, Report};
use crate::base::{App, Fact, fact};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// What of a long document can be found.
const PASSAGES_MAX: usize = 400;

/// Documents.
pub const FEED: Feed = Feed {
    touches,
    public: |app, reports| Box::pin(public(app, reports)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::ReportIssued { .. } | Fact::ReportReplaced { .. } | Fact::ReportShown { .. } | Fact::ReportHidden { .. } => {
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

async fn public(app: &App, reports: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let rows = shown().filter(Column::Id.is_in(reports)).all(&app.db).await?;
    let document = |one: &Report| Public {
        subject: one.id,
        id: format!("report:{}", one.id),
        kind: "report",
        url: one.public_path(),
        title: format!("{} {}", one.number_shown(), one.subject),
        passages: words(one).into_iter().map(passage).collect(),
        agency: Some(one.agency),
        language: "vi".into(),
        day: one.issued_on,
        ..Public::default()
    };
    Ok(rows.iter().map(document).collect())
}

/// What the text says, paragraph by paragraph; tables are read on its page.
fn words(report: &Report) -> Vec<String> {
    let Ok(Some(frozen)) = report.frozen() else { return Vec::new() };
    let text = |piece: &Piece| match piece {
        Piece::Heading(caption) => caption.text.clone(),
        Piece::Paragraph(spans) => spans.iter().map(|span| span.text.as_str()).collect(),
        _ => String::new(),
    };
    frozen.pieces.iter().map(text).filter(|text| !text.trim().is_empty()).take(PASSAGES_MAX).collect()
}
