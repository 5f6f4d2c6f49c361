//! An interaction read from Discord's JSON: who asks, where, and what for; tolerant of fields and values to come.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};

/// One interaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Discord's id of it.
    pub id: String,
    /// What answers it within 15 minutes.
    pub token: String,
    /// The application that it is for.
    pub application: u64,
    /// What is asked.
    pub what: What,
    /// The server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// Where.
    pub channel: Place,
    /// Who.
    pub user: UserId,
    /// The person's permissions there; all in direct messages.
    pub permissions: u64,
}

/// A channel with what is known of the rights in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: ChannelId,
    /// Discord's number for the kind of channel.
    pub kind: u64,
    /// What the bot may do there; `None` when Discord does not say.
    pub ours: Option<u64>,
    /// What the person may do there; `None` when Discord does not say.
    pub theirs: Option<u64>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Discord checks that we are there.
    Ping,
    /// A slash command: its words (`["skill", "explain"]`) and options.
    Command(Vec<String>, Options),
    /// An option of a command is being typed: which one, and what stands in it so far.
    Completion(Vec<String>, Options, String),
    /// A button or menu: its custom id and the values chosen.
    Press(String, Vec<String>),
    /// A form: its custom id and its fields.
    Form(String, BTreeMap<String, String>),
    /// Something that this version does not know.
    Unknown(u64),
}

/// The options of a command, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    values: BTreeMap<String, Value>,
    channels: BTreeMap<String, Place>,
}

impl Options {
    /// A text, trimmed; `None` when it is missing or empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// A whole number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.values.get(name)?.as_i64()
    }

    /// A role.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<RoleId> {
        snowflake(self.values.get(name)?).map(RoleId)
    }

    /// A channel with the rights in it.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<Place> {
        let id = snowflake(self.values.get(name)?)?;
        let unknown = Place { id: ChannelId(id), kind: 0, ours: None, theirs: None };
        Some(self.channels.get(&id.to_string()).copied().unwrap_or(unknown))
    }
}

impl Ask {
    /// Reads an interaction; `None` when it is none.
    #[must_use]
    pub fn read(json: &Value) -> Option<Self> {
        let data = &json["data"];
        let user = [&json["member"]["user"]["id"], &json["user"]["id"]].into_iter().find_map(snowflake);
        let guild = snowflake(&json["guild_id"]).map(GuildId);
        let kind = json["type"].as_u64()?;
        let channel = snowflake(&json["channel_id"]).or_else(|| snowflake(&json["channel"]["id"]));
        let permissions = bits(&json["member"]["permissions"]);
        Some(Self {
            id: json["id"].as_str().unwrap_or_default().to_owned(),
            token: json["token"].as_str().unwrap_or_default().to_owned(),
            application: snowflake(&json["application_id"]).unwrap_or(0),
            what: what(kind, data),
            guild,
            channel: Place {
                id: ChannelId(channel.unwrap_or(0)),
                kind: json["channel"]["type"].as_u64().unwrap_or(0),
                ours: bits(&json["app_permissions"]),
                theirs: permissions,
            },
            user: UserId(user.unwrap_or(0)),
            permissions: if guild.is_some() { permissions.unwrap_or(0) } else { u64::MAX },
        })
    }
}

fn what(kind: u64, data: &Value) -> What {
    let custom_id = || data["custom_id"].as_str().unwrap_or_default().to_owned();
    match kind {
        1 => What::Ping,
        2 | 4 => {
            let mut words = vec![data["name"].as_str().unwrap_or_default().to_owned()];
            let mut level = &data["options"];
            // Subcommands (1) and groups (2) of them are words of the command, not options.
            while let Some(deeper) = level.get(0).filter(|o| matches!(o["type"].as_u64(), Some(1 | 2))) {
                words.push(deeper["name"].as_str().unwrap_or_default().to_owned());
                level = &deeper["options"];
            }
            let mut options = Options::default();
            let mut focused = String::new();
            for option in level.as_array().into_iter().flatten() {
                let name = option["name"].as_str().unwrap_or_default().to_owned();
                if option["focused"].as_bool() == Some(true) {
                    focused.clone_from(&name);
                }
                options.values.insert(name, option["value"].clone());
            }
            for (id, channel) in data["resolved"]["channels"].as_object().into_iter().flatten() {
                if let Ok(number) = id.parse() {
                    let place = Place {
                        id: ChannelId(number),
                        kind: channel["type"].as_u64().unwrap_or(0),
                        ours: bits(&channel["app_permissions"]),
                        theirs: bits(&channel["permissions"]),
                    };
                    options.channels.insert(id.clone(), place);
                }
            }
            if kind == 2 { What::Command(words, options) } else { What::Completion(words, options, focused) }
        }
        3 => {
            let values = data["values"].as_array().into_iter().flatten();
            What::Press(custom_id(), values.filter_map(Value::as_str).map(str::to_owned).collect())
        }
        5 => {
            let mut fields = BTreeMap::new();
            inputs(&data["components"], &mut fields);
            What::Form(custom_id(), fields)
        }
        other => What::Unknown(other),
    }
}

/// The fields of a form, in legacy rows or in labels.
fn inputs(components: &Value, fields: &mut BTreeMap<String, String>) {
    for part in components.as_array().into_iter().flatten() {
        let inner = [&part["component"], part];
        for input in inner {
            if let (Some(id), Some(value)) = (input["custom_id"].as_str(), input["value"].as_str()) {
                fields.insert(id.to_owned(), value.to_owned());
            }
        }
        inputs(&part["components"], fields);
    }
}

/// An id as text or number.
fn snowflake(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn bits(value: &Value) -> Option<u64> {
    snowflake(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_subcommand_with_a_channel_is_read() {
        let ask = Ask::read(&json!({
            "id": "1", "application_id": "9", "type": 2, "token": "t", "guild_id": "5", "channel_id": "6",
            "app_permissions": "3072", "member": {"user": {"id": "7"}, "permissions": "32"},
            "data": {
                "name": "tips", "resolved": {"channels": {"8": {"type": 5, "app_permissions": "1024"}}},
                "options": [{"type": 1, "name": "subscribe", "options": [
                    {"type": 7, "name": "channel", "value": "8"}, {"type": 3, "name": "area", "value": " rust "}]}]
            }
        }))
        .unwrap();
        let What::Command(words, options) = &ask.what else { panic!("{ask:?}") };
        assert_eq!(words, &["tips", "subscribe"]);
        assert_eq!(options.text("area"), Some("rust"));
        assert_eq!(options.channel("channel").map(|place| (place.kind, place.ours)), Some((5, Some(1024))));
        assert_eq!((ask.user, ask.permissions, ask.channel.ours), (UserId(7), 32, Some(3072)));
    }

    #[test]
    fn a_form_is_read_from_rows_and_from_labels() {
        let form = json!({"type": 5, "data": {"custom_id": "f", "components": [
            {"type": 1, "components": [{"type": 4, "custom_id": "a", "value": "1"}]},
            {"type": 18, "component": {"type": 4, "custom_id": "b", "value": "2"}}]}});
        let What::Form(id, fields) = Ask::read(&form).unwrap().what else { panic!("no form") };
        assert_eq!((id.as_str(), fields["a"].as_str(), fields["b"].as_str()), ("f", "1", "2"));
    }

    #[test]
    fn what_is_not_an_interaction_is_nothing() {
        assert_eq!(Ask::read(&json!([])), None);
        assert_eq!(Ask::read(&json!({"type": 99})).unwrap().what, What::Unknown(99));
    }
}
