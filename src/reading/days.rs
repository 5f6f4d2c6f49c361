//! How much of the week one works where: amounts of time ("Tue and Thu", "40 %", "every day") beside places of work.

use regex::Regex;

use super::sections::sentences;
use super::{any_of, pattern};
use crate::domain::level::WorkMode;
use crate::domain::text::{head, tail};

/// The words that say that a part of the week is spent in the office or at home: hybrid work.
pub(super) fn part(text: &str) -> Option<&str> {
    let amount = any_of![
        r"\b{some}(?: ?\([1-4]\)| ?\+| or more| fixed| set| core| anchor| flexible| mandatory| full| office| home| remote| wfh| in-office| working| of the| of those| of your)* ?-?(?:days?|d|x|times|shifts?|tage|jours?|j|jrs|d[ií]as?|giorni|gg|dag(?:en)?)\b",
        r"\b{days}\b",
        r"\b[1-9]\d? ?%",
        r"\b(?:once|twice) (?:a|per|every|each|in a) (?:week|month)\b",
        r"\b(?:[5-9]|1\d) days (?:a|per) month\b",
        r"\b(?:most|some) days\b|\b(?:most|some|half|part) of (?:the|your) (?:days|week|time)\b",
        r"\bthe (?:fifth|fourth|other|remaining) (?:days? )?",
    ];
    word(text).or_else(|| spent(text, amount, is_part).map(|(_, words)| words))
}

/// Where the whole week is spent, and the words that say so.
pub(super) fn whole(text: &str) -> Option<(WorkMode, &str)> {
    let amount = any_of![
        r"\b(?:5|five|6|six)(?: full| working)? days\b",
        r"\b(?:every|each)(?: single| working| week)?[ -]?day\b",
        r"\bdaily\b",
        r"\b(?:mon\w* ?(?:-|–|to|through|thru|till|until) ?(?:fri|sat)|sun\w* ?(?:-|–|to|through|thru) ?(?:thu|fri))\w*",
        r"\b100 ?%",
        r"\b(?:all|the whole|full) week\b",
    ];
    spent(text, amount, |_, _| true)
        .map(|(place, words)| (if place == Place::Home { WorkMode::Remote } else { WorkMode::Onsite }, words))
}

/// Whether a whole week stands among these words.
fn holds_week(words: &str) -> bool {
    pattern!(r"\b(?:mon\w* ?(?:-|–|to|through|thru) ?fri|sun\w* ?(?:-|–|to|through|thru) ?thu)")
        .is_match(words)
}

/// Whether these words, with what stands before them, are a part of the week and no single date.
fn is_part(before: &str, time: &str) -> bool {
    let single = pattern!(r"^{day}$").is_match(time);
    let weekly =
        time.ends_with(['s', 'S']) || pattern!(r"\b(?:on|every|each|wfh|home) $|\($").is_match(before);
    !is_week(time) && (!single || weekly)
}

/// "Monday to Friday", "Sun-Thu".
fn is_week(days: &str) -> bool {
    pattern!(
        r"^(?:mon\w* ?(?:-|–|to|through|thru|till|until) ?fri|sun\w* ?(?:-|–|to|through|thru) ?(?:thu|fri))"
    )
    .is_match(days)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Office,
    Home,
}

/// Between an amount of time and the place there are no more bytes.
const REACH: usize = 60;
/// What a sentence says beside them is looked at within this many bytes.
const BESIDE: usize = 24;

/// The first amount of time with a place of work near it in its sentence.
fn spent<'t>(text: &'t str, amount: &Regex, fits: impl Fn(&str, &str) -> bool) -> Option<(Place, &'t str)> {
    let clauses = text.lines().flat_map(sentences).flat_map(|sentence| sentence.split(';'));
    clauses.filter(|clause| !is_about_hiring(clause)).find_map(|clause| {
        // Most clauses name no amount.
        let mut places: Option<Vec<_>> = None;
        amount.find_iter(clause).find_map(|time| {
            if !fits(tail(&clause[..time.start()], BESIDE), time.as_str()) || is_visit(&clause[time.end()..])
            {
                return None;
            }
            let places = places.get_or_insert_with(|| named(clause).collect());
            let (start, end, place) = nearest(places, &time)?;
            let (start, end) = (start.min(time.start()), end.max(time.end()));
            let words = &clause[start..end];
            // "12% bonus, $1,000 home office": of another thing.
            let share = time.as_str().ends_with('%') && words.contains(',');
            let before = tail(&clause[..start], BESIDE).rsplit(',').next().unwrap_or_default();
            let behind = head(&clause[end..], BESIDE).split([',', '(']).next().unwrap_or_default();
            let behind = behind.split(" and ").next().unwrap_or_default();
            let other =
                share || words.contains(['$', '€', '£']) || [before, words, behind].into_iter().any(is_other);
            (!other).then_some((place, words))
        })
    })
}

