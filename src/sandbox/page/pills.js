// How a command looks while it is typed: its options as pills in the line, and above it in words with those that are left.

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** The line as spans that lie under the message box; `marked`: where parts begin that are wrong. */
export function pillsOf(text, line, marked) {
  const out = [h("span", { class: "pill-command" }, text.slice(0, line.end))];
  let at = line.end;
  for (const part of line.parts) {
    out.push(text.slice(at, part.from));
    const bad = marked.includes(part.from) ? " bad" : "";
    if (part.stray !== undefined) out.push(h("span", { class: "pill-stray" }, text.slice(part.from, part.to)));
    else {
      const words = text.slice(part.valueFrom, part.to);
      out.push(h("span", { class: `pill-name${bad}` }, text.slice(part.from, part.valueFrom)),
        h("span", { class: `pill-value${bad}` }, words.trimEnd()), words.slice(words.trimEnd().length));
    }
    at = part.to;
  }
  out.push(text.slice(at));
  return out;
}

/** The command, or the option at the caret, in words; and all options as buttons: `go(part)` or `add(option)`. */
export function commandBar({ entry, parts }, caret, go, add) {
  const here = parts.find((p) => p.option && caret >= p.from && caret <= p.to)?.option;
  const words = here
    ? [h("strong", null, here.name), ` ${here.description}`, h("span", { class: "need" }, here.required ? "required" : "optional")]
    : [h("strong", null, `/${entry.text}`), ` ${entry.description}`];
  const pills = entry.options.map((option) => {
    const part = parts.find((p) => p.option === option);
    const look = ["pill", part && "given", option === here && "here", option.required && !part && "needed"].filter(Boolean).join(" ");
    return h("button", {
      class: look, type: "button", tabindex: "-1", title: option.description,
      onmousedown: (event) => event.preventDefault(),
      onclick: () => (part ? go(part) : add(option)),
    }, part ? icon("check") : null, option.name, option.required && !part && h("span", { class: "star" }, " required"));
  });
  return [h("div", { class: "bar-words" }, words), pills.length > 0 && h("div", { class: "pills" }, pills)];
}
