//! `/skill`: explains a skill with its openings, and gives tips.

use serde_json::{Value, json};

use super::super::ask::{Ask, Options};
use super::super::custom_id::SkillPage;
use super::super::dispatch::{Bot, CommandError};
use super::super::layout::Message;
use super::super::permissions::may_subscribe;
use super::super::reply::Reply;
use super::super::views::explain as view;
use super::super::words::{count, plain};
use super::{Result, choices, filters, say};
use crate::domain::filter::{Filter, TextTerm};
use crate::domain::ids::SkillId;
use crate::search::Sort;
use crate::skills::catalog::Skill;

/// Openings on an explainer's card.
const SHOWN: usize = 3;

pub(super) fn definition() -> Value {
    let needed = |name: &str, words: &str| {
        let mut option = choices::completed(name, words);
        option["required"] = true.into();
        option
    };
    json!({
        "name": "skill", "type": 1, "description": "Have a skill explained",
        "contexts": [0, 1, 2], "integration_types": [0, 1],
        "options": [
            { "type": 1, "name": "explain", "description": "What a skill is, why it matters, and who asks for it now", "options": [needed("name", "The skill, such as Kafka")] },
            { "type": 1, "name": "compare", "description": "Two skills side by side, with a chart",
              "options": [needed("a", "The one, such as Kafka"), needed("b", "The other, such as RabbitMQ")] },
            { "type": 1, "name": "trends", "description": "What rises and falls, with a chart",
              "options": [choices::completed("area", "Only within this area; all skills when left out")] },
            { "type": 1, "name": "path", "description": "The way from a skill that you have to one that you want",
              "options": [needed("from", "What you have"), needed("to", "What you want")] },
            { "type": 1, "name": "next", "description": "Which one more skill would open most openings to you",
              "options": [needed("skills", "What you have, with commas: Rust, Kafka, SQL"),
                          { "type": 3, "name": "query", "description": "Only among these: remote from Germany, senior", "max_length": 300 }] },
            { "type": 1, "name": "tip", "description": "One practical tip",
              "options": [choices::completed("skill", "Of this skill; any when left out")] },
        ],
    })
}

pub(super) async fn explain(bot: &Bot, ask: &Ask, options: &Options) -> Result {
    let name = options
        .text("name")
        .ok_or_else(|| say("Which skill? Type /skill explain and a name, such as Kafka."))?;
    match find(bot, name) {
        Some(skill) => Ok(Reply::Say(card_of(bot, ask, skill).await?)),
        None => Err(unknown(bot, name)),
    }
}

/// The card, as a button of another message asks for it.
pub(super) async fn card(bot: &Bot, ask: &Ask, id: &SkillId) -> Result {
    let skill = bot.catalog.get(id).ok_or_else(|| unknown(bot, id.as_str()))?;
    Ok(Reply::Say(card_of(bot, ask, skill).await?))
}

/// A further page of the explainer.
pub(super) fn section(bot: &Bot, id: &SkillId, page: SkillPage) -> Result {
    let skill = bot.catalog.get(id).ok_or_else(|| unknown(bot, id.as_str()))?;
    view::section(skill, page, &bot.catalog)
        .map(Reply::Say)
        .ok_or_else(|| say(format!("The page of {} has no such section yet.", skill.name)))
}

pub(super) fn tip(bot: &Bot, options: &Options) -> Result {
    let skill = match options.text("skill") {
        None => None,
        Some(name) => Some(find(bot, name).ok_or_else(|| unknown(bot, name))?.id.clone()),
    };
    give_tip(bot, skill.as_ref()).map(Reply::Say)
}

/// A tip of this skill, or of any.
pub(super) fn give_tip(bot: &Bot, wanted: Option<&SkillId>) -> std::result::Result<Message, CommandError> {
    let tips: Vec<(&Skill, usize)> = bot
        .catalog
        .skills()
        .iter()
        .filter(|skill| wanted.is_none_or(|wanted| *wanted == skill.id))
        .flat_map(|skill| {
            (0..skill.explainer.as_ref().map_or(0, |page| page.tips.len())).map(move |n| (skill, n))
        })
        .collect();
    // Ids are as good as dice here, and a test can set them.
    let number = bot.ids.next(bot.clock.now()).unsigned_abs() >> 10;
    let chosen = tips.get(usize::try_from(number % tips.len().max(1) as u64).unwrap_or(0));
    chosen.and_then(|(skill, n)| view::tip(skill, *n, wanted, true)).ok_or_else(|| {
        let name =
            wanted.and_then(|id| bot.catalog.get(id)).map_or("this skill", |skill| skill.name.as_str());
        say(format!("There is no tip for {name} yet. /skill tip without a name gives one of another skill."))
    })
}

async fn card_of(bot: &Bot, ask: &Ask, skill: &Skill) -> std::result::Result<Message, CommandError> {
    let now = bot.clock.now();
    let filter = Filter { skills_all: [skill.id.clone()].into(), ..Filter::default() };
    let own = bot.own_feeds(ask.guild).await?;
    let found = bot.search.find(&filter, Sort::Newest, 0, SHOWN, &own, now);
    let openings = bot.store.openings(&found.ids).await?;
    let may = ask.guild.is_some() && may_subscribe(ask.permissions);
    let key = if may { Some(filters::keep(bot, &filter).await?) } else { None };
    Ok(view::card(&view::Card {
        skill,
        numbers: &bot.search.numbers(&filter, &own, now),
        now,
        openings: &openings,
        subscribe: key.as_deref(),
        catalog: &bot.catalog,
    }))
}

/// By name, alias or id; a typo that leaves only one skill near is forgiven.
pub(super) fn find<'a>(bot: &'a Bot, name: &str) -> Option<&'a Skill> {
    if let Some(skill) = bot.catalog.find(name) {
        return Some(skill);
    }
    let near = bot.search.nearest_skills(name, 2);
    let first = bot.catalog.get(near.first()?)?;
    let distance = |skill: &Skill| {
        std::iter::once(&skill.name)
            .chain(&skill.aliases)
            .map(|known| strsim::damerau_levenshtein(&known.to_lowercase(), &name.to_lowercase()))
            .min()
            .unwrap_or(usize::MAX)
    };
    let allowed = if name.chars().count() >= 8 { 2 } else { usize::from(name.chars().count() >= 4) };
    let second = near.get(1).and_then(|id| bot.catalog.get(id)).map_or(usize::MAX, distance);
    (distance(first) <= allowed && second > distance(first)).then_some(first)
}

pub(super) fn unknown(bot: &Bot, name: &str) -> CommandError {
    let term = TextTerm { words: name.split_whitespace().map(str::to_owned).collect(), exclude: false };
    let filter = Filter { text: vec![term], ..Filter::default() };
    let mentions = bot.search.count(&filter, &[], bot.clock.now());
    let nearest: Vec<String> = bot
        .search
        .nearest_skills(name, 3)
        .iter()
        .filter_map(|id| bot.catalog.get(id))
        .map(|skill| format!("**{}**", skill.name))
        .collect();
    let name = plain(name);
    let near = if nearest.is_empty() { String::new() } else { format!(" Near: {}.", nearest.join(", ")) };
    let mentioned = match mentions {
        0 => "No opening that is open now mentions these words.".to_owned(),
        _ => format!(
            "{} now open mention{} these words: /jobs query\\:{name} shows them.",
            count(mentions, "opening"),
            if mentions == 1 { "s" } else { "" }
        ),
    };
    say(format!("The catalog has no skill \"{name}\".{near} {mentioned}"))
}
