// The shown channel's messages: drawn once each and kept in place, with days, the line above what is new, and the scroll position.

import { $, fill, h } from "./dom.js";
import { forumPosts } from "./forum.js";
import { icon } from "./icons.js";
import { drawMessage, isPrivate } from "./message.js";
import { pendingOf } from "./pending.js";
import { channel, later, markSeen, messagesOf, on, state } from "./state.js";
import { dayOf, dayWords } from "./times.js";
import { beginning } from "./welcome.js";

const NEAR = 48;
const JOIN = 7 * 60_000;
const drawn = new Map();
const places = new Map();
let begin = null;
let shown = null;
/** The last message seen before this visit. */
let seenUntil = null;
let sticks = true;
let missed = 0;

const scroller = $("scroller");
const log = $("log");
const pill = $("new-pill");

export function startLog() {
  on("current", arrive);
  on("whole", () => {
    drawn.clear();
    if (shown !== state.current) arrive();
    else redraw();
  });
  on("channels", () => {
    drawn.clear();
    begin = null;
    redraw();
  });
  on("commands", () => (begin = null) || redraw());
  on("message", come);
  on("message_delete", ({ channel_id }) => channel_id === shown && redraw());
  on("pending", (id) => {
    if (id !== shown) return;
    sticks = true;
    redraw();
  });
  scroller.addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(() => sticks && jump()).observe(log);
  new ResizeObserver(() => sticks && jump()).observe(scroller);
  pill.addEventListener("click", () => {
    toBottom();
    $("composer").focus();
  });
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && sticks && markSeen());
}

/** Another channel, or another person: from where they left it, else the newest. */
function arrive() {
  shown = state.current;
  seenUntil = state.seen[shown] ?? "0";
  drawn.clear();
  begin = null;
  missed = 0;
  log.setAttribute("aria-busy", "true");
  log.replaceChildren();
  redraw();
  const place = places.get(shown);
  sticks = place === undefined;
  if (sticks) jump();
  else scroller.scrollTop = place;
  markSeen();
  setTimeout(() => log.removeAttribute("aria-busy"));
  drawPill();
}

function come({ message, fresh }) {
  if (message.channel_id !== shown) {
    if (channel()?.type === 15) redraw();
    return;
  }
  const before = drawn.get(message.id);
  const focus = before && focusIn(before.node);
  const wasLoading = before?.message.loading;
  drawn.delete(message.id);
  // A person's own doing shows itself; what others say waits below when one reads further up.
  const mine = message.ephemeral_for === state.me?.id || message.author?.id === state.me?.id || message.interaction?.user?.id === state.me?.id;
  // What comes while one looks on is not "new".
  if (fresh && sticks && document.visibilityState === "visible" && !drawn.has("new-line")) seenUntil = message.id;
  const follows = sticks || (mine && (fresh || wasLoading));
  redraw();
  const node = drawn.get(message.id)?.node;
  if (!fresh && !wasLoading && node) node.classList.add("changed");
  if (focus && node) refocus(node, focus);
  if (follows && (fresh || wasLoading)) reveal(node, mine);
  else if (fresh) missed += 1;
  if (sticks && document.visibilityState === "visible") markSeen();
  drawPill();
}

/** Shows the end of the log; of an answer that is taller than the window its beginning. */
function reveal(node, mine) {
  if (mine && node && node.offsetHeight > scroller.clientHeight - 24) {
    sticks = false;
    scroller.scrollTo({ top: node.offsetTop - 8 });
  } else toBottom();
}

function redraw() {
  if (!shown || !state.ready) return;
  const c = channel(shown);
  const wanted = c?.type === 15 ? forumPosts(c) : everything(c);
  for (const node of [...log.childNodes]) if (!wanted.includes(node)) node.remove();
  let at = log.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else log.insertBefore(node, at);
  }
}

function everything(c) {
  begin ??= c ? beginning(c) : h("div");
  const out = [begin];
  const all = [...messagesOf(shown), ...pendingOf(shown)];
  const kept = new Set();
  let above = null;
  let line = false;
  for (const message of all) {
    const at = Date.parse(message.timestamp);
    const day = dayOf(at);
    if (!above || dayOf(Date.parse(above.timestamp)) !== day) out.push(separator(`day-${day}`, dayWords(at), "day"));
    if (!line && !message.local && later(message.id, seenUntil) > 0 && seenUntil !== "0" && message.author?.id !== state.me?.id && !isPrivate(message)) {
      line = true;
      if (above) out.push(separator("new-line", "New", "new"));
    }
    const joined = joins(above, message, at);
    const known = drawn.get(message.id);
    if (known?.message === message && known.joined === joined) out.push(known.node);
    else {
      const node = drawMessage(message, joined);
      drawn.set(message.id, { message, joined, node });
      out.push(node);
    }
    kept.add(message.id);
    above = message;
  }
  for (const id of drawn.keys()) if (!kept.has(id) && !id.startsWith("day-") && id !== "new-line") drawn.delete(id);
  return out;
}

function joins(above, message, at) {
  return Boolean(above) && above.author?.id === message.author?.id && !message.interaction && !message.local && !above.local &&
    isPrivate(above) === isPrivate(message) && at - Date.parse(above.timestamp) < JOIN && dayOf(at) === dayOf(Date.parse(above.timestamp)) && !isPrivate(message);
}

function separator(id, words, look) {
  const known = drawn.get(id);
  if (known?.words === words) return known.node;
  const node = h("div", { class: `divider ${look}`, role: "separator" }, h("span", null, words));
  drawn.set(id, { words, node });
  return node;
}

// Focus survives an edit: by the component's place in the message, else the first that can be pressed.

function focusIn(node) {
  const active = document.activeElement;
  return node.contains(active) ? { path: active.closest("[data-path]")?.dataset.path } : null;
}

function refocus(node, { path }) {
  const usable = (n) => n && !n.disabled;
  let target = path && node.querySelector(`[data-path="${path}"]`);
  if (!usable(target)) target = target?.parentElement?.querySelector("button[data-path]:not(:disabled)");
  target ??= node.querySelector("button[data-path]:not(:disabled)");
  (target?.opener ?? target ?? $("composer"))?.focus({ preventScroll: true });
}

// Scrolling.

function scrolled() {
  const from = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  sticks = from < NEAR;
  if (sticks) {
    places.delete(shown);
    missed = 0;
    if (document.visibilityState === "visible") markSeen();
  } else places.set(shown, scroller.scrollTop);
  drawPill();
}

function jump() {
  scroller.scrollTop = scroller.scrollHeight;
}

function toBottom() {
  sticks = true;
  missed = 0;
  places.delete(shown);
  jump();
  drawPill();
}

function drawPill() {
  const from = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  pill.hidden = sticks || (missed === 0 && from < scroller.clientHeight * 1.5);
  const words = missed ? `${missed} new message${missed === 1 ? "" : "s"}` : "To the newest";
  if (!pill.hidden) fill(pill, words, icon("down"));
}
