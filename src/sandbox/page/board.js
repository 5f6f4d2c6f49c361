// The job board: what is published, and what a board does by itself: publish, close, reopen, change the pay.

import { fill, h, note } from "./dom.js";
import { post } from "./events.js";
import { icon } from "./icons.js";
import { on, state } from "./state.js";
import { ago } from "./times.js";

let page;
/** The opening whose pay is being written. */
let editing = null;

export function startBoard(node) {
  page = node;
  on("whole board", draw);
}

async function act(path, body, done) {
  try {
    const answer = await post(path, body);
    if (done) note(done(answer));
    return true;
  } catch (refusal) {
    note(refusal.message, "bad");
    return false;
  }
}

function draw() {
  // An event must not take away what is being typed.
  if (editing && page.contains(document.activeElement) && document.activeElement.tagName === "INPUT") return;
  const focused = page.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const { published, left, openings } = state.board;
  const newest = [...openings].sort((a, b) => stamp(b) - stamp(a));
  fill(page,
    h("div", { class: "panel-head" },
      h("p", { class: "two-lines" }, h("strong", null, `${published} published`), h("span", { class: "dim" }, left ? `${left} more to come` : "all are out")),
      h("button", { class: "button primary", type: "button", disabled: left === 0, data: { key: "next" }, onclick: () => act("/page/board/publish", {}) }, icon("plus"), "Publish next")),
    h("p", { class: "dim panel-words" }, "This stands for the job boards that Crier reads. It looks every few seconds, so an opening published here is posted a moment later."),
    h("ul", { class: "openings" }, newest.map(opening)));
  if (focused) page.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

const stamp = (o) => (typeof o.posted_at === "number" ? o.posted_at : Date.parse(o.posted_at ?? "") || 0);

function opening(o) {
  const where = [o.company, o.location].filter(Boolean).join(" · ");
  const id = o.id;
  return h("li", { class: o.closed ? "opening closed" : "opening" },
    h("div", { class: "opening-title" }, o.closed ? h("s", null, o.title) : o.title, o.closed && h("span", { class: "tag" }, "closed")),
    h("div", { class: "dim" }, where),
    h("div", { class: "dim" }, o.salary_text && h("span", { class: "pay" }, o.salary_text), o.salary_text && stamp(o) > 0 && " · ", stamp(o) > 0 && ago(stamp(o))),
    editing === id ? payForm(o) : h("div", { class: "opening-tools" },
      o.closed
        ? h("button", { class: "small-button", type: "button", data: { key: `${id}-open` }, onclick: () => act("/page/board/reopen", { id }) }, "Reopen")
        : h("button", { class: "small-button", type: "button", data: { key: `${id}-open` }, onclick: () => act("/page/board/close", { id }) }, "Close"),
      !o.closed && h("button", { class: "small-button", type: "button", data: { key: `${id}-pay` }, onclick: () => edit(id) }, "Change pay")));
}

function edit(id) {
  editing = id;
  document.activeElement?.blur();
  draw();
  page.querySelector("form input")?.select();
}

function payForm(o) {
  const input = h("input", { type: "text", value: o.salary_text ?? "", "aria-label": `Pay of ${o.title}`, placeholder: "120,000–150,000 USD a year", autocomplete: "off",
    onkeydown: (event) => event.key === "Escape" && (event.preventDefault(), finish()) });
  const finish = () => {
    editing = null;
    input.blur();
    draw();
    page.querySelector(`[data-key="${CSS.escape(`${o.id}-pay`)}"]`)?.focus();
  };
  return h("form", {
    class: "pay-form",
    onsubmit: async (event) => {
      event.preventDefault();
      if (await act("/page/board/change", { id: o.id, fields: { salary_text: input.value.trim() || null } })) finish();
    },
  }, input, h("button", { class: "small-button", type: "submit" }, "Save"), h("button", { class: "small-button", type: "button", onclick: finish }, "Cancel"));
}
