//! What happened to openings, kept for people to read and to tell which of them change all the time.

use std::collections::BTreeMap;

use super::dialect::{Arg, args, placeholders, value_rows};
use super::{Result, Store, Write, from_json, to_json};
use crate::domain::history::{Event, Happening};
use crate::domain::ids::OpeningId;
use crate::domain::time::Millis;

impl Write {
    /// Adds events.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn put_events(&mut self, events: &[Event]) -> Result<()> {
        for chunk in events.chunks(200) {
            let mut values = Vec::with_capacity(chunk.len() * 4);
            for event in chunk {
                let (what, detail) = match &event.what {
                    Happening::Closed => ("closed", "[]".to_owned()),
                    Happening::Reopened => ("reopened", "[]".to_owned()),
                    Happening::Changed(changes) => ("changed", to_json(changes)),
                };
                values.extend_from_slice(args![event.opening, event.at, what, detail]);
            }
            let rows = value_rows(chunk.len(), 4);
            let sql = format!("INSERT INTO history (opening, at, what, detail) VALUES {rows}");
            self.tx.run(&sql, &values).await?;
        }
        Ok(())
    }

    /// How many events each of these openings had from `since` on; those without are left out.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn events_since(
        &mut self,
        ids: &[OpeningId],
        since: Millis,
    ) -> Result<BTreeMap<OpeningId, u32>> {
        let mut found = BTreeMap::new();
        for chunk in ids.chunks(200) {
            let sql = format!(
                "SELECT opening, COUNT(*) FROM history WHERE at >= $1 AND opening IN ({}) GROUP BY opening",
                placeholders(2, chunk.len())
            );
            let mut values = args![since].to_vec();
            values.extend(chunk.iter().map(|id| Arg::from(*id)));
            for (opening, count) in self.tx.rows::<(i64, i64)>(&sql, &values).await? {
                found.insert(OpeningId(opening), u32::try_from(count).unwrap_or(u32::MAX));
            }
        }
        Ok(found)
    }
}

impl Store {
    /// The latest `limit` events of an opening, newest first.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn history(&self, opening: OpeningId, limit: u32) -> Result<Vec<Event>> {
        let sql = "SELECT at, what, detail FROM history WHERE opening = $1 ORDER BY at DESC LIMIT $2";
        let rows: Vec<(i64, String, String)> = self.pools.rows(sql, args![opening, i64::from(limit)]).await?;
        rows.into_iter()
            .map(|(at, what, detail)| {
                let what = match what.as_str() {
                    "closed" => Happening::Closed,
                    "reopened" => Happening::Reopened,
                    _ => Happening::Changed(from_json("history.detail", &detail)?),
                };
                Ok(Event { opening, at: Millis(at), what })
            })
            .collect()
    }
}
