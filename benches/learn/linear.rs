//! Logistic regression over words: a weight for each word and class, by gradient descent with a pull towards zero.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A text's features and its class.
pub(crate) type Sample<'a> = (&'a [String], usize);

/// Features of fewer texts teach nothing about others.
const LEAST: usize = 3;
const ROUNDS: usize = 250;
const STEP: f32 = 0.3;
/// How strongly weights are pulled towards zero.
const PULL: f32 = 2.5;
/// Weights that are smaller say next to nothing and are left out of the table.
const SMALL: f32 = 0.06;

/// A model of `C` classes, of which the first stands for nothing said.
pub(crate) struct Model<const C: usize> {
    numbers: HashMap<String, usize>,
    /// The weights of each feature; the last row holds for all texts.
    weights: Vec<[f32; C]>,
}

impl<const C: usize> Model<C> {
    pub(crate) fn learn(samples: &[Sample<'_>]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        samples
            .iter()
            .flat_map(|(features, _)| *features)
            .for_each(|one| *counts.entry(one).or_default() += 1);
        let numbers: HashMap<String, usize> = counts
            .into_iter()
            .filter(|(_, count)| *count >= LEAST)
            .enumerate()
            .map(|(number, (feature, _))| (feature.to_owned(), number))
            .collect();
        let all = numbers.len();
        let rows: Vec<(Vec<usize>, usize)> = samples
            .iter()
            .map(|(features, class)| {
                let known = features.iter().filter_map(|feature| numbers.get(feature).copied());
                (known.chain([all]).collect(), *class)
            })
            .collect();
        let mut model = Self { numbers, weights: vec![[0.0; C]; all + 1] };
        let mut squares = vec![[1e-6_f32; C]; all + 1];
        for _ in 0..ROUNDS {
            let pull = |(at, weights): (usize, &[f32; C])| {
                weights.map(|weight| if at == all { 0.0 } else { weight * PULL })
            };
            let mut slopes: Vec<[f32; C]> = model.weights.iter().enumerate().map(pull).collect();
            for (features, class) in &rows {
                let chances = model.of_numbers(features);
                for feature in features {
                    for (at, slope) in slopes[*feature].iter_mut().enumerate() {
                        *slope += chances[at] - if at == *class { 1.0 } else { 0.0 };
                    }
                }
            }
            for ((weights, slopes), squares) in model.weights.iter_mut().zip(&slopes).zip(&mut squares) {
                for at in 0..C {
                    squares[at] += slopes[at] * slopes[at];
                    weights[at] -= STEP * slopes[at] / squares[at].sqrt();
                }
            }
        }
        model
    }

    /// How likely each class is for a text with these features.
    pub(crate) fn chances(&self, features: &[String]) -> [f32; C] {
        let known = features.iter().filter_map(|feature| self.numbers.get(feature).copied());
        self.of_numbers(&known.chain([self.weights.len() - 1]).collect::<Vec<_>>())
    }

    /// The likeliest class.
    pub(crate) fn class(&self, features: &[String]) -> usize {
        let chances = self.chances(features);
        (0..C).max_by(|a, b| chances[*a].total_cmp(&chances[*b])).unwrap_or(0)
    }

    fn of_numbers(&self, features: &[usize]) -> [f32; C] {
        let mut sums = [0.0_f32; C];
        for feature in features {
            sums.iter_mut().zip(&self.weights[*feature]).for_each(|(sum, weight)| *sum += weight);
        }
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        let powers = sums.map(|sum| (sum - most).exp());
        let all: f32 = powers.iter().sum();
        powers.map(|power| power / all)
    }

    /// The weights of the classes from 1 on over those of class 0; of no feature, those that hold for all texts.
    fn over(&self, feature: &str) -> Vec<f32> {
        let all = self.weights.len() - 1;
        let number = if feature.is_empty() { Some(all) } else { self.numbers.get(feature).copied() };
        let weights = number.map_or([0.0; C], |number| self.weights[number]);
        weights[1..].iter().map(|weight| weight - weights[0]).collect()
    }
}

/// Models as a table: features in order, with the columns of one model after the other.
pub(crate) fn table<const C: usize>(about: &str, columns: &str, models: &[&Model<C>]) -> String {
    let known = models.iter().flat_map(|model| model.numbers.keys()).map(String::as_str);
    let features: BTreeSet<&str> = known.chain([""]).collect();
    let mut out = format!(
        "// {about}\n// Columns: words, {columns}. Learned by `cargo bench --bench learn -- --write` from texts written for this project.\n"
    );
    for feature in features {
        let weights: Vec<f32> = models.iter().flat_map(|model| model.over(feature)).collect();
        if feature.is_empty() || weights.iter().any(|weight| weight.abs() >= SMALL) {
            let columns: Vec<String> = weights.iter().map(|weight| format!("{weight:.2}")).collect();
            out.push_str(&format!("{feature}\t{}\n", columns.join("\t")));
        }
    }
    out
}
