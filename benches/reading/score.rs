//! Counts what was right, wrong, missed and rightly left out, fact by fact, and prints the table.

use std::collections::BTreeMap;

/// The counts of one fact.
#[derive(Default)]
struct Count {
    /// Stated by the label, and read so.
    right: u32,
    /// Read, but the label says something else or nothing.
    wrong: u32,
    /// Stated by the label, and not read so.
    missed: u32,
    /// Nothing stated by the label, and something read.
    false_alarms: u32,
    /// Nothing stated by the label.
    silent: u32,
    /// Rows, or decisions.
    rows: u32,
    /// Rows in which reading and label agree, also that there is nothing.
    agreed: u32,
}

/// All facts, in the order in which they were first counted.
pub(crate) struct Table {
    order: Vec<&'static str>,
    counts: BTreeMap<&'static str, Count>,
    /// The fact whose misses are listed.
    misses: Option<String>,
    listed: Vec<String>,
}

impl Table {
    pub(crate) fn new(misses: Option<String>) -> Self {
        Self { order: Vec::new(), counts: BTreeMap::new(), misses, listed: Vec::new() }
    }

    /// Counts one row: what the label states, what was read, and how to show the row when they differ.
    pub(crate) fn row<T: PartialEq + std::fmt::Debug>(
        &mut self,
        fact: &'static str,
        gold: Option<&T>,
        read: Option<&T>,
        shown: impl FnOnce() -> String,
    ) {
        let same = gold.is_some() && gold == read;
        let count = self.count(fact);
        count.rows += 1;
        count.agreed += u32::from(gold == read);
        count.right += u32::from(same);
        count.wrong += u32::from(read.is_some() && !same);
        count.missed += u32::from(gold.is_some() && !same);
        count.silent += u32::from(gold.is_none());
        count.false_alarms += u32::from(gold.is_none() && read.is_some());
        if gold != read && self.misses.as_deref() == Some(fact) {
            let say = |value: Option<&T>| value.map_or("nothing".to_owned(), |value| format!("{value:?}"));
            self.listed.push(format!("label {}, read {}: {}", say(gold), say(read), shown()));
        }
    }

    fn count(&mut self, fact: &'static str) -> &mut Count {
        if !self.order.contains(&fact) {
            self.order.push(fact);
        }
        self.counts.entry(fact).or_default()
    }

    pub(crate) fn print(&self) {
        println!(
            "{:<22} {:>6} {:>9} {:>10} {:>8} {:>13}",
            "fact", "n", "exact", "precision", "recall", "false alarms"
        );
        for fact in &self.order {
            let count = &self.counts[fact];
            println!(
                "{fact:<22} {:>6} {:>9} {:>10} {:>8} {:>13}",
                count.rows,
                share(count.agreed, count.rows),
                share(count.right, count.right + count.wrong),
                share(count.right, count.right + count.missed),
                share(count.false_alarms, count.silent),
            );
        }
        if let Some(fact) = &self.misses {
            println!("\n{} misses of {fact}", self.listed.len());
            for line in &self.listed {
                println!("- {line}");
            }
        }
    }
}

fn share(part: u32, whole: u32) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.3}", f64::from(part) / f64::from(whole)) }
}
