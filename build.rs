//! Lists the skill pages of `config/skills`, so that the whole folder is compiled in.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=config/skills");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/skills");
    let mut pages: Vec<_> = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    pages.retain(|path| path.extension().is_some_and(|end| end == "md"));
    pages.sort();
    let mut list = String::from("[\n");
    for path in &pages {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let _ = writeln!(list, "    ({stem:?}, include_str!({:?})),", path.display().to_string());
    }
    list.push(']');
    let out = std::env::var_os("OUT_DIR").expect("cargo tells a build script where to write");
    std::fs::write(Path::new(&out).join("skill_pages.rs"), list)
        .expect("cargo's own output folder can be written");
}
