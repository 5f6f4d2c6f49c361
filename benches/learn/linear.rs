//! Logistic regression over words: a weight for each word and class, by gradient descent with a pull towards zero.

use std::collections::{BTreeMap, HashMap};

/// Nothing, and three that a text may say.
pub(crate) const CLASSES: usize = 4;
/// A text's words and its class.
pub(crate) type Sample<'a> = (&'a [String], usize);

/// Words in fewer texts teach nothing about others.
const LEAST: usize = 3;
const ROUNDS: usize = 250;
const STEP: f32 = 0.3;
/// How strongly weights are pulled towards zero, for each sample.
const PULL: f32 = 1.0 / 0.4;
/// Weights that are smaller say nothing and are left out of the table.
const SMALL: f32 = 0.06;

pub(crate) struct Model {
    numbers: HashMap<String, usize>,
    /// Weights of each word; those of the class 0 are taken off, so that they are 0. The last row holds for all texts.
    weights: Vec<[f32; CLASSES]>,
}

impl Model {
    pub(crate) fn learn(samples: &[Sample<'_>]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        samples.iter().flat_map(|(words, _)| *words).for_each(|word| *counts.entry(word).or_default() += 1);
        let numbers: HashMap<String, usize> = counts
            .into_iter()
            .filter(|(_, count)| *count >= LEAST)
            .enumerate()
            .map(|(number, (word, _))| (word.to_owned(), number))
            .collect();
        let bias = numbers.len();
        let rows: Vec<(Vec<usize>, usize)> = samples
            .iter()
            .map(|(words, class)| {
                let known = words.iter().filter_map(|word| numbers.get(word).copied());
                (known.chain([bias]).collect(), *class)
            })
            .collect();
        let mut model = Self { numbers, weights: vec![[0.0; CLASSES]; bias + 1] };
        let mut squares = vec![[1e-6_f32; CLASSES]; bias + 1];
        for _ in 0..ROUNDS {
            let mut slopes: Vec<[f32; CLASSES]> = model
                .weights
                .iter()
                .enumerate()
                .map(|(at, weights)| weights.map(|weight| if at == bias { 0.0 } else { weight * PULL }))
                .collect();
            for (words, class) in &rows {
                let chances = model.of_numbers(words);
                for word in words {
                    for (at, slope) in slopes[*word].iter_mut().enumerate() {
                        *slope += chances[at] - if at == *class { 1.0 } else { 0.0 };
                    }
                }
            }
            for ((weights, slopes), squares) in model.weights.iter_mut().zip(&slopes).zip(&mut squares) {
                for at in 0..CLASSES {
                    squares[at] += slopes[at] * slopes[at];
                    weights[at] -= STEP * slopes[at] / squares[at].sqrt();
                }
            }
        }
        model
    }

    /// How likely each class is for a text with these words.
    pub(crate) fn chances(&self, words: &[String]) -> [f32; CLASSES] {
        let known = words.iter().filter_map(|word| self.numbers.get(word).copied());
        self.of_numbers(&known.chain([self.weights.len() - 1]).collect::<Vec<_>>())
    }

    fn of_numbers(&self, words: &[usize]) -> [f32; CLASSES] {
        let mut sums = [0.0_f32; CLASSES];
        for word in words {
            sums.iter_mut().zip(&self.weights[*word]).for_each(|(sum, weight)| *sum += weight);
        }
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        let powers = sums.map(|sum| (sum - most).exp());
        let all: f32 = powers.iter().sum();
        powers.map(|power| power / all)
    }

    /// The words that weigh something, in order, with the weights of the classes from 1 on over those of class 0; the
    /// empty word holds for all texts.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&str, [f32; CLASSES - 1])> {
        let mut words: Vec<(&str, usize)> =
            self.numbers.iter().map(|(word, number)| (word.as_str(), *number)).collect();
        words.push(("", self.weights.len() - 1));
        words.sort_unstable();
        words
            .into_iter()
            .map(|(word, number)| {
                let weights = self.weights[number];
                (word, std::array::from_fn(|at| weights[at + 1] - weights[0]))
            })
            .filter(|(word, weights): &(&str, [f32; CLASSES - 1])| {
                word.is_empty() || weights.iter().any(|weight| weight.abs() >= SMALL)
            })
    }
}
