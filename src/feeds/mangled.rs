//! Replaces every value of an answer, one after the other, by what should not be there: no kind may stumble.

use serde_json::{Value, json};

use super::{Kind, Page};

/// Reads `body` with each of its values replaced in turn. `entries` points to the list of entries; what is wrong
/// within one of them may cost that entry and no other.
pub(super) fn survives(
    kind: &dyn Kind,
    board: &str,
    body: &Value,
    entries: &str,
    write: fn(&Value) -> Vec<u8>,
) {
    let ask = kind.first(board).unwrap();
    let read = |body: &Value| kind.read(board, Some("Somebody"), &ask, &write(body));
    let all = read(body).unwrap().postings.len();
    assert!(all > 1, "two postings are needed to see one survive");
    let mut pointers = Vec::new();
    point(body, String::new(), &mut pointers);
    for pointer in pointers {
        for wrong in [
            json!(null),
            json!(-7.5),
            json!(""),
            json!("\u{0}<&é"),
            json!([]),
            json!([[{}]]),
            json!({}),
            json!(true),
        ] {
            let mut mangled = body.clone();
            *mangled.pointer_mut(&pointer).unwrap() = wrong.clone();
            let within = pointer.len() > entries.len() && pointer.starts_with(entries);
            match read(&mangled) {
                Ok(page) => {
                    check(&page, &pointer);
                    assert!(
                        !within || page.postings.len() + 1 >= all,
                        "{pointer} = {wrong} cost other entries"
                    );
                }
                Err(error) => assert!(!within, "{pointer} = {wrong}: {error}"),
            }
        }
    }
}

fn check(page: &Page, pointer: &str) {
    for posting in &page.postings {
        assert!(!posting.key.is_empty() && !posting.title.is_empty(), "{pointer}");
        assert!(posting.url.starts_with("http"), "{pointer}: {}", posting.url);
    }
}

/// Pointers to every value below `value`.
fn point(value: &Value, here: String, into: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                point(value, format!("{here}/{key}"), into);
            }
        }
        Value::Array(list) => {
            for (number, value) in list.iter().enumerate() {
                point(value, format!("{here}/{number}"), into);
            }
        }
        _ => {}
    }
    if !here.is_empty() {
        into.push(here);
    }
}

/// One JSON text.
pub(super) fn whole(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// The entries of a list as lines.
pub(super) fn by_line(value: &Value) -> Vec<u8> {
    value.as_array().unwrap().iter().map(|entry| format!("{entry}\n")).collect::<String>().into_bytes()
}
