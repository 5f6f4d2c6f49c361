// Reads a typed line such as "/jobs query:distributed systems level:senior" against the known commands; no DOM here.

import { channelsFor, roleName, state } from "./state.js";

export const TYPE = { string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10 };

/** Every command that can be typed here, subcommands written out: {text, name, path, description, options}. */
export function typeable(commands, inDirect) {
  const out = [];
  const walk = (command, words, level) => {
    const deeper = (level.options ?? []).filter((o) => o.type === 1 || o.type === 2);
    if (deeper.length) {
      for (const one of deeper) walk(command, [...words, one.name], one);
      return;
    }
    out.push({ text: words.join(" "), name: command.name, path: words.slice(1), description: level.description ?? "", options: level.options ?? [] });
  };
  for (const command of commands) {
    if ((command.type ?? 1) !== 1) continue;
    if (command.contexts && !command.contexts.includes(inDirect ? 1 : 0)) continue;
    walk(command, [command.name], command);
  }
  return out.sort((a, b) => a.text.localeCompare(b.text));
}

/**
 * What the line is: null for plain words; {kind:"searching", typed} while the command's name is typed; else
 * {kind:"command", entry, end, parts}, where a part is {option, from, valueFrom, to, value} or {stray, from, to}.
 */
export function read(text, entries) {
  if (!text.startsWith("/")) return null;
  const low = text.slice(1).toLowerCase();
  const entry = entries
    .filter((e) => low.startsWith(`${e.text} `) || low.startsWith(`${e.text}\n`))
    .sort((a, b) => b.text.length - a.text.length)[0];
  if (!entry) {
    const exact = entries.find((e) => e.text === low.trim());
    return { kind: "searching", typed: low.trim(), exact };
  }
  const end = entry.text.length + 1;
  const names = entry.options.map((o) => o.name).sort((a, b) => b.length - a.length).map(literal);
  const marks = names.length ? [...text.slice(end).matchAll(new RegExp(`(?<=\\s)(${names.join("|")}):`, "gi"))] : [];
  const parts = [];
  const first = marks.length ? end + marks[0].index : text.length;
  const stray = text.slice(end, first);
  if (stray.trim()) {
    const from = end + stray.length - stray.trimStart().length;
    parts.push({ stray: stray.trim(), from, to: from + stray.trim().length });
  }
  marks.forEach((mark, i) => {
    const from = end + mark.index;
    const valueFrom = from + mark[0].length;
    const to = i + 1 < marks.length ? end + marks[i + 1].index : text.length;
    const option = entry.options.find((o) => o.name.toLowerCase() === mark[1].toLowerCase());
    parts.push({ option, from, valueFrom, to, value: text.slice(valueFrom, to).trim() });
  });
  return { kind: "command", entry, end, parts };
}

const literal = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The options as the server wants them, and what is wrong, in words: {options, wrong:[{from, to, words}]}. */
export function check(line, picks = new Map()) {
  const { entry, parts } = line;
  const options = {};
  const wrong = [];
  const names = entry.options.map((o) => o.name);
  for (const part of parts) {
    const say = (words) => wrong.push({ from: part.from, to: part.to, words });
    if (part.stray !== undefined) {
      say(strayWords(part.stray, entry, names));
    } else if (part.option.name in options) {
      say(`“${part.option.name}” is given twice.`);
    } else {
      const found = valueOf(part.option, part.value, picks);
      if (found.wrong) say(found.wrong);
      options[part.option.name] = found.value ?? null;
      const slip = slipOf(part, names, parts);
      if (slip) say(slip);
    }
  }
  for (const option of entry.options) {
    if (option.required && !(option.name in options)) {
      wrong.push({ from: -1, to: -1, missing: option.name, words: `“${option.name}” is required: ${option.description}` });
    }
  }
  return { options, wrong };
}

function strayWords(stray, entry, names) {
  if (!names.length) return `/${entry.text} takes no options; “${short(stray)}” belongs to none.`;
  const named = /^([^\s:]{1,32}):/.exec(stray)?.[1];
  const all = `It has ${names.join(", ")}.`;
  if (named) return `/${entry.text} has no option “${named}”. ${all}`;
  return `“${short(stray)}” belongs to no option. Begin with one, such as ${names[0]}:${short(stray)}`;
}

