//! Several sources may stand on the same rows. While they are asked together those are read once, and forgotten afterwards.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::OnceCell;

use crate::web::{Error, Result};

type Place = Arc<OnceCell<Arc<dyn Any + Send + Sync>>>;

tokio::task_local! {
    static READ: RefCell<HashMap<(TypeId, String), Place>>;
}

/// Asks several sources in one task: what [`once`] read for one of them is there for the others.
pub async fn together<F: Future>(asking: F) -> F::Output {
    READ.scope(RefCell::default(), asking).await
}

/// What is read under that key: once among sources that are asked together, each time for one that is asked alone.
///
/// # Errors
/// The reading failed; whoever waited for it reads anew.
pub async fn once<T: Any + Send + Sync>(key: &str, reading: impl Future<Output = Result<T>>) -> Result<Arc<T>> {
    let place = READ.try_with(|read| read.borrow_mut().entry((TypeId::of::<T>(), key.to_owned())).or_default().clone());
    let Ok(place) = place else { return reading.await.map(Arc::new) };
    let read = async || reading.await.map(|thing| Arc::new(thing) as Arc<dyn Any + Send + Sync>);
    let thing = place.get_or_try_init(read).await?.clone();
    thing.downcast().map_err(|_| Error::Internal(anyhow::anyhow!("{key} is something else")))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn read_once_together_and_each_time_alone() {
        let times = AtomicU32::new(0);
        let read = || async {
            tokio::task::yield_now().await;
            Ok(times.fetch_add(1, Ordering::SeqCst))
        };
        let both = together(async { tokio::try_join!(once("rows", read()), once("rows", read())) }).await.expect("read");
        assert_eq!((*both.0, *both.1), (0, 0));
        assert_eq!(*once("rows", read()).await.expect("read"), 1);
        assert_eq!(*once("rows", read()).await.expect("read"), 2);
    }

    #[tokio::test]
    async fn what_failed_is_read_anew() {
        let outcome = together(async {
            let failed = once::<u8>("rows", async { Err(Error::NotFound) }).await;
            (failed.is_err(), once::<u8>("rows", async { Ok(7) }).await.map(|seven| *seven).ok())
        });
        assert_eq!(outcome.await, (true, Some(7)));
    }
}
