// One message as Discord draws it: who, when, in answer to what, its text, components, and what can be done with it.

import { attachments, components, embed, rest } from "./components.js";
import { h, note } from "./dom.js";
import { interact, post } from "./events.js";
import { avatar, icon } from "./icons.js";
import { plainWords } from "./markdown.js";
import { rich } from "./richtext.js";
import { state } from "./state.js";
import { clock } from "./times.js";

const EPHEMERAL = 64;
const LOADING = 128;
const V2 = 1 << 15;

export const isPrivate = (m) => Boolean(m.ephemeral_for) || ((m.flags ?? 0) & EPHEMERAL) !== 0;
const isLoading = (m) => Boolean(m.loading) || ((m.flags ?? 0) & LOADING) !== 0;
export const nameOf = (user) => user?.global_name ?? user?.name ?? user?.username ?? "Somebody";

/** Draws the message; `joined`: the one above is by the same author, a moment before. */
export function drawMessage(message, joined) {
  const hides = isPrivate(message);
  const failed = message.failed;
  const mine = (message.mentions ?? []).some((u) => u.id === state.me?.id);
  const frame = h("article", {
    class: ["message", joined && "joined", hides && "private", failed && "failed", mine && "mentions-me"].filter(Boolean).join(" "),
    id: `m-${message.id}`, data: { id: message.id },
    "aria-label": `${nameOf(message.author)}${hides ? ", only you can see this" : ""}`,
  });
  const body = h("div", { class: "body" });
  if (message.interaction) frame.append(usedLine(message.interaction));
  if (joined) frame.append(h("span", { class: "gutter" }, clock(message.timestamp, true)));
  else {
    frame.append(avatar(message.author, state.bot));
    body.append(heading(message));
  }
  body.append(...content(message, frame));
  frame.append(body);
  if (!message.local && !hides && state.me?.manager) frame.append(tools(message));
  return frame;
}

function usedLine({ name, user }) {
  return h("div", { class: "used" }, icon("corner"), avatar(user, state.bot, true),
    h("strong", null, nameOf(user)), " used ", h("span", { class: "mention still" }, commandName(name)));
}

/** "/jobs", with its slash whether it came with one or not. */
export const commandName = (name) => `/${String(name ?? "").replace(/^\//, "")}`;

function heading(message) {
  const bot = message.author?.bot || message.author?.id === state.bot.id;
  return h("div", { class: "heading" },
    h("strong", { class: `author${bot ? " bot" : ""}` }, nameOf(message.author)),
    bot && h("span", { class: "badge" }, "BOT"),
    clock(message.timestamp));
}

function content(message, frame) {
  const v2 = ((message.flags ?? 0) & V2) !== 0;
  const context = {
    files: message.attachments,
    everyone: message.mention_everyone,
    press: (id, values, node) => press(message, frame, id, values, node),
  };
  const out = [];
  if (isLoading(message)) {
    out.push(h("div", { class: "thinking", role: "status" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), `${state.bot.name} is thinking…`));
  } else if (message.failed) {
    out.push(h("div", { class: "failure" }, icon("alert"), h("span", null, message.failed)));
  } else {
    if (message.content) out.push(rich(message.content, context));
    if (!v2) out.push(...attachments(message.attachments));
    out.push(...(message.embeds ?? []).map((one) => embed(one, context)));
    if (message.components?.length) out.push(h("div", { class: v2 ? "components v2" : "components" }, components(message.components, context)));
  }
  if (message.edited_timestamp && !message.failed && !isLoading(message)) {
    const edited = h("span", { class: "edited", title: `edited ${new Date(message.edited_timestamp).toLocaleString()}` }, "(edited)");
    const last = out.at(-1);
    const text = last?.classList.contains("rich") ? last.lastElementChild : null;
    if (text?.classList.contains("lines")) text.append(" ", edited);
    else out.push(edited);
  }
  if (message.crossposted) out.push(h("div", { class: "foot" }, icon("announcement"), "Published to the servers that follow this channel"));
  out.push(h("div", { class: "said", role: "alert" }));
  if (isPrivate(message) || message.local) out.push(privateFoot(message));
  return out;
}

function privateFoot(message) {
  return h("div", { class: "foot" }, icon("eye"), "Only you can see this",
    !isLoading(message) && [" · ", h("button", { class: "plain-link", type: "button", onclick: () => dismiss(message) }, "Dismiss message")],
    message.again && [" · ", h("button", { class: "plain-link", type: "button", onclick: message.again }, "Try again")]);
}

async function dismiss(message) {
  if (message.local) return message.local();
  try {
    await post("/page/dismiss", { channel_id: message.channel_id, message_id: message.id });
  } catch (refusal) {
    note(refusal.message, "bad");
  }
}

/** Asks the bot; the button turns meanwhile, and a failure is told below the message. */
async function press(message, frame, custom_id, values, node) {
  const said = frame.querySelector(".said");
  const settle = ({ state: how, reason }) => {
    if (how === "failed") {
      rest(frame, false, node);
      said.replaceChildren(icon("alert"), reason || "This interaction failed.");
    } else if (how === "answered") rest(frame, false, node);
  };
  said.replaceChildren();
  rest(frame, true, node);
  const body = { channel_id: message.channel_id, message_id: message.id, custom_id };
  if (values) body.values = values;
  try {
    await interact("/page/press", body, settle);
  } catch (refusal) {
    settle({ state: "failed", reason: refusal.message });
  }
}

function tools(message) {
  const remove = async () => {
    try {
      await post("/page/delete", { channel_id: message.channel_id, message_id: message.id });
    } catch (refusal) {
      note(refusal.message, "bad");
    }
  };
  return h("div", { class: "tools" },
    h("button", { class: "icon-button", type: "button", title: "Delete message", "aria-label": "Delete message", onclick: remove }, icon("trash")));
}

/** The message in a line of words, for cards and notices. */
export function gist(message) {
  const texts = [];
  const walk = (list) => {
    for (const one of list ?? []) {
      if (one.type === 10) texts.push(one.content);
      walk(one.components);
    }
  };
  walk(message.components);
  const text = plainWords([message.content, ...texts].filter(Boolean).join("\n")).replace(/( ·)+( ·|$)/g, "$2");
  return text || (message.embeds?.[0]?.title ?? "");
}
