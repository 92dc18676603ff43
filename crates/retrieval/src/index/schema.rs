//! The fields of the index.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{TantivyError, Term};

use super::lines;

/// Where what is kept.
#[derive(Clone, Copy)]
pub struct Fields {
    pub id: Field,
    /// Keys: letters with their accents.
    pub exact: Field,
    /// Folded forms.
    pub folded: Field,
    /// Neighbours, as [`Pair`](crate::code::Pair) writes them; folded neighbours are a prefix.
    pub pairs: Field,
    /// Document numbers as wholes.
    pub number: Field,
    pub facet: Field,
    pub day: Field,
    pub standing: Field,
    /// The beginnings of the title's words.
    pub typing: Field,
    /// The document, as ranking reads it and itself: the only field that is stored.
    pub entry: Field,
}

impl Fields {
    pub fn schema() -> Schema {
        let counted = |option| {
            let indexing = TextFieldIndexing::default().set_tokenizer(lines::NAME).set_index_option(option);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut schema = Schema::builder();
        schema.add_text_field("id", STRING);
        schema.add_text_field("exact", counted(IndexRecordOption::WithFreqs));
        schema.add_text_field("folded", counted(IndexRecordOption::WithFreqs));
        schema.add_text_field("pairs", counted(IndexRecordOption::WithFreqs));
        schema.add_text_field("number", STRING);
        schema.add_text_field("facet", STRING);
        schema.add_i64_field("day", INDEXED | FAST);
        schema.add_u64_field("standing", FAST);
        schema.add_text_field("typing", counted(IndexRecordOption::Basic));
        schema.add_bytes_field("entry", STORED);
        schema.build()
    }

    pub fn of(schema: &Schema) -> Result<Self, TantivyError> {
        Ok(Self {
            id: schema.get_field("id")?,
            exact: schema.get_field("exact")?,
            folded: schema.get_field("folded")?,
            pairs: schema.get_field("pairs")?,
            number: schema.get_field("number")?,
            facet: schema.get_field("facet")?,
            day: schema.get_field("day")?,
            standing: schema.get_field("standing")?,
            typing: schema.get_field("typing")?,
            entry: schema.get_field("entry")?,
        })
    }

    pub fn id(&self, id: &str) -> Term {
        Term::from_field_text(self.id, id)
    }

    pub fn facet(&self, name: &str, value: &str) -> Term {
        Term::from_field_text(self.facet, &facet(name, value))
    }
}

/// A facet as it stands in the index.
pub fn facet(name: &str, value: &str) -> String {
    format!("{name}\u{1}{value}")
}
