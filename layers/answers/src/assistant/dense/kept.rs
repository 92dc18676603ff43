//! Vectors on the node's disk, one a line, the latest last. The file is bounded: once it is larger than it may be, its earlier half goes,
//! which costs asking again. All of this waits for the disk: it is called where a thread may.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// As many as a node holds in memory, with a thousand figures each.
pub const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// One writes to the file at a time.
static WRITING: Mutex<()> = Mutex::new(());

/// Hands over what was kept, the earliest first; nothing where there is no file.
///
/// # Errors
/// The disk.
pub fn read(path: &Path, bytes_max: u64, mut take: impl FnMut(String, Vec<f32>)) -> io::Result<()> {
    let file = {
        let _one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        match cut(path, bytes_max).and_then(|()| File::open(path)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            opened => opened?,
        }
    };
    for line in BufReader::new(file).split(b'\n') {
        // The last line of a node that was killed may be cut.
        if let Ok((key, vector)) = serde_json::from_slice::<(String, Vec<f32>)>(&line?) {
            take(key, vector);
        }
    }
    Ok(())
}

/// Adds these.
///
/// # Errors
/// The disk.
pub fn append(path: &Path, bytes_max: u64, fresh: &[(String, Vec<f32>)]) -> io::Result<()> {
    let lines = fresh.iter().map(serde_json::to_string).collect::<Result<Vec<String>, _>>()?;
    let _one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    writeln!(file, "{}", lines.join("\n"))?;
    cut(path, bytes_max)
}

/// Leaves the later half of a file that is too large, in whole lines.
fn cut(path: &Path, bytes_max: u64) -> io::Result<()> {
    let size = fs::metadata(path)?.len();
    if size <= bytes_max {
        return Ok(());
    }
    let mut from = BufReader::new(File::open(path)?);
    from.seek(SeekFrom::Start(size - bytes_max / 2))?;
    from.read_until(b'\n', &mut Vec::new())?;
    let part = path.with_extension("part");
    io::copy(&mut from, &mut File::create(&part)?)?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod unit {
    use super::*;

    fn keys(path: &Path) -> Vec<String> {
        let mut keys = Vec::new();
        read(path, 100, |key, _| keys.push(key)).expect("a file that can be read");
        keys
    }

    #[test]
    fn a_file_that_is_too_large_keeps_what_came_last() {
        let path = std::env::temp_dir().join(format!("lantoa-vectors-{}.jsonl", std::process::id()));
        let _ = fs::remove_file(&path);
        assert!(keys(&path).is_empty(), "there is none yet");
        for n in 0..30 {
            append(&path, 100, &[(format!("key-{n:02}"), vec![0.5, 1.0])]).expect("a disk");
            assert!(fs::metadata(&path).expect("a file").len() <= 100);
        }
        let kept = keys(&path);
        assert_eq!(kept.last().map(String::as_str), Some("key-29"));
        assert!(kept.len() < 6 && kept.is_sorted(), "{kept:?}");
        fs::write(&path, "[\"whole\",[1.0]]\n[\"cut\",[1.").expect("a disk");
        assert_eq!(keys(&path), ["whole"]);
        fs::remove_file(&path).expect("a file");
    }
}
