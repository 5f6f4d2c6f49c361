// The left column: the server, its channels by kind with unread marks, the direct message, and who one is.

import { $, fill, h } from "./dom.js";
import { become } from "./events.js";
import { avatar, channelIcon, icon } from "./icons.js";
import { direct, isThread, on, rooms, show, state, threadsOf, unread } from "./state.js";

const GROUPS = [["Text channels", [0, 2]], ["Announcements", [5]], ["Forums", [15, 16]]];
const MOST_THREADS = 5;

export function startChannels() {
  on("whole channels current message message_delete seen bot", draw);
}

function draw() {
  if (!state.ready) return;
  const nav = $("channels");
  // Drawing anew must not take the keyboard's place away.
  const focused = nav.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const scroll = nav.querySelector(".channel-list")?.scrollTop ?? 0;
  const all = rooms();
  const list = h("div", { class: "channel-list" });
  for (const [name, types] of GROUPS) {
    const some = all.filter((c) => types.includes(c.type));
    if (some.length) list.append(group(name, some.flatMap((c) => [entry(c), ...threads(c)])));
  }
  if (direct()) list.append(group("Direct messages", [entry(direct())]));
  fill(nav, server(), list, people());
  list.scrollTop = scroll;
  if (focused) nav.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function server() {
  const online = state.bot.online;
  return h("div", { class: "server" },
    h("h1", null, state.server.name),
    h("p", { class: online ? "status on" : "status" }, h("span", { class: "dot", "aria-hidden": "true" }), `${state.bot.name} is ${online ? "online" : "offline"}`));
}

const group = (name, entries) => h("section", { class: "group", "aria-label": name }, h("h2", null, name), h("ul", null, entries));

function threads(c) {
  return threadsOf(c.id)
    .filter((t) => t.id === state.current || unread(t.id) || (c.type !== 15 && !t.archived))
    .slice(0, MOST_THREADS)
    .map((t) => entry(t));
}

function entry(c) {
  const news = unread(c.id);
  const current = c.id === state.current;
  const closed = c.type !== 1 && limits(c);
  return h("li", { class: isThread(c) ? "thread" : undefined },
    h("button", {
      class: ["entry", news && "unread", current && "current"].filter(Boolean).join(" "), type: "button",
      "aria-current": current ? "page" : undefined, data: { key: c.id }, title: c.topic || undefined,
      onclick: () => {
        show(c.id);
        document.body.classList.remove("show-channels");
      },
    },
    c.type === 1 ? avatar({ bot: true }, state.bot, true) : channelIcon(c.type),
    h("span", { class: "entry-name" }, c.type === 1 ? state.bot.name : c.name),
    closed && h("span", { class: "limited", title: closed }, icon("lock", closed)),
    news && h("span", { class: "unread-mark" }, "new")));
}

const VIEW = 1n << 10n;
const SEND = 1n << 11n;

/** What Crier or the person lacks in a channel, in words, or "". */
function limits(c) {
  const bot = BigInt(c.rights?.bot ?? "-1");
  if (!(bot & VIEW)) return `${state.bot.name} can't see this channel`;
  if (!(bot & SEND) && !isThread(c)) return `${state.bot.name} may not write here`;
  return c.can_send === false && c.type !== 15 ? "You may not write here" : "";
}

/** Who one is, and the switch to the other person. */
function people() {
  const keys = (event) => {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll("[role=radio]")];
    const next = all[(all.indexOf(document.activeElement) + (event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 1) + all.length) % all.length];
    next.focus();
    next.click();
  };
  return h("div", { class: "people" },
    h("p", { id: "you-are" }, "You are"),
    h("div", { class: "switch", role: "radiogroup", "aria-labelledby": "you-are", onkeydown: keys }, state.people.map((p) => {
      const me = p.key === state.as;
      return h("button", {
        class: me ? "who current" : "who", type: "button", role: "radio", "aria-checked": String(me), tabindex: me ? "0" : "-1", data: { key: p.key },
        title: p.manager ? "May manage the server" : "An ordinary member", onclick: () => become(p.key),
      }, avatar(p, state.bot, true), h("span", null, h("strong", null, p.name), h("span", { class: "dim" }, p.manager ? "manager" : "member")));
    })));
}
