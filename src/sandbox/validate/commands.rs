//! Application commands: names, descriptions, options and their nesting, within Discord's limits.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::answer::Form;

/// Characters of one command's names, descriptions and choice values.
const CHARACTERS: usize = 8000;

/// Discord's locales.
const LOCALES: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko", "ar", "he",
];

/// Checks a list of commands; paths start with the command's index, or with nothing when there is one alone.
pub(crate) fn check(commands: &[Value], alone: bool) -> Form {
    let mut form = Form::default();
    let mut names = BTreeSet::new();
    let mut slash = 0;
    for (n, command) in commands.iter().enumerate() {
        let path = if alone { String::new() } else { n.to_string() };
        let kind = command["type"].as_u64().unwrap_or(1);
        slash += usize::from(kind == 1);
        if kind == 1 {
            name(command, &path, &mut form);
            described(command, &path, &mut form);
        } else {
            form.text(&command["name"], &join(&path, "name"), 1, 32);
            if command["description"].as_str().is_some_and(|text| !text.is_empty()) {
                let message = "Context menu commands cannot have description";
                form.add(
                    &join(&path, "description"),
                    "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_EXIST",
                    message,
                );
            }
        }
        if !names.insert((kind, command["name"].as_str().unwrap_or_default())) {
            let message = "Application command names must be unique";
            form.add(&join(&path, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
        let permissions = &command["default_member_permissions"];
        if !permissions.is_null() && permissions.as_str().and_then(|bits| bits.parse::<u64>().ok()).is_none()
        {
            form.add(
                &join(&path, "default_member_permissions"),
                "PERMISSION_INVALID",
                "Permissions are a bit set as a string",
            );
        }
        let contexts = command["contexts"].as_array().into_iter().flatten();
        if contexts.clone().any(|context| !matches!(context.as_u64(), Some(0..=2))) {
            form.add(&join(&path, "contexts"), "BASE_TYPE_CHOICES", "Value must be one of {0, 1, 2}.");
        }
        options(&command["options"], &path, 0, &mut form);
        if characters(command) > CHARACTERS {
            let message = format!("Command exceeds maximum size ({CHARACTERS})");
            form.add(&path, "APPLICATION_COMMAND_TOO_LARGE", message);
        }
    }
    if slash > 100 {
        form.add("", "APPLICATION_COMMANDS_MAX", "At most 100 commands of this type are allowed");
    }
    form
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// Letters, digits, `-`, `_` and `'`; lower case where there is one.
fn name(thing: &Value, path: &str, form: &mut Form) {
    let at = join(path, "name");
    let Some(text) = thing["name"].as_str() else { return form.required(&at) };
    let known = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    let length = text.chars().count();
    if !(1..=32).contains(&length) {
        form.add(&at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.");
    } else if !text.chars().all(known) || text.to_lowercase() != text {
        form.add(&at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn described(thing: &Value, path: &str, form: &mut Form) {
    let at = join(path, "description");
    if thing["description"].is_null() {
        form.required(&at);
    } else {
        form.text(&thing["description"], &at, 1, 100);
    }
    for (field, most) in [("name", 32), ("description", 100)] {
        let all = format!("{field}_localizations");
        for (locale, text) in thing[&all].as_object().into_iter().flatten() {
            let at = join(path, &format!("{all}.{locale}"));
            if !LOCALES.contains(&locale.as_str()) {
                form.add(&at, "BASE_TYPE_CHOICES", "This is no locale of Discord's.");
            }
            form.text(text, &at, 1, most);
        }
    }
}

fn options(list: &Value, path: &str, depth: usize, form: &mut Form) {
    let all = list.as_array().map_or(&[][..], Vec::as_slice);
    let here = join(path, "options");
    if all.len() > 25 {
        form.add(&here, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    let kinds: Vec<u64> = all.iter().map(|option| option["type"].as_u64().unwrap_or(0)).collect();
    let nested = kinds.iter().filter(|kind| matches!(kind, 1 | 2)).count();
    if nested > 0 && nested < kinds.len() {
        let message =
            "Sub-command and sub-command group option types are mutually exclusive to all other types";
        form.add(&here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    let mut names = BTreeSet::new();
    let mut optional = false;
    for (n, option) in all.iter().enumerate() {
        let at = format!("{here}.{n}");
        name(option, &at, form);
        described(option, &at, form);
        if !names.insert(option["name"].as_str().unwrap_or_default()) {
            form.add(&at, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique");
        }
        let required = option["required"] == true;
        if required && optional {
            let message = "Required options must be placed before non-required options";
            form.add(&at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional |= !required;
        match kinds[n] {
            1 if depth <= 1 => options_of_leaf(option, &at, depth, form),
            2 if depth == 0 => options(&option["options"], &at, 1, form),
            1 | 2 => form.add(&join(&at, "type"), "BASE_TYPE_CHOICES", "Sub-commands are nested too deep"),
            3..=11 => choices(option, kinds[n], &at, form),
            _ => form.add(&join(&at, "type"), "BASE_TYPE_CHOICES", "This is no type of an option."),
        }
    }
}

fn options_of_leaf(option: &Value, at: &str, depth: usize, form: &mut Form) {
    let inner = option["options"].as_array().map_or(&[][..], Vec::as_slice);
    if inner.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        form.add(&join(at, "options"), "BASE_TYPE_CHOICES", "Sub-commands are nested too deep");
    } else {
        options(&option["options"], at, depth + 1, form);
    }
}

fn choices(option: &Value, kind: u64, at: &str, form: &mut Form) {
    let list = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if list.len() > 25 {
        form.add(&join(at, "choices"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    if !list.is_empty() && option["autocomplete"] == true {
        let message = "Choices cannot be used together with autocomplete";
        form.add(&join(at, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", message);
    }
    if (!list.is_empty() || option["autocomplete"] == true) && !matches!(kind, 3 | 4 | 10) {
        let message = "Only texts and numbers have choices or autocomplete";
        form.add(at, "APPLICATION_COMMAND_OPTIONS_CHOICES_TYPE", message);
    }
    for (n, choice) in list.iter().enumerate() {
        let at = format!("{at}.choices.{n}");
        form.text(&choice["name"], &format!("{at}.name"), 1, 100);
        if kind == 3 {
            form.text(&choice["value"], &format!("{at}.value"), 1, 100);
        } else if !choice["value"].is_number() {
            form.add(&format!("{at}.value"), "NUMBER_TYPE_COERCE", "Value is not a number.");
        }
    }
}

fn characters(thing: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let own = length(&thing["name"]) + length(&thing["description"]);
    let choices: usize = thing["choices"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|c| length(&c["name"]) + length(&c["value"]))
        .sum();
    let inner: usize = thing["options"].as_array().into_iter().flatten().map(characters).sum();
    own + choices + inner
}
