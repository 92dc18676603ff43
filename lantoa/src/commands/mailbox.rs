//! Letters as a mail server hands them over: one on standard input, or all new ones of a Maildir, which are moved to `cur` when they were
//! taken.

use std::io::Read;
use std::path::{Path, PathBuf};

/// Hands each to `work`, its first `bytes_max` bytes.
///
/// # Errors
/// The disk or the work failed; what was not taken stays where it is.
pub async fn each(
    maildir: Option<&Path>,
    bytes_max: usize,
    mut work: impl AsyncFnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(folder) = maildir else {
        let bytes = beginning(&mut std::io::stdin().lock(), bytes_max)?;
        return work(&bytes).await;
    };
    std::fs::create_dir_all(folder.join("cur"))?;
    let mut new: Vec<PathBuf> =
        std::fs::read_dir(folder.join("new"))?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    new.sort();
    for path in new {
        let bytes = beginning(&mut std::fs::File::open(&path)?, bytes_max)?;
        work(&bytes).await?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        std::fs::rename(&path, folder.join("cur").join(format!("{name}:2,S")))?;
    }
    Ok(())
}

/// The beginning of a very large letter is enough. The rest is read as well: a mail server takes a pipe that is closed early for a failure.
pub(super) fn beginning(from: &mut impl Read, bytes_max: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.by_ref().take(bytes_max as u64).read_to_end(&mut bytes)?;
    std::io::copy(from, &mut std::io::sink())?;
    Ok(bytes)
}
