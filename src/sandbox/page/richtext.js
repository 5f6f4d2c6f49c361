// Draws the tree of markdown.js as DOM nodes.

import { h, link } from "./dom.js";
import { channelIcon } from "./icons.js";
import { blocks, inline } from "./markdown.js";
import { emit, person, role, roleName, show, state } from "./state.js";
import { timestamp } from "./times.js";

/** A block of markdown. `everyone`: whether @everyone in it really pings. */
export function rich(text, options = {}) {
  return h("div", { class: "rich" }, blocks(text).map((block) => drawBlock(block, options)));
}

/** Markdown of one line, for titles and labels. */
export const richLine = (text, options = {}) => inline(String(text ?? "")).map((node) => draw(node, options));

function drawBlock(block, options) {
  const inner = () => block.inline.map((node) => draw(node, options));
  switch (block.kind) {
    // One level for all, below the page's own h1 and h2: a message may begin anywhere, an outline may not jump.
    case "heading":
      return h("h3", { class: `h${block.level}` }, inner());
    case "small":
      return h("div", { class: "subtext" }, inner());
    case "quote":
      return h("blockquote", null, block.blocks.map((one) => drawBlock(one, options)));
    case "code":
      return h("pre", { tabindex: "0" }, h("code", null, block.text));
    case "list":
      return drawList(block, options);
    default:
      return h("div", { class: "lines" }, inner());
  }
}

function drawList(list, options) {
  const items = list.items.map((item) =>
    h("li", null, item.inline.map((node) => draw(node, options)), item.inner && drawList(item.inner, options)));
  return list.ordered ? h("ol", { start: list.start }, items) : h("ul", null, items);
}

function draw(node, options) {
  if (typeof node === "string") return node;
  const inner = () => node.inline.map((one) => draw(one, options));
  switch (node.kind) {
    case "bold":
      return h("strong", null, inner());
    case "italic":
      return h("em", null, inner());
    case "underline":
      return h("u", null, inner());
    case "strike":
      return h("s", null, inner());
    case "spoiler":
      return spoiler(inner());
    case "code":
      return h("code", null, node.text);
    case "link":
      return link(node.url, inner());
    case "time":
      return timestamp(node.at, node.style);
    case "emoji":
      return node.name;
    case "everyone":
      return options.everyone ? h("span", { class: "mention me" }, node.name) : node.name;
    case "user":
      return mentionUser(node.id);
    case "role":
      return h("span", { class: "mention" }, roleName(role(node.id)));
    case "channel":
      return mentionChannel(node.id);
    case "command":
      return h("button", { class: "mention", type: "button", title: `Write /${node.name}`, onclick: () => emit("compose", `/${node.name} `) }, `/${node.name}`);
    default:
      return "";
  }
}

function mentionUser(id) {
  const name = person(id)?.name ?? "unknown user";
  return h("span", { class: `mention${id === state.me?.id ? " me" : ""}` }, `@${name}`);
}

function mentionChannel(id) {
  const channel = state.channels.get(id);
  if (!channel) return h("span", { class: "mention" }, "#no access");
  return h("button", { class: "mention", type: "button", title: "Go to this channel", onclick: () => show(id) },
    channelIcon(channel.type), channel.name);
}

/** Hidden until it is pressed; what is inside stays out of reach of keyboard and screen reader until then. */
export function spoiler(children, block) {
  const box = h(block ? "div" : "span", {
    class: `spoiler${block ? " block" : ""}`, role: "button", tabindex: "0", "aria-label": "Spoiler, press to reveal", "aria-expanded": "false",
  }, h("span", { class: "hidden-words", inert: true }, children));
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (box.classList.contains("open")) return;
    event.preventDefault();
    event.stopPropagation();
    box.classList.add("open");
    box.firstChild.removeAttribute("inert");
    for (const name of ["role", "tabindex", "aria-label", "aria-expanded"]) box.removeAttribute(name);
  };
  box.addEventListener("click", reveal, true);
  box.addEventListener("keydown", reveal, true);
  return box;
}
