//! Which duties the document of a plan seems to cover, by its words. A proposal for a person to look at, never kept by itself.

use std::collections::HashSet;

use uuid::Uuid;

use super::Model;
use crate::base::App;
use crate::duties::held::Held;
use crate::people::agency::table::file;
use crate::plans::plan::reading;
use crate::plans::recognise::{Gazetteer, most_alike};
use crate::web::{Error, Obstacle};

/// Likeness from which a provision of the agency's plan is held to carry out a duty.
const LIKE_MIN: f64 = 0.3;

impl Model {
    /// Reads the document and proposes the duties whose words it takes up.
    ///
    /// # Errors
    /// Refused when the document can not be read, or the database failed.
    pub async fn propose(&self, app: &App, held: &[Held]) -> Result<HashSet<Uuid>, Error> {
        let bytes = self.bytes(&app.db).await?;
        let name = self.file_name.clone();
        let unread = || Obstacle::new("agency-plan-unread");
        let read = move || {
            let reading = reading::read(&bytes, &name, false, Gazetteer::standard()).map_err(|_| unread())?;
            Ok(reading.recognition.provisions.into_iter().map(|provision| provision.text).collect::<Vec<String>>())
        };
        let texts = file::aside(read).await?.map_err(|obstacle| Error::Refused(vec![obstacle]))?;
        let asked: Vec<&str> = texts.iter().map(String::as_str).collect();
        let titles: Vec<&str> = held.iter().map(|held| held.title.as_str()).collect();
        let found = most_alike(&asked, &titles, LIKE_MIN).into_iter().flatten();
        Ok(found.filter_map(|(place, _)| held.get(place).map(|held| held.duty)).collect())
    }
}
