//! The fields of a form in which names come more than once.

/// Names and values in the order of the form.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of that name; empty when there is none.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Every value of that name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value of that name: composed (NFC), with plain line ends and without NUL, which PostgreSQL keeps in no text.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        vietnamese::normalise(self.one(name)).replace("\r\n", "\n").replace('\0', "")
    }
}
