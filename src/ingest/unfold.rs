//! Takes postings out of an opening into which they were folded wrongly; they stay apart from then on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ingest, IngestError, Report};
use crate::domain::ids::{FeedKey, OpeningId};
use crate::domain::opening::Opening;
use crate::store::PostingRow;

impl Ingest {
    /// Each of the `chosen` postings of an opening becomes an opening of its own, which is announced to nobody: people
    /// were told of it as a part of the other. When all are chosen, the first of them keeps the opening. Gives the
    /// openings made.
    ///
    /// # Errors
    /// When the database failed; then nothing was changed.
    pub async fn unfold(
        &self,
        opening: OpeningId,
        chosen: &[(FeedKey, String)],
    ) -> Result<Vec<OpeningId>, IngestError> {
        let now = self.clock.now();
        let mut write = self.store.write().await?;
        write.lock_openings().await?;
        let parts = write.postings_of_openings(&[opening]).await?;
        let whole = parts.iter().all(|(_, feed, row)| is_chosen(chosen, feed, row));
        let mut ids = vec![opening];
        let mut moved: BTreeMap<FeedKey, Vec<PostingRow>> = BTreeMap::new();
        let out = parts.into_iter().filter(|(_, feed, row)| is_chosen(chosen, feed, row));
        for (number, (_, feed, row)) in out.enumerate() {
            let stays = whole && number == 0;
            let id = if stays { opening } else { OpeningId(self.ids.next(now)) };
            if !stays {
                ids.push(id);
            }
            moved.entry(feed).or_default().push(PostingRow { opening: id, alone: true, ..row });
        }
        for (feed, rows) in &moved {
            write.put_postings(feed, rows).await?;
        }
        let before: BTreeMap<OpeningId, Opening> =
            write.openings(&ids).await?.into_iter().map(|opening| (opening.id, opening)).collect();
        let folded = self.fold_again(&mut write, &ids, &BTreeMap::new(), &before, now).await?;
        self.note_changes(&mut write, &before, &folded, now, &mut Report::default()).await?;
        write.put_openings(&folded).await?;
        write.commit().await?;
        self.refresh_openings().await?;
        Ok(ids.into_iter().skip(1).collect::<BTreeSet<_>>().into_iter().collect())
    }
}

fn is_chosen(chosen: &[(FeedKey, String)], feed: &FeedKey, row: &PostingRow) -> bool {
    chosen.iter().any(|(of, key)| of == feed && *key == row.key)
}
