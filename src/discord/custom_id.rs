//! What a button or menu carries: a version, an action and short arguments; nothing in it is trusted.

use crate::domain::filter::Condition;
use crate::domain::ids::{BatchId, OpeningId, SkillId, SubscriptionId};
use crate::search::Sort;

/// What pressing asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// A page of a search: which filter (its key in the store), order, first opening.
    Page(Query),
    /// The same page for everybody in the channel.
    Share(Query),
    /// The same search without one condition.
    Loosen(Query, Condition),
    /// Preview a subscription of this channel to a filter.
    Subscribe(String),
    /// Make the subscription that was previewed.
    Confirm(SubscriptionId),
    /// Forget the preview.
    Cancel,
    /// A whole opening.
    Details(OpeningId),
    /// Openings like this one.
    Similar(OpeningId),
    /// A skill's explainer.
    Explain(SkillId),
    /// A section of it.
    Section(SkillId, SkillPage),
    /// The openings that ask for a skill.
    Openings(SkillId),
    /// A tip of a skill, or of any.
    Tip(Option<SkillId>),
    /// Another one in place of the one shown.
    AnotherTip(Option<SkillId>),
    /// One subscription, as chosen from a menu of them (the value says which) or named here.
    Manage(Option<SubscriptionId>),
    /// Something done to a subscription.
    Do(SubscriptionId, Verb),
    /// Why the openings of a post are there.
    Why(BatchId),
    /// Take the board that was shown, or take back the removal of one.
    AddFeed(i64),
    /// Remove the board that was chosen from a menu.
    RemoveFeed,
}

/// A search that a button repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Under which the store keeps the filter.
    pub key: String,
    /// The order.
    pub sort: Sort,
    /// The first opening shown, from 0.
    pub offset: usize,
}

/// A page of an explainer besides the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are the buttons' labels")]
pub enum SkillPage {
    Parts,
    Path,
    Interview,
    Pitfalls,
    JobAds,
}

/// What can be done to a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are the buttons' labels")]
pub enum Verb {
    Pause,
    Resume,
    Test,
    Log,
    Remove,
    Undo,
    Edit,
    Backfill,
}

const VERSION: &str = "1";

impl Press {
    /// At most 100 characters.
    #[must_use]
    pub fn id(&self) -> String {
        let query = |q: &Query| format!("{}:{}:{}", q.key, sort_key(q.sort), q.offset);
        let rest = match self {
            Self::Page(q) => format!("j:{}", query(q)),
            Self::Share(q) => format!("sh:{}", query(q)),
            Self::Loosen(q, condition) => format!("l:{}:{}", query(q), condition_key(*condition)),
            Self::Subscribe(key) => format!("s:{key}"),
            Self::Confirm(id) => format!("ok:{id}"),
            Self::Cancel => "no".to_owned(),
            Self::Details(id) => format!("d:{id}"),
            Self::Similar(id) => format!("sim:{id}"),
            Self::Explain(id) => format!("x:{id}"),
            Self::Section(id, page) => format!("xp:{id}:{}", page_key(*page)),
            Self::Openings(id) => format!("o:{id}"),
            Self::Tip(id) => format!("t:{}", id.as_ref().map_or("", SkillId::as_str)),
            Self::AnotherTip(id) => format!("ta:{}", id.as_ref().map_or("", SkillId::as_str)),
            Self::Manage(id) => format!("m:{}", id.map(|id| id.to_string()).unwrap_or_default()),
            Self::Do(id, verb) => format!("v:{id}:{}", verb_key(*verb)),
            Self::Why(id) => format!("w:{id}"),
            Self::AddFeed(id) => format!("fa:{id}"),
            Self::RemoveFeed => "fr".to_owned(),
        };
        format!("{VERSION}:{rest}")
    }

