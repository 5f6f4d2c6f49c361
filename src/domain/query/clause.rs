//! One clause of a query, walked from left to right, each time taking the longest thing that is understood.

use super::{Lexicon, Understood, Word, numbers};
use crate::domain::level::{Employment, Level, Visa, WorkMode};

/// The most words that one name has.
const LONGEST_NAME: usize = 5;

/// Words that ask for nothing.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "are",
    "find",
    "for",
    "i",
    "in",
    "is",
    "job",
    "jobs",
    "looking",
    "me",
    "of",
    "only",
    "opening",
    "openings",
    "or",
    "please",
    "position",
    "positions",
    "role",
    "roles",
    "show",
    "some",
    "that",
    "the",
    "to",
    "vacancies",
    "vacancy",
    "want",
    "where",
    "with",
    "work",
    "working",
    "&",
    "+",
    "-",
    "/",
];

const NEGATIONS: &[&str] = &["no", "not", "without", "except", "excluding", "minus"];

/// Reads one clause into `out`.
pub(super) fn read(words: &[Word], lexicon: &dyn Lexicon, out: &mut Understood) {
    let mut at = 0;
    while at < words.len() {
        at += step(words, at, lexicon, out).max(1);
    }
}

/// Understands what starts at `at` and returns how many words it took.
fn step(words: &[Word], at: usize, lexicon: &dyn Lexicon, out: &mut Understood) -> usize {
    let rest = &words[at..];
    let word = &rest[0];
    if word.quoted {
        let parts = word.typed.split_whitespace().map(str::to_owned).collect();
        out.text(parts, word.minus);
        return 1;
    }
    if word.minus {
        return exclude(rest, lexicon, out);
    }
    if NEGATIONS.contains(&word.folded.as_str()) && rest.len() > 1 {
        return match refusal(&rest[1..], out) {
            Some(taken) => 1 + taken,
            None => 1 + exclude(&rest[1..], lexicon, out),
        };
    }
    if let Some(taken) = remote(rest, lexicon, out).or_else(|| fixed_words(rest, out)) {
        return taken;
    }
    if let Some((hours, taken)) = numbers::age(rest) {
        out.filter.max_age_hours = Some(hours);
        return taken;
    }
    if let Some((years, taken)) = numbers::years(rest) {
        out.filter.max_years = Some(years);
        return taken;
    }
    if let Some((floor, taken)) = numbers::pay(rest) {
        out.filter.pay = Some(floor);
        return taken;
    }
    if let Some(taken) = company(rest, lexicon, out) {
        return taken;
    }
    let either = |next: usize| {
        let or = |i: Option<usize>| {
            i.and_then(|i| words.get(i)).is_some_and(|w| matches!(w.folded.as_str(), "or" | "/" | "|"))
        };
        or(at.checked_sub(1)) || or(Some(next))
    };
    if let Some((skill, taken)) = longest(rest, |name| lexicon.skill(name)) {
        let set = if either(at + taken) { &mut out.filter.skills_any } else { &mut out.filter.skills_all };
        set.insert(skill);
        return taken;
    }
    if let Some((place, taken)) = longest(rest, |name| lexicon.place(name)) {
        if !out.filter.places.contains(&place) {
            out.filter.places.push(place);
        }
        return taken;
    }
    if !FILLERS.contains(&word.folded.as_str()) {
        out.text(vec![word.typed.trim_end_matches(['.', '!', '?', ':']).to_owned()], false);
    }
    1
}

/// The longest run of words at the start of `rest` for which `look` finds something.
fn longest<T>(rest: &[Word], look: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
    let most = rest.iter().take(LONGEST_NAME).take_while(|word| !word.quoted && !word.minus).count();
    (1..=most).rev().find_map(|count| {
        let name = rest[..count].iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        (!FILLERS.contains(&name.as_str())).then(|| look(&name)).flatten().map(|found| (found, count))
    })
}

/// What is not wanted: a skill, a company, or text.
fn exclude(rest: &[Word], lexicon: &dyn Lexicon, out: &mut Understood) -> usize {
    let Some(word) = rest.first() else { return 0 };
    if word.quoted {
        out.text(word.typed.split_whitespace().map(str::to_owned).collect(), true);
        return 1;
    }
    // The first word may carry the minus sign; the name goes on after it.
    let mut plain = rest.to_vec();
    plain[0].minus = false;
    if let Some((skill, taken)) = longest(&plain, |name| lexicon.skill(name)) {
        out.filter.skills_none.insert(skill);
        return taken;
    }
    let from = usize::from(matches!(word.folded.as_str(), "at" | "from") && plain.len() > 1);
    if let Some((company, taken)) = longest(&plain[from..], |name| lexicon.company(name)) {
        out.filter.companies_none.insert(company);
        return taken + from;
    }
    out.text(vec![word.typed.trim_end_matches(['.', '!', '?', ':']).to_owned()], true);
    1
}

/// "no agencies", "no recruiters", "no visa sponsorship", behind the word of refusal.
fn refusal(rest: &[Word], out: &mut Understood) -> Option<usize> {
    let at = |i: usize| rest.get(i).map(|word| word.folded.as_str());
    match (at(0)?, at(1)) {
        ("agency" | "agencies" | "recruiter" | "recruiters" | "recruiting" | "staffing", next) => {
            out.filter.no_agencies = true;
            Some(1 + usize::from(matches!(next, Some("agencies" | "firms" | "companies"))))
        }
        ("visa" | "sponsorship", next) => {
            out.filter.visa = Some(Visa::NotOffered);
            Some(1 + usize::from(matches!(next, Some("sponsorship" | "sponsoring"))))
        }
        _ => None,
    }
}

