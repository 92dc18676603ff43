//! A mail relay on loopback that can be told to misbehave in one thing.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::base::config::Smtp;

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Nothing,
    /// 421 instead of a greeting.
    Busy,
    /// Accepts the connection and never says a word.
    Mute,
    /// 451 to the recipient (greylisting).
    Greylists,
    /// 550 to the recipient.
    KnowsNobody,
    /// Closes the line when the recipient is named.
    DropsEarly,
    /// 452 to the whole letter.
    Full,
    /// 554 to the whole letter.
    Spam,
    /// Reads the letter, then closes the line without a word.
    DropsAfterData,
    /// Reads the letter and says nothing.
    SilentAfterData,
    /// Takes the letter and adds a line of garbage for an answer.
    Garbage,
}

/// The relay, and what it took.
pub struct Double {
    pub settings: Smtp,
    wrong: Arc<Mutex<Wrong>>,
    taken: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<usize>>,
    _serving: JoinSet<()>,
}

impl Double {
    pub async fn open(wrong: Wrong) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let settings = Smtp { url: format!("smtp://127.0.0.1:{port}"), from: "Lan Tỏa <lantoa@province.example>".into() };
        let (wrong, taken) = (Arc::new(Mutex::new(wrong)), Arc::<Mutex<Vec<String>>>::default());
        let connections = Arc::<Mutex<usize>>::default();
        let mut serving = JoinSet::new();
        let (told, kept, count) = (Arc::clone(&wrong), Arc::clone(&taken), Arc::clone(&connections));
        serving.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                *count.lock().expect("connections") += 1;
                let (wrong, taken) = (*told.lock().expect("wrong"), Arc::clone(&kept));
                talks.spawn(async move {
                    let _ = talk(stream, wrong, &taken).await;
                });
            }
        });
        Self { settings, wrong, taken, connections, _serving: serving }
    }

    /// Behaves otherwise from the next connection on.
    pub fn be(&self, wrong: Wrong) {
        *self.wrong.lock().expect("wrong") = wrong;
    }

    /// The letters read whole, whatever was said to them.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().expect("letters").clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().expect("connections")
    }
}

async fn talk(stream: TcpStream, wrong: Wrong, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    match wrong {
        Wrong::Busy => return stream.get_mut().write_all(b"421 too busy\r\n").await,
        Wrong::Mute => return std::future::pending().await,
        _ => stream.get_mut().write_all(b"220 double ESMTP\r\n").await?,
    }
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let answer = match line.get(..4).unwrap_or_default() {
            "EHLO" => "250-double\r\n250 8BITMIME\r\n",
            "RCPT" if wrong == Wrong::Greylists => "451 greylisted, come again\r\n",
            "RCPT" if wrong == Wrong::KnowsNobody => "550 no such mailbox\r\n",
            "RCPT" if wrong == Wrong::DropsEarly => return Ok(()),
            "DATA" => {
                stream.get_mut().write_all(b"354 go ahead\r\n").await?;
                let letter = body(&mut stream).await?;
                taken.lock().expect("letters").push(letter);
                match wrong {
                    Wrong::Full => "452 out of storage\r\n",
                    Wrong::Spam => "554 looks like spam\r\n",
                    Wrong::DropsAfterData => return Ok(()),
                    Wrong::SilentAfterData => return std::future::pending().await,
                    Wrong::Garbage => "thank you very much\r\n",
                    _ => "250 taken\r\n",
                }
            }
            "QUIT" => {
                return stream.get_mut().write_all(b"221 bye\r\n").await;
            }
            _ => "250 ok\r\n",
        };
        stream.get_mut().write_all(answer.as_bytes()).await?;
    }
}

async fn body(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut letter = String::new();
    loop {
        let start = letter.len();
        if stream.read_line(&mut letter).await? == 0 || &letter[start..] == ".\r\n" {
            letter.truncate(start);
            return Ok(letter);
        }
    }
}
