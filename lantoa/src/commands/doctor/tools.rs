//! Programs that the product or its tests use when they are installed. None is needed to serve.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::process::Command;

use super::finding::{Area, Finding, State};

const TIMEOUT_S: u64 = 15;

/// How a tool shows that it is there.
enum Sign {
    /// The command ends well.
    Runs(&'static [&'static str]),
    /// The command ends well and its output has this line or words.
    Says(&'static [&'static str], &'static str),
    /// A file below this folder, whatever the version: `bin/…` of `/usr/lib/postgresql/15`.
    Holds(&'static str, &'static str),
}

struct Tool {
    name: &'static str,
    /// Debian's package.
    package: &'static str,
    /// Fluent key of what it is for.
    purpose: &'static str,
    /// One is enough.
    signs: &'static [Sign],
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "tesseract (vie)",
        package: "tesseract-ocr tesseract-ocr-vie",
        purpose: "doctor-tool-reads-scans",
        signs: &[Sign::Says(&["tesseract", "--list-langs"], "vie")],
    },
    Tool {
        name: "pdftoppm",
        package: "poppler-utils",
        purpose: "doctor-tool-draws-pages",
        signs: &[Sign::Runs(&["pdftoppm", "-v"])],
    },
    Tool {
        name: "epubcheck",
        package: "epubcheck",
        purpose: "doctor-tool-checks-books",
        signs: &[Sign::Runs(&["epubcheck", "--version"])],
    },
    Tool {
        name: "espeak-ng",
        package: "espeak-ng",
        purpose: "doctor-tool-reads-out",
        signs: &[Sign::Runs(&["espeak-ng", "--version"])],
    },
    Tool {
        name: "LibreOffice",
        package: "libreoffice-writer-nogui",
        purpose: "doctor-tool-makes-documents",
        signs: &[Sign::Runs(&["soffice", "--version"]), Sign::Runs(&["libreoffice", "--version"])],
    },
    Tool {
        name: "Chromium",
        package: "chromium",
        purpose: "doctor-tool-browses",
        signs: &[Sign::Runs(&["chromium", "--version"]), Sign::Runs(&["google-chrome", "--version"])],
    },
    Tool {
        name: "PostgreSQL",
        package: "postgresql",
        purpose: "doctor-tool-second-database",
        signs: &[Sign::Holds("/usr/lib/postgresql", "bin/initdb"), Sign::Runs(&["initdb", "--version"])],
    },
    Tool {
        name: "aiosmtpd",
        package: "python3-aiosmtpd",
        purpose: "doctor-tool-takes-mail",
        signs: &[Sign::Runs(&["/usr/bin/python3", "-c", "import aiosmtpd"]), Sign::Runs(&["python3", "-c", "import aiosmtpd"])],
    },
    Tool {
        name: "Postfix",
        package: "postfix",
        purpose: "doctor-tool-takes-mail",
        signs: &[Sign::Holds("/usr", "postfix"), Sign::Holds("/usr/local", "postfix")],
    },
    Tool {
        name: "Liberation",
        package: "fonts-liberation2",
        purpose: "doctor-tool-sets-type",
        signs: &[
            Sign::Says(&["fc-list"], "Liberation Serif"),
            Sign::Holds("/usr/share/fonts/truetype", "LiberationSerif-Regular.ttf"),
        ],
    },
];

pub async fn examine() -> Vec<Finding> {
    join_all(TOOLS.iter().map(look)).await
}

async fn look(tool: &Tool) -> Finding {
    let mut there = false;
    for sign in tool.signs {
        there = there || shows(sign).await;
    }
    let (state, key) = if there { (State::Good, "doctor-tool-there") } else { (State::Absent, tool.purpose) };
    Finding::new(Area::Tools, state, key).with("name", tool.name).with("package", tool.package)
}

async fn shows(sign: &Sign) -> bool {
    match sign {
        Sign::Runs(line) => output(line).await.is_some(),
        Sign::Says(line, words) => output(line).await.is_some_and(|text| says(&text, words)),
        Sign::Holds(folder, file) => holds(Path::new(folder), file),
    }
}

/// A short word must be a whole line (`vie`, not `vietnam`), more words may stand anywhere.
fn says(text: &str, words: &str) -> bool {
    text.lines().any(|line| if words.contains(' ') { line.contains(words) } else { line.trim() == words })
}

fn holds(folder: &Path, file: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| entry.path().join(file).exists())
}

/// What a command printed, when it ended well within the time.
async fn output(line: &[&str]) -> Option<String> {
    let (program, arguments) = line.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    let done = tokio::time::timeout(Duration::from_secs(TIMEOUT_S), command.output()).await.ok()?.ok()?;
    // Some print their list where errors go.
    let text = [done.stdout, done.stderr].concat();
    done.status.success().then(|| String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_language_is_a_whole_line() {
        assert!(says("List of available languages (2):\neng\nvie\n", "vie"));
        assert!(!says("vie_vert\n", "vie"));
        assert!(says("/usr/share/fonts/LiberationSerif.ttf: Liberation Serif:style=Regular", "Liberation Serif"));
    }
}
