//! The page's files, compiled in: name, media type, text.

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Every file that the page asks for.
pub(super) const ASSETS: &[(&str, &str, &str)] = &[
    ("index.html", HTML, include_str!("index.html")),
    ("crier.svg", SVG, include_str!("crier.svg")),
    ("composer.css", CSS, include_str!("composer.css")),
    ("message.css", CSS, include_str!("message.css")),
    ("panel.css", CSS, include_str!("panel.css")),
    ("style.css", CSS, include_str!("style.css")),
    ("board.js", JS, include_str!("board.js")),
    ("channels.js", JS, include_str!("channels.js")),
    ("command-line.js", JS, include_str!("command-line.js")),
    ("completion.js", JS, include_str!("completion.js")),
    ("components.js", JS, include_str!("components.js")),
    ("composer.js", JS, include_str!("composer.js")),
    ("dom.js", JS, include_str!("dom.js")),
    ("events.js", JS, include_str!("events.js")),
    ("faults.js", JS, include_str!("faults.js")),
    ("forum.js", JS, include_str!("forum.js")),
    ("head.js", JS, include_str!("head.js")),
    ("icons.js", JS, include_str!("icons.js")),
    ("listbox.js", JS, include_str!("listbox.js")),
    ("log.js", JS, include_str!("log.js")),
    ("main.js", JS, include_str!("main.js")),
    ("markdown.js", JS, include_str!("markdown.js")),
    ("menu.js", JS, include_str!("menu.js")),
    ("message.js", JS, include_str!("message.js")),
    ("modal.js", JS, include_str!("modal.js")),
    ("panel.js", JS, include_str!("panel.js")),
    ("pending.js", JS, include_str!("pending.js")),
    ("pills.js", JS, include_str!("pills.js")),
    ("requests.js", JS, include_str!("requests.js")),
    ("richtext.js", JS, include_str!("richtext.js")),
    ("state.js", JS, include_str!("state.js")),
    ("suggestions.js", JS, include_str!("suggestions.js")),
    ("times.js", JS, include_str!("times.js")),
    ("welcome.js", JS, include_str!("welcome.js")),
];
