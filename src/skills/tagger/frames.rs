//! Turns of phrase around a name that show it to be a skill: "experience with X", "tools (X, …)", "X developer".

use super::cues::Cue;
use super::scan::{Found, Spot, is_word};
use crate::domain::text::tail;

/// How far before a name a turn of phrase may stand, in bytes.
const REACH: usize = 40;

/// Words behind a name that only follow skills.
const AFTER: [&str; 16] = [
    "developer",
    "developers",
    "programming",
    "programmer",
    "programmers",
    "skills",
    "engineer",
    "engineers",
    "codebase",
    "codebases",
    "backend",
    "frontend",
    "microservices",
    "scripting",
    "dev",
    "devs",
];
/// Words behind a name that follow skills, unless the name ends a title ("Head Chef experience").
const AFTER_ALONE: [&str; 27] = [
    "app",
    "apps",
    "cluster",
    "clusters",
    "code",
    "components",
    "deployments",
    "experience",
    "expertise",
    "exposure",
    "fluency",
    "jobs",
    "knowledge",
    "pipelines",
    "plugins",
    "proficiency",
    "queries",
    "scripts",
    "sdk",
    "service",
    "services",
    "sheet",
    "sheets",
    "spreadsheets",
    "stack",
    "ui",
    "workbooks",
];

/// Words that open a sentence with a capital and are no part of a title.
const PRAISE: [&str; 12] = [
    "strong",
    "deep",
    "solid",
    "proven",
    "good",
    "extensive",
    "advanced",
    "some",
    "basic",
    "excellent",
    "prior",
    "practical",
];

/// What one does in a tool, by the beginning of its word.
const MADE: [&str; 42] = [
    "animat",
    "automat",
    "build",
    "built",
    "coach",
    "cod",
    "configur",
    "creat",
    "deploy",
    "design",
    "develop",
    "document",
    "draw",
    "edit",
    "implement",
    "keep",
    "kept",
    "maintain",
    "model",
    "orchestrat",
    "plot",
    "prepar",
    "program",
    "prototyp",
    "quer",
    "record",
    "render",
    "reproduc",
    "review",
    "run",
    "script",
    "search",
    "ship",
    "simulat",
    "sketch",
    "taught",
    "teach",
    "track",
    "triag",
    "typeset",
    "writ",
    "wrote",
];

/// What brings something to a tool, by the beginning of its word.
const MOVED: [&str; 8] = ["convert", "deploy", "migrat", "move", "moving", "port", "publish", "switch"];

/// What one does with companies and people, by the beginning of its word.
const DEALINGS: [&str; 13] = [
    "partner",
    "compet",
    "collaborat",
    "interview",
    "contract",
    "meet",
    "met",
    "deal",
    "negotiat",
    "talk",
    "spoke",
    "along",
    "join",
];

/// The last turn of phrase of a kind that ends before `start`, at most `reach` bytes away.
pub(super) fn cue_before(found: &Found, cue: Cue, start: usize, reach: usize) -> Option<&Spot<()>> {
    super::decide::within(found.cues(cue), start.saturating_sub(reach), start)
        .iter()
        .rev()
        .find(|spot| spot.end <= start)
}

/// Whether a name that is spelled as its makers do stands in such a turn of phrase.
pub(super) fn is_framed(text: &str, found: &Found, start: usize, end: usize) -> bool {
    behind(text, found, start, |between| between.trim().is_empty())
        || super::lists::is_used(text, start)
        || of_a_kind(text, found, start)
        || before(text, start, end)
        || is_welcome(text, found, start, end)
        || ends_clause(text, start, end)
        || is_made_in(text, start)
}

/// "written four years ago in React", "we moved everything into GCP", "draw flats in Illustrator".
fn is_made_in(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let (before, stems): (_, &[&str]) = if let Some(before) = before.strip_suffix(" in ") {
        (before, &MADE)
    } else if let Some(before) = before.strip_suffix(" to ").or_else(|| before.strip_suffix(" into ")) {
        (before, &MOVED)
    } else {
        return false;
    };
    let sentence = tail(before, REACH).rsplit(['.', '\n', ';', ':', '!', '?']).next().unwrap_or_default();
    sentence.split(|c| !is_word(c)).any(|word| {
        let word = word.to_lowercase();
        stems.iter().any(|stem| word.starts_with(stem))
    })
}

