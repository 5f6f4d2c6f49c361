//! Decides which names of a text are skills: vetoes, companies and negations out, weak names only on evidence.

use super::frames::{cue_before, is_asked_for, is_framed};
use super::lines::{self, Line, Weight};
use super::patterns::{Cue, Owner, Patterns};
use super::scan::{Found, Spot, is_word};

/// A skill at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) skill: u32,
    pub(super) start: usize,
    pub(super) end: usize,
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
/// A line of tags is no longer than this, in bytes.
const TAG_LINE: usize = 160;

/// A name that may be a skill.
struct Candidate<'a> {
    start: usize,
    end: usize,
    owner: &'a Owner,
    line: usize,
    spelled: bool,
    /// An everyday word in small letters.
    everyday: bool,
    hinted: bool,
    accepted: bool,
}

/// The skills of a text in order of place.
pub(super) fn decide(patterns: &Patterns, text: &str, found: &Found) -> Vec<Hit> {
    let lines = lines::lines(text);
    let mut candidates = candidates(patterns, text, found, &lines);
    accept_tag_lines(text, &lines, &mut candidates);
    accept_neighbours(text, &mut candidates);
    accept_enclosed(text, &mut candidates);
    candidates
        .iter()
        .filter(|candidate| candidate.accepted)
        .map(|candidate| Hit {
            skill: candidate.owner.skill,
            start: candidate.start,
            end: candidate.end,
            optional: lines[candidate.line].weight == Weight::Optional || is_optional(text, found, candidate),
        })
        .collect()
}

fn candidates<'a>(patterns: &'a Patterns, text: &str, found: &Found, lines: &[Line]) -> Vec<Candidate<'a>> {
    let mut kept: Vec<Candidate<'a>> = Vec::new();
    let header = header_end(text, lines);
    let mut covered = 0;
    let mut line = 0;
    for name in &found.names {
        if name.start < covered {
            continue;
        }
        while lines[line].range.end < name.start {
            line += 1;
        }
        if lines[line].weight == Weight::None || is_company(text, found, name.start) || name.end <= header {
            continue;
        }
        let surface = &text[name.start..name.end];
        let lone = surface.chars().count() == 1;
        if is_negated(text, found, name.start) || (lone && is_initial(text, name.start, name.end)) {
            covered = name.end;
            continue;
        }
        for owner in &patterns.forms[name.what.form as usize] {
            let spelled = owner.exact.is_empty() || owner.exact.iter().any(|form| form == surface);
            let sure = spelled && !owner.weak;
            if (name.what.glued && !sure) || is_vetoed(patterns, found, name, owner.skill) {
                continue;
            }
            covered = name.end;
            let hinted = !sure && has_hint(patterns, found, name.start, name.end, owner.skill);
            let named = !owner.exact.is_empty() || surface.starts_with(char::is_uppercase);
            let framed = !sure
                && if spelled {
                    named && is_framed(text, found, name.start, name.end)
                } else {
                    !lone && is_asked_for(text, found, name.start, name.end)
                };
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
                accepted: sure || (spelled && !owner.list_only && hinted) || framed,
            });
        }
    }
    kept
}

/// The spots that start in `from..to`.
pub(super) fn within<T>(spots: &[Spot<T>], from: usize, to: usize) -> &[Spot<T>] {
    let first = spots.partition_point(|spot| spot.start < from);
    let count = spots[first..].partition_point(|spot| spot.start < to);
    &spots[first..first + count]
}

fn is_vetoed<T>(patterns: &Patterns, found: &Found, name: &Spot<T>, skill: u32) -> bool {
    within(&found.vetoes, name.start.saturating_sub(VETO_LONGEST), name.end + VETO_NEAR).iter().any(|veto| {
        let (phrase, near) = veto.what;
        let slack = if near { VETO_NEAR } else { 0 };
        veto.start < name.end + slack
            && veto.end + slack > name.start
            && patterns.vetoes[phrase as usize].binary_search(&skill).is_ok()
    })
}

fn has_hint(patterns: &Patterns, found: &Found, start: usize, end: usize, skill: u32) -> bool {
    within(&found.hints, start.saturating_sub(NEAR), end + NEAR).iter().any(|hint| {
        (hint.end <= start || hint.start >= end)
            && patterns.hints[hint.what as usize].binary_search(&skill).is_ok()
    })
}

