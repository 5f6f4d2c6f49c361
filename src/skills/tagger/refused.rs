//! Names that a text holds only to say that nobody needs them: "no Scrum", "PHP is not required", "you won't touch it".

use super::cues::Cue;
use super::decide::within;
use super::frames::cue_before;
use super::scan::{Found, Spot, is_word};
use crate::domain::text::tail;

/// "no" reaches this far, in bytes.
pub(super) const NEGATION_REACH: usize = 24;
/// "you don't need X, Y or Z" reaches this far.
const LIST: usize = 80;
/// How far behind a name its sentence is looked at.
const SENTENCE: usize = 90;

/// Whether the name at `start..end` is refused or spared to the reader.
pub(super) fn is_refused(text: &str, found: &Found, start: usize, end: usize) -> bool {
    (!found.cues(Cue::Refused).is_empty()
        && (is_listed_behind(text, found, start, end) || is_not_required(text, found, end)))
        || (!found.cues(Cue::Spared).is_empty() && is_spared(text, found, end))
}

/// "no Scrum", "instead of Java": by the negations that stand near before the name.
pub(super) fn is_negated(text: &str, negations: &[Spot<()>], start: usize) -> bool {
    negations.iter().any(|cue| {
        let between = text.get(cue.end..start).map(|between| between.trim_matches([' ', ':']));
        between.is_some_and(|between| {
            between.is_empty() || ["any", "a", "an"].iter().any(|word| between.eq_ignore_ascii_case(word))
        })
    })
}

/// "You don't need Flutter", "Not required: React, Webflow".
fn is_listed_behind(text: &str, found: &Found, start: usize, end: usize) -> bool {
    cue_before(found, Cue::Refused, start, LIST).is_some_and(|cue| {
        let between = &text[cue.end..start];
        let opens = !AFTER.iter().any(|word| tail(&text[..cue.end], word.len()).eq_ignore_ascii_case(word));
        (opens || between.starts_with(':'))
            && is_list(between, found, cue.end, &OPENING)
            && !["on day one", "yet", "already", "in advance"]
                .iter()
                .any(|later| text[end..].trim_start().starts_with(later))
    })
}

/// "PHP experience is not required".
fn is_not_required(text: &str, found: &Found, end: usize) -> bool {
    within(found.cues(Cue::Refused), end, end + LIST).first().is_some_and(|cue| {
        let but = text[cue.end..].trim_start_matches([',', ' ']).starts_with("but ");
        !but && text[end..cue.start].contains(' ') && is_list(&text[end..cue.start], found, end, &CLOSING)
    })
}

/// "The app is Flutter, you won't touch it": of the last list before it only.
fn is_spared(text: &str, found: &Found, end: usize) -> bool {
    within(found.cues(Cue::Spared), end, end + SENTENCE).first().is_some_and(|cue| {
        let between = &text[end..cue.start];
        // "… still exists. You won't have to touch it."
        let between = between.strip_suffix(". You ").unwrap_or(between);
        let last = within(&found.names, end, cue.start).last().map_or(0, |name| name.end - end);
        !between.contains(['\n', ';', '!', '?'])
            && !between.contains(". ")
            && between.get(..last).is_some_and(|list| is_list(list, found, end, &[]))
    })
}

/// Phrases that end so stand behind their names, or before them with a colon.
const AFTER: [&str; 4] = ["required", "needed", "necessary", "here"];
/// Before the first name of a list.
const OPENING: [&str; 9] = ["to", "know", "any", "prior", "experience", "knowledge", "of", "with", "in"];
/// Behind the last.
const CLOSING: [&str; 8] =
    ["experience", "knowledge", "skills", "expertise", "background", "is", "are", "strictly"];

/// Whether a text that begins at byte `at` holds only names, what joins them, and `words`.
fn is_list(text: &str, found: &Found, at: usize, words: &[&str]) -> bool {
    let mut from = 0;
    let bare = |part: &str| {
        !part.contains(['\n', ';', '!', '?'])
            && !part.contains(". ")
            && part
                .split(|c| !is_word(c))
                .all(|word| word.is_empty() || word == "and" || word == "or" || words.contains(&word))
    };
    for name in within(&found.names, at, at + text.len()) {
        let start = name.start - at;
        if start < from {
            continue;
        }
        if !bare(&text[from..start]) {
            return false;
        }
        from = (name.end - at).min(text.len());
    }
    bare(&text[from..])
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::super::Tagger;
    use crate::skills::catalog::Catalog;

    static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(&Catalog::load(None).unwrap()));

    fn ids(text: &str) -> Vec<&str> {
        TAGGER.tag(text).into_iter().map(|tag| tag.skill.as_str()).collect()
    }

    #[test]
    fn what_nobody_needs_is_no_demand() {
        assert_eq!(ids("You don't need Flutter, Python or Kubernetes."), [""; 0]);
        assert_eq!(ids("Not required: Webflow, Python."), [""; 0]);
        assert_eq!(
            ids("Java is NOT required for this position. No knowledge of PyTorch or TensorFlow is needed"),
            [""; 0]
        );
        assert_eq!(ids("We use Kafka. Python experience is not needed."), ["kafka"]);
    }

    #[test]
    fn what_others_look_after_is_spared() {
        assert_eq!(ids("You write Kotlin. The app is Flutter, you won't touch it."), ["kotlin"]);
        assert_eq!(
            ids("Services in Kotlin, and a Python script or two that you won't need to touch"),
            ["kotlin"]
        );
        assert_eq!(ids("The backend is Elixir and Kafka, but there is a separate team for it"), [""; 0]);
    }

    #[test]
    fn what_is_not_required_but_welcome_is_asked_for() {
        assert_eq!(ids("Kubernetes is not required, but a plus."), ["kubernetes"]);
        assert_eq!(ids("A degree is not required. Python is."), ["python"]);
    }
}
