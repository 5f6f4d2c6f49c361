//! Work mode, and from where remote work is allowed: from fields, place strings, title, then plain statements.

use super::fields::{Fields, Label};
use super::places::Located;
use super::{Read, days, pattern};
use crate::domain::level::WorkMode;
use crate::domain::posting::Posting;

mod learned;
mod prose;

pub use learned::{MODES, of_window, windows};

/// Where the work is done; a choice of remote or office is remote.
pub(super) fn read(
    posting: &Posting,
    located: &Located,
    header: &[&str],
    fields: &Fields<'_>,
    texts: [&str; 2],
) -> Read<WorkMode> {
    // What a line of the text says in its own words may narrow what the place field says.
    let of_fields = of_fields(fields);
    if let Some((WorkMode::Hybrid, _)) = &of_fields {
        return of_fields;
    }
    let words = located.words.clone();
    if located.remote {
        // "Hybrid remote" is hybrid; "Remote or hybrid", "Hybrid SF & Remote" leave the choice.
        let hybrid = located.hybrid
            && pattern!(r"hybrid[\s-]{0,2}\(?remote|remote[\s,-]{0,2}\(?\s?hybrid").is_match(&words);
        return Some((if hybrid { WorkMode::Hybrid } else { WorkMode::Remote }, words));
    }
    if located.hybrid {
        return Some((WorkMode::Hybrid, words));
    }
    if located.onsite {
        return Some((WorkMode::Onsite, words));
    }
    if let Some(found) = pattern!(r"\b(remote|remoto|home[ -]based|work from home|hybrid|on[ -]?site|in-office)\b").find(&posting.title)
        && !pattern!(r"\b(remote[ -](friendly|sensing|monitoring|support|control|access|desktop|patient|care|hands)|hybrid (cloud|mobile|apps?|vehicles?|work(place|force)?))\b").is_match(&posting.title)
    {
        let refused = pattern!(r"\b(no|not|non)[\s-]+(fully )?$").is_match(&posting.title[..found.start()]);
        let mode = match found.as_str().to_lowercase().as_str() {
            "remote" if refused => WorkMode::Onsite,
            "hybrid" => WorkMode::Hybrid,
            "onsite" | "on-site" | "on site" | "in-office" => WorkMode::Onsite,
            _ => WorkMode::Remote,
        };
        return Some((mode, found.as_str().to_owned()));
    }
    of_fields
        .or_else(|| of_header(header))
        .or_else(|| texts.into_iter().find_map(prose::read))
        .or_else(|| texts.into_iter().find_map(learned::read))
}

/// "Work mode: WFO, 5 days", "Remote: 2 days a week", "Location: Farnborough, 3 days a week on site".
fn of_fields(fields: &Fields<'_>) -> Read<WorkMode> {
    let home = fields.said(Label::Home).map(|value| (of_home(value), value));
    // What says it outright comes before what says it beside a place: "📍 Lisbon or remote", "Work mode: hybrid".
    let beside = |value: &&str| fields.said(Label::Place).any(|place| place == *value);
    let outright = fields.said(Label::Mode).filter(|value| !beside(value));
    let mode = outright.chain(fields.said(Label::Place)).map(|value| (of_value(value), value));
    home.chain(mode).find_map(|(mode, value)| Some((mode?, value.to_owned())))
}

/// What stands behind "Remote:" or "Home office:".
fn of_home(value: &str) -> Option<WorkMode> {
    if pattern!(r"^(?:no|none|not|never|n/a|-)\b").is_match(value) {
        return Some(WorkMode::Onsite);
    }
    if pattern!(r"^(?:yes|ok|okay|fully?|100 ?%|possible|as you|anywhere|worldwide|global|always|any)\b")
        .is_match(value)
        && !pattern!(r"\b(?:days?|hybrid|part(?:ly|ial))\b").is_match(value)
    {
        return Some(WorkMode::Remote);
    }
    pattern!(r"\b(?:hybrid|partial(?:ly)?|partly|days?|tage?|jours?|d[ií]as?|giorni|[1-9]\d? ?%)(?:\W|$)")
        .is_match(value)
        .then_some(WorkMode::Hybrid)
}

