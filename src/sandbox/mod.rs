//! A local Discord with a web page: REST, gateway and people, so that the bot runs with nothing to sign up for; it imports nothing of ours.
