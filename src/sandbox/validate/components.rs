//! Components of messages and forms: which may stand where, and what each may hold.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::answer::Form;
use super::url;

/// Components of a message, nested ones counted.
const MOST: usize = 40;
/// Characters of all text displays of a message together.
const CHARACTERS: usize = 4000;

/// What is seen on the way through a message.
#[derive(Default)]
struct Seen {
    count: usize,
    characters: usize,
    custom_ids: BTreeSet<String>,
    ids: BTreeSet<i64>,
}

/// Checks the components of a message.
pub(super) fn check(components: &Value, v2: bool, files: &[String], form: &mut Form) {
    if components.is_null() {
        return;
    }
    let Some(list) = components.as_array() else {
        return form.add("components", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
    };
    let mut seen = Seen::default();
    if !v2 && list.len() > 5 {
        form.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let allowed: &[u64] = if v2 { &[1, 9, 10, 12, 13, 14, 17] } else { &[1] };
    for (n, part) in list.iter().enumerate() {
        one(part, &format!("components.{n}"), allowed, files, &mut seen, form);
    }
    if seen.count > MOST {
        let message = "The maximum number of components in this message has been exceeded (max of 40)";
        form.add("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message);
    }
    if seen.characters > CHARACTERS {
        let message = "The maximum size of all text displays in this message has been exceeded (max of 4000)";
        form.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message);
    }
}

fn one(part: &Value, path: &str, allowed: &[u64], files: &[String], seen: &mut Seen, form: &mut Form) {
    seen.count += 1;
    let Some(kind) = part["type"].as_u64() else { return form.required(&format!("{path}.type")) };
    if !allowed.contains(&kind) {
        let names: Vec<String> = allowed.iter().map(u64::to_string).collect();
        let message = format!("Value of field \"type\" must be one of ({}).", names.join(", "));
        return form.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
    }
    if let Some(id) = part["id"].as_i64()
        && id != 0
        && !seen.ids.insert(id)
    {
        form.add(&format!("{path}.id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
    }
    match kind {
        1 => row(part, path, files, seen, form),
        2 => button(part, path, seen, form),
        3 | 5..=8 => select(part, path, kind, seen, form),
        9 => {
            let inner = part["components"].as_array().map_or(&[][..], Vec::as_slice);
            if !(1..=3).contains(&inner.len()) {
                form.add(
                    &format!("{path}.components"),
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 3 in length.",
                );
            }
            for (n, text) in inner.iter().enumerate() {
                one(text, &format!("{path}.components.{n}"), &[10], files, seen, form);
            }
            match &part["accessory"] {
                Value::Null => form.required(&format!("{path}.accessory")),
                accessory => one(accessory, &format!("{path}.accessory"), &[2, 11], files, seen, form),
            }
        }
        10 => {
            seen.characters += part["content"].as_str().map_or(0, |text| text.chars().count());
            if part["content"].is_null() {
                form.required(&format!("{path}.content"));
            } else {
                form.text(&part["content"], &format!("{path}.content"), 1, CHARACTERS);
            }
        }
        11 => media(part, path, files, form),
        12 => {
            let items = part["items"].as_array().map_or(&[][..], Vec::as_slice);
            if !(1..=10).contains(&items.len()) {
                form.add(
                    &format!("{path}.items"),
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 10 in length.",
                );
            }
            for (n, item) in items.iter().enumerate() {
                media(item, &format!("{path}.items.{n}"), files, form);
            }
        }
        13 => attachment(&part["file"]["url"], &format!("{path}.file.url"), files, form),
        14 if !matches!(part["spacing"], Value::Null) && !matches!(part["spacing"].as_u64(), Some(1 | 2)) => {
            form.add(&format!("{path}.spacing"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
        }
        17 => {
            let inner = part["components"].as_array().map_or(&[][..], Vec::as_slice);
            if inner.is_empty() {
                form.add(
                    &format!("{path}.components"),
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be 1 or more in length.",
                );
            }
            if part["accent_color"].as_u64().is_some_and(|colour| colour > 0x00ff_ffff) {
                let message = "int value should be less than or equal to 16777215.";
                form.add(&format!("{path}.accent_color"), "NUMBER_TYPE_MAX", message);
            }
            for (n, part) in inner.iter().enumerate() {
                one(part, &format!("{path}.components.{n}"), &[1, 9, 10, 12, 13, 14], files, seen, form);
            }
        }
        _ => {}
    }
}

fn row(part: &Value, path: &str, files: &[String], seen: &mut Seen, form: &mut Form) {
    let inner = part["components"].as_array().map_or(&[][..], Vec::as_slice);
    let at = format!("{path}.components");
    if !(1..=5).contains(&inner.len()) {
        form.add(&at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let selects = inner.iter().filter(|part| part["type"] != 2).count();
    if selects > 0 && inner.len() > 1 {
        let message = "The specified component exceeds the maximum width";
        form.add(&at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
    }
    for (n, part) in inner.iter().enumerate() {
        one(part, &format!("{at}.{n}"), &[2, 3, 5, 6, 7, 8], files, seen, form);
    }
}

fn button(part: &Value, path: &str, seen: &mut Seen, form: &mut Form) {
    if part["label"].is_null() && part["emoji"].is_null() && part["style"] != 6 {
        form.add(path, "BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", "A button needs a label or an emoji");
    }
    form.text(&part["label"], &format!("{path}.label"), 0, 80);
    match part["style"].as_u64() {
        Some(1..=4) => {
            if !part["url"].is_null() {
                form.add(
                    &format!("{path}.url"),
                    "BUTTON_COMPONENT_CANNOT_HAVE_URL",
                    "A button of this style cannot have a url",
                );
            }
            custom_id(part, path, seen, form);
        }
        Some(5) => {
            if !part["custom_id"].is_null() {
                form.add(
                    path,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
            url(form, &part["url"], &format!("{path}.url"), 512, &["http://", "https://", "discord://"]);
        }
        Some(6) => {
            if part["sku_id"].is_null() {
                form.required(&format!("{path}.sku_id"));
            }
        }
        Some(_) => form.add(
            &format!("{path}.style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3, 4, 5, 6}.",
        ),
        None => form.required(&format!("{path}.style")),
    }
}

fn custom_id(part: &Value, path: &str, seen: &mut Seen, form: &mut Form) {
    let at = format!("{path}.custom_id");
    if part["custom_id"].is_null() {
        return form.required(&at);
    }
    if form.text(&part["custom_id"], &at, 1, 100)
        && let Some(id) = part["custom_id"].as_str()
        && !seen.custom_ids.insert(id.to_owned())
    {
        form.add(&at, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
}

fn select(part: &Value, path: &str, kind: u64, seen: &mut Seen, form: &mut Form) {
    custom_id(part, path, seen, form);
    form.text(&part["placeholder"], &format!("{path}.placeholder"), 0, 150);
    for (field, least) in [("min_values", 0), ("max_values", 1)] {
        if part[field].as_u64().is_some_and(|n| !(least..=25).contains(&n)) {
            let message = format!("int value should be between {least} and 25.");
            form.add(&format!("{path}.{field}"), "NUMBER_TYPE_RANGE", message);
        }
    }
    if kind != 3 {
        return;
    }
    let options = part["options"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=25).contains(&options.len()) {
        form.add(&format!("{path}.options"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.");
    }
    let mut values = BTreeSet::new();
    for (n, option) in options.iter().enumerate() {
        let at = format!("{path}.options.{n}");
        for field in ["label", "value"] {
            if option[field].is_null() {
                form.required(&format!("{at}.{field}"));
            } else {
                form.text(&option[field], &format!("{at}.{field}"), 1, 100);
            }
        }
        form.text(&option["description"], &format!("{at}.description"), 0, 100);
        if !values.insert(option["value"].as_str().unwrap_or_default()) {
            let message = "The specified option value is already used";
            form.add(&format!("{at}.value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
}

fn media(part: &Value, path: &str, files: &[String], form: &mut Form) {
    let at = format!("{path}.media.url");
    match part["media"]["url"].as_str() {
        Some(text) if text.starts_with("attachment://") => {
            attachment(&part["media"]["url"], &at, files, form)
        }
        _ => url(form, &part["media"]["url"], &at, 2048, &["http://", "https://"]),
    }
    form.text(&part["description"], &format!("{path}.description"), 0, 1024);
}

fn attachment(value: &Value, path: &str, files: &[String], form: &mut Form) {
    match value.as_str().and_then(|text| text.strip_prefix("attachment://")) {
        Some(name) if files.iter().any(|file| file == name) => {}
        Some(_) => {
            let message = "The attachment that is referenced was not found";
            form.add(path, "MEDIA_ITEM_ATTACHMENT_NOT_FOUND", message);
        }
        None => form.add(
            path,
            "UNFURLED_MEDIA_ITEM_ONLY_ATTACHMENTS",
            "Only attachment:// references are allowed",
        ),
    }
}

/// Checks the components of a form: labels, text, and the legacy rows of one input.
pub(super) fn modal(components: &Value, form: &mut Form) {
    let list = components.as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=5).contains(&list.len()) {
        form.add("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let mut seen = Seen::default();
    for (n, part) in list.iter().enumerate() {
        let path = format!("data.components.{n}");
        match part["type"].as_u64() {
            Some(1) => {
                let input = &part["components"][0];
                let at = format!("{path}.components.0");
                if part["components"].as_array().map_or(0, Vec::len) != 1 || input["type"] != 4 {
                    form.add(
                        &format!("{path}.components"),
                        "BASE_TYPE_BAD_LENGTH",
                        "Must hold one text input.",
                    );
                    continue;
                }
                if input["label"].is_null() {
                    form.required(&format!("{at}.label"));
                }
                form.text(&input["label"], &format!("{at}.label"), 1, 45);
                text_input(input, &at, &mut seen, form);
            }
            Some(10) => {}
            Some(18) => {
                form.text(&part["label"], &format!("{path}.label"), 1, 45);
                form.text(&part["description"], &format!("{path}.description"), 0, 100);
                let inner = &part["component"];
                let at = format!("{path}.component");
                match inner["type"].as_u64() {
                    Some(4) if !inner["label"].is_null() => {
                        form.add(
                            &format!("{at}.label"),
                            "BASE_TYPE_UNEXPECTED",
                            "A text input within a label has no label of its own",
                        );
                    }
                    Some(4) => text_input(inner, &at, &mut seen, form),
                    Some(kind @ (3 | 5..=8)) => select(inner, &at, kind, &mut seen, form),
                    Some(19 | 21..=23) => custom_id(inner, &at, &mut seen, form),
                    _ => form.required(&at),
                }
            }
            _ => form.add(
                &format!("{path}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 10, 18).",
            ),
        }
    }
}

fn text_input(input: &Value, path: &str, seen: &mut Seen, form: &mut Form) {
    custom_id(input, path, seen, form);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        form.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2).");
    }
    form.text(&input["value"], &format!("{path}.value"), 0, 4000);
    form.text(&input["placeholder"], &format!("{path}.placeholder"), 0, 100);
}
