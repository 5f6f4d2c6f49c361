// Starts the page: each part listens to the state, then the line to the server opens.

import { startChannels } from "./channels.js";
import { startComposer } from "./composer.js";
import { memory, note } from "./dom.js";
import { connect } from "./events.js";
import { startHead } from "./head.js";
import { startLog } from "./log.js";
import { startModals } from "./modal.js";
import { startPanel } from "./panel.js";
import { channel, on } from "./state.js";

startPanel();
startHead();
startChannels();
startComposer();
startLog();
startModals();
on("current", () => channel() && memory.set("channel", channel().name));
addEventListener("unhandledrejection", (event) => note(`The page failed: ${event.reason?.message ?? event.reason}`, "bad"));
connect();