/// "remote", "remote from Germany or Berlin", "remote in Europe", "remote US".
fn remote(rest: &[Word], lexicon: &dyn Lexicon, out: &mut Understood) -> Option<usize> {
    if !matches!(rest[0].folded.as_str(), "remote" | "remotely" | "wfh") {
        return None;
    }
    let mut at = 1;
    if rest
        .get(at)
        .is_some_and(|w| matches!(w.folded.as_str(), "from" | "in" | "within" | "for" | "-" | "anywhere"))
    {
        at += 1;
    }
    let mut found = false;
    loop {
        if at < rest.len()
            && let Some((area, taken)) = longest(&rest[at..], |name| lexicon.area(name))
        {
            if !out.filter.remote_from.contains(&area) {
                out.filter.remote_from.push(area);
            }
            at += taken;
        } else if found
            && at < rest.len()
            && let Some((place, taken)) = longest(&rest[at..], |name| lexicon.place(name))
        {
            // Behind "or", a city is an office that will do too.
            out.filter.places.push(place);
            at += taken;
        } else if at > 1
            && at < rest.len()
            && let Some((country, taken)) = longest(&rest[at..], |name| lexicon.place(name)?.country)
        {
            // "remote from Berlin" is remote from its country.
            out.filter.remote_from.push(country);
            at += taken;
        } else {
            break;
        }
        found = true;
        if rest.get(at).is_some_and(|w| matches!(w.folded.as_str(), "or" | "and" | "/")) {
            at += 1;
        } else {
            break;
        }
    }
    if !found {
        out.filter.work_modes.insert(WorkMode::Remote);
        return Some(1);
    }
    Some(at)
}

/// Words with one meaning only: levels, contracts, work modes, visa, pay stated.
fn fixed_words(rest: &[Word], out: &mut Understood) -> Option<usize> {
    let at = |i: usize| rest.get(i).map(|word| word.folded.as_str());
    let filter = &mut out.filter;
    let two = (at(0)?, at(1).unwrap_or(""));
    match two {
        ("engineering", "manager" | "managers") => return Some(put(&mut filter.levels, Level::Manager, 2)),
        ("entry" | "junior", "level") => return Some(put(&mut filter.levels, Level::Entry, 2)),
        ("new", "grad" | "grads" | "graduate" | "graduates") => {
            return Some(put(&mut filter.levels, Level::Entry, 2));
        }
        ("mid" | "middle", "level") => return Some(put(&mut filter.levels, Level::Mid, 2)),
        ("senior", "level") => return Some(put(&mut filter.levels, Level::Senior, 2)),
        ("head", "of") => return Some(put(&mut filter.levels, Level::Executive, 2)),
        ("full", "time") => return Some(put(&mut filter.employments, Employment::FullTime, 2)),
        ("part", "time") => return Some(put(&mut filter.employments, Employment::PartTime, 2)),
        ("on", "site") | ("in", "office") => return Some(put(&mut filter.work_modes, WorkMode::Onsite, 2)),
        ("visa", "sponsorship" | "sponsored" | "support") | ("sponsors" | "sponsoring", "visa" | "visas") => {
            filter.visa = Some(Visa::Offered);
            return Some(2);
        }
        ("pay" | "salary", "stated" | "shown" | "listed" | "given") | ("with", "salary" | "pay") => {
            filter.pay_stated_only = true;
            return Some(2);
        }
        _ => {}
    }
    let taken = match two.0 {
        "intern" | "interns" | "internship" | "internships" => put(&mut filter.levels, Level::Intern, 1),
        "junior" | "jr" | "entry-level" | "graduate" => put(&mut filter.levels, Level::Entry, 1),
        "mid" | "mid-level" | "intermediate" => put(&mut filter.levels, Level::Mid, 1),
        "senior" | "sr" => put(&mut filter.levels, Level::Senior, 1),
        "staff" | "principal" => put(&mut filter.levels, Level::Staff, 1),
        "lead" => put(&mut filter.levels, Level::Lead, 1),
        "director" | "vp" | "executive" | "cto" => put(&mut filter.levels, Level::Executive, 1),
        "full-time" | "fulltime" => put(&mut filter.employments, Employment::FullTime, 1),
        "part-time" | "parttime" => put(&mut filter.employments, Employment::PartTime, 1),
        "contract" | "contractor" | "freelance" => put(&mut filter.employments, Employment::Contract, 1),
        "temporary" | "temp" => put(&mut filter.employments, Employment::Temporary, 1),
        "hybrid" => put(&mut filter.work_modes, WorkMode::Hybrid, 1),
        "onsite" | "on-site" | "in-office" => put(&mut filter.work_modes, WorkMode::Onsite, 1),
        "visa" | "sponsorship" => {
            filter.visa = Some(Visa::Offered);
            1
        }
        _ => return None,
    };
    Some(taken)
}

fn put<T: Ord>(set: &mut std::collections::BTreeSet<T>, value: T, taken: usize) -> usize {
    set.insert(value);
    taken
}

/// "at Railway", "company Railway", "from Zalando".
fn company(rest: &[Word], lexicon: &dyn Lexicon, out: &mut Understood) -> Option<usize> {
    if !matches!(rest[0].folded.as_str(), "at" | "company" | "from" | "by") || rest.len() < 2 {
        return None;
    }
    let (name, taken) = longest(&rest[1..], |name| lexicon.company(name))?;
    out.filter.companies_only.insert(name);
    Some(taken + 1)
}
