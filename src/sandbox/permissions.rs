//! Discord's permissions: bits, and what a member may do in a channel after roles and overwrites.

use serde_json::Value;

use super::state::{State, number};

pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
pub(crate) const MANAGE_CHANNELS: u64 = 1 << 4;
pub(crate) const MANAGE_GUILD: u64 = 1 << 5;
pub(crate) const ADD_REACTIONS: u64 = 1 << 6;
pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
pub(crate) const MANAGE_MESSAGES: u64 = 1 << 13;
pub(crate) const EMBED_LINKS: u64 = 1 << 14;
pub(crate) const ATTACH_FILES: u64 = 1 << 15;
pub(crate) const READ_HISTORY: u64 = 1 << 16;
pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
pub(crate) const MANAGE_WEBHOOKS: u64 = 1 << 29;
pub(crate) const USE_COMMANDS: u64 = 1 << 31;
pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
pub(crate) const CREATE_THREADS: u64 = 1 << 35;
pub(crate) const SEND_IN_THREADS: u64 = 1 << 38;
/// Every bit that Discord has given out.
pub(crate) const ALL: u64 = (1 << 53) - 1;

/// What everybody has in a new server, as far as it matters here.
pub(crate) const EVERYONE: u64 = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_HISTORY
    | USE_COMMANDS
    | CREATE_THREADS
    | SEND_IN_THREADS;

impl State {
    /// What a person or the bot may do in a channel, step by step as Discord documents it.
    pub(crate) fn rights(&self, user: u64, channel: u64) -> u64 {
        let Some(room) = self.channels.get(&channel) else { return 0 };
        if room["type"] == 1 {
            return if user == self.bot || room["recipients"][0]["id"] == user.to_string().as_str() {
                ALL
            } else {
                0
            };
        }
        if user == self.owner() {
            return ALL;
        }
        let thread = matches!(room["type"].as_u64(), Some(10..=12));
        let room = if thread { self.channels.get(&number(&room["parent_id"])).unwrap_or(room) } else { room };
        let roles = self.roles_of(user);
        let base = self.roles.iter().filter(|role| roles.contains(&number(&role["id"])));
        let mut bits = base.fold(0, |bits, role| bits | number(&role["permissions"]));
        if bits & ADMINISTRATOR != 0 {
            return ALL;
        }
        let overwrites: Vec<&Value> =
            room["permission_overwrites"].as_array().into_iter().flatten().collect();
        let of = |id: u64| overwrites.iter().filter(move |o| number(&o["id"]) == id);
        for o in of(self.guild) {
            bits = bits & !number(&o["deny"]) | number(&o["allow"]);
        }
        let (mut allow, mut deny) = (0, 0);
        for role in roles.iter().filter(|role| **role != self.guild) {
            for o in of(*role) {
                allow |= number(&o["allow"]);
                deny |= number(&o["deny"]);
            }
        }
        bits = bits & !deny | allow;
        for o in of(user) {
            bits = bits & !number(&o["deny"]) | number(&o["allow"]);
        }
        if thread {
            // In threads the one right stands for the other.
            bits = bits & !SEND_MESSAGES | if bits & SEND_IN_THREADS != 0 { SEND_MESSAGES } else { 0 };
        }
        if bits & VIEW_CHANNEL == 0 {
            return 0;
        }
        if bits & SEND_MESSAGES == 0 {
            bits &= !(MENTION_EVERYONE | ATTACH_FILES | EMBED_LINKS);
        }
        bits
    }

    /// Whether the bot may post there: the refusal Discord gives, if it may not.
    pub(crate) fn refuse_post(&self, channel: u64) -> Option<super::answer::Answer> {
        let bits = self.rights(self.bot, channel);
        if bits & VIEW_CHANNEL == 0 {
            return Some(super::answer::missing_access());
        }
        (bits & SEND_MESSAGES == 0).then(super::answer::missing_permissions)
    }
}
