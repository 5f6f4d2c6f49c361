//! Hybrid work in plain words: the word itself, so many days in the office, named days, or a share of the time.

use super::{any_of, pattern};
use crate::domain::text::{head, tail};

/// The words that say so, if any do.
pub(super) fn find(text: &str) -> Option<&str> {
    let counted = any_of![
        r"\(hybrid\)",
        r"\b[1-4] ?x ?(/|per|a) ?week,? (in|at|from)[ -](the |our )?office",
        r"\b([1-4]|one|two|three|four|1-2|2-3|3-4)( ?\+| or more)? days? ?(a|per|each|/|every) ?week,? ?(in|at|from|on)[ -](the |our |an? )?(\w+ )?(office|site|site days|-?site)",
        r"\b([2-4]|two|three|four|1-2|2-3|3-4)( ?\+| or more)? days,? ?(in|at|from|on)[ -](the |our |an? )?(\w+ )?(office|site|site days|-?site)",
        r"\bin[ -](the )?office (at least )?(\d|one|two|three|four) days",
        r"\b(hybrid)( and flexible)? (role|position|work(ing)?( model| schedule| policy| arrangement| environment)?|model|schedule|policy|job|opportunity|arrangement)",
        r"\bthis (role|position|job) is hybrid",
        r"\bwe (work|are) hybrid",
        r"\b(is|work) (a )?hybrid\b",
        r"\bhybrid (remote|in-office|on-?site)",
        r"\b(wfh|work from home) most of the week",
        r"\bhybrid mode",
        r"\b(come|be|work|commute|travel)( in)? ?(to|in|into|from|at)? ((the|our) )?office( at least)? (once|twice|one day|two days|three days|\d days) (a|per|each|every) (week|month)",
        r"\b[1-8]0% on-?site",
        r"\b(wfh|work(ing)?[ -]from[ -]home)( (each|every|on|up to|for|of))*( \w+ and)? ((sun|mon|tues|wednes|thurs|fri|satur)days?|([1-4]|one|two|three|four)( |-)?d(ays?)?)\b",
        r"\b([1-4]|one|two|three|four)( |-)?d(ays?)? ?(a|per)? ?(week)? (of )?(wfh|work(ing)?[ -]from[ -]home)",
    ];
    let counted = counted.find(text).map(|found| found.as_str());
    counted.or_else(|| shared(text)).or_else(|| named(text)).or_else(|| word(text))
}

/// "two fixed office days", "remote up to 3 days", "on site approx. 25%", "3 days per week in Rotterdam".
fn shared(text: &str) -> Option<&str> {
    let said = any_of![
        r"\b{some} (?:fixed |set |core |anchor |flexible |mandatory )?(?:in-)?(?:office|remote|home[ -]?office|wfh|work[ -]from[ -]home|telework|home) days?\b",
        r"\boffices? (?:at least |for |about |around |only )?{some} (?:fixed |full )?days?\b",
        r"\b(?:remote|home[ -]?office|telework(?:ing)?|telecommut\w+|smart[ -]working|mobile work(?:ing)?|mobiles arbeiten)(?: work(?:ing)?)?\W{0,3}(?:up to |max(?:imum)?\.? |approx\.? |about |possible )?{some} (?:days?|x\b|times\b)\b",
        r"\b{some} (?:days?|shifts?) (?:a|per|each|every) (?:week|month) (?:(?:in|at) (?:the |our |your )?(?:[\w'’.-]+ ){0,2}(?:office|studio|site|hq|lab|hub)s?|on[ -]?site|in[ -]person|in\b(?:[.,;)]|$)|(?:at|from) home|together|telework|in (?-i:[A-Z])\w+)\b",
        r"\bminimum of (?:two|three|four|[2-4]) days (?:a|per) week\b",
        r"\b(?:the )?other (?:two |three |[1-4] )?days?,? (?:(?:are |is )?(?:you choose|up to you|from home|at home|home|remote|wherever)|you (?:choose|can|may|work))\b",
        r"\b(?:are|you) in (?:[1-4]|two|three|four)(?:\W{1,3}(?:(?:to|or) )?(?:[2-4]|two|three|four))? days\b",
        r"\b(?:one|two|three|[1-3]) days? (?:of )?mobile work\b",
        r"\bhome days (?:by|(?:per|a|each) week)\b",
        r"\b(?:be|in) in (?-i:[A-Z])\w+ at least (?:two|three|four|[2-4]) days\b",
        r"\b{some} days? (?:at|from) home\b",
        r"\bpresence[\w ]{0,15} {some} days\b",
        r"\b[1-4] (?:days?|jours?|d[ií]as?) (?:of |de |in )?(?:télétravail|telework|teletrabajo|home ?office|wfh)\b",
        r"\b[2-4] days (?:in )?office\b",
        r"\b(?:come in|in (?:the|our) office|on-?site)[\w ]{0,12} [1-9]\d ?% of the (?:time|week|month)\b",
        r"\b[1-4] tage (?:pro woche )?(?:im )?(?:home[ -]?office|büro)\b",
        r"\b[1-9]\d? ?% (?:of (?:the |your )?(?:time|week) )?(?:in (?:the |our )?office|on[ -]?site|home[ -]?office|remote(?:ly)?|from home|wfh|telework\w*|mobile work)\b",
        r"\b(?:office|on[ -]?site|home[ -]?office|from home|mobile work(?:ing)?)(?: work(?:ing)?)?(?:,? (?:approx\.?|about|around|up to|at least|for|only))* ?[1-9]\d? ?%",
    ];
    said.find(text).map(|found| found.as_str())
}

