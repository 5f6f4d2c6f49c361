// The right panel: tabs for the board, the bot's requests and the faults.

import { startBoard } from "./board.js";
import { $, fill, h, memory } from "./dom.js";
import { startFaults, activeFaults } from "./faults.js";
import { icon } from "./icons.js";
import { emit, on } from "./state.js";
import { startRequests } from "./requests.js";

const TABS = [["board", "Board", "board"], ["requests", "Requests", "list"], ["faults", "Faults", "bolt"]];
let current = "board";
const tabs = {};
const pages = {};

export function startPanel() {
  for (const [id, name, picture] of TABS) {
    const count = h("span", { class: "count" });
    tabs[id] = h("button", { id: `tab-${id}`, class: "tab", type: "button", role: "tab", "aria-controls": `page-${id}`, onclick: () => choose(id) }, icon(picture), name, count);
    tabs[id].count = count;
    pages[id] = h("div", { id: `page-${id}`, class: "panel-page", role: "tabpanel", "aria-labelledby": `tab-${id}`, tabindex: "-1" });
  }
  const close = h("button", { class: "icon-button close-panel", type: "button", title: "Close", "aria-label": "Close the panel", onclick: () => emit("close-panel") }, icon("close"));
  fill($("panel"), h("div", { class: "tabs-frame" }, h("div", { class: "tabs", role: "tablist", "aria-label": "Behind the scenes", onkeydown: keys }, Object.values(tabs)), close), Object.values(pages));
  startBoard(pages.board);
  startRequests(pages.requests);
  startFaults(pages.faults);
  on("whole faults", () => (tabs.faults.count.textContent = activeFaults().length ? `${activeFaults().length} on` : ""));
  choose(TABS.some(([id]) => id === memory.get("tab")) ? memory.get("tab") : "board");
}

function choose(id) {
  current = id;
  memory.set("tab", id);
  for (const [one] of TABS) {
    const is = one === id;
    tabs[one].setAttribute("aria-selected", String(is));
    tabs[one].tabIndex = is ? 0 : -1;
    pages[one].hidden = !is;
  }
}

function keys(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const ids = TABS.map(([id]) => id);
  choose(ids[(ids.indexOf(current) + step + ids.length) % ids.length]);
  tabs[current].focus();
}
