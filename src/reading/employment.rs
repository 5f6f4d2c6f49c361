//! Employment from title, place strings and prose; benefits say nothing about it.

use super::fields::{Fields, Label};
use super::sections::telling;
use super::{Read, any_of, pattern};
use crate::domain::level::Employment;
use crate::domain::text::tail;

/// The kind of contract that the words name.
pub(super) fn read(
    title: &str,
    locations: &[String],
    header: &[&str],
    fields: &Fields<'_>,
    texts: [&str; 2],
) -> Read<Employment> {
    let near = format!("{title} | {}", locations.join(" | "));
    of(&near, true)
        .or_else(|| fields.said(Label::Employment).find_map(of_value))
        .or_else(|| of_header(header))
        .or_else(|| texts.into_iter().find_map(of_prose))
        .or_else(|| fields.said(Label::Duration).find_map(of_duration))
}

/// What stands behind "Employment type:"; a choice of kinds names none.
fn of_value(value: &str) -> Read<Employment> {
    let kinds = pattern!(
        r"\b(?:full[ -]?time|part[ -]?time|contract(?:or)?|freelance(?:r)?|employee|b2b|intern(?:ship)?|temporary)\b"
    );
    let choice =
        pattern!(r"\b(?:or|either)\b|you choose").is_match(value) && kinds.find_iter(value).count() > 1;
    if choice {
        return None;
    }
    // "Contract: 12 months, extendable"
    let months = pattern!(r"^\W*\d{1,2}\W{0,2}months?\b").is_match(value);
    of(value, true).or_else(|| months.then(|| (Employment::Contract, value.to_owned())))
}

/// "Duration: 12 months, possible extension".
fn of_duration(value: &str) -> Read<Employment> {
    pattern!(r"\b(?:\d+|six|twelve|three|nine)\W{0,3}(?:months?|mos?|weeks?)\b|\bcontract\b|\blong[ -]term\b")
        .is_match(value)
        .then(|| (Employment::Contract, value.to_owned()))
}

