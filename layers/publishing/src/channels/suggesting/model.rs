//! A suggestion by a model behind an interface of OpenAI's kind (`POST …/chat/completions`), where the operator named one. What it
//! says is a suggestion of a machine until a person takes it over; what it does not say, or says too long, is replaced by the first
//! sentences of the article, and the person is told why.

use axum::http::Request;
use platforms::{Limits, Unit};
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};

use super::{Source, fitting, tidy, variant};
use crate::base::config::Suggestions;
use crate::base::outgoing;
use crate::base::{App, By, Fact, Who};
use crate::channels::account;
use crate::channels::delivery::{self, Delivery, Origin};
use crate::channels::piece::{self, Piece, writing};
use crate::channels::platform::zns;
use crate::channels::rights::{self, Verb};
use crate::news::Article;
use crate::web::Error;

/// So much of an article is sent.
const BODY_LETTERS_MAX: usize = 6_000;
/// Room that is asked of a model: it counts badly, so less than there is.
const ROOM_PERCENT: u32 = 80;
/// No message for people is longer than this, whatever the platform takes.
const ROOM_MAX: u32 = 1_500;

/// Why the words are not the model's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Silent,
    Refused,
    Unreadable,
    Long,
}

impl Trouble {
    /// The Fluent key of what is said.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Silent => "channel-model-silent",
            Self::Refused => "channel-model-refused",
            Self::Unreadable => "channel-model-unreadable",
            Self::Long => "channel-model-long",
        }
    }
}

impl Piece {
    /// Puts the words of a model into a variant of a draft, or the first sentences of the article where there are none; says which.
    ///
    /// # Errors
    /// Forbidden to others; refused where no model is set or the piece is of no public article; stale when it is no draft or
    /// somebody was quicker; or the database failed.
    pub async fn suggest(app: &App, who: &Who, (id, of): (Uuid, Uuid), seen: i32) -> Result<Option<Trouble>, Error> {
        let piece = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Write, piece.agency)?;
        let model = app.config.suggestions.as_ref().ok_or_else(|| Error::refused("channel-model-none"))?;
        let row = delivery::Entity::find_by_id(of).one(&app.db).await?.filter(|row| row.piece == id && !row.is_broadcast());
        let row = row.ok_or(Error::NotFound)?;
        if row.version != seen || piece.state != piece::State::Draft {
            return Err(Error::Stale);
        }
        // What is not public leaves the house with nobody's word.
        let article = match piece.article {
            Some(article) => Article::find(&app.db, article).await.ok().filter(|article| article.state.is_public()),
            None => None,
        };
        let article = article.ok_or_else(|| Error::refused("channel-model-not-public"))?;
        let account = account::Entity::find_by_id(row.account).one(&app.db).await?.ok_or(Error::NotFound)?;
        let limits = writing::limits(&account).filter(|_| !zns::is_of_template(&account)).ok_or(Error::NotFound)?;
        let source = writing::source(app, Some(&article)).await?;
        let lead = variant(&source, &limits);
        let (text, origin, trouble) = match ask(model, &source, &limits, account.platform().map_or("", |one| one.brand)).await {
            Ok(text) => (text, Origin::Model, None),
            Err(trouble) => (lead.text, Origin::Lead, Some(trouble)),
        };
        let changed = Delivery { text, title: lead.title, origin, confirmed_by: None, version: seen + 1, ..row };
        let (now, version, title) = (app.clock.now(), piece.version, piece.title.clone());
        let transaction = app.begin().await?;
        Self { changed_at: now, ..piece.written_at_by(who.person) }.put(&transaction, version).await?;
        let model = delivery::ActiveModel::from(changed).reset_all();
        let same = delivery::Entity::update_many().set(model).filter(delivery::Column::Id.eq(of));
        let same = same.filter(delivery::Column::Version.eq(seen)).filter(delivery::Column::State.eq(delivery::State::Planned));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, id, Fact::PieceEdited { title, channel: account.label() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(trouble)
    }
}

/// Asks the model for words about an article.
async fn ask(model: &Suggestions, source: &Source, limits: &Limits, platform: &str) -> Result<String, Trouble> {
    let room = room(source, limits);
    let answer = complete(model, &instructions(platform, room), &article(source)).await?;
    read(&answer, limits, room_of(source, limits))
}

/// The answer of a model, byte for byte. One attempt: a person waits, and may press again.
///
/// # Errors
/// It does not answer, or refuses.
pub async fn complete(model: &Suggestions, system: &str, user: &str) -> Result<Vec<u8>, Trouble> {
    let body = json!({
        "model": model.model,
        "messages": [
            { "role": "system", "content": system },
            { "role": "user", "content": user },
        ],
        "temperature": 0.3,
        "stream": false,
    });
    let address = format!("{}/chat/completions", model.endpoint.trim_end_matches('/'));
    let mut request = Request::post(address).header("content-type", "application/json");
    let key = model.key().map_err(|error| {
        tracing::error!(%error, "the key of the model for suggestions can not be read");
        Trouble::Refused
    })?;
    if !key.is_empty() {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    let request = request.body(body.to_string().into_bytes()).map_err(|_| Trouble::Refused)?;
    // The operator named the address: it may stand beside us.
    let wait = std::time::Duration::from_secs(model.timeout_s.clamp(1, 60));
    let answer = match tokio::time::timeout(wait, outgoing::exchange(request, true)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the model for suggestions did not answer");
            return Err(Trouble::Silent);
        }
        Err(_) => return Err(Trouble::Silent),
    };
    if !answer.status().is_success() {
        tracing::warn!(status = %answer.status(), "the model for suggestions refused");
        return Err(Trouble::Refused);
    }
    Ok(answer.body().to_vec())
}

