//! The files of the page, compiled in: name, kind, text.

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// Every file that the page asks for.
pub(super) const ASSETS: &[(&str, &str, &str)] = &[
    ("index.html", HTML, include_str!("index.html")),
    ("crier.svg", "image/svg+xml", include_str!("crier.svg")),
    ("style.css", CSS, include_str!("style.css")),
    ("message.css", CSS, include_str!("message.css")),
    ("main.js", JS, include_str!("main.js")),
    ("dom.js", JS, include_str!("dom.js")),
    ("store.js", JS, include_str!("store.js")),
    ("time.js", JS, include_str!("time.js")),
    ("markdown.js", JS, include_str!("markdown.js")),
    ("components.js", JS, include_str!("components.js")),
    ("message.js", JS, include_str!("message.js")),
    ("channels.js", JS, include_str!("channels.js")),
    ("commands.js", JS, include_str!("commands.js")),
    ("composer.js", JS, include_str!("composer.js")),
    ("modal.js", JS, include_str!("modal.js")),
    ("panel.js", JS, include_str!("panel.js")),
];
