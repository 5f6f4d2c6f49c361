//! The language of a text, by its most frequent small words; nothing when they do not decide.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Languages in which postings are written, ISO 639-1, with their small words.
const WORDS: [(&str, &[&str]); 9] = [
    ("en", &["the", "and", "you", "with", "our", "for", "are", "will", "your"]),
    ("de", &["und", "die", "der", "wir", "mit", "für", "ist", "sie", "das", "dich", "du"]),
    ("fr", &["les", "des", "vous", "pour", "nous", "une", "est", "dans", "avec", "et"]),
    ("es", &["los", "las", "para", "con", "una", "que", "del", "nuestro", "en", "y"]),
    ("nl", &["het", "een", "van", "voor", "wij", "jij", "met", "zijn", "en", "je"]),
    ("pt", &["para", "com", "uma", "você", "nós", "dos", "das", "em", "são", "e"]),
    ("it", &["per", "con", "una", "che", "del", "della", "nostro", "sono", "di", "e"]),
    ("pl", &["oraz", "się", "jest", "dla", "nie", "na", "do", "w", "i", "z"]),
    ("sv", &["och", "att", "som", "för", "med", "är", "du", "vi", "av", "en"]),
];
/// No small word has more bytes.
const LONGEST: usize = 7;

/// The language of a text.
pub(super) fn read(text: &str) -> Option<String> {
    static KNOWN: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
        for (language, (_, words)) in WORDS.iter().enumerate() {
            words.iter().for_each(|word| known.entry(word).or_default().push(language));
        }
        known
    });
    let mut counts = [0_u32; WORDS.len()];
    let mut total = 0_u32;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(600) {
        total += 1;
        if word.len() <= LONGEST
            && let Some(languages) = KNOWN.get(word.to_lowercase().as_str())
        {
            languages.iter().for_each(|language| counts[*language] += 1);
        }
    }
    let best = counts.iter().enumerate().max_by_key(|(_, count)| **count).map(|(at, _)| at)?;
    let second =
        counts.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max().unwrap_or(0);
    let clear = total >= 20 && counts[best] * 12 >= total && counts[best] > second + second / 2;
    clear.then(|| WORDS[best].0.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_small_word_is_longer() {
        let longest = super::WORDS.iter().flat_map(|(_, words)| *words).map(|word| word.len()).max();
        assert_eq!(longest, Some(super::LONGEST));
    }

    #[test]
    fn small_words_decide() {
        let english = "We are looking for you to join our team and work with the people who build the platform for your city, and you will like it.";
        assert_eq!(super::read(english).as_deref(), Some("en"));
        let german = "Wir suchen dich für unser Team in Berlin, und wir freuen uns auf die Arbeit mit dir, denn das ist der Ort, an dem du mit uns wächst.";
        assert_eq!(super::read(german).as_deref(), Some("de"));
        assert_eq!(super::read("Rust, Go, Kafka"), None);
    }
}
