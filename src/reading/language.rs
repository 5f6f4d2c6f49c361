//! The language of a text, by its most frequent small words; nothing when they do not decide.

/// ISO 639-1 of the language, for those that postings are written in.
pub(super) fn read(text: &str) -> Option<String> {
    const WORDS: &[(&str, &[&str])] = &[
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
    let mut counts = [0_u32; 9];
    let mut total = 0_u32;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(600) {
        total += 1;
        let word = word.to_lowercase();
        for (count, (_, words)) in counts.iter_mut().zip(WORDS) {
            *count += u32::from(words.contains(&word.as_str()));
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
    fn small_words_decide() {
        let english = "We are looking for you to join our team and work with the people who build the platform for your city, and you will like it.";
        assert_eq!(super::read(english).as_deref(), Some("en"));
        let german = "Wir suchen dich für unser Team in Berlin, und wir freuen uns auf die Arbeit mit dir, denn das ist der Ort, an dem du mit uns wächst.";
        assert_eq!(super::read(german).as_deref(), Some("de"));
        assert_eq!(super::read("Rust, Go, Kafka"), None);
    }
}
