//! The data folder: there, ours to write, with room.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::finding::{Area, Finding, State};
use crate::base::{Config, new_id};
use crate::library::storage::Store;

const FREE_BYTES_WARNING: u64 = 2 * 1024 * 1024 * 1024;
const FREE_BYTES_BROKEN: u64 = 100 * 1024 * 1024;

pub fn examine(config: &Config) -> Vec<Finding> {
    let folder = std::path::absolute(&config.data).unwrap_or_else(|_| config.data.clone());
    std::iter::once(writable(&folder)).chain(room(&folder)).collect()
}

/// Writes into the store of the library and reads it back. Its folder is made by the first file: until then there is nothing to see.
pub async fn examine_library(config: &Config) -> Finding {
    let place = match &config.library.s3 {
        Some(s3) => format!("{} ({})", s3.endpoint, s3.bucket),
        None => config.data.join("library").display().to_string(),
    };
    let finding = |state, key| Finding::new(Area::Storage, state, key).with("place", &place);
    if config.library.s3.is_none() && !config.data.join("library").exists() {
        return finding(State::Absent, "doctor-library-none");
    }
    let checked = match Store::open(config) {
        Ok(store) => store.check().await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(()) => finding(State::Good, "doctor-library-keeps"),
        Err(error) => finding(State::Broken, "doctor-library-silent").with("cause", format!("{error:#}")),
    }
}

fn new(state: State, key: &'static str, folder: &Path) -> Finding {
    Finding::new(Area::Storage, state, key).with("folder", folder.display())
}

fn writable(folder: &Path) -> Finding {
    let trial = folder.join(format!(".doctor-{}", new_id().simple()));
    match std::fs::write(&trial, b"") {
        Ok(()) => {
            let _ = std::fs::remove_file(&trial);
            new(State::Good, "doctor-folder-writable", folder)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => new(State::Warning, "doctor-folder-none", folder),
        Err(error) => new(State::Broken, "doctor-folder-closed", folder).with("cause", error),
    }
}

/// Room on the disk of the folder, or of the nearest one above it that exists.
fn room(folder: &Path) -> Option<Finding> {
    let there: PathBuf = folder.ancestors().find(|above| above.exists())?.to_owned();
    let disk = rustix::fs::statvfs(&there).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let (state, key) = match free {
        FREE_BYTES_WARNING.. => (State::Good, "doctor-disk-roomy"),
        FREE_BYTES_BROKEN.. => (State::Warning, "doctor-disk-tight"),
        _ => (State::Broken, "doctor-disk-full"),
    };
    Some(new(state, key, folder).with("free", gigabytes(free)))
}

/// `1,5` GB, as Vietnamese writes it.
fn gigabytes(bytes: u64) -> String {
    let tenths = bytes / (1024 * 1024 * 1024 / 10);
    format!("{},{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    #[test]
    fn room_is_said_in_gigabytes() {
        assert_eq!(super::gigabytes(1024 * 1024 * 1024), "1,0");
        assert_eq!(super::gigabytes(95 * 1024 * 1024), "0,0");
        assert_eq!(super::gigabytes(10 * 1024 * 1024 * 1024 + 600 * 1024 * 1024), "10,5");
    }
}
