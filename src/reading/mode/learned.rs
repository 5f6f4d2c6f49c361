//! What a sentence says of the work mode by a linear model of its words, where no pattern knows its wording.
//!
//! The weights stand in `config/reading/mode.tsv`; `cargo bench --bench learn` makes them from texts written for us.

use std::sync::LazyLock;

use crate::domain::level::WorkMode;
use crate::reading::learned::{Weights, Word, words};
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
    static WEIGHTS: LazyLock<Weights<3>> =
        LazyLock::new(|| Weights::of(include_str!("../../../config/reading/mode.tsv")));
    let sums = WEIGHTS.sums(&of_window(window), &[]);
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

/// The words of these sentences, with `@city` for each city.
#[must_use]
pub fn of_window(window: &str) -> Vec<Word<'_>> {
    let cities: Vec<_> = mentions(window).into_iter().map(|(start, end)| (start..end, "@city")).collect();
    words(window, &cities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_read_two_sentences_at_a_time() {
        let line = "We work from home and always have done so. ".repeat(8);
        assert_eq!(windows(&line).len(), 7);
        assert_eq!(windows("We bake.\nCome to the office.").len(), 1);
    }
}