    /// Reads a custom id; `None` for one that we never made, or that a retired version made.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        let mut parts = id.split(':');
        if parts.next()? != VERSION {
            return None;
        }
        let action = parts.next()?;
        let args: Vec<&str> = parts.collect();
        let arg = |i: usize| args.get(i).copied();
        let query = || {
            Some(Query {
                key: arg(0)?.to_owned(),
                sort: if arg(1)? == "p" { Sort::Pay } else { Sort::Newest },
                offset: arg(2)?.parse().ok()?,
            })
        };
        let skill = || arg(0).filter(|id| !id.is_empty()).map(SkillId::from);
        Some(match action {
            "j" => Self::Page(query()?),
            "sh" => Self::Share(query()?),
            "l" => Self::Loosen(
                query()?,
                Condition::ALL.iter().copied().find(|c| condition_key(*c) == arg(3).unwrap_or_default())?,
            ),
            "s" => Self::Subscribe(arg(0)?.to_owned()),
            "ok" => Self::Confirm(arg(0)?.parse().ok()?),
            "no" => Self::Cancel,
            "d" => Self::Details(arg(0)?.parse().ok()?),
            "sim" => Self::Similar(arg(0)?.parse().ok()?),
            "x" => Self::Explain(skill()?),
            "xp" => Self::Section(
                skill()?,
                PAGES.iter().copied().find(|p| page_key(*p) == arg(1).unwrap_or_default())?,
            ),
            "o" => Self::Openings(skill()?),
            "t" => Self::Tip(skill()),
            "ta" => Self::AnotherTip(skill()),
            "m" => Self::Manage(arg(0).and_then(|id| id.parse().ok())),
            "v" => Self::Do(
                arg(0)?.parse().ok()?,
                VERBS.iter().copied().find(|v| verb_key(*v) == arg(1).unwrap_or_default())?,
            ),
            "w" => Self::Why(arg(0)?.parse().ok()?),
            "fa" => Self::AddFeed(arg(0)?.parse().ok()?),
            "fr" => Self::RemoveFeed,
            _ => return None,
        })
    }
}

const fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "n",
        Sort::Pay => "p",
    }
}

const fn condition_key(condition: Condition) -> &'static str {
    match condition {
        Condition::Text => "text",
        Condition::Skills => "skills",
        Condition::Places => "places",
        Condition::WorkMode => "mode",
        Condition::Level => "level",
        Condition::Employment => "employment",
        Condition::Pay => "pay",
        Condition::Companies => "companies",
        Condition::Agencies => "agencies",
        Condition::Visa => "visa",
        Condition::Experience => "years",
        Condition::Age => "age",
    }
}

const PAGES: &[SkillPage] =
    &[SkillPage::Parts, SkillPage::Path, SkillPage::Interview, SkillPage::Pitfalls, SkillPage::JobAds];

const fn page_key(page: SkillPage) -> &'static str {
    match page {
        SkillPage::Parts => "parts",
        SkillPage::Path => "path",
        SkillPage::Interview => "interview",
        SkillPage::Pitfalls => "pitfalls",
        SkillPage::JobAds => "ads",
    }
}

const VERBS: &[Verb] =
    &[Verb::Pause, Verb::Resume, Verb::Test, Verb::Log, Verb::Remove, Verb::Undo, Verb::Edit, Verb::Backfill];

const fn verb_key(verb: Verb) -> &'static str {
    match verb {
        Verb::Pause => "pause",
        Verb::Resume => "resume",
        Verb::Test => "test",
        Verb::Log => "log",
        Verb::Remove => "remove",
        Verb::Undo => "undo",
        Verb::Edit => "edit",
        Verb::Backfill => "backfill",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_press_comes_back_as_it_was_and_fits() {
        let query = Query { key: "0123456789abcdef".into(), sort: Sort::Pay, offset: 12_345 };
        let skill = SkillId::from("distributed-systems");
        let mut all = vec![
            Press::Page(query.clone()),
            Press::Share(query.clone()),
            Press::Subscribe(query.key.clone()),
            Press::Confirm(SubscriptionId(i64::MAX)),
            Press::Cancel,
            Press::Details(OpeningId(i64::MAX)),
            Press::Similar(OpeningId(1)),
            Press::Explain(skill.clone()),
            Press::Openings(skill.clone()),
            Press::Tip(None),
            Press::Tip(Some(skill.clone())),
            Press::AnotherTip(Some(skill.clone())),
            Press::Manage(None),
            Press::Manage(Some(SubscriptionId(2))),
            Press::Why(BatchId(3)),
            Press::AddFeed(i64::MAX),
            Press::RemoveFeed,
        ];
        all.extend(Condition::ALL.iter().map(|c| Press::Loosen(query.clone(), *c)));
        all.extend(PAGES.iter().map(|p| Press::Section(skill.clone(), *p)));
        all.extend(VERBS.iter().map(|v| Press::Do(SubscriptionId(i64::MAX), *v)));
        for press in all {
            assert!(press.id().len() <= 100);
            assert_eq!(Press::parse(&press.id()), Some(press));
        }
    }

    #[test]
    fn what_we_never_made_is_nothing() {
        for id in ["", "1", "2:d:1", "1:d:x", "1:xp:rust:nonsense", "1:j:a:n", "v1:save:1", "1:v:1:explode"] {
            assert_eq!(Press::parse(id), None, "{id}");
        }
    }
}
