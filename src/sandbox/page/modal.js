// Forms that the bot opens: text inputs and menus, sent as one.

import { $, h } from "./dom.js";
import { store, on, interact } from "./store.js";

export function start() {
  on("modal", (event) => show(event.interaction_id, event.modal));
}

function show(id, modal) {
  const dialog = $("form");
  const fields = [];
  const rows = (modal.components || []).map((part) => {
    if (part.type === 10) return h("p", part.content);
    const input = part.type === 18 ? part.component : part.components[0];
    const made = field(input);
    fields.push([input, made]);
    return h("label.field", h("strong", part.label || input.label, input.required !== false && h("span.small", " (required)")),
      part.description && h("span.small", part.description), made);
  });
  const wrong = h("p.complaint", { role: "alert", hidden: true });
  const form = h("form", { method: "dialog", noValidate: true },
    h("h2", modal.title), rows, wrong,
    h("div.row.end", h("button.button.secondary", { type: "button", onclick: () => dialog.close() }, "Cancel"), h("button.button.primary", "Submit")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const complain = (reason) => { wrong.textContent = reason; wrong.hidden = !reason; };
    try {
      const values = Object.fromEntries(fields.map(([input, made]) => [input.custom_id, valueOf(made)]));
      await interact("submit", { interaction_id: id, fields: values }, (reason) => reason ? complain(reason) : dialog.close());
    } catch (error) {
      complain(error.message);
    }
  });
  dialog.setAttribute("aria-label", modal.title);
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  fields[0]?.[1].focus();
}

function field(input) {
  if (input.type === 4) {
    const tag = input.style === 2 ? "textarea" : "input";
    return h(tag, { value: input.value || "", placeholder: input.placeholder || "", maxLength: input.max_length || 4000, rows: 4 });
  }
  const options = input.type === 3 ? input.options
    : input.type === 8 ? store.state.channels.filter((one) => one.type !== 1).map((one) => ({ label: `#${one.name}`, value: one.id }))
    : input.type === 6 ? store.state.roles.slice(1).map((one) => ({ label: `@${one.name}`, value: one.id }))
    : store.state.people.map((one) => ({ label: `@${one.name}`, value: one.id }));
  return h("select", { multiple: (input.max_values || 1) > 1 },
    (options || []).map((one) => h("option", { value: one.value, selected: one.default === true }, one.label)));
}

function valueOf(made) {
  return made.tagName === "SELECT" ? [...made.selectedOptions].map((one) => one.value) : made.value;
}
