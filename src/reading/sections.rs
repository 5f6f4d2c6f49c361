//! Which parts of a text tell about the job: what is said about the company, benefits and equal opportunity does not.

use super::pattern;
use crate::domain::text::tail;

/// A text, taken apart by what its sections are about.
pub(super) struct Sections {
    /// What tells of the job itself.
    pub(super) job: String,
    /// Benefits and "what we offer": pay, visa and days at home often stand there, all else is not about the job.
    pub(super) offered: String,
    /// The company of itself: nothing about the job, but whom it may employ is often said last.
    pub(super) company: String,
}

/// Takes the text apart; what is about the law is left out.
pub(super) fn read(text: &str) -> Sections {
    let company = pattern!(
        r"^[\W_]*(about (us|the company|our company|[A-Z][\w.&' -]{1,30})|who we are|our (mission|values|story|culture)|equal (employment )?opportunit|eeo\b|diversity|why (join|work)|company overview|privacy|accommodation|e-verify|disclaimer)"
    );
    let offer = pattern!(r"^[\W_]*(benefits|perks|what we offer|we offer|our offer)\b");
    let heading = |line: &str| {
        let line = line.trim();
        line.chars().count() <= 60 && !line.starts_with("- ") && !line.ends_with(['.', ','])
    };
    let mut sections =
        Sections { job: String::with_capacity(text.len()), offered: String::new(), company: String::new() };
    let mut section = Section::Job;
    for line in text.lines() {
        if heading(line) && !line.trim().is_empty() {
            // "About the role" tells of the job; "About Acme" of the company.
            let role = pattern!(r"about (the|this|your) (role|job|position|team|opportunity)|about you\b|responsibilit|requirement|qualification|what you|compensation|salary|location").is_match(line);
            section = match line {
                _ if role => Section::Job,
                _ if offer.is_match(line) => Section::Offered,
                _ if company.is_match(line) => Section::Company,
                _ => Section::Job,
            };
        }
        let out = match section {
            Section::Job => &mut sections.job,
            Section::Offered => &mut sections.offered,
            Section::Company => &mut sections.company,
        };
        if legal(line) {
            // Only its sentences about the law go: others may stand beside them.
            sentences(line).filter(|sentence| !legal(sentence)).for_each(|sentence| out.push_str(sentence));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    sections
}

enum Section {
    Job,
    Offered,
    Company,
}

fn legal(text: &str) -> bool {
    pattern!(r"equal (employment )?opportunity employer|without regard to race|regardless of race|reasonable accommodation").is_match(text)
}

/// The lines, and of long ones the sentences, that hold one of these words.
pub(super) fn telling(prose: &str, words: &regex::Regex) -> String {
    let mut told = String::new();
    let lines = prose.lines().flat_map(|line| {
        let long = line.len() > LONG;
        let whole = (!long).then_some(line);
        whole.into_iter().chain(sentences(if long { line } else { "" }))
    });
    for line in lines.filter(|line| words.is_match(line)) {
        told.push_str(line.trim_end());
        told.push('\n');
    }
    told
}

/// A line of more bytes than this is more than one paragraph.
const LONG: usize = 500;

/// The sentences of a line, each with the white space behind it.
pub(super) fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let short = |end: &regex::Match<'_>| {
            pattern!(r"\b(?:approx|ca|incl|max|min)$").is_match(tail(&rest[..end.start()], 8))
        };
        let end = pattern!(r"[.!?…]\s+")
            .find_iter(rest)
            .find(|end| !short(end))
            .map_or(rest.len(), |end| end.end());
        let (sentence, behind) = rest.split_at(end);
        rest = behind;
        (!sentence.is_empty()).then_some(sentence)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_company_and_the_law_tell_nothing_of_the_job() {
        let text = "About Acme\nWe raised $40M.\n\nAbout the role\nYou write Rust.\n\nBenefits\n- 401k\n\nRequirements\n- 5 years\nWe are an equal opportunity employer.";
        assert_eq!(
            super::read(text).job.split_whitespace().collect::<Vec<_>>().join(" "),
            "About the role You write Rust. Requirements - 5 years"
        );
    }

    #[test]
    fn what_is_offered_is_kept_apart() {
        let sections =
            super::read("You write Rust.\nWhat we offer:\n- €60,000 – €70,000 a year\nRequirements\n- C");
        assert_eq!(sections.job, "You write Rust.\nRequirements\n- C\n");
        assert_eq!(sections.offered, "What we offer:\n- €60,000 – €70,000 a year\n");
    }

    #[test]
    fn of_a_long_line_only_the_sentences_about_the_law_go() {
        let text = format!(
            "{} All are considered without regard to race. Pay: $90,000.",
            "You write Rust. ".repeat(40)
        );
        let told = super::read(&text).job;
        assert!(told.contains("Pay: $90,000.") && !told.contains("race"), "{told}");
    }
}
