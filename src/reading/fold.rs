//! Which postings are one job, in other places, on other boards or posted again: equal keys and texts that are alike.
//! Precision first: a job shown twice is a nuisance, two shown as one hide the second.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use super::{gazetteer, pattern};
use crate::domain::posting::Posting;
use crate::domain::text::fold;

/// Company and title, normalised, without the place. A posting whose company is not known folds with nothing.
pub(super) fn key(posting: &Posting) -> String {
    match company(&posting.company).as_str() {
        "" => format!("|{}|{}|{}", title(posting), posting.url, posting.key),
        company => format!("{company}|{}", title(posting)),
    }
}

/// Texts shorter than this, in characters, do not tell jobs of one company and title apart.
const SHORT: usize = 400;

/// Runs of so many words are compared.
const RUN: usize = 4;

/// The share of the shorter text's runs that the other has as well, from which on both are of one job.
const SHARE: f64 = 0.6;

/// Whether the texts of two postings of one company and title are of one job. Boards cut texts and add a paragraph for
/// each city, so the shorter one counts; a short one says nothing against it.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    if one == other || one.len() < SHORT || other.len() < SHORT {
        return true;
    }
    let (one, other) = (runs(one), runs(other));
    let shared = one.intersection(&other).count();
    #[expect(clippy::cast_precision_loss, reason = "a text has fewer words than a float has steps")]
    let share = shared as f64 / one.len().min(other.len()).max(1) as f64;
    share >= SHARE
}

/// The runs of words at the beginning of a text, as hashes.
fn runs(text: &str) -> HashSet<u64> {
    let hash = |word: &str| {
        let mut hasher = DefaultHasher::new();
        word.bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
        hasher.finish()
    };
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(1_500)
        .map(hash)
        .collect();
    let run = |run: &[u64]| run.iter().fold(0, |sum: u64, word| sum.rotate_left(17) ^ word);
    words.windows(RUN).map(run).collect()
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
    fn a_posting_of_an_unknown_company_folds_with_nothing() {
        let one = |url: &str| Posting { title: "Engineer".into(), url: url.into(), ..Posting::default() };
        assert_ne!(key(&one("https://a.example/1")), key(&one("https://a.example/2")));
    }

    #[test]
    fn texts_of_one_job_are_alike_and_those_of_two_teams_are_not() {
        let intro = "Riverglyph moves freight papers across borders for nine hundred customs offices, and pays fair wages. ";
        let payments = "You will own the ledger of the payments team and reconcile the accounts of forty banks every night in Rust, with exact arithmetic, audits and a calm on-call rota. ".repeat(4);
        let search = "You will rank documents for customs officers, measure what they click, and bring the index from twelve hours to five minutes behind the source of truth. ".repeat(4);
        let berlin = format!("{intro}{payments}Our office in Berlin lies at the canal.");
        let paris =
            format!("{intro}{payments}Our office in Paris lies behind the station, with a garden and a cat.");
        assert!(alike(&berlin, &paris));
        assert!(alike(&berlin, &berlin[..berlin.len() / 2]), "an aggregator cut it");
        assert!(!alike(&berlin, &format!("{intro}{search}")));
        assert!(alike(&berlin, "See the company's page."), "a list without texts says nothing");
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
