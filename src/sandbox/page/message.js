// The messages of the open channel: drawn, changed in place, and read from the bottom.

import { $, h } from "./dom.js";
import { markdown } from "./markdown.js";
import { attachment, component, embed } from "./components.js";
import { store, on, ask, channel, newer, open } from "./store.js";
import { absolute, time } from "./time.js";

const V2 = 1 << 15;
/** Messages of one author within this time stand under one name. */
const TOGETHER = 7 * 60_000;

export function start() {
  on("load", redraw);
  on("open", redraw);
  on("message", ({ message, known }) => {
    if (message.channel_id !== store.channel) return;
    known ? replace(message) : append(message);
  });
  on("message_delete", ({ channel_id, id }) => {
    if (channel_id === store.channel) redraw();
  });
  on("failed-here", ({ text }) => notice(text));
  $("newer").addEventListener("click", toBottom);
  $("log").addEventListener("scroll", () => { if (atBottom()) seen(); });
}

/** A line that only this page shows: what went wrong with something that was asked for. */
export function notice(text) {
  const node = h("article.message.local", { role: "alert" },
    h("p.small", text, " ", h("button.plain", { type: "button", onclick: () => node.remove() }, "Dismiss")));
  $("log").append(node);
  toBottom();
}

function redraw() {
  const log = $("log");
  const here = channel();
  log.replaceChildren();
  if (!here) return;
  if (here.type === 15) log.append(forum(here));
  else {
    log.append(welcome(here));
    let before = null;
    for (const message of messages(here.id)) {
      log.append(article(message, before));
      before = message;
    }
  }
  toBottom();
}

const messages = (id) => store.state.messages[id] || [];

function append(message) {
  const list = messages(store.channel);
  // Who asked for something wants to see the answer.
  const stick = atBottom() || message.interaction?.user.id === store.state.me.id || message.ephemeral_for === store.state.me.id;
  const node = article(message, list.at(-2));
  $("log").append(node);
  if (!stick) $("newer").hidden = false;
  // What is taller than the window is read from its top.
  else if (node.offsetHeight > $("log").clientHeight) node.scrollIntoView({ block: "start" });
  else toBottom();
}

function replace(message) {
  const old = document.querySelector(`article[data-id="${message.id}"]`);
  if (!old) return;
  const stick = atBottom();
  const list = messages(message.channel_id);
  const made = article(message, list[list.findIndex((one) => one.id === message.id) - 1]);
  // Who had the keyboard keeps it: on the same button, or on the message.
  const held = old.contains(document.activeElement) && document.activeElement.dataset.id;
  made.classList.add("changed");
  old.replaceWith(made);
  if (held) (made.querySelector(`[data-id="${CSS.escape(held)}"]`) || made.querySelector("button:not(:disabled)"))?.focus();
  if (stick) toBottom();
}

/** One message; `before` decides whether its author is named again. */
function article(message, before) {
  const at = Date.parse(message.timestamp);
  const joined = before && before.author.id === message.author.id && !message.interaction && !before.interaction
    && !message.ephemeral_for && !before.ephemeral_for && at - Date.parse(before.timestamp) < TOGETHER;
  const body = h("div.body");
  if (message.interaction) body.append(h("div.asked.small", h("strong", message.interaction.user.global_name), " used ", h("span.mention", `/${message.interaction.name}`)));
  if (!joined || message.interaction) {
    body.append(h("div.who", h("strong", message.author.global_name || message.author.username),
      message.author.bot && h("span.badge", "APP"), h("span.small", { title: absolute(at, "F") }, time(at, "t"))));
  }
  body.append(content(message));
  const node = h("article.message", { tabIndex: -1 }, joined ? h("span.stamp.small", time(at, "t")) : avatar(message.author), body);
  node.dataset.id = message.id;
  if (joined) node.classList.add("joined");
  if (message.ephemeral_for) node.classList.add("ephemeral");
  if (pinged(message)) node.classList.add("pinged");
  return node;
}