/// What stands behind "Work mode:" or "Location:".
fn of_value(value: &str) -> Option<WorkMode> {
    let remote = pattern!(r"\b(?:remote(?:ly)?|remot[oa]|zdaln\w+|wfh|home[ -]based|home[ -]?office|work from home|anywhere)\b").is_match(value)
        && !pattern!(r"\b(?:no|not|non)[ -](?:fully )?remote\b|\bno (?:wfh|work from home|home ?office|telework)\b|\bno option to work remotely|\bnot (?:possible|available|an option)\b").is_match(value);
    let hybrid = pattern!(r"\bh[yií]brid(?:e|o|a|ow\w+)?\b").is_match(value)
        && !pattern!(r"\b(?:no|not|non)[ -]hybrid\b").is_match(value);
    let choice =
        pattern!(r"\bremote\b ?(?:or|/|,) ?hybrid|\bhybrid ?(?:or|/|,) ?(?:fully )?remote\b").is_match(value);
    if (hybrid && !choice) || days::part(value).is_some() {
        return Some(WorkMode::Hybrid);
    }
    if remote || choice {
        return Some(WorkMode::Remote);
    }
    pattern!(r"\b(?:on[ -]?site|in[ -]person|in[ -]office|wfo|work from office|office based|at (?:the )?office|presencial|vor ort|no remote|physical location|(?:customer|client)(?:'s)? (?:site|premises))\b")
        .is_match(value)
        .then_some(WorkMode::Onsite)
}

/// A part of the first line: "ONSITE", "Remote (CET)", "Berlin or REMOTE".
fn of_header(header: &[&str]) -> Read<WorkMode> {
    let named = pattern!(
        r"^(?:(?:[\w, /&+-]|\([^)]{0,20}\)){0,40}[ ,(/&+-])?(?P<mode>remote|hybrid|on[ -]?site|in[ -]office|in[ -]person)(?: only| ok| possible| friendly| first)?(?:\W.{0,40})?$"
    );
    let not = pattern!(
        r"\b(no|not|non)\W+remote|remote\W+no\b|\bremote (operation|control|access|sensing|monitoring|support)|\bwe\b|(engineer|developer|manager|software)s?\b"
    );
    let found: Vec<(String, &str)> = header
        .iter()
        .filter(|part| part.len() <= 60 && !not.is_match(part))
        .filter_map(|part| {
            let found = named.captures(part)?;
            // "REMOTE or In-office", but not "Onsite (designers remote)".
            let chosen = pattern!(r"^[^(]*\bremote\b").is_match(part);
            let mode = if days::part(part).is_some() {
                "hybrid".to_owned()
            } else if chosen {
                "remote".to_owned()
            } else {
                found["mode"].to_lowercase()
            };
            Some((mode, *part))
        })
        .collect();
    // A choice of remote or office is remote.
    let of = |mode: &str| {
        found.iter().find(|(named, _)| named.starts_with(mode)).map(|(_, part)| (*part).to_owned())
    };
    of("remote")
        .map(|part| (WorkMode::Remote, part))
        .or_else(|| of("hybrid").map(|part| (WorkMode::Hybrid, part)))
        .or_else(|| found.first().map(|(_, part)| (WorkMode::Onsite, (*part).to_owned())))
}

