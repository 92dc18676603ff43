//! A real relay: an installed Postfix that queues, tries again and bounces, with settings and queue of its own in a folder of its own. It
//! listens on a loopback port, hands everything on to one next hop ([`crate::sink`]), and keeps what comes back to [`DOMAIN`].
//!
//! Its master has to be root, which a test need not be. So a script starts it, by sudo where that asks for no password, and holds its
//! standard input: when that is closed, because this was dropped or the test died of whatever, the script ends Postfix and clears away.

use std::io::{self, Read};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Where return paths of letters are; `bounces+…` before the @.
pub const DOMAIN: &str = "bantin.double.test";

/// Only root's PATH has it.
const PROGRAMS: [&str; 2] = ["/usr/sbin/postfix", "/usr/local/sbin/postfix"];
const SCRIPT: &str = include_str!("postfix/leash.sh");
const MAIN: &str = include_str!("postfix/main.cf");
const MASTER: &str = include_str!("postfix/master.cf");
const SENT: &str = "status=sent";
const USUAL: [&str; 5] = ["client=", "message-id=", "(queue active)", SENT, ": removed"];
const READY: &str = "ready";
const END_TRIES: u32 = 500;
const END_TRY_MS: u64 = 20;

static STARTED: AtomicU32 = AtomicU32::new(0);

/// Why there is no relay.
#[derive(Debug)]
pub enum Missing {
    /// Install Debian's package `postfix`: `scripts/setup test` does.
    NotInstalled,
    /// Who runs the test is not root, and sudo would ask for a password.
    NotAllowed,
    /// What it said instead.
    NotStarted(String),
    Io(io::Error),
}

impl Missing {
    /// Whether the machine can not run one at all: a reason to leave a test out.
    #[must_use]
    pub const fn is_the_machine(&self) -> bool {
        matches!(self, Self::NotInstalled | Self::NotAllowed)
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotInstalled => f.write_str("postfix is not installed; scripts/setup test installs it"),
            Self::NotAllowed => {
                f.write_str("postfix starts as root only, and there is neither root nor sudo without a password here")
            }
            Self::NotStarted(why) => write!(f, "postfix did not start: {why}"),
            Self::Io(error) => write!(f, "postfix: {error}"),
        }
    }
}

impl From<io::Error> for Missing {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// How what comes back to [`DOMAIN`] is handed over, as an operator sets it up.
#[derive(Clone, Debug)]
pub enum Reports {
    /// Into [`Postfix::maildir`].
    Maildir,
    /// To this command, on standard input: `argv` of Postfix's pipe(8).
    Command(String),
}

/// A running relay; it ends when this is dropped.
pub struct Postfix {
    pub address: SocketAddr,
    folder: PathBuf,
    leash: Option<ChildStdin>,
    script: Child,
}

impl Postfix {
    /// Starts one on a free port, which hands on to `next_hop` what is not for [`DOMAIN`]. It tries again after two seconds, and gives a
    /// letter up after some seconds more than two tries take (`main.cf`).
    ///
    /// # Errors
    /// [`Missing`].
    pub fn start(next_hop: SocketAddr, reports: &Reports) -> Result<Self, Missing> {
        let program = PROGRAMS.into_iter().find(|program| Path::new(program).exists()).ok_or(Missing::NotInstalled)?;
        let is_root = id(&["-u"])? == "0";
        if !is_root && !is_well(Command::new("sudo").args(["-n", "true"])) {
            return Err(Missing::NotAllowed);
        }
        // Not TMPDIR: Postfix's own users must reach it.
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = PathBuf::from(format!("/tmp/doubles-postfix-{}-{number}", std::process::id()));
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        // Postfix hands nothing over as root.
        let user = if is_root { "nobody".to_owned() } else { id(&["-un"])? };
        write_settings(&folder, &user, (address, next_hop), reports)?;
        let mut command = if is_root { Command::new("sh") } else { Command::new("sudo") };
        if !is_root {
            command.args(["-n", "sh"]);
        }
        command.arg(folder.join("leash.sh")).arg(&folder).args([program, &user]);
        let mut script = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
        let leash = script.stdin.take();
        let said = script.stdout.take();
        let relay = Self { address, folder, leash, script };
        until_ready(said)?;
        Ok(relay)
    }

    /// As a setting names it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Where reports come to, with [`Reports::Maildir`].
    #[must_use]
    pub fn maildir(&self) -> PathBuf {
        self.folder.join("reports")
    }

    /// Its log.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("mail.log")).unwrap_or_default()
    }

    /// What its log says besides the way of a letter that arrives at the first try, for a test that waited in vain.
    #[must_use]
    pub fn unusual(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().filter(|line| !USUAL.iter().any(|usual| line.contains(usual))).collect();
        let sent = log.lines().filter(|line| line.contains(SENT)).count();
        format!("{sent} sent; of {} lines these are not of that:\n{}", log.lines().count(), lines.join("\n"))
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        drop(self.leash.take());
        for _ in 0..END_TRIES {
            if !matches!(self.script.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(END_TRY_MS));
        }
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

fn until_ready(said: Option<impl Read>) -> Result<(), Missing> {
    let Some(mut said) = said else { return Err(Missing::NotStarted(String::new())) };
    let (mut words, mut some) = (Vec::new(), [0; 1024]);
    loop {
        let read = said.read(&mut some)?;
        words.extend_from_slice(&some[..read]);
        let text = String::from_utf8_lossy(&words);
        if text.lines().any(|line| line == READY) {
            return Ok(());
        }
        if read == 0 {
            return Err(Missing::NotStarted(text.trim().to_owned()));
        }
    }
}

fn is_well(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn id(arguments: &[&str]) -> io::Result<String> {
    let said = Command::new("id").args(arguments).output()?;
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

fn write_settings(folder: &Path, user: &str, (own, next): (SocketAddr, SocketAddr), reports: &Reports) -> io::Result<()> {
    let settings = folder.join("settings");
    std::fs::create_dir_all(&settings)?;
    let (uid, gid) = (id(&["-u", user])?, id(&["-g", user])?);
    let (transport, argv) = match reports {
        Reports::Maildir => ("virtual", "/bin/false"),
        Reports::Command(argv) => ("bounces", argv.as_str()),
    };
    let filled = |text: &str| {
        let (own, next, folder) = (own.to_string(), format!("[{}]:{}", next.ip(), next.port()), folder.display().to_string());
        let values: [(&str, &str); 9] = [
            ("@FOLDER@", folder.as_str()),
            ("@OWN@", &own),
            ("@NEXT@", &next),
            ("@DOMAIN@", DOMAIN),
            ("@TRANSPORT@", transport),
            ("@ARGV@", argv),
            ("@USER@", user),
            ("@UID@", &uid),
            ("@GID@", &gid),
        ];
        values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    std::fs::write(settings.join("main.cf"), filled(MAIN))?;
    std::fs::write(settings.join("master.cf"), filled(MASTER))?;
    std::fs::write(folder.join("leash.sh"), SCRIPT)
}
