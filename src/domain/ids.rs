//! Names of things: 64-bit ids that we make, ids that Discord makes, and words that people made.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

macro_rules! word {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The word itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// An opening of ours; rises with the time it was first seen.
    OpeningId(i64)
);
id!(
    /// A subscription of ours.
    SubscriptionId(i64)
);
id!(
    /// A notice in the outbox.
    NoticeId(i64)
);
id!(
    /// A Discord message that delivery makes, numbered by us before it is sent.
    BatchId(i64)
);
id!(
    /// A Discord server ("guild").
    GuildId(u64)
);
id!(
    /// A Discord channel or thread.
    ChannelId(u64)
);
id!(
    /// A Discord user.
    UserId(u64)
);
id!(
    /// A Discord role.
    RoleId(u64)
);
id!(
    /// A Discord message.
    MessageId(u64)
);
word!(
    /// A skill of the catalog, such as `distributed-systems`.
    SkillId
);
word!(
    /// A feed, written `kind:board`, such as `greenhouse:singlestore`.
    FeedKey
);

/// Makes ids that rise with time: 42 bits of milliseconds since 2024, 22 bits that tell apart what one
/// millisecond and several processes make.
#[derive(Debug)]
pub struct IdMaker {
    last: std::sync::atomic::AtomicI64,
    salt: i64,
}

/// 2024-01-01 00:00 UTC in milliseconds since 1970, where our ids start to count.
const EPOCH: i64 = 1_704_067_200_000;

impl IdMaker {
    /// A maker whose ids carry 10 bits of `salt`; give each process another one.
    #[must_use]
    pub const fn new(salt: u16) -> Self {
        Self { last: std::sync::atomic::AtomicI64::new(0), salt: (salt & 0x3ff) as i64 }
    }

    /// The next id, greater than every id that this maker made before; `now` gives its high bits.
    pub fn next(&self, now: super::time::Millis) -> i64 {
        use std::sync::atomic::Ordering::SeqCst;
        // The counter lives above the salt, so two processes differ even in the same millisecond.
        let wish = (now.0 - EPOCH).max(1) << 12;
        let tick = self
            .last
            .fetch_update(SeqCst, SeqCst, |last| Some(wish.max(last + 1)))
            .map_or(wish, |last| wish.max(last + 1));
        (tick << 10) | self.salt
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Millis;

    #[test]
    fn ids_rise_within_one_millisecond_and_when_the_clock_steps_back() {
        let maker = IdMaker::new(7);
        let now = Millis(1_764_000_000_000);
        let made: Vec<i64> = (0..5000).map(|i| maker.next(now.minus(i % 3))).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn two_makers_never_meet() {
        let (a, b) = (IdMaker::new(1), IdMaker::new(2));
        assert_ne!(a.next(Millis(1_764_000_000_000)), b.next(Millis(1_764_000_000_000)));
    }
}
