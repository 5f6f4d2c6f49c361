// Makes DOM nodes from plain values; text only ever becomes text, so nothing from outside can turn into HTML.

/** h("button", {class:"x", onclick:f}, "words", node, [nodes]) */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  put(node, children);
  return node;
}

/** Appends words, nodes and lists of them; nothing for null and false. */
export function put(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Puts these in place of all that is there. */
export function fill(node, ...children) {
  node.replaceChildren();
  return put(node, children);
}

export const $ = (id) => document.getElementById(id);

/** An address that may stand in a link: http(s) only, anything else is null. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that leaves the page. */
export function link(url, ...children) {
  const href = webAddress(url);
  if (!href) return h("span", null, ...children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", title: href }, ...children);
}

/** A short note in the corner that goes by itself. */
export function note(words, kind = "plain") {
  const box = h("div", { class: `note ${kind}` }, words);
  $("notes").append(box);
  setTimeout(() => box.remove(), kind === "bad" ? 8000 : 4000);
}

/** A number of milliseconds later than the last call, f is called once. */
export function debounced(ms, f) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...args), ms);
  };
}

/** What a person chose before, kept by this browser; the page works without. */
export const memory = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(`crier.${key}`));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`crier.${key}`, JSON.stringify(value));
    } catch {
      // A private window may refuse; then nothing is remembered.
    }
  },
};
