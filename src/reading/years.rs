//! Years of experience: the least number that the main requirement asks for.

use super::fields::{Fields, Label};
use super::{Read, pattern};
use crate::domain::text::tail;

/// The least years asked for; "preferred" ones and ages of the company do not count.
pub(super) fn read(fields: &Fields<'_>, prose: &str) -> Read<u8> {
    fields.said(Label::Years).find_map(of_value).or_else(|| of_prose(prose))
}

/// What stands behind "Experience:".
fn of_value(value: &str) -> Read<u8> {
    let range = pattern!(
        r"^\W{0,3}(?:min(?:imum)?\.? |at least |over |more than )?(?P<n>\d{1,2})(?:\.\d)?\s*(?:\+|plus\b|(?:-|–|—|to)\s*\d{1,2}\s*\+?)?\s*(?:years?|yrs?\.?|năm|anos?|años?|jahre?|jaar|y\b|\+?$|$)"
    );
    let number = range.captures(value)?["n"].parse().ok()?;
    (1..=25).contains(&number).then(|| (number, value.to_owned()))
}

fn of_prose(prose: &str) -> Read<u8> {
    let years = pattern!(
        r"\b(?:(?P<digits>\d{1,2})(?:\.\d)?|(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty))\s*(?P<open>\+|-?plus\b|or more)?\s*(?:\(\d+\)\s*)?(?:(?:-|–|—|to|or)\s*(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s*\+?\s*)?-?(?:years?|yrs?|jahren?|anos|años|ans|jaar)\b(?:['’]|\. (?-i:[a-z]))?(?P<rest>(?:\s+of)?[^.\n;•●]{0,60})"
    );
    // Many texts lost their lines on the way, so what counts is near the number, not on its line. The first
    // requirement is the main one; later ones ask for a part of it.
    years.captures_iter(prose).find_map(|found| {
        let (all, rest) = (found.get(0)?, found.name("rest")?);
        let before = near(&prose[..all.start()]);
        if optional_heading(&prose[..all.start()])
            || !asked_for(before, found.name("open").is_some(), rest.as_str())
        {
            return None;
        }
        let number = match (found.name("digits"), found.name("word")) {
            (Some(digits), _) => digits.as_str().parse().unwrap_or(0),
            (None, Some(word)) => in_words(word.as_str()),
            _ => 0,
        };
        let words = prose[all.start()..rest.end()].trim_end();
        (1..=25).contains(&number).then(|| (number, words.to_owned()))
    })
}

/// Whether a number of years is asked of the person: `before` stands in front of it in its sentence, `open` is a plus.
fn asked_for(before: &str, open: bool, rest: &str) -> bool {
    // An item of a list is asked for, or where else.
    let begins =
        before.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() || before.trim_end().ends_with(':');
    let numbered = pattern!(r"^\W*\d{1,2}[.)]\s*$").is_match(before);
    // "2 years+ of game development"
    let open_behind = rest.starts_with('+');
    let item = before.trim_start().starts_with(['-', '*', '•', '·', '⏎', '▪', '✔', '→', '>']);
    let optional = pattern!(
        r"\b(planned for|preferred|preferably|nice to have|bonus|ideally|desirable|desired|alternatively)\b"
    );
    let company = pattern!(
        r"\b(founded|for (over|more than|almost|nearly)|over the|in the|past|last|first|we have|we've|we are|we’ve|our|us|company|history|team has|established|within|every|grown|next|planned for|contract of|(?-i:I)|ran|mentor\w*|senior dev)\b[^:]*$|^\W*for$"
    );
    let person = pattern!(
        r"\b(you|you'll|you’ll|candidate|require[ds]?|requirements?|qualifications?|minimum|at least|min|looking for|someone|somebody|(?:we|i)(?:['’]d)? (?:would |will )?(?:like|expect|imagine|think|need|want|ask|wish|look|search|seek|guess))\b"
    );
    if optional.is_match(before)
        || pattern!(r"\bvest\w*\b").is_match(before)
        || pattern!(r"^\W*(ago|old|vest\w*|cliff|(college |university )?(degree|diploma|program(me)?|course|bachelor\w*)|focus(ed)?|strong|history|heritage|legacy|in (?:college|university|school)|of an? (?:\w+ )?(?:post-secondary|college|university)|of (\w+ )?(growth|success|innovation|history|excellence|leadership|heritage)|in a row|in business|business plan|(\w+ )?contract|warranty)\b|^, [£$€]").is_match(rest)
    {
        return false;
    }
    // "BSc or 2 years of experience" leaves the choice.
    if pattern!(
        r"\b(is|are|would be|be) an? (bonus|plus)\b|\bnice to have\b|^[^,]*\b(preferred|desirable|desired)\b"
    )
    .is_match(rest)
        || pattern!(r"\bor\s*$").is_match(before)
    {
        return false;
    }
    if company.is_match(before) && !person.is_match(before) {
        return false;
    }
    open
        // "engineers (3–10 yrs) who"
        || before.ends_with('(') && rest.starts_with(')')
        || open_behind
        || pattern!(r"^\W*(?:over|more than)\s*$|\bplus\s*$|\b(?:who|you|must|should) (?:have|has)\s*$|\b(?:looking for|need|want|like|expect|imagine|think|guess|wish to see|(?:need|want) from you|you should(?:['’]ve| have)|has been at it|have been at it)\s+(?:you to have (?:spent )?|to see )?(?:at least )?(?:about |around |roughly |some )?$").is_match(before)
        // "About three years of doing this", "Some 6 years in games"
        || pattern!(r"^\W*(?:about|around|some|roughly|say)\s*$|\b(?:probably|we think|would like|you have)\W+(?:about |around |some )?$|\bdegree\b[^.]{0,12}\b(?:and|plus)\s*$").is_match(before) && pattern!(r"^ (?:of|in|as|on|doing|with)\b|^['’]? (?:data|software|backend|frontend|web|cloud|network|security)\b").is_match(rest)
        // "three years or so of looking after data"
        || pattern!(r"^ (?:(?:or so|or more|or longer|or thereabouts|under your belt|at least|minimum|at minimum)\b(?: of\b)?|in such work)").is_match(rest)
        // An item or a sentence that begins with them: "- 10 years of IT projects", "Two years of paid work, please".
        || (numbered || item && begins) && !rest.trim().is_empty()
        || begins
            && pattern!(r"^ (?:(?-i:[A-Z])\w|(?:of|in|as|at|with|on|doing|writing|shipping|using|making|or more|or so|min\b|minimum|looking)\b)").is_match(rest)
        || item && pattern!(r"^ (?:or more|or above|minimum|min)\b").is_match(rest)
        || pattern!(r"^ (?:min\b|minimum\b|or (?:more|so)\b|\+)").is_match(rest) && pattern!(r"\b(for|about|of|around|least|experience)\s*$").is_match(before)
        || pattern!(r"\b(?:minimum|atleast|(?:at|not|no) (?:least|less than)|least|(?:with|have|has|of|exp\w*:?) (?:over|more than)|min\b\.?|mindestens|minimaal|m[ií]nimo|pelo menos|al menos|au moins)[^.]*$|\b(exp|experience|yoe)\W{0,3}$").is_match(before)
        || pattern!(
            r"\b(experience|exp|\w*erfahrung|expérience|experi[eê]ncia|ervaring|expertise|background|track record|behind you|working|building|developing|programming|in a|in an|with|industry|professional|coding|designing|leading|managing)\b"
        )
        .is_match(rest)
}

