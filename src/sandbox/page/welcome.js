// The beginning of a channel; in the first text channel a welcome with three commands to try.

import { set, run } from "./composer.js";
import { h } from "./dom.js";
import { channelIcon, crierMark } from "./icons.js";
import { channel, isThread, rooms, show, state } from "./state.js";

const TRY = [
  ["/jobs query:distributed systems", "Search the openings on the board. Each has its details behind a button."],
  ["/skill explain name:Kafka", "Read what a skill is, how to learn it, and which openings ask for it."],
  ["/subscribe query:rust", "See what this channel would have got, confirm, and get new openings as they appear."],
];

/** What stands above a channel's first message. */
export function beginning(c) {
  const box = h("div", { class: "beginning" });
  if (c.id === rooms().find((one) => one.type === 0)?.id) return welcome(box);
  if (c.type === 1) {
    box.append(h("h2", null, h("span", { class: "mark" }, crierMark()), state.bot.name), h("p", null, "Your direct messages with Crier. Commands work here too; only you see them."));
  } else if (isThread(c)) {
    const parent = channel(c.parent_id);
    box.append(h("h2", null, channelIcon(c.type), c.name),
      h("p", null, "A post in ", parent && h("button", { class: "mention", type: "button", onclick: () => show(parent.id) }, channelIcon(parent.type), parent.name), "."));
  } else {
    box.append(h("h2", null, channelIcon(c.type), c.name), h("p", null, c.topic || `This is the beginning of #${c.name}.`));
  }
  if (c.type !== 1 && !isThread(c) && state.me?.manager) {
    box.append(h("p", { class: "dim" }, "Nothing comes here by itself. ",
      h("button", { class: "mention", type: "button", onclick: () => set("/subscribe ") }, "/subscribe"), " makes this channel hear of new openings."));
  }
  return box;
}

function welcome(box) {
  box.classList.add("welcome");
  box.append(
    h("div", { class: "welcome-head" }, h("span", { class: "mark" }, crierMark()),
      h("div", null,
        h("h2", null, "Welcome to Crier's sandbox"),
        h("p", null, "A small Discord of your own, with nothing to sign up for. Crier is real: it answers, subscribes and posts as it would in a server. Sample openings appear on its board one by one."))),
    h("h3", null, "Three things to try"),
    h("ul", { class: "tries" }, TRY.map(([line, words]) =>
      h("li", null,
        h("button", { class: "try", type: "button", title: "Write this into the message box", onclick: () => set(line) },
          h("span", { class: "try-line" }, line), h("span", { class: "dim" }, words)),
        h("button", { class: "button primary", type: "button", "aria-label": `Run ${line}`, onclick: () => run(line) }, "Run")))),
    h("p", { class: "dim" }, "Or type ", h("kbd", null, "/"), " to see every command. Below the channels you can be Ada, who manages the server, or Lin, a member. The panel at the right shows the job board, what Crier asks of Discord, and breaks things on purpose."));
  return box;
}
