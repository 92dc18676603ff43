//! What a node remembers of what it read: things that can not change under their key (a plan that was adopted, the
//! agencies as of a stamp), and what was worked out lately. Losing it loses nothing; each node has its own.

use std::any::{Any, TypeId};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::sync::Cache;
use tokio::sync::Mutex;

/// The most things remembered; the least used are forgotten first.
const THINGS_MAX: u64 = 256;

type Thing = Arc<dyn Any + Send + Sync>;

/// What was worked out, after which change and in which stretch of time.
type Recent = Arc<Mutex<Option<(u64, i64, Thing)>>>;

/// Remembers things by their type and key.
#[derive(Clone)]
pub struct Memory {
    settled: Cache<(TypeId, String), Thing>,
    recent: Cache<(TypeId, String), Recent>,
    /// Counts what this node committed.
    changes: Arc<AtomicU64>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { settled: Cache::new(THINGS_MAX), recent: Cache::new(THINGS_MAX), changes: Arc::default() }
    }
}

impl Memory {
    /// The thing under that key; None when it was forgotten or never known.
    #[must_use]
    pub fn recall<T: Send + Sync + 'static>(&self, key: &str) -> Option<Arc<T>> {
        self.settled.get(&(TypeId::of::<T>(), key.to_owned()))?.downcast().ok()
    }

    /// Keeps a thing. The key must change whenever the thing would.
    pub fn keep<T: Send + Sync + 'static>(&self, key: &str, thing: T) -> Arc<T> {
        let thing = Arc::new(thing);
        self.settled.insert((TypeId::of::<T>(), key.to_owned()), thing.clone());
        thing
    }

    /// Says that something was committed: what was worked out before may be wrong now.
    pub fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// How often something was committed on this node.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// The thing as it was worked out after the last change and in the same stretch of time, or worked out now.
    pub(super) async fn lately<T, E>(
        &self,
        key: &str,
        stretch: i64,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<Arc<T>, E>
    where
        T: Send + Sync + 'static,
    {
        // Read before the work begins: what is committed meanwhile makes the next one work again.
        let change = self.changes();
        let place = self.recent.get_with((TypeId::of::<T>(), key.to_owned()), Recent::default);
        let mut held = place.lock().await;
        if let Some((after, within, thing)) = held.as_ref()
            && *after >= change
            && *within == stretch
            && let Ok(thing) = thing.clone().downcast()
        {
            return Ok(thing);
        }
        let thing = Arc::new(work.await?);
        *held = Some((change, stretch, thing.clone()));
        Ok(thing)
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

    #[tokio::test]
    async fn what_was_worked_out_lately_holds_until_a_change_or_the_next_stretch() {
        let (memory, worked) = (Memory::default(), AtomicU64::new(0));
        let ask = |stretch| memory.lately("a", stretch, async { Ok::<_, ()>(worked.fetch_add(1, Ordering::SeqCst)) });
        let (one, other) = tokio::join!(ask(1), ask(1));
        assert_eq!((one.as_deref(), other.as_deref()), (Ok(&0), Ok(&0)), "both wait for the same work");
        memory.changed();
        assert_eq!(ask(1).await.as_deref(), Ok(&1));
        assert_eq!(ask(1).await.as_deref(), Ok(&1));
        assert_eq!(ask(2).await.as_deref(), Ok(&2));
        let failed = memory.lately("b", 1, async { Err::<u64, _>("no") }).await;
        assert_eq!(failed.as_deref(), Err(&"no"));
        assert_eq!(memory.lately("b", 1, async { Ok::<u64, &str>(7) }).await.as_deref(), Ok(&7), "a failure is not kept");
    }
}
