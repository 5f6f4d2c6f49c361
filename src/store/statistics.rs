//! The daily history of skills: how many openings asked for each at a day's end, and how many were published on it.

use super::dialect::{args, value_rows};
use super::{Result, SkillDay, Store, Write};
use crate::domain::ids::SkillId;

impl Write {
    /// Replaces the days from `from` to `to` (both included) by these.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn put_skill_days(&mut self, from: i64, to: i64, days: &[SkillDay]) -> Result<()> {
        self.tx.run("DELETE FROM skill_days WHERE day >= $1 AND day <= $2", args![from, to]).await?;
        for chunk in days.chunks(200) {
            let mut values = Vec::with_capacity(chunk.len() * 4);
            for one in chunk {
                values.extend_from_slice(args![one.day, one.skill.as_str(), one.open, one.new]);
            }
            let rows = value_rows(chunk.len(), 4);
            self.tx
                .run(&format!("INSERT INTO skill_days (day, skill, open, new) VALUES {rows}"), &values)
                .await?;
        }
        Ok(())
    }
}

impl Store {
    /// The last day that is rolled up; `None` before the first.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn last_skill_day(&self) -> Result<Option<i64>> {
        let rows: Vec<(Option<i64>,)> = self.pools.rows("SELECT MAX(day) FROM skill_days", &[]).await?;
        Ok(rows.first().and_then(|row| row.0))
    }

    /// A skill's days from `from` on, oldest first; days without any opening are left out.
    ///
    /// # Errors
    /// When the database failed.
    pub async fn skill_days(&self, skill: &SkillId, from: i64) -> Result<Vec<SkillDay>> {
        let sql = "SELECT day, open, new FROM skill_days WHERE skill = $1 AND day >= $2 ORDER BY day";
        let rows: Vec<(i64, i64, i64)> = self.pools.rows(sql, args![skill.as_str(), from]).await?;
        Ok(rows
            .into_iter()
            .map(|(day, open, new)| SkillDay { day, skill: skill.clone(), open, new })
            .collect())
    }
}
