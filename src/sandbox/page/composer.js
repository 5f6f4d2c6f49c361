// The message box: plain words go out as the person's own, a line that begins with "/" is a command with options as pills.

import { check, read, typeable } from "./command-line.js";
import { completions } from "./completion.js";
import { $, fill, h } from "./dom.js";
import { interact, post } from "./events.js";
import { icon } from "./icons.js";
import { listbox } from "./listbox.js";
import { follow } from "./pending.js";
import { commandBar, pillsOf } from "./pills.js";
import { channel, isThread, on, state } from "./state.js";
import { onSuggestions, suggestions } from "./suggestions.js";

const drafts = new Map();
const history = [];
let place = 0;
let line = null;
let picks = new Map();
let closed = false;
let sending = false;

const backdrop = h("div", { class: "backdrop", "aria-hidden": "true" });
const box = h("textarea", {
  id: "composer", rows: "1", spellcheck: "false", autocomplete: "off", "aria-label": "Message or command", "aria-autocomplete": "list",
  "aria-haspopup": "listbox", "aria-controls": "completions", "aria-describedby": "composer-said",
  oninput: typed, onkeydown: keys, onclick: refresh, onscroll: () => (backdrop.scrollTop = box.scrollTop),
  onblur: () => setTimeout(() => document.activeElement !== box && list.hide(), 120), onfocus: () => refresh(),
});
const list = listbox("completions", box, take);
const said = h("div", { id: "composer-said", class: "composer-said", role: "alert" });
const bar = h("div", { class: "command-bar", hidden: true });
const go = h("button", { class: "icon-button send", type: "button", title: "Send (Enter)", "aria-label": "Send", onclick: send }, icon("send"));
const slash = h("button", { class: "icon-button slash", type: "button", title: "Commands (/)", "aria-label": "Show commands", onclick: () => set(box.value.startsWith("/") ? box.value : "/") }, icon("slash"));
const closedFor = h("div", { class: "composer-closed" });
const open = h("div", { class: "composer" }, slash, h("div", { class: "field" }, backdrop, box), go);

export function startComposer() {
  put();
  on("current", () => {
    restore();
    if (matchMedia("(hover: hover)").matches) box.focus();
  });
  on("whole channels bot", restore);
  on("commands", refresh);
  on("compose", (text) => set(text));
  onSuggestions(refresh);
  // Typing anywhere writes here, as people expect.
  addEventListener("keydown", (event) => {
    const elsewhere = event.target.closest?.("input, textarea, select, [role=listbox], dialog");
    if (elsewhere || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === " ") return;
    box.focus();
  });
}

function put() {
  fill($("composer-frame"), said, h("div", { class: "composer-anchor" }, list.node), bar, open, closedFor);
}

const entries = () => typeable(state.commands, channel()?.type === 1);

/** Writes a line into the box, ready to be sent or gone on with. */
export function set(text) {
  if (closedReason()) return;
  box.value = text;
  closed = false;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  typed();
}

/** Runs a whole line as if it was typed and sent. */
export function run(text) {
  set(text);
  send();
}

let last = null;
function restore() {
  if (last && last !== state.current) drafts.set(last, box.value);
  const why = closedReason();
  open.hidden = Boolean(why);
  fill(closedFor, why);
  closedFor.hidden = !why;
  const c = channel();
  box.placeholder = c?.can_send === false ? "Only commands here: type /" : c ? `Message ${c.type === 1 ? `@${state.bot.name}` : isThread(c) ? "this post" : `#${c.name}`}, or / for commands` : "";
  if (last !== state.current) {
    last = state.current;
    box.value = drafts.get(last) ?? "";
    say("");
  }
  refresh();
}

function closedReason() {
  const c = channel();
  if (!c) return "There is no channel to write in.";
  if (c.type === 15) return "A forum holds posts; open one to write in it.";
  if (isThread(c) && (c.archived || c.locked)) return c.locked ? "This post is locked." : "This post is archived.";
  if (c.can_send === false && c.can_use_commands === false) return `${state.me?.name ?? "You"} may not write here.`;
  return null;
}

function typed() {
  closed = false;
  place = history.length;
  say("");
  refresh();
}

/** Reads the line anew and draws what depends on it: pills, hints, completions. */
function refresh() {
  line = read(box.value, entries());
  drawPills();
  bar.hidden = line?.kind !== "command";
  if (!bar.hidden) fill(bar, commandBar(line, box.selectionStart, toPart, addOption));
  grow();
  if (closed || document.activeElement !== box) {
    list.hide();
    return;
  }
  const shown = completions(box.value, box.selectionStart, line, entries(), (part) => suggestions(line, part, picks));
  list.show(shown);
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  backdrop.scrollTop = box.scrollTop;
}

