//! Holds the plan of ARCHITECTURE.md: rooms use lower floors only, libraries have one owner, files say what they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first. A room may use rooms of lower floors, never one of its own floor or above.
const FLOORS: [&[&str]; 8] = [
    &["domain"],
    &["clock", "config", "skills"],
    &["reading", "telemetry"],
    &["store", "search", "feeds"],
    &["ingest", "tips", "statistics", "discord"],
    &["scheduler", "web"],
    &["app"],
    &["cli"],
];

/// Imports nothing of ours, and only `cli` starts it.
const APART: &str = "sandbox";

/// Libraries that only these files and folders may name.
const OWNERS: [(&str, &[&str]); 8] = [
    ("plotters", &["discord/views/chart.rs"]),
    ("sqlx", &["store/"]),
    ("serenity", &["discord/gateway.rs", "discord/endpoint.rs"]),
    ("roaring", &["search/"]),
    ("fst", &["search/names.rs"]),
    ("reqwest", &["feeds/client.rs", "feeds/client/", "discord/rest.rs", "discord/limits.rs", "sandbox/"]),
    ("axum", &["web.rs", "sandbox/"]),
    ("cron", &["domain/cadence.rs"]),
];

/// A source file: its path below `src`, with `/` between, and its text without comments.
struct Source {
    path: String,
    first_line: String,
    code: String,
}

impl Source {
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }
}

#[test]
fn rooms_use_lower_floors_only() {
    let floor: BTreeMap<&str, usize> =
        FLOORS.iter().enumerate().flat_map(|(n, rooms)| rooms.iter().map(move |room| (*room, n))).collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let room = source.room().to_owned();
        if matches!(room.as_str(), "main" | "lib") {
            continue;
        }
        for used in rooms_used(&source).into_iter().filter(|used| *used != room) {
            let allowed = match (floor.get(room.as_str()), floor.get(used.as_str())) {
                (Some(from), Some(to)) => to < from,
                (Some(_), None) => used == APART && room == "cli",
                // A tenant of the house that the plan does not name, or the sandbox using us.
                (None, _) => false,
            };
            if !allowed {
                wrong.push(format!("{} uses crate::{used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "against the floors of ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_floor() {
    let known: BTreeSet<&str> =
        FLOORS.iter().flat_map(|rooms| rooms.iter().copied()).chain([APART, "main", "lib"]).collect();
    let found: BTreeSet<String> = sources().iter().map(|source| source.room().to_owned()).collect();
    let strange: Vec<&String> = found.iter().filter(|room| !known.contains(room.as_str())).collect();
    assert!(strange.is_empty(), "rooms without a floor: {strange:?}");
    let gone: Vec<&&str> = known.iter().filter(|room| !found.contains(**room)).collect();
    assert!(gone.is_empty(), "floors name rooms that are not there: {gone:?}");
}

#[test]
fn a_library_is_known_in_one_room_only() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (library, owners) in OWNERS {
            let owned = owners.iter().any(|owner| source.path.starts_with(owner));
            if !owned && names(&source.code, library) {
                wrong.push(format!("{} names {library}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "libraries outside their rooms:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.first_line.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "files that do not open with a sentence (//!): {silent:?}");
}

/// The rooms that a file names by `crate::room` or `crate::{room, …}`.
fn rooms_used(source: &Source) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in source.code.match_indices("crate::") {
        // `$crate::` and `some_crate::` are others.
        if source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &source.code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            rooms.extend(top_level(list).map(|item| word(item.trim_start())));
        } else {
            rooms.insert(word(rest));
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

/// The items of a `{…}` list after its brace, split at the commas that stand in no inner list.
fn top_level(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let end = list
        .find(|c| {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            depth < 0
        })
        .unwrap_or(list.len());
    let mut depth = 0;
    list[..end].split(move |c| {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        c == ',' && depth == 0
    })
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether the code names a library, as `library::…` or `use library;`.
fn names(code: &str, library: &str) -> bool {
    code.match_indices(library).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + library.len()..];
        let apart = before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'));
        apart && (after.starts_with("::") || after.starts_with(';') && code[..at].ends_with("use "))
    })
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 50, "the sources are not where they are looked for");
    files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a source file can be read");
            let code: String = text
                .lines()
                .map(|line| line.split("//").next().unwrap_or_default())
                .collect::<Vec<_>>()
                .join("\n");
            let below = path.strip_prefix(&root).expect("it was found below the root");
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            Source {
                path: parts.join("/"),
                first_line: text.lines().next().unwrap_or_default().to_owned(),
                code,
            }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of ours can be listed") {
        let path = entry.expect("a folder of ours can be listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn lists_of_imports_are_read_whole() {
    let source = Source {
        path: "x.rs".into(),
        first_line: String::new(),
        code:
            "use crate::{domain::{a, b}, store, search::Search};\nuse other_crate::feeds;\ncrate::web::x();"
                .into(),
    };
    assert_eq!(rooms_used(&source).into_iter().collect::<Vec<_>>(), ["domain", "search", "store", "web"]);
    assert!(
        names("use cron::Schedule;", "cron")
            && !names("self::cron::x", "cron")
            && !names("microcron::x", "cron")
    );
}
