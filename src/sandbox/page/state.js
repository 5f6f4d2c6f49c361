// What the page knows: the server's state as the acting person sees it, kept true by events, with listeners by topic.

import { memory } from "./dom.js";

export const state = {
  as: memory.get("as") === "lin" ? "lin" : "ada",
  ready: false,
  server: { id: "0", name: "" },
  bot: { id: "0", name: "Crier", online: false },
  me: null,
  people: [],
  roles: [],
  channels: new Map(),
  messages: new Map(),
  commands: [],
  board: { published: 0, left: 0, openings: [] },
  requests: [],
  unknown: [],
  faults: [],
  /** Server's clock minus this browser's, in milliseconds. */
  skew: 0,
  /** The channel that is shown. */
  current: null,
  /** The newest message seen, by channel. */
  seen: {},
};

const MOST_REQUESTS = 200;
const listeners = new Map();

/** Calls f for each topic of the list, split by spaces. */
export function on(topics, f) {
  for (const topic of topics.split(" ")) {
    if (!listeners.has(topic)) listeners.set(topic, []);
    listeners.get(topic).push(f);
  }
}

export function emit(topic, detail) {
  for (const f of listeners.get(topic) ?? []) f(detail);
}

export const now = () => Date.now() + state.skew;

/** Takes a whole state in place of the old one. */
export function replace(whole) {
  const first = !state.ready || state.server.id !== whole.server.id;
  Object.assign(state, {
    server: whole.server,
    bot: whole.bot,
    me: whole.me,
    people: whole.people ?? [],
    roles: whole.roles ?? [],
    commands: whole.commands ?? [],
    board: whole.board ?? state.board,
    requests: whole.requests ?? [],
    unknown: whole.unknown ?? [],
    faults: whole.faults ?? [],
    skew: typeof whole.now === "number" ? whole.now - Date.now() : 0,
  });
  state.channels = new Map((whole.channels ?? []).map((c) => [c.id, c]));
  state.messages = new Map(Object.entries(whole.messages ?? {}).map(([id, list]) => [id, [...list].sort(byId)]));
  if (first) recallSeen();
  if (!state.channels.has(state.current)) state.current = firstChannel();
  state.ready = true;
  emit("whole");
}

const CHANGES = {
  message({ message }) {
    const list = state.messages.get(message.channel_id) ?? [];
    const at = list.findIndex((m) => m.id === message.id);
    const fresh = at < 0;
    if (fresh) list.push(message);
    else list[at] = message;
    list.sort(byId);
    state.messages.set(message.channel_id, list);
    emit("message", { message, fresh });
  },
  message_delete({ channel_id, id }) {
    const list = state.messages.get(channel_id) ?? [];
    state.messages.set(channel_id, list.filter((m) => m.id !== id));
    emit("message_delete", { channel_id, id });
  },
  channel({ channel }) {
    if (channel.can_view === false) return CHANGES.channel_delete({ id: channel.id });
    state.channels.set(channel.id, { ...state.channels.get(channel.id), ...channel });
    emit("channels");
  },
  channel_delete({ id }) {
    state.channels.delete(id);
    if (state.current === id) show(firstChannel());
    emit("channels");
  },
  commands({ commands }) {
    state.commands = commands;
    emit("commands");
  },
  board({ board }) {
    state.board = board;
    emit("board");
  },
  bot({ online }) {
    state.bot = { ...state.bot, online };
    emit("bot");
  },
  request({ request }) {
    state.requests.push(request);
    if (state.requests.length > MOST_REQUESTS) state.requests.shift();
    emit("request", request);
  },
  faults({ faults }) {
    state.faults = faults;
    emit("faults");
  },
};

/** Takes one event of the stream; kinds that only pass through go to their listeners. */
export function apply(event) {
  if (CHANGES[event.type]) CHANGES[event.type](event);
  else emit(event.type, event);
}

/** Shows a channel. */
export function show(id) {
  if (!id || id === state.current) return;
  state.current = id;
  emit("current");
}

export const channel = (id = state.current) => state.channels.get(id);
export const messagesOf = (id = state.current) => state.messages.get(id) ?? [];
export const person = (id) => (id === state.bot.id ? { ...state.bot, bot: true } : state.people.find((p) => p.id === id));
export const role = (id) => state.roles.find((r) => r.id === id);
export const roleName = (r) => `@${(r?.name ?? "unknown role").replace(/^@/, "")}`;
export const isThread = (c) => c && c.type >= 10 && c.type <= 12;

/** Snowflakes are longer than numbers hold exactly: longer is later, then by letters. */
export const later = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
const byId = (a, b) => later(a.id, b.id);

/** Channels of the server in the order shown; threads come with their parent. */
export function rooms() {
  return [...state.channels.values()]
    .filter((c) => !isThread(c) && c.type !== 1 && c.type !== 4)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || later(a.id, b.id));
}
export const threadsOf = (id) =>
  [...state.channels.values()].filter((c) => isThread(c) && c.parent_id === id).sort((a, b) => later(b.id, a.id));
export const direct = () => [...state.channels.values()].find((c) => c.type === 1);

/** Channels of these types (all when none are named), threads behind their parents. */
export function channelsFor(types) {
  const all = rooms().flatMap((c) => [c, ...threadsOf(c.id)]);
  if (direct() && types?.includes(1)) all.push(direct());
  return types?.length ? all.filter((c) => types.includes(c.type)) : all;
}

function firstChannel() {
  const remembered = memory.get("channel");
  const all = rooms();
  return (all.find((c) => c.name === remembered) ?? all.find((c) => c.type === 0) ?? all[0])?.id ?? null;
}

// Unread marks.

const newest = (id) => messagesOf(id).at(-1)?.id ?? "0";

/** Whether something was said in the channel (or in a thread of it, for forums) since it was last shown. */
export function unread(id) {
  if (id === state.current) return false;
  if (channel(id)?.type === 15) return threadsOf(id).some((t) => unread(t.id));
  return later(newest(id), state.seen[id] ?? "0") > 0;
}

/** Everything in the channel has been seen. */
export function markSeen(id = state.current) {
  const last = newest(id);
  if (last === "0" || state.seen[id] === last) return;
  state.seen[id] = last;
  memory.set("seen", { server: state.server.id, as: state.as, seen: state.seen });
  emit("seen");
}

function recallSeen() {
  const kept = memory.get("seen");
  state.seen = kept?.server === state.server.id && kept.as === state.as ? kept.seen : {};
  if (Object.keys(state.seen).length) return;
  // A first look: what is there already is no news.
  for (const id of state.channels.keys()) state.seen[id] = newest(id);
}
