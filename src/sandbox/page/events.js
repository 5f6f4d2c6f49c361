// The line to the server: requests with refusals in words, the event stream with reconnection, and what became of each interaction.

import { memory } from "./dom.js";
import { apply, emit, on, replace, state } from "./state.js";

/** A refusal in words that a person can read. */
export class Refusal extends Error {}

/** Posts to the server as the acting person; gives its answer or throws a Refusal. */
export async function post(path, body = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ as: state.as, ...body }),
    });
  } catch {
    throw new Refusal("The sandbox does not answer. Is it still running?");
  }
  const text = await answer.text();
  let json = {};
  try {
    json = text ? JSON.parse(text) : {};
  } catch {
    // Not ours; the status says enough.
  }
  if (answer.ok) return json ?? {};
  throw new Refusal(json?.error ?? `The sandbox refused this (${answer.status}).`);
}

let source = null;
let waiting = null;
let held = null;
let tries = 0;

/** Opens the stream as the acting person and fetches the whole state; again after each loss. */
export function connect() {
  source?.close();
  clearTimeout(waiting);
  const mine = new EventSource(`/page/events?as=${state.as}`);
  source = mine;
  mine.onopen = () => {
    tries = 0;
    refresh(mine);
  };
  mine.onmessage = ({ data }) => {
    if (mine !== source) return;
    const event = JSON.parse(data);
    if (event.type === "reload") refresh(mine);
    else if (held) held.push(event);
    else apply(event);
  };
  mine.onerror = () => {
    if (mine !== source) return;
    mine.close();
    emit("connection", false);
    tries += 1;
    waiting = setTimeout(connect, Math.min(500 * tries, 4000));
  };
}

/** Fetches the state; events that come meanwhile are applied behind it, so that none is lost. */
async function refresh(mine) {
  held = [];
  try {
    const answer = await fetch(`/page/state?as=${state.as}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const whole = await answer.json();
    if (mine !== source) return;
    const after = held;
    held = null;
    replace(whole);
    emit("connection", true);
    after.forEach(apply);
  } catch {
    if (mine !== source) return;
    held = null;
    mine.onerror();
  }
}

/** Acts as another person from now on. */
export function become(key) {
  if (key === state.as) return;
  state.as = key;
  state.ready = false;
  memory.set("as", key);
  connect();
}

// Interactions. An event may overtake the answer that tells its id, so the latest of each are kept.

const KEPT = 60;
const states = new Map();
const followers = new Map();
const choices = new Map();

function keep(map, key, value) {
  map.set(key, value);
  if (map.size > KEPT) map.delete(map.keys().next().value);
}

on("interaction", (event) => {
  keep(states, event.id, event);
  followers.get(event.id)?.(event);
  if (event.state === "answered" || event.state === "failed") followers.delete(event.id);
});
on("choices", (event) => {
  keep(choices, event.id, event.choices ?? []);
  emit("completed", event.id);
});
on("connection", (open) => {
  if (open) return;
  for (const [id, f] of followers) f({ id, state: "failed", reason: "The connection was lost before an answer came." });
  followers.clear();
});

/** Posts something that is an interaction, and tells f how it fares: {state, reason}. */
export async function interact(path, body, f) {
  const { interaction_id: id } = await post(path, body);
  if (!id) return null;
  const known = states.get(id);
  if (known && known.state !== "sent") f?.(known);
  if (f && !(known?.state === "answered" || known?.state === "failed")) followers.set(id, f);
  return id;
}

/** The choices that came for a completion, or undefined. */
export const choicesOf = (id) => choices.get(id);
