// Draws message components, new and legacy, and says which of them was pressed.

import { h, link, webAddress } from "./dom.js";
import { icon } from "./icons.js";
import { menu, optionsOf } from "./menu.js";
import { rich, spoiler } from "./richtext.js";

/**
 * The components of a message. `press(custom_id, values)` is called for what asks the bot;
 * `files` are the message's attachments, for attachment:// addresses.
 */
export function components(list, context) {
  return (list ?? []).map((one, i) => draw(one, context, String(i)));
}

function draw(one, context, path) {
  const inner = () => (one.components ?? []).map((child, i) => draw(child, context, `${path}.${i}`));
  switch (one.type) {
    case 1:
      return h("div", { class: "row" }, inner());
    case 2:
      return button(one, context, path);
    case 3: case 5: case 6: case 7: case 8:
      return select(one, context, path);
    case 9:
      return h("div", { class: "section" },
        h("div", { class: "section-text" }, inner()),
        h("div", { class: "section-accessory" }, one.accessory && draw(one.accessory, context, `${path}.a`)));
    case 10:
      return rich(one.content, context);
    case 11:
      return hidden(one, picture(one.media, one.description, "thumbnail", context));
    case 12:
      return h("div", { class: `gallery n${Math.min(one.items?.length ?? 0, 4)}` },
        (one.items ?? []).map((item) => hidden(item, picture(item.media, item.description, "picture", context))));
    case 13:
      return hidden(one, file(attached(one.file?.url, context), one.file?.url));
    case 14:
      return h("div", { class: `separator${one.divider === false ? "" : " line"}${one.spacing === 2 ? " wide" : ""}`, role: one.divider === false ? undefined : "separator" });
    case 17:
      return hidden(one, container(one, inner()));
    default:
      return h("div", { class: "unknown" }, `A component of type ${one.type}, which this page does not know`);
  }
}

const hidden = (one, node) => (one.spoiler ? spoiler([node], true) : node);

function container(one, children) {
  const box = h("div", { class: "container" }, children);
  if (typeof one.accent_color === "number") {
    box.classList.add("accent");
    box.style.setProperty("--stripe", `#${one.accent_color.toString(16).padStart(6, "0")}`);
  }
  return box;
}

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary link", 6: "primary" };

function button(one, context, path) {
  const face = [one.emoji?.name && h("span", { class: "emoji" }, one.emoji.name), one.label && h("span", null, one.label)];
  const look = `button ${STYLES[one.style] ?? "secondary"}`;
  if (one.style === 5) {
    const href = webAddress(one.url);
    if (!href || one.disabled) return h("button", { class: look, type: "button", disabled: true }, face);
    return h("a", { class: look, href, target: "_blank", rel: "noopener noreferrer", title: href }, face, icon("out", "opens in a new tab"));
  }
  const node = h("button", {
    class: look, type: "button", disabled: one.disabled, data: { path },
    onclick: () => node.getAttribute("aria-busy") !== "true" && context.press(one.custom_id, undefined, node),
  }, face);
  return node;
}

function select(one, context, path) {
  const node = menu({
    ...one,
    name: one.placeholder ?? "Make a selection",
    options: optionsOf(one),
    onpick: (values) => context.press(one.custom_id, values, node),
  });
  node.dataset.path = path;
  return node;
}

// Files.

function attached(url, context) {
  const name = /^attachment:\/\/(.+)$/.exec(url ?? "")?.[1];
  return context.files?.find((f) => f.filename === name || f.url === url) ?? null;
}

const isPicture = (f) => /^image\/(png|jpe?g|gif|webp|svg\+xml)/.test(f?.content_type ?? "") || /\.(png|jpe?g|gif|webp|svg)$/i.test(f?.filename ?? "");

/** The path of an address that this page itself serves, else null: pictures from elsewhere are not loaded. */
function own(url) {
  try {
    const full = new URL(url, location.href);
    return full.origin === location.origin ? full.pathname + full.search : null;
  } catch {
    return null;
  }
}

function picture(media, description, look, context) {
  const address = attached(media?.url, context)?.url ?? media?.url;
  const src = own(address);
  const alt = description ?? "";
  if (!src) return h("div", { class: `${look} elsewhere` }, icon("out"), link(address ?? "", description || "A picture elsewhere"));
  const image = h("img", { src, alt, loading: "lazy" });
  return h("a", { class: look, href: src, target: "_blank", rel: "noopener", title: alt || "Open the picture" }, image,
    description && look === "picture" && h("span", { class: "caption" }, description));
}

/** A file as a card with its size. */
export function file(attachment, url) {
  const name = attachment?.filename ?? /([^/]+)$/.exec(url ?? "")?.[1] ?? "file";
  const src = own(attachment?.url ?? "");
  return h("div", { class: "file" }, icon("file"),
    h("div", null,
      src ? h("a", { href: src, download: name }, name) : h("span", null, name),
      h("span", { class: "dim" }, attachment?.size !== undefined ? bytes(attachment.size) : "")));
}

function bytes(n) {
  if (n < 1024) return `${n} bytes`;
  return n < 1 << 20 ? `${(n / 1024).toFixed(1)} KB` : `${(n / (1 << 20)).toFixed(1)} MB`;
}

/** Attachments of a message without Components V2. */
export function attachments(list) {
  return (list ?? []).map((one) =>
    isPicture(one)
      ? h("div", { class: "gallery n1" }, picture({ url: one.url }, one.description, "picture", {}))
      : file(one));
}

/** A legacy embed. */
export function embed(one, context) {
  const image = (media, look) => media?.url && picture(media, one.title, look, context);
  const box = h("article", { class: "embed container accent" },
    h("div", { class: "embed-main" },
      h("div", { class: "embed-words" },
        one.author?.name && h("div", { class: "embed-author" }, one.author.url ? link(one.author.url, one.author.name) : one.author.name),
        one.title && h("div", { class: "embed-title" }, one.url ? link(one.url, one.title) : one.title),
        one.description && rich(one.description, context),
        one.fields?.length && h("div", { class: "fields" }, one.fields.map((field) =>
          h("div", { class: field.inline ? "field inline" : "field" }, h("strong", null, field.name), rich(field.value, context))))),
      image(one.thumbnail, "thumbnail")),
    image(one.image, "picture"),
    (one.footer?.text || one.timestamp) && h("div", { class: "subtext" },
      [one.footer?.text, one.timestamp && new Date(one.timestamp).toLocaleString()].filter(Boolean).join(" · ")));
  if (typeof one.color === "number") box.style.setProperty("--stripe", `#${one.color.toString(16).padStart(6, "0")}`);
  return box;
}

/** While an answer is awaited, all that could be pressed of the message rests. */
export function rest(frame, resting, pressed) {
  for (const node of frame.querySelectorAll("[data-path]")) node.setAttribute("aria-disabled", String(resting));
  frame.classList.toggle("resting", resting);
  if (pressed) pressed.setAttribute("aria-busy", String(resting));
}

