//! Decides which names of a text are skills: vetoes, companies and negations out, weak names only on evidence.

use super::companies::{companies, is_one, is_part_of_name};
use super::cues::Cue;
use super::frames::{cue_before, is_asked_for, is_framed};
use super::lines::{self, Line, Weight};
use super::lists::{accept_enclosed, accept_items, accept_neighbours, accept_tag_lines};
use super::patterns::{Owner, Patterns};
use super::refused::{NEGATION_REACH, is_negated, is_refused};
use super::scan::{Found, Spot, is_word};
use super::teams::is_team;

/// A skill at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) skill: u32,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) in_title: bool,
    pub(super) optional: bool,
}

/// Words of context prove within this many bytes.
const NEAR: usize = 80;
/// A veto that need not cover the name forbids within this many bytes.
const VETO_NEAR: usize = 40;
/// The longest veto, in bytes; how far back one may begin that reaches the name.
const VETO_LONGEST: usize = 64;
/// "backed by A, B and C" reaches this far.
const COMPANY_REACH: usize = 100;
/// How far "a plus" and its like are looked for within their clause, in bytes.
const CLAUSE: usize = 200;
/// A company's name at the head of a posting is no longer than this, in bytes.
const HEADER: usize = 80;
/// A name that may be a skill.
pub(super) struct Candidate<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) owner: &'a Owner,
    pub(super) line: usize,
    pub(super) spelled: bool,
    /// An everyday word in small letters.
    pub(super) everyday: bool,
    pub(super) hinted: bool,
    pub(super) accepted: bool,
}

/// The skills of a text in order of place.
pub(super) fn decide(patterns: &Patterns, text: &str, found: &Found) -> Vec<Hit> {
    let lines = lines::lines(text, found.cues(Cue::Wish));
    let mut candidates = candidates(patterns, text, found, &lines);
    accept_tag_lines(text, &lines, &mut candidates);
    accept_items(text, &lines, &mut candidates);
    accept_neighbours(text, &mut candidates);
    accept_enclosed(text, &mut candidates);
    candidates
        .iter()
        .filter(|candidate| candidate.accepted)
        .map(|candidate| Hit {
            skill: candidate.owner.skill,
            start: candidate.start,
            end: candidate.end,
            in_title: false,
            optional: lines[candidate.line].weight == Weight::Optional || is_optional(text, found, candidate),
        })
        .collect()
}

fn candidates<'a>(patterns: &'a Patterns, text: &str, found: &Found, lines: &[Line]) -> Vec<Candidate<'a>> {
    let mut kept: Vec<Candidate<'a>> = Vec::with_capacity(found.names.len());
    let header = header_end(text, lines);
    let companies = companies(text, found, header);
    let (mut vetoes, mut hints) = (Near::new(&found.vetoes), Near::new(&found.hints));
    let mut negations = Near::new(found.cues(Cue::Negation));
    let mut covered = 0;
    let mut line = 0;
    for name in &found.names {
        if name.start < covered {
            continue;
        }
        while lines[line].range.end < name.start {
            line += 1;
        }
        let surface = &text[name.start..name.end];
        if lines[line].weight == Weight::None
            || name.end <= header
            || is_company(text, found, name.start)
            || is_tail(text, name.start, surface)
        {
            continue;
        }
        let lone = surface.len() <= 4 && surface.chars().count() == 1;
        let negations = negations.within(name.start.saturating_sub(NEGATION_REACH), name.start);
        if is_negated(text, negations, name.start)
            || is_refused(text, found, name.start, name.end)
            || is_amount(text, name.start, name.end)
            || (lone && is_initial(text, name.start, name.end))
        {
            covered = name.end;
            continue;
        }
        let vetoes = vetoes.within(name.start.saturating_sub(VETO_LONGEST), name.end + VETO_NEAR);
        let hints = hints.within(name.start.saturating_sub(NEAR), name.end + NEAR);
        for owner in &patterns.forms[name.what.form as usize] {
            let spelled = owner.exact.is_empty() || owner.exact.iter().any(|form| form == surface);
            let sure = spelled && !owner.weak;
            // "CloudSQL" is a name of its own.
            if (name.what.glued && (!sure || surface.len() < 4))
                || is_one(&companies, surface, sure)
                || is_vetoed(patterns, vetoes, name, owner.skill)
                || (owner.field && is_team(text, found, name.start, name.end))
            {
                continue;
            }
            covered = name.end;
            let in_name = !sure
                && !owner.field
                && is_part_of_name(text, name.start, name.end, |at| {
                    // "Houdini Engine": the word goes with the skill.
                    !within(&found.names, at, at + 1).is_empty()
                        || within(&found.hints, at, at + 1)
                            .iter()
                            .any(|hint| patterns.hints[hint.what as usize].has(owner.skill))
                });
            let hinted = !sure && !in_name && has_hint(patterns, hints, name.start, name.end, owner.skill);
            let named = !owner.exact.is_empty() || surface.starts_with(char::is_uppercase);
            let proven = sure
                || (spelled && !owner.list_only && hinted)
                || (spelled
                    && !in_name
                    && owner.proper.iter().any(|form| form == surface)
                    && is_within_sentence(text, name.start, name.end));
            // Looked at last, for it costs most.
            let framed = || {
                if spelled {
                    named && is_framed(text, found, name.start, name.end)
                } else {
                    !lone && is_asked_for(text, found, name.start, name.end)
                }
            };
            let accepted = proven || framed();
            if in_name && !accepted {
                continue;
            }
            kept.push(Candidate {
                start: name.start,
                end: name.end,
                owner,
                line,
                spelled,
                everyday: spelled
                    && owner.weak
                    && !owner.exact.is_empty()
                    && surface.chars().all(char::is_lowercase),
                hinted,
                accepted,
            });
        }
    }
    kept
}

