// What can be completed where the caret stands: commands, options, fixed choices, entities, and names that the bot knows.

import { entities, TYPE, valueOf } from "./command-line.js";

/**
 * {title, items, chosen} for a line and a caret, or null. An item is {label, detail, mark?, type?, text, caret}: the line
 * and caret after it was chosen. `chosen`: whether Enter takes the first one without an arrow key.
 * `suggest(part)` gives the bot's own suggestions: {items:[{name, value}], waiting, failed}.
 */
export function completions(text, caret, line, entries, suggest) {
  if (!line) return null;
  if (line.kind === "searching") return commandNames(line.typed, entries);
  if (caret < line.end) return null;
  const part = line.parts.find((p) => caret >= p.from && caret <= (p.option ? p.to : p.to + 1));
  if (part?.option && caret >= part.valueFrom) return insideValue(text, caret, line, part, suggest);
  return optionNames(text, caret, line, part);
}

function commandNames(typed, entries) {
  const rank = (e) => {
    if (e.text.startsWith(typed)) return 0;
    if (e.text.split(" ").some((word) => word.startsWith(typed))) return 1;
    if (e.text.includes(typed)) return 2;
    return e.description.toLowerCase().includes(typed) && typed.length > 2 ? 3 : 9;
  };
  const items = entries
    .map((e) => ({ e, rank: rank(e) }))
    .filter((x) => x.rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .map(({ e }) => {
      const needed = e.options.find((o) => o.required);
      const text = `/${e.text} ${needed ? `${needed.name}:` : ""}`;
      return { label: `/${e.text}`, detail: e.description, options: e.options, text, caret: text.length };
    });
  return { title: "Commands", items, chosen: true, empty: `No command is called “/${typed}”.` };
}

/** Options not given yet; what stands there already narrows them. */
function optionNames(text, caret, line, part) {
  const typed = part?.stray !== undefined ? text.slice(part.from, caret).toLowerCase() : "";
  const items = remaining(line)
    .filter((o) => o.name.toLowerCase().startsWith(typed))
    .map((o) => optionItem(o, text, part ? part.from : caret, part ? part.to : caret));
  // Words without an option: offered as the value of the first one that takes any text.
  if (part && !items.length && !/^\S+:/.test(part.stray)) {
    const free = remaining(line).find((o) => o.type === TYPE.string && !o.choices);
    if (free) {
      const after = `${text.slice(0, part.from)}${free.name}:${text.slice(part.from)}`;
      items.push({ label: `${free.name}: ${part.stray}`, detail: free.description, text: after, caret: after.length });
    }
  }
  return items.length ? { title: `Options of /${line.entry.text}`, items, chosen: Boolean(typed) } : null;
}

const remaining = (line) => {
  const given = new Set(line.parts.map((p) => p.option?.name));
  return line.entry.options.filter((o) => !given.has(o.name));
};

function optionItem(option, text, from, to) {
  const before = text.slice(0, from).replace(/\s*$/, " ");
  const after = text.slice(to).trimStart();
  const start = `${before}${option.name}:`;
  return {
    label: option.name, detail: option.description, mark: option.required ? "required" : "",
    text: start + (after ? ` ${after}` : ""), caret: start.length,
  };
}

function insideValue(text, caret, line, part, suggest) {
  const { option } = part;
  const typed = text.slice(part.valueFrom, caret);
  const low = typed.trim().toLowerCase();
  const item = (label, detail, more) => {
    const start = `${text.slice(0, part.valueFrom)}${label} `;
    return { label, detail, text: start + text.slice(part.to), caret: start.length, ...more };
  };
  const next = () => nextOptions(text, caret, line, part, typed);
  const settled = low && (option.choices || option.type !== TYPE.string) && !valueOf(option, part.value).wrong;
  if (settled) return next();
  const title = `${option.name} · ${option.description}`;
  const having = (label) => label.toLowerCase().includes(low.replace(/^[#@]/, ""));
  if (option.choices) {
    const items = option.choices.filter((c) => having(c.name) || having(String(c.value))).map((c) => item(c.name, ""));
    return { title, items, chosen: Boolean(low) || option.required, empty: `“${option.name}” is one of: ${option.choices.map((c) => c.name).join(", ")}.` };
  }
  if (option.type === TYPE.boolean) {
    return { title, items: ["true", "false"].filter(having).map((v) => item(v, "")), chosen: true };
  }
  if (option.type >= TYPE.user && option.type <= TYPE.mentionable) {
    const items = entities(option).filter((e) => having(e.name)).map((e) => item(e.label, e.detail, { type: e.type }));
    return { title, items, chosen: true, empty: `There is none called “${typed.trim()}”.` };
  }
  if (option.autocomplete) {
    const { items, waiting, failed } = suggest(part);
    const names = items.map((c) => item(c.name, "", { pick: [option.name, c.name.trim(), c.value] }));
    const more = typed.endsWith(" ") || waiting ? [] : next()?.items ?? [];
    return { title, items: [...names, ...more], waiting, chosen: false, empty: failed ?? (waiting ? "Asking Crier…" : "Crier suggests nothing; any text is fine.") };
  }
  return next();
}

/** Behind a value: the options that may follow, once a space or the beginning of a name is typed. */
function nextOptions(text, caret, line, part, typed) {
  if (caret < part.to && text.slice(caret, part.to).trim()) return null;
  const word = /(?:^|\s)(\S*)$/.exec(typed)?.[1] ?? "";
  if (!typed.trim() || (word && word.length < 2) || (!word && !/\s$/.test(typed))) return null;
  const items = remaining(line)
    .filter((o) => o.name.toLowerCase().startsWith(word.toLowerCase()))
    .map((o) => optionItem(o, text, caret - word.length, part.to));
  return items.length ? { title: `More options of /${line.entry.text}`, items, chosen: false } : null;
}
