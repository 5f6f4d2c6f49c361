//! Addresses: a board's name as part of a path, and links that people may be sent to.

use url::Url;

use super::ReadError;

/// `base` with `board` as its next part and `rest` (path and query) behind.
///
/// # Errors
/// When `board` is no single part of a path.
pub(super) fn board(kind: &'static str, base: &str, board: &str, rest: &str) -> Result<String, ReadError> {
    let wrong = |cause: &str| ReadError::Board { kind, board: board.to_owned(), cause: cause.to_owned() };
    if board.is_empty() || board.len() > 100 {
        return Err(wrong("it must be 1 to 100 characters"));
    }
    if board.starts_with('.') || board.contains(|c: char| c.is_control() || "/\\?#%:@&".contains(c)) {
        return Err(wrong("give only the company's name from the address of its board, such as \"acme\""));
    }
    let mut url = Url::parse(base).map_err(|error| wrong(&error.to_string()))?;
    if let Ok(mut path) = url.path_segments_mut() {
        path.push(board);
    }
    Ok(format!("{url}{rest}"))
}

/// `https://BOARD.DOMAIN` with `rest` (path and query) behind; `board` is one label of a host name.
///
/// # Errors
/// When `board` can't be one.
pub(super) fn host(kind: &'static str, board: &str, domain: &str, rest: &str) -> Result<String, ReadError> {
    let fits = (1..=63).contains(&board.len())
        && board.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !board.starts_with('-')
        && !board.ends_with('-');
    if !fits {
        return Err(ReadError::Board {
            kind,
            board: board.to_owned(),
            cause: format!("give only the part before .{domain}, such as \"acme\""),
        });
    }
    Ok(format!("https://{}.{domain}{rest}", board.to_ascii_lowercase()))
}

/// Checks the board of a source that is one for everybody: `all`.
///
/// # Errors
/// When it is another.
pub(super) fn all(kind: &'static str, board: &str) -> Result<(), ReadError> {
    if board == "all" {
        return Ok(());
    }
    let cause = format!("it is one source for everybody; write {kind}:all");
    Err(ReadError::Board { kind, board: board.to_owned(), cause })
}

/// The number that `url` carries as its parameter `name`.
pub(super) fn parameter(url: &str, name: &str) -> Option<u32> {
    let url = Url::parse(url).ok()?;
    url.query_pairs().find(|(key, _)| key == name)?.1.parse().ok()
}

/// `base` with these parameters, spelled as addresses need it.
pub(super) fn query(base: &str, parameters: &[(&str, &str)]) -> String {
    match Url::parse_with_params(base, parameters) {
        Ok(url) => url.into(),
        Err(_) => base.to_owned(),
    }
}

/// `text` as a link for people: absolute, http or https, with a host and without a password; empty otherwise.
pub(super) fn link(text: &str) -> String {
    match Url::parse(text.trim()) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| !host.is_empty())
                && url.username().is_empty()
                && url.password().is_none() =>
        {
            url.into()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boards_name_becomes_one_part_of_the_path() {
        let made = |name| board("test", "https://a.example/v1/boards", name, "/jobs?x=1");
        assert_eq!(made("acme").unwrap(), "https://a.example/v1/boards/acme/jobs?x=1");
        assert_eq!(made("Two Words").unwrap(), "https://a.example/v1/boards/Two%20Words/jobs?x=1");
        assert_eq!(
            made("monad.foundation").unwrap(),
            "https://a.example/v1/boards/monad.foundation/jobs?x=1"
        );
        for wrong in ["", "..", "a/b", "a?b", "https://jobs.example/acme", "a\nb", "%2e%2e"] {
            assert!(made(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(link(" https://a.example/jobs?id=1 "), "https://a.example/jobs?id=1");
        for wrong in
            ["", "/jobs/1", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://u:p@a.example"]
        {
            assert_eq!(link(wrong), "", "{wrong:?}");
        }
    }
}
