//! Fields of work that only name the people one works with: "work closely with data engineering and DevOps teams".

use super::cues::Cue;
use super::frames::cue_before;
use super::scan::Found;

/// How far before a name one may begin to deal with people, in bytes.
const BEFORE: usize = 90;
/// How far behind it they may be named.
const BEHIND: usize = 60;

/// Whether the field named at `start..end` stands for people that one deals with.
pub(super) fn is_team(text: &str, found: &Found, start: usize, end: usize) -> bool {
    let follows = |cue| {
        cue_before(found, cue, start, BEFORE).is_some_and(|cue| {
            let list = &text[cue.end..start];
            !list.contains(ends_clause) && !list.contains(GAP) && !words(list).any(is_other)
        })
    };
    if follows(Cue::Dealing) {
        return stands_for_people(text, start, end, true);
    }
    follows(Cue::Working) && stands_for_people(text, start, end, false)
}

/// "…, engineering, and planning teams", "data scientists"; where only people may be meant, also "…, and design to ship".
fn stands_for_people(text: &str, start: usize, end: usize, surely: bool) -> bool {
    if text[start..end].split_whitespace().next_back().is_some_and(is_people) {
        return true;
    }
    for word in words(clause_after(&text[end..])) {
        if is_people(word) {
            return true;
        }
        if is_other(word) {
            return surely && word == "to";
        }
    }
    false
}

/// What people of a field are called.
fn is_people(word: &str) -> bool {
    // Written out, not searched for in a list: this stands at the names of all fields.
    matches!(
        word.strip_suffix('s').unwrap_or(word),
        "team"
            | "Team"
            | "department"
            | "Department"
            | "function"
            | "Function"
            | "group"
            | "Group"
            | "colleague"
            | "Colleague"
            | "counterpart"
            | "Counterpart"
            | "stakeholder"
            | "Stakeholder"
            | "leader"
            | "Leader"
            | "manager"
            | "Manager"
            | "partner"
            | "Partner"
            | "peer"
            | "researcher"
            | "Researcher"
            | "scientist"
            | "Scientist"
            | "engineer"
            | "Engineer"
            | "developer"
            | "Developer"
            | "analyst"
            | "Analyst"
            | "designer"
            | "Designer"
            | "professional"
            | "Professional"
            | "specialist"
            | "Specialist"
            | "expert"
            | "Expert"
    )
}

/// Words that no list of fields holds.
fn is_other(word: &str) -> bool {
    matches!(
        word,
        "to" | "for"
            | "in"
            | "of"
            | "a"
            | "an"
            | "is"
            | "are"
            | "that"
            | "who"
            | "by"
            | "on"
            | "from"
            | "you"
            | "we"
            | "using"
            | "with"
    )
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '&')).filter(|word| !word.is_empty())
}

/// Where a line ended before somebody joined the lines.
const GAP: &str = "  ";

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ';' | ':' | '!' | '?' | '\n' | '(' | ')' | '•')
}

fn clause_after(text: &str) -> &str {
    let reach = text.ceil_char_boundary(BEHIND);
    let clause = text[..reach].split(ends_clause).next().unwrap_or_default();
    clause.split(GAP).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::super::patterns::Patterns;
    use super::super::scan;
    use super::*;
    use crate::skills::catalog::Catalog;

    static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(&Catalog::load(None).unwrap()));

    fn is_team_at(text: &str, name: &str) -> bool {
        let start = text.find(name).unwrap();
        is_team(text, &scan::scan(&PATTERNS, text), start, start + name.len())
    }

    #[test]
    fn people_that_one_works_with_are_no_demand() {
        let text = "You will work closely with project management, engineering, and planning teams.";
        assert!(is_team_at(text, "project management"));
        assert!(is_team_at("Collaborate with the Data Engineering and DevOps teams", "DevOps"));
        assert!(is_team_at("alignment across product, data science and design functions", "data science"));
    }

    #[test]
    fn people_need_no_noun_where_one_deals_with_people_only() {
        assert!(is_team_at(
            "Collaborate closely with BAs, Developers, QA, and DevOps to ensure delivery",
            "DevOps"
        ));
        assert!(is_team_at("You will work with engineers, data scientists and vendors", "data scientists"));
        assert!(!is_team_at("Work with data visualization to explain results", "data visualization"));
        assert!(!is_team_at("We look for data scientists", "data scientists"));
    }

    #[test]
    fn teams_that_one_leads_or_works_in_are() {
        assert!(!is_team_at("Experience with agile teams", "agile"));
        assert!(!is_team_at("Lead our data engineering team.", "data engineering"));
        assert!(!is_team_at("Work with DevOps tools to support teams", "DevOps"));
        assert!(!is_team_at("Work with us. DevOps teams", "DevOps"));
        assert!(!is_team_at(
            "Proficiency with Jira and other project management tools for teams",
            "project management"
        ));
    }
}
