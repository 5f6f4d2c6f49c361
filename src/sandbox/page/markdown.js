// Reads Discord's markdown into a tree of plain values; drawing it is richtext.js's work.

/** Blocks: {kind:"text"|"heading"|"small"|"quote"|"list"|"code", …}. */
export function blocks(text) {
  const out = [];
  let rest = String(text ?? "").replace(/\r\n?/g, "\n");
  // Fences first: nothing inside them is markup.
  for (let fence; (fence = /```(?:([\w+#.-]{1,20})\n)?([\s\S]*?)```/.exec(rest)); ) {
    if (fence[2].trim() === "") break;
    const before = rest.slice(0, fence.index).replace(/\n$/, "");
    if (before) out.push(...lines(before.split("\n")));
    out.push({ kind: "code", lang: fence[1] ?? "", text: fence[2].replace(/^\n|\n$/g, "") });
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, "");
  }
  if (rest) out.push(...lines(rest.split("\n")));
  return out;
}

const ITEM = /^( *)([-*]|\d{1,9}\.) +(.*)$/;

function lines(all) {
  const out = [];
  let plain = [];
  const flush = () => {
    if (plain.length) out.push({ kind: "text", inline: inline(plain.join("\n")) });
    plain = [];
  };
  for (let i = 0; i < all.length; i++) {
    const line = all[i];
    let m;
    if ((m = /^>>> ?([\s\S]*)$/.exec(line))) {
      flush();
      out.push({ kind: "quote", blocks: lines([m[1], ...all.slice(i + 1)]) });
      return out;
    }
    if (/^> /.test(line) || line === ">") {
      flush();
      const quoted = [];
      while (i < all.length && (/^> /.test(all[i]) || all[i] === ">")) quoted.push(all[i++].slice(2));
      i--;
      out.push({ kind: "quote", blocks: lines(quoted) });
    } else if ((m = /^(#{1,3}) +(\S.*)$/.exec(line))) {
      flush();
      out.push({ kind: "heading", level: m[1].length, inline: inline(m[2]) });
    } else if ((m = /^-# +(\S.*)$/.exec(line))) {
      flush();
      out.push({ kind: "small", inline: inline(m[1]) });
    } else if (ITEM.test(line)) {
      flush();
      const items = [];
      for (; i < all.length; i++) {
        const item = ITEM.exec(all[i]);
        if (item) items.push({ depth: item[1].length, mark: item[2], lines: [item[3]] });
        // A line that is indented goes on with the item above.
        else if (/^ {2,}\S/.test(all[i])) items.at(-1).lines.push(all[i].trim());
        else break;
      }
      i--;
      out.push(list(items, 0, items.length));
    } else {
      plain.push(line);
    }
  }
  flush();
  return out;
}

/** Items from..to of which the first gives the depth; deeper ones are lists of their own inside. */
function list(items, from, to) {
  const { depth, mark } = items[from];
  const ordered = /\d/.test(mark);
  const node = { kind: "list", ordered, start: ordered ? Number.parseInt(mark, 10) : 1, items: [] };
  for (let i = from; i < to; ) {
    const item = { inline: inline(items[i].lines.join("\n")), inner: null };
    let end = i + 1;
    while (end < to && items[end].depth > depth) end++;
    if (end > i + 1) item.inner = list(items, i + 1, end);
    node.items.push(item);
    i = end;
  }
  return node;
}

const WORD = /[\p{L}\p{N}_]/u;
const URL_START = /^https?:\/\/[^\s<>]+/;
const PAIRS = [["||", "spoiler"], ["**", "bold"], ["__", "underline"], ["~~", "strike"], ["*", "italic"], ["_", "italic"]];

/** Inline nodes: strings, {kind, inline} pairs, code, links, mentions, times. */
export function inline(text, insideLink = false) {
  const out = [];
  let words = "";
  const add = (node) => {
    if (words) out.push(words);
    words = "";
    out.push(node);
  };
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    const found = c === "\\" ? escaped(text, i) : at(text, i, insideLink);
    if (!found) {
      words += c;
      i++;
    } else if (typeof found.node === "string") {
      words += found.node;
      i = found.end;
    } else {
      add(found.node);
      i = found.end;
    }
  }
  if (words) out.push(words);
  return out;
}

function escaped(text, i) {
  const next = text[i + 1];
  return next && /[^\p{L}\p{N}\s]/u.test(next) ? { node: next, end: i + 2 } : null;
}

function at(text, i, insideLink) {
  const c = text[i];
  if (c === "`") return code(text, i);
  if (c === "<") return angle(text, i, insideLink);
  if (c === "@") {
    const m = /^@(everyone|here)\b/.exec(text.slice(i, i + 10));
    return m ? { node: { kind: "everyone", name: m[0] }, end: i + m[0].length } : null;
  }
  if (c === "[" && !insideLink) return masked(text, i);
  if (c === "h" && !insideLink && !(i > 0 && WORD.test(text[i - 1]))) return bare(text, i);
  if ("|*_~".includes(c)) return pair(text, i, insideLink);
  return null;
}

function pair(text, i, insideLink) {
  for (const [mark, kind] of PAIRS) {
    if (!text.startsWith(mark, i)) continue;
    const from = i + mark.length;
    if (mark === "*" && /\s/.test(text[from] ?? " ")) continue;
    if (mark === "_" && i > 0 && WORD.test(text[i - 1])) continue;
    const end = closing(text, from, mark);
    if (end <= from) continue;
    return { node: { kind, inline: inline(text.slice(from, end), insideLink) }, end: end + mark.length };
  }
  return null;
}

/** Where the mark closes, or -1; escapes, code and pairs of the doubled mark are stepped over. */
function closing(text, from, mark) {
  for (let i = from; i < text.length; ) {
    if (text[i] === "\\") {
      i += 2;
      continue;
    }
    const skipped = text[i] === "`" && code(text, i);
    if (skipped) {
      i = skipped.end;
      continue;
    }
    const double = mark + mark;
    if (mark.length === 1 && text.startsWith(double, i)) {
      const inner = closing(text, i + 2, double);
      i = inner > 0 ? inner + 2 : i + 2;
      continue;
    }
    if (text.startsWith(mark, i)) {
      // "***" closes the inner one first.
      if (mark.length === 2 && text[i + 2] === mark[0] && mark !== "||") i += 1;
      if (mark === "_" && WORD.test(text[i + 1] ?? " ")) {
        i += 1;
        continue;
      }
      return i;
    }
    i += 1;
  }
  return -1;
}

function code(text, i) {
  const ticks = /^`+/.exec(text.slice(i))[0];
  if (ticks.length > 2) return null;
  for (let end = text.indexOf(ticks, i + ticks.length); end > 0; end = text.indexOf(ticks, end + 1)) {
    if (text[end + ticks.length] === "`" || (ticks.length === 1 && text[end - 1] === "`")) continue;
    const inner = text.slice(i + ticks.length, end);
    return inner ? { node: { kind: "code", text: inner.trim() || inner }, end: end + ticks.length } : null;
  }
  return null;
}

function masked(text, i) {
  let deep = 0;
  let end = -1;
  for (let j = i; j < text.length; j++) {
    if (text[j] === "\\") j++;
    else if (text[j] === "[") deep++;
    else if (text[j] === "]" && --deep === 0) {
      end = j;
      break;
    }
  }
  if (end < 0) return null;
  const m = /^\(<?(https?:\/\/[^\s<>]+?)>?(?:\s+"([^"]*)")?\)/.exec(text.slice(end + 1));
  const label = text.slice(i + 1, end);
  if (!m || !label.trim()) return null;
  // "(…(a)…)" in an address: as many closing brackets as opening ones belong to it.
  let url = m[1];
  let length = m[0].length;
  while (count(url, "(") > count(url, ")") && text[end + 1 + length] === ")") {
    url += ")";
    length++;
  }
  return { node: { kind: "link", url, inline: inline(label, true) }, end: end + 1 + length };
}

const count = (text, c) => text.split(c).length - 1;

function bare(text, i) {
  const m = URL_START.exec(text.slice(i));
  if (!m) return null;
  let url = m[0];
  // Signs at the end belong to the sentence.
  while (/[.,:;"'!?*_~|\]]$/.test(url) || (url.endsWith(")") && count(url, ")") > count(url, "("))) url = url.slice(0, -1);
  return url.length > 8 ? { node: { kind: "link", url, inline: [url] }, end: i + url.length } : null;
}

const ANGLES = [
  [/^<@!?(\d+)>/, ([, id]) => ({ kind: "user", id })],
  [/^<@&(\d+)>/, ([, id]) => ({ kind: "role", id })],
  [/^<#(\d+)>/, ([, id]) => ({ kind: "channel", id })],
  [/^<\/([^:>]{1,100}):(\d+)>/, ([, name]) => ({ kind: "command", name })],
  [/^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/, ([, at, style]) => ({ kind: "time", at: Number(at), style: style ?? "f" })],
  [/^<a?(:\w{2,32}:)\d+>/, ([, name]) => ({ kind: "emoji", name })],
];

function angle(text, i, insideLink) {
  const rest = text.slice(i, i + 600);
  for (const [pattern, make] of ANGLES) {
    const m = pattern.exec(rest);
    if (m) return { node: make(m), end: i + m[0].length };
  }
  const m = !insideLink && /^<(https?:\/\/[^\s<>]+)>/.exec(rest);
  return m ? { node: { kind: "link", url: m[1], inline: [m[1]] }, end: i + m[0].length } : null;
}

/** The words alone, for labels and previews. */
export function plainWords(text) {
  const words = (nodes) =>
    nodes.map((n) => (typeof n === "string" ? n : n.inline ? words(n.inline) : n.text ?? n.name ?? "")).join("");
  const from = (block) =>
    block.text ?? (block.inline ? words(block.inline) : (block.blocks ?? []).map(from).join(" ") ||
      (block.items ?? []).map((item) => words(item.inline)).join(", "));
  return blocks(text).map(from).join("\n").trim().replace(/\n+/g, " · ").replace(/\s+/g, " ");
}
