// A typed line as a command: which one, which options with which values, and what is being typed right now.

/** Every command that can be called, subcommands flattened: { words, path, root, options, description }. */
export function callable(commands) {
  const out = [];
  const walk = (root, level, path) => {
    const inner = (level.options || []).filter((option) => option.type === 1 || option.type === 2);
    if (inner.length) for (const option of inner) walk(root, option, [...path, option.name]);
    else out.push({ root, path, words: [root.name, ...path].join(" "), description: level.description, options: level.options || [] });
  };
  for (const command of commands) if ((command.type ?? 1) === 1) walk(command, command, []);
  return out;
}

/**
 * Reads a line up to its end with the cursor at `cursor`. Gives { command, given, at, problem }: `given` are the
 * options with their values and places; `at` is what the cursor stands in: { kind: "command" | "option" | "value" }.
 * A value runs until the next option that the command knows.
 */
export function read(line, cursor, commands) {
  if (!line.startsWith("/")) return null;
  const all = callable(commands);
  const typed = line.slice(1);
  const fits = (one) => typed === one.words || typed.startsWith(`${one.words} `);
  const command = all.filter(fits).sort((a, b) => b.words.length - a.words.length)[0];
  if (!command || cursor <= command.words.length + 1 && line.length <= command.words.length + 1) {
    const exact = command && typed === command.words;
    return { command: exact ? command : null, given: [], at: { kind: "command", typed }, all };
  }
  const start = command.words.length + 1;
  const rest = line.slice(start);
  const given = [];
  const names = command.options.map((option) => option.name).sort((a, b) => b.length - a.length);
  const mark = names.length ? new RegExp(`(^|\\s)(${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")}):`, "g") : null;
  const marks = mark ? [...rest.matchAll(mark)] : [];
  marks.forEach((found, n) => {
    const from = start + found.index + found[0].length;
    const to = n + 1 < marks.length ? start + marks[n + 1].index : line.length;
    const option = command.options.find((one) => one.name === found[2]);
    given.push({ name: found[2], option, from, to, label: start + found.index + found[1].length, value: line.slice(from, to).trim() });
  });
  const stray = line.slice(start, marks.length ? start + marks[0].index : line.length).trim();
  const inside = given.find((one) => cursor >= one.from && cursor <= one.to);
  const word = line.slice(0, cursor).match(/\S*$/)[0];
  const at = inside ? { kind: "value", given: inside, word } : { kind: "option", word };
  return { command, given, at, all, problem: problem(command, given, stray, at) };
}

/** Why the line can't be sent as it is; null when it can. */
function problem(command, given, stray, at) {
  const known = command.options.map((option) => option.name);
  const unknown = stray.match(/^([\w-]+):/);
  if (unknown) return `/${command.words} has no option "${unknown[1]}". It has: ${known.join(", ") || "none"}.`;
  if (stray) {
    return known.length
      ? `"${stray}" belongs to no option. Begin with one of: ${known.map((name) => `${name}:`).join(" ")}`
      : `/${command.words} takes no options.`;
  }
  for (const [n, one] of given.entries()) {
    if (given.findIndex((other) => other.name === one.name) !== n) return `The option "${one.name}" is there twice.`;
    if (!one.value) return `The option "${one.name}" has no value yet.`;
    const inner = one.value.match(/(?:^|\s)([a-z][\w-]*):(?!\/\/)/);
    if (inner && one.option.choices?.length) return `/${command.words} has no option "${inner[1]}". It has: ${known.join(", ")}.`;
    if (one.option.choices?.length && !one.option.choices.some((choice) => same(choice.name, one.value) || same(String(choice.value), one.value))) {
      return `"${one.value}" is no choice of "${one.name}": ${one.option.choices.map((choice) => choice.name).join(", ")}.`;
    }
    if (one.option.type === 4 && !/^-?\d+$/.test(one.value)) return `"${one.name}" takes a whole number.`;
    if (one.option.type === 10 && Number.isNaN(Number(one.value))) return `"${one.name}" takes a number.`;
  }
  const missing = command.options.find((option) => option.required && !given.some((one) => one.name === option.name));
  if (missing) return `The option "${missing.name}" is required.`;
  return null;
}

export const same = (a, b) => a.toLowerCase() === b.toLowerCase();

/** What is sent for an option: the value behind a choice's name, or what was typed. */
export function valueOf(one, chosen) {
  const picked = chosen.get(one.name);
  if (picked && picked.label === one.value) return picked.value;
  const choice = one.option.choices?.find((other) => same(other.name, one.value) || same(String(other.value), one.value));
  if (choice) return choice.value;
  if (one.option.type === 4) return parseInt(one.value, 10);
  if (one.option.type === 10) return Number(one.value);
  if (one.option.type === 5) return /^(true|yes)$/i.test(one.value);
  return one.value;
}