/// The words in an answer, when they are plain words.
///
/// # Errors
/// They are none, or there is markup in them.
pub fn words(body: &[u8]) -> Result<String, Trouble> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| Trouble::Unreadable)?;
    let said = answer["choices"][0]["message"]["content"].as_str().ok_or(Trouble::Unreadable)?;
    let text = plainly(said);
    let is_markup = text.contains("</") || text.contains("<br") || text.contains("<p>") || text.contains("<html");
    if !text.chars().any(char::is_alphanumeric) || is_markup {
        return Err(Trouble::Unreadable);
    }
    Ok(text)
}

/// The words in an answer, when they are words that fit.
fn read(body: &[u8], limits: &Limits, room: u32) -> Result<String, Trouble> {
    let text = words(body)?;
    if limits.unit.count(&text) <= room {
        return Ok(text);
    }
    // Whole sentences of it, where more than the first words are left.
    let short = fitting(&text, limits.unit, room);
    if short.ends_with('…') || short.is_empty() { Err(Trouble::Long) } else { Ok(short) }
}

/// Without the quotation marks and the thoughts that some models put around what they say.
fn plainly(said: &str) -> String {
    let said = said.rsplit("</think>").next().unwrap_or_default();
    let text = tidy(said);
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|inner| !inner.contains('"'));
    inner.unwrap_or(&text).trim().to_owned()
}

/// What there is room for beside the address.
fn room_of(source: &Source, limits: &Limits) -> u32 {
    let link = if source.link.is_empty() { 0 } else { limits.unit.count(&source.link) + 2 };
    let max = if limits.caption_max > 0 { limits.caption_max.min(limits.text_max) } else { limits.text_max };
    max.saturating_sub(link)
}

/// What a model is asked for, in letters.
fn room(source: &Source, limits: &Limits) -> u32 {
    let room = room_of(source, limits);
    // A Vietnamese letter is up to three bytes.
    let letters = if limits.unit == Unit::Byte { room / 3 } else { room };
    (letters * ROOM_PERCENT / 100).min(ROOM_MAX)
}

fn instructions(platform: &str, room: u32) -> String {
    format!(
        "Bạn viết tin ngắn bằng tiếng Việt cho kênh {platform} của một cơ quan nhà nước. Chỉ dùng thông tin trong bài, không thêm, \
         không suy diễn, giữ nguyên số liệu, ngày giờ, tên riêng. Câu ngắn, giọng trang trọng mà gần gũi. Không dùng HTML, không dùng \
         dấu #, không kèm địa chỉ trang. Nhiều nhất {room} ký tự. Chỉ trả về lời tin."
    )
}

fn article(source: &Source) -> String {
    let body: String = super::plain(&source.body).chars().take(BODY_LETTERS_MAX).collect();
    format!("{}\n\n{}\n\n{body}", source.title, source.summary)
}

#[cfg(test)]
mod unit {
    use super::*;

    fn limits() -> Limits {
        platforms::telegram::limits(&platforms::telegram::Account {
            api: String::new(),
            token: "".into(),
            chat: String::new(),
            lookup_chat: None,
        })
    }

    fn said(words: &str, room: u32) -> Result<String, Trouble> {
        let body = json!({ "choices": [{ "message": { "content": words } }] }).to_string();
        read(body.as_bytes(), &limits(), room)
    }

    #[test]
    fn words_are_taken_and_everything_else_is_not() {
        assert_eq!(said("\"Lễ hội mở lúc 16 giờ.\"", 100).as_deref(), Ok("Lễ hội mở lúc 16 giờ."));
        assert_eq!(said("<think>hm</think>Lễ hội mở.", 100).as_deref(), Ok("Lễ hội mở."));
        assert_eq!(said("Câu một. Câu hai dài hơn nhiều.", 12).as_deref(), Ok("Câu một."));
        assert_eq!(said(&"dài ".repeat(50), 12), Err(Trouble::Long));
        assert_eq!(said("<p>Lễ hội</p>", 100), Err(Trouble::Unreadable));
        assert_eq!(said("…", 100), Err(Trouble::Unreadable));
        assert_eq!(read(b"<html></html>", &limits(), 100), Err(Trouble::Unreadable));
        assert_eq!(read(b"{\"error\":{}}", &limits(), 100), Err(Trouble::Unreadable));
    }
}
