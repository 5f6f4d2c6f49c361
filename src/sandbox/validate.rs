//! What Discord refuses in a message: lengths, counts, nesting and unique ids, each named by its path.

mod commands;
mod components;
mod embeds;

use serde_json::Value;

pub(crate) use commands::check as commands;

use super::answer::{Answer, Form, error};
use super::mentions;

const V2: u64 = 1 << 15;

/// Whether a message is of Components V2.
pub(crate) fn is_v2(body: &Value) -> bool {
    body["flags"].as_u64().unwrap_or(0) & V2 != 0
}

/// Discord's refusal of a message, if it has one. `files` are the names of the files that come with it.
pub(crate) fn message(body: &Value, files: &[String]) -> Option<Answer> {
    let mut form = Form::default();
    let v2 = is_v2(body);
    let content = body["content"].as_str().unwrap_or_default();
    form.text(&body["content"], "content", 0, 2000);
    if v2 {
        for (field, name) in
            [("content", "content"), ("embeds", "embeds"), ("sticker_ids", "stickers"), ("poll", "poll")]
        {
            let used = match &body[field] {
                Value::String(text) => !text.is_empty(),
                Value::Array(list) => !list.is_empty(),
                Value::Object(_) => true,
                _ => false,
            };
            if used {
                form.add(
                    field,
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    format!("The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
                );
            }
        }
    }
    components::check(&body["components"], v2, files, &mut form);
    embeds::check(&body["embeds"], &mut form);
    mentions::check(body, &mut form);
    if let Some(nonce) = body["nonce"].as_str()
        && nonce.chars().count() > 25
    {
        form.add("nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    if files.len() > 10 {
        form.add("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    if let Some(bad) = form.answer() {
        return Some(bad);
    }
    let none = |key: &str| body[key].as_array().is_none_or(Vec::is_empty);
    (content.trim().is_empty()
        && none("embeds")
        && none("components")
        && files.is_empty()
        && none("sandbox_attachments"))
    .then(|| error(400, 50006, "Cannot send an empty message"))
}

/// Discord's refusal of a form that is shown as an answer.
pub(crate) fn modal(data: &Value) -> Option<Answer> {
    let mut form = Form::default();
    for (field, most) in [("custom_id", 100), ("title", 45)] {
        if data[field].is_null() {
            form.required(&format!("data.{field}"));
        } else {
            form.text(&data[field], &format!("data.{field}"), 1, most);
        }
    }
    components::modal(&data["components"], &mut form);
    form.answer()
}

/// http and https only, as long as Discord takes.
fn url(form: &mut Form, value: &Value, path: &str, most: usize, schemes: &[&str]) {
    let Some(text) = value.as_str() else { return form.required(path) };
    if !schemes.iter().any(|scheme| text.starts_with(scheme)) {
        let names: Vec<String> = schemes.iter().map(|s| format!("'{}'", s.trim_end_matches("://"))).collect();
        let message = format!("Scheme must be one of ({}).", names.join(", "));
        form.add(path, "URL_TYPE_INVALID_SCHEME", message);
    } else if text.chars().count() > most {
        form.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
    } else if text.chars().any(char::is_whitespace) || text.ends_with("://") {
        form.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    }
}
