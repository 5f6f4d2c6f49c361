//! Discord's permission bits that we ask about, and their names in Discord's own words.

/// The right to do everything.
const ADMINISTRATOR: u64 = 1 << 3;
/// "Manage Server".
pub const MANAGE_GUILD: u64 = 1 << 5;
/// "View Channel".
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// "Send Messages".
pub const SEND_MESSAGES: u64 = 1 << 11;
/// "Mention @everyone, @here, and All Roles".
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// "Manage Webhooks".
pub const MANAGE_WEBHOOKS: u64 = 1 << 29;
/// "Send Messages in Threads".
pub const SEND_IN_THREADS: u64 = 1 << 38;

/// What an alert needs in a channel, or in a thread.
#[must_use]
pub const fn to_post(thread: bool) -> u64 {
    VIEW_CHANNEL | if thread { SEND_IN_THREADS } else { SEND_MESSAGES }
}

/// What an invitation of the bot asks for: view, send (in threads too), embed links, attach files.
pub const INVITE: u64 = VIEW_CHANNEL | SEND_MESSAGES | SEND_IN_THREADS | (1 << 14) | (1 << 15);

/// Whether `bits` hold all of `wanted`; an administrator holds everything.
#[must_use]
pub const fn hold(bits: u64, wanted: u64) -> bool {
    bits & ADMINISTRATOR != 0 || bits & wanted == wanted
}

/// Whether somebody with these bits may subscribe channels: Manage Webhooks or Manage Server.
#[must_use]
pub const fn may_subscribe(bits: u64) -> bool {
    hold(bits, MANAGE_WEBHOOKS) || hold(bits, MANAGE_GUILD)
}

/// Whether somebody with these bits may change what the server has: Manage Server.
#[must_use]
pub const fn may_manage(bits: u64) -> bool {
    hold(bits, MANAGE_GUILD)
}

/// The names of the bits of `wanted` that `bits` lack: "View Channel and Send Messages"; `None` when all are there.
#[must_use]
pub fn missing(bits: u64, wanted: u64) -> Option<String> {
    const NAMES: &[(u64, &str)] = &[
        (VIEW_CHANNEL, "View Channel"),
        (SEND_MESSAGES, "Send Messages"),
        (SEND_IN_THREADS, "Send Messages in Threads"),
        (MENTION_EVERYONE, "Mention Everyone"),
    ];
    let names: Vec<&str> = NAMES
        .iter()
        .filter(|(bit, _)| wanted & bit != 0 && !hold(bits, *bit))
        .map(|(_, name)| *name)
        .collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(missing(VIEW_CHANNEL, to_post(false)).as_deref(), Some("Send Messages"));
        assert_eq!(missing(0, to_post(true)).as_deref(), Some("View Channel and Send Messages in Threads"));
        assert_eq!(missing(ADMINISTRATOR, to_post(false)), None);
        assert!(
            may_subscribe(MANAGE_WEBHOOKS) && may_subscribe(MANAGE_GUILD) && !may_subscribe(SEND_MESSAGES)
        );
    }
}
