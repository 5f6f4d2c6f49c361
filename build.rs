//! Lists the skill pages of `config/skills`, so that the whole folder is compiled in.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=config/skills");
    let home =
        std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo tells a build script where its package is");
    let folder = Path::new(&home).join("config/skills");
    let mut pages: Vec<_> = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    pages.retain(|path| path.extension().is_some_and(|end| end == "md"));
    pages.sort();
    let mut list = String::from("[\n");
    for path in &pages {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // Not the path of today: a checkout that is moved keeps what was built in it, this list too.
        let _ = writeln!(
            list,
            "    ({stem:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/config/skills/{stem}.md\"))),"
        );
    }
    list.push(']');
    let out = std::env::var_os("OUT_DIR").expect("cargo tells a build script where to write");
    std::fs::write(Path::new(&out).join("skill_pages.rs"), list)
        .expect("cargo's own output folder can be written");
}
