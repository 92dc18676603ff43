//! Asking what the relay would take. No letter goes.

use super::Line;
use crate::address::Address;
use crate::reply::brief;

impl Line {
    /// Whether the relay would take a letter for that address from the null return path, from which reports come.
    ///
    /// # Errors
    /// Its words of refusal, or why it could not be asked. That it asks to wait is no refusal.
    pub async fn would_take_a_report(&mut self, recipient: &Address) -> Result<(), String> {
        for command in ["MAIL FROM:<>\r\n".to_owned(), format!("RCPT TO:<{recipient}>\r\n"), "RSET\r\n".to_owned()] {
            let said = match self.say(&command).await {
                Ok(()) => self.answer().await,
                Err(error) => Err(error),
            };
            match said {
                Ok(reply) if reply.is_permanent() => {
                    self.is_half_way = true;
                    return Err(reply.says());
                }
                Ok(_) => {}
                Err(error) => {
                    self.is_open = false;
                    return Err(brief(&error.to_string()));
                }
            }
        }
        Ok(())
    }
}
