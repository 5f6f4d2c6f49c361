//! A filter in words for people: chips for headings, and verdicts that say why an opening is or is not wanted.

use super::filter::{Condition, Filter, PayFloor, World};
use super::ids::SkillId;
use super::opening::Opening;
use super::pay::{Pay, Period};
use super::time::Millis;

/// One condition of a filter, judged on one opening.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Which condition.
    pub condition: Condition,
    /// Whether the opening keeps it.
    pub kept: bool,
    /// What was asked for, and the opening's own fact ("senior; the opening says senior").
    pub reason: String,
}

impl Filter {
    /// The filter in short words, one chip a condition ("skill Rust", "remote from DE", "senior").
    #[must_use]
    pub fn chips(&self, world: &World) -> Vec<(Condition, String)> {
        self.conditions().into_iter().map(|condition| (condition, self.chip(condition, world))).collect()
    }

    /// Each condition that the filter has, judged on `opening`; all kept exactly when [`Filter::matches`].
    #[must_use]
    pub fn judge(&self, opening: &Opening, world: &World, now: Millis) -> Vec<Verdict> {
        self.conditions()
            .into_iter()
            .map(|condition| {
                let kept = self.keeps(condition, opening, world, now);
                let fact = fact(self, condition, opening, world, now);
                let reason = match fact {
                    Some(fact) => format!("{}; the opening says {fact}", self.chip(condition, world)),
                    None => format!("{}; the opening does not say", self.chip(condition, world)),
                };
                Verdict { condition, kept, reason }
            })
            .collect()
    }

    /// Whether a skill, or what it is part of, stands in this filter.
    #[must_use]
    pub fn asks_about(&self, skill: &SkillId, world: &World) -> bool {
        let mut named = self.skills_all.iter().chain(&self.skills_any).chain(&self.skills_none);
        named.any(|asked| asked == skill || world.under.get(asked).is_some_and(|under| under.contains(skill)))
    }

    fn chip(&self, condition: Condition, world: &World) -> String {
        match condition {
            Condition::Text => self
                .text
                .iter()
                .map(|term| {
                    let words = term.words.join(" ");
                    let quoted = if term.words.len() > 1 { format!("\"{words}\"") } else { words };
                    if term.exclude { format!("not {quoted}") } else { format!("text {quoted}") }
                })
                .collect::<Vec<_>>()
                .join(", "),
            Condition::Skills => {
                let name =
                    |id: &SkillId| world.skill_names.get(id).map_or_else(|| id.to_string(), Clone::clone);
                let mut parts = Vec::new();
                if !self.skills_all.is_empty() {
                    parts.push(join(self.skills_all.iter().map(name), " and "));
                }
                if !self.skills_any.is_empty() {
                    parts.push(join(self.skills_any.iter().map(name), " or "));
                }
                let mut chip = parts.join(", and ");
                if !chip.is_empty() {
                    chip.insert_str(0, "skill ");
                }
                for id in &self.skills_none {
                    if !chip.is_empty() {
                        chip.push_str(", ");
                    }
                    chip.push_str("not ");
                    chip.push_str(&name(id));
                }
                chip
            }
            Condition::Places => {
                let mut parts = Vec::new();
                if !self.remote_from.is_empty() {
                    parts.push(format!("remote from {}", self.remote_from.join(" or ")));
                }
                if !self.places.is_empty() {
                    parts.push(format!("in {}", join(self.places.iter().map(ToString::to_string), " or ")));
                }
                parts.join(", or ")
            }
            Condition::WorkMode => join(self.work_modes.iter().map(|m| m.label().to_owned()), " or "),
            Condition::Level => join(self.levels.iter().map(|l| l.label().to_owned()), " or "),
            Condition::Employment => join(self.employments.iter().map(|e| e.label().to_owned()), " or "),
            Condition::Pay => {
                let mut parts: Vec<String> = self.pay.iter().map(PayFloor::to_string).collect();
                if self.pay_stated_only {
                    parts.push("pay stated".to_owned());
                }
                parts.join(", ")
            }
            Condition::Companies => {
                let mut parts = Vec::new();
                if !self.companies_only.is_empty() {
                    parts.push(format!("at {}", join(self.companies_only.iter().cloned(), " or ")));
                }
                if !self.companies_none.is_empty() {
                    parts.push(format!("not at {}", join(self.companies_none.iter().cloned(), " or ")));
                }
                parts.join(", ")
            }
            Condition::Agencies => "no agencies".to_owned(),
            Condition::Visa => self.visa.map(|visa| visa.label().to_owned()).unwrap_or_default(),
            Condition::Experience => {
                self.max_years.map(|years| format!("at most {years} years asked")).unwrap_or_default()
            }
            Condition::Age => self.max_age_hours.map(age_chip).unwrap_or_default(),
        }
    }
}

