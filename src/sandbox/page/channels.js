// The list of channels with what is unread, who one is, and the head of the open channel.

import { $, fill, h, icon } from "./dom.js";
import { store, on, open, become, channel, newer } from "./store.js";

const SIGNS = { 0: "text", 1: "dm", 5: "news", 11: "thread", 15: "forum" };
const KINDS = { 0: "text channel", 1: "direct messages", 5: "announcement channel", 11: "post", 15: "forum" };

export function start() {
  for (const kind of ["load", "open", "message", "message_delete", "channel_delete", "bot", "faults"]) on(kind, draw);
  document.addEventListener("seen", draw);
}

function draw() {
  const { state } = store;
  if (!state) return;
  const rooms = state.channels.filter((one) => one.type !== 1 && one.type !== 11);
  rooms.sort((a, b) => a.position - b.position);
  const threads = (id) => state.channels.filter((one) => one.type === 11 && one.parent_id === id && (one.id === store.channel || unread(one)));
  const direct = state.channels.filter((one) => one.type === 1);
  $("side").replaceChildren(
    h("div.server", h("strong", state.server.name)),
    h("div.rooms",
      h("ul", rooms.map((one) => [entry(one), threads(one.id).map((post) => entry(post))])),
      h("h2", "Direct messages"), h("ul", direct.map((one) => entry(one)))),
    me());
  head();
}

function unread(one) {
  const last = store.state.messages[one.id]?.at(-1);
  return last && one.id !== store.channel && newer(last.id, store.seen.get(one.id) || "0");
}

function entry(one) {
  const here = one.id === store.channel;
  const fresh = unread(one);
  return h(`li${one.type === 11 ? ".inner" : ""}`, h(`button.room${here ? ".here" : ""}${fresh ? ".fresh" : ""}`, {
    type: "button", "aria-current": here ? "page" : null,
    onclick: () => { open(one.id); document.body.classList.remove("side-open"); },
  }, icon(SIGNS[one.type]), h("span", one.name), fresh && h("span.dot", { title: "new messages" }, "●", h("span.quiet", " new messages"))));
}

function me() {
  const { people, me } = store.state;
  const who = h("select", { "aria-label": "Who you are", onchange: () => become(who.value) },
    people.map((one) => h("option", { value: one.key, selected: one.key === me.key },
      `${one.name} · ${one.manager ? "manager" : "member"}`)));
  return h("div.me", h("label", h("span.small", "You are"), who));
}

function head() {
  const here = channel();
  if (!here) return;
  const { bot, faults } = store.state;
  const on = faults.filter((fault) => fault.on).length;
  fill($("head"),
    h("button.plain.only-narrow", { type: "button", "aria-label": "Channels", onclick: () => document.body.classList.toggle("side-open") }, icon("menu")),
    here.type === 11 && h("button.plain", { type: "button", onclick: () => open(here.parent_id) }, "← back"),
    h("h1", icon(SIGNS[here.type]), here.name), h("span.topic", here.topic || KINDS[here.type]),
    h("span.grow"),
    on > 0 && h("span.badge.warn", `${on} fault${on > 1 ? "s" : ""} on`),
    h("span.small.status", `Crier is ${bot.online ? "online" : "offline"}`),
    h("button.plain", { type: "button", title: "Light or dark", "aria-label": "Light or dark", onclick: theme }, icon("sun")),
    h("button.plain", { type: "button", title: "Side panel", "aria-label": "Side panel", onclick: () => document.body.classList.toggle("panel-shut") }, icon("panel")));
  document.title = `${here.type === 1 ? "" : "#"}${here.name} · Crier sandbox`;
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme === "dark" || root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}
