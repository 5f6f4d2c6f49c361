//! One skill page `<id>.md`: TOML front matter between `+++` lines, then the fixed sections.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Explainer;

/// The sections in the order in which a page has them.
pub(super) const SECTIONS: [&str; 11] = [
    "Summary",
    "What it is",
    "Why it matters at work",
    "Key sub-skills",
    "How to learn it",
    "Interview questions",
    "Common tools",
    "Pitfalls",
    "Misconceptions",
    "In job ads",
    "Tips",
];

/// The front matter. Lists that a page leaves out are `None`: the table's stay in force.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Front {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) area: String,
    pub(super) tier: u8,
    #[serde(default)]
    pub(super) status: Status,
    #[serde(default)]
    pub(super) former_ids: Vec<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) covers: Vec<String>,
    pub(super) parents: Option<Vec<String>>,
    pub(super) prerequisites: Option<Vec<String>>,
    pub(super) related: Option<Vec<String>>,
    #[serde(default)]
    pub(super) tools: Vec<String>,
    #[serde(default, rename = "rule")]
    pub(super) rules: Vec<PageRule>,
    #[serde(default)]
    pub(super) links: BTreeMap<String, String>,
}

/// How alive a skill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// In use.
    #[default]
    Active,
    /// Kept running, seldom begun anew.
    Legacy,
    /// Young.
    Emerging,
}

/// What one name needs before it counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageRule {
    pub(super) form: String,
    #[serde(default)]
    pub(super) case: Case,
    #[serde(default)]
    pub(super) need: Need,
    #[serde(default)]
    pub(super) context: Vec<String>,
    #[serde(default)]
    pub(super) not: Vec<String>,
}

/// Whether upper and lower case matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Case {
    /// Written just so.
    Exact,
    /// Either way.
    #[default]
    Any,
}

/// Which evidence a name needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Need {
    /// None: the name alone is enough.
    #[default]
    None,
    /// A word of its context nearby, or a list of skills.
    Context,
    /// A list of skills.
    List,
    /// It is never the skill.
    Never,
}

/// A page as it stands in its file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    pub(super) front: Front,
    /// (heading, text without outer blank lines), in file order.
    pub(super) sections: Vec<(String, String)>,
}

/// Reads a page.
///
/// # Errors
/// One sentence that says what is wrong with the front matter and what to do.
pub(super) fn parse(text: &str) -> Result<Page, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (front, body) = text
        .strip_prefix("+++\n")
        .and_then(|rest| {
            rest.split_once("\n+++\n").or_else(|| rest.strip_suffix("\n+++").map(|front| (front, "")))
        })
        .ok_or("the front matter is missing; begin the file with a line `+++`, TOML, and a line `+++`.")?;
    let front: Front = toml::from_str(front).map_err(|error| {
        let line = error.span().map_or(1, |span| 2 + front[..span.start].matches('\n').count());
        format!("line {line}: front matter: {}.", error.message().trim_end_matches('.').replace('\n', "; "))
    })?;
    Ok(Page { front, sections: sections(body) })
}

/// Splits at `## ` headings outside of code blocks.
fn sections(body: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut fenced = false;
    for line in body.lines() {
        fenced ^= line.trim_start().starts_with("```");
        match (line.strip_prefix("## ").filter(|_| !fenced), found.last_mut()) {
            (Some(heading), _) => found.push((heading.trim().to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {
                if !line.trim().is_empty() {
                    // Text before the first heading belongs to no section; the linter names it.
                    found.push((String::new(), format!("{line}\n")));
                }
            }
        }
    }
    for (_, text) in &mut found {
        *text = text.trim().to_owned();
    }
    found
}

/// The entries of a list without their numbers or bullets; an entry may run over several lines. The first entry tells
/// whether the list is numbered or bulleted.
pub(super) fn entries(text: &str) -> Vec<String> {
    let bulleted = text
        .lines()
        .find_map(|line| entry(line, true).or(entry(line, false)).map(|_| line.starts_with("- ")));
    let Some(bulleted) = bulleted else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        match (entry(line, bulleted), found.last_mut()) {
            (Some(start), _) => found.push(start.trim().to_owned()),
            (None, Some(open)) => {
                open.push('\n');
                open.push_str(line);
            }
            (None, None) => {}
        }
    }
    for entry in &mut found {
        entry.truncate(entry.trim_end().len());
    }
    found
}

/// What follows the bullet or the number at the start of a line.
fn entry(line: &str, bulleted: bool) -> Option<&str> {
    if bulleted {
        return line.strip_prefix("- ");
    }
    let (number, rest) = line.split_once(". ")?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(rest)
}

impl Page {
    /// The text of a section; empty when the page lacks it.
    pub(super) fn section(&self, heading: &str) -> &str {
        self.sections.iter().find(|(name, _)| name == heading).map_or("", |(_, text)| text)
    }

    /// The page as readers get it.
    pub(super) fn explainer(&self) -> Explainer {
        Explainer {
            summary: self.section("Summary").to_owned(),
            what: self.section("What it is").to_owned(),
            why: self.section("Why it matters at work").to_owned(),
            parts: entries(self.section("Key sub-skills")),
            tips: entries(self.section("Tips")),
            sections: self
                .sections
                .iter()
                .filter(|(name, text)| !name.is_empty() && name != "Summary" && !text.is_empty())
                .cloned()
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRONT: &str = "id = \"x\"\nname = \"X\"\nkind = \"tool\"\narea = \"devops\"\ntier = 2";

    #[test]
    fn a_page_falls_into_front_matter_sections_and_entries() {
        let page = parse(&format!(
            "+++\n{FRONT}\n+++\n\n## Summary\nOne line.\n\n## Tips\n1. First\n   goes on.\n2. Run\n```\n## not a heading\n```\n"
        ))
        .unwrap();
        let shown = page.explainer();
        assert_eq!(shown.summary, "One line.");
        assert_eq!(shown.tips, ["First\n   goes on.", "Run\n```\n## not a heading\n```"]);
        assert_eq!(shown.sections.keys().collect::<Vec<_>>(), ["Tips"]);
    }

    #[test]
    fn a_list_may_have_numbers_or_bullets() {
        assert_eq!(entries("- **A.** one\n- two\n  more"), ["**A.** one", "two\n  more"]);
        assert_eq!(entries("Lead.\n1. one\n- inner\n2. two"), ["one\n- inner", "two"]);
        assert_eq!(entries("no list"), [""; 0]);
    }

    #[test]
    fn a_typo_in_the_front_matter_is_told_with_its_line() {
        let told = parse(&format!("+++\n{FRONT}\nallias = []\n+++\n")).unwrap_err();
        assert!(told.starts_with("line 7: front matter: unknown field `allias`"), "{told}");
        assert!(parse("# X\n").unwrap_err().contains("begin the file with a line `+++`"));
    }

    #[test]
    fn windows_line_ends_and_a_byte_order_mark_read_the_same() {
        let plain = format!("+++\n{FRONT}\n+++\n## Summary\nS\n");
        assert_eq!(parse(&format!("\u{feff}{}", plain.replace('\n', "\r\n"))), parse(&plain));
    }
}
