//! A shorter text by a model, where the operator named one: it stands for sentences of agencies only once a person took it over, it is
//! marked as a machine's, and a number that none of those sentences has is refused.

use super::arranging::Merged;
use super::composing::compose;
use super::{Report, numbers};
use crate::base::{App, Who, new_id};
use crate::channels::suggesting::model;
use crate::web::{Error, Obstacle};

/// So many sentences are put into one.
const SENTENCES_MAX: usize = 60;
/// So much is asked for.
const LETTERS: usize = 600;
const LETTERS_MAX: usize = 1_500;

const INSTRUCTIONS: &str = "Bạn rút gọn báo cáo bằng tiếng Việt cho một cơ quan nhà nước. Chỉ dùng thông tin trong các câu đã cho, không \
     thêm, không suy diễn, không cộng số, giữ nguyên số liệu và tên riêng. Giọng văn hành chính, không dùng gạch đầu dòng, không dùng \
     HTML. Chỉ trả về đoạn văn.";

impl Report {
    /// Asks a model for one text in place of these sentences. It waits for a person.
    ///
    /// # Errors
    /// Forbidden; refused where no model is set, without sentences, or when it says a number that they do not; stale when somebody was
    /// quicker; or the database failed.
    pub async fn shorten(&self, app: &App, who: &Who, keys: &[String], seen: i32) -> Result<(), Error> {
        self.open_to(who, seen)?;
        let model = app.config.suggestions.as_ref().ok_or_else(|| Error::refused("channel-model-none"))?;
        let made = compose(app, self).await?;
        let narrative = &made.material.narrative;
        let sentences: Vec<&str> = keys.iter().filter_map(|key| narrative.sentence(key)).map(|one| one.text.as_str()).collect();
        if sentences.is_empty() || sentences.len() > SENTENCES_MAX {
            let obstacle = Obstacle::new("report-machine-sentences").with("n", SENTENCES_MAX);
            return Err(Error::Refused(vec![obstacle.at("keys")]));
        }
        let asked = format!("Nhiều nhất {LETTERS} ký tự. Các câu:\n{}", sentences.join("\n"));
        let answer = model::complete(model, INSTRUCTIONS, &asked).await;
        let text = answer.and_then(|answer| model::words(&answer)).map_err(|trouble| Error::refused(trouble.key()))?;
        let text = text.replace(['\n', '\r'], " ");
        if text.chars().count() > LETTERS_MAX {
            return Err(Error::refused(model::Trouble::Long.key()));
        }
        let nobodys = numbers::unsupported(&text, sentences.iter().copied());
        if !nobodys.is_empty() {
            let obstacle = Obstacle::new("report-machine-number").with("name", nobodys.join(", "));
            return Err(Error::Refused(vec![obstacle.at("keys")]));
        }
        let mut arrangement = self.arrangement();
        arrangement.merged.retain(|merged| !merged.keys.iter().any(|key| keys.contains(key)));
        let id = new_id().simple().to_string();
        arrangement.merged.push(Merged { id, keys: keys.to_vec(), text, machine: true, confirmed_by: None });
        self.arranged(&arrangement)?.edited(app, who, seen).await
    }
}
