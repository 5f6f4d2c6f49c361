// The box at the bottom: plain words, or a command that is completed as one types.

import { $, h } from "./dom.js";
import { read, valueOf } from "./commands.js";
import { store, on, ask, interact, channel } from "./store.js";
import { notice } from "./message.js";

/** Values chosen from suggestions whose shown name differs from what is sent. */
const chosen = new Map();
const past = [];
let back = 0;
let items = [];
let active = -1;
/** The completion that was asked for last; later answers to earlier ones are dropped. */
let asked = { id: null, key: "", choices: null };
let timer;

const line = () => $("line");

export function start() {
  const box = line();
  box.addEventListener("input", () => { back = 0; grow(); look(); });
  box.addEventListener("keydown", keys);
  box.addEventListener("click", look);
  box.addEventListener("blur", () => setTimeout(hide, 150));
  box.addEventListener("focus", look);
  box.addEventListener("scroll", () => { $("paint").scrollTop = box.scrollTop; });
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  document.addEventListener("fill", (event) => fill(event.detail));
  on("choices", (event) => {
    if (event.id !== asked.id) return;
    asked.choices = event.choices || [];
    look();
  });
  on("open", place);
  on("load", place);
  on("commands", look);
  document.addEventListener("keydown", (event) => {
    const typing = /^(input|textarea|select)$/i.test(document.activeElement?.tagName);
    if (event.key === "/" && !typing && !$("form").open) { event.preventDefault(); fill("/"); }
  });
}

function place() {
  const here = channel();
  if (!here) return;
  const box = line();
  box.placeholder = here.can_send || here.can_use_commands
    ? `Message ${here.type === 1 ? "Crier" : `#${here.name}`}, or / for a command`
    : "You can't write here";
  box.disabled = !(here.can_send || here.can_use_commands);
}

function fill(text) {
  const box = line();
  box.value = text;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  grow();
  look();
}

function grow() {
  const box = line();
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}

/** Looks at the line: paints its options, shows what can come next, says what is wrong. */
function look() {
  const box = line();
  const found = store.state && read(box.value, box.selectionStart, store.state.commands);
  paint(found);
  if (!found || document.activeElement !== box) return hide();
  if (found.at.kind === "command") {
    const typed = found.at.typed.toLowerCase();
    const fits = found.all.filter((one) => one.words.startsWith(typed) || typed && one.words.includes(typed));
    show(fits.map((one) => ({ label: `/${one.words}`, detail: one.description, put: () => fill(`/${one.words} `) })), 0);
    return hint(fits.length ? "" : `There is no command /${found.at.typed.trim()}.`, !fits.length);
  }
  found.at.kind === "value" ? values(found) : options(found);
}

function values(found) {
  const { given, word } = found.at;
  const { option } = given;
  hint(`${given.name} — ${option.description}${bounds(option)}`);
  const put = (label, value) => () => {
    if (value !== undefined && String(value) !== label) chosen.set(given.name, { label, value });
    replace(given.from, given.to, `${label} `);
  };
  const typed = given.value.toLowerCase();
  let list = [];
  if (option.choices?.length) {
    list = option.choices.filter((one) => one.name.toLowerCase().includes(typed)).map((one) => ({ label: one.name, put: put(one.name) }));
  } else if (option.type === 5) list = ["true", "false"].map((one) => ({ label: one, put: put(one) }));
  else if (option.type === 7) {
    list = store.state.channels.filter((one) => one.type !== 1 && (!option.channel_types?.length || option.channel_types.includes(one.type)))
      .map((one) => `#${one.name}`).filter((one) => one.toLowerCase().includes(typed)).map((one) => ({ label: one, put: put(one) }));
  } else if (option.type === 8) {
    list = store.state.roles.slice(1).map((one) => `@${one.name}`).filter((one) => one.toLowerCase().includes(typed)).map((one) => ({ label: one, put: put(one) }));
  } else if (option.type === 6 || option.type === 9) {
    list = store.state.people.map((one) => `@${one.name}`).filter((one) => one.toLowerCase().includes(typed)).map((one) => ({ label: one, put: put(one) }));
  } else if (option.autocomplete) {
    complete(found, given);
    list = (asked.choices || []).map((one) => ({ label: one.name, detail: one.name === one.value ? "" : "", put: put(one.name, one.value) }));
  }
  // The last word may also begin the next option.
  const next = /\s\S*$/.test(line().value.slice(given.from)) ? left(found, word) : [];
  show([...list, ...next], -1);
}

function options(found) {
  const list = left(found, found.at.word);
  const missing = found.command.options.filter((option) => option.required && !found.given.some((one) => one.name === option.name));
  hint(list.length ? (missing.length ? `Needs ${missing.map((one) => one.name).join(", ")}` : "Enter sends; or add an option") : found.problem || "", !list.length && Boolean(found.problem));
  show(list, found.at.word || missing.length ? 0 : -1);
}

