//! Serves all doubles on loopback ports, and a page that shows what they were sent; or brings a fleet of loudspeaker clusters out.

#![expect(clippy::print_stdout, reason = "a program for a terminal says where it listens")]

mod crowd;

use std::io;

use clap::{Parser, Subcommand};
use doubles::facebook::Facebook;
use doubles::models::Models;
use doubles::page::{self, Shown};
use doubles::push::PushService;
use doubles::service::{Service, Serving};
use doubles::sms::SmsGateway;
use doubles::speech::Speech;
use doubles::subscriber::Subscriber;
use doubles::telegram::Telegram;
use doubles::tiktok::TikTok;
use doubles::youtube::YouTube;
use doubles::zalo::{App, Zalo};
use doubles::{Double, Platform, now_s};
use tokio::net::TcpListener;

/// Foreign services on this machine, for a developer to look at.
#[derive(Parser)]
struct Options {
    /// The port of the page; the doubles take the ports after it.
    #[arg(long, default_value_t = 7700)]
    port: u16,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Clusters of loudspeakers that speak to a broker, or to the platform by HTTP, until their time is over; says each second, as a
    /// line of JSON, what they did.
    Fleet(crowd::Crowd),
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let options = Options::parse();
    if let Some(Command::Fleet(crowd)) = options.command {
        return crowd.run().await;
    }
    let port = options.port;
    let app = App {
        app_id: "app-of-the-double".to_owned(),
        secret_key: "secret-of-the-double".to_owned(),
        oa_secret_key: "webhook-secret-of-the-double".to_owned(),
    };
    let mut tiktok = TikTok::new("token-of-the-double");
    tiktok.posts_left = u32::MAX;
    let mut push = PushService { now_s: now_s(), ..PushService::default() };
    let subscription = push.subscribe(&format!("http://127.0.0.1:{}", port + 7), 7, "");
    let doubles: Vec<Box<dyn Shown>> = vec![
        started(Telegram::new("token-of-the-double", &["@kenh_cua_tinh", "@noi_tra_cuu"]), port + 1).await?,
        started(Facebook::new("1", "token-of-the-double"), port + 2).await?,
        started(Zalo::new(app, "access-of-the-double", "refresh-of-the-double"), port + 3).await?,
        serving(YouTube::new("token-of-the-double"), port + 4).await?,
        serving(tiktok, port + 5).await?,
        serving(SmsGateway::new("token-of-the-double"), port + 6).await?,
        serving(push, port + 7).await?,
        serving(Subscriber { secret: "secret-of-the-double".to_owned(), ..Subscriber::default() }, port + 8).await?,
        serving(Models::new("token-of-the-double"), port + 9).await?,
        serving(Speech::new("token-of-the-double"), port + 10).await?,
    ];
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("page      http://127.0.0.1:{port}/");
    for double in &doubles {
        println!("{:<9} http://{}", double.name(), double.address());
    }
    println!(
        "tokens    token-of-the-double; Zalo: access-of-the-double, refresh-of-the-double, app-of-the-double, secret-of-the-double"
    );
    println!("browser   {subscription}");
    page::serve(listener, doubles).await
}

async fn serving<S: Service>(service: S, port: u16) -> io::Result<Box<dyn Shown>> {
    Ok(Box::new(Serving::start(service, port).await?))
}

async fn started<P: Platform>(platform: P, port: u16) -> io::Result<Box<dyn Shown>> {
    Ok(Box::new(Double::start_at(platform, port).await?))
}
