// A forum channel: its posts as cards, newest first, each opens its thread.

import { h } from "./dom.js";
import { avatar, icon } from "./icons.js";
import { gist, nameOf } from "./message.js";
import { run } from "./composer.js";
import { messagesOf, show, state, threadsOf, unread } from "./state.js";
import { ago } from "./times.js";

/** The nodes of the whole view. */
export function forumPosts(forum) {
  const posts = threadsOf(forum.id);
  const head = h("div", { class: "forum-head" },
    h("h2", null, icon("forum"), forum.name),
    h("p", { class: "dim" }, forum.topic || "Every post is a thread of its own."),
    forum.tags?.length > 0 && h("p", { class: "tags" }, "Tags: ", forum.tags.map((tag) => h("span", { class: "tag" }, tag.name))));
  if (posts.length) return [head, h("div", { class: "posts" }, posts.map((post) => card(post, forum)))];
  return [head, h("div", { class: "empty" },
    h("p", null, "There are no posts yet. Crier can post each opening here as a thread:"),
    h("button", { class: "button secondary", type: "button", onclick: () => elsewhere(forum) }, `/subscribe channel:#${forum.name}`))];
}

/** Commands are not typed in a forum, so this goes to the first text channel. */
function elsewhere(forum) {
  const text = [...state.channels.values()].find((c) => c.type === 0 && c.can_send !== false);
  if (!text) return;
  show(text.id);
  run(`/subscribe channel:#${forum.name}`);
}

/** The words of the first message behind its title. */
function facts(first, title) {
  const words = gist(first);
  return (words.startsWith(title) ? words.slice(title.length).replace(/^[ ·]+/, "") : words).slice(0, 220);
}

function card(post, forum) {
  const messages = messagesOf(post.id);
  const first = messages[0];
  const tags = (post.applied_tags ?? []).map((id) => forum.tags?.find((t) => t.id === id)?.name).filter(Boolean);
  const shut = post.locked ? "locked" : post.archived ? "archived" : "";
  return h("button", { class: `post${unread(post.id) ? " unread" : ""}`, type: "button", onclick: () => show(post.id) },
    h("span", { class: "post-tags" }, tags.map((tag) => h("span", { class: "tag" }, tag)), shut && h("span", { class: "tag" }, icon("lock"), shut)),
    h("strong", { class: "post-title" }, post.name),
    first && h("span", { class: "post-gist dim" }, facts(first, post.name)),
    h("span", { class: "post-foot dim" },
      first && [avatar(first.author, state.bot, true), nameOf(first.author)],
      messages.length > 1 && `· ${messages.length - 1} repl${messages.length === 2 ? "y" : "ies"}`,
      first && [h("span", null, "·"), ago(Date.parse(first.timestamp))],
      unread(post.id) && h("span", { class: "badge" }, "new")));
}
