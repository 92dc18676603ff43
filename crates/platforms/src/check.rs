//! Whether a message fits what a platform takes.

use crate::{Limits, Message, Obstacle, media};

impl Limits {
    /// Everything that does not fit, words first. The platform's own rules come on top of it, in its module.
    ///
    /// The text is counted as it is written in the message; a platform that adds the link to it hands in the longer text.
    #[must_use]
    pub fn obstacles(&self, message: &Message) -> Vec<Obstacle> {
        let mut obstacles = self.of_title(message);
        obstacles.extend(self.of_text(message));
        obstacles.extend(media::obstacles(self, message));
        obstacles
    }

    fn of_title(&self, message: &Message) -> Vec<Obstacle> {
        let count = self.unit.count(message.title.trim());
        if self.title_required && count == 0 {
            vec![Obstacle::TitleMissing]
        } else if self.title_max > 0 && count > self.title_max {
            vec![Obstacle::TitleLong { count, max: self.title_max }]
        } else {
            Vec::new()
        }
    }

    fn of_text(&self, message: &Message) -> Vec<Obstacle> {
        let text = message.text.trim();
        if text.is_empty() {
            return if message.media.is_empty() { vec![Obstacle::Empty] } else { Vec::new() };
        }
        let max = if message.media.is_empty() || self.caption_max == 0 { self.text_max } else { self.caption_max };
        let count = self.unit.count(text);
        if count > max { vec![Obstacle::TextLong { count, max }] } else { Vec::new() }
    }
}