function drawPills() {
  const command = line?.kind === "command";
  box.classList.toggle("commanding", command);
  const marked = command && said.textContent ? check(line, picks).wrong.map((w) => w.from) : [];
  fill(backdrop, command ? pillsOf(box.value, line, marked) : box.value, "\n");
}

function toPart(part) {
  const end = part.valueFrom + box.value.slice(part.valueFrom, part.to).trimEnd().length;
  box.focus();
  box.setSelectionRange(end, end);
  refresh();
}

function addOption(option) {
  set(`${box.value.trimEnd()} ${option.name}:`);
}

function take(item) {
  if (item.pick) picks.set(`${item.pick[0]}\n${item.pick[1]}`, item.pick[2]);
  box.value = item.text;
  box.focus();
  box.setSelectionRange(item.caret, item.caret);
  typed();
}

function keys(event) {
  if (event.isComposing) return;
  const { key } = event;
  if (list.open) {
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      return list.move(key === "ArrowDown" ? 1 : -1);
    }
    if (key === "Escape") {
      event.preventDefault();
      closed = true;
      return list.hide();
    }
    const item = list.active ?? (key === "Tab" && !event.shiftKey ? list.first : null);
    const done = line?.kind === "searching" && line.exact && item?.label === `/${line.exact.text}` && !item.text.endsWith(":");
    if (item && ((key === "Tab" && !event.shiftKey) || (key === "Enter" && !event.shiftKey && !done))) {
      event.preventDefault();
      return take(item);
    }
  } else if (key === "Tab" && !event.shiftKey && line?.kind === "command") {
    const missing = check(line, picks).wrong.find((w) => w.missing);
    if (missing) {
      event.preventDefault();
      return set(`${box.value.trimEnd()} ${missing.missing}:`);
    }
  } else if (key === "Escape" && said.textContent) {
    return say("");
  } else if ((key === "ArrowUp" && (!box.value || place < history.length)) || (key === "ArrowDown" && place < history.length)) {
    return recall(event, key === "ArrowUp" ? -1 : 1);
  }
  if (key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
    setTimeout(refresh);
  }
}

/** Earlier lines come back with the arrow keys. */
function recall(event, step) {
  const to = Math.max(0, place + step);
  if (to === place || !history.length) return;
  event.preventDefault();
  box.value = history[to] ?? "";
  box.setSelectionRange(box.value.length, box.value.length);
  closed = true;
  refresh();
  place = to;
}

function say(words) {
  fill(said, words && [icon("alert"), h("span", null, words)]);
  drawPills();
}

async function send() {
  const text = box.value.trim();
  if (!text || sending) return;
  let target = read(box.value, entries());
  if (target?.kind === "searching" && target.exact) target = read(`${box.value.trim()} `, entries());
  if (target?.kind === "searching") return say(`${unknown(text)} Nothing was sent.`);
  line = target;
  let wrong = target ? check(target, picks).wrong : [];
  if (wrong.length) {
    closed = true;
    list.hide();
    say(wrong.map((w) => w.words).join(" "));
    const { from, to } = wrong[0];
    if (from >= 0) box.setSelectionRange(to, to);
    return;
  }
  sending = true;
  go.setAttribute("aria-busy", "true");
  const at = state.current;
  try {
    if (target) await command(target, at);
    else await post("/page/send", { channel_id: at, content: text });
    if (history.at(-1) !== text) history.push(text);
    place = history.length;
    drafts.delete(at);
    if (state.current === at && box.value.trim() === text) {
      box.value = "";
      picks = new Map();
    }
    say("");
  } catch (refusal) {
    closed = true;
    say(`${refusal.message} What you wrote is still here.`);
  } finally {
    sending = false;
    go.removeAttribute("aria-busy");
    refresh();
  }
}

/** Why a line is no command here. */
function unknown(text) {
  const direct = channel()?.type === 1;
  const elsewhere = read(`${text} `, typeable(state.commands, !direct));
  if (elsewhere?.kind === "command") return `/${elsewhere.entry.text} works ${direct ? "in a channel of the server, not in direct messages" : "in direct messages only"}.`;
  const group = text.slice(1).split(/\s/)[0].toLowerCase();
  const inner = entries().filter((e) => e.name === group);
  if (inner.length) return `/${group} needs one of its subcommands: ${inner.map((e) => `/${e.text}`).join(", ")}.`;
  return `There is no command “${text.split(/\s/)[0]}”. Type / to see all of them.`;
}

async function command(target, at) {
  const { name, path, text } = target.entry;
  const { options } = check(target, picks);
  const body = { channel_id: at, name, path, options };
  await follow({ channel: at, words: `/${text}` }, (told) => interact("/page/command", body, told));
}
