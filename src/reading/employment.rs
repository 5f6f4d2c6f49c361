//! Employment from title, place strings and prose; benefits say nothing about it.

use super::{Read, pattern};
use crate::domain::level::Employment;

/// The kind of contract that the words name.
pub(super) fn read(title: &str, locations: &[String], header: &[&str], prose: &str) -> Read<Employment> {
    let near = format!("{title} | {}", locations.join(" | "));
    of(&near, true).or_else(|| of_header(header)).or_else(|| of(prose, false))
}

/// A part of the first line that names the contract and nothing else but where one works; several kinds name none.
fn of_header(header: &[&str]) -> Read<Employment> {
    let kinds = pattern!(
        r"^(?:(?:on[ -]?site|remote|hybrid|permanent|local)\W+)?(?P<kind>full[ -]?time|part[ -]?time|contract(or)?|freelance|intern(ship)?s?|temporary)(?:\W+(?:on[ -]?site|remote|hybrid|permanent|only|visa|local|employees?|[$€£].*))*(?:\W*\([^)]*\))?$"
    );
    let found: Vec<_> = header.iter().filter_map(|part| kinds.captures(part)).collect();
    let [one] = found.as_slice() else { return None };
    let kind = match one["kind"].to_lowercase().as_bytes()[0] {
        b'p' => Employment::PartTime,
        b'i' => Employment::Internship,
        b't' => Employment::Temporary,
        b'c' => Employment::Contract,
        b'f' if one["kind"].len() == 9 && one["kind"].eq_ignore_ascii_case("freelance") => {
            Employment::Contract
        }
        _ => Employment::FullTime,
    };
    Some((kind, one[0].to_owned()))
}

fn of(text: &str, field: bool) -> Read<Employment> {
    let rules: [(&regex::Regex, &regex::Regex, Employment); 5] = [
        (
            pattern!(r"\b(intern(ship)?|praktikum|praktikant(in)?|co-?op)\b"),
            pattern!(
                r"\b(this|our|paid|summer|month|week) (is an? )?(paid |summer |winter |spring |fall )?internship\b|job type:? internship"
            ),
            Employment::Internship,
        ),
        (
            pattern!(r"\b(contract(or)?|freelance(r)?|c2h|contract[ -]to[ -]hire|w2|1099)\b"),
            pattern!(
                r"\b(contract[ -]to[ -]hire|(\d+|six|twelve|three|fixed)[ -](months?|term)[ -]contract|contract (role|position|length|duration|type: contract)|this is a contract|freelance (role|position|basis|project|assignment|gig)|job type:? contract|independent contractors? (role|position|basis|agreement)|contract basis|b2b contract)\b"
            ),
            Employment::Contract,
        ),
        (
            pattern!(r"\b(temporary|temp|seasonal)\b"),
            pattern!(r"\b(temporary|seasonal|fixed-term) (role|position|assignment|job|employment)\b"),
            Employment::Temporary,
        ),
        (
            pattern!(r"\bpart[ -]time\b"),
            pattern!(
                r"\b(part[ -]time (role|position|job|basis|employment)|job type:? part[ -]time|employment type:? part[ -]time|this is a part[ -]time)\b"
            ),
            Employment::PartTime,
        ),
        (
            pattern!(r"\bfull[ -]?time\b"),
            pattern!(
                r"\b(full[ -]?time,? (\w+ )?(role|position|job|basis|opportunity|hire|permanent)|permanent,? full[ -]?time|(job|employment|position) type:? full[ -]?time|(type|status|commitment|contract|hours|classification)\s*:?\s+full[ -]?time|this (is a|role is|position is)( \w+)? full[ -]?time|full[ -]?time / |full[ -]?time,? (\w+ ){0,3}(engineers?|developers?|designers?|scientists?|analysts?|staff)\b)|(?m:^|, )full[ -]?time\s*(?m:$|[,.;|/·–])"
            ),
            Employment::FullTime,
        ),
    ];
    for (short, long, kind) in rules {
        let found = if field { short.find(text) } else { long.find(text) };
        if let Some(words) = found {
            return Some((kind, words.as_str().to_owned()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_are_named_not_guessed() {
        let kind = |title: &str, prose: &str| read(title, &[], &[], prose).map(|(kind, _)| kind);
        assert_eq!(kind("Rust Engineer (Contract)", ""), Some(Employment::Contract));
        assert_eq!(kind("Engineer", "This is a full-time position in Berlin."), Some(Employment::FullTime));
        assert_eq!(kind("Engineer", "We look for full-time software engineers."), Some(Employment::FullTime));
        assert_eq!(kind("Engineer", "Status: Full-time, at once"), Some(Employment::FullTime));
        assert_eq!(kind("Engineer", "Full-time employees get a laptop. Smart contract work."), None);
        assert_eq!(kind("Data Intern", ""), Some(Employment::Internship));
    }
}
