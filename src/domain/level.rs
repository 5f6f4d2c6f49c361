//! The small closed vocabularies of an opening: level, employment, work mode, visa.

use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $key)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The value's key, as it is stored and printed in JSON.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The value in words for people.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The value with this key, if there is one.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

vocabulary!(
    /// How senior the role is, from lowest to highest.
    Level {
        /// Internships and working students.
        Intern = "intern", "intern";
        /// Junior, new graduate.
        Entry = "entry", "entry";
        /// Between entry and senior ("Engineer II").
        Mid = "mid", "mid";
        /// Senior.
        Senior = "senior", "senior";
        /// Staff and principal.
        Staff = "staff", "staff";
        /// Team or technical lead.
        Lead = "lead", "lead";
        /// Manages people.
        Manager = "manager", "manager";
        /// Director, VP, head of, C-level.
        Executive = "executive", "executive";
    }
);
vocabulary!(
    /// The kind of contract.
    Employment {
        /// Full time.
        FullTime = "full_time", "full-time";
        /// Part time.
        PartTime = "part_time", "part-time";
        /// Contract or freelance.
        Contract = "contract", "contract";
        /// Temporary.
        Temporary = "temporary", "temporary";
        /// Internship.
        Internship = "internship", "internship";
    }
);
vocabulary!(
    /// Where the work is done.
    WorkMode {
        /// From anywhere, or from home.
        Remote = "remote", "remote";
        /// Partly in an office.
        Hybrid = "hybrid", "hybrid";
        /// In an office or another place of the employer.
        Onsite = "onsite", "on-site";
    }
);
vocabulary!(
    /// Whether the employer sponsors a work visa.
    Visa {
        /// The posting offers sponsorship.
        Offered = "offered", "visa sponsored";
        /// The posting says that there is none.
        NotOffered = "not_offered", "no visa sponsorship";
    }
);
