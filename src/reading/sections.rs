//! Which parts of a text tell about the job: what is said about the company, benefits and equal opportunity does not.

use super::pattern;

/// The text without the sections that tell nothing about the job itself.
pub(super) fn telling(text: &str) -> String {
    let boring = pattern!(
        r"^[\W_]*(about (us|the company|our company|[A-Z][\w.&' -]{1,30})|who we are|our (mission|values|story|culture)|equal (employment )?opportunit|eeo\b|diversity|benefits( (and|&) perks)?|perks( (and|&) benefits)?|what we offer|we offer|why (join|work)|company overview|privacy|accommodation|e-verify|disclaimer)"
    );
    let heading = |line: &str| {
        let line = line.trim();
        line.chars().count() <= 60 && !line.starts_with("- ") && !line.ends_with(['.', ','])
    };
    let mut out = String::with_capacity(text.len());
    let mut skipping = false;
    for line in text.lines() {
        if heading(line) && !line.trim().is_empty() {
            // "About the role" tells of the job; "About Acme" of the company.
            let role = pattern!(r"about (the|this|your) (role|job|position|team|opportunity)|about you\b|responsibilit|requirement|qualification|what you|compensation|salary|location").is_match(line);
            skipping = !role && boring.is_match(line);
        } else if legal(line) {
            // Texts that lost their lines on the way are one long line: only its sentences about the law go.
            if !skipping && line.len() > LONG {
                sentences(line)
                    .filter(|sentence| !legal(sentence))
                    .for_each(|sentence| out.push_str(sentence));
                out.push('\n');
            }
            continue;
        }
        if !skipping {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// A line of more bytes than this is more than one paragraph.
const LONG: usize = 500;

fn legal(text: &str) -> bool {
    pattern!(r"equal (employment )?opportunity employer|without regard to race|regardless of race|reasonable accommodation").is_match(text)
}

/// The sentences of a line, each with the white space behind it.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let end = pattern!(r"[.!?…]\s+").find(rest).map_or(rest.len(), |end| end.end());
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
            super::telling(text).split_whitespace().collect::<Vec<_>>().join(" "),
            "About the role You write Rust. Requirements - 5 years"
        );
    }

    #[test]
    fn of_a_long_line_only_the_sentences_about_the_law_go() {
        let text = format!(
            "{} All are considered without regard to race. Pay: $90,000.",
            "You write Rust. ".repeat(40)
        );
        let told = super::telling(&text);
        assert!(told.contains("Pay: $90,000.") && !told.contains("race"), "{told}");
    }
}
