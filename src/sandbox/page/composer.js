// The message box: plain words go out as the person's own, a line that begins with "/" is a command with options as pills.

import { check, read, typeable } from "./command-line.js";
import { completions } from "./completion.js";
import { $, debounced, fill, h } from "./dom.js";
import { choicesOf, interact, post } from "./events.js";
import { icon } from "./icons.js";
import { follow } from "./pending.js";
import { channel, emit, isThread, on, show, state } from "./state.js";
import { listbox } from "./listbox.js";

const drafts = new Map();
const history = [];
let place = 0;
let line = null;
let picks = new Map();
let closed = false;
let sending = false;
let shown = null;
/** The completion that was asked for last: what it is for, its id, and what came. */
let asked = { key: "", id: null, items: [], waiting: false, failed: null };

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
  on("completed", (id) => {
    if (id !== asked.id) return;
    Object.assign(asked, { items: choicesOf(id), waiting: false, failed: null });
    refresh();
  });
  // Typing anywhere writes here, as people expect.
  addEventListener("keydown", (event) => {
    const inField = event.target.closest?.("input, textarea, select, button, a, [role=listbox], [tabindex='0'], dialog");
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || (inField && inField !== document.body)) return;
    if (event.key !== " ") box.focus();
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
  box.placeholder = c ? `Message ${c.type === 1 ? `@${state.bot.name}` : isThread(c) ? "this post" : `#${c.name}`}, or / for commands` : "";
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
  drawBackdrop();
  drawBar();
  grow();
  if (closed || document.activeElement !== box) {
    list.hide();
    return;
  }
  shown = completions(box.value, box.selectionStart, line, entries(), suggest);
  list.show(shown);
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  backdrop.scrollTop = box.scrollTop;
}

function drawBackdrop() {
  box.classList.toggle("commanding", line?.kind === "command");
  if (line?.kind !== "command") return fill(backdrop, box.value, "\n");
  const { wrong } = check(line, picks);
  const bad = (from) => said.textContent && wrong.some((w) => w.from === from);
  const out = [h("span", { class: "pill-command" }, box.value.slice(0, line.end))];
  let at = line.end;
  for (const part of line.parts) {
    out.push(box.value.slice(at, part.from));
    if (part.stray !== undefined) out.push(h("span", { class: "pill-stray" }, box.value.slice(part.from, part.to)));
    else {
      const words = box.value.slice(part.valueFrom, part.to);
      out.push(h("span", { class: `pill-name${bad(part.from) ? " bad" : ""}` }, box.value.slice(part.from, part.valueFrom)),
        h("span", { class: `pill-value${bad(part.from) ? " bad" : ""}` }, words.trimEnd()), words.slice(words.trimEnd().length));
    }
    at = part.to;
  }
  fill(backdrop, out, box.value.slice(at), "\n");
}

/** The command in words, and its options as pills that can be pressed. */
function drawBar() {
  bar.hidden = line?.kind !== "command";
  if (bar.hidden) return;
  const { entry, parts } = line;
  const here = parts.find((p) => p.option && box.selectionStart >= p.from && box.selectionStart <= p.to)?.option;
  const words = here
    ? [h("strong", null, here.name), ` ${here.description}`, h("span", { class: "need" }, here.required ? "required" : "optional")]
    : [h("strong", null, `/${entry.text}`), ` ${entry.description}`];
  const pills = entry.options.map((option) => {
    const part = parts.find((p) => p.option === option);
    const look = ["pill", part && "given", option === here && "here", option.required && !part && "needed"].filter(Boolean).join(" ");
    return h("button", {
      class: look, type: "button", tabindex: "-1", title: option.description,
      onmousedown: (event) => event.preventDefault(),
      onclick: () => (part ? toPart(part) : addOption(option)),
    }, part ? icon("check") : null, option.name, option.required && !part && h("span", { class: "star" }, " required"));
  });
  fill(bar, h("div", { class: "bar-words" }, words), pills.length > 0 && h("div", { class: "pills" }, pills));
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

/** Suggestions of the bot for the option at the caret; asks for them when what was typed is new. */
function suggest(part) {
  const key = `${state.current} ${line.entry.text} ${part.option.name} ${part.value}`;
  if (asked.key !== key) {
    const sameOption = asked.option === part.option.name && asked.command === line.entry.text;
    asked = { key, id: null, items: sameOption ? asked.items : [], waiting: true, failed: null, option: part.option.name, command: line.entry.text };
    ask(asked, part.option.name, part.value);
  }
  return asked;
}

const ask = debounced(150, async (mine, focused, value) => {
  if (mine !== asked || line?.kind !== "command") return;
  const options = Object.fromEntries(Object.entries(check(line, picks).options).filter(([, v]) => v !== null));
  options[focused] = value;
  const { name, path } = line.entry;
  const fail = (reason) => {
    if (mine !== asked) return;
    Object.assign(asked, { waiting: false, items: [], failed: `No suggestions: ${reason}` });
    refresh();
  };
  try {
    const id = await interact("/page/complete", { channel_id: state.current, name, path, options, focused },
      (event) => event.state === "failed" && fail(event.reason || "the application did not respond."));
    if (mine !== asked) return;
    asked.id = id;
    if (choicesOf(id)) {
      Object.assign(asked, { items: choicesOf(id), waiting: false });
      refresh();
    }
  } catch (refusal) {
    fail(refusal.message);
  }
});

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
  drawBackdrop();
}

async function send() {
  const text = box.value.trim();
  if (!text || sending) return;
  let target = read(box.value, entries());
  if (target?.kind === "searching" && target.exact) target = read(`${box.value.trim()} `, entries());
  if (target?.kind === "searching") return say(`There is no command “${text.split(/\s/)[0]}” here. Type / to see all of them; nothing was sent.`);
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
    emit("sent", at);
  } catch (refusal) {
    say(`${refusal.message} What you wrote is still here.`);
  } finally {
    sending = false;
    go.removeAttribute("aria-busy");
    refresh();
  }
}

async function command(target, at) {
  const { name, path, text } = target.entry;
  const { options } = check(target, picks);
  const body = { channel_id: at, name, path, options };
  await follow({ channel: at, words: `/${text}` }, (told) => interact("/page/command", body, told));
}

/** Goes to a channel and writes a line there. */
export function composeIn(id, text) {
  show(id);
  set(text);
}
