// Commands on their way: shown as lines of one's own until an answer comes, and kept with their reason when none does.

import { emit, state } from "./state.js";

const WAIT = 400;
const lines = new Map();
let numbers = 0;

/** The lines of a channel, as messages that only this page knows. */
export const pendingOf = (channel) => [...lines.values()].filter((m) => m.channel_id === channel);

/** Runs `start(told)` and shows how it fares; throws what it throws, with nothing left to show. */
export async function follow({ channel, words }, start) {
  const id = `local-${++numbers}`;
  const began = Date.now() + state.skew - 60_000;
  const drop = () => {
    clearTimeout(timer);
    if (lines.delete(id)) emit("pending", channel);
  };
  const put = (more) => {
    clearTimeout(timer);
    lines.set(id, {
      id, channel_id: channel, author: { ...state.bot, bot: true }, timestamp: new Date(Date.now() + state.skew).toISOString(),
      interaction: { name: words, user: state.me }, local: drop, ...more,
    });
    emit("pending", channel);
  };
  // A quick answer needs no line of its own.
  const timer = setTimeout(() => put({ content: "-# Sending the command…" }), WAIT);
  const again = () => {
    drop();
    follow({ channel, words }, start).catch((refusal) => put({ failed: refusal.message, again }));
  };
  try {
    await start(({ state: how, reason }) => {
      if (how !== "failed") return drop();
      // The server keeps failures as messages of its own where it can; then this line is not needed.
      setTimeout(() => {
        const kept = (state.messages.get(channel) ?? []).slice(-8).some((m) => m.failed && `/${m.interaction?.name ?? ""}`.replace("//", "/") === words && Date.parse(m.timestamp) > began);
        if (kept) drop();
        else put({ failed: reason || "The application did not respond", again });
      }, 60);
    });
  } catch (refusal) {
    drop();
    throw refusal;
  }
}