/** "levle:senior" within a text is most likely an option with a slip in its name. */
function slipOf(part, names, parts) {
  const given = new Set(parts.map((p) => p.option?.name));
  for (const [, word] of part.value.matchAll(/(?:^|\s)([\p{L}_-]{3,32}):(?=\S)/gu)) {
    const meant = names.find((name) => !given.has(name) && near(word.toLowerCase(), name));
    if (meant) return `There is no option “${word}”; “${meant}:” is near. For the words themselves, leave the colon out.`;
  }
  return "";
}

/** Whether one letter added, left out, changed, or two neighbours swapped make a word the other. */
function near(a, b) {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const same = (x, y) => a.slice(i + x) === b.slice(i + y);
  return same(1, 1) || same(1, 0) || same(0, 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && same(2, 2));
}

const short = (text) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** The value of one option: {value} or {wrong: words}. */
export function valueOf(option, text, picks = new Map()) {
  if (!text) return { wrong: `“${option.name}” has no value yet: ${option.description}` };
  const low = text.toLowerCase();
  switch (option.type) {
    case TYPE.integer:
    case TYPE.number:
      return option.choices?.length ? fixed(option, low) : number(option, text);
    case TYPE.boolean:
      if (["true", "yes"].includes(low)) return { value: true };
      if (["false", "no"].includes(low)) return { value: false };
      return { wrong: `“${option.name}” is true or false.` };
    case TYPE.user:
    case TYPE.channel:
    case TYPE.role:
    case TYPE.mentionable:
      return entity(option, text);
    default:
      break;
  }
  if (option.choices?.length) return fixed(option, low);
  const picked = picks.get(`${option.name}\n${text}`) ?? text;
  const length = [...text].length;
  if (option.max_length && length > option.max_length) return { wrong: `“${option.name}” may have ${option.max_length} characters; this has ${length}.` };
  if (option.min_length && length < option.min_length) return { wrong: `“${option.name}” needs at least ${option.min_length} characters.` };
  return { value: picked };
}

function fixed(option, low) {
  const found = option.choices.find((c) => c.name.toLowerCase() === low) ?? option.choices.find((c) => String(c.value).toLowerCase() === low);
  return found ? { value: found.value } : { wrong: `“${option.name}” is one of: ${option.choices.map((c) => c.name).join(", ")}.` };
}

function number(option, text) {
  const whole = option.type === TYPE.integer;
  const value = Number(text);
  if (!(whole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text)) return { wrong: `“${option.name}” is a ${whole ? "whole " : ""}number.` };
  if (option.min_value !== undefined && value < option.min_value) return { wrong: `“${option.name}” is at least ${option.min_value}.` };
  if (option.max_value !== undefined && value > option.max_value) return { wrong: `“${option.name}” is at most ${option.max_value}.` };
  return { value };
}

function entity(option, text) {
  const id = /^<(?:#|@!?|@&)(\d+)>$/.exec(text)?.[1] ?? (/^\d{15,20}$/.test(text) ? text : null);
  const name = text.replace(/^[#@]/, "").trim().toLowerCase();
  const found = entities(option).find((e) => e.value === id || e.name.toLowerCase() === name);
  const kind = { [TYPE.user]: "a person", [TYPE.channel]: "a channel", [TYPE.role]: "a role" }[option.type] ?? "a person or role";
  return found ? { value: found.value } : { wrong: `“${option.name}” is ${kind}; there is none called “${short(text)}” to choose.` };
}

/** The people, channels or roles that an option takes: {name, label, value, detail, type?}. */
export function entities(option) {
  const people = () => [...state.people, { ...state.bot, isBot: true }].map((p) => ({ name: p.name, label: `@${p.name}`, value: p.id, detail: p.isBot ? "bot" : p.manager ? "manager" : "member" }));
  const roles = () => state.roles.map((r) => ({ name: r.name.replace(/^@/, ""), label: roleName(r), value: r.id, detail: r.mentionable ? "role" : "role, not mentionable" }));
  const channels = () => channelsFor(option.channel_types).map((c) => ({ name: c.name, label: `#${c.name}`, value: c.id, detail: c.topic ?? "", type: c.type }));
  return { [TYPE.user]: people, [TYPE.role]: roles, [TYPE.channel]: channels }[option.type]?.() ?? [...people(), ...roles()];
}
