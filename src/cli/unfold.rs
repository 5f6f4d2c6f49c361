//! `crier unfold`: shows what an opening was folded from, and takes postings out of it for good.

use clap::Args;

use super::{Failure, Result};
use crate::app::{App, AppError};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::ids::OpeningId;

/// Options of `crier unfold`.
#[derive(Debug, Args)]
pub(super) struct UnfoldArgs {
    /// The opening's id, as `crier search --json` shows it
    #[arg(value_name = "OPENING")]
    opening: i64,
    /// Numbers of the postings to take out, as this command lists them; none lists only
    #[arg(value_name = "NUMBER")]
    numbers: Vec<usize>,
    /// Take all apart
    #[arg(long, conflicts_with = "numbers")]
    all: bool,
}

pub(super) async fn run(config: Config, args: UnfoldArgs) -> Result {
    let app = App::open(config, Clock::system()).await?;
    let id = OpeningId(args.opening);
    let opening = app.store.openings(&[id]).await?.pop();
    let opening = opening.ok_or_else(|| {
        Failure(format!("there is no opening {id}; `crier search --json` shows the ids. Nothing was changed"))
    })?;
    let mut write = app.store.write().await?;
    let parts = write.postings_of_openings(&[id]).await?;
    drop(write);
    if args.numbers.is_empty() && !args.all {
        say!("{} · {}", opening.title, opening.company);
        for (number, (_, feed, row)) in (1..).zip(&parts) {
            let posting = &row.posting;
            let state = if row.closed_at.is_some() { " (closed)" } else { "" };
            say!(
                "{number:>3}  {feed} {}{state}\n     {} · {}\n     {}",
                row.key,
                posting.title,
                posting.locations.join("; "),
                posting.url
            );
        }
        return Ok(());
    }
    let chosen: Vec<_> = match args.all {
        true => parts.iter().collect(),
        false => {
            let of = |number: &usize| number.checked_sub(1).and_then(|at| parts.get(at)).ok_or(*number);
            args.numbers.iter().map(of).collect::<std::result::Result<_, _>>().map_err(|number| {
                Failure(format!(
                    "there is no posting {number}; the opening has 1 to {}. Nothing was changed",
                    parts.len()
                ))
            })?
        }
    };
    if parts.len() < 2 {
        return Err(Failure("the opening has one posting: there is nothing to take apart".to_owned()));
    }
    let chosen: Vec<_> = chosen.into_iter().map(|(_, feed, row)| (feed.clone(), row.key.clone())).collect();
    let made = app.ingest().unfold(id, &chosen).await.map_err(|error| AppError::Other(error.to_string()))?;
    for id in made {
        say!("made opening {id}");
    }
    say!("What was taken out stays apart.");
    Ok(())
}
