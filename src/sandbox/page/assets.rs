//! The files of the page, compiled in: name, kind, text.

/// Every file that the page asks for.
pub(super) const ASSETS: &[(&str, &str, &str)] =
    &[("index.html", "text/html; charset=utf-8", include_str!("index.html"))];
