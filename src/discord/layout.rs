//! Messages of Components V2: the parts that we use, how much room they take, and the JSON that Discord wants.

use serde_json::{Value, json};

use crate::domain::ids::RoleId;

/// Components of one message, nested ones counted.
pub const MOST_COMPONENTS: usize = 40;
/// Characters of all texts of one message together.
pub const MOST_CHARACTERS: usize = 4_000;

const V2: u64 = 1 << 15;
const EPHEMERAL: u64 = 1 << 6;

/// A part of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Markdown, 1 to 4,000 characters.
    Text(String),
    /// Markdown with a button at its right.
    Section(String, Button),
    /// A thin line.
    Line,
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// A menu.
    Select(Select),
    /// The picture of this name among the message's files, and what it shows in words.
    Image(String, String),
    /// A frame around parts, with a stripe of this colour (0xRRGGBB) at its left.
    Frame(Option<u32>, Vec<Part>),
}

/// A button.
#[derive(Debug, Clone, PartialEq)]
pub struct Button {
    /// At most 80 characters.
    pub label: String,
    /// What it does.
    pub action: Action,
    /// How it looks.
    pub style: Style,
    /// Whether it can be pressed.
    pub enabled: bool,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Asks us; at most 100 characters.
    Custom(String),
    /// Opens an address, at most 512 characters.
    Link(String),
}

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The one that leads on.
    Primary = 1,
    /// All others.
    Secondary = 2,
    /// Confirms.
    Success = 3,
    /// Destroys.
    Danger = 4,
}

/// A menu of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// What it does; at most 100 characters.
    pub custom_id: String,
    /// Shown while nothing is chosen; at most 150 characters.
    pub placeholder: String,
    /// One to 25 entries: label, value, description; each at most 100 characters.
    pub options: Vec<(String, String, String)>,
}

/// A message.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Message {
    /// From top to bottom.
    pub parts: Vec<Part>,
    /// The only role that it may ping.
    pub role: Option<RoleId>,
    /// Seen by one person.
    pub ephemeral: bool,
    /// Files that its parts show.
    pub files: Vec<File>,
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, such as `chart.png`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it shows, for those who do not see it; at most 1,024 characters.
    pub words: String,
}

impl Message {
    /// A message that one person sees.
    #[must_use]
    pub const fn private(parts: Vec<Part>) -> Self {
        Self { parts, role: None, ephemeral: true, files: Vec::new() }
    }

    /// A message that the channel sees.
    #[must_use]
    pub const fn public(parts: Vec<Part>) -> Self {
        Self { parts, role: None, ephemeral: false, files: Vec::new() }
    }

    /// Plain words for one person.
    #[must_use]
    pub fn note(words: impl Into<String>) -> Self {
        Self::private(vec![Part::Text(words.into())])
    }

    /// Whether Discord takes it.
    #[must_use]
    pub fn fits(&self) -> bool {
        let components: usize = self.parts.iter().map(Part::components).sum();
        let characters: usize = self.parts.iter().map(Part::characters).sum();
        components <= MOST_COMPONENTS && characters <= MOST_CHARACTERS
    }

    /// The JSON that Discord wants.
    #[must_use]
    pub fn body(&self) -> Value {
        let roles: Vec<String> = self.role.iter().map(ToString::to_string).collect();
        let mut body = json!({
            "flags": V2 | if self.ephemeral { EPHEMERAL } else { 0 },
            "components": self.parts.iter().map(Part::json).collect::<Vec<_>>(),
            "allowed_mentions": { "parse": [], "roles": roles },
        });
        if !self.files.is_empty() {
            let told = |(id, file): (usize, &File)| json!({ "id": id, "filename": file.name, "description": file.words });
            body["attachments"] = self.files.iter().enumerate().map(told).collect();
        }
        body
    }
}

impl Part {
    /// Words in small, grey type.
    #[must_use]
    pub fn small(words: &str) -> Self {
        Self::Text(format!("-# {words}"))
    }