/** The options that are not given yet and begin with `word`. */
function left(found, word) {
  return found.command.options
    .filter((option) => option.name.startsWith(word.toLowerCase()) && !found.given.some((one) => one.name === option.name))
    .map((option) => ({
      label: `${option.name}:`, detail: `${option.description}${option.required ? " (required)" : ""}`,
      put: () => {
        const box = line();
        const to = box.selectionStart;
        replace(to - word.length, to, `${option.name}:`);
      },
    }));
}

function bounds(option) {
  if (option.min_value !== undefined || option.max_value !== undefined) return ` (${option.min_value ?? "…"} to ${option.max_value ?? "…"})`;
  return option.required ? " (required)" : "";
}

/** Asks the bot for names, a moment after the last key. */
function complete(found, given) {
  const key = `${found.command.words} ${given.name} ${given.value}`;
  if (asked.key === key) return;
  asked = { id: null, key, choices: asked.choices };
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const options = Object.fromEntries(found.given.map((one) => [one.name, one.name === given.name ? one.value : valueOf(one, chosen)]));
    const { root, path } = found.command;
    try {
      const id = await interact("complete", { channel_id: store.channel, name: root.name, path, options, focused: given.name });
      if (asked.key === key) asked.id = id;
    } catch (error) {
      hint(error.message, true);
    }
  }, 120);
}

function replace(from, to, text) {
  const box = line();
  const spare = text.endsWith(" ") && box.value[to] === " " ? 1 : 0;
  box.setRangeText(text, from, Math.min(to + spare, box.value.length), "end");
  box.focus();
  grow();
  look();
}

function show(list, first) {
  items = list.slice(0, 25);
  active = items.length ? Math.min(first, items.length - 1) : -1;
  const node = $("list");
  node.replaceChildren(...items.map((item, n) => h("div.item", {
    role: "option", id: `item-${n}`,
    onmousedown: (event) => { event.preventDefault(); item.put(); },
  }, h("strong", item.label), item.detail && h("span.small", item.detail))));
  node.hidden = !items.length;
  mark();
}

function mark() {
  [...$("list").children].forEach((node, n) => node.setAttribute("aria-selected", n === active));
  $(`item-${active}`)?.scrollIntoView({ block: "nearest" });
  line().setAttribute("aria-activedescendant", active >= 0 ? `item-${active}` : "");
}

function hide() {
  $("list").hidden = true;
  items = [];
  active = -1;
  hint("");
}

function hint(text, wrong = false) {
  const node = $("hint");
  node.textContent = text;
  node.classList.toggle("wrong", wrong);
}

/** Behind the text: option names as pills, wrong ones marked. */
function paint(found) {
  const text = line().value;
  const node = $("paint");
  if (!found?.command) return node.replaceChildren(text);
  const parts = [h("span.command", text.slice(0, found.command.words.length + 1))];
  let at = found.command.words.length + 1;
  for (const one of found.given) {
    parts.push(text.slice(at, one.label), h("span.option", text.slice(one.label, one.from)));
    at = one.from;
  }
  parts.push(text.slice(at), "\u200b");
  node.replaceChildren(...parts);
}

function keys(event) {
  const open = !$("list").hidden && items.length > 0;
  const box = line();
  if (open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    active = (active + step + items.length) % items.length;
    return mark();
  }
  if (open && event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    return items[Math.max(active, 0)].put();
  }
  if (event.key === "Escape") return hide();
  if (event.key === "ArrowUp" && !box.value && past.length || event.key === "ArrowUp" && back > 0) {
    event.preventDefault();
    back = Math.min(back + 1, past.length);
    return fill(past.at(-back));
  }
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const whole = open && active >= 0 && items[active].label.trim() === box.value.trim();
    if (open && active >= 0 && !whole) return items[active].put();
    send();
  }
}

async function send() {
  const box = line();
  const text = box.value.trim();
  if (!text) return;
  const found = read(box.value, box.value.length, store.state.commands);
  try {
    if (found) await run(found);
    else await ask("send", { channel_id: store.channel, content: text });
  } catch (error) {
    // Nothing that was typed is lost.
    return hint(error.message, true);
  }
  past.push(text);
  back = 0;
  box.value = "";
  chosen.clear();
  asked = { id: null, key: "", choices: null };
  grow();
  paint(null);
  hide();
}

async function run(found) {
  if (!found.command) throw new Error(`There is no command /${found.at.typed?.trim() ?? ""}.`);
  const whole = read(`${line().value.trimEnd()} `, line().value.trimEnd().length + 1, store.state.commands);
  if (whole.problem) throw new Error(whole.problem);
  const missing = found.command.options.find((option) => option.required && !found.given.some((one) => one.name === option.name));
  if (missing) throw new Error(`The option "${missing.name}" is required.`);
  const options = Object.fromEntries(found.given.map((one) => [one.name, valueOf(one, chosen)]));
  const { root, path } = found.command;
  const words = `/${found.command.words}`;
  await interact("command", { channel_id: store.channel, name: root.name, path, options }, (reason) => {
    if (reason) notice(`${words}: ${reason}`);
  });
}
