// The bar above the messages: where one is, switches for theme and panels, and what faults are on.

import { $, fill, h, memory } from "./dom.js";
import { channelIcon, crierMark, icon } from "./icons.js";
import { channel, isThread, on, show, state } from "./state.js";
import { faultWords, activeFaults, allOff } from "./faults.js";

const THEMES = { auto: ["auto", "Colours follow the system"], light: ["sun", "Light"], dark: ["moon", "Dark"] };
const narrow = matchMedia("(max-width: 1080px)");

export function startHead() {
  setTheme(memory.get("theme") ?? "auto");
  setPanel(narrow.matches ? false : memory.get("panel") ?? true);
  on("whole channels current", drawHead);
  on("whole faults", drawFaults);
  on("connection", (open) => {
    clearTimeout(lostTimer);
    if (open) $("lost").hidden = true;
    else lostTimer = setTimeout(lost, 600);
  });
  narrow.addEventListener("change", () => setPanel(!narrow.matches && (memory.get("panel") ?? true)));
  $("shade").addEventListener("click", closeDrawers);
  addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closeDrawers());
}

let lostTimer;
function lost() {
  fill($("lost"), icon("alert"), "The connection to the sandbox is lost. This page tries again by itself; what you wrote stays here.");
  $("lost").hidden = false;
}

function drawHead() {
  const c = channel();
  document.title = c ? `${c.type === 1 ? state.bot.name : `#${c.name}`} · Crier sandbox` : "Crier sandbox";
  const parent = isThread(c) && channel(c.parent_id);
  fill($("head"),
    h("button", { class: "icon-button only-narrow", type: "button", "aria-label": "Show channels", title: "Channels", onclick: () => drawer("show-channels") }, icon("menu")),
    parent && h("button", { class: "crumb", type: "button", onclick: () => show(parent.id) }, channelIcon(parent.type), parent.name),
    parent && h("span", { class: "dim", "aria-hidden": "true" }, "›"),
    c && h("h2", { class: "head-name" }, c.type === 1 ? h("span", { class: "mark" }, crierMark()) : channelIcon(c.type), h("span", null, c.type === 1 ? state.bot.name : c.name)),
    c?.topic && h("span", { class: "topic dim", title: c.topic }, c.topic),
    h("span", { class: "grow" }),
    themeButton(),
    h("button", {
      id: "panel-button", class: "icon-button", type: "button", "aria-label": "Board, requests and faults", title: "Board, requests and faults",
      "aria-expanded": String(document.body.classList.contains("show-panel")), "aria-controls": "panel", onclick: togglePanel,
    }, icon("panel")));
}

function themeButton() {
  const theme = document.documentElement.dataset.theme;
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(theme) + 1) % names.length];
  const [picture, words] = THEMES[theme];
  return h("button", {
    id: "theme-button", class: "icon-button", type: "button", title: `${words}. Press for: ${THEMES[next][1].toLowerCase()}`, "aria-label": `Theme: ${words}`,
    onclick: () => {
      setTheme(next);
      drawHead();
      $("theme-button").focus();
    },
  }, icon(picture));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = THEMES[theme] ? theme : "auto";
  memory.set("theme", document.documentElement.dataset.theme);
}

// Panels. In a narrow window they are drawers over the messages, else columns.

function togglePanel() {
  const on = !document.body.classList.contains("show-panel");
  setPanel(on);
  if (!narrow.matches) memory.set("panel", on);
  if (on) $("panel").querySelector("[role=tab][tabindex='0']")?.focus();
}

export function setPanel(on) {
  document.body.classList.toggle("show-panel", on);
  $("panel").inert = !on;
  $("panel-button")?.setAttribute("aria-expanded", String(on));
  drawShade();
}

function drawer(name) {
  document.body.classList.toggle(name);
  if (document.body.classList.contains("show-channels")) $("channels").querySelector("[aria-current]")?.focus();
  drawShade();
}

function drawShade() {
  $("shade").hidden = !(document.body.classList.contains("show-channels") || (narrow.matches && document.body.classList.contains("show-panel")));
}

function closeDrawers() {
  document.body.classList.remove("show-channels");
  if (narrow.matches) setPanel(false);
  drawShade();
}

on("current", closeDrawers);
on("close-panel", () => {
  setPanel(false);
  $("panel-button").focus();
});

// Faults are seen from everywhere.

function drawFaults() {
  const some = activeFaults();
  const strip = $("faults-on");
  strip.hidden = some.length === 0;
  fill(strip, icon("bolt"),
    h("span", null, h("strong", null, some.length === 1 ? "A fault is on: " : `${some.length} faults are on: `), some.map(faultWords).join(" · ")),
    h("button", { class: "plain-link", type: "button", onclick: allOff }, "Turn all off"));
}
