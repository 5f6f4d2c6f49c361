//! The first line of a hiring comment: `Company | Role | Place | REMOTE | Full-time | pay | link`, in any order.

use crate::domain::level::{Employment, WorkMode};
use crate::domain::text::fold;
use crate::feeds::vocabulary;
use crate::reading;

/// What the line says; the company always, the rest where it is plain.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FirstLine {
    pub(super) company: String,
    pub(super) title: Option<String>,
    pub(super) locations: Vec<String>,
    pub(super) work_mode: Option<WorkMode>,
    pub(super) employment: Option<Employment>,
    pub(super) pay: Option<String>,
}

/// What a part of the line is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Means {
    Pay,
    Mode,
    Employment,
    Role,
    Place,
    Nothing,
}

/// A line at dashes of more characters, and a part of one at bars, is prose.
const LONGEST: [usize; 2] = [300, 120];

impl FirstLine {
    /// `None` when the line is not of that form.
    pub(super) fn read(line: &str) -> Option<Self> {
        let parts = parts(line)?;
        let mut meanings: Vec<(&str, Means)> =
            parts.iter().map(|part| (part.as_str(), means(part))).collect();
        let company = name(meanings.remove(company_at(&meanings)?).0)?;
        let mut read = Self { company, ..Self::default() };
        for (part, means) in meanings {
            match means {
                Means::Role => read.title = read.title.or_else(|| Some(part.to_owned())),
                Means::Pay => read.pay = read.pay.or_else(|| Some(part.to_owned())),
                // "REMOTE (EU)", "Berlin or remote": more than a mode, so it also says where.
                Means::Mode if !vocabulary::is_only_work_mode(part) => read.locations.push(part.to_owned()),
                Means::Place => read.locations.push(part.to_owned()),
                Means::Mode | Means::Employment | Means::Nothing => {}
            }
            if means == Means::Mode {
                read.work_mode = read.work_mode.or_else(|| vocabulary::work_mode(part));
            }
            if !matches!(means, Means::Role | Means::Nothing) {
                read.employment = read.employment.or_else(|| vocabulary::employment(part));
            }
        }
        Some(read)
    }
}

/// Which part is the company: the first one, unless that is plainly something else. Some lines begin with the role;
/// then the first part that says nothing of a job is the company.
fn company_at(parts: &[(&str, Means)]) -> Option<usize> {
    let (first, means) = parts.first()?;
    let roles = parts.iter().filter(|(_, means)| *means == Means::Role).count();
    let elsewhere = match means {
        Means::Pay | Means::Employment => true,
        Means::Mode => vocabulary::is_only_work_mode(first),
        Means::Role => roles == 1,
        Means::Place | Means::Nothing => false,
    };
    if elsewhere { parts.iter().position(|(_, means)| *means == Means::Nothing) } else { Some(0) }
}

/// The role that an item of a list names: `- Backend Engineers (Go)`.
pub(super) fn role_of_item(line: &str) -> Option<String> {
    let item = line.strip_prefix(['-', '*', '•', '–', '—', '·'])?.trim();
    let item = item.split(" http").next().unwrap_or(item).trim_end_matches([':', '-', ' ']);
    (item.chars().count() <= 90 && is_role(item)).then(|| item.to_owned())
}

/// The line at its bars, or, where it has none, at its dashes; without links and what is left empty by that.
fn parts(line: &str) -> Option<Vec<String>> {
    let bars = line.contains('|');
    if !bars && line.chars().count() > LONGEST[0] {
        return None;
    }
    ["|", " — ", " – ", " - ", " • ", " · "].into_iter().find_map(|mark| {
        let parts: Vec<String> = line.split(mark).filter_map(without_links).collect();
        // One dash stands in any sentence.
        (parts.len() >= if bars { 2 } else { 3 }).then_some(parts)
    })
}

fn without_links(part: &str) -> Option<String> {
    let is_link = |word: &str| {
        let word = word.trim_start_matches(['(', '<']);
        word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
    };
    let words: Vec<&str> = part.split_whitespace().filter(|word| !is_link(word)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn means(part: &str) -> Means {
    if part.chars().count() > LONGEST[1] {
        Means::Nothing
    } else if is_pay(part) {
        Means::Pay
    } else if is_role(part) {
        Means::Role
    } else if vocabulary::work_mode(part).is_some() {
        Means::Mode
    } else if is_employment(part) {
        Means::Employment
    } else if is_place(part) {
        Means::Place
    } else {
        Means::Nothing
    }
}

/// An amount with a currency, or thousands.
fn is_pay(part: &str) -> bool {
    let digits = part.bytes().any(|byte| byte.is_ascii_digit());
    let thousands = || {
        let bytes = part.as_bytes();
        bytes.windows(2).any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], b'k' | b'K'))
    };
    digits && (part.contains(['$', '€', '£', '¥', '₹']) || thousands())
}