/// Whether a name in small letters, such as "react", is asked for: nothing but a skill has "experience with" before
/// it and the end of the phrase behind it.
pub(super) fn is_asked_for(text: &str, found: &Found, start: usize, end: usize) -> bool {
    let after = &text[end..];
    let ends = after.is_empty()
        || after.starts_with(['.', ',', ';', ')', '/', '\n'])
        || [" and ", " or ", " & "].iter().any(|join| after.starts_with(join));
    ends && cue_before(found, Cue::Frame, start, REACH).is_some_and(|cue| {
        let phrase = &text[cue.start..cue.end];
        let asks = phrase.len() > "experience ".len() && phrase.ends_with("with");
        asks && text[cue.end..start].trim().is_empty()
    })
}

fn behind(text: &str, found: &Found, start: usize, fits: impl Fn(&str) -> bool) -> bool {
    cue_before(found, Cue::Frame, start, REACH).is_some_and(|cue| fits(&text[cue.end..start]))
}

/// "tools (X", "stack: X", "e.g. X".
fn of_a_kind(text: &str, found: &Found, start: usize) -> bool {
    cue_before(found, Cue::Kind, start, REACH).is_some_and(|cue| {
        let between = &text[cue.end..start];
        let example = text[cue.start..cue.end].contains('.');
        between.len() <= 4
            && between.chars().all(|c| matches!(c, ' ' | '.' | ',' | ':' | '('))
            && (example || between.contains([':', '(']))
    })
}

/// "build user interfaces with React.": the capital says that it is a name and the end of the clause that nothing is
/// done with it but using it. One deals with companies, too.
fn ends_clause(text: &str, start: usize, end: usize) -> bool {
    let Some(before) = text[..start].strip_suffix(" with ") else { return false };
    let after = &text[end..];
    let next = after.chars().nth(1);
    let ends = after.is_empty()
        || after.starts_with([';', ',', ')', '\n'])
        || (after.starts_with('.') && next.is_none_or(char::is_whitespace));
    let words = before.split_whitespace().rev().take(5);
    ends && words.map(str::to_lowercase).all(|word| !DEALINGS.iter().any(|deal| word.starts_with(deal)))
}

/// "Bonus: X", "X exposure a plus".
fn is_welcome(text: &str, found: &Found, start: usize, end: usize) -> bool {
    cue_before(found, Cue::Optional, start, REACH).is_some_and(|cue| {
        let between = &text[cue.end..start];
        between.trim() == ":" && !between.contains('\n')
    }) || super::decide::within(found.cues(Cue::Optional), end, end + REACH).first().is_some_and(|cue| {
        text[end..cue.start].split(' ').all(|word| {
            matches!(word, "" | "is" | "would" | "be" | "experience" | "knowledge" | "exposure" | "skills")
        })
    })
}

/// "X developer".
fn before(text: &str, start: usize, end: usize) -> bool {
    let after = text[end..].strip_prefix(' ').unwrap_or_default();
    let word = &after[..after.find(|c| !is_word(c)).unwrap_or(after.len())];
    if word.len() > 13 {
        return false;
    }
    let among = |words: &[&str]| words.iter().any(|other| other.eq_ignore_ascii_case(word));
    among(&AFTER) || (among(&AFTER_ALONE) && !ends_title(text, start))
}

/// Whether the word before a name is capitalised as well, so that the name may be the end of a title.
fn ends_title(text: &str, start: usize) -> bool {
    let Some(before) = text[..start].strip_suffix(' ') else { return false };
    let tail = before.len() - before.bytes().rev().take(24).take_while(|byte| *byte != b' ').count();
    before.get(tail..).is_some_and(|word| {
        word.starts_with(char::is_uppercase)
            && word.ends_with(char::is_alphanumeric)
            && !PRAISE.iter().any(|praise| word.eq_ignore_ascii_case(praise))
    })
}
