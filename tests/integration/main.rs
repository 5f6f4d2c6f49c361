//! All tests that cross rooms or need a database: one binary, a file a theme.

mod store;
mod support;
