// Makes elements: h("button.pill", { title: "x", onclick }, "text", child). Text is always text, never HTML.

export function h(what, ...rest) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const part of rest.flat(Infinity)) {
    if (part === null || part === undefined || part === false) continue;
    if (part instanceof Node) node.append(part);
    else if (typeof part === "object") set(node, part);
    else node.append(String(part));
  }
  return node;
}

function set(node, fields) {
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.startsWith("aria") && name !== "list") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
}

/** Puts these in place of what a node holds; what is false or missing is left out. */
export function fill(node, ...parts) {
  node.replaceChildren(...parts.flat(Infinity).filter((part) => part !== false && part !== null && part !== undefined));
}

export const $ = (id) => document.getElementById(id);

export function icon(name) {
  const paths = {
    text: "M5 9h14M4 15h14M10 4 8 20M16 4l-2 16",
    news: "M4 10v4h4l7 5V5l-7 5zM19 9.5a4 4 0 0 1 0 5",
    forum: "M4 5h16v10H10l-4 4v-4H4z",
    dm: "M4 5h16v11H9l-4 3v-3H4z",
    thread: "M6 4v9a3 3 0 0 0 3 3h9M14 12l4 4-4 4",
    sun: "M12 4V2M12 22v-2M4 12H2M22 12h-2M6 6 4.6 4.6M19.4 19.4 18 18M18 6l1.4-1.4M4.6 19.4 6 18M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
    panel: "M4 5h16v14H4zM15 5v14",
    link: "M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9",
    menu: "M4 7h16M4 12h16M4 17h16",
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name] || paths.text);
  svg.append(path);
  return svg;
}