/// Nothing but words for hours and contracts.
fn is_employment(part: &str) -> bool {
    const WORDS: &[&str] = &[
        "full",
        "time",
        "fulltime",
        "part",
        "parttime",
        "contract",
        "contractor",
        "permanent",
        "perm",
        "intern",
        "interns",
        "internship",
        "internships",
        "freelance",
        "temporary",
        "and",
        "or",
        "w2",
    ];
    vocabulary::employment(part).is_some() && words(part).iter().all(|word| WORDS.contains(&word.as_str()))
}

fn is_role(part: &str) -> bool {
    const WORDS: &[&str] = &[
        "administrator",
        "analyst",
        "analysts",
        "architect",
        "architects",
        "backend",
        "cofounder",
        "consultant",
        "consultants",
        "coordinator",
        "cto",
        "designer",
        "designers",
        "dev",
        "developer",
        "developers",
        "devops",
        "devs",
        "director",
        "editor",
        "engineer",
        "engineers",
        "founding",
        "frontend",
        "fullstack",
        "generalist",
        "lead",
        "manager",
        "managers",
        "marketer",
        "positions",
        "programmer",
        "programmers",
        "recruiter",
        "researcher",
        "researchers",
        "role",
        "roles",
        "scientist",
        "scientists",
        "sdet",
        "specialist",
        "sre",
        "swe",
        "tester",
        "vp",
        "writer",
    ];
    let words = words(part);
    words.iter().any(|word| WORDS.contains(&word.as_str()))
        || words.windows(2).any(|two| two == ["head", "of"])
}

fn is_place(part: &str) -> bool {
    let known = |words: &str| reading::place(words).is_some() || reading::area(words).is_some();
    known(part)
        || part
            .split([',', '/', ';', '&', '(', ')', '+'])
            .flat_map(|piece| piece.split(" or "))
            .map(str::trim)
            .any(|piece| !piece.is_empty() && known(piece))
}

fn words(part: &str) -> Vec<String> {
    let folded = fold(part);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The company without what stands behind its name in brackets: `Acme (YC S21)`.
fn name(part: &str) -> Option<String> {
    let name = part.split(['(', '[']).next().unwrap_or(part).trim().trim_end_matches([':', ',', '-']).trim();
    (name.contains(char::is_alphanumeric) && name.chars().count() <= 80).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        let Some(line) = FirstLine::read(line) else { return "none".to_owned() };
        let title = line.title.unwrap_or_default();
        format!("{} / {} / {}", line.company, title, line.locations.join("; "))
    }

    #[test]
    fn parts_are_told_by_what_they_hold_and_not_by_their_order() {
        assert_eq!(
            read("Acme | Staff Engineer | NYC / SF / Remote | Visa | $180k-220k + equity"),
            "Acme / Staff Engineer / NYC / SF / Remote"
        );
        assert_eq!(
            read("Acme|ONSITE|Paris, France|Full-time|Data Scientist"),
            "Acme / Data Scientist / Paris, France"
        );
        assert_eq!(
            read("Senior Go Engineer | Acme Bakery | Remote (US)"),
            "Acme Bakery / Senior Go Engineer / Remote (US)"
        );
        assert_eq!(
            read("Acme Inc. [Series B] — Remote — Backend Engineer"),
            "Acme Inc. / Backend Engineer / "
        );
        assert_eq!(
            read("Family Office (https://a.example) | Lead Engineer | Miami"),
            "Family Office / Lead Engineer / Miami"
        );
        assert_eq!(read("Head of Design | $90k | New York"), "none", "nobody says for whom");
        assert_eq!(read("We are hiring - ask me anything."), "none");
        let long = "a long text ".repeat(40);
        assert_eq!(read(&format!("Acme | Engineer | Remote | {long}")), "Acme / Engineer / ");
        assert_eq!(read(&format!("Acme - Engineer - Remote {long}")), "none");
        assert_eq!(read("| | |"), "none");
        assert_eq!(read("https://a.example | $100k"), "none");
    }

    #[test]
    fn an_item_of_a_list_may_name_the_role() {
        assert_eq!(
            role_of_item("* Android Engineer - https://a.example/1").as_deref(),
            Some("Android Engineer")
        );
        assert_eq!(role_of_item("- Free lunch"), None);
        assert_eq!(role_of_item("We need an engineer"), None);
    }
}
