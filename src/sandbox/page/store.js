// What the page knows of the sandbox, kept true by events, and how it asks for things to be done.

const listeners = new Map();

export const store = {
  me: localStorage.getItem("as") || "ada",
  state: null,
  channel: null,
  /** Newest message that was seen, by channel. */
  seen: new Map(),
  /** Interactions under way: id → what to do when they end. */
  pending: new Map(),
};

/** Calls `then` whenever something of this kind happens; "*" for everything. */
export function on(kind, then) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(then);
}

function tell(kind, event) {
  for (const then of [...(listeners.get(kind) || []), ...(listeners.get("*") || [])]) then(event);
}

/** Asks the sandbox; throws an Error whose message is a sentence for people. */
export async function ask(path, body) {
  let answer;
  try {
    answer = await fetch(`/page/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ as: store.me, ...body }),
    });
  } catch {
    throw new Error("The sandbox can't be reached. Is it still running?");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || `The sandbox answered ${answer.status}.`);
  return told;
}

/** Sends an interaction and calls `ended(reason)` once it is answered (null) or has failed (a sentence). */
export async function interact(path, body, ended) {
  const { interaction_id: id } = await ask(path, body);
  if (early.has(id)) {
    ended?.(early.get(id));
    early.delete(id);
  } else if (ended) store.pending.set(id, ended);
  return id;
}

// Answers may arrive before the request that asked for them has returned.
const early = new Map();

export async function load() {
  const answer = await fetch(`/page/state?as=${store.me}`);
  if (!answer.ok) throw new Error("the state can't be read");
  store.state = await answer.json();
  const known = store.state.channels.some((channel) => channel.id === store.channel);
  if (!known) store.channel = store.state.channels.find((channel) => channel.name === "welcome")?.id;
  for (const [channel, messages] of Object.entries(store.state.messages)) {
    if (!store.seen.has(channel)) store.seen.set(channel, messages.at(-1)?.id || "0");
  }
  tell("load", {});
}

let source;

/** Follows the events; on a broken connection the state is fetched anew once it is back. */
export function follow() {
  source?.close();
  source = new EventSource(`/page/events?as=${store.me}`);
  let lost = false;
  source.onopen = () => {
    if (lost) load().catch(() => {});
    lost = false;
    tell("connection", { up: true });
  };
  source.onerror = () => {
    lost = true;
    tell("connection", { up: false });
    // A browser gives up after some answers; then it is ours to try again.
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 2000);
  };
  source.onmessage = (event) => take(JSON.parse(event.data));
}

export async function become(key) {
  store.me = key;
  localStorage.setItem("as", key);
  await load();
  follow();
}

let reloading;

function take(event) {
  const { state } = store;
  switch (event.type) {
    case "message": {
      const list = (state.messages[event.message.channel_id] ||= []);
      const at = list.findIndex((message) => message.id === event.message.id);
      event.known = at >= 0;
      if (at >= 0) list[at] = event.message;
      else list.push(event.message);
      break;
    }
    case "message_delete": {
      const list = state.messages[event.channel_id] || [];
      state.messages[event.channel_id] = list.filter((message) => message.id !== event.id);
      break;
    }
    case "channel_delete":
      state.channels = state.channels.filter((channel) => channel.id !== event.id);
      if (store.channel === event.id) store.channel = state.channels[0]?.id;
      break;
    case "commands": state.commands = event.commands; break;
    case "board": state.board = event.board; break;
    case "faults": state.faults = event.faults; break;
    case "bot": state.bot.online = event.online; break;
    case "request":
      state.requests.push(event.request);
      if (state.requests.length > 300) state.requests.splice(0, 100);
      break;
    case "interaction":
      if (["answered", "failed"].includes(event.state)) {
        const ended = store.pending.get(event.id);
        store.pending.delete(event.id);
        if (ended) ended(event.state === "failed" ? event.reason : null);
        else early.set(event.id, event.state === "failed" ? event.reason : null);
      }
      break;
    case "reload":
      clearTimeout(reloading);
      reloading = setTimeout(() => load().catch(() => {}), 50);
      return;
  }
  tell(event.type, event);
}

export const channel = (id = store.channel) => store.state?.channels.find((one) => one.id === id);
export const byId = (list, id) => list.find((one) => one.id === id);
/** Ids are numbers too large for JavaScript's own. */
export const newer = (a, b) => a.length !== b.length ? a.length > b.length : a > b;

export function open(id) {
  store.channel = id;
  tell("open", { id });
}
