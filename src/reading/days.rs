//! Hybrid work in plain words: the word itself, so many days in the office, named days, or a share of the time.

use super::pattern;
use crate::domain::text::{head, tail};

/// The words that say so, if any do.
pub(super) fn find(text: &str) -> Option<&str> {
    let counted = pattern!(
        r"\(hybrid\)|\b([1-4] ?x ?(/|per|a) ?week,? (in|at|from)[ -](the |our )?office|([1-4]|one|two|three|four|1-2|2-3|3-4)( ?\+| or more)? days? ?(a|per|each|/|every|in)? ?(week)?,? ?(in|at|from|on)[ -](the |our |an? )?(\w+ )?(office|site|site days|-?site)|in[ -](the )?office (at least )?(\d|one|two|three|four) days|(hybrid)( and flexible)? (role|position|work(ing)?( model| schedule| policy| arrangement| environment)?|model|schedule|policy|job|opportunity|arrangement)|this (role|position|job) is hybrid|we (work|are) hybrid|(is|work) (a )?hybrid\b|hybrid[:,] |hybrid (remote|in-office|on-?site)|(wfh|work from home) most of the week|hybrid mode|(come|be|work|commute|travel)( in)? ?(to|in|into|from|at)? ((the|our) )?office( at least)? (once|twice|one day|two days|three days|\d days) (a|per|each|every) (week|month)|[1-8]0% on-?site|(wfh|work(ing)?[ -]from[ -]home)( (each|every|on|up to|for|of))*( \w+ and)? ((sun|mon|tues|wednes|thurs|fri|satur)days?|([1-4]|one|two|three|four)( |-)?d(ays?)?)\b|([1-4]|one|two|three|four)( |-)?d(ays?)? ?(a|per)? ?(week)? (of )?(wfh|work(ing)?[ -]from[ -]home))"
    );
    let counted = counted.find(text).map(|found| found.as_str());
    counted.or_else(|| shared(text)).or_else(|| named(text)).or_else(|| word(text))
}

/// "two fixed office days", "remote up to 3 days", "on site approx. 25%", "3 days per week in Rotterdam".
fn shared(text: &str) -> Option<&str> {
    let said = pattern!(
        r"\b(?:(?:[1-4]|one|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? (?:fixed |set |core |anchor |flexible |mandatory )?(?:in-)?(?:office|remote|home[ -]?office|wfh|work[ -]from[ -]home|telework|home) days?|offices? (?:at least |for |about |around |only )?(?:[1-4]|one|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? (?:fixed |full )?days?|(?:remote|home[ -]?office|telework(?:ing)?|telecommut\w+|smart[ -]working|mobile work(?:ing)?|mobiles arbeiten)(?: work(?:ing)?)?\W{0,3}(?:up to |max(?:imum)?\.? |approx\.? |about |possible )?(?:[1-4]|one|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? (?:days?|x\b|times\b)|(?:[1-4]|one|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? (?:days?|shifts?) (?:a|per|each|every) (?:week|month) (?:(?:in|at) (?:the |our |your )?(?:[\w'’.-]+ ){0,2}(?:office|studio|site|hq|lab|hub)s?|on[ -]?site|in[ -]person|in\b(?:[.,;)]|$)|(?:at|from) home|telework|in (?-i:[A-Z])\w+)|minimum of (?:two|three|four|[2-4]) days (?:a|per) week|(?:the )?other (?:two |three |[1-4] )?days?,? (?:(?:are |is )?(?:you choose|up to you|from home|at home|home|remote|wherever)|you (?:choose|can|may|work))|(?:are|you) in (?:[1-4]|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? days|(?:one|two|three|[1-3]) days? (?:of )?mobile work|home days (?:by|(?:per|a|each) week)|(?:be|in) in (?-i:[A-Z])\w+ at least (?:two|three|four|[2-4]) days|presence[\w ]{0,15} (?:[1-4]|one|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? days|[1-4] (?:days?|jours?|d[ií]as?) (?:of |de |in )?(?:télétravail|telework|teletrabajo|home ?office|wfh|office)|(?:come in|in (?:the|our) office|on-?site)[\w ]{0,12} [1-9]\d ?% of the (?:time|week|month)|[1-4] tage (?:pro woche )?(?:im )?(?:home[ -]?office|büro))\b|\b[1-9]\d? ?% (?:of (?:the |your )?(?:time|week) )?(?:in (?:the |our )?office|on[ -]?site|home[ -]?office|remote(?:ly)?|from home|wfh|telework\w*|mobile work)\b|\b(?:office|on[ -]?site|home[ -]?office|from home|mobile work(?:ing)?)(?: work(?:ing)?)?(?:,? (?:approx\.?|about|around|up to|at least|for|only))* ?[1-9]\d? ?%"
    );
    said.find(text).map(|found| found.as_str())
}

/// "Tue/Wed/Thu in the office", "from our Austin office Monday to Thursday"; Monday to Friday is no such.
fn named(text: &str) -> Option<&str> {
    let said = pattern!(
        r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?|s)?\b[\w ,/&+–-]{0,30} (?:in|at|from) (?:the |our |an? )?(?:[\w'’-]+ )?(?:office|studio|hq|lab)\b|\b(?:(?:in|to|at|from) (?:the |our )?|our )(?:[\w'’-]+ ){0,2}(?:office|studio|hq|lab)s?,? (?:on |every |each )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?|s)?\b[\w ,/&+–-]{0,30}|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?|s)? (?:(?:is|are) )?(?:wherever|remote|from home|at home)\b|\b(?:is|are|be|meet|meets|together|come|comes) (?:in|there) (?:the (?:office|studio) (?:in \w+ )?)?(?:on )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?|s)?\b[\w ,/&+–-]{0,30}|\bcome in(?: to (?:the|our) \w+)? (?:on |every |each )(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?|s)?\b"
    );
    let week = pattern!(r"\bmon(?:day)?s?\W{0,3}(?:to|-|–|through|thru|until)?\W{0,3}fri");
    said.find_iter(text).map(|found| found.as_str()).find(|words| !week.is_match(words))
}

/// "Hybrid setup", "we work hybrid", "(hybrid)": the word where it speaks of work and not of clouds.
fn word(text: &str) -> Option<&str> {
    let said = pattern!(
        r"\bh[yií]brid(?:e[snr]?|o|a)? (?:\(?[1-4]|set-?up|company|team|office|by agreement|basis|way|culture|setting|pattern|format|contract|arbeit\w*|from|in (?:our|the)|out of|with \d)|\bwork(?:ing|s)? hybrid(?:ly)?\b|\bh[ií]brid[oa]\b|(?m:^[^\w\n]*hybrid\b\s*(?:[.,;(–—-]|$))|[,(•|/–-] ?hybrid ?[),|.(–-]"
    );
    let other = pattern!(
        r"\b(?:cloud|on-?prem\w*|infrastructure|environments?|mobile|apps?|search|tried|cordova|vehicles?|architectures?)\b"
    );
    said.find_iter(text)
        .find(|found| {
            !other.is_match(tail(&text[..found.start()], 30))
                && !other.is_match(head(&text[found.end()..], 30))
        })
        .map(|found| found.as_str())
}
