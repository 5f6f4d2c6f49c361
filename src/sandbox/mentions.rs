//! Who is pinged by a message: mentions in its texts, as far as its `allowed_mentions` let them.

use serde_json::{Value, json};

use super::answer::Form;
use super::permissions::MENTION_EVERYONE;
use super::state::{State, number};

/// The users and roles that are pinged, and whether everyone is.
pub(crate) fn of(state: &State, author: u64, channel: u64, body: &Value) -> (Value, Value, bool) {
    let mut texts = String::new();
    gather(body, &mut texts);
    let allowed = &body["allowed_mentions"];
    let parses = |kind: &str| {
        allowed.is_null() || allowed["parse"].as_array().is_some_and(|list| list.iter().any(|k| k == kind))
    };
    let lists = |kind: &str, id: u64| {
        allowed[kind].as_array().is_some_and(|list| list.iter().any(|other| number(other) == id))
    };
    let all = state.rights(author, channel) & MENTION_EVERYONE != 0;
    let users: Vec<Value> = state
        .people
        .iter()
        .filter(|person| texts.contains(&format!("<@{}>", person.id)))
        .filter(|person| parses("users") || lists("users", person.id))
        .map(|person| state.user(person.id))
        .collect();
    let roles: Vec<Value> = state
        .roles
        .iter()
        .filter(|role| texts.contains(&format!("<@&{}>", number(&role["id"]))))
        .filter(|role| parses("roles") || lists("roles", number(&role["id"])))
        .filter(|role| all || role["mentionable"] == true)
        .map(|role| role["id"].clone())
        .collect();
    let everyone = all && parses("everyone") && (texts.contains("@everyone") || texts.contains("@here"));
    (json!(users), json!(roles), everyone)
}

/// The texts of a message that may ping.
fn gather(part: &Value, out: &mut String) {
    out.push_str(part["content"].as_str().unwrap_or_default());
    out.push('\n');
    for inner in part["components"].as_array().into_iter().flatten() {
        gather(inner, out);
    }
}

/// `parse` and a list of the same kind exclude each other; lists hold a hundred ids.
pub(crate) fn check(body: &Value, form: &mut Form) {
    let allowed = &body["allowed_mentions"];
    for kind in ["users", "roles"] {
        let list = allowed[kind].as_array().map_or(0, Vec::len);
        let parsed = allowed["parse"].as_array().is_some_and(|parse| parse.iter().any(|k| k == kind));
        if parsed && list > 0 {
            form.add(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
            );
        }
        if list > 100 {
            form.add(
                &format!("allowed_mentions.{kind}"),
                "BASE_TYPE_MAX_LENGTH",
                "Must be 100 or fewer in length.",
            );
        }
    }
    for (n, kind) in allowed["parse"].as_array().into_iter().flatten().enumerate() {
        if !["users", "roles", "everyone"].iter().any(|known| kind == known) {
            let message = "Value must be one of ('roles', 'users', 'everyone').";
            form.add(&format!("allowed_mentions.parse.{n}"), "BASE_TYPE_CHOICES", message);
        }
    }
}