/// The countries and areas from which a remote job may be done.
pub(super) fn remote_from(
    posting: &Posting,
    mode: Option<WorkMode>,
    located: &Located,
    prose: &str,
) -> Read<Vec<String>> {
    if !posting.remote_from.is_empty() {
        return Some((posting.remote_from.clone(), String::new()));
    }
    if mode != Some(WorkMode::Remote) {
        return None;
    }
    if located.areas.iter().any(|area| area == "world") {
        return Some((vec!["world".to_owned()], located.words.clone()));
    }
    if !located.areas.is_empty() {
        return Some((located.areas.clone(), located.words.clone()));
    }
    if let Some(words) = super::places::states(prose) {
        return Some((vec!["US".to_owned()], words.to_owned()));
    }
    let stated = pattern!(
        r"\b(?:remote(?:ly)?(?: work)?,? (?:\(|in|within|from|across|anywhere in|anywhere within|throughout)|(?:from |work(?:ing)? (?:remotely )?from )?anywhere (?:in|within)|(?:must|need to|have to|should|able to|you|you'll|candidates?|applicants?|people|who|only)(?: currently| already| legally| be| must| should)* (?:based|located|resides?|lives?|residing|living|resident)(?: permanently| legally| anywhere)? (?:in|within)|(?:candidates|applicants) (?:based |located |residing )?(?:in|from|within)|(?:based|located) anywhere (?:in|within)|residents of|(?:open|available) to (?:candidates|people|residents)(?: based| located| living)? (?:in|within|from)|hiring (?:remotely )?(?:in|across|within)|(?:following|these) countries[^:.\n]{0,40}:|(?:someone|a person|people|a developer|an engineer|candidates?)(?: who (?:is|lives))?(?: based| located)? in|qualquer lugar d[oae]|cualquier (?:lugar|parte) de|work from home in|home-based,? (?:anywhere )?in)\s+(?:anywhere (?:in|within) )?(?:any (?:country|state) (?:of|in) )?((?:the )?[^;:\n]{2,120})|(?m:^)[^\w\n]*(?:live|reside|be based|based|located) in ([^;:\n]{2,120})"
    );
    let mut at = 0;
    while let Some(found) = stated.captures_at(prose, at) {
        let Some(list) = found.get(1).or(found.get(2)) else { break };
        let areas = super::places::leading_areas(list.as_str());
        if !areas.is_empty() {
            return Some((areas, found[0].to_owned()));
        }
        // What stands behind may say it in turn: "remote from the following countries: …".
        at = list.start();
    }
    // "Berlin or remote" does not say from where.
    if located.choice {
        return None;
    }
    // "Remote (LATAM or North America)", "Remote, anywhere in EMEA": what stands behind, if it is places and nothing else.
    let behind = pattern!(
        r"\bremote(?:ly)?(?: work| role| position| job)?(?:\W{0,3}(?:but )?(?:anywhere )?(?:in|within|from|across)\b|\s*[(:,–—-]) ?(?:the |anywhere in (?:the )?)?((?-i:\p{Lu})[\p{L} ,/&+.]{1,60})"
    );
    for found in behind.captures_iter(prose) {
        let areas = super::places::areas(found[1].trim().trim_end_matches(['.', ',']));
        if !areas.is_empty() {
            return Some((areas, found[0].to_owned()));
        }
    }
    let world = pattern!(
        r"\b(work from anywhere( in the world)?|anywhere in the world|remote\W{1,3}(worldwide|global(ly)?|world|anywhere)|worldwide remote|globally (remote|distributed))\b"
    );
    if let Some(words) = world.find(&located.words).or_else(|| world.find(prose)) {
        return Some((vec!["world".to_owned()], words.as_str().to_owned()));
    }
    // A remote job whose place is a country is remote from there; a city is where the office is.
    let countries: Vec<String> = located
        .places
        .iter()
        .filter(|place| place.city.is_none())
        .filter_map(|place| place.country.clone())
        .fold(Vec::new(), |mut all, country| {
            if !all.contains(&country) {
                all.push(country);
            }
            all
        });
    (!countries.is_empty()).then(|| (countries, located.words.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(location: &str, prose: &str) -> (Option<&'static str>, String) {
        let posting = Posting { locations: vec![location.to_owned()], ..Posting::default() };
        let header = super::super::header::parts(prose);
        let located = super::super::places::read(&posting, &header, &Fields::of(prose), [prose, ""]);
        let mode = read(&posting, &located, &header, &Fields::of(prose), [prose, ""]).map(|(mode, _)| mode);
        let from =
            remote_from(&posting, mode, &located, prose).map(|(from, _)| from.join(",")).unwrap_or_default();
        (mode.map(WorkMode::key), from)
    }

    #[test]
    fn modes_are_read_with_their_negations() {
        assert_eq!(of("Remote - US", ""), (Some("remote"), "US".into()));
        assert_eq!(of("Berlin or Remote", ""), (Some("remote"), String::new()));
        assert_eq!(of("Berlin", "This is not a remote role."), (Some("onsite"), String::new()));
        assert_eq!(of("Berlin", "We meet 3 days a week in the office."), (Some("hybrid"), String::new()));
        assert_eq!(of("Berlin", ""), (None, String::new()));
        assert_eq!(
            of("", "This is a fully remote role. You must be based in Germany."),
            (Some("remote"), "DE".into())
        );
        assert_eq!(of("Berlin", "You may work remotely abroad for up to 183 days."), (None, String::new()));
        assert_eq!(of("London", "Great pay. #LI-Remote").0, Some("remote"));
        assert_eq!(of("Austin, TX", "- Paid leave\n- Remote").0, Some("remote"));
        assert_eq!(of("Anywhere", ""), (Some("remote"), "world".into()));
        assert_eq!(of("", "Acme | Rust | ONSITE (3 days/week in office)").0, Some("hybrid"));
        assert_eq!(of("", "Acme | Rust | Berlin | On Site").0, Some("onsite"));
        assert_eq!(of("Berlin", "This role is based in Berlin (hybrid).").0, Some("hybrid"));
        assert_eq!(of("", "Work from home 2 days a week.").0, Some("hybrid"));
        assert_eq!(of("", "Able to come to the office once per week").0, Some("hybrid"));
        assert_eq!(of("", "Option to WFH each Friday").0, Some("hybrid"));
        assert_eq!(of("", "Hybrid and flexible working environment").0, Some("hybrid"));
        assert_eq!(of("", "Docker Inc, Remote (62 positions)").0, Some("remote"));
        assert_eq!(of("", "Remote work is ok").0, Some("remote"));
        assert_eq!(of("", "Acme | Rust | Berlin | REMOTE or In-office").0, Some("remote"));
        assert_eq!(of("", "Acme | Rust | Berlin, DE | ONSITE, VISA").0, Some("onsite"));
        assert_eq!(of("", "You run clusters on-premise and in hybrid setups.").0, None);
        assert_eq!(of("Hybrid SF & Remote", "").0, Some("remote"));
        assert_eq!(of("Remote (hybrid)", "").0, Some("hybrid"));
        assert_eq!(of("Distributed", ""), (Some("remote"), String::new()));
        assert_eq!(of("", "Work mode: WFO - 5 days (no hybrid pls)").0, Some("onsite"));
        assert_eq!(of("", "Remote: no").0, Some("onsite"));
        assert_eq!(of("", "📍 Lisbon or remote\nWork mode: hybrid").0, Some("hybrid"));
        assert_eq!(of("", "Home office: as you wish").0, Some("remote"));
        assert_eq!(of("", "Acme\nFull Time · On-site").0, Some("onsite"));
        let titled = |title: &str| {
            let posting = Posting { title: title.to_owned(), ..Posting::default() };
            read(&posting, &Located::default(), &[], &Fields::default(), ["", ""]).map(|(mode, _)| mode)
        };
        assert_eq!(titled("Engineer (on site)"), Some(WorkMode::Onsite));
        assert_eq!(titled("Engineer (not remote)"), Some(WorkMode::Onsite));
        assert_eq!(of("Calgary", "There is no option to work remotely.").0, Some("onsite"));
        assert_eq!(of("Perth", "This is not a work from home job.").0, Some("onsite"));
        assert_eq!(
            of("", "We are fully remote. You need to live in Australia, New Zealand or Singapore."),
            (Some("remote"), "AU,NZ,SG".into())
        );
        assert_eq!(of("", "Acme | Rust | REMOTE (US/Canada)"), (Some("remote"), "US,CA".into()));
        assert_eq!(of("Remote", "We employ in AZ, CA and CO."), (Some("remote"), "US".into()));
    }
}