    fn components(&self) -> usize {
        match self {
            Self::Text(_) | Self::Line | Self::Image(..) => 1,
            Self::Section(..) => 3,
            Self::Buttons(buttons) => 1 + buttons.len(),
            Self::Select(_) => 2,
            Self::Frame(_, parts) => 1 + parts.iter().map(Self::components).sum::<usize>(),
        }
    }

    fn characters(&self) -> usize {
        match self {
            Self::Text(text) | Self::Section(text, _) => text.chars().count(),
            Self::Line | Self::Buttons(_) | Self::Select(_) | Self::Image(..) => 0,
            Self::Frame(_, parts) => parts.iter().map(Self::characters).sum(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => json!({ "type": 10, "content": text }),
            Self::Section(text, button) => json!({
                "type": 9,
                "components": [{ "type": 10, "content": text }],
                "accessory": button.json(),
            }),
            Self::Line => json!({ "type": 14, "divider": true, "spacing": 1 }),
            Self::Image(name, words) => json!({
                "type": 12,
                "items": [{ "media": { "url": format!("attachment://{name}") }, "description": words }],
            }),
            Self::Buttons(buttons) => {
                json!({ "type": 1, "components": buttons.iter().map(Button::json).collect::<Vec<_>>() })
            }
            Self::Select(select) => json!({ "type": 1, "components": [select.json()] }),
            Self::Frame(colour, parts) => {
                let parts: Vec<Value> = parts.iter().map(Self::json).collect();
                match colour {
                    Some(colour) => json!({ "type": 17, "accent_color": colour, "components": parts }),
                    None => json!({ "type": 17, "components": parts }),
                }
            }
        }
    }
}

impl Button {
    /// A button that asks us.
    #[must_use]
    pub fn new(label: impl Into<String>, custom_id: impl Into<String>) -> Self {
        let label = super::words::shorten(&label.into(), 80);
        Self { label, action: Action::Custom(custom_id.into()), style: Style::Secondary, enabled: true }
    }

    /// A button that opens an address.
    #[must_use]
    pub fn link(label: impl Into<String>, url: impl Into<String>) -> Self {
        let label = super::words::shorten(&label.into(), 80);
        Self { label, action: Action::Link(url.into()), style: Style::Secondary, enabled: true }
    }

    /// The same in another style.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The same, able to be pressed or not.
    #[must_use]
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    fn json(&self) -> Value {
        let mut json = match &self.action {
            Action::Custom(id) => {
                json!({ "type": 2, "style": self.style as u8, "label": self.label, "custom_id": id })
            }
            Action::Link(url) => json!({ "type": 2, "style": 5, "label": self.label, "url": url }),
        };
        if !self.enabled {
            json["disabled"] = Value::Bool(true);
        }
        json
    }
}

impl Select {
    fn json(&self) -> Value {
        let options: Vec<Value> = self
            .options
            .iter()
            .take(25)
            .map(|(label, value, description)| {
                let mut option = json!({ "label": super::words::shorten(label, 100), "value": value });
                if !description.is_empty() {
                    option["description"] = super::words::shorten(description, 100).into();
                }
                option
            })
            .collect();
        json!({ "type": 3, "custom_id": self.custom_id, "placeholder": self.placeholder, "options": options })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_components_count() {
        let row = Part::Section("Engineer".into(), Button::new("Details", "1:d:1"));
        let frame = Part::Frame(None, vec![row.clone(); 12]);
        assert_eq!(frame.components(), 37);
        assert!(Message::public(vec![frame.clone(), Part::Line]).fits());
        assert!(!Message::public(vec![frame, Part::Buttons(vec![Button::new("a", "b"); 3])]).fits());
        assert!(!Message::public(vec![Part::Text("x".repeat(4_001))]).fits());
    }

    #[test]
    fn nobody_is_pinged_but_the_chosen_role() {
        assert_eq!(Message::note("Hi").body()["allowed_mentions"], json!({ "parse": [], "roles": [] }));
        let message = Message { role: Some(RoleId(7)), ..Message::public(Vec::new()) };
        assert_eq!(message.body()["allowed_mentions"]["roles"], json!(["7"]));
    }
}
