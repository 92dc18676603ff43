//! The province's report on a period, from its draft to the public: one person writes it, another signs, it gets its number. When the
//! period was closed again, its next version goes the same way.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;

use super::Stage;
use crate::reports::Report;
use crate::reports::report::writing::Saved;
use crate::reports::report::{Head, State};
use crate::web::Error;

const POSITION: &str = "GIÁM ĐỐC";
/// What the template leaves to whoever writes.
const FILLED: [(&str, &str); 2] = [
    (
        "danh_gia",
        "Các cơ quan, địa phương đã triển khai kế hoạch và báo cáo kết quả; nội dung này do hệ thống tạo ra để minh họa.",
    ),
    ("phuong_huong", "Đôn đốc cơ quan chưa báo cáo, tiếp tục tập huấn cho cán bộ cơ sở (minh họa)."),
];

/// Issues what the last closing of the period asks for; does nothing when that is out already.
///
/// # Errors
/// It was refused, or the database failed.
pub async fn issue(stage: &Stage, duty: Uuid, period: &str) -> Result<(), Error> {
    let (app, writer, signer) = (&stage.app, &stage.coordinator, &stage.approver);
    let newest = Report::of_period(&app.db, duty, period).await?.into_iter().find(|one| !one.own);
    let Some(newest) = newest else { return Ok(()) };
    let is_outdated = newest.newer_closing(app).await?.is_some();
    let id = match newest.state {
        State::Issued if is_outdated => newest.succeed(app, writer).await?,
        state if state.is_open() => {
            if is_outdated {
                newest.catch_up(app, writer, newest.version).await?;
            }
            newest.id
        }
        _ => return Ok(()),
    };
    write(stage, &Report::find(&app.db, id).await?).await?;
    let draft = Report::find(&app.db, id).await?;
    draft.submit(app, writer, draft.version).await?;
    let submitted = Report::find(&app.db, id).await?;
    submitted.sign(app, signer, submitted.version).await?;
    let signed = Report::find(&app.db, id).await?;
    signed.issue(app, writer, signed.version).await?;
    let issued = Report::find(&app.db, id).await?;
    issued.show_public(app, signer, true, issued.version).await
}

async fn write(stage: &Stage, draft: &Report) -> Result<(), Error> {
    let mut fields: BTreeMap<String, String> = draft.arrangement().fields;
    for (code, words) in FILLED {
        fields.entry(code.to_owned()).or_insert_with(|| words.to_owned());
    }
    let head = Head { position: POSITION.to_owned(), ..draft.head() };
    let saved = Saved { head, outline: draft.outline(), typed: draft.arrangement().typed, fields, sure: Vec::new() };
    draft.save(&stage.app, &stage.coordinator, saved, draft.version).await
}
