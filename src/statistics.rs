//! A roll-up: from all openings of the store to how many asked for each skill, day by day. Nightly for the last days, and
//! for all of them when somebody asks for it.
//!
//! What if the process is killed here? Days are replaced in one transaction, and the task is planned anew by the same.

use std::collections::BTreeMap;

use crate::domain::filter::World;
use crate::domain::ids::SkillId;
use crate::domain::opening::Opening;
use crate::domain::time::{DAY, MINUTE, Millis};
use crate::store::{SkillDay, Store, StoreError};

/// The task's name in the schedule.
pub const TASK: &str = "statistics";

/// Days that are kept and computed at most.
const HISTORY: i64 = 400;

/// Days that each night looks at again: boards tell late of what was published or closed.
const AGAIN: i64 = 7;

/// When it is due next: twenty minutes behind the end of the day (UTC).
#[must_use]
pub fn next(now: Millis) -> Millis {
    Millis((day_of(now) + 1) * DAY + 20 * MINUTE)
}

/// Rolls up the last days (all of them the first time), and plans the next roll-up.
///
/// # Errors
/// When the database failed, or another process took the task over; then nothing was changed.
pub async fn tick(store: &Store, world: &World, now: Millis, worker: &str) -> Result<(), StoreError> {
    let yesterday = day_of(now) - 1;
    let from = match store.last_skill_day().await? {
        Some(last) => (last.min(yesterday) - AGAIN).max(yesterday - HISTORY),
        None => yesterday - HISTORY,
    };
    let days = days(store, world, from, yesterday).await?;
    let mut write = store.write().await?;
    write.put_skill_days(from, yesterday, &days).await?;
    write.finish_task(TASK, worker, next(now)).await?;
    write.commit().await
}

/// Computes the whole history again from the openings of the store; gives how many rows it has.
///
/// # Errors
/// When the database failed; then nothing was changed.
pub async fn rebuild(store: &Store, world: &World, now: Millis) -> Result<usize, StoreError> {
    let yesterday = day_of(now) - 1;
    let from = yesterday - HISTORY;
    let days = days(store, world, from, yesterday).await?;
    let mut write = store.write().await?;
    write.put_skill_days(i64::MIN, yesterday, &days).await?;
    write.commit().await?;
    Ok(days.len())
}

const fn day_of(at: Millis) -> i64 {
    at.0.div_euclid(DAY)
}

/// What is known of one skill: openings that came and went on each day, and those published on it.
struct Line {
    change: Vec<i64>,
    new: Vec<i64>,
}

async fn days(store: &Store, world: &World, from: i64, to: i64) -> Result<Vec<SkillDay>, StoreError> {
    let above = world.above();
    let length = usize::try_from(to - from + 1).unwrap_or(0);
    let mut lines: BTreeMap<SkillId, Line> = BTreeMap::new();
    let mut revision = 0;
    loop {
        let openings = store.openings_after(revision, 2_000).await?;
        let Some((last, _)) = openings.last() else { break };
        revision = *last;
        // What only some servers see is nobody else's number.
        for (_, opening) in openings.iter().filter(|(_, opening)| opening.only.is_none()) {
            for skill in above.with(opening.facts.skills.iter()) {
                let line = lines
                    .entry(skill.clone())
                    .or_insert_with(|| Line { change: vec![0; length + 1], new: vec![0; length] });
                add(line, opening, from, to);
            }
        }
    }
    let mut days = Vec::new();
    for (skill, line) in lines {
        let mut open = 0;
        for (day, (change, new)) in (from..=to).zip(line.change.iter().zip(&line.new)) {
            open += change;
            if open > 0 || *new > 0 {
                days.push(SkillDay { day, skill: skill.clone(), open, new: *new });
            }
        }
    }
    Ok(days)
}

/// An opening is open at the end of each day from its publication to the day before it closed.
fn add(line: &mut Line, opening: &Opening, from: i64, to: i64) {
    let published = day_of(opening.posted_at);
    let closed = opening.closed_at.map(day_of);
    let at = |day: i64| usize::try_from(day - from).unwrap_or(0);
    if published > to || closed.is_some_and(|closed| closed <= published.max(from)) && published < from {
        return;
    }
    if published >= from {
        line.new[at(published)] += 1;
    }
    if closed.is_none_or(|closed| closed > published.max(from)) {
        line.change[at(published.max(from))] += 1;
        if let Some(closed) = closed.filter(|closed| *closed <= to) {
            line.change[at(closed)] -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::opening::Facts;

    fn opening(published: i64, closed: Option<i64>) -> Opening {
        let at = |day: i64| Millis(day * DAY + 5 * MINUTE);
        Opening {
            id: crate::domain::ids::OpeningId(1),
            title: String::new(),
            company: String::new(),
            url: String::new(),
            description: String::new(),
            facts: Facts::default(),
            posted_at: at(published),
            seen_at: at(published),
            changed_at: at(published),
            closed_at: closed.map(at),
            feeds: Vec::new(),
            only: None,
        }
    }

    /// Openings at the end of the days 10 to 14, and those published on them.
    fn counted(openings: &[(i64, Option<i64>)]) -> (Vec<i64>, Vec<i64>) {
        let mut line = Line { change: vec![0; 6], new: vec![0; 5] };
        for (published, closed) in openings {
            add(&mut line, &opening(*published, *closed), 10, 14);
        }
        let mut open = 0;
        let counts = line.change[..5].iter().map(|change| {
            open += change;
            open
        });
        (counts.collect(), line.new)
    }

    #[test]
    fn an_opening_counts_on_each_day_at_whose_end_it_is_open() {
        assert_eq!(counted(&[(11, Some(13))]), (vec![0, 1, 1, 0, 0], vec![0, 1, 0, 0, 0]));
        assert_eq!(counted(&[(11, None), (12, None)]), (vec![0, 1, 2, 2, 2], vec![0, 1, 1, 0, 0]));
        assert_eq!(counted(&[(3, None), (3, Some(12))]), (vec![2, 2, 1, 1, 1], vec![0; 5]));
        assert_eq!(
            counted(&[(3, Some(10)), (3, Some(7))]),
            (vec![0; 5], vec![0; 5]),
            "gone before, or on the first day"
        );
        assert_eq!(
            counted(&[(12, Some(12))]),
            (vec![0; 5], vec![0, 0, 1, 0, 0]),
            "came and went within a day"
        );
        assert_eq!(counted(&[(15, None), (14, Some(20))]), (vec![0, 0, 0, 0, 1], vec![0, 0, 0, 0, 1]));
    }

    #[test]
    fn the_next_one_is_due_behind_midnight() {
        assert_eq!(next(Millis(5 * DAY)), Millis(6 * DAY + 20 * MINUTE));
        assert_eq!(next(Millis(6 * DAY - 1)), Millis(6 * DAY + 20 * MINUTE));
    }
}
