//! Title and question as the public reads them: masked by the machine when they came, and taken in hand by an officer before they go out,
//! since a machine misses names. What was written stays sealed.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use vietnamese::personal;

use super::acting::Wanted;
use super::answering::address;
use super::asking::TITLE_LETTERS;
use super::{Column, Entity, Whole};
use crate::cases::case::acting::{plain, secret, too_long};
use crate::questions::answer::Answer;
use crate::questions::checking::LETTERS_MAX;
use crate::web::Error;

/// The fields of a form.
pub const TITLE: &str = "public_title";
pub const BODY: &str = "public_question";

impl Whole {
    /// Title and question as the form brought them, masked once more; empty where they are what stands there. A form without the fields
    /// leaves what was kept with the answer.
    ///
    /// # Errors
    /// Refused where one is too long or stands under a mark of secrecy.
    pub(super) fn public_words(
        &self,
        known: &[String],
        wanted: &Wanted,
        kept: Option<&Answer>,
    ) -> Result<(String, String), Error> {
        let read = |given: Option<&String>, kept: Option<&String>, there: &str, (field, most): (&'static str, usize)| {
            let Some(given) = given else { return Ok(kept.cloned().unwrap_or_default()) };
            if given.replace("\r\n", "\n").trim() == there.trim() {
                return Ok(String::new()); // as long as it may be
            }
            let text = plain(given, most).ok_or_else(|| too_long(field, most))?;
            if let Some(obstacle) = secret(&text, field) {
                return Err(Error::Refused(vec![obstacle]));
            }
            let text = personal::mask_except(&text, known).text;
            Ok(if text.trim() == there.trim() { String::new() } else { text.trim().to_owned() })
        };
        let title = wanted.public_title.as_ref().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let title = read(title.as_ref(), kept.map(|one| &one.public_title), &self.question.title, (TITLE, TITLE_LETTERS))?;
        let body = read(wanted.public_body.as_ref(), kept.map(|one| &one.public_body), &self.question.body, (BODY, LETTERS_MAX))?;
        Ok((title, body))
    }

    /// Writes them, and tells the title that stands there now. An address that the public has is made anew with it: the old one may hold
    /// what is to go, so it leads nowhere.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn put_public_words(&self, on: &DatabaseTransaction, (title, body): (&str, &str)) -> Result<String, Error> {
        let question = &self.question;
        let title = if title.is_empty() { question.title.as_str() } else { title };
        let body = if body.is_empty() { question.body.as_str() } else { body };
        if title == question.title && body == question.body {
            return Ok(title.to_owned());
        }
        let slug = question.slug.as_ref().map(|_| address(title, question.id));
        // recorded by the verb that publishes it, in the same transaction
        Entity::update_many()
            .col_expr(Column::Title, Expr::value(title))
            .col_expr(Column::Body, Expr::value(body))
            .col_expr(Column::Words, Expr::value(vietnamese::fold(body).into_owned()))
            .col_expr(Column::Slug, Expr::value(slug))
            .filter(Column::Id.eq(question.id))
            .exec(on)
            .await?;
        Ok(title.to_owned())
    }
}