fn is_about_hiring(clause: &str) -> bool {
    pattern!(r"\b(?:process|interviews?|trial day|paid trial)\b").is_match(clause)
}

/// "2 days a year", "4 days off": what stands behind an amount of time says that nobody works there then.
fn is_visit(behind: &str) -> bool {
    pattern!(
        r"^ ?(?:a|per|each|every|/|of) ?(?:year|quarter)|^ (?:of |to )?(?:holiday|vacation|leave|pto|notice|off\b)"
    )
    .is_match(head(behind, BESIDE))
}

/// The place that is nearest to an amount of time, if one is near.
fn nearest(places: &[(usize, usize, Place)], time: &regex::Match<'_>) -> Option<(usize, usize, Place)> {
    let first = places.partition_point(|(_, end, _)| end + REACH < time.start());
    let near = places[first..].iter().take_while(|(start, ..)| *start < time.end() + REACH);
    near.min_by_key(|(start, end, _)| start.saturating_sub(time.end()) + time.start().saturating_sub(*end))
        .copied()
}

/// The places of work that a text names, in order.
fn named(text: &str) -> impl Iterator<Item = (usize, usize, Place)> {
    let place = pattern!(
        r"\b(?:(?P<home>(?:at|from) (?:your |their |our |the )?homes?|home[ -]?offices?|home[ -]?days?|home[ -]?working|stays? home|home (?:on|the|for)|wfh|work(?:ing)?[ -]from[ -]home|remote(?:ly)?|t[ée]l[ée]travail|telework\w*|telecommut\w*|teletrabajo|smart[ -]working|thuis\w*|da casa|mobiles? (?:work|arbeit)\w*|wherever|where you (?:like|want|please))|(?:in-)?offices?|büro|bureau|kantoor|ufficio|on[ -]?site|in[ -]person|wfo|studio|lab|hq|headquarters|hub|campus|premises|workshop|hangar|in the (?:[^ .,;]+ ){0,3}(?:building|hall)|in one room|(?:are|be) present)\b"
    );
    // "Office hours", "front office", "home insurance".
    let before = pattern!(r"(?:front|back|family|post|microsoft|ms|dental|medical|nursing)[ -]$|take-$");
    let behind = pattern!(
        r"^[ -](?:365|suite|hours?|manager|admin\w*|politics|products?|equipment|budget|dogs?|perks|snacks|setup|page|insurance|care|delivery|loans?|team|support|sensing|monitoring|control|access)\b"
    );
    place.captures_iter(text).filter_map(move |found| {
        let whole = found.get(0)?;
        let refused = found.name("home").is_some()
            && pattern!(r"\b(?:no|not|non)\b[^,;]{0,8}$|n['’]t (?:an? )?$")
                .is_match(tail(&text[..whole.start()], 16));
        let other = refused
            || before.is_match(tail(&text[..whole.start()], 12))
            || behind.is_match(head(&text[whole.end()..], 14));
        let kind = if found.name("home").is_some() { Place::Home } else { Place::Office };
        (!other).then(|| (whole.start(), whole.end(), kind))
    })
}

/// Words beside them that speak of something else: lunch on Fridays, the day of the interview, trips.
fn is_other(beside: &str) -> bool {
    pattern!(
        r"\b(?:lunch\w*|breakfasts?|dinners?|drinks?|beers?|pizza|yoga|massages?|fruit|snacks?|coffee|cake|soup|interview\w*|challenge|pairing|on-?boarding|apply|repl(?:y|ies)|respond|response|holidays?|vacation|abroad|sick|(?:to|with|for|meet|see|at) (?:our |the |your )?(?:customers|clients)|visits?|travel\w*|conferences?|off-?sites?|retreats?|gather\w*|hackathons?|demos?|stand-?ups?|training|notice|within \d|deliver\w*|shipping|summers?|open to you|optional|if you (?:like|want))\b"
    )
    .is_match(beside)
}