/// Whether the heading that this stands under says that it need not be.
fn optional_heading(before: &str) -> bool {
    let lines = tail(before, 700).lines().rev();
    let heading = lines.map(str::trim).find(|line| line.ends_with(':') && line.len() <= 60);
    heading.is_some_and(|heading| {
        pattern!(r"\b(bonus|nice[- ]to[- ]haves?|preferred|pluses|desired|good to have)\b").is_match(heading)
    })
}

/// What stands before in the same sentence or item, at most some words.
fn near(before: &str) -> &str {
    let start = before.char_indices().rev().nth(70).map_or(0, |(at, _)| at);
    let near = &before[start..];
    let ends = |(at, c): (usize, char)| match c {
        // "min. 5 years"
        '.' => !pattern!(r"\b(min|approx|exp|ca|resp|incl)$").is_match(&near[..at]),
        _ => matches!(c, '\n' | ';' | '•' | '●' | '!' | '?'),
    };
    let near = near.char_indices().rev().find(|place| ends(*place)).map(|(at, _)| at).map_or(near, |at| {
        let next = near[at..].chars().next().map_or(1, char::len_utf8);
        &near[at + next..]
    });
    // Where lines were lost, two spaces stand in their place.
    near.trim_end().rsplit("  ").next().unwrap_or_default()
}

fn in_words(word: &str) -> u8 {
    const NAMES: [(&str, u8); 14] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("fifteen", 15),
        ("twenty", 20),
    ];
    NAMES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map_or(0, |(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_requirement_counts() {
        let years = |text| read(&Fields::of(text), text).map(|(years, _)| years);
        assert_eq!(years("- 5+ years of experience with Rust\n- 2 years with Kafka"), Some(5));
        assert_eq!(years("3-5 years of professional software development"), Some(3));
        assert_eq!(years("At least five years building backends"), Some(5));
        assert_eq!(years("Nice to have: 7 years of experience in games"), None);
        assert_eq!(years("Founded 10 years ago with a track record"), None);
        assert_eq!(years("We have been building ovens for 30 years. You bring 4+ years in sales."), Some(4));
        assert_eq!(years("About You 5+ years of Rust. Preferred: 9 years of experience with C."), Some(5));
        assert_eq!(years("A minimum of two years as a baker"), Some(2));
        assert_eq!(years("At least 2 years of sales experience preferred"), None);
        assert_eq!(years("High school diploma or 2 years experience"), None);
        assert_eq!(years("Bonus experience:\n\n- 3 years experience in HR"), None);
        assert_eq!(years("A minimum of 2-year experience"), Some(2));
        assert_eq!(years("Software builders (3–10 yrs) who think"), Some(3));
        assert_eq!(years("- 2–7 yrs Python/Java"), Some(2));
        assert_eq!(years("Experience: 4 to 7 Yrs"), Some(4));
        assert_eq!(years("- min. 5 yrs as a backend dev"), Some(5));
        assert_eq!(years("- Web development with Unity, 2 years or more"), Some(2));
        assert_eq!(years("mindestens 8 Jahre Vertriebserfahrung"), Some(8));
        assert_eq!(years("RSUs vesting over four years"), None);
        assert_eq!(years("- 4-year degree"), None);
        assert_eq!(years("Over the last 10 years we built a company with 500 people"), None);
    }
}