/// Spots looked at for one name after the other: what lies before one is not searched again for the next.
struct Near<'a, T> {
    spots: &'a [Spot<T>],
}

impl<'a, T> Near<'a, T> {
    fn new(spots: &'a [Spot<T>]) -> Self {
        Self { spots }
    }

    /// Those that start in `from..to`; `from` never goes back.
    fn within(&mut self, from: usize, to: usize) -> &'a [Spot<T>] {
        let passed = self.spots.iter().take_while(|spot| spot.start < from).count();
        self.spots = &self.spots[passed..];
        let near = self.spots.iter().take_while(|spot| spot.start < to).count();
        &self.spots[..near]
    }
}

/// The spots that start in `from..to`.
pub(super) fn within<T>(spots: &[Spot<T>], from: usize, to: usize) -> &[Spot<T>] {
    let first = spots.partition_point(|spot| spot.start < from);
    // Few stand so near that halving would find the end sooner.
    let near = spots[first..].iter().take_while(|spot| spot.start < to).count();
    &spots[first..first + near]
}

fn is_vetoed<T>(patterns: &Patterns, vetoes: &[Spot<(u32, bool)>], name: &Spot<T>, skill: u32) -> bool {
    vetoes.iter().any(|veto| {
        let (phrase, near) = veto.what;
        let slack = if near { VETO_NEAR } else { 0 };
        veto.start < name.end + slack
            && veto.end + slack > name.start
            && patterns.vetoes[phrase as usize].has(skill)
    })
}

fn has_hint(patterns: &Patterns, hints: &[Spot<u32>], start: usize, end: usize, skill: u32) -> bool {
    hints
        .iter()
        .any(|hint| (hint.end <= start || hint.start >= end) && patterns.hints[hint.what as usize].has(skill))
}

/// The end of a phrase with a hyphen: "high-quality engineering" names no "quality engineering".
fn is_tail(text: &str, start: usize, surface: &str) -> bool {
    text[..start].strip_suffix('-').is_some_and(|before| before.ends_with(is_word))
        && surface.contains(' ')
        && surface.starts_with(char::is_lowercase)
}

/// A capital where a sentence goes on says that this is a name.
fn is_within_sentence(text: &str, start: usize, end: usize) -> bool {
    let surface = &text[start..end];
    // "dbt": makers who write themselves so are not mistaken.
    if surface.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return true;
    }
    let Some(before) = text[..start].strip_suffix(' ') else { return false };
    let before = before.strip_suffix(',').unwrap_or(before);
    let from = before.len() - before.bytes().rev().take(24).take_while(u8::is_ascii_lowercase).count();
    surface.starts_with(char::is_uppercase)
        && before.len() - from >= 2
        && (from == 0 || before[..from].ends_with([' ', '\n', '(']))
}

/// "backed by A, B": only names and what joins them stand between the phrase and the name.
fn is_company(text: &str, found: &Found, start: usize) -> bool {
    cue_before(found, Cue::Company, start, COMPANY_REACH).is_some_and(|cue| {
        let between = &text[cue.end..start];
        !between.contains(['\n', ';', ':'])
            && !between.contains(". ")
            && between.split_whitespace().all(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                word.is_empty()
                    || word.starts_with(char::is_uppercase)
                    || matches!(
                        word,
                        "and"
                            | "or"
                            | "the"
                            | "of"
                            | "at"
                            | "ex"
                            | "from"
                            | "companies"
                            | "like"
                            | "top"
                            | "leading"
                    )
            })
    })
}