/// Turns of phrase that say it without an amount beside a place, and the word where it speaks of work and not of clouds.
fn word(text: &str) -> Option<&str> {
    let stated = any_of![
        r"\b{some} (?:days?|shifts?) (?:a|per|each|every|/) ?week (?:(?:in|at|on) (?:the |our |your )?(?-i:[A-Z])\w+|in\b(?:[.,;)]|$)|together|there|with (?:us|the team|them))",
        r"\bminimum of (?:two|three|four|[2-4]) days (?:a|per) week\b",
        r"\b(?:the )?other (?:two |three |[1-4] )?days?,? (?:(?:are |is )?(?:you choose|up to you|wherever|(?:at )?home)|you (?:choose|can|may|work))\b",
        r"\b(?:are|you) in (?:[1-4]|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? days\b",
        r"\b(?:be|in) in (?-i:[A-Z])\w+ at least (?:two|three|four|[2-4]) days\b",
        r"\bpresence[\w ]{0,15} {some} days\b",
        r"\b(?:is|are|be|meet|meets|together|come|comes) (?:in|there) (?:on )?{days}\b",
        r"\bcome in(?: to (?:the|our) [^ .;\n]+)? (?:on |every |each ){days}\b",
        r"\b(?:together|sit)\b[^.;\n]*? {day} (?:to|through|until|and|-|–|&) {day}",
        r"\bwith us (?:in|at) [^.;\n]*? on {day}(?:,? (?:and|or|&) {day})+",
        r"\bpart(?:ly|ially)?[ -](?:remote|wfh|home[ -]?office)\b",
        r"\b(?:some|occasional|partial) (?:wfh|home[ -]?office|remote days)\b",
        r"\bremote (?:status\W{1,5})?hybrid\b",
        r"\bibrid[oa]\b",
        r"\(hybrid\)",
        r"\b(?:this (?:role|position|job) is|we (?:work|are)|is|is an?|work(?:ing|s)?(?: an?)?) hybrid(?:ly)?\b",
        r"\bhybrid (?:remote|in-office|on-?site)",
        r"\bh[yií]brid(?:e[snr]?|o|a)? (?:\(?[1-4]|role|position|job|opportunity|arrangement|schedule|scheme|policy|mod(?:e|el|ality)|work(?:ing)?\b(?: environment)?|and flexible(?: working)?(?: environment)?|set-?up|company|team|office|by agreement|basis|way|culture|setting|pattern|format|contract|arbeit\w*|from|in (?:our|the)|out of|with \d)",
        r"\bh[ií]brid[oa]\b",
        r"\bhybrid[:,] ",
        r"(?m:^[^\w\n]*hybrid\b\s*(?:[.,;(–—-]|$))",
        r"[,(•|/–-] ?hybrid ?[),|.(–-]",
    ];
    let other = pattern!(
        r"\b(?:cloud|on-?prem\w*|infrastructure|environments?|mobile|apps?|search|tried|cordova|vehicles?|architectures?|seeds?|rice|drivetrains?|mixing|between)\b"
    );
    stated
        .find_iter(text)
        .find(|found| {
            let before = tail(&text[..found.start()], 30).rsplit('\n').next().unwrap_or_default();
            let behind = head(&text[found.end()..], 30).split('\n').next().unwrap_or_default();
            // "No hybrid"
            let refused = pattern!(r"\b(?:no|not|without|was|were)[ ,]{1,2}$").is_match(before);
            !refused && !other.is_match(before) && !other.is_match(behind) && !holds_week(found.as_str())
        })
        .map(|found| found.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_days_are_hybrid_and_a_whole_week_is_not() {
        for text in [
            "Tue/Wed/Thu in the office, the rest where you like",
            "You work from our Austin office Monday to Thursday.",
            "Up to 40% home office after probation",
            "Remote work: 2 days / week",
            "The team is in Tuesday through Thursday.",
            "Hybrid setup with two fixed office days",
            "Modality: híbrido",
            "You work three days per week in Rotterdam.",
            "2 days of remote per week",
            "On site 3 days a week, the other 2 wherever you like.",
            "We meet at the office by the lake on Tuesdays and Thursdays",
            "This role follows 60% office attendance.",
        ] {
            assert!(part(text).is_some(), "{text}");
        }
        for text in [
            "Monday to Friday in the office",
            "6 days a week in office",
            "We run hybrid, multi-cloud infrastructure.",
            "Process: one call, 1 day in office",
            "Lunch in the office on Tuesdays and Thursdays",
            "We meet 3 days a year in the office",
            "25 days of holiday, office in Berlin",
        ] {
            assert_eq!(part(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_week_is_spent_in_one_place() {
        assert_eq!(
            whole("everyone comes to the office Monday to Friday.").map(|said| said.0),
            Some(WorkMode::Onsite)
        );
        assert_eq!(whole("This position is 100% on site.").map(|said| said.0), Some(WorkMode::Onsite));
        assert_eq!(whole("100% home office within Germany").map(|said| said.0), Some(WorkMode::Remote));
        assert_eq!(whole("Free lunch every day in the office"), None);
    }
}