/// "Tue/Wed/Thu in the office", "from our Austin office Monday to Thursday"; Monday to Friday is no such.
fn named(text: &str) -> Option<&str> {
    // Without a bound on what stands between: counting letters makes these searches slow.
    let said = any_of![
        r"\b{day}\b[^.;\n]*? (?:in|at|from) (?:the |our |an? )?(?:[^ .;\n]+ )?(?:office|studio|hq|lab)\b",
        r"\b(?:office|studio|hq|lab)s?,? (?:on |every |each )?{day}\b",
        r"\b{day} (?:(?:is|are) )?(?:wherever|remote|from home|at home)\b",
        r"\b(?:is|are|be|meet|meets|together|come|comes) (?:in|there) (?:the (?:office|studio) (?:in [^ .;\n]+ )?)?(?:on )?{day}\b",
        r"\bcome in(?: to (?:the|our) [^ .;\n]+)? (?:on |every |each ){day}\b",
    ];
    let week = pattern!(r"\bmon(?:day)?s?[ ,-–]{0,3}(?:to|-|–|through|thru|until)?[ ,]{0,3}fri");
    let near = |found: &regex::Match<'_>| {
        found.len() <= REACH && !week.is_match(head(&text[found.start()..], found.len() + 30))
    };
    said.find_iter(text).find(near).map(|found| found.as_str())
}

/// Between a day and the office there are no more bytes.
const REACH: usize = 70;

/// "Hybrid setup", "we work hybrid", "(hybrid)": the word where it speaks of work and not of clouds.
fn word(text: &str) -> Option<&str> {
    let said = pattern!(
        r"\bh[yií]brid(?:e[snr]?|o|a)? (?:\(?[1-4]|set-?up|company|team|office|by agreement|basis|way|culture|setting|pattern|format|contract|arbeit\w*|from|in (?:our|the)|out of|with \d)|\bwork(?:ing|s)? hybrid(?:ly)?\b|\bh[ií]brid[oa]\b|\bhybrid[:,] |(?m:^[^\w\n]*hybrid\b\s*(?:[.,;(–—-]|$))|[,(•|/–-] ?hybrid ?[),|.(–-]"
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

#[cfg(test)]
mod tests {
    use super::find;

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
        ] {
            assert!(find(text).is_some(), "{text}");
        }
        for text in [
            "Monday to Friday in the office",
            "6 days a week in office",
            "We run hybrid, multi-cloud infrastructure.",
            "Process: one call, 1 day in office",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
