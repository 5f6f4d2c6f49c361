//! Pay as it was stated, and its yearly value at a dated reference rate.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Stated base pay; amounts in whole or decimal units of the currency, never in cents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pay {
    /// Lower end, if stated.
    #[serde(serialize_with = "plain")]
    pub min: Option<f64>,
    /// Upper end, if stated.
    #[serde(serialize_with = "plain")]
    pub max: Option<f64>,
    /// ISO 4217 code, if stated.
    pub currency: Option<String>,
    /// What the amounts are for, if known.
    pub period: Option<Period>,
}

/// Whole amounts as whole numbers: 90000, not 90000.0.
fn plain<S: serde::Serializer>(amount: &Option<f64>, out: S) -> Result<S::Ok, S::Error> {
    match amount {
        // Up to 2^53 a float holds every whole number exactly.
        Some(whole) if whole.fract() == 0.0 && whole.abs() < 9e15 => out.serialize_i64(*whole as i64),
        Some(amount) => out.serialize_f64(*amount),
        None => out.serialize_none(),
    }
}

/// The span that an amount pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// One hour; 2,080 a year.
    Hour,
    /// One working day; 260 a year.
    Day,
    /// One week; 52 a year.
    Week,
    /// One month; 12 a year.
    Month,
    /// One year.
    Year,
}

impl Period {
    /// How many of it a full working year holds.
    #[must_use]
    pub const fn per_year(self) -> f64 {
        match self {
            Self::Hour => 2080.0,
            Self::Day => 260.0,
            Self::Week => 52.0,
            Self::Month => 12.0,
            Self::Year => 1.0,
        }
    }

    /// "an hour", "a day", …: what stands behind an amount.
    #[must_use]
    pub const fn each(self) -> &'static str {
        match self {
            Self::Hour => "an hour",
            Self::Day => "a day",
            Self::Week => "a week",
            Self::Month => "a month",
            Self::Year => "a year",
        }
    }

    /// The word for people: "hour", "day", …
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// What one unit of each currency was worth in US dollars on a given day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// The day of the rates, `YYYY-MM-DD`.
    pub date: String,
    /// ISO 4217 code → US dollars for one unit.
    pub usd: BTreeMap<String, f64>,
}

impl Rates {
    /// `amount` of `currency` for each `period`, as US dollars a year; `None` for an unknown currency.
    #[must_use]
    pub fn usd_per_year(&self, amount: f64, currency: &str, period: Period) -> Option<f64> {
        Some(amount * period.per_year() * self.usd.get(currency)?)
    }
}

impl Pay {
    /// The best yearly pay in US dollars that these words promise (the upper end, else the lower);
    /// `None` when the currency, its rate or the period is unknown.
    #[must_use]
    pub fn best_usd_per_year(&self, rates: &Rates) -> Option<f64> {
        rates.usd_per_year(self.max.or(self.min)?, self.currency.as_deref()?, self.period?)
    }
}
