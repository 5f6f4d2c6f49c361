// Moments in words: Discord's timestamp styles, clock times of messages, and relative times that stay true.

import { h } from "./dom.js";
import { now } from "./state.js";

const LOCALE = navigator.language?.startsWith("en") ? navigator.language : "en-GB";
const format = (options) => new Intl.DateTimeFormat(LOCALE, options);
const STYLES = {
  t: format({ timeStyle: "short" }),
  T: format({ timeStyle: "medium" }),
  d: format({ dateStyle: "short" }),
  D: format({ dateStyle: "long" }),
  f: format({ dateStyle: "long", timeStyle: "short" }),
  F: format({ weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "numeric" }),
  s: format({ dateStyle: "short", timeStyle: "short" }),
  S: format({ dateStyle: "short", timeStyle: "medium" }),
};
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

/** "2 hours ago", "in 3 days". */
export function relative(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  if (seconds === 0) return "now";
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

/** A <t:seconds:style> as Discord draws it. */
export function timestamp(seconds, style) {
  const ms = seconds * 1000;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return h("span", { class: "stamp" }, "Invalid date");
  const iso = new Date(ms).toISOString();
  const words = style === "R" ? relative(ms) : (STYLES[style] ?? STYLES.f).format(ms);
  return h("time", { class: "stamp", datetime: iso, title: STYLES.F.format(ms), data: style === "R" ? { relative: ms } : {} }, words);
}

/** A relative time of milliseconds. */
export const ago = (ms) => timestamp(Math.round(ms / 1000), "R");

/** The time beside a message: the clock, with the day when it is not today. */
export function clock(iso, short) {
  const ms = Date.parse(iso);
  if (!Number.isFinite(ms)) return h("span");
  const today = dayOf(ms) === dayOf(now());
  const words = short || today ? STYLES.t.format(ms) : STYLES.s.format(ms);
  return h("time", { class: "clock", datetime: iso, title: STYLES.F.format(ms) }, words);
}

/** The calendar day, as a key and as words. */
export const dayOf = (ms) => new Date(ms).toDateString();
export const dayWords = (ms) => STYLES.D.format(ms);

/** "14:03:22" for the list of requests. */
export const precise = (ms) => STYLES.T.format(ms);

setInterval(() => {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    const words = relative(Number(node.dataset.relative));
    if (node.textContent !== words) node.textContent = words;
  }
}, 1000);
