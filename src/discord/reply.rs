//! What we answer to an interaction, before either door turns it into Discord's JSON.

use std::future::Future;
use std::pin::Pin;

use serde_json::{Value, json};

use super::layout::Message;

/// An answer.
pub enum Reply {
    /// To a ping.
    Pong,
    /// A new message.
    Say(Message),
    /// The message that holds the pressed button becomes this.
    Become(Message),
    /// Names for what is being typed: label and value, at most 25.
    Names(Vec<(String, String)>),
    /// A form: its custom id, title, and fields.
    Form(String, String, Vec<Field>),
    /// "Thinking…" for one person now, and this message later (within 15 minutes).
    Later(Pin<Box<dyn Future<Output = Message> + Send>>),
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the answer.
    pub id: &'static str,
    /// At most 45 characters.
    pub label: &'static str,
    /// What stands in it at first.
    pub value: String,
    /// What it wants, shown while it is empty; at most 100 characters.
    pub hint: &'static str,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Reply {
    /// A sentence for one person.
    #[must_use]
    pub fn note(words: impl Into<String>) -> Self {
        Self::Say(Message::note(words))
    }

    /// The callback's JSON; for [`Reply::Later`] that of the "thinking…".
    #[must_use]
    pub fn callback(&self) -> Value {
        match self {
            Self::Pong => json!({ "type": 1 }),
            Self::Say(message) => json!({ "type": 4, "data": message.body() }),
            Self::Become(message) => json!({ "type": 7, "data": message.body() }),
            Self::Names(names) => {
                let choices: Vec<Value> = names
                    .iter()
                    .take(25)
                    .map(
                        |(label, value)| json!({ "name": super::words::shorten(label, 100), "value": value }),
                    )
                    .collect();
                json!({ "type": 8, "data": { "choices": choices } })
            }
            Self::Form(custom_id, title, fields) => {
                // Legacy rows: through the gateway serenity loses the values of labels.
                let rows: Vec<Value> = fields
                    .iter()
                    .map(|field| {
                        let mut input = json!({ "type": 4, "custom_id": field.id, "style": 1,
                            "label": field.label, "required": field.required, "max_length": 400,
                            "placeholder": field.hint });
                        if !field.value.is_empty() {
                            input["value"] = field.value.clone().into();
                        }
                        json!({ "type": 1, "components": [input] })
                    })
                    .collect();
                json!({ "type": 9, "data": { "custom_id": custom_id, "title": title, "components": rows } })
            }
            Self::Later(_) => Self::thinking(),
        }
    }

    /// "Thinking…" for one person; an edit brings the answer.
    #[must_use]
    pub fn thinking() -> Value {
        json!({ "type": 5, "data": { "flags": 64 } })
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.callback().to_string())
    }
}
