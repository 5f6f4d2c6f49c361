//! How often something was said by a model, and said rightly.

use std::fmt;

/// Counts of texts; class 0 says nothing.
#[derive(Default)]
pub(crate) struct Told {
    all: usize,
    right: usize,
    said: usize,
    stated: usize,
    found: usize,
}

impl Told {
    pub(crate) fn count(&mut self, said: usize, stated: usize) {
        self.all += 1;
        self.right += usize::from(said == stated);
        self.said += usize::from(said > 0);
        self.stated += usize::from(stated > 0);
        self.found += usize::from(said > 0 && said == stated);
    }
}

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        write!(
            out,
            "n {}, exact {:.3}, precision {:.3}, recall {:.3}",
            self.all,
            share(self.right, self.all),
            share(self.found, self.said),
            share(self.found, self.stated)
        )
    }
}
