//! Fields of work that only name the people one works with: "work closely with data engineering and DevOps teams".

use super::frames::DEALINGS;

/// How far to either side the phrase is looked for, in bytes.
const REACH: usize = 60;

/// Whether the field named at `start..end` stands for people that one deals with.
pub(super) fn is_team(text: &str, start: usize, end: usize) -> bool {
    are_people(clause_after(&text[end..])) && are_dealt_with(clause_before(&text[..start]))
}

/// "…, engineering, and planning teams".
fn are_people(after: &str) -> bool {
    for word in words(after) {
        if is_people(word) {
            return true;
        }
        if is_other(word) {
            return false;
        }
    }
    false
}

/// "work closely with", "across the product, …".
fn are_dealt_with(before: &str) -> bool {
    let mut back = words(before).rev();
    while let Some(word) = back.next() {
        match word {
            "across" | "Across" | "alongside" | "Alongside" | "between" | "Between" => return true,
            "with" | "With" => {
                return back.take(2).map(str::to_lowercase).any(|word| {
                    ["work", "coordinat", "liais", "interfac", "interact", "communicat", "engag", "support"]
                        .iter()
                        .chain(&DEALINGS)
                        .any(|deal| word.starts_with(deal))
                });
            }
            _ if is_other(word) => return false,
            _ => {}
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

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '&')).filter(|word| !word.is_empty())
}

/// Where a line ended before somebody joined the lines.
const GAP: &str = "  ";

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ';' | ':' | '!' | '?' | '\n' | '(' | ')' | '•')
}

fn clause_after(text: &str) -> &str {
    let reach = (REACH.min(text.len())..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let clause = text[..reach].split(ends_clause).next().unwrap_or_default();
    clause.split(GAP).next().unwrap_or_default()
}

fn clause_before(text: &str) -> &str {
    let reach =
        (0..=text.len().saturating_sub(REACH)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let clause = text[reach..].rsplit(ends_clause).next().unwrap_or_default();
    clause.rsplit(GAP).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_team_at(text: &str, name: &str) -> bool {
        let start = text.find(name).unwrap();
        is_team(text, start, start + name.len())
    }

    #[test]
    fn people_that_one_works_with_are_no_demand() {
        let text = "You will work closely with project management, engineering, and planning teams.";
        assert!(is_team_at(text, "project management"));
        assert!(is_team_at("Collaborate with the Data Engineering and DevOps teams", "DevOps"));
        assert!(is_team_at("alignment across product, data science and design functions", "data science"));
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
