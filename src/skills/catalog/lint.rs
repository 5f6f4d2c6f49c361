//! Checks the texts of the pages: sections, budgets, tips, and no sentence told twice.

use std::collections::HashMap;

use super::page::{Page, SECTIONS, entries};
use super::{CatalogProblem, spelling};
use crate::domain::text::fold;

/// Sections that also the shortest page has.
const SHORT: [&str; 4] = ["Summary", "What it is", "How to learn it", "Tips"];

/// Most characters of sections taken together, each as (sections, limit).
const BUDGETS: [(&[&str], usize); 9] = [
    (&["Summary"], 200),
    (&["What it is"], 900),
    (&["Why it matters at work"], 750),
    (&["Key sub-skills"], 1500),
    (&["How to learn it"], 2000),
    (&["Interview questions"], 3500),
    (&["Common tools"], 600),
    (&["Pitfalls", "Misconceptions"], 3500),
    (&["In job ads"], 1600),
];

/// How many sub-skills the overview card shows, and how long they may be together.
const FIRST_PARTS: (usize, usize) = (6, 700);
const TIP: usize = 500;
/// From this length on a sentence counts as a text of its own, in characters.
const SENTENCE: usize = 40;

/// All problems in the texts of `pages`, each with its file.
pub(super) fn check(pages: &[(String, Page)]) -> Vec<CatalogProblem> {
    let mut problems = Vec::new();
    for (file, page) in pages {
        let mut tell = |problem: String| problems.push(CatalogProblem { file: file.clone(), problem });
        sections(page, &mut tell);
        budgets(page, &mut tell);
        lists(page, &mut tell);
        for (heading, text) in &page.sections {
            for (wrong, right) in spelling::wrong(text) {
                tell(format!("`## {heading}` has \"{wrong}\"; write \"{right}\"."));
            }
        }
    }
    repeats(pages, &mut problems);
    problems
}

fn sections(page: &Page, tell: &mut impl FnMut(String)) {
    let needed = SECTIONS.iter().filter(|name| page.front.tier < 3 || SHORT.contains(name));
    for name in needed {
        if page.section(name).is_empty() {
            tell(format!("the section `## {name}` is missing or empty; write it."));
        }
    }
    let mut last = 0;
    for (heading, _) in &page.sections {
        match SECTIONS.iter().position(|name| name == heading) {
            None if heading.is_empty() => {
                tell("text stands before the first `## ` heading; move it into a section.".to_owned())
            }
            None => {
                tell(format!("unknown section `## {heading}`; the sections are: {}.", SECTIONS.join(", ")))
            }
            Some(at) if at + 1 == last => {
                tell(format!("the section `## {heading}` stands twice; join them."))
            }
            Some(at) if at < last => {
                tell(format!("`## {heading}` comes too late; it belongs before `## {}`.", SECTIONS[last - 1]))
            }
            Some(at) => last = at + 1,
        }
    }
}

fn budgets(page: &Page, tell: &mut impl FnMut(String)) {
    for (names, limit) in BUDGETS {
        let long: usize = names.iter().map(|name| page.section(name).chars().count()).sum();
        if long > limit {
            tell(format!(
                "{} has {long} of at most {limit} characters; shorten it by {}.",
                names.join(" + "),
                long - limit
            ));
        }
    }
    let (count, limit) = FIRST_PARTS;
    let parts = entries(page.section("Key sub-skills"));
    let long: usize = parts.iter().take(count).map(|part| part.chars().count()).sum();
    if long > limit {
        tell(format!(
            "the first {count} sub-skills have {long} of at most {limit} characters together; shorten them."
        ));
    }
}

