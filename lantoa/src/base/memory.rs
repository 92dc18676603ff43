//! What a node remembers of what it read: things that can not change under their key (a plan that was adopted, the
//! agencies as of a stamp). Losing it loses nothing; each node has its own.

use std::any::{Any, TypeId};
use std::sync::Arc;

use moka::sync::Cache;

/// The most things remembered; the least used are forgotten first.
const THINGS_MAX: u64 = 256;

type Thing = Arc<dyn Any + Send + Sync>;

/// Remembers things by their type and key.
#[derive(Clone)]
pub struct Memory(Cache<(TypeId, String), Thing>);

impl Default for Memory {
    fn default() -> Self {
        Self(Cache::new(THINGS_MAX))
    }
}

impl Memory {
    /// The thing under that key; None when it was forgotten or never known.
    #[must_use]
    pub fn recall<T: Send + Sync + 'static>(&self, key: &str) -> Option<Arc<T>> {
        self.0.get(&(TypeId::of::<T>(), key.to_owned()))?.downcast().ok()
    }

    /// Keeps a thing. The key must change whenever the thing would.
    pub fn keep<T: Send + Sync + 'static>(&self, key: &str, thing: T) -> Arc<T> {
        let thing = Arc::new(thing);
        self.0.insert((TypeId::of::<T>(), key.to_owned()), thing.clone());
        thing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_told_apart_by_type_and_key() {
        let memory = Memory::default();
        memory.keep("a", 1_u32);
        memory.keep("a", String::from("words"));
        assert_eq!(memory.recall::<u32>("a").as_deref(), Some(&1));
        assert_eq!(memory.recall::<String>("a").as_deref().map(String::as_str), Some("words"));
        assert!(memory.recall::<u32>("b").is_none());
    }
}
