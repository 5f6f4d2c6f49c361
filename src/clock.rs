//! The one place that reads the time; everything else is handed the time or a clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::time::Millis;

/// Something that knows what time it is. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `start` until it is moved; its clones move with it.
    #[must_use]
    pub fn set_to(start: Millis) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(start.0))))
    }

    /// What time it is.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that may ask the system for the time"
    )]
    pub fn now(&self) -> Millis {
        match &self.0 {
            Source::System => Millis(chrono::Utc::now().timestamp_millis()),
            Source::Set(at) => Millis(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a set clock forward by `span` milliseconds; does nothing to the system's clock.
    pub fn advance(&self, span: i64) {
        if let Source::Set(at) = &self.0 {
            at.fetch_add(span, Ordering::SeqCst);
        }
    }
}
