// The side panel: the job board, the bot's requests, and faults to switch on.

import { $, fill, h } from "./dom.js";
import { store, on, ask } from "./store.js";
import { absolute } from "./time.js";

const TABS = { Board: board, Requests: requests, Faults: faults };
let open = "Board";

export function start() {
  on("load", draw);
  on("board", () => open === "Board" && draw());
  on("faults", () => open === "Faults" && draw());
  on("request", (event) => open === "Requests" && add(event.request));
}

function draw() {
  if (!store.state) return;
  const tabs = Object.keys(TABS).map((name) => h("button.tab", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === open), "aria-controls": "tab-body",
    onclick: () => { open = name; draw(); },
  }, name));
  const top = $("tab-body")?.scrollTop || 0;
  fill($("panel"), h("div.tabs", { role: "tablist" }, tabs),
    h("div.tab-body", { id: "tab-body", role: "tabpanel", "aria-labelledby": `tab-${open}` }, TABS[open]()));
  $("tab-body").scrollTop = top;
}

/** Does something and shows why it did not work. */
async function attempt(node, path, body) {
  node.disabled = true;
  try {
    await ask(path, body);
  } catch (error) {
    $("tab-body").prepend(h("p.complaint", { role: "alert" }, error.message));
  }
  node.disabled = false;
}

function act(label, path, body, style = "secondary") {
  const node = h(`button.button.small-button.${style}`, { type: "button", onclick: () => attempt(node, path, body()) }, label);
  return node;
}

function board() {
  const { board } = store.state;
  return [
    h("p.small", "The board that the bot reads every two seconds. A published opening reaches the subscribed channels; a closed or changed one changes the posts that show it."),
    h("div.row", act(board.left ? "Publish next" : "All are out", "board/publish", () => ({}), "primary"),
      h("span.small", `${board.published} out, ${board.left} left`)),
    h("ul.board", board.openings.map((one) => {
      const pay = h("input", { value: one.salary_text || "", placeholder: "pay, such as 90k-120k EUR", "aria-label": `Pay of ${one.title}` });
      return h(`li${one.closed ? ".closed" : ""}`,
        h("strong", one.title), h("span.small", `${one.company} · ${one.location || "no place"}${one.closed ? " · closed" : ""}`),
        h("div.row", one.closed ? act("Reopen", "board/reopen", () => ({ id: one.id })) : act("Close", "board/close", () => ({ id: one.id })),
          pay, act("Set pay", "board/change", () => ({ id: one.id, fields: { salary_text: pay.value } }))));
    })),
  ];
}

function requests() {
  const { requests, unknown } = store.state;
  return [
    h("p.small", "What the bot asked of Discord, newest first, with what is left of each limit."),
    unknown.length > 0 && h("p.complaint", `Routes that this sandbox does not know: ${unknown.map((one) => `${one.method} ${one.path}`).join(", ")}`),
    h("ul.requests", { id: "requests" }, requests.slice(-120).reverse().map(request)),
  ];
}

function add(one) {
  const list = $("requests");
  list?.prepend(request(one));
  while (list?.children.length > 120) list.lastChild.remove();
}

function request(one) {
  const path = one.path.replace("/api/v10", "").replace(/sandbox-interaction-\d+/, "…");
  const bad = one.status === 0 || one.status >= 400;
  const status = one.status === 0 ? "cut off" : one.status;
  const limit = one.limit ? ` · ${one.remaining} of ${one.limit} left` : "";
  return h(`li${bad ? ".bad" : ""}`, h("details",
    h("summary", h("span.method", one.method), " ", h("span.path", path), h("span.small", ` ${status}${limit} · `, h("time", { title: absolute(one.at, "F") }, absolute(one.at, "T")))),
    h("pre", h("code", JSON.stringify(one.body, null, 1)))));
}

function faults() {
  return [
    h("p.small", "What may go wrong with Discord or the board. Promises are kept all the same; look."),
    h("div.row", act("All off", "fault", () => ({ kind: "none" }))),
    h("ul.faults", store.state.faults.map((fault) => {
      const inputs = Object.entries(fault).filter(([key]) => !["kind", "label", "on", "left", "momentary", "match"].includes(key))
        .map(([key, value]) => [key, h("input", { value: String(value), "aria-label": `${key} of ${fault.label}` }), value]);
      const values = () => Object.fromEntries(inputs.map(([key, input, old]) => [key, typeof old === "number" ? Number(input.value) : typeof old === "boolean" ? input.value === "true" : input.value]));
      const button = fault.momentary ? act("Do it", "fault", () => ({ kind: fault.kind, on: true, ...values() }))
        : fault.on ? act("Switch off", "fault", () => ({ kind: fault.kind, on: false }), "danger")
        : act("Switch on", "fault", () => ({ kind: fault.kind, on: true, ...values() }));
      return h(`li${fault.on ? ".on" : ""}`, h("strong", fault.label, fault.on && h("span.badge.warn", fault.left ? `on, ${fault.left} left` : "on")),
        h("div.row", inputs.map(([key, input]) => h("label.small", `${key} `, input)), button));
    })),
  ];
}