/// What the opening says about a condition; `None` when it says nothing.
fn fact(
    filter: &Filter,
    condition: Condition,
    opening: &Opening,
    world: &World,
    now: Millis,
) -> Option<String> {
    let facts = &opening.facts;
    match condition {
        Condition::Text => Some(format!("\"{}\"", opening.title)),
        Condition::Skills => (!facts.skills.is_empty()).then(|| {
            let name = |id: &SkillId| world.skill_names.get(id).cloned().unwrap_or_else(|| id.to_string());
            // Those that are asked about first, however many the opening names before them.
            let mut shown: Vec<&SkillId> = facts.skills.iter().collect();
            shown.sort_by_key(|skill| !filter.asks_about(skill, world));
            join(shown.into_iter().take(8).map(name), ", ")
        }),
        Condition::Places => {
            let mut parts: Vec<String> = facts.places.iter().take(5).map(ToString::to_string).collect();
            if !facts.remote_from.is_empty() {
                parts.push(format!("remote from {}", facts.remote_from.join(", ")));
            }
            (!parts.is_empty()).then(|| parts.join("; "))
        }
        Condition::WorkMode => facts.work_mode.map(|mode| mode.label().to_owned()),
        Condition::Level => facts.level.map(|level| level.label().to_owned()),
        Condition::Employment => facts.employment.map(|employment| employment.label().to_owned()),
        Condition::Pay => facts.pay.as_ref().map(Pay::to_string),
        Condition::Companies => Some(opening.company.clone()),
        Condition::Agencies => facts
            .agency
            .map(|yes| if yes { "a recruiter posts it" } else { "the employer posts it" }.to_owned()),
        Condition::Visa => facts.visa.map(|visa| visa.label().to_owned()),
        Condition::Experience => facts.years.map(|years| format!("{years} years")),
        Condition::Age => {
            let hours = now.since(opening.posted_at).max(0) / super::time::HOUR;
            Some(if hours < 48 {
                format!("posted {hours} hours ago")
            } else {
                format!("posted {} days ago", hours / 24)
            })
        }
    }
}

fn age_chip(hours: u32) -> String {
    match hours {
        1 => "posted in the last hour".to_owned(),
        24 => "posted in the last day".to_owned(),
        h if h % 24 == 0 => format!("posted in the last {} days", h / 24),
        h => format!("posted in the last {h} hours"),
    }
}

fn join(words: impl Iterator<Item = String>, between: &str) -> String {
    words.collect::<Vec<_>>().join(between)
}

impl std::fmt::Display for PayFloor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at least {} {} {}", grouped(self.amount), self.currency, self.period.each())
    }
}

/// "120–160k USD", "from 90k EUR", "45–60 USD an hour", "30,000–40,000".
impl std::fmt::Display for Pay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ends = || [self.min, self.max].into_iter().flatten();
        let (unit, k) = if ends().all(|n| n >= 1_000_000.0 && n % 10_000.0 == 0.0) {
            (1_000_000.0, "M")
        } else if ends().all(|n| n >= 10_000.0 && n % 500.0 == 0.0) {
            (1_000.0, "k")
        } else {
            (1.0, "")
        };
        let show = |n: f64| if k.is_empty() { grouped(n) } else { trim(n / unit) };
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "{}{k}", show(min))?,
            (Some(min), Some(max)) => write!(f, "{}–{}{k}", show(min), show(max))?,
            (Some(min), None) => write!(f, "from {}{k}", show(min))?,
            (None, Some(max)) => write!(f, "up to {}{k}", show(max))?,
            (None, None) => f.write_str("stated")?,
        }
        if let Some(currency) = &self.currency {
            write!(f, " {currency}")?;
        }
        match self.period {
            None | Some(Period::Year) => Ok(()),
            Some(period) => write!(f, " {}", period.each()),
        }
    }
}

/// A number without needless decimals: 45, 45.5.
fn trim(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number with commas between thousands: 1,250,000.
fn grouped(number: f64) -> String {
    let text = trim(number);
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) && digit.is_ascii_digit() && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_reads_as_people_write_it() {
        let pay = |min, max, period| Pay { min, max, currency: Some("USD".into()), period: Some(period) };
        assert_eq!(pay(Some(120_000.0), Some(160_000.0), Period::Year).to_string(), "120–160k USD");
        assert_eq!(pay(Some(172_500.0), None, Period::Year).to_string(), "from 172.5k USD");
        assert_eq!(pay(Some(2.4e6), Some(3.6e6), Period::Year).to_string(), "2.4–3.6M USD");
        assert_eq!(pay(Some(45.0), Some(60.5), Period::Hour).to_string(), "45–60.5 USD an hour");
        assert_eq!(pay(None, Some(1_234_567.0), Period::Month).to_string(), "up to 1,234,567 USD a month");
    }
}
