//! Lists and lines of tags: a name that stands among skills is one.

use super::decide::Candidate;
use super::lines::{Line, Weight, is_bullet};
use super::scan::is_word;
use super::wishes;

/// A line of tags is no longer than this, in bytes.
const TAG_LINE: usize = 160;

/// Short lines that hold hardly anything but names accept all of them, in any case.
pub(super) fn accept_tag_lines(text: &str, lines: &[Line], candidates: &mut [Candidate<'_>]) {
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

/// Where knowledge is asked for, what opens an item of a list and is followed by no more than a remark is a name:
/// "- Angular, for small fixes".
pub(super) fn accept_items(text: &str, lines: &[Line], candidates: &mut [Candidate<'_>]) {
    for candidate in candidates.iter_mut() {
        let line = &lines[candidate.line];
        if candidate.accepted || !candidate.spelled {
            continue;
        }
        let head = text[line.range.start..candidate.start].trim();
        let rest = text.get(candidate.end..line.range.end).unwrap_or_default().trim_end();
        let remark = [" for ", " with ", " and ", " or ", " – ", " - ", " ("]
            .iter()
            .any(|remark| rest.starts_with(remark))
            || rest.starts_with([',', ';', '.']);
        let labelled = head.ends_with(':') && head.len() <= wishes::LABEL;
        let opens = labelled || (bullet(head) && head.chars().count() == 1);
        candidate.accepted = opens
            && (rest.is_empty() || (remark && !candidate.everyday))
            && (line.weight == Weight::Optional || wishes::asks(&text[line.heading.clone()]));
    }
}

/// Names beside accepted names of a list are accepted too. One pass each way reaches everything.
pub(super) fn accept_neighbours(text: &str, candidates: &mut [Candidate<'_>]) {
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
    if !from.accepted || to.accepted || !(to.spelled || to.hinted || (!forward && is_used(text, to.start))) {
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
        || before.ends_with(" or")
        || before.ends_with(" with")
        || is_used(text, name.start);
    let closes = after.is_empty()
        || after.starts_with(separator)
        || after.starts_with("and ")
        || after.starts_with("or ");
    opens && (closes || after.starts_with('.'))
}

/// "The team uses puppet, nginx and Django".
pub(super) fn is_used(text: &str, start: usize) -> bool {
    [" uses ", " use ", " using "].iter().any(|verb| text[..start].ends_with(verb))
}

/// A name in small letters between two accepted names of a list is one of them: "Django, celery, PostgreSQL".
pub(super) fn accept_enclosed(text: &str, candidates: &mut [Candidate<'_>]) {
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
    separated && (words.all(|word| join(word) || version(word)) || is_unknown_item(gap))
}

/// ", CloudBees, ": a name that the catalog does not have is an item as well.
fn is_unknown_item(gap: &str) -> bool {
    let inner = gap.strip_prefix(", ").and_then(|gap| gap.strip_suffix(", "));
    inner.is_some_and(|name| name.starts_with(char::is_uppercase) && name.chars().all(is_word))
}

fn bullet(head: &str) -> bool {
    is_bullet(head.trim_start())
}
