//! From the options of a command to a filter, and the filter's key under which buttons find it again.

use sha2::{Digest, Sha256};

use super::super::ask::Options;
use super::super::dispatch::{Bot, CommandError};
use super::super::words::plain;
use super::say;
use crate::domain::filter::{Filter, TextTerm};
use crate::domain::ids::SkillId;
use crate::domain::level::{Level, WorkMode};
use crate::domain::place::Place;
use crate::domain::query::{self, Lexicon};
use crate::store::StoreError;

/// A filter with what should be told about how it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wanted {
    /// The filter.
    pub(super) filter: Filter,
    /// What was not understood as anything but text, in words.
    pub(super) notes: Vec<String>,
    /// What the person typed, in short, for headings.
    pub(super) label: String,
}

/// Reads the fields of `/jobs` and `/subscribe`.
pub(super) fn read(bot: &Bot, options: &Options) -> Result<Wanted, CommandError> {
    let names = Names(bot);
    let mut wanted = Wanted::default();
    let mut typed = Vec::new();
    if let Some(words) = options.text("query") {
        typed.push(words.to_owned());
        let understood = query::parse(words, &names);
        wanted.filter = understood.filter;
        if !understood.as_text.is_empty() {
            let words: Vec<String> = understood.as_text.iter().map(|w| format!("\"{}\"", plain(w))).collect();
            wanted.notes.push(format!("searched as text: {}", words.join(", ")));
        }
    }
    let filter = &mut wanted.filter;
    for name in options.text("skill").into_iter().flat_map(|names| names.split(',')) {
        let name = name.trim();
        match bot.catalog.find(name) {
            _ if name.is_empty() => {}
            Some(skill) => {
                filter.skills_all.insert(skill.id.clone());
                typed.push(skill.name.clone());
            }
            None => {
                wanted.notes.push(not_a_skill(bot, name));
                filter.text.push(TextTerm { words: words(name), exclude: false });
                typed.push(name.to_owned());
            }
        }
    }
    if let Some(words) = options.text("place") {
        typed.push(words.to_owned());
        place(words, filter, &mut wanted.notes);
    }
    if let Some(mode) = options.text("work") {
        let mode = WorkMode::from_key(mode).ok_or_else(|| {
            say("`work` is remote, hybrid or on-site. Nothing was searched; please choose one of them.")
        })?;
        filter.work_modes.insert(mode);
        typed.push(mode.label().to_owned());
    }
    if let Some(level) = options.text("level") {
        let level = Level::from_key(level).ok_or_else(|| {
            say("`level` is one of the list. Nothing was searched; please choose one of them.")
        })?;
        filter.levels.insert(level);
        typed.push(level.label().to_owned());
    }
    if let Some(words) = options.text("pay") {
        let floor = query::parse(words, &names).filter.pay.ok_or_else(|| {
            let words = plain(words);
            say(format!("`pay` \"{words}\" is no amount that Crier can read. Write it like 90k EUR, 120000 USD or 45 GBP an hour. Nothing was searched."))
        })?;
        typed.push(floor.to_string());
        filter.pay = Some(floor);
    }
    if let Some(name) = options.text("company") {
        let known = bot.search.company(name);
        if known.is_none() {
            wanted.notes.push(format!("no open opening is from \"{}\" right now", plain(name)));
        }
        filter.companies_only.insert(known.unwrap_or_else(|| name.to_owned()));
        typed.push(name.to_owned());
    }
    if let Some(hours) = options.text("age") {
        let hours = hours.parse().map_err(|_| say("`age` is a number of hours. Nothing was searched."))?;
        filter.max_age_hours = Some(hours);
    }
    wanted.label = typed.join(", ");
    Ok(wanted)
}

/// Reads plain words only, as an edit of a subscription gives them.
pub(super) fn from_words(bot: &Bot, words: &str) -> Filter {
    query::parse(words, &Names(bot)).filter
}

/// Each word as it stands, whatever it may mean besides.
pub(super) fn of_text(words: &str) -> Filter {
    let term = |word: &str| TextTerm { words: vec![word.to_owned()], exclude: false };
    Filter { text: words.split_whitespace().map(term).collect(), ..Filter::default() }
}

/// Keeps a filter in the store, under a key that is the same for the same filter.
pub(super) async fn keep(bot: &Bot, filter: &Filter) -> Result<String, StoreError> {
    let json = serde_json::to_string(filter).expect("a filter is plain data and always has a JSON form");
    let key: String = Sha256::digest(&json).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("q:{key}");
    // Paging through a search must not write each time.
    if bot.store.note(&name).await?.is_none() {
        bot.store.set_note(&name, &json).await?;
    }
    Ok(key)
}

/// The filter of a button.
pub(super) async fn kept(bot: &Bot, key: &str) -> Result<Filter, CommandError> {
    let json = bot.store.note(&format!("q:{key}")).await?;
    json.and_then(|json| serde_json::from_str(&json).ok())
        .ok_or_else(|| say("Crier no longer knows what this button searched for. Nothing was changed; please use /jobs again."))
}

/// What to say when a name is no skill: that, and the nearest.
pub(super) fn not_a_skill(bot: &Bot, name: &str) -> String {
    let nearest: Vec<String> = bot
        .search
        .nearest_skills(name, 3)
        .iter()
        .filter_map(|id| bot.catalog.get(id))
        .map(|skill| skill.name.clone())
        .collect();
    let name = plain(name);
    if nearest.is_empty() {
        format!("\"{name}\" is no skill of the catalog, so it was searched as text")
    } else {
        format!(
            "\"{name}\" is no skill of the catalog, so it was searched as text; near: {}",
            nearest.join(", ")
        )
    }
}

fn place(words: &str, filter: &mut Filter, notes: &mut Vec<String>) {
    if let Some(place) = crate::reading::place(words) {
        filter.places.push(place);
        return;
    }
    for part in words.split(" or ").flat_map(|part| part.split('/')).map(str::trim).filter(|p| !p.is_empty())
    {
        let part = part.strip_prefix("remote from ").unwrap_or(part);
        if let Some(place) = crate::reading::place(part) {
            filter.places.push(place);
        } else if let Some(area) = crate::reading::area(part) {
            filter.remote_from.push(area);
        } else {
            notes.push(format!(
                "\"{}\" is no place that Crier knows, so it was searched as text",
                plain(part)
            ));
            filter.text.push(TextTerm { words: self::words(part), exclude: false });
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// What the parser of plain words looks names up in.
struct Names<'a>(&'a Bot);

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
