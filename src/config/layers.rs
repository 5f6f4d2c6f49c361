//! Tables laid over each other: only keys that the defaults have, only values of the defaults' kind.

use std::path::Path;

use toml::{Table, Value};

use super::{DEFAULTS, Environment, Problem};

/// Names the file of settings, and is none itself.
const FILE: &str = "CRIER_CONFIG";
/// Variables that tell the tests how to run; a program started by them finds them in its environment.
const TESTS: &str = "CRIER_TEST_";

/// The table that is compiled in.
pub(super) fn defaults() -> Table {
    DEFAULTS.parse().expect("the defaults compiled in are read by a test")
}

/// Lays a file over `table`.
pub(super) fn add_file(table: &mut Table, file: &Path, problems: &mut Vec<Problem>) {
    let place = file.display().to_string();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            problems.push(Problem::new(place, format!("can't be read: {error}")));
            return;
        }
    };
    match text.parse::<Table>() {
        Ok(over) => lay(table, over, &place, "", problems),
        Err(error) => {
            problems.push(Problem::new(place, format!("is no TOML: {}", error.to_string().trim_end())))
        }
    }
}

fn lay(table: &mut Table, over: Table, place: &str, path: &str, problems: &mut Vec<Problem>) {
    for (key, value) in over {
        let full = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match (table.get_mut(&key), value) {
            (None, value) => {
                let known: Vec<String> = if value.is_table() { sections() } else { paths() };
                let hint = nearest(&full, &known)
                    .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
                let secret = if ["token", "database_url", "url", "password"]
                    .iter()
                    .any(|s| key.to_lowercase().contains(s))
                {
                    " (secrets come from the environment: DISCORD_TOKEN, DATABASE_URL)"
                } else {
                    ""
                };
                problems
                    .push(Problem::new(format!("{place}: {full}"), format!("is no setting{hint}{secret}")));
            }
            (Some(Value::Table(known)), Value::Table(inner)) => lay(known, inner, place, &full, problems),
            (Some(known), value) if known.same_type(&value) => *known = value,
            (Some(known), value) => problems.push(Problem::new(
                format!("{place}: {full}"),
                format!("must be {}, not {}", kind(known), kind(&value)),
            )),
        }
    }
}

/// Lays the variables `CRIER_…` over `table`: `CRIER_DELIVERY_LEASE_SECONDS` is `delivery.lease_seconds`.
pub(super) fn add_environment(table: &mut Table, environment: &Environment, problems: &mut Vec<Problem>) {
    for (name, text) in environment {
        let Some(rest) = name.strip_prefix("CRIER_") else { continue };
        if name == FILE || name.starts_with(TESTS) {
            continue;
        }
        let wanted = rest.replace("__", "_").to_lowercase();
        let known = paths();
        let Some(path) = known.iter().find(|path| path.replace('.', "_") == wanted) else {
            let variables: Vec<String> =
                known.iter().map(|p| format!("CRIER_{}", p.replace('.', "_").to_uppercase())).collect();
            let hint =
                nearest(name, &variables).map_or_else(String::new, |near| format!("; did you mean {near}?"));
            problems.push(Problem::new(name, format!("is no setting{hint}")));
            continue;
        };
        let parts: Vec<&str> = path.split('.').collect();
        let Some(slot) = get_mut(table, &parts) else { continue };
        let value = match slot {
            Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
            Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
            Value::Float(_) => text.trim().parse().ok().map(Value::Float),
            _ => Some(Value::String(text.clone())),
        };
        match value {
            Some(value) => *slot = value,
            None => problems.push(Problem::new(name, format!("must be {}, not \"{text}\"", kind(slot)))),
        }
    }
}

/// The value at a path of keys.
pub(super) fn get<'a>(table: &'a Table, path: &[&str]) -> Option<&'a Value> {
    match path {
        [] => None,
        [last] => table.get(*last),
        [first, rest @ ..] => get(table.get(*first)?.as_table()?, rest),
    }
}

fn get_mut<'a>(table: &'a mut Table, path: &[&str]) -> Option<&'a mut Value> {
    match path {
        [] => None,
        [last] => table.get_mut(*last),
        [first, rest @ ..] => get_mut(table.get_mut(*first)?.as_table_mut()?, rest),
    }
}

/// Every setting's path, joined by dots.
pub(super) fn paths() -> Vec<String> {
    fn walk(table: &Table, path: &str, out: &mut Vec<String>) {
        for (key, value) in table {
            let full = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match value {
                Value::Table(inner) => walk(inner, &full, out),
                _ => out.push(full),
            }
        }
    }
    let mut out = Vec::new();
    walk(&defaults(), "", &mut out);
    out
}

/// The names of the tables.
fn sections() -> Vec<String> {
    defaults().into_iter().filter(|(_, value)| value.is_table()).map(|(key, _)| key).collect()
}

/// The known name that is most like `given`, if any is like it.
pub(super) fn nearest(given: &str, known: &[String]) -> Option<String> {
    known
        .iter()
        .map(|name| (strsim::jaro_winkler(&given.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.88)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name.clone())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text in quotes",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}
