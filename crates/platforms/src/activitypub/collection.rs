//! What was published and who follows, as collections that are turned page by page.

use serde_json::{Value, json};

use super::context;

/// One page of a collection.
#[derive(Clone, Debug)]
pub struct Collection<'a> {
    /// The address of the whole.
    pub id: &'a str,
    pub total: u64,
    /// Counts from 1.
    pub page: u64,
    pub is_last: bool,
}

/// The whole: how many there are and where the first page is. Followers are counted, not named: give no first page for them.
#[must_use]
pub fn summary(id: &str, total: u64, has_pages: bool) -> Value {
    let mut document = json!({"@context": context(), "id": id, "type": "OrderedCollection", "totalItems": total});
    if has_pages {
        document["first"] = json!(format!("{id}?page=1"));
    }
    document
}

/// One page, the newest first.
#[must_use]
pub fn page(of: &Collection<'_>, items: &[Value]) -> Value {
    let address = |page: u64| format!("{}?page={page}", of.id);
    let mut document = json!({
        "@context": context(),
        "id": address(of.page),
        "type": "OrderedCollectionPage",
        "partOf": of.id,
        "totalItems": of.total,
        "orderedItems": items,
    });
    if !of.is_last {
        document["next"] = json!(address(of.page + 1));
    }
    if of.page > 1 {
        document["prev"] = json!(address(of.page - 1));
    }
    document
}
