//! `crier search`: the search that `/jobs` makes, for people or as JSON lines.

use clap::Args;

use super::{Failure, Result};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::filter::Filter;
use crate::domain::ids::{FeedKey, SkillId};
use crate::domain::level::{Level, WorkMode};
use crate::domain::opening::Opening;
use crate::domain::place::Place;
use crate::domain::query::{self, Lexicon};
use crate::search::Sort;

/// Options of `crier search`.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Plain words: senior rust, remote from Germany, 90k EUR+, no agencies
    query: Vec<String>,
    /// A skill by name, alias or id; more than one must all be asked for
    #[arg(long)]
    skill: Vec<String>,
    /// A country, region or city
    #[arg(long)]
    place: Option<String>,
    /// remote, hybrid or onsite
    #[arg(long)]
    work: Option<String>,
    /// intern, entry, mid, senior, staff, lead, manager or executive
    #[arg(long)]
    level: Option<String>,
    /// Best paid first
    #[arg(long)]
    by_pay: bool,
    /// How many are printed
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: Config, args: SearchArgs) -> Result {
    let app = App::open(config, Clock::system()).await?;
    let names = Names(&app);
    let understood = query::parse(&args.query.join(" "), &names);
    let mut filter = understood.filter;
    for name in &args.skill {
        let skill = app.catalog.find(name).ok_or_else(|| Failure(unknown_skill(&app, name)))?;
        filter.skills_all.insert(skill.id.clone());
    }
    if let Some(words) = &args.place {
        match (crate::reading::place(words), crate::reading::area(words)) {
            (Some(place), _) => filter.places.push(place),
            (None, Some(area)) => filter.remote_from.push(area),
            (None, None) => return Err(Failure(format!("\"{words}\" is no place that Crier knows"))),
        }
    }
    if let Some(word) = &args.work {
        let mode = WorkMode::from_key(word)
            .ok_or_else(|| Failure(format!("--work \"{word}\" is none of remote, hybrid, onsite")))?;
        filter.work_modes.insert(mode);
    }
    if let Some(word) = &args.level {
        let keys: Vec<&str> = Level::ALL.iter().map(|level| level.key()).collect();
        let level = Level::from_key(word)
            .ok_or_else(|| Failure(format!("--level \"{word}\" is none of {}", keys.join(", "))))?;
        filter.levels.insert(level);
    }
    let sort = if args.by_pay { Sort::Pay } else { Sort::Newest };
    // Whoever has the database sees all of it, servers' own boards too.
    let feeds = app.store.feeds().await?;
    let all: Vec<FeedKey> =
        feeds.into_iter().filter(|feed| !feed.public).map(|feed| feed.settings.key).collect();
    let found = app.search.find(&filter, sort, 0, args.limit, &all, app.clock.now());
    let openings = app.store.openings(&found.ids).await?;
    if args.json {
        for opening in &openings {
            // A closed pipe (`| head`) is the reader's business.
            if super::lines::print(&serde_json::to_string(opening).unwrap_or_default()).is_err() {
                break;
            }
        }
        return Ok(());
    }
    print(&app, &filter, found.total, &openings);
    Ok(())
}

fn print(app: &App, filter: &Filter, total: u64, openings: &[Opening]) {
    let chips: Vec<String> = filter.chips(app.search.world()).into_iter().map(|(_, chip)| chip).collect();
    let s = if total == 1 { "" } else { "s" };
    say!("{total} opening{s}{}{}", if chips.is_empty() { "" } else { ": " }, chips.join(" · "));
    for opening in openings {
        let facts = &opening.facts;
        let mut line: Vec<String> = facts.places.iter().take(3).map(ToString::to_string).collect();
        line.extend(facts.work_mode.map(|mode| mode.label().to_owned()));
        line.extend(facts.pay.as_ref().map(ToString::to_string));
        line.extend(facts.level.map(|level| level.label().to_owned()));
        let facts = if line.is_empty() { String::new() } else { format!("\n  {}", line.join(" · ")) };
        say!("\n{} · {}{facts}\n  {}", opening.title, opening.company, opening.url);
    }
    if total == 0 {
        let chips: std::collections::BTreeMap<_, _> = filter.chips(app.search.world()).into_iter().collect();
        let loosened = app.search.loosen(filter, &[], app.clock.now());
        for (condition, without) in loosened.into_iter().filter(|(_, without)| *without > 0).take(3) {
            let chip = chips.get(&condition).map(String::as_str).unwrap_or_default();
            say!("  without \"{chip}\": {without}");
        }
    }
}

fn unknown_skill(app: &App, name: &str) -> String {
    let near: Vec<String> = app.search.nearest_skills(name, 3).iter().map(ToString::to_string).collect();
    format!("no skill is called \"{name}\"; near: {}", near.join(", "))
}

struct Names<'a>(&'a App);

impl Lexicon for Names<'_> {
    fn skill(&self, name: &str) -> Option<SkillId> {
        self.0.catalog.find_in_query(name).map(|skill| skill.id.clone())
    }
    fn place(&self, words: &str) -> Option<Place> {
        crate::reading::place(words)
    }
    fn area(&self, words: &str) -> Option<String> {
        crate::reading::area(words)
    }
    fn company(&self, name: &str) -> Option<String> {
        self.0.search.company(name)
    }
}
