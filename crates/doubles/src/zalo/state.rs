//! What the account holds.

use serde_json::{Value, json};

use super::App;
use crate::{Answer, Call, Receipt, Window, now_s};

#[derive(Debug)]
pub(super) struct State {
    pub(super) access_token: String,
    pub(super) refresh_token: String,
    pub(super) articles: Vec<Article>,
    /// Broadcasts and notices.
    pub(super) sent: Vec<Receipt>,
    pub(super) late: u32,
    pub(super) fetches: bool,
    pub(super) removed: Vec<String>,
    pub(super) window: Window,
    /// With which code and words so many refreshes are refused.
    pub(super) refused: (i64, &'static str, u32),
    /// The one template that notices go after, with its places; any where nothing is said.
    pub(super) template: Option<(String, Vec<String>)>,
    /// Numbers of people without Zalo.
    pub(super) strangers: Vec<String>,
    pub(super) notices_left: u32,
    pub(super) broadcasts_left: u32,
    newest: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Article {
    pub(super) id: String,
    token: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) media: usize,
    pub(super) at_s: i64,
    /// So many questions until it is done; not listed before.
    pub(super) late: u32,
    is_fetched: bool,
    pub(super) is_deleted: bool,
}

type Done = Result<Value, (i64, &'static str)>;

impl State {
    pub(super) fn new(access_token: &str, refresh_token: &str) -> Self {
        Self {
            access_token: access_token.to_owned(),
            refresh_token: refresh_token.to_owned(),
            articles: Vec::new(),
            sent: Vec::new(),
            late: 0,
            fetches: true,
            removed: Vec::new(),
            window: Window::default(),
            refused: (0, "", 0),
            template: None,
            strangers: Vec::new(),
            notices_left: 500,
            broadcasts_left: 1_000,
            newest: 0,
        }
    }

    fn number(&mut self) -> u64 {
        self.newest += 1;
        self.newest
    }

    /// A refresh token is taken once.
    pub(super) fn refresh(&mut self, call: &Call, app: &App) -> Answer {
        let wrong = |code: i64, words: &str| {
            Answer::of(200, json!({ "error": code, "error_name": words, "error_description": words, "error_reason": words }))
        };
        let (code, words, times) = self.refused;
        if times > 0 {
            self.refused = (code, words, times - 1);
            return wrong(code, words);
        }
        if call.header("secret_key") != app.secret_key || call.text("app_id") != app.app_id {
            return wrong(-14004, "Invalid app id or secret key");
        }
        if call.text("grant_type") != "refresh_token" || call.text("refresh_token") != self.refresh_token {
            return wrong(-14014, "Invalid refresh token");
        }
        let number = self.number();
        self.access_token = format!("access-of-the-double-{number}");
        self.refresh_token = format!("refresh-of-the-double-{number}");
        let body = json!({ "access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": "90000" });
        Answer::of(200, body)
    }

    pub(super) fn create(&mut self, call: &Call) -> Done {
        let mut article = checked(call)?;
        let number = self.number();
        article.id = format!("article{number:08}");
        article.token = format!("token{number:08}");
        article.late = self.late;
        article.is_fetched = self.fetches;
        let token = article.token.clone();
        self.articles.push(article);
        Ok(json!({ "token": token }))
    }

    pub(super) fn update(&mut self, call: &Call) -> Done {
        let wanted = checked(call)?;
        let token = format!("token{:08}", self.number());
        let late = self.late;
        let article = self.find(call.text("id"))?;
        *article = Article { id: article.id.clone(), token: token.clone(), late, is_fetched: true, at_s: article.at_s, ..wanted };
        Ok(json!({ "token": token }))
    }

    fn find(&mut self, id: &str) -> Result<&mut Article, (i64, &'static str)> {
        self.articles.iter_mut().find(|article| article.id == id && !article.is_deleted).ok_or((-201, "id is invalid"))
    }

    pub(super) fn verify(&mut self, call: &Call) -> Done {
        let token = call.text("token");
        let article = self.articles.iter_mut().find(|article| article.token == token).ok_or((-201, "token is invalid"))?;
        if article.late > 0 {
            article.late -= 1;
            return Err((-214, "Media is being processed"));
        }
        if article.is_fetched { Ok(json!({ "id": article.id })) } else { Err((-200, "create media fail")) }
    }

    pub(super) fn remove(&mut self, call: &Call) -> Done {
        self.find(call.text("id"))?.is_deleted = true;
        Ok(json!({ "message": "Success" }))
    }

    /// Newest first; what is not done is not there yet.
    pub(super) fn slice(&mut self, call: &Call) -> Done {
        let number = |name: &str| call.query.get(name).and_then(|value| value.parse::<usize>().ok());
        let (offset, limit) = (number("offset").unwrap_or(0), number("limit").unwrap_or(10));
        if limit > 10 {
            return Err((-201, "limit is invalid"));
        }
        if !matches!(call.query.get("type").map(String::as_str), Some("normal" | "video")) {
            return Err((-201, "type accept only 2 value normal and video"));
        }
        let done = |article: &&Article| !article.is_deleted && article.late == 0 && article.is_fetched;
        let all: Vec<Value> = self.articles.iter().rev().filter(done).map(|article| self.listed(article)).collect();
        let page: Vec<Value> = all.iter().skip(offset).take(limit).cloned().collect();
        self.articles.iter_mut().for_each(|article| article.late = article.late.saturating_sub(1));
        Ok(json!({ "total": all.len(), "medias": page }))
    }

    /// One of them, as the list has it.
    pub(super) fn detail(&mut self, call: &Call) -> Done {
        let id = call.query.get("id").cloned().unwrap_or_default();
        let article = self.find(&id)?.clone();
        Ok(self.listed(&article))
    }

    fn listed(&self, article: &Article) -> Value {
        let mut one = json!({
            "id": article.id,
            "type": "normal",
            "title": article.title,
            "status": "show",
            "total_view": "7",
            "total_share": "1",
            "create_date": article.at_s * 1000,
            "link_view": format!("https://officialaccount.me/d?id={}", article.id),
        });
        if let Some(fields) = one.as_object_mut() {
            self.removed.iter().for_each(|name| drop(fields.remove(name)));
        }
        one
    }

    pub(super) fn broadcast(&mut self, call: &Call) -> Done {
        let elements = call.fields["message"]["attachment"]["payload"]["elements"].as_array().cloned().unwrap_or_default();
        if elements.is_empty() || elements.len() > 5 {
            return Err((-201, "elements accept 1 to 5 articles"));
        }
        if !call.fields["recipient"]["target"].is_object() {
            return Err((-201, "target is invalid"));
        }
        let ids: Vec<String> = elements.iter().map(|one| one["attachment_id"].as_str().unwrap_or_default().to_owned()).collect();
        for id in &ids {
            self.find(id)?;
        }
        self.broadcasts_left = self.broadcasts_left.checked_sub(1).ok_or((-211, "Out of quota"))?;
        let id = format!("message{:08}", self.number());
        self.sent.push(Receipt { id: id.clone(), text: ids.join(" "), media: ids.len(), at_s: now_s(), state: "broadcast" });
        Ok(json!({ "message_id": id }))
    }

    /// To one person, who wrote first.
    pub(super) fn reply(&mut self, call: &Call) -> Done {
        let to = call.fields["recipient"]["user_id"].as_str().unwrap_or_default().to_owned();
        let words = call.fields["message"]["text"].as_str().unwrap_or_default().to_owned();
        if to.is_empty() || words.is_empty() {
            return Err((-201, "Params is invalid"));
        }
        let id = format!("reply{:08}", self.number());
        self.sent.push(Receipt { id: id.clone(), text: format!("{to} {words}"), media: 0, at_s: now_s(), state: "replied" });
        Ok(json!({ "message_id": id, "user_id": to }))
    }

    pub(super) fn notify(&mut self, call: &Call) -> Done {
        let phone = call.text("phone");
        if !phone.starts_with("84") || phone.len() < 11 || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err((-108, "Phone number is invalid"));
        }
        self.check_template(call)?;
        if call.text("tracking_id").chars().count() > 48 {
            return Err((-120, "tracking_id is too long"));
        }
        if self.strangers.iter().any(|stranger| stranger == phone) {
            return Err((-118, "Zalo account not existed"));
        }
        self.notices_left = self.notices_left.checked_sub(1).ok_or((-144, "OA has exceeded the limit of notices in a day"))?;
        let id = format!("notice{:08}", self.number());
        let text = format!("{phone} {}", call.fields["template_data"]);
        self.sent.push(Receipt { id: id.clone(), text, media: 0, at_s: now_s(), state: "sent" });
        Ok(json!({ "msg_id": id, "sent_time": (now_s() * 1000).to_string() }))
    }
}

impl State {
    /// That the template is there, and every place of it is filled in.
    fn check_template(&self, call: &Call) -> Result<(), (i64, &'static str)> {
        let given = call.text("template_id");
        match &self.template {
            None if given.is_empty() => Err((-109, "Template ID invalid")),
            Some((id, _)) if id != given => Err((-109, "Template ID invalid")),
            Some((_, places)) if places.iter().any(|place| call.fields["template_data"][place.as_str()].as_str().is_none()) => {
                Err((-112, "Template data invalid"))
            }
            _ => Ok(()),
        }
    }

