//! Embeds: their lengths and counts.

use serde_json::Value;

use super::super::answer::Form;
use super::url;

/// Characters of all embeds of a message together.
const CHARACTERS: usize = 6000;

/// Checks the embeds of a message.
pub(super) fn check(embeds: &Value, form: &mut Form) {
    let list = embeds.as_array().map_or(&[][..], Vec::as_slice);
    if list.len() > 10 {
        form.add("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    let mut characters = 0;
    let mut count =
        |value: &Value| characters += value.as_str().map_or(0, |text| text.trim().chars().count());
    for (n, embed) in list.iter().enumerate() {
        let path = format!("embeds.{n}");
        for (field, most) in [("title", 256), ("description", 4096)] {
            form.text(&embed[field], &format!("{path}.{field}"), 0, most);
            count(&embed[field]);
        }
        form.text(&embed["footer"]["text"], &format!("{path}.footer.text"), 0, 2048);
        form.text(&embed["author"]["name"], &format!("{path}.author.name"), 0, 256);
        count(&embed["footer"]["text"]);
        count(&embed["author"]["name"]);
        if embed["color"].as_u64().is_some_and(|colour| colour > 0x00ff_ffff) {
            form.add(
                &format!("{path}.color"),
                "NUMBER_TYPE_MAX",
                "int value should be less than or equal to 16777215.",
            );
        }
        if !embed["url"].is_null() {
            url(form, &embed["url"], &format!("{path}.url"), 2048, &["http://", "https://"]);
        }
        let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
        if fields.len() > 25 {
            form.add(&format!("{path}.fields"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
        }
        for (m, field) in fields.iter().enumerate() {
            for (name, most) in [("name", 256), ("value", 1024)] {
                let at = format!("{path}.fields.{m}.{name}");
                if field[name].as_str().is_none_or(|text| text.trim().is_empty()) {
                    form.required(&at);
                } else {
                    form.text(&field[name], &at, 1, most);
                }
                count(&field[name]);
            }
        }
    }
    if characters > CHARACTERS {
        form.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
}