fn lists(page: &Page, tell: &mut impl FnMut(String)) {
    let parts = page.section("Key sub-skills");
    if !parts.is_empty() && entries(parts).is_empty() {
        tell("`## Key sub-skills` is no list; begin each entry with `1. `, `2. ` and so on.".to_owned());
    }
    let tips = entries(page.section("Tips"));
    let (least, most) = if page.front.tier < 3 { (6, 8) } else { (2, 8) };
    // A short page that lacks the whole section is told so once, above.
    if (!tips.is_empty() || page.front.tier < 3) && !(least..=most).contains(&tips.len()) {
        tell(format!("{} tips; a page of tier {} has {least} to {most}.", tips.len(), page.front.tier));
    }
    for (tip, number) in tips.iter().zip(1..) {
        let long = tip.chars().count();
        if long > TIP {
            tell(format!("tip {number} has {long} of at most {TIP} characters; shorten it."));
        }
    }
    for (entry, number) in entries(page.section("Interview questions")).iter().zip(1..) {
        if entry.matches("||").count() < 2 {
            tell(format!("interview question {number} has no answer; add one between `||` and `||`."));
        }
    }
    for (heading, text) in &page.sections {
        if text.matches("||").count() % 2 == 1 {
            tell(format!(
                "a spoiler in `## {heading}` opens with `||` and never closes; add the second `||`."
            ));
        }
    }
}

/// Sentences that two files share, each told once at the later file.
fn repeats(pages: &[(String, Page)], problems: &mut Vec<CatalogProblem>) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for (file, page) in pages {
        for (heading, text) in &page.sections {
            for sentence in sentences(text) {
                let seen = *first.entry(sentence.clone()).or_insert(file);
                if seen != file {
                    problems.push(CatalogProblem {
                        file: file.clone(),
                        problem: format!("`## {heading}` repeats a sentence of {seen}: “{sentence}”; say it anew or drop it."),
                    });
                }
            }
        }
    }
}

/// The sentences of at least [`SENTENCE`] characters, reduced to folded words.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    text.split(['.', '!', '?', '\n', ';', '|'])
        .map(|sentence| {
            let folded = fold(sentence);
            folded
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|sentence| sentence.chars().count() >= SENTENCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skills::catalog::page::parse;

    fn page(tier: u8, body: &str) -> Page {
        parse(&format!(
            "+++\nid = \"x\"\nname = \"X\"\nkind = \"tool\"\narea = \"devops\"\ntier = {tier}\n+++\n{body}"
        ))
        .unwrap()
    }

    fn told(pages: &[(String, Page)]) -> Vec<String> {
        check(pages).iter().map(ToString::to_string).collect()
    }

    const SMALL: &str = "## Summary\nS\n## What it is\nW\n## How to learn it\nH\n## Tips\n1. A\n2. B\n";

    #[test]
    fn a_short_page_needs_only_its_short_sections() {
        assert_eq!(told(&[("x.md".into(), page(3, SMALL))]), [""; 0]);
        let told = told(&[("x.md".into(), page(2, SMALL))]);
        assert!(
            told.contains(&"x.md: the section `## Pitfalls` is missing or empty; write it.".to_owned()),
            "{told:?}"
        );
        assert!(told.contains(&"x.md: 2 tips; a page of tier 2 has 6 to 8.".to_owned()), "{told:?}");
    }

    #[test]
    fn wrong_order_unknown_headings_and_budgets_are_all_told_at_once() {
        let body =
            format!("{}## What it is\n{}\n## Fun\nx\n", SMALL.replace("What it is", "Tips"), "ä".repeat(901));
        let told = told(&[("x.md".into(), page(3, &body))]);
        assert!(told.iter().any(|line| line.contains("`## What it is` comes too late")), "{told:?}");
        assert!(told.iter().any(|line| line.contains("unknown section `## Fun`")), "{told:?}");
        assert!(
            told.iter()
                .any(|line| line.contains("What it is has 901 of at most 900 characters; shorten it by 1")),
            "{told:?}"
        );
    }

    #[test]
    fn a_sentence_in_two_files_is_found_whatever_its_marks() {
        let one =
            page(3, &SMALL.replace("W\n", "Short. A majority has to keep **every** promise it ever made.\n"));
        let two = page(3, &SMALL.replace("H\n", "a majority has to keep every promise it ever made!\n"));
        let told = told(&[("a.md".into(), one), ("b.md".into(), two)]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with("b.md: `## How to learn it` repeats a sentence of a.md: “a majority has")
        );
    }

    #[test]
    fn a_question_without_answer_and_an_open_spoiler_are_told() {
        let body = SMALL.replace(
            "## Tips",
            "## Interview questions\n1. **Why?** ||Because.||\n2. **How?** ||Open\n## Tips",
        );
        let told = told(&[("x.md".into(), page(3, &body))]);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("interview question 2 has no answer"));
        assert!(told[1].contains("never closes"));
    }
}
