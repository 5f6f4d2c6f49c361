// Names that the bot suggests for the option being typed: asked for once typing rests, late answers to older questions ignored.

import { check } from "./command-line.js";
import { debounced } from "./dom.js";
import { choicesOf, interact } from "./events.js";
import { on, state } from "./state.js";

/** The last question: what it is for, its id, and what came. */
let asked = { key: "", id: null, items: [], waiting: false, failed: null };
let changed = () => {};

/** Calls f whenever suggestions came or failed. */
export function onSuggestions(f) {
  changed = f;
  on("completed", (id) => id === asked.id && came(asked, { items: choicesOf(id) }));
}

/** What is known for this option: {items, waiting, failed}; asks the bot when what is typed is new. */
export function suggestions(line, part, picks) {
  const key = [state.as, state.current, line.entry.text, part.option.name, part.value].join("\n");
  if (asked.key !== key) {
    const same = asked.option === part.option.name && asked.command === line.entry.text;
    asked = { key, id: null, items: same ? asked.items : [], waiting: true, failed: null, option: part.option.name, command: line.entry.text };
    ask(asked, line, part, picks);
  }
  return asked;
}

function came(mine, more) {
  if (mine !== asked) return;
  Object.assign(mine, { items: [], failed: null }, more, { waiting: false });
  changed();
}

const ask = debounced(150, async (mine, line, part, picks) => {
  if (mine !== asked) return;
  const focused = part.option.name;
  const options = Object.fromEntries(Object.entries(check(line, picks).options).filter(([, value]) => value !== null));
  options[focused] = part.value;
  const { name, path } = line.entry;
  const fail = (reason) => came(mine, { failed: `No suggestions: ${reason}` });
  try {
    const body = { channel_id: state.current, name, path, options, focused };
    const id = await interact("/page/complete", body, (event) => event.state === "failed" && fail(event.reason || "the application did not respond."));
    mine.id = id;
    if (choicesOf(id)) came(mine, { items: choicesOf(id) });
  } catch (refusal) {
    fail(refusal.message);
  }
});
