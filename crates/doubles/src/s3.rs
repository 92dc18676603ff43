//! An S3 server over a folder: `s3s-fs`, which checks signatures (AWS Signature Version 4), takes uploads in parts and answers
//! ranges and lists as stores do.

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A store that runs until it is dropped.
pub struct Store {
    pub address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Store {
    /// Serves the folder: each folder in it is a bucket. Only who signs with this key and secret is let in.
    ///
    /// # Errors
    /// The folder can not be read, or no port is free.
    pub async fn start(folder: &Path, bucket: &str, (key, secret): (&str, &str)) -> io::Result<Self> {
        std::fs::create_dir_all(folder.join(bucket))?;
        let files = FileSystem::new(folder).map_err(|error| io::Error::other(format!("{error:?}")))?;
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(key, secret));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        Ok(Self { address, serving: tokio::spawn(serve(listener, service.build())) })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, service: S3Service) {
    while let Ok((socket, _)) = listener.accept().await {
        let service = service.clone();
        tokio::spawn(async move {
            // A client that goes away in the middle is no failure of the store's.
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
        });
    }
}
