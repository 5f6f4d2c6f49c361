//! Words of a text in the one form in which filters, the index and the names compare them.

use unicode_normalization::UnicodeNormalization;

/// `text` in lower case and without accents ("São Paulo" → "sao paulo").
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}
