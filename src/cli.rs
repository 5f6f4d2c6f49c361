//! The command line: each stage of the pipeline can be run alone, JSON in and JSON out.

/// Prints a line. When nobody reads any more (`| head`), the command ends without a word.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::print_line(format_args!($($words)*)) };
}

mod check;
mod feeds;
mod ingest;
mod lines;
mod run;
mod search;
mod unfold;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::{App, AppError, Role};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::{statistics, telemetry};

/// Job alerts and skill explainers for Discord.
#[derive(Debug, Parser)]
#[command(name = "crier", version, about, max_term_width = 100)]
struct Cli {
    /// A file of settings over the defaults (also CRIER_CONFIG)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder for data (also CRIER_DATA_DIR; by default crier-data)
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot
    Run {
        /// What this process does
        #[arg(long, value_enum, default_value_t = Role::All)]
        role: Role,
    },
    /// Run the bot against a local Discord with a web page; no token, no network needed
    Sandbox(run::SandboxArgs),
    /// Bring the database's schema up to this version
    Migrate,
    /// Look over configuration, database and token, and tell every problem
    Check,
    /// Register the slash commands with Discord now
    Register,
    /// Poll the feeds now, or load a JSON Lines file
    Ingest(ingest::IngestArgs),
    /// Show what an opening was folded from, and take postings out of it for good
    Unfold(unfold::UnfoldArgs),
    /// Search openings as /jobs does
    Search(search::SearchArgs),
    /// Name the skills of texts: a line {"text"} in, a line {"skills"} out
    Tag,
    /// Read postings: a line {"title","company","location","description","salary"} in, every derived fact out
    Inspect,
    /// Where openings come from
    Feeds {
        #[command(subcommand)]
        command: feeds::Feeds,
    },
    /// The skills library
    Skills {
        #[command(subcommand)]
        command: Skills,
    },
}

#[derive(Debug, Subcommand)]
enum Skills {
    /// Check every file of the library; ends with 1 when anything is wrong
    Lint,
    /// Compute the daily numbers of all skills again from the openings in store
    Rebuild,
    /// List the skills
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// Why a command failed: the sentence for standard error.
#[derive(Debug)]
struct Failure(String);

impl<E: Into<AppError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into().to_string())
    }
}

type Result<T = ()> = std::result::Result<T, Failure>;

/// Reads the command line and runs it.
pub async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(Failure(words)) => {
            eprintln!("crier: {words}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode> {
    if let Command::Check = cli.command {
        return check::run(&cli).await;
    }
    if let Command::Sandbox(args) = cli.command {
        return run::sandbox(args).await.map(|()| ExitCode::SUCCESS);
    }
    let mut config = load(&cli)?;
    // A command that answers and ends tells its own story; its log is for trouble.
    if !matches!(cli.command, Command::Run { .. }) && config.settings.log.filter == "info" {
        "warn".clone_into(&mut config.settings.log.filter);
    }
    telemetry::start(&config.settings.log).map_err(Failure)?;
    match cli.command {
        Command::Run { role } => run::run(config, role).await?,
        Command::Migrate => run::migrate(&config).await?,
        Command::Register => run::register(config).await?,
        Command::Unfold(args) => unfold::run(config, args).await?,
        Command::Ingest(args) => return ingest::run(config, args).await,
        Command::Feeds { command } => return feeds::run(config, command).await,
        Command::Search(args) => search::run(config, args).await?,
        Command::Tag => return lines::tag(&config),
        Command::Inspect => return lines::inspect(&config),
        Command::Skills { command: Skills::Lint } => return lines::lint(&config),
        Command::Skills { command: Skills::Rebuild } => {
            let app = App::open(config, Clock::system()).await?;
            let rows = statistics::rebuild(&app.store, app.search.world(), app.clock.now()).await?;
            say!("computed {rows} days of skills again, from the openings in {}", app.store.place());
        }
        Command::Skills { command: Skills::List { json } } => lines::list(&config, json)?,
        Command::Check | Command::Sandbox(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn print_line(words: std::fmt::Arguments<'_>) {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_fmt(format_args!("{words}\n")) {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        eprintln!("crier: the answer can't be written: {error}");
        std::process::exit(1);
    }
}

/// The configuration, or all its problems as one text.
fn load(cli: &Cli) -> Result<Config> {
    let environment = config::environment();
    config::load(cli.config.as_deref(), cli.data_dir.as_deref(), &environment).map_err(|problems| {
        let list: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        Failure(format!("the configuration has problems:\n{}", list.join("\n")))
    })
}

/// Ready when somebody asks the process to stop: ctrl-c, or the supervisor's signal.
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