/// "no Scrum", "instead of Java".
fn is_negated(text: &str, found: &Found, start: usize) -> bool {
    cue_before(found, Cue::Negation, start, 24).is_some_and(|cue| {
        let between = text[cue.end..start].trim();
        between.is_empty() || between.eq_ignore_ascii_case("any")
    })
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

/// Short lines that hold hardly anything but names accept all of them, in any case.
fn accept_tag_lines(text: &str, lines: &[Line], candidates: &mut [Candidate<'_>]) {
    let mut at = 0;
    while at < candidates.len() {
        let line = candidates[at].line;
        let count = candidates[at..].partition_point(|candidate| candidate.line == line);
        let group = &mut candidates[at..at + count];
        at += count;
        let range = lines[line].range.clone();
        if group.iter().all(|candidate| candidate.accepted) || range.len() > TAG_LINE {
            continue;
        }
        let letters = |text: &str| text.chars().filter(|c| is_word(*c)).count();
        let mut covered = 0;
        let mut skills = 0;
        let mut last = 0;
        for candidate in group.iter() {
            if candidate.start >= last {
                covered += letters(&text[candidate.start..candidate.end]);
                skills += 1;
                last = candidate.end;
            }
        }
        if skills >= 2 && covered * 4 >= letters(&text[range]) * 3 {
            group.iter_mut().for_each(|candidate| candidate.accepted = true);
        }
    }
}

/// Names beside accepted names of a list are accepted too. One pass each way reaches everything.
fn accept_neighbours(text: &str, candidates: &mut [Candidate<'_>]) {
    for at in 1..candidates.len() {
        let (left, right) = candidates.split_at_mut(at);
        join(text, &left[at - 1], &mut right[0], true);
    }
    for at in (1..candidates.len()).rev() {
        let (left, right) = candidates.split_at_mut(at);
        join(text, &right[0], &mut left[at - 1], false);
    }
}

fn join(text: &str, from: &Candidate<'_>, to: &mut Candidate<'_>, forward: bool) {
    if !from.accepted || to.accepted || !(to.spelled || to.hinted) {
        return;
    }
    // "AI and make better decisions": an everyday word in small letters has to be an item of the list at both ends.
    if to.everyday && !is_item(text, to) {
        return;
    }
    let gap = if from.start == to.start {
        // Two skills of one name stand and fall apart.
        return;
    } else if forward {
        from.end..to.start
    } else {
        to.end..from.start
    };
    let Some(gap) = text.get(gap) else { return };
    if is_list_gap(gap, text, to) {
        to.accepted = true;
    }
}

/// Whether a name has what separates items on both sides.
fn is_item(text: &str, name: &Candidate<'_>) -> bool {
    let before = text[..name.start].trim_end_matches(' ');
    let after = text[name.end..].trim_start_matches(' ');
    let separator = |c: char| matches!(c, ',' | '/' | '&' | '|' | ';' | '(' | ')' | '•' | '·' | '\n');
    let opens = before.is_empty()
        || before.ends_with(separator)
        || before.ends_with(" and")
        || before.ends_with(" or");
    let closes = after.is_empty()
        || after.starts_with(separator)
        || after.starts_with("and ")
        || after.starts_with("or ");
    opens && (closes || after.starts_with('.'))
}

/// A name in small letters between two accepted names of a list is one of them: "Django, celery, PostgreSQL".
fn accept_enclosed(text: &str, candidates: &mut [Candidate<'_>]) {
    for at in 1..candidates.len().saturating_sub(1) {
        let (left, rest) = candidates.split_at_mut(at);
        let [to, right, ..] = rest else { return };
        let from = &left[at - 1];
        if to.accepted
            || !from.accepted
            || !right.accepted
            || from.start == to.start
            || right.start == to.start
        {
            continue;
        }
        let list = |gap: Option<&str>| {
            gap.is_some_and(|gap| gap.contains([',', '/', '|']) && is_list_gap(gap, text, to))
        };
        if list(text.get(from.end..to.start)) && list(text.get(to.end..right.start)) {
            to.accepted = true;
        }
    }
}

/// Whether only what separates items of a list stands between two names.
fn is_list_gap(gap: &str, text: &str, to: &Candidate<'_>) -> bool {
    if gap.len() > 24 {
        return false;
    }
    if gap.contains('\n') {
        // Bulleted lists: the name has its line for itself.
        let rest = text[to.end..].split('\n').next().unwrap_or_default();
        let head = text[..to.start].rsplit('\n').next().unwrap_or_default();
        let bare = |part: &str| part.len() < 12 && part.chars().all(|c| !is_word(c));
        // Where every item has its bullet, an empty line may part them.
        let most = if bullet(head) { 2 } else { 1 };
        return gap.matches('\n').count() <= most && bare(gap) && bare(rest) && bare(head);
    }
    let separator = |c: char| matches!(c, ',' | '/' | '&' | '|' | ';' | '(' | ')' | '•' | '·' | '+' | '\\');
    let join = |word: &str| matches!(word, "and" | "or");
    // Versions may follow a name: "Python 3.x, R".
    let version = |word: &str| {
        word != "." && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'x'))
    };
    let mut words = gap.split(|c: char| separator(c) || c.is_whitespace());
    let separated = gap.contains(separator) || words.clone().any(join);
    separated && words.all(|word| join(word) || version(word))
}

fn bullet(head: &str) -> bool {
    head.trim_start().starts_with(['-', '*', '•', '·'])
}

/// Whether the clause around a name says that it is only nice to have.
fn is_optional(text: &str, found: &Found, candidate: &Candidate<'_>) -> bool {
    within(&found.cues, candidate.start.saturating_sub(CLAUSE), candidate.end + CLAUSE)
        .iter()
        .filter(|cue| cue.what == Cue::Optional)
        .any(|cue| {
            let between = if cue.end <= candidate.start {
                text.get(cue.end..candidate.start)
            } else {
                text.get(candidate.end..cue.start)
            };
            between.is_some_and(|between| {
                !between.contains(['\n', ';', '!', '?', '•'])
                    && !between.contains(". ")
                    && !between.contains(" - ")
            })
        })
}
