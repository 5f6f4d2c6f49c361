// Times as each reader sees them: Discord's styles, and relative ones that stay true while one looks.

import { h } from "./dom.js";

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const STYLES = {
  t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" }, S: { dateStyle: "short", timeStyle: "medium" },
};

export function ago(milliseconds) {
  const seconds = Math.round((milliseconds - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) || UNITS.at(-1);
  return relative.format(Math.trunc(seconds / size), unit);
}

export function absolute(milliseconds, style = "f") {
  return new Intl.DateTimeFormat("en", STYLES[style] || STYLES.f).format(milliseconds);
}

/** A time element; style R is kept up to date by `tick`. */
export function time(milliseconds, style) {
  const text = style === "R" ? ago(milliseconds) : absolute(milliseconds, style);
  const node = h("time", { dateTime: new Date(milliseconds).toISOString(), title: absolute(milliseconds, "F") }, text);
  if (style === "R") node.dataset.relative = milliseconds;
  return node;
}

export function tick() {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    const text = ago(Number(node.dataset.relative));
    if (node.textContent !== text) node.textContent = text;
  }
}
