// Select menus: a button that opens a list in the top layer, for one choice or several; messages and forms share them.

import { h } from "./dom.js";
import { channelIcon, icon } from "./icons.js";
import { channel, channelsFor, isThread, roleName, state } from "./state.js";

/** What a select offers: {label, value, description, type?}; entities come from the state. */
export function optionsOf(one) {
  const people = () => state.people.map((p) => ({ label: p.name, value: p.id, description: p.manager ? "manager" : "member" }));
  const bot = () => ({ label: state.bot.name, value: state.bot.id, description: "bot" });
  const roles = () => state.roles.map((r) => ({ label: roleName(r), value: r.id, description: r.mentionable ? "role" : "role, not mentionable" }));
  switch (one.type) {
    case 5:
      return [...people(), bot()];
    case 6:
      return roles();
    case 7:
      return [...people(), bot(), ...roles()];
    case 8:
      return channelsFor(one.channel_types).map((c) => ({ label: c.name, value: c.id, description: placeOf(c), type: c.type }));
    default:
      return (one.options ?? []).map((o) => ({ ...o, label: o.emoji?.name ? `${o.emoji.name} ${o.label}` : o.label }));
  }
}

const KINDS = { 0: "text", 1: "direct message", 5: "announcement", 15: "forum" };
const placeOf = (c) => (isThread(c) ? `thread in ${channel(c.parent_id)?.name ?? "a channel"}` : KINDS[c.type] ?? "channel");

let numbers = 0;

/** The menu. `onpick(values)` is called once a choice is made; `.chosen()` tells it, for forms. */
export function menu({ name, label, options, min_values, max_values, disabled, onpick, form, default_values }) {
  const most = Math.min(max_values ?? 1, Math.max(options.length, 1));
  const least = min_values ?? 1;
  const many = most > 1;
  const id = `menu-${++numbers}`;
  let chosen = new Set(default_values?.map((d) => d.id) ?? options.filter((o) => o.default).map((o) => o.value));
  let before = [...chosen];
  let active = 0;

  const face = h("span", { class: "menu-face" });
  const opener = h("button", {
    class: "menu-opener", type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", disabled: disabled || (!options.length && !form),
    onclick: () => (list.matches(":popover-open") ? close() : open()),
    onkeydown: (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      open();
    },
  }, face, icon("down"));
  const rows = options.map((option, i) =>
    h("div", {
      class: "option", role: "option", id: `${id}-${i}`, data: { value: option.value },
      onclick: () => toggle(i), onmousemove: () => activate(i, false),
    },
    option.type !== undefined && channelIcon(option.type),
    h("span", { class: "option-words" }, h("span", null, option.label), option.description && h("span", { class: "dim" }, option.description)),
    h("span", { class: `tick${many ? " box" : ""}` }, icon("check"))));
  const list = h("div", {
    id, class: "menu-list", role: "listbox", popover: "auto", tabindex: "0", "aria-label": label ?? name, "aria-multiselectable": String(many),
    onkeydown: keys, ontoggle: toggled,
  }, rows.length ? rows : h("div", { class: "option dim" }, "There is nothing to choose."));
  const box = h("div", { class: "menu" }, opener, list);

  function open() {
    if (opener.disabled || box.getAttribute("aria-disabled") === "true") return;
    before = [...chosen];
    list.showPopover();
    place();
    activate(Math.max(0, options.findIndex((o) => chosen.has(o.value))), true);
    list.focus();
  }
  function close() {
    list.hidePopover();
  }
  function place() {
    const at = opener.getBoundingClientRect();
    const room = innerHeight - at.bottom - 12;
    const up = room < Math.min(list.scrollHeight, 220) && at.top > room;
    list.style.width = `${at.width}px`;
    list.style.left = `${at.left}px`;
    list.style.maxHeight = `${Math.min(320, (up ? at.top : room + 12) - 16)}px`;
    list.style.top = up ? "auto" : `${at.bottom + 4}px`;
    list.style.bottom = up ? `${innerHeight - at.top + 4}px` : "auto";
  }
  function toggled(event) {
    opener.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open" || !many || form) return;
    // A menu of several tells its choice when it closes, as Discord's do.
    const same = before.length === chosen.size && before.every((v) => chosen.has(v));
    if (!same && chosen.size >= least) onpick?.([...chosen]);
    else if (!same) {
      chosen = new Set(before);
      draw();
    }
  }
  function toggle(i) {
    const option = options[i];
    if (!option) return;
    if (many || (form && least === 0 && chosen.has(option.value))) {
      if (chosen.has(option.value)) chosen.delete(option.value);
      else if (chosen.size < most) chosen.add(option.value);
      draw();
      return;
    }
    chosen = new Set([option.value]);
    draw();
    close();
    opener.focus();
    onpick?.([option.value]);
  }
  function activate(i, scroll) {
    active = i;
    rows.forEach((row, n) => row.classList.toggle("active", n === i));
    if (rows[i]) list.setAttribute("aria-activedescendant", rows[i].id);
    if (scroll) rows[i]?.scrollIntoView({ block: "nearest" });
  }
  function keys(event) {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) activate((to + rows.length) % rows.length, true);
    else if (event.key === "Enter" || event.key === " ") toggle(active);
    else if (event.key === "Tab") close();
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const start = options.findIndex((o, i) => i > active && o.label.toLowerCase().startsWith(event.key.toLowerCase()));
      const any = start >= 0 ? start : options.findIndex((o) => o.label.toLowerCase().startsWith(event.key.toLowerCase()));
      if (any >= 0) activate(any, true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
    if (!list.matches(":popover-open")) opener.focus();
  }
  function draw() {
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(chosen.has(options[i].value))));
    const picked = options.filter((o) => chosen.has(o.value));
    face.classList.toggle("dim", picked.length === 0);
    face.textContent = picked.length ? picked.map((o) => o.label).join(", ") : name;
    const what = label ?? name;
    opener.setAttribute("aria-label", face.textContent === what ? what : `${what}: ${face.textContent}`);
  }
  draw();
  box.chosen = () => [...chosen];
  box.opener = opener;
  return box;
}
