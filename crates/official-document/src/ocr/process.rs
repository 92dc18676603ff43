//! A program run within a time.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Between two looks whether the program has ended.
const LOOK: Duration = Duration::from_millis(10);
/// What is kept of what the program prints.
const OUTPUT_BYTES_MAX: u64 = 64 << 10;

/// How a program ended, and what it printed.
pub(super) struct Ended {
    pub success: bool,
    pub output: String,
}

/// Runs a program in a folder, without a shell and on one thread.
///
/// # Errors
/// `NotFound` when it is not installed, `TimedOut` when it had to be stopped.
pub(super) fn run(program: &str, arguments: &[&str], folder: &Path, deadline: Instant) -> Result<Ended> {
    let printed = folder.join("printed");
    let output = File::create(&printed)?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
    let mut child = command.spawn()?;
    let success = ended_well(&mut child, deadline)?;
    let mut bytes = Vec::new();
    File::open(&printed)?.take(OUTPUT_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(Ended { success, output: String::from_utf8_lossy(&bytes).into_owned() })
}

fn ended_well(child: &mut Child, deadline: Instant) -> Result<bool> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Err(Error::from(ErrorKind::TimedOut));
        }
        std::thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(program: &str, arguments: &[&str], time: Duration) -> Result<Ended> {
        let folder = tempfile::tempdir()?;
        run(program, arguments, folder.path(), Instant::now() + time)
    }

    #[test]
    fn programs_end_or_are_stopped() {
        let minute = Duration::from_secs(60);
        assert_eq!(ended("echo", &["một"], minute).map(|ended| ended.output).ok().as_deref(), Some("một\n"));
        assert!(!ended("false", &[], minute).expect("false is everywhere").success);
        assert_eq!(ended("sleep", &["60"], Duration::ZERO).map(|_| ()).map_err(|error| error.kind()), Err(ErrorKind::TimedOut));
        let absent = ended("khong-co-chuong-trinh-nay", &[], minute);
        assert_eq!(absent.map(|_| ()).map_err(|error| error.kind()), Err(ErrorKind::NotFound));
    }
}
