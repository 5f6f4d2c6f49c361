// Faults on purpose: what can be broken, with its numbers and a switch, and what is broken now.

import { fill, h, note } from "./dom.js";
import { post } from "./events.js";
import { icon } from "./icons.js";
import { apply, on, state } from "./state.js";

/** kind, name, what happens, parameters: {key, label, value}; those of the gateway that happen at once have a button. */
const count = { key: "count", label: "requests", value: 3, optional: true };
const match = { key: "match", label: "only for", value: "", words: true, hint: "POST /channels", optional: true };
const KINDS = [
  ["Requests", [
    ["latency", "Slow answers", "Each answer waits this long.", [{ key: "ms", label: "milliseconds", value: 1500 }, match]],
    ["rate_limit", "Rate limit", "Answers 429: wait.", [{ key: "scope", label: "scope", value: "user", choices: ["user", "shared", "global"] }, { key: "seconds", label: "seconds", value: 5 }, count, match]],
    ["server_error", "Server error", "Answers with an error of the server's own.", [{ key: "status", label: "status", value: 503 }, count, match]],
    ["reset_before", "Cut before", "The connection is cut before the work is done.", [count, match]],
    ["reset_after", "Cut after", "The work is done, but the connection is cut before the answer.", [count, match]],
  ]],
  ["Gateway", [
    ["gateway_drop", "Drop the connection", "The socket is cut without a word.", []],
    ["gateway_refuse", "Refuse connections", "New sockets are refused until this is off.", []],
    ["gateway_close", "Close with a code", "Discord closes the socket and says why.", [{ key: "code", label: "code", value: 4000 }]],
    ["gateway_invalid", "Invalid session", "The session ends.", [{ key: "resumable", label: "resumable", value: false, flag: true }]],
    ["gateway_reconnect", "Ask to reconnect", "Discord asks the bot to come again.", []],
    ["gateway_silent", "No heartbeat answers", "Heartbeats are not acknowledged, so the bot must notice by itself.", []],
  ]],
  ["Server and board", [
    ["guild_outage", "Server outage", "The server is unavailable to the bot for a while.", []],
    ["board_down", "Board down", "The job board answers with an error.", [{ key: "status", label: "status", value: 503 }]],
  ]],
];

const AT_ONCE = ["gateway_drop", "gateway_close", "gateway_invalid", "gateway_reconnect"];

let page;
/** What was typed into the fields, by kind. */
const typed = {};

export function startFaults(node) {
  page = node;
  on("whole faults", draw);
}

export const activeFaults = () => state.faults.filter((f) => f.on);
const nameOf = (kind) => KINDS.flatMap(([, list]) => list).find(([one]) => one === kind)?.[1];

/** A fault that is on, in a few words. */
export function faultWords(fault) {
  const [, , , parameters = []] = KINDS.flatMap(([, list]) => list).find(([kind]) => kind === fault.kind) ?? [];
  const values = parameters
    .filter((p) => p !== count && fault[p.key] !== undefined && fault[p.key] !== null && fault[p.key] !== "")
    .map((p) => (p.key === "match" ? `for ${fault.match}` : p.key === "ms" ? `${fault.ms} ms` : p.key === "seconds" ? `${fault.seconds} s` : p.flag ? (fault[p.key] ? "resumable" : "not resumable") : fault[p.key]));
  const left = typeof fault.left === "number" ? [`${fault.left} left`] : [];
  return [nameOf(fault.kind) || fault.label || fault.kind, [...values, ...left].join(", ")].filter(Boolean).join(" ");
}

async function turn(body) {
  try {
    const { faults } = await post("/page/fault", body);
    if (faults) apply({ type: "faults", faults });
    return true;
  } catch (refusal) {
    note(refusal.message, "bad");
    return false;
  }
}

export const allOff = () => turn({ kind: "none" });

function draw() {
  if (page.contains(document.activeElement) && document.activeElement.matches("input[type=text], input[type=number], select")) return;
  const focused = page.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const some = activeFaults();
  fill(page,
    h("div", { class: "panel-head" },
      h("p", null, h("strong", null, some.length ? `${some.length} on` : "Nothing is broken")),
      h("button", { class: "button secondary", type: "button", disabled: !some.length, data: { key: "all" }, onclick: allOff }, "All off")),
    h("p", { class: "dim panel-words" }, "Break this Discord on purpose and watch Crier go on: nothing is lost, nothing comes twice."),
    KINDS.map(([name, list]) => h("section", { class: "fault-group" }, h("h3", null, name), list.map(card))));
  if (focused) page.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function card([kind, name, words, parameters]) {
  const fault = state.faults.find((f) => f.kind === kind && f.on);
  const values = (typed[kind] ??= Object.fromEntries(parameters.map((p) => [p.key, p.value])));
  const flip = async () => {
    if (fault) return turn({ kind, on: false });
    const body = { kind, on: true };
    for (const p of parameters) {
      const value = values[p.key];
      if (value === "" || value === null) {
        if (p === count) body.count = null;
        if (p.optional) continue;
        return note(`“${name}” needs ${p.label}.`, "bad");
      }
      body[p.key] = p.words || p.choices ? value : p.flag ? Boolean(value) : Number(value);
    }
    return turn(body);
  };
  return h("div", { class: fault ? "fault on" : "fault" },
    h("div", { class: "fault-head" },
      h("span", { class: "fault-words", id: `fault-${kind}` }, h("strong", null, name), h("span", { class: "dim" }, words)),
      AT_ONCE.includes(kind)
        ? h("button", { class: "small-button", type: "button", "aria-label": `${name}: now`, data: { key: kind }, onclick: () => flip().then((done) => done && note(`Done: ${name.toLowerCase()}.`)) }, "Now")
        : h("button", { class: "toggle", type: "button", role: "switch", "aria-checked": String(Boolean(fault)), "aria-labelledby": `fault-${kind}`, data: { key: kind }, onclick: flip },
        h("span", { class: "toggle-words" }, fault ? "on" : "off"))),
    parameters.length > 0 && !fault && h("div", { class: "parameters" }, parameters.map((p) => parameter(kind, p, values))),
    fault && h("p", { class: "fault-now" }, icon("bolt"), faultWords(fault)));
}

function parameter(kind, p, values) {
  const set = (value) => (values[p.key] = value);
  let input;
  if (p.choices) {
    input = h("select", { onchange: () => set(input.value) }, p.choices.map((c) => h("option", { value: c, selected: c === values[p.key] }, c)));
  } else if (p.flag) {
    input = h("input", { type: "checkbox", checked: values[p.key], onchange: () => set(input.checked) });
  } else {
    input = h("input", {
      type: p.words ? "text" : "number", min: p.words ? undefined : "0", value: values[p.key], placeholder: p.hint ?? (p.optional ? "until off" : ""),
      class: p.words ? "wide" : undefined, oninput: () => set(input.value),
    });
  }
  return h("label", { class: p.words ? "parameter words" : "parameter" }, h("span", { class: "dim" }, p.label), input);
}
