//! `lantoa`: the server and its commands.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use lantoa::base::config::LogFormat;
use lantoa::base::time::VIETNAM;
use lantoa::base::{Clock, Config};
use lantoa::capabilities::CAPABILITIES;
use lantoa::{commands, demo, server};
use tracing_subscriber::EnvFilter;

/// Gives back what is not used any more; how is set where it is built, in `.cargo/config.toml`.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Lan Tỏa: the communication platform of a province.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// A TOML file of settings; the environment (`LANTOA_…`) goes before it.
    #[arg(long, global = true, env = "LANTOA_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the platform.
    Serve {
        /// Fill an empty database with the demo province, and offer signing in by role.
        #[arg(long)]
        demo: bool,
        /// Show the demo as if it were that day (YYYY-MM-DD, from 09:00): for training and rehearsals.
        #[arg(long, requires = "demo", value_name = "DAY")]
        day: Option<NaiveDate>,
        /// Play the year up to that day first: agencies publish, answer, come late. Only into an empty database.
        #[arg(long, requires = "day")]
        played: bool,
    },
    /// Work on plan documents.
    #[command(subcommand)]
    Plan(commands::plan::Plan),
    /// Agencies in and out as files.
    #[command(subcommand)]
    Agencies(commands::agencies::Agencies),
    /// Bring articles in from elsewhere.
    #[command(subcommand)]
    Import(commands::import::Import),
    /// Take reports of newsletters that came back, as the mail server hands them over.
    Bounces(commands::bounces::Bounces),
    /// Take letters that ask something, as the mail server hands them over.
    Letters(commands::letters::Letters),
    /// The search index of this node.
    #[command(subcommand)]
    Search(commands::search::Search),
    /// What is counted.
    #[command(subcommand)]
    Measures(commands::measures::Measures),
    /// The assistant that answers the public.
    #[command(subcommand)]
    Assistant(commands::assistant::Assistant),
    /// Make a one-time link with which the first administrator, or one who is locked out, signs in.
    AdminLink(commands::admin_link::AdminLink),
    /// Say that the database was restored together with the whole data folder: everything that waits to be sent is held.
    Restored(commands::restored::Restored),
    /// Say what is missing or misconfigured, and how to mend it.
    Doctor(commands::doctor::Doctor),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let failure = match &arguments.command {
        Command::Bounces(_) | Command::Letters(_) => ExitCode::from(commands::bounces::COME_AGAIN),
        _ => ExitCode::FAILURE,
    };
    let outcome = match Config::read(arguments.config.as_deref()) {
        Ok(config) => run(arguments.command, config),
        Err(error) => match &arguments.command {
            Command::Doctor(doctor) => doctor.unreadable(&error),
            _ => Err(error.into()),
        },
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("lantoa: {error:#}");
            failure
        }
    }
}

fn run(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    log(config.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(execute(command, config))
}

async fn execute(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    // The tree has one cryptography provider; whoever makes a TLS connection finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match command {
        Command::Serve { demo, day, played } => serve(config, demo, day, played).await.map(|()| ExitCode::SUCCESS),
        Command::Plan(command) => command.run(),
        Command::Agencies(command) => command.run(config).await,
        Command::Import(command) => command.run(config).await,
        Command::Bounces(command) => command.run(config).await.map(|()| ExitCode::SUCCESS),
        Command::Letters(command) => command.run(config).await.map(|()| ExitCode::SUCCESS),
        Command::Search(command) => command.run(config).await.map(|()| ExitCode::SUCCESS),
        Command::Measures(command) => command.run(config).await.map(|()| ExitCode::SUCCESS),
        Command::Assistant(command) => command.run(config).await.map(|()| ExitCode::SUCCESS),
        Command::AdminLink(command) => command.run(config).await.map(|()| ExitCode::SUCCESS),
        Command::Restored(command) => command.run(config).await.map(|()| ExitCode::SUCCESS),
        Command::Doctor(command) => command.run(config).await,
    }
}

async fn serve(config: Config, with_demo: bool, day: Option<NaiveDate>, played: bool) -> anyhow::Result<()> {
    if let Some(day) = day.filter(|_| played) {
        demo::playing::play(config.clone(), day).await?;
    }
    let morning = day.and_then(|day| day.and_hms_opt(9, 0, 0)?.and_local_timezone(VIETNAM).single());
    let clock = morning.map_or(Clock::Machine, |morning| Clock::set_to(morning.to_utc()));
    let app = server::prepare(config, CAPABILITIES, clock, with_demo).await?;
    lantoa::base::installation_key::InstallationKey::of(&app)?;
    lantoa::people::province::settle(&app).await?;
    if with_demo {
        demo::settle(&app).await?;
    }
    lantoa::people::invitation::offer_first_administrator(&app).await?;
    server::run(app, server::told_to_stop()).await
}

fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_env("LANTOA_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,pdf_extract=off"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}
