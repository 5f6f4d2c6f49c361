// Discord's markdown to elements: blocks first, then what stands within a line.

import { h } from "./dom.js";
import { store, open } from "./store.js";
import { time } from "./time.js";

/** The elements of a text. */
export function markdown(text) {
  const out = document.createDocumentFragment();
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; ) at = block(lines, at, out);
  return out;
}

/** Reads one block from line `at` on; gives the line after it. */
function block(lines, at, out) {
  const line = lines[at];
  const fence = line.match(/^```(\w*)$/);
  if (fence) {
    let end = at + 1;
    while (end < lines.length && !lines[end].startsWith("```")) end++;
    out.append(h("pre", h("code", lines.slice(at + 1, end).join("\n"))));
    return end + 1;
  }
  const heading = line.match(/^(#{1,3}) (.+)/);
  if (heading) {
    out.append(h(`h${heading[1].length + 2}`, inline(heading[2])));
    return at + 1;
  }
  if (line.startsWith("-# ")) {
    out.append(h("p.small", inline(line.slice(3))));
    return at + 1;
  }
  if (/^>( |$)/.test(line)) {
    let end = at;
    while (end < lines.length && /^>( |$)/.test(lines[end])) end++;
    const quoted = lines.slice(at, end).map((one) => one.slice(2)).join("\n");
    out.append(h("blockquote", markdown(quoted)));
    return end;
  }
  if (item(line)) return list(lines, at, 0, out);
  if (!line.trim()) {
    // An empty line parts paragraphs; at the ends of a text it is nothing.
    if (out.childNodes.length && at + 1 < lines.length) out.append(h("div.gap"));
    return at + 1;
  }
  out.append(h("p", inline(line)));
  return at + 1;
}

const item = (line) => line?.match(/^( *)([-*]|\d{1,3}\.) (.*)$/);

function list(lines, at, depth, out) {
  const first = item(lines[at]);
  const indent = first[1].length;
  const ordered = /\d/.test(first[2]);
  const node = h(ordered ? "ol" : "ul");
  if (ordered) node.start = parseInt(first[2], 10);
  while (at < lines.length) {
    const found = item(lines[at]);
    if (!found || found[1].length < indent) break;
    if (found[1].length > indent && node.lastChild && depth < 4) {
      at = list(lines, at, depth + 1, node.lastChild);
      continue;
    }
    if (/\d/.test(found[2]) !== ordered) break;
    node.append(h("li", inline(found[3])));
    at++;
  }
  out.append(node);
  return at;
}

// Tried in this order at every place; the first that fits wins.
const RULES = [
  [/^\\([^\sA-Za-z0-9])/, (m) => m[1]],
  [/^``(.+?)``/, (m) => h("code", m[1])],
  [/^`([^`]+)`/, (m) => h("code", m[1])],
  [/^\|\|(.+?)\|\|/, (m) => spoiler(m[1])],
  [/^\*\*\*(.+?)\*\*\*/, (m) => h("strong", h("em", inline(m[1])))],
  [/^\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/, (m) => h("strong", inline(m[1]))],
  [/^__((?:\\.|[^\\])+?)__/, (m) => h("u", inline(m[1]))],
  [/^~~((?:\\.|[^\\])+?)~~/, (m) => h("s", inline(m[1]))],
  [/^\*(?! )((?:\\.|[^\\*])+?)\*/, (m) => h("em", inline(m[1]))],
  [/^_(?! )((?:\\.|[^\\_])+?)_(?!\w)/, (m) => h("em", inline(m[1]))],
  [/^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/, (m) => time(Number(m[1]) * 1000, m[2] || "f")],
  [/^<@&(\d+)>/, (m) => mention("@", name(store.state.roles, m[1], "unknown role"))],
  [/^<@!?(\d+)>/, (m) => mention("@", name([...store.state.people, store.state.bot], m[1], "unknown user"))],
  [/^<#(\d+)>/, (m) => room(m[1])],
  [/^<\/([^:>]+):(\d+)>/, (m) => command(m[1])],
  [/^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/, (m) => link(m[2], inline(m[1]))],
  [/^<(https?:\/\/[^\s>]+)>/, (m) => link(m[1], m[1])],
  [/^https?:\/\/[^\s<]+[^\s<.,:;"')\]]/, (m) => link(m[0], m[0])],
];

/** The elements of a line. */
export function inline(text) {
  const out = document.createDocumentFragment();
  let plain = "";
  let before = "";
  for (let rest = text; rest; ) {
    // "snake_case" is no emphasis: an underscore opens only at a word's start.
    const skip = rest[0] === "_" && /\w/.test(before);
    const hit = skip ? null : RULES.map(([rule, make]) => [rest.match(rule), make]).find(([found]) => found);
    if (hit) {
      const [found, make] = hit;
      const made = make(found);
      if (typeof made === "string") plain += made;
      else {
        out.append(plain, made);
        plain = "";
      }
      before = found[0].at(-1);
      rest = rest.slice(found[0].length);
    } else {
      before = rest[0];
      plain += before;
      rest = rest.slice(1);
    }
  }
  out.append(plain);
  return out;
}

const name = (list, id, otherwise) => list.find((one) => one.id === id)?.name || otherwise;
const mention = (sign, text) => h("span.mention", text.startsWith(sign) ? text : sign + text);
const link = (href, text) => h("a", { href, target: "_blank", rel: "noreferrer noopener" }, text);

function room(id) {
  const found = store.state.channels.find((channel) => channel.id === id);
  if (!found) return h("span.mention", "#unknown");
  return h("button.mention", { type: "button", onclick: () => open(id) }, `#${found.name}`);
}

function command(text) {
  const fill = () => document.dispatchEvent(new CustomEvent("fill", { detail: `/${text} ` }));
  return h("button.mention", { type: "button", onclick: fill }, `/${text}`);
}

function spoiler(text) {
  const node = h("span.spoiler", { role: "button", tabIndex: 0, "aria-label": "Hidden text, press to read" }, inline(text));
  const show = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    node.classList.add("open");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  return node;
}
