//! What a sentence says of the work mode by a linear model of its words, where no pattern knows its wording.
//!
//! The weights stand in `config/reading/mode.tsv`; `cargo bench --bench learn` makes them from texts written for us.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::level::WorkMode;
use crate::domain::text::fold;
use crate::reading::places::mentions;
use crate::reading::sections::sentences;
use crate::reading::{Read, pattern};

/// The modes in the order of the table's columns.
pub const MODES: [WorkMode; 3] = [WorkMode::Hybrid, WorkMode::Onsite, WorkMode::Remote];
/// So sure the model must be of a mode.
const SURE: f32 = 0.65;
/// A line of more bytes is read two sentences at a time.
const LONG: usize = 260;
/// No text says it more often: the cost stays bounded whatever a feed sends.
const MOST: usize = 80;
/// Words in a row that count as one feature, at most.
const WORDS: usize = 3;

/// The mode of which the model is surest, with the sentences that say it.
pub(super) fn read(text: &str) -> Read<WorkMode> {
    let mut best: Option<(f32, WorkMode, &str)> = None;
    for window in windows(text) {
        for (chance, mode) in chances(window).into_iter().zip(MODES) {
            if chance >= SURE && best.is_none_or(|(most, ..)| chance > most) {
                best = Some((chance, mode, window));
            }
        }
    }
    best.map(|(_, mode, window)| (mode, window.to_owned()))
}

/// How likely it is that these sentences say each of [`MODES`], from 0 to 1; together at most 1.
fn chances(window: &str) -> [f32; 3] {
    static WEIGHTS: LazyLock<HashMap<&str, [f32; 3]>> = LazyLock::new(|| {
        include_str!("../../../config/reading/mode.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (words, weights) = line.split_once('\t')?;
                let mut weights = weights.split('\t').map(|weight| weight.parse().unwrap_or(0.0));
                Some((words, std::array::from_fn(|_| weights.next().unwrap_or(0.0))))
            })
            .collect()
    });
    let mut sums = WEIGHTS.get("").copied().unwrap_or_default();
    for feature in features(window) {
        if let Some(weights) = WEIGHTS.get(feature.as_str()) {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    // What says nothing has the sum 0.
    let powers = sums.map(f32::exp);
    let all = 1.0 + powers.iter().sum::<f32>();
    powers.map(|power| power / all)
}

/// The lines of a text that may speak of where one works; of long ones two sentences at a time.
#[must_use]
pub fn windows(text: &str) -> Vec<&str> {
    let word = pattern!(
        r"remot|hybrid|on[- ]?site|offic|home|hous|person|wfh|wfo|anywhere|wherever|day|desk|distributed|commut|tele|studio|\blab|room|based|together|campus|where|week|\bsit|\bcome|\blive|kitchen|\bmeet|door|building|presen|\bthere|\bhere|around|inside|keys|lease|chair|table|floor|yard|shop|hall"
    );
    let mut out = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| word.is_match(line)) {
        if line.len() <= LONG {
            out.push(line);
            continue;
        }
        let sentences: Vec<&str> = sentences(line).collect();
        let mut start = 0;
        for pair in sentences.windows(2) {
            let window = &line[start..start + pair[0].len() + pair[1].len()];
            if word.is_match(window) {
                out.push(window.trim());
            }
            start += pair[0].len();
        }
        if let [sentence] = sentences.as_slice() {
            out.push(sentence);
        }
    }
    out.truncate(MOST);
    out
}

/// The words of these sentences and their runs of two and three, each once: folded, with `#` for a number, `@day` for a
/// day of the week and `@city` for a city.
#[must_use]
pub fn features(window: &str) -> Vec<String> {
    let words = words(window);
    let mut out: Vec<String> =
        (1..=WORDS).flat_map(|length| words.windows(length).map(|run| run.join(" "))).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn words(window: &str) -> Vec<String> {
    let number = pattern!(r"^(?:\d.*|one|two|three|four|five|six|seven|eight|nine|ten)$");
    let day = pattern!(r"^{day}$");
    let mut cities = mentions(window).into_iter().peekable();
    let mut out: Vec<String> = Vec::new();
    for word in pattern!(r"\p{L}+(?:['’]\p{L}+)?|\d[\d.,:]*|[^\w\s]").find_iter(window) {
        while cities.next_if(|(_, end)| *end <= word.start()).is_some() {}
        if cities.peek().is_some_and(|(start, _)| *start <= word.start()) {
            if out.last().is_none_or(|last| last != "@city") {
                out.push("@city".to_owned());
            }
            continue;
        }
        let folded = fold(word.as_str()).replace('’', "'");
        out.push(match folded {
            _ if day.is_match(&folded) => "@day".to_owned(),
            _ if number.is_match(&folded) => "#".to_owned(),
            _ => folded,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_for_their_kind() {
        assert_eq!(
            words("You'd sit in Da Nang two days, Mon & Tues."),
            ["you'd", "sit", "in", "@city", "#", "days", ",", "@day", "&", "@day", "."]
        );
    }

    #[test]
    fn long_lines_are_read_two_sentences_at_a_time() {
        let line = "We work from home and always have done so. ".repeat(8);
        assert_eq!(windows(&line).len(), 7);
        assert_eq!(windows("We bake.\nCome to the office.").len(), 1);
    }
}
