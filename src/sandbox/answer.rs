//! Answers of the API: a status with its JSON, errors with Discord's codes, and forms whose wrong fields are all named.

use serde_json::{Map, Value, json};

/// HTTP status and body; `null` stands for no body.
pub(crate) type Answer = (u16, Value);

/// An error with Discord's own code.
pub(crate) fn error(status: u16, code: u64, message: &str) -> Answer {
    (status, json!({ "message": message, "code": code }))
}

pub(crate) fn unknown_channel() -> Answer {
    error(404, 10003, "Unknown Channel")
}

pub(crate) fn unknown_message() -> Answer {
    error(404, 10008, "Unknown Message")
}

pub(crate) fn missing_access() -> Answer {
    error(403, 50001, "Missing Access")
}

pub(crate) fn missing_permissions() -> Answer {
    error(403, 50013, "Missing Permissions")
}

/// What is wrong with a body: a tree that mirrors it, arrays by index, with `_errors` at the leaves.
#[derive(Debug, Default)]
pub(crate) struct Form {
    errors: Map<String, Value>,
}

impl Form {
    /// Adds a problem of the field at `path` (`components.0.label`; empty for the body itself).
    pub(crate) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut level = &mut self.errors;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            let next = level.entry(key).or_insert_with(|| json!({}));
            level = match next {
                Value::Object(map) => map,
                _ => return,
            };
        }
        let list = level.entry("_errors").or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(json!({ "code": code, "message": message.into() }));
        }
    }

    /// A required field that is not there.
    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// A text of `least` to `most` characters at `path`, if it is there; `false` when it is missing or wrong.
    pub(crate) fn text(&mut self, value: &Value, path: &str, least: usize, most: usize) -> bool {
        let Some(text) = value.as_str() else {
            if !value.is_null() {
                self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            }
            return false;
        };
        let length = text.chars().count();
        if (least..=most).contains(&length) {
            return true;
        }
        if length > most && least <= 1 {
            self.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
        } else {
            self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length."));
        }
        false
    }

    /// 50035 when there is a problem.
    pub(crate) fn answer(self) -> Option<Answer> {
        let errors = self.errors;
        (!errors.is_empty())
            .then(|| (400, json!({ "message": "Invalid Form Body", "code": 50035, "errors": errors })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_stands_at_its_path() {
        let mut form = Form::default();
        form.text(&json!("x".repeat(81)), "components.0.label", 1, 80);
        form.required("components.0.style");
        let (status, body) = form.answer().unwrap();
        assert_eq!((status, body["code"].as_u64()), (400, Some(50035)));
        let part = &body["errors"]["components"]["0"];
        assert_eq!(part["label"]["_errors"][0]["message"], "Must be 80 or fewer in length.");
        assert_eq!(part["style"]["_errors"][0]["code"], "BASE_TYPE_REQUIRED");
        assert!(Form::default().answer().is_none());
    }
}
