//! A receiver on loopback that can be told to misbehave.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What it does with a message.
#[derive(Clone, Debug)]
pub enum Behaviour {
    /// Reads it and answers so.
    Status(u16),
    /// 302 to another address.
    Redirects(String),
    /// Reads it and closes the line.
    Closes,
    /// Reads it and says nothing.
    Mute,
}

/// A message as it arrived.
#[derive(Clone, Debug)]
pub struct Heard {
    pub head: String,
    pub body: String,
}

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")));
        line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim()).unwrap_or_default()
    }
}

pub struct Double {
    pub address: String,
    behaviour: Arc<Mutex<Behaviour>>,
    heard: Arc<Mutex<Vec<Heard>>>,
    _serving: JoinSet<()>,
}

impl Double {
    pub async fn open(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://127.0.0.1:{}/nhan-tin", listener.local_addr().expect("an address").port());
        let (behaviour, heard) = (Arc::new(Mutex::new(behaviour)), Arc::<Mutex<Vec<Heard>>>::default());
        let (told, kept) = (Arc::clone(&behaviour), Arc::clone(&heard));
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (behaviour, kept) = (told.lock().expect("behaviour").clone(), Arc::clone(&kept));
                talks.spawn(async move {
                    let _ = talk(stream, behaviour, &kept).await;
                });
            }
        });
        Self { address, behaviour, heard, _serving: serving }
    }

    /// Behaves otherwise from the next line on.
    pub fn be(&self, behaviour: Behaviour) {
        *self.behaviour.lock().expect("behaviour") = behaviour;
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("messages").clone()
    }
}

async fn talk(mut stream: TcpStream, behaviour: Behaviour, kept: &Mutex<Vec<Heard>>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let heard = loop {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let heard = Heard { head: head.to_owned(), body: body.to_owned() };
        if body.len() >= heard.header("content-length").parse::<usize>().unwrap_or_default() {
            break heard;
        }
    };
    kept.lock().expect("messages").push(heard);
    let line = match behaviour {
        Behaviour::Status(status) => format!("HTTP/1.1 {status} Word\r\n"),
        Behaviour::Redirects(to) => format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\n"),
        Behaviour::Closes => return Ok(()),
        Behaviour::Mute => return std::future::pending().await,
    };
    stream.write_all(format!("{line}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes()).await
}
