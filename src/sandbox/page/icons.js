// The page's own small pictures: line icons and the marks of people and bot, drawn as SVG.

const NS = "http://www.w3.org/2000/svg";

const LINES = {
  text: "M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16",
  announcement: "M4 10v4a1 1 0 0 0 1 1h3l8 4.5V4.5L8 9H5a1 1 0 0 0-1 1ZM19.5 9.5a4 4 0 0 1 0 5M8 15.5V20",
  forum: "M4 5h11v8H9l-3 3v-3H4ZM18 9h2v8h-2v3l-3-3h-4",
  thread: "M6 4v9a3 3 0 0 0 3 3h9M14.5 12.5 18 16l-3.5 3.5",
  dm: "M4 6.5h16v11H4ZM4.5 7l7.5 6 7.5-6",
  close: "M6 6l12 12M18 6 6 18",
  down: "m6 9.5 6 6 6-6",
  back: "M14.5 5 8 12l6.5 7",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z",
  auto: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 4v16M14 6.5h2M14 10h5M14 13.5h5M14 17h2.5",
  panel: "M4 5h16v14H4ZM14.5 5v14",
  menu: "M4 7h16M4 12h16M4 17h16",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z",
  out: "M13.5 5H19v5.5M19 5l-8.5 8.5M10 6H6v12h12v-4",
  file: "M6 3.5h8l4 4v13H6ZM14 3.5v4h4",
  lock: "M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  check: "m5 12.5 4.5 4.5L19 7.5",
  alert: "M12 3.5 21.5 20h-19ZM12 10v4.5M12 17.2v.3",
  bolt: "M13 3 5.5 13.5H12L11 21l7.5-10.5H12Z",
  board: "M4 8h16v11H4ZM9 8V5.5h6V8M4 12.5h16",
  list: "M5 6h2M10 6h9M5 12h2M10 12h9M5 18h2M10 18h9",
  send: "M5 12 19.5 5l-5 14.5-3-6ZM11.5 13.5l8-8.5",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13",
  corner: "M4 18v-5a3 3 0 0 1 3-3h13",
  at: "M12 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM15.5 8.5v4.7a2.3 2.3 0 0 0 4.6 0V12a8.1 8.1 0 1 0-3.2 6.4",
  slash: "M15.5 4.5 8.5 19.5",
  plus: "M12 5v14M5 12h14",
  pay: "M4 7h16v10H4ZM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM7 12h.1M17 12h.1",
};

function svg(box, label) {
  const node = document.createElementNS(NS, "svg");
  node.setAttribute("viewBox", box);
  if (label) {
    node.setAttribute("role", "img");
    node.setAttribute("aria-label", label);
  } else {
    node.setAttribute("aria-hidden", "true");
  }
  return node;
}

function shape(tag, attributes) {
  const node = document.createElementNS(NS, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** A line icon in the colour of the text around it. */
export function icon(name, label) {
  const node = svg("0 0 24 24", label);
  node.setAttribute("class", "icon");
  node.append(shape("path", { d: LINES[name] ?? LINES.text }));
  return node;
}

/** The icon of a kind of channel. */
export function channelIcon(type) {
  return icon({ 1: "dm", 5: "announcement", 10: "thread", 11: "thread", 12: "thread", 15: "forum" }[type] ?? "text");
}

/** Crier's mark: a hand bell that rings. */
export function crierMark() {
  const node = svg("0 0 40 40");
  node.append(
    shape("rect", { width: 40, height: 40, fill: "#1c4fa8" }),
    shape("path", {
      fill: "#fff",
      d: "M20 9.2a1.6 1.6 0 0 1 1.6 1.6v.7c3.5.8 5.9 3.8 5.9 7.5 0 3.6.8 5.3 2.1 6.7.7.8.2 2.1-.9 2.1H11.3c-1.1 0-1.6-1.3-.9-2.1 1.3-1.4 2.1-3.1 2.1-6.7 0-3.7 2.4-6.7 5.9-7.5v-.7A1.6 1.6 0 0 1 20 9.2Z",
    }),
    shape("circle", { cx: 20, cy: 30.4, r: 2.1, fill: "#ffc24b" }),
    shape("path", {
      fill: "none", stroke: "#ffc24b", "stroke-width": 2, "stroke-linecap": "round",
      d: "M8.6 13a10.8 10.8 0 0 0-1.4 5.4M31.4 13a10.8 10.8 0 0 1 1.4 5.4",
    }),
  );
  return node;
}

/** A round picture of somebody: Crier's mark for the bot, initials for people. */
export function avatar(user, bot, small) {
  const frame = document.createElement("span");
  frame.className = `avatar${small ? " small" : ""}`;
  frame.setAttribute("aria-hidden", "true");
  if (user?.bot || user?.id === bot?.id) {
    frame.append(crierMark());
    return frame;
  }
  const name = user?.global_name ?? user?.name ?? user?.username ?? "?";
  const hue = [...name].reduce((sum, c) => sum + c.codePointAt(0), 0) % 6;
  frame.classList.add(`hue-${hue}`);
  frame.textContent = [...name][0]?.toUpperCase() ?? "?";
  return frame;
}
