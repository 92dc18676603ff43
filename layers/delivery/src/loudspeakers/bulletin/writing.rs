//! Writing a bulletin: from an article or by itself, its script made by machine and edited by a person, its doubts settled by one.

use loudspeakers::script::{self, Block, BlockKind, Entry, Lexicon, Manner};
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, Bulletin, Column, Doubt, Entity, State};
use crate::base::{App, By, Fact, Who};
use crate::loudspeakers::airing::stopping;
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::term;
use crate::news::Article;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 200;
/// Half an hour of speech is about 25,000 letters.
pub const SCRIPT_LETTERS_MAX: usize = 40_000;
pub const BOARD_LETTERS_MAX: usize = 500;

/// A bulletin as it is begun; fields as typed.
#[derive(Clone, Debug, Default)]
pub struct Begun {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub title: String,
    /// Of one that is written by itself.
    pub text: String,
}

/// What a person types at a draft.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub script: String,
    pub board: String,
}

impl Bulletin {
    fn blank(id: Uuid, agency: Uuid, person: Uuid, now: DateTimeUtc) -> Self {
        Self {
            id,
            agency,
            article: None,
            revision: None,
            corrects: None,
            title: String::new(),
            source: "[]".into(),
            script: String::new(),
            doubts: "[]".into(),
            board: String::new(),
            picture: None,
            picture_sha256: String::new(),
            sound: None,
            sound_sha256: String::new(),
            sound_origin: String::new(),
            sound_ms: 0,
            sound_of: String::new(),
            state: State::Draft,
            written_by: person,
            writers: serde_json::json!([person]).to_string(),
            approved_by: None,
            approved_at: None,
            approved_digest: String::new(),
            notice: String::new(),
            made_at: now,
            changed_at: now,
            version: 1,
        }
    }

    /// Begins one, from an article that is out when there is one.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn begin(app: &App, who: &Who, article: Option<Uuid>, begun: &Begun) -> Result<(), Error> {
        let agency = rights::own_agency(who)?;
        rights::require(who, Verb::Write, agency)?;
        let article = match article {
            Some(id) => Some(Article::find(&app.db, id).await?).filter(|one| one.state.is_public()),
            None => None,
        };
        let title =
            tidy_line(if begun.title.trim().is_empty() { article.as_ref().map_or("", |one| &one.title) } else { &begun.title });
        let mut wrong = lengths(&title, &begun.text, "");
        if article.is_none() && begun.text.trim().is_empty() {
            wrong.push(Obstacle::new("loud-needs-text").at("text"));
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let blocks = article.as_ref().map_or_else(|| script::blocks_of_text(&begun.text), blocks_of);
        let row = Self {
            article: article.as_ref().map(|one| one.id),
            revision: article.as_ref().and_then(|one| one.published_revision),
            corrects: corrected(app, agency, article.as_ref()).await?,
            title: title.clone(),
            source: serde_json::to_string(&blocks)?,
            ..Self::blank(begun.id, agency, who.person, app.clock.now())
        };
        let row = row.scripted(app).await?;
        let transaction = app.begin().await?;
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        if Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(&transaction).await? > 0 {
            app.record(&transaction, begun.id, Fact::BulletinDrafted { title }, &By::from(who)).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// The same with its script made from its source by the words as they are said now.
    async fn scripted(self, app: &App) -> Result<Self, Error> {
        let blocks: Vec<Block> = serde_json::from_str(&self.source).unwrap_or_default();
        let made = script::script(&blocks, &term::lexicon(app, self.agency).await?, &Manner::default());
        let doubts: Vec<Doubt> = made
            .doubts
            .iter()
            .map(|one| Doubt { written: one.written.clone(), said: one.said.clone(), why: one.why.clone(), settled: false })
            .collect();
        Ok(Self { script: made.text(), doubts: serde_json::to_string(&doubts)?, ..self })
    }

    /// The bulletin, when the person may write at it now. One that is approved may be changed; that takes the approval away.
    pub(super) async fn find_to_write(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<Self, Error> {
        let bulletin = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Write, bulletin.agency)?;
        let open = matches!(bulletin.state, State::Draft | State::Approved);
        if bulletin.version == seen && open { Ok(bulletin) } else { Err(Error::Stale) }
    }

    /// Saves what was typed.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when somebody was quicker or it was handed in; or the
    /// database failed.
    pub async fn write(app: &App, who: &Who, id: Uuid, typed: &Typed, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        let (title, script, board) = (tidy_line(&typed.title), tidy(&typed.script), tidy(&typed.board));
        let wrong = lengths(&title, &script, &board);
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        if (&title, &script, &board) == (&bulletin.title, &bulletin.script, &bulletin.board) {
            return Ok(());
        }
        Self { title, script, board, ..bulletin }.change(app, who, seen, "").await
    }

    /// Makes the script anew from what it was made from, in place of what was typed.
    ///
    /// # Errors
    /// As [`Bulletin::write`].
    pub async fn make_again(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        bulletin.scripted(app).await?.change(app, who, seen, "").await
    }

    /// Settles a doubt: what is said there is right, or is said so; on wish from now on in the whole agency.
    ///
    /// # Errors
    /// As [`Bulletin::write`]; not found when there is no such doubt.
    pub async fn settle_doubt(
        app: &App,
        who: &Who,
        id: Uuid,
        (at, said, keep): (usize, &str, bool),
        seen: i32,
    ) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        let mut doubts = bulletin.doubts();
        let doubt = doubts.get_mut(at).ok_or(Error::NotFound)?;
        let said = tidy_line(said);
        if said.chars().count() > TITLE_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("article-too-long").with("n", TITLE_LETTERS_MAX).at("said")]));
        }
        let mut script = bulletin.script.clone();
        if !said.is_empty() && said != doubt.said {
            // The first place where the old words still stand; a person may have changed them already.
            let old = if doubt.said.is_empty() { &doubt.written } else { &doubt.said };
            script = script.replacen(old.as_str(), &said, 1);
            doubt.said.clone_from(&said);
        }
        doubt.settled = true;
        let entry = Entry { written: doubt.written.clone(), said: doubt.said.clone(), any_case: false, unit: false };
        if keep && !entry.said.is_empty() {
            term::set(app, who, Some(bulletin.agency), &entry).await?;
        }
        let changed = Self { script, doubts: serde_json::to_string(&doubts)?, ..bulletin };
        changed.change(app, who, seen, &entry.written).await
    }

    /// Writes it as a draft of this writer, with its fact. An approval is taken away, and what waits for its minute is stopped.
    pub(super) async fn change(self, app: &App, who: &Who, seen: i32, what: &str) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let fact = Fact::BulletinEdited { title: self.title.clone(), what: what.into() };
        self.change_in(app, &transaction, who, seen, fact).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    pub(super) async fn change_in(
        self,
        app: &App,
        on: &DatabaseTransaction,
        who: &Who,
        seen: i32,
        fact: Fact,
    ) -> Result<(), Error> {
        let (id, was, title) = (self.id, self.state, self.title.clone());
        let mut writers = self.writers();
        if !writers.contains(&who.person) {
            writers.push(who.person);
        }
        let by = By::from(who);
        let row = Self {
            writers: serde_json::to_string(&writers)?,
            state: State::Draft,
            approved_by: None,
            approved_at: None,
            approved_digest: String::new(),
            changed_at: app.clock.now(),
            ..self
        };
        row.put(on, seen).await?;
        app.record(on, id, fact, &by).await?;
        if was == State::Approved {
            app.record(on, id, Fact::BulletinVoided { title }, &by).await?;
            let by = By { why: Some(crate::web::Locale::default().t("loud-voided-why")), ..by };
            stopping::end_all(app, on, id, &by).await?;
        }
        Ok(())
    }

    /// Writes the whole row if it is still what was seen. // recorded by the caller
    pub(in crate::loudspeakers) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel { id: sea_orm::NotSet, ..ActiveModel::from(Self { version: seen + 1, ..self }).reset_all() };
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}