/// A part of the first line that names the contract and nothing else but where one works; several kinds name none.
fn of_header(header: &[&str]) -> Read<Employment> {
    // "full time, no remote, sorry"
    let loose = pattern!(r"^(?P<kind>full[ -]?time|part[ -]?time|contract), .{0,40}$");
    let kinds = pattern!(
        r"^(?:(?:on[ -]?site|remote|hybrid|permanent|local)\W+)?(?P<kind>full[ -]?time|part[ -]?time|contract(or)?|freelance|intern(ship)?s?|temporary)(?:\W+(?:on[ -]?site|remote|hybrid|permanent|only|visa|h-?1b|local|employees?|interns?|juniors?|grads?|and|[$€£].*))*(?:\W*\([^)]*\))?$"
    );
    let found: Vec<_> =
        header.iter().filter_map(|part| kinds.captures(part).or_else(|| loose.captures(part))).collect();
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

fn of_prose(text: &str) -> Read<Employment> {
    // Few lines speak of it, and the patterns are long.
    let words = pattern!(
        r"intern|coop|co-op|contract|freelance|c2h|w-?2|c2c|1099|b2b|ir35|\bpj\b|vat\b|months?\b|temporary|season|fixed|cover\b|part[ -]?time|full|vollzeit|completo|completa|integral|plein|正社員|permanent|employ"
    );
    of(&telling(text, words), false)
}

fn of(text: &str, field: bool) -> Read<Employment> {
    let rules: [(&regex::Regex, &regex::Regex, Employment); 5] = [
        (
            pattern!(
                r"\b(intern|internship|praktikum|praktikant(in)?|co-?op|stagiaire|stagista|est[aá]gio|estagi[oá]ri[oa]|becari[oa])\b|^(stage|interns)\b"
            ),
            pattern!(
                r"\b(this|our|paid|summer|month|week|offer an) (is an? )?(paid |summer |winter |spring |fall )?internship\b|job type:? internship"
            ),
            Employment::Internship,
        ),
        (
            pattern!(
                r"\b(contract(or)?|freelance(r)?|c2h|contract[ -]to[ -]hire|w2|c2c|1099|b2b|(inside|outside) ir35|day rate)\b"
            ),
            any_of![
                r"\bcontract[ -]to[ -]hire",
                r"\b(\d+|one|two|three|six|twelve|fixed)[ -](months?|years?|term)[ -]contract",
                r"\bcontract (role|position|length|duration|type: contract)",
                r"\bthis is a contract",
                r"\bfreelance (role|position|basis|project|assignment|gig)",
                r"\bjob type:? contract",
                r"\bindependent contractors? (role|position|basis|agreement)",
                r"\bcontract basis",
                r"\bb2b contract",
                r"\b(inside|outside) (of )?ir35",
                r"\bon (a )?(w2|c2c|1099)",
                r"\b(w2|c2c|corp[ -]to[ -]corp|1099) (only|ok|okay|accepted|contract|basis|or|rate)",
                r"\bno c2c",
                r"\bpj contract",
                r"\b\(contractor",
                r"\bas an? (?:independent )?(?:contractor|freelancer)\b",
                r"(?m:^)[^\w\n]*b2b:? ?\d",
                r"\b(?:pln|eur|zł|net)\b[^.;\n]{0,20}\(?b2b\b",
                r"\bb2b, ?\d",
                r"\bnet ?\+ ?vat\b",
                r"\b\d+ (?:\+|plus) \d+ months?\b",
                r"\bhiring regime:?\W{1,4}pj\b",
                r"\bcontract, \d+ ?h",
                r"\b(\d+|six|twelve|three|nine)\W{0,3}months? (initial|rolling|contract|assignment)",
                r"\bcontractor( \(| basis| role| position| agreement)",
                r"\bindependent contractors?\b",
                r"\b(?:looking for|need|want|seeking|hire) (?:a |an )?(?:\w+ )?(?:freelancer|contractor)\b",
                r"\b(?:contrat(?:ação|acion|ing)?t?|hiring):?\W{1,3}(?:via )?pj\b",
                r"(?m:^)[^\w\n]*contract \(pkwt\)",
                r"(?m:^)contract [•|·]",
                r"(?m:^)contractor\b",
            ],
            Employment::Contract,
        ),
        (
            pattern!(
                r"\b(temporary|temp|seasonal|season (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*|fixed[ -]term|ftc|cdd|(maternity|parental|paternity)( leave)? cover)\b"
            ),
            pattern!(
                r"\b(temporary|seasonal|fixed[ -]term) (role|position|assignment|job|gig|post|employment|contract|appointment|basis)|\bfor the (?:whole )?season\b|hiring a temporary|(maternity|parental|paternity)( leave)? cover\b"
            ),
            Employment::Temporary,
        ),
        (
            pattern!(
                r"\b(part[ -]?time|parttime|teilzeit|deeltijd|medio tiempo|tempo parcial)\b|(?:^|[ (])[2-7]0 ?%\)?(?: \||$)"
            ),
            pattern!(
                r"\b(part[ -]time (\w+ ){0,2}(role|position|job|post|basis|employment|contract|instructors?|developers?|engineers?|assistants?)|job type:? part[ -]time|employment type:? part[ -]time|this is a part[ -]time)\b|\b(?:someone|somebody|is|it['’]s|week|hours),? part[ -]time\b|\bpart[ -]time,? (?:about |around |at )?(?:[\d.]+|ten|fifteen|twenty|thirty|{days})\b|(?m:^)[^\w\n]*part[ -]time\s*[:.,;(|–-]"
            ),
            Employment::PartTime,
        ),
        (
            pattern!(
                r"\b(full[ -]?time|vollzeit|tiempo completo|tempo integral|temps plein|heltid|fulltime)\b"
            ),
            any_of![
                r"\bfull[ -]?time,? (\w+ )?(role|position|job|post|basis|opportunity|hire|permanent|appointment)",
                r"\bpermanent,? full[ -]?time",
                r"\b(job|employment|position) type:? full[ -]?time",
                r"\bis full[ -]?time",
                r"\bpermanent(?:,| and| /| \+)? full[ -]?time",
                r"\bfull[ -]?time (?:contract|employment)\b",
                r"\((?:permanent, )?full[ -]?time(?: employee)?\)",
                r"\b(?:h|hours|hrs|clt) ?/? ?full[ -]?time",
                r"正社員",
                r"\bemploy\w+( by us)?(, permanently)?,? full[ -]?time",
                r"\b(permanent|employment) (contract|role|position)?,? ?full[ -]?time",
                r"\bcontract in full[ -]?time",
                r"\bin full[ -]?time:?\s*$",
                r"\bfull[ -]?time employee \(",
                r"\bregular,? full[ -]?time",
                r"\bfull[ -]?time (?:at |@ ?|w-?2\b|with the )\d*",
                r"\bfull[ -]?time employee(?:[),.]|$)",
                r"\b(?:full|complete) employment, full day\b",
                r"\bon full position\b",
                r"(?:(?m:^)|[.!>] )full[ -]?time(?:, permanent\b|: \d)",
                r"\bfull[ -]?time journey",
                r"\bjornada completa",
                r"\bemployee \(full[ -]?time",
                r"\bvollzeit",
                r"\btiempo completo",
                r"\btempo integral",
                r"\btemps plein",
                r"\b(type|status|commitment|contract|hours|classification)\s*:?\s+full[ -]?time",
                r"\bthis (is a|role is|position is)( \w+)? full[ -]?time",
                r"\bfull[ -]?time / ",
                r"\bfull[ -]?time,? (\w+ ){0,3}(engineers?|developers?|designers?|scientists?|analysts?|staff)\b",
                r"(?:(?m:^)[^\w\n]*|[,:] |[.!;|·•(] )full[ -]?time( only)?\s*(?m:$|[,.;|/·–()])",
            ],
            Employment::FullTime,
        ),
    ];
    // Every employee has one.
    let employed =
        pattern!(r"\b(?:contract of employment|employment contract|permanent contract|umowa o prac\w+)");
    for (short, long, kind) in rules {
        if field && kind == Employment::Contract && employed.is_match(text) {
            continue;
        }
        let found = if field { short.find(text) } else { long.find(text) };
        // "This is not a freelance gig", "an unannounced co-op title"
        let found = found.filter(|words| {
            !pattern!(r"\bnot an? $").is_match(tail(&text[..words.start()], 8))
                && !pattern!(r"^ (?:title|game|shooter|adventure|puzzle|action|multiplayer|rpg|mode)\b")
                    .is_match(&text[words.end()..])
        });
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
        let kind = |title: &str, prose: &str| {
            read(title, &[], &[], &Fields::of(prose), [prose, ""]).map(|(kind, _)| kind)
        };
        assert_eq!(kind("Rust Engineer (Contract)", ""), Some(Employment::Contract));
        assert_eq!(kind("Engineer", "This is a full-time position in Berlin."), Some(Employment::FullTime));
        assert_eq!(kind("Engineer", "We look for full-time software engineers."), Some(Employment::FullTime));
        assert_eq!(kind("Engineer", "Status: Full-time, at once"), Some(Employment::FullTime));
        assert_eq!(kind("Engineer", "Full-time employees get a laptop. Smart contract work."), None);
        assert_eq!(kind("Data Intern", ""), Some(Employment::Internship));
        assert_eq!(kind("Engineer", "Employment type: permanent, full time"), Some(Employment::FullTime));
        assert_eq!(kind("Engineer", "Duration: 12 months, possible extension"), Some(Employment::Contract));
        assert_eq!(kind("Engineer", "You choose: Contract: employee or freelancer"), None);
        assert_eq!(kind("Engineer", "£500 a day, outside IR35"), Some(Employment::Contract));
        assert_eq!(kind("Analyst (Parental Leave Cover)", ""), Some(Employment::Temporary));
    }
}
