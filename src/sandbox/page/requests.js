// What the bot asks of Discord: each request with its status and limits, its body behind it.

import { fill, h } from "./dom.js";
import { on, state } from "./state.js";
import { precise } from "./times.js";

let page;
let words = "";
const list = h("ol", { class: "requests", "aria-label": "Requests, newest first" });
const unknown = h("div");
const none = h("p", { class: "dim panel-words" });

export function startRequests(node) {
  page = node;
  const filter = h("input", { type: "search", placeholder: "Method, path or status", "aria-label": "Show only requests with", oninput: () => {
    words = filter.value.trim().toLowerCase();
    draw();
  } });
  fill(page, h("div", { class: "panel-head" }, filter), h("p", { class: "dim panel-words" }, "Every request that Crier sends to this Discord, newest first. Press one to read its body."), unknown, list, none);
  on("whole", draw);
  on("request", add);
}

const wanted = (r) => !words || `${r.method} ${r.path} ${r.status}`.toLowerCase().includes(words);

function draw() {
  fill(list, [...state.requests].reverse().filter(wanted).map(row));
  fill(unknown, state.unknown.length > 0 && h("div", { class: "warning" }, h("strong", null, "This sandbox does not know: "),
    [...new Set(state.unknown.map((u) => `${u.method} ${u.path}`))].join(", ")));
  tellNone();
}

function add(request) {
  if (wanted(request)) list.prepend(row(request));
  while (list.childElementCount > 200) list.lastChild.remove();
  tellNone();
}

function tellNone() {
  none.hidden = list.childElementCount > 0;
  none.textContent = words ? "No request holds these words." : "Crier has asked nothing yet.";
}

function row(r) {
  const good = r.status >= 200 && r.status < 300;
  const limits = typeof r.remaining === "number" && typeof r.limit === "number" ? `${r.remaining} of ${r.limit} left` : "";
  const details = h("details", { class: "request" },
    h("summary", null,
      h("span", { class: `code ${good ? "good" : "bad"}`, title: meaning(r.status) }, r.status || "cut"),
      h("span", { class: "method" }, r.method),
      h("span", { class: "path", title: r.path }, short(r.path)),
      h("span", { class: "dim limits" }, limits)));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(inside(r));
  });
  return h("li", null, details);
}

function inside(r) {
  const facts = [
    ["At", typeof r.at === "number" ? precise(r.at) : r.at],
    ["Took", typeof r.ms === "number" ? `${r.ms} ms` : null],
    ["Status", `${r.status} ${meaning(r.status)}`],
    ["Bucket", r.bucket],
    ["Limit anew in", typeof r.reset_after === "number" ? `${r.reset_after} s` : null],
    ["Path", r.path],
  ].filter(([, value]) => value !== null && value !== undefined);
  return h("div", { class: "request-inside" },
    h("dl", null, facts.map(([name, value]) => [h("dt", null, name), h("dd", null, value)])),
    r.body === null || r.body === undefined ? h("p", { class: "dim" }, "It had no body.") : h("pre", { tabindex: "0" }, JSON.stringify(r.body, null, 2)));
}

const MEANINGS = { 200: "OK", 201: "Created", 204: "Done", 304: "Not modified", 400: "Bad request", 401: "Not authorized", 403: "Forbidden", 404: "Not found", 429: "Too many requests", 500: "Server error", 501: "Not known to the sandbox", 502: "Bad gateway", 503: "Unavailable" };
const meaning = (status) => MEANINGS[status] ?? (status >= 500 ? "Server error" : status ? "" : "The connection was cut");

/** Long ids and tokens in a path hide what it is about. */
const short = (path) => path.replace(/^\/api\/v\d+/, "").replace(/\d{12,}/g, (id) => `…${id.slice(-4)}`).replace(/\/[\w.-]{24,}(?=\/|$)/g, (part) => `/${part.slice(1, 5)}…${part.slice(-3)}`);
