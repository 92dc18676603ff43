//! An answer that goes out, for the first time or in the place of one that was wrong; and whether the public reads it.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

use super::acting::Wanted;
use super::answering::{address, known_to_all};
use super::doing::Doing;
use super::{Column, Entity, State, Whole};
use crate::base::{By, Fact};
use crate::cases::case::moving::Ground;
use crate::questions::answer::{self, Answer};
use crate::questions::entry::{self, Speaker};
use crate::questions::telling;
use crate::web::Error;

impl Whole {
    /// The answer goes out: the clock stops, who asked and all who asked the same are told. One that corrects takes the place of the one
    /// before, which stays in the story; the clock has no part in it.
    pub(super) async fn give(&self, doing: &Doing<'_>, (row, alone): (Answer, bool)) -> Result<(), Error> {
        let &Doing { app, on, who, ground } = doing;
        let (question, holder) = (&self.question, self.question.holder);
        // Asked anew meanwhile, it is an answer like the others.
        let corrects = question.state == State::Answered;
        let given = Answer {
            state: answer::State::Given,
            approved_by: Some(who.person),
            approved_at: Some(ground.now),
            reason: String::new(),
            correction: if corrects { row.correction.clone() } else { String::new() },
            ..row
        };
        if corrects {
            self.touched(on).await?;
        } else {
            self.stop_the_clock(on, ground).await?;
        }
        answer::Entity::update(answer::ActiveModel::from(given.clone()).reset_all()).exec(on).await?;
        self.forget_marks(on).await?;
        let kind = if corrects { entry::Kind::Corrected } else { entry::Kind::Answered };
        let speaker = Speaker { agency: Some(holder), person: Some(who.person) };
        entry::write(on, question.id, (kind, given.correction.clone(), None), speaker, ground.now).await?;
        let version = u32::try_from(given.number).unwrap_or_default();
        app.record(on, question.id, Fact::QuestionAnswered { holder, version, alone }, &By::from(who)).await?;
        self.publish(doing, &given).await?;
        telling::answered(app, on, question, &given).await
    }

    async fn stop_the_clock(&self, on: &DatabaseTransaction, ground: &Ground) -> Result<(), Error> {
        self.put(on, ground, &self.rests(ground, State::Answered)?).await?;
        let in_time =
            self.question.in_time.unwrap_or_else(|| self.step().is_ok_and(|step| step.left(ground.now, ground.clock()) >= 0));
        Entity::update_many()
            .col_expr(Column::AnsweredAt, Expr::value(ground.now))
            .col_expr(Column::InTime, Expr::value(in_time))
            .filter(Column::Id.eq(self.question.id))
            .exec(on)
            .await?;
        Ok(())
    }

    /// What was said of an earlier answer says nothing of this one.
    async fn forget_marks(&self, on: &DatabaseTransaction) -> Result<(), Error> {
        for of in [Column::Id, Column::JoinedTo] {
            Entity::update_many()
                .col_expr(Column::Mark, Expr::value(Option::<i32>::None))
                .filter(of.eq(self.question.id))
                .exec(on)
                .await?;
        }
        Ok(())
    }

    /// With the answer, where that was wanted; what was public and is no longer wanted so is taken back.
    async fn publish(&self, doing: &Doing<'_>, given: &Answer) -> Result<(), Error> {
        let question = &self.question;
        if given.shows && !question.in_private {
            let title = self.put_public_words(doing.on, (&given.public_title, &given.public_body)).await?;
            if !question.shown {
                self.shown(doing, &title).await?;
            }
        } else if question.shown {
            self.hidden(doing, "").await?;
        }
        Ok(())
    }

    pub(super) async fn show(&self, doing: &Doing<'_>, wanted: &Wanted) -> Result<(), Error> {
        self.touched(doing.on).await?;
        let known = known_to_all(doing.app, doing.on).await?;
        let (title, body) = self.public_words(&known, wanted, self.given())?;
        let title = self.put_public_words(doing.on, (&title, &body)).await?;
        self.shown(doing, &title).await
    }

    /// The public reads it from now on, at an address made of the title that it reads.
    async fn shown(&self, doing: &Doing<'_>, title: &str) -> Result<(), Error> {
        let question = &self.question;
        let slug = address(title, question.id);
        Entity::update_many()
            .col_expr(Column::Shown, Expr::value(true))
            .col_expr(Column::Slug, Expr::value(slug))
            .col_expr(Column::ShownAt, Expr::value(question.shown_at.unwrap_or(doing.ground.now)))
            .filter(Column::Id.eq(question.id))
            .exec(doing.on)
            .await?;
        doing.note(question.id, (entry::Kind::Shown, String::new(), None), Fact::QuestionShown).await
    }

    pub(super) async fn hide(&self, doing: &Doing<'_>, why: &str) -> Result<(), Error> {
        self.touched(doing.on).await?;
        self.hidden(doing, why).await
    }

    async fn hidden(&self, doing: &Doing<'_>, why: &str) -> Result<(), Error> {
        Entity::update_many()
            .col_expr(Column::Shown, Expr::value(false))
            .filter(Column::Id.eq(self.question.id))
            .exec(doing.on)
            .await?;
        doing.note(self.question.id, (entry::Kind::Hidden, why.to_owned(), None), Fact::QuestionHidden).await
    }
}
