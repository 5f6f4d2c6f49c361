// Forms of the bot as a dialog: labels with inputs, menus, choices and boxes, and the older rows of text inputs.

import { fill, h } from "./dom.js";
import { interact } from "./events.js";
import { icon } from "./icons.js";
import { menu, optionsOf } from "./menu.js";
import { rich } from "./richtext.js";
import { on } from "./state.js";

export function startModals() {
  on("modal", open);
}

function open({ interaction_id, modal }) {
  const fields = [];
  const before = document.activeElement;
  const said = h("div", { class: "said", role: "alert" });
  const submit = h("button", { class: "button primary", type: "submit" }, "Submit");
  const cancel = h("button", { class: "button secondary", type: "button", onclick: () => dialog.close() }, "Cancel");
  const form = h("form", { novalidate: true, onsubmit: (event) => (event.preventDefault(), send()) },
    h("div", { class: "form-fields" }, (modal.components ?? []).map((one) => top(one, fields))), said, h("div", { class: "form-foot" }, cancel, submit));
  const dialog = h("dialog", { class: "modal", "aria-labelledby": `title-${interaction_id}`, onclose: () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
  } },
  h("header", null, h("h2", { id: `title-${interaction_id}` }, modal.title), h("button", { class: "icon-button", type: "button", "aria-label": "Close", title: "Close", onclick: () => dialog.close() }, icon("close"))),
  form);
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("input, textarea, .menu-opener")?.focus();

  async function send() {
    const wrong = fields.map((f) => f.check()).filter(Boolean);
    if (wrong.length) {
      fill(said, icon("alert"), "Please mend what is marked. Nothing was sent.");
      wrong[0].focus();
      return;
    }
    const values = Object.fromEntries(fields.map((f) => [f.id, f.value()]));
    busy(true);
    const fail = (words) => {
      busy(false);
      fill(said, icon("alert"), `${words} What you wrote is still here.`);
    };
    try {
      await interact("/page/submit", { interaction_id, fields: values }, ({ state: how, reason }) => {
        if (how === "failed") fail(reason || "The application did not respond.");
        else if (how === "answered" || how === "loading") dialog.close();
      });
    } catch (refusal) {
      fail(refusal.message);
    }
  }
  function busy(is) {
    submit.disabled = is;
    submit.setAttribute("aria-busy", String(is));
    said.replaceChildren();
  }
}

/** A top-level part: a label with its field, text, or an older row. */
function top(one, fields) {
  if (one.type === 10) return rich(one.content);
  if (one.type === 1) return (one.components ?? []).map((input) => field(input, { label: input.label }, fields));
  if (one.type === 18) return field(one.component ?? {}, one, fields);
  return h("p", { class: "unknown" }, `A part of type ${one.type}, which this page does not know`);
}

let numbers = 0;

function field(one, { label, description }, fields) {
  const id = `field-${++numbers}`;
  const wrong = h("span", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const made = input(one, id, label);
  const required = one.type !== 23 && one.required !== false;
  const mark = (words) => {
    fill(wrong, words && [icon("alert"), words]);
    made.node.classList.toggle("bad", Boolean(words));
    return words ? made.target : null;
  };
  made.node.addEventListener("input", () => mark(""));
  fields.push({
    id: one.custom_id,
    value: made.value,
    check: () => mark(problem(one, made.value(), required)),
  });
  const group = one.type === 21 || one.type === 22;
  return h(group ? "fieldset" : "div", { class: "form-field" },
    h(group ? "legend" : "label", { for: group ? undefined : id, class: "form-label" }, label, required ? h("span", { class: "star", title: "required" }, " *") : h("span", { class: "dim" }, " optional")),
    description && h("span", { class: "dim form-hint" }, description),
    made.node, wrong);
}

function problem(one, value, required) {
  const empty = Array.isArray(value) ? value.length === 0 : value === "" || value === null;
  if (empty) return required ? "This is required." : "";
  if (one.type === 4) {
    const length = [...value].length;
    if (one.min_length && length < one.min_length) return `At least ${one.min_length} characters; this has ${length}.`;
    if (one.max_length && length > one.max_length) return `At most ${one.max_length} characters; this has ${length}.`;
  }
  if (Array.isArray(value) && one.min_values && value.length < one.min_values) return `Choose at least ${one.min_values}.`;
  return "";
}

/** The field itself: {node, target (takes the focus), value()}. */
function input(one, id, label) {
  switch (one.type) {
    case 4: {
      const node = h(one.style === 2 ? "textarea" : "input", {
        id, type: one.style === 2 ? undefined : "text", rows: one.style === 2 ? "5" : undefined, value: one.value ?? "", placeholder: one.placeholder,
        maxlength: one.max_length ?? 4000, autocomplete: "off", "aria-describedby": `${id}-wrong`,
      });
      return { node, target: node, value: () => node.value };
    }
    case 3: case 5: case 6: case 7: case 8: {
      const node = menu({ ...one, name: one.placeholder ?? "Make a selection", label, options: optionsOf(one), form: true, min_values: one.required === false ? 0 : one.min_values });
      node.opener.id = id;
      return { node, target: node.opener, value: node.chosen };
    }
    case 21: case 22: {
      const boxes = (one.options ?? []).map((o) => h("input", { type: one.type === 21 ? "radio" : "checkbox", name: id, value: o.value, checked: o.default }));
      const node = h("div", { class: "choices" }, (one.options ?? []).map((o, i) => h("label", null, boxes[i], h("span", null, o.label, o.description && h("span", { class: "dim" }, ` ${o.description}`)))));
      const chosen = () => boxes.filter((b) => b.checked).map((b) => b.value);
      return { node, target: boxes[0], value: one.type === 21 ? () => chosen()[0] ?? null : chosen };
    }
    case 23: {
      const node = h("input", { type: "checkbox", id, checked: one.default });
      return { node, target: node, value: () => node.checked };
    }
    default: {
      const node = h("p", { class: "dim", tabindex: "-1" }, one.type === 19 ? "Files cannot be sent from this page." : `A field of type ${one.type}, which this page does not know`);
      return { node, target: node, value: () => [] };
    }
  }
}
