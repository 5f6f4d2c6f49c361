//! What holds for every posting, however strange: no panic, work in proportion, evidence in the posting's own words.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::skills::catalog::Catalog;

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(&Catalog::load(None).unwrap()));

/// Words and signs that the readers look for, between letters of all scripts.
const PIECES: &str = "(\\PC|\n|\\. |, | - | \\| |\\$|€|k|120|,000|-|–| to |per hour|salary|base|401k|OTE|LPA| years of experience|5\\+|\
    remote|hybrid|onsite|3 days in the office|#LI-Remote|visa|sponsor|no |must be based in |Berlin|US|CA|Washington, |\
    Germany|Senior |Manager|II|full-time|contract|our client is|About us\n|Benefits:\n|without regard to race|<p>|</li>|\
    <script>|&amp;|•|Rust|, Kafka; |Go|é|’|\u{200b}|\u{a0}| ){0,60}";

fn posting(title: &str, place: &str, pay: &str, body: Body) -> Posting {
    Posting {
        title: title.to_owned(),
        company: place.to_owned(),
        locations: vec![place.to_owned(), title.to_owned()],
        pay_text: Some(pay.to_owned()),
        body,
        ..Posting::default()
    }
}

proptest! {
    #[test]
    fn no_posting_panics_and_its_evidence_is_its_own_words(
        title in PIECES, place in PIECES, pay in PIECES, text in PIECES, html in any::<bool>(),
    ) {
        let body = if html { Body::Html(text.clone()) } else { Body::Text(text) };
        let posting = posting(&title, &place, &pay, body);
        let reading = read(&posting, &TAGGER);
        let source = format!("{title} {place} {pay} {}", reading.description);
        let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
        let source: String = source.chars().filter(|c| !hidden(*c)).collect();
        for (fact, words) in &reading.facts.evidence {
            for word in words.split_whitespace() {
                // What was joined from several places has a comma or semicolon of ours.
                let word: String = word.chars().filter(|c| !hidden(*c)).collect();
                let word = word.trim_end_matches([',', ';']);
                prop_assert!(source.contains(word), "{fact}: {word:?} of {words:?} is not in {source:?}");
            }
        }
        if let Some(pay) = &reading.facts.pay {
            prop_assert!(pay.min.is_some() || pay.max.is_some());
            prop_assert!(pay.min.zip(pay.max).is_none_or(|(min, max)| min <= max), "{pay:?}");
        }
        prop_assert!(reading.facts.years.is_none_or(|years| (1..=25).contains(&years)));
    }
}

/// A reader that goes back over the text for each find would not come to the end of these.
#[test]
fn texts_made_to_be_slow_are_read_to_the_end() {
    for piece in [
        "a.",
        "<",
        "<a",
        "&",
        "$1 ",
        "1-",
        "$1k-",
        "Go, ",
        "with Go.",
        "\n- ",
        " | ",
        "no ",
        "\u{a0} ",
        "5 years ",
        "é",
        "City: a | ",
        "remote from ",
        "Monday and ",
        "2 days office, ",
        "our office in Paris Berlin ",
        "Paris, Berlin ",
        "Paris (a) ",
        "40% ",
    ] {
        let text = piece.repeat(100_000 / piece.len());
        for body in [Body::Text(text.clone()), Body::Html(text.clone())] {
            let reading = read(&posting("Engineer", &text, "", body), &TAGGER);
            assert!(reading.description.len() <= text.len() + 3);
        }
    }
}
