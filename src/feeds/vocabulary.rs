//! Boards' words for work mode, employment, level and language, as they stand in fields of their own.

use crate::domain::level::{Employment, Level, WorkMode};
use crate::domain::text::fold;

/// The work mode that these words name. A choice that includes remote is remote; hybrid beside on-site is hybrid.
pub(super) fn work_mode(text: &str) -> Option<WorkMode> {
    let words = words(text);
    if words.contains("remote") || words.contains("telecommute") || words.contains("fullyremote") {
        return (!words.contains("not remote") && !words.contains("no remote")).then_some(WorkMode::Remote);
    }
    if words.contains("hybrid") {
        return Some(WorkMode::Hybrid);
    }
    ["onsite", "on site", "in office", "at office", "in person", "office"]
        .iter()
        .any(|word| words.contains(word))
        .then_some(WorkMode::Onsite)
}

/// Whether these words name a work mode and nothing else, such as `Hybrid` or `On-site / Remote`.
pub(super) fn is_only_work_mode(text: &str) -> bool {
    const MODES: &[&str] = &["remote", "hybrid", "onsite", "on", "site", "in", "at", "office", "or", "and"];
    work_mode(text).is_some() && words(text).0.split_whitespace().all(|word| MODES.contains(&word))
}

/// The employment that these words name. Being an intern or on a contract says more than the hours.
pub(super) fn employment(text: &str) -> Option<Employment> {
    let words = words(text);
    let any = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if any(&[
        "intern",
        "interns",
        "internship",
        "internships",
        "co op",
        "coop",
        "working student",
        "werkstudent",
        "trainee",
    ]) {
        return Some(Employment::Internship);
    }
    if any(&["contract", "contractor", "contractors", "freelance", "freelancer", "fixed term"]) {
        return Some(Employment::Contract);
    }
    if any(&["temporary", "temp", "seasonal"]) {
        return Some(Employment::Temporary);
    }
    if any(&["full time", "fulltime"]) {
        return Some(Employment::FullTime);
    }
    any(&["part time", "parttime"]).then_some(Employment::PartTime)
}

/// The level that a field of levels names; only plain words, a company's own grades (`L5`, `30`) say nothing.
pub(super) fn level(text: &str) -> Option<Level> {
    Some(match words(text).0.trim() {
        "intern" | "internship" => Level::Intern,
        "entry" | "entry level" | "junior" | "graduate" | "new grad" | "new graduate" | "early career" => {
            Level::Entry
        }
        "mid" | "mid level" | "intermediate" => Level::Mid,
        "senior" | "senior level" => Level::Senior,
        "staff" | "principal" => Level::Staff,
        "lead" | "team lead" | "tech lead" => Level::Lead,
        "manager" | "management" | "people manager" => Level::Manager,
        "director" | "executive" | "vp" | "vice president" | "head" => Level::Executive,
        _ => return None,
    })
}

/// ISO 639-1 of a language tag (`en`, `en-US`, `pt_BR`).
pub(super) fn language(text: &str) -> Option<String> {
    let code = text.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

/// "Department / Team", or the one that is given.
pub(super) fn department(department: Option<String>, team: Option<String>) -> Option<String> {
    match (department, team) {
        (Some(department), Some(team)) if department != team => Some(format!("{department} / {team}")),
        (department, team) => department.or(team),
    }
}

/// Folded words with one space between and around, so that whole words can be looked for.
struct Words(String);

impl Words {
    fn contains(&self, phrase: &str) -> bool {
        self.0.match_indices(phrase).any(|(at, _)| {
            let before = self.0[..at].ends_with(' ');
            before && self.0[at + phrase.len()..].starts_with(' ')
        })
    }
}

fn words(text: &str) -> Words {
    // `FullTime` is two words, `FULL_TIME` and `ONSITE` are not cut up.
    let mut apart = String::with_capacity(text.len() + 8);
    let mut lower_before = false;
    for c in text.chars() {
        if c.is_uppercase() && lower_before {
            apart.push(' ');
        }
        lower_before = c.is_lowercase();
        apart.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    let folded = fold(&apart);
    let mut words = String::from(" ");
    for word in folded.split_whitespace() {
        words.push_str(word);
        words.push(' ');
    }
    Words(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_modes_in_the_words_of_many_boards() {
        use WorkMode::{Hybrid, Onsite, Remote};
        for (text, mode) in [
            ("Remote", Some(Remote)),
            ("remote/world-wide", Some(Remote)),
            ("ONSITE, REMOTE, HYBRID", Some(Remote)),
            ("Hybrid + International Travel", Some(Hybrid)),
            ("ONSITE (Hybrid)", Some(Hybrid)),
            ("on-site", Some(Onsite)),
            ("OnSite", Some(Onsite)),
            ("At office", Some(Onsite)),
            ("ONSITE (3 days/week in office)", Some(Onsite)),
            ("unspecified", None),
            ("Not remote", None),
            ("remotely", None),
            ("", None),
        ] {
            assert_eq!(work_mode(text), mode, "{text}");
        }
        assert!(is_only_work_mode("Hybrid") && is_only_work_mode("On-site / Remote"));
        assert!(!is_only_work_mode("Remote - US") && !is_only_work_mode("Berlin") && !is_only_work_mode(""));
    }

    #[test]
    fn employments_in_the_words_of_many_boards() {
        for (text, employment_type) in [
            ("FullTime", Some(Employment::FullTime)),
            ("FULL_TIME", Some(Employment::FullTime)),
            ("Regular Full Time (Salary)", Some(Employment::FullTime)),
            ("Full-time contractor", Some(Employment::Contract)),
            ("Intern", Some(Employment::Internship)),
            ("International", None),
            ("PartTime", Some(Employment::PartTime)),
            ("Temporary", Some(Employment::Temporary)),
            ("Permanent", None),
        ] {
            assert_eq!(employment(text), employment_type, "{text}");
        }
    }

    #[test]
    fn grades_of_a_company_are_no_levels() {
        assert_eq!(level("Mid-Level"), Some(Level::Mid));
        assert_eq!(level("Senior"), Some(Level::Senior));
        assert_eq!(level("30"), None);
        assert_eq!(level("Senior or Staff"), None);
    }

    #[test]
    fn languages_come_down_to_two_letters() {
        assert_eq!(language("en-US").as_deref(), Some("en"));
        assert_eq!(language("PT_br").as_deref(), Some("pt"));
        assert_eq!(language("English"), None);
    }
}
