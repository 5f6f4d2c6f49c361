// Starts the page: reads the state, follows the events, and wires the parts.

import { $ } from "./dom.js";
import { store, on, load, follow } from "./store.js";
import * as channels from "./channels.js";
import * as composer from "./composer.js";
import * as message from "./message.js";
import * as modal from "./modal.js";
import * as panel from "./panel.js";
import { tick } from "./time.js";

const theme = localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;
if (matchMedia("(max-width: 1100px)").matches) document.body.classList.add("panel-shut");

for (const part of [message, channels, composer, modal, panel]) part.start();
on("connection", ({ up }) => { $("lost").hidden = up; });
setInterval(tick, 10_000);

async function begin() {
  try {
    await load();
    const jobs = store.state.channels.find((channel) => channel.name === "jobs");
    if (jobs && !location.hash) store.channel = jobs.id;
    await load();
    follow();
    $("line").focus();
  } catch {
    $("lost").hidden = false;
    setTimeout(begin, 1500);
  }
}

begin();