function content(message) {
  const parts = [];
  if (message.loading) parts.push(h("p.thinking", h("span.dots", { "aria-hidden": "true" }, "•••"), " Crier is thinking…"));
  else if (message.flags & V2) parts.push(message.components.map((one) => component(one, message)));
  else {
    if (message.content) parts.push(h("div.words", markdown(message.content)));
    parts.push((message.embeds || []).map(embed), (message.components || []).map((one) => component(one, message)));
  }
  if (!(message.flags & V2)) parts.push((message.attachments || []).map(attachment));
  const marks = [];
  if (message.edited_timestamp) marks.push(h("span", { title: absolute(Date.parse(message.edited_timestamp), "F") }, "(edited)"));
  if (message.crossposted) marks.push("published to followers");
  if (message.ephemeral_for) {
    const dismiss = () => ask("dismiss", { channel_id: message.channel_id, message_id: message.id }).catch((error) => notice(error.message));
    marks.push(h("span", "Only you can see this · ", h("button.plain", { type: "button", onclick: dismiss }, "Dismiss message")));
  }
  if (marks.length) parts.push(h("div.small.marks", marks.map((mark, n) => [n > 0 && " · ", mark])));
  return h("div.content", parts);
}

function avatar(author) {
  if (author.bot) return h("img.avatar", { src: "/assets/crier.svg", alt: "" });
  return h(`span.avatar.person.${author.username.toLowerCase()}`, { "aria-hidden": "true" }, author.username[0]);
}

function pinged(message) {
  const { me } = store.state;
  return message.mention_everyone || (message.mentions || []).some((user) => user.id === me.id)
    || (message.mention_roles || []).length > 0 && me.key === "lin";
}

/** The top of a channel; in an empty one, things to try. */
function welcome(here) {
  const name = here.type === 1 ? "Crier" : `#${here.name}`;
  const node = h("section.welcome", h("h2", here.type === 1 ? "Direct messages with Crier" : `This is ${name}`),
    h("p", here.topic || (here.type === 1 ? "What the bot tells you alone." : here.type === 11 ? "A post." : "")));
  if (here.can_use_commands && !messages(here.id).length) {
    const tries = ["/jobs query:distributed systems", "/skill explain name:Kafka", "/subscribe query:rust"];
    node.append(h("p", "Try one of these; press Enter to send it:"),
      h("ul.tries", tries.map((line) => h("li", h("button.try", {
        type: "button",
        onclick: () => document.dispatchEvent(new CustomEvent("fill", { detail: line })),
      }, line)))));
  }
  return node;
}

/** A forum shows its posts, newest first. */
function forum(here) {
  const posts = store.state.channels.filter((one) => one.parent_id === here.id);
  posts.sort((a, b) => (newer(a.id, b.id) ? -1 : 1));
  const cards = posts.map((post) => {
    const list = messages(post.id);
    const tags = here.tags.filter((tag) => (post.applied_tags || []).includes(tag.id)).map((tag) => h("span.badge", tag.name));
    return h("button.post", { type: "button", onclick: () => open(post.id) },
      h("strong", post.name), tags, h("span.small", `${list.length} message${list.length === 1 ? "" : "s"}`,
        list.length > 0 && [" · ", time(Date.parse(list.at(-1).timestamp), "R")]));
  });
  return h("section.welcome", h("h2", here.name), h("p", here.topic || ""),
    cards.length ? h("div.posts", cards) : h("p.small", "No posts yet. Subscribe this forum, and each alert becomes a post: /subscribe channel:#job-board"));
}

function atBottom() {
  const log = $("log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < 60;
}

function toBottom() {
  const log = $("log");
  log.scrollTop = log.scrollHeight;
  seen();
}

function seen() {
  $("newer").hidden = true;
  const last = messages(store.channel).at(-1);
  if (last) store.seen.set(store.channel, last.id);
  document.dispatchEvent(new CustomEvent("seen"));
}
