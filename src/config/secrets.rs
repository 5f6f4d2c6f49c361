//! What must never be printed: the bot's token, the database's address and keys of job boards, from the environment or from files.

use std::collections::BTreeMap;

use secrecy::SecretString;

use super::{Environment, Problem};

/// Secrets; their `Debug` form hides them.
#[derive(Debug, Clone, Default)]
pub struct Secrets {
    /// `DISCORD_TOKEN`.
    pub discord_token: Option<SecretString>,
    /// `DATABASE_URL`; SQLite in the data folder when it is not set.
    pub database_url: Option<SecretString>,
    /// What boards want to see, by variable, as far as it is set: [`BOARD_KEYS`].
    pub boards: BTreeMap<String, SecretString>,
}

/// The variables of job boards that want a key.
pub const BOARD_KEYS: [&str; 4] = ["USAJOBS_EMAIL", "USAJOBS_KEY", "ADZUNA_APP_ID", "ADZUNA_APP_KEY"];

impl Secrets {
    /// Reads each from its variable, or from the file that the variable with `_FILE` names.
    pub(super) fn read(environment: &Environment, problems: &mut Vec<Problem>) -> Self {
        let token =
            one("DISCORD_TOKEN", environment, problems).map(|t| t.trim_start_matches("Bot ").to_owned());
        let database = one("DATABASE_URL", environment, problems);
        if let Some(url) = &database
            && !["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| url.starts_with(scheme))
        {
            problems
                .push(Problem::new("DATABASE_URL", "must start with postgres:// (or sqlite: and a path)"));
        }
        if let Some(token) = &token
            && (token.is_empty() || token.chars().any(char::is_whitespace) || !token.is_ascii())
        {
            problems.push(Problem::new("DISCORD_TOKEN", "is no bot token: it has spaces or unusual characters; copy it anew from the developer portal"));
        }
        let boards = BOARD_KEYS
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), one(name, environment, problems)?.into())))
            .collect();
        Self { discord_token: token.map(Into::into), database_url: database.map(Into::into), boards }
    }
}

fn one(name: &str, environment: &Environment, problems: &mut Vec<Problem>) -> Option<String> {
    let file_variable = format!("{name}_FILE");
    match (environment.get(name).filter(|v| !v.trim().is_empty()), environment.get(&file_variable)) {
        (Some(_), Some(_)) => {
            problems
                .push(Problem::new(name, format!("is set, and {file_variable} too; set only one of them")));
            None
        }
        (Some(value), None) => Some(value.trim().to_owned()),
        (None, Some(file)) => match std::fs::read_to_string(file) {
            Ok(text) => Some(text.trim().to_owned()),
            Err(error) => {
                problems.push(Problem::new(file_variable, format!("{file} can't be read: {error}")));
                None
            }
        },
        (None, None) => None,
    }
}
