// Components of a message as elements: containers, sections, texts, pictures, buttons and menus.

import { h, icon } from "./dom.js";
import { markdown, inline } from "./markdown.js";
import { store, interact } from "./store.js";
import { time } from "./time.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "primary" };

/** One component of `message`. */
export function component(part, message) {
  switch (part.type) {
    case 1: return h("div.row", (part.components || []).map((one) => component(one, message)));
    case 2: return button(part, message);
    case 3: return select(part, message, part.options);
    case 5: return select(part, message, store.state.people.map((p) => ({ label: `@${p.name}`, value: p.id })));
    case 6: return select(part, message, roles());
    case 7: return select(part, message, roles());
    case 8: return select(part, message, rooms(part.channel_types));
    case 9:
      return h("div.section", h("div.words", part.components.map((one) => component(one, message))),
        component(part.accessory, message));
    case 10: return h("div.words", markdown(part.content));
    case 11: return picture(part, message, "img.thumb");
    case 12: return h("div.gallery", part.items.map((one) => picture(one, message, "img.shot")));
    case 13: return file(find(part.file.url, message));
    case 14: return h(`div.line${part.divider === false ? ".bare" : ""}${part.spacing === 2 ? ".wide" : ""}`, { role: "separator" });
    case 17: return container(part, message);
    default: return h("p.small", `(a component of kind ${part.type} that this page does not draw)`);
  }
}

function container(part, message) {
  const node = h("div.container", part.components.map((one) => component(one, message)));
  if (part.accent_color !== null && part.accent_color !== undefined) {
    node.style.setProperty("--stripe", `#${part.accent_color.toString(16).padStart(6, "0")}`);
  }
  return node;
}

const roles = () => store.state.roles.slice(1).map((role) => ({ label: `@${role.name}`, value: role.id }));
const rooms = (kinds) => store.state.channels
  .filter((one) => one.type !== 1 && (!kinds?.length || kinds.includes(one.type)))
  .map((one) => ({ label: `#${one.name}`, value: one.id }));

function button(part, message) {
  const label = [part.emoji?.name && !part.emoji.id ? `${part.emoji.name} ` : "", part.label || ""].join("").trim();
  const style = STYLES[part.style] || "secondary";
  if (part.style === 5) {
    return h(`a.button.${style}`, { href: part.url, target: "_blank", rel: "noreferrer noopener" }, label, icon("link"));
  }
  const node = h(`button.button.${style}`, { type: "button", disabled: part.disabled === true }, label);
  node.dataset.id = part.custom_id;
  node.addEventListener("click", () => press(node, message, part, {}));
  return node;
}

function select(part, message, options) {
  const many = (part.max_values || 1) > 1;
  const node = h("select", { disabled: part.disabled === true, multiple: many, "aria-label": part.placeholder || "Choose" });
  if (!many) node.append(h("option", { value: "", disabled: true, selected: true, hidden: true }, part.placeholder || "Choose"));
  for (const option of options || []) {
    const text = option.description ? `${option.label} — ${option.description}` : option.label;
    node.append(h("option", { value: option.value, selected: option.default === true }, text));
  }
  node.dataset.id = part.custom_id;
  node.addEventListener("change", () => {
    const values = [...node.selectedOptions].map((option) => option.value).filter(Boolean);
    press(node, message, part, { values }).finally(() => { if (!many) node.value = ""; });
  });
  return node;
}

/** Sends the press, and shows on the element that it is under way, or why it did not work. */
async function press(node, message, part, more) {
  const done = (reason) => {
    node.removeAttribute("aria-busy");
    if (reason) complain(node, reason);
  };
  node.setAttribute("aria-busy", "true");
  try {
    const body = { channel_id: message.channel_id, message_id: message.id, custom_id: part.custom_id, ...more };
    await interact("press", body, done);
  } catch (error) {
    done(error.message);
  }
}

function complain(node, reason) {
  const row = node.closest(".row, .section") || node;
  row.parentElement?.querySelector(":scope > .complaint")?.remove();
  row.after(h("p.complaint", { role: "alert" }, reason));
}

const find = (url, message) => {
  const name = url?.startsWith("attachment://") ? url.slice("attachment://".length) : null;
  return name ? message.attachments.find((one) => one.filename === name) : { url, filename: url };
};

function picture(part, message, kind) {
  const found = find(part.media.url, message);
  if (!found) return h("p.small", "(the picture is missing)");
  return h(kind, { src: found.url, alt: part.description || found.description || "", loading: "lazy" });
}

function file(found) {
  if (!found) return h("p.small", "(the file is missing)");
  return h("a.file", { href: found.url, download: found.filename }, found.filename, found.size ? ` · ${Math.ceil(found.size / 1024)} KB` : "");
}

/** An attachment that no component shows. */
export function attachment(found) {
  if (found.content_type?.startsWith("image/")) {
    return h("img.shot", { src: found.url, alt: found.description || found.filename, loading: "lazy" });
  }
  return file(found);
}

/** An embed. */
export function embed(one) {
  const title = one.title && (one.url
    ? h("a.title", { href: one.url, target: "_blank", rel: "noreferrer noopener" }, inline(one.title))
    : h("div.title", inline(one.title)));
  const fields = (one.fields || []).map((field) =>
    h(`div.field${field.inline ? ".inline" : ""}`, h("strong", inline(field.name)), h("div", markdown(field.value))));
  const node = h("div.container.embed",
    one.author && h("div.small", one.author.name), title,
    one.description && h("div.words", markdown(one.description)),
    fields.length > 0 && h("div.fields", fields),
    one.image && h("img.shot", { src: one.image.url, alt: "" }),
    (one.footer || one.timestamp) && h("div.small", one.footer?.text || "", one.timestamp && [" · ", time(Date.parse(one.timestamp), "f")]));
  if (one.color) node.style.setProperty("--stripe", `#${one.color.toString(16).padStart(6, "0")}`);
  return node;
}
