//! Ambiguous names: texts written to be hard, each with one name that is a skill there or is something else.
//!
//! A file holds one decision a line: {"skill", "form", "yes", "text"}; `form` is the name as it stands in the text, and
//! `yes` says whether a reader would count the skill as asked for. They were written for this project by writers who had
//! not seen the tagger. Rules were made with `names-seen.jsonl` in sight; of `names-unseen.jsonl` only the counts are
//! known, and so it should stay: who looks at its texts has to move them over.

use crier::skills::tagger::Tagger;
use serde_json::Value;

use crate::score::Table;

pub(crate) fn measure(
    rows: &[Value],
    fact: &'static str,
    tagger: &Tagger,
    table: &mut Table,
) -> Result<(), String> {
    for row in rows {
        let (Some(skill), Some(form), Some(yes), Some(text)) =
            (row["skill"].as_str(), row["form"].as_str(), row["yes"].as_bool(), row["text"].as_str())
        else {
            return Err(format!("a row wants \"skill\", \"form\", \"yes\" and \"text\": {row}"));
        };
        let read = tagger.tag(text).iter().any(|tag| tag.skill.as_str() == skill);
        table.row(fact, yes.then_some(&skill), read.then_some(&skill), || {
            format!("{form} in: {}", text.replace('\n', " / "))
        });
    }
    Ok(())
}