/// The bulletin of the same article that was aired before and that this one follows.
async fn corrected(app: &App, agency: Uuid, article: Option<&Article>) -> Result<Option<Uuid>, DbErr> {
    let Some(article) = article else { return Ok(None) };
    let before = Entity::find().filter(Column::Article.eq(article.id)).filter(Column::Agency.eq(agency));
    let before = sea_orm::QueryOrder::order_by_desc(before, Column::MadeAt).all(&app.db).await?;
    Ok(before.into_iter().find(|one| one.revision != article.published_revision).map(|one| one.id))
}

/// An article as it is read out: its title, its summary, its text.
fn blocks_of(article: &Article) -> Vec<Block> {
    let mut blocks = vec![Block { kind: BlockKind::Heading, text: article.title.clone() }];
    if !article.summary.trim().is_empty() {
        blocks.push(Block::paragraph(&article.summary));
    }
    blocks.extend(script::blocks_of_html(&article.body));
    blocks
}

fn lengths(title: &str, script: &str, board: &str) -> Vec<Obstacle> {
    let mut wrong = Vec::new();
    if !title.chars().any(char::is_alphanumeric) {
        wrong.push(Obstacle::new("loud-needs-title").at("title"));
    }
    for (field, value, most) in
        [("title", title, TITLE_LETTERS_MAX), ("script", script, SCRIPT_LETTERS_MAX), ("board", board, BOARD_LETTERS_MAX)]
    {
        if value.chars().count() > most {
            wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
        }
    }
    wrong
}

/// One line, without what no page shows.
pub fn tidy_line(text: &str) -> String {
    let plain: String =
        vietnamese::normalise(text).chars().filter(|letter| !letter.is_control() || letter.is_whitespace()).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines, without what no page shows.
fn tidy(text: &str) -> String {
    let text = vietnamese::normalise(text).replace("\r\n", "\n");
    let plain: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    plain.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The built-in words with those of the province and of the agency over them.
#[must_use]
pub fn over(province: Vec<Entry>, agency: Vec<Entry>) -> Lexicon {
    Lexicon::built_in().with(province).with(agency)
}