/// Where the first part of "Company | Place | …" on the first line ends; 0 when the line is something else.
fn header_end(text: &str, lines: &[Line]) -> usize {
    const ROLE: [&str; 9] =
        ["engineer", "developer", "senior", "stack", "backend", "frontend", "designer", "analyst", "manager"];
    // A line of tags has bars too; a company's header names a place or a way of working.
    const PLACE: [&str; 8] = ["remote", "onsite", "on-site", "hybrid", "full-time", "full time", "http", ","];
    let Some(head) = lines.first().and_then(|line| text.get(line.range.clone())) else { return 0 };
    let end = head.find('|').unwrap_or(0);
    if end > HEADER || head.matches('|').count() < 2 {
        return 0;
    }
    let lower = head.to_lowercase();
    let first = head[..end].to_lowercase();
    let company =
        PLACE.iter().any(|mark| lower.contains(mark)) && !ROLE.iter().any(|word| first.contains(word));
    if company { end } else { 0 }
}

/// A lone letter that is part of initials, a grade or an ordinal: "U.S.C", "C-level", "R&D", "O'C".
fn is_initial(text: &str, start: usize, end: usize) -> bool {
    let mut after = text[end..].chars();
    let mut before = text[..start].chars().rev();
    let joined = |first: Option<char>, second: Option<char>| match first {
        Some('-' | '&' | '\'' | '’' | '°' | '$' | '€' | '£') => true,
        Some('.') => second.is_some_and(is_word),
        _ => false,
    };
    joined(after.next(), after.next()) || joined(before.next(), before.next())
}

/// The code of a currency before its sum: "PHP 38,000", "PHP 25k", "Ksh. 150,000". Versions are shorter.
fn is_amount(text: &str, start: usize, end: usize) -> bool {
    if end - start != 3 || !text[start..end].bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    // Behind another name a point ends the sentence.
    let shortened = text[start..end].eq_ignore_ascii_case("ksh");
    let after = text[end..].strip_prefix('.').filter(|_| shortened).unwrap_or(&text[end..]);
    let after = after.strip_prefix(' ').unwrap_or(after);
    let sum = &after[..after.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count()];
    let digits = sum.bytes().filter(u8::is_ascii_digit).count();
    digits >= 4 || (digits >= 2 && after[sum.len()..].starts_with(['k', 'K']))
}

/// Whether the clause around a name says that it is only nice to have.
fn is_optional(text: &str, found: &Found, candidate: &Candidate<'_>) -> bool {
    // "Scala - advantage", "Stripe integration experience: plus"
    let advantage = within(found.cues(Cue::Advantage), candidate.end, candidate.end + NEAR).first();
    if advantage.is_some_and(|cue| is_parted(&text[candidate.end..cue.start])) {
        return true;
    }
    let from = candidate.start.saturating_sub(CLAUSE);
    within(found.cues(Cue::Ideally), from, candidate.start)
        .iter()
        .chain(within(found.cues(Cue::Optional), from, candidate.end + CLAUSE))
        .any(|cue| {
            let (between, inward) = if cue.end <= candidate.start {
                (text.get(cue.end..candidate.start), ')')
            } else {
                (text.get(candidate.end..cue.start), '(')
            };
            // "Neo4j experience - an advantage"
            let between = between.map(|between| between.strip_suffix(" - ").unwrap_or(between));
            between.is_some_and(|between| {
                !between.contains(['\n', ';', '!', '?', '•'])
                    && !between.contains(". ")
                    && !between.contains(" - ")
                    // "React (hooks; Next.js is a plus)": what is said in brackets is said of what is in them.
                    && between.matches(inward).count() * 2 <= between.matches(['(', ')']).count()
            })
        })
}

/// Whether a name and what is said of it stand apart like this: " - ", " integration experience: ".
fn is_parted(between: &str) -> bool {
    let bare = between.trim_end_matches(' ');
    let mark = bare.ends_with([':', '-', '–', '=', '(']);
    let bare = bare.trim_start_matches([')', ' ']);
    let words = bare.trim_end_matches([':', '-', '–', '=', '(', ' ']);
    mark && words.split_whitespace().count() <= 2 && words.chars().all(|c| is_word(c) || c == ' ')
}