    /// What is known of a template.
    pub(super) fn template(&self, call: &Call) -> Done {
        let given = call.query.get("template_id").cloned().unwrap_or_default();
        match &self.template {
            Some((id, places)) if *id == given => {
                let places: Vec<Value> = places
                    .iter()
                    .map(|name| json!({ "name": name, "require": true, "type": "STRING", "maxLength": 30 }))
                    .collect();
                Ok(json!({ "templateId": id, "templateName": "Mẫu của bản giả lập", "status": "ENABLE", "listParams": places }))
            }
            _ => Err((-109, "Template ID invalid")),
        }
    }
}

/// The limits of the documents.
fn checked(call: &Call) -> Result<Article, (i64, &'static str)> {
    let long = |name: &str, max: usize| call.text(name).is_empty() || call.text(name).chars().count() > max;
    let cover = &call.fields["cover"];
    let pictures = call.fields["body"].as_array().into_iter().flatten().filter(|one| one["type"] == "image").count();
    match () {
        () if call.text("type") != "normal" => Err((-201, "type is invalid")),
        () if long("title", 150) => Err((-201, "title is invalid")),
        () if long("author", 50) => Err((-201, "author is invalid")),
        () if long("description", 300) => Err((-201, "description is invalid")),
        () if cover["status"] != "show" || !is_address(&cover["photo_url"]) => Err((-200, "create media fail")),
        () if call.fields["body"].as_array().is_none_or(Vec::is_empty) => Err((-201, "body is invalid")),
        () => Ok(Article {
            id: String::new(),
            token: String::new(),
            title: call.text("title").to_owned(),
            description: call.text("description").to_owned(),
            media: pictures + 1,
            at_s: now_s(),
            late: 0,
            is_fetched: true,
            is_deleted: false,
        }),
    }
}

fn is_address(value: &Value) -> bool {
    value.as_str().is_some_and(|address| address.starts_with("http") && address.is_ascii() && !address.contains(' '))
}
