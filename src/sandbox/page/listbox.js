// The list above the message box: shows completions, keeps the active one, and tells screen readers about it.

import { fill, h } from "./dom.js";
import { channelIcon } from "./icons.js";

/** A list bound to a text field; `take(item)` is called for the one that is chosen. */
export function listbox(id, field, take) {
  const rows = h("div", { class: "completion-rows", role: "listbox", id, "aria-label": "Completions" });
  const title = h("div", { class: "completion-title" });
  const node = h("div", { class: "completions", hidden: true, onmousedown: (event) => event.preventDefault() }, title, rows);
  let items = [];
  let active = -1;
  let moved = false;

  function show(content) {
    if (!content || (!content.items.length && !content.empty)) return hide();
    const same = moved && items[active]?.label;
    items = content.items;
    const again = same ? items.findIndex((item) => item.label === same) : -1;
    moved = again >= 0;
    active = moved ? again : content.chosen && items.length ? 0 : -1;
    fill(title, h("span", null, content.title), h("span", { class: "keys" }, content.waiting ? "asking…" : [h("kbd", null, "Tab"), " to choose"]));
    fill(rows, items.length ? items.map(row) : h("div", { class: "completion empty" }, content.empty));
    node.hidden = false;
    mark();
  }

  function row(item, i) {
    return h("div", {
      class: "completion", role: "option", id: `${id}-${i}`,
      onclick: () => take(item), onmousemove: () => active !== i && activate(i),
    },
    item.type !== undefined && channelIcon(item.type),
    h("span", { class: "completion-label" }, item.label),
    item.detail && h("span", { class: "completion-detail" }, item.detail),
    item.mark && h("span", { class: "need" }, item.mark),
    item.options?.length > 0 && h("span", { class: "completion-options" }, item.options.slice(0, 4).map((o) => h("span", { class: "pill still" }, o.name)),
      item.options.length > 4 && h("span", { class: "dim" }, `+${item.options.length - 4}`)));
  }

  function activate(i) {
    active = i;
    moved = true;
    mark();
  }

  function mark() {
    [...rows.children].forEach((one, i) => {
      one.classList.toggle("active", i === active);
      if (one.id) one.setAttribute("aria-selected", String(i === active));
    });
    const now = active >= 0 ? rows.children[active] : null;
    if (now?.id) {
      field.setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
      rows.scrollTop = 0;
    }
  }

  function hide() {
    node.hidden = true;
    items = [];
    active = -1;
    moved = false;
    field.removeAttribute("aria-activedescendant");
  }

  return {
    node, show, hide,
    move(step) {
      if (!items.length) return;
      activate(active < 0 ? (step > 0 ? 0 : items.length - 1) : (active + step + items.length) % items.length);
    },
    get open() {
      return !node.hidden && items.length > 0;
    },
    get active() {
      return items[active] ?? null;
    },
    get first() {
      return items[0] ?? null;
    },
  };
}

