//! A real broker: an installed mosquitto, a child of the test, on a loopback port.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// Debian puts it where only root looks.
const PROGRAMS: [&str; 4] = ["mosquitto", "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];
const TRIES: u32 = 100;
const TRY_MS: u64 = 50;

/// Why there is no broker.
#[derive(Debug)]
pub enum Missing {
    /// Install Debian's package `mosquitto`: `scripts/setup test` does.
    NotInstalled,
    /// It ended, or did not answer.
    NotStarted(String),
    Io(io::Error),
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotInstalled => f.write_str("mosquitto is not installed; scripts/setup test installs it"),
            Self::NotStarted(why) => write!(f, "mosquitto did not start: {why}"),
            Self::Io(error) => write!(f, "mosquitto: {error}"),
        }
    }
}

impl From<io::Error> for Missing {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A running broker; it ends when this is dropped.
pub struct Broker {
    pub address: SocketAddr,
    child: Child,
    folder: PathBuf,
}

impl Broker {
    /// Starts one on a free port, with its settings in this folder, which is made.
    ///
    /// # Errors
    /// [`Missing`].
    pub async fn start(folder: &Path) -> Result<Self, Missing> {
        Self::start_with(folder, "").await
    }

    /// With more lines of settings: passwords, access lists.
    ///
    /// # Errors
    /// [`Missing`].
    pub async fn start_with(folder: &Path, more: &str) -> Result<Self, Missing> {
        std::fs::create_dir_all(folder)?;
        let address = free_address().await?;
        Self::start_at(folder, address, more).await
    }

    /// At this address: a broker that comes back.
    ///
    /// # Errors
    /// [`Missing`].
    pub async fn start_at(folder: &Path, address: SocketAddr, more: &str) -> Result<Self, Missing> {
        let file = folder.join("mosquitto.conf");
        std::fs::write(&file, settings(address, more))?;
        let log = std::fs::File::create(folder.join("mosquitto.log"))?;
        let mut child = spawned(&file, &log)?;
        for _ in 0..TRIES {
            if let Some(status) = child.try_wait()? {
                let said = std::fs::read_to_string(folder.join("mosquitto.log")).unwrap_or_default();
                return Err(Missing::NotStarted(format!("{status}: {said}")));
            }
            if TcpStream::connect(address).await.is_ok() {
                return Ok(Self { address, child, folder: folder.to_owned() });
            }
            tokio::time::sleep(Duration::from_millis(TRY_MS)).await;
        }
        Err(Missing::NotStarted("it does not answer".into()))
    }

    /// Ends it, as when the machine it stands on is switched off.
    pub async fn kill(mut self) -> (PathBuf, SocketAddr) {
        let _ = self.child.kill().await;
        (self.folder, self.address)
    }
}

async fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0").await?.local_addr()
}

fn spawned(file: &Path, log: &std::fs::File) -> Result<Child, Missing> {
    for program in PROGRAMS {
        let mut command = Command::new(program);
        command.arg("-c").arg(file).kill_on_drop(true).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log.try_clone()?);
        match command.spawn() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            outcome => return Ok(outcome?),
        }
    }
    Err(Missing::NotInstalled)
}

/// One who hears a whole fleet must not be held up at 20 messages that are on their way, nor lose what comes in a burst.
fn settings(address: SocketAddr, more: &str) -> String {
    let access = if more.contains("password_file") { "" } else { "allow_anonymous true\n" };
    format!(
        "listener {} {}\n{access}persistence false\nmax_inflight_messages 1000\nmax_queued_messages 100000\nset_tcp_nodelay true\n\
         connection_messages false\n{more}\n",
        address.port(),
        address.ip(),
    )
}
