//! What stands just before and just behind a place in a text.

/// The last `most` bytes of a text, from a whole character on.
pub(super) fn tail(text: &str, most: usize) -> &str {
    let mut at = text.len().saturating_sub(most);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

/// The first `most` bytes of a text, up to a whole character.
pub(super) fn head(text: &str, most: usize) -> &str {
    let mut at = text.len().min(most);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}
