//! The fold key: two postings with equal keys are the same job in other places or on other boards. Precision first.

use super::{gazetteer, pattern};
use crate::domain::posting::Posting;
use crate::domain::text::fold;

/// Company and title, normalised, without the place.
pub(super) fn key(posting: &Posting) -> String {
    format!("{}|{}", company(&posting.company), title(posting))
}

/// The beginning of a name or title: none is longer, and the cost stays bounded whatever a feed sends.
fn start(text: &str) -> String {
    text.chars().take(400).collect()
}

/// The company without its legal form.
fn company(name: &str) -> String {
    let folded = words(&fold(&start(name)));
    let legal = pattern!(
        r"\b(inc|incorporated|llc|ltd|limited|gmbh|ag|se|sa|sas|sarl|bv|nv|oy|ab|as|aps|plc|pty|pvt|private|corp|corporation|co|kg|ug|spa|srl|sro|kk)$"
    );
    let mut name = folded.as_str();
    while let Some(found) = legal.find(name)
        && found.start() > 0
    {
        name = name[..found.start()].trim();
    }
    name.to_owned()
}

/// The title without gender marks, requisition numbers, and the posting's own places and work modes.
fn title(posting: &Posting) -> String {
    let folded = fold(&start(&posting.title));
    let marks = pattern!(
        r"\((?:all genders?|[mwfdxhn](?:\s*[/|,*-]\s*[mwfdxhn])+)\)|\b[mwf]\s*/\s*[mwf]\s*/\s*[dx]\b|\*in(?:nen)?\b|:in(?:nen)?\b|\b(?:req|jr|job|ref|id)[\s#:.-]*\d{3,}\b|#\s*\d{3,}|\br-?\d{4,}\b"
    );
    let without = marks.replace_all(&folded, " ");
    let mode = pattern!(
        r"\b(?:fully |100% )?(?:remote|hybrid|on-?site|in-office|homeoffice|home office|work from home|wfh)(?: (?:first|only|friendly|possible|ok))?\b"
    );
    let without = mode.replace_all(&without, " ");
    // What stands in brackets or behind a dash goes when it names only places.
    let part = pattern!(r"\(([^()]*)\)|\[([^\[\]]*)\]|(?:\s[-–—|@]\s|,\s)([^-–—|,()\[\]]*)$");
    let mut text = without.into_owned();
    for _ in 0..4 {
        let placed = part.captures_iter(&text).find_map(|found| {
            let inner = (1..=3).find_map(|i| found.get(i))?;
            let key = gazetteer::key(inner.as_str());
            let range = found.get(0)?.range();
            (key.is_empty() || only_places(&key, posting)).then_some(range)
        });
        match placed {
            Some(range) => text.replace_range(range, " "),
            None => break,
        }
    }
    words(&text)
}

/// Whether all of these words name places, or words that stand between them.
fn only_places(key: &str, posting: &Posting) -> bool {
    let own: Vec<String> = posting.locations.iter().map(|place| gazetteer::key(place)).collect();
    let known = |part: &str| {
        gazetteer::is_place(part)
            || own.iter().any(|place| format!(" {place} ").contains(&format!(" {part} ")))
    };
    if known(key) {
        return true;
    }
    let mut parts = key
        .split(' ')
        .filter(|word| !matches!(*word, "and" | "or" | "in" | "the" | "based" | "area" | "time" | "zone"))
        .peekable();
    parts.peek().is_some() && parts.all(|word| word.len() >= 2 && known(word))
}

/// Words with single spaces; `+` and `#` belong to words (`c++`, `c#`).
fn words(text: &str) -> String {
    let cleaned: String =
        text.chars().map(|c| if c.is_alphanumeric() || matches!(c, '+' | '#') { c } else { ' ' }).collect();
    cleaned.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(company: &str, title: &str, location: &str) -> String {
        let (title, company) = (title.to_owned(), company.to_owned());
        key(&Posting { title, company, locations: vec![location.to_owned()], ..Posting::default() })
    }

    #[test]
    fn the_same_job_in_other_cities_is_one() {
        let berlin = of("Riverglyph GmbH", "Rust Engineer (m/w/d) - Berlin", "Berlin");
        assert_eq!(berlin, "riverglyph|rust engineer");
        assert_eq!(berlin, of("Riverglyph", "Rust Engineer (Remote, Munich)", "Munich, Germany"));
        assert_eq!(berlin, of("RIVERGLYPH Inc.", "Rust Engineer, London", "London"));
        assert_eq!(berlin, of("Riverglyph", "Rust Engineer [REQ-20311]", "Paris"));
    }

    #[test]
    fn other_jobs_stay_apart() {
        let keys = [
            "Engineer II",
            "Engineer III",
            "Backend Engineer",
            "Frontend Engineer",
            "C Engineer",
            "C++ Engineer",
            "C# Engineer",
            "Engineer, Payments",
            "Engineer, Search",
        ];
        let made: std::collections::BTreeSet<String> =
            keys.iter().map(|title| of("A", title, "Berlin")).collect();
        assert_eq!(made.len(), keys.len());
        assert_ne!(of("A", "Engineer", ""), of("B", "Engineer", ""));
    }
}
