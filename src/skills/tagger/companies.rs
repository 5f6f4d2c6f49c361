//! Companies, people and streets that are called like a skill: "Tailwind Logistics", "At Torch, we", "Jasmine Okafor".

use super::scan::{Found, is_word};

/// Words behind a name that only companies have.
const KINDS: [&str; 44] = [
    "AG",
    "Bank",
    "Biotech",
    "Brands",
    "Capital",
    "Careers",
    "Consulting",
    "Corp",
    "Corporation",
    "Electric",
    "Energy",
    "Entertainment",
    "Financial",
    "Foods",
    "Foundation",
    "Games",
    "GmbH",
    "Group",
    "Health",
    "Healthcare",
    "Holdings",
    "Inc",
    "Industries",
    "Insurance",
    "Interactive",
    "International",
    "Labs",
    "LLC",
    "Logistics",
    "Ltd",
    "Media",
    "Motors",
    "Partners",
    "Pharma",
    "Recruitment",
    "Robotics",
    "Staffing",
    "Studio",
    "Studios",
    "Technologies",
    "Therapeutics",
    "Travel",
    "University",
    "Ventures",
];

/// What a company does at the head of a sentence, and no skill.
const DOES: [&str; 14] = [
    "is hiring",
    "is looking",
    "is seeking",
    "is recruiting",
    "is growing",
    "is expanding",
    "is on a mission",
    "is backed",
    "was founded",
    "has raised",
    "employs",
    "seeks",
    "serves",
    "is headquartered",
];

/// What a company is: "X is a Berlin-based startup".
const IS: [&str; 20] = [
    "agency",
    "airline",
    "bank",
    "based",
    "brand",
    "company",
    "consultancy",
    "firm",
    "fintech",
    "fund",
    "insurer",
    "manufacturer",
    "marketplace",
    "nonprofit",
    "provider",
    "retailer",
    "scale-up",
    "startup",
    "start-up",
    "studio",
];

/// Words with a capital behind a skill's name that leave it one: "Flutter Developer", "Spark Jobs".
const GOES_WITH: [&str; 40] = [
    "Admin",
    "Administrator",
    "Analyst",
    "Api",
    "App",
    "Application",
    "Applications",
    "Apps",
    "Architect",
    "Architecture",
    "Certification",
    "Certified",
    "Cluster",
    "Clusters",
    "Code",
    "Components",
    "Consultant",
    "Dashboards",
    "Data",
    "Database",
    "Design",
    "Designer",
    "Dev",
    "Developer",
    "Developers",
    "Development",
    "Engineer",
    "Engineers",
    "Experience",
    "Expert",
    "Framework",
    "Jobs",
    "Knowledge",
    "Lead",
    "Programmer",
    "Programming",
    "Scripting",
    "Services",
    "Skills",
    "Specialist",
];

/// How many words behind "X is a" the word for a company is looked for.
const WORDS: usize = 12;

/// A name that is a company in this text, as it is written there.
pub(super) struct Company<'a> {
    name: &'a str,
    /// Said to be one; else it is only called so, as "Linux Foundation" is.
    said: bool,
}

/// The names in a text that are a company there; `header` is where the company's own part of the first line ends.
pub(super) fn companies<'a>(text: &'a str, found: &Found, header: usize) -> Vec<Company<'a>> {
    let mut companies: Vec<Company<'_>> = Vec::new();
    for spot in &found.names {
        let name = &text[spot.start..spot.end];
        if !name.starts_with(char::is_uppercase)
            || companies.iter().any(|known| known.name == name && known.said)
        {
            continue;
        }
        let (before, after) = (&text[..spot.start], &text[spot.end..]);
        let said = is_said(before, after);
        if said || spot.end <= header || is_called(after) {
            companies.push(Company { name, said });
        }
    }
    companies
}

/// Whether a name is a company here; one that always counts must be said to be one.
pub(super) fn is_one(companies: &[Company<'_>], name: &str, sure: bool) -> bool {
    companies.iter().any(|company| company.name == name && (company.said || !sure))
}

/// "Tailwind Logistics".
fn is_called(after: &str) -> bool {
    let next = after.strip_prefix(' ').unwrap_or_default();
    next.starts_with(|c: char| c.is_ascii_uppercase()) && KINDS.contains(&first_word(next))
}

/// "X is hiring", "X is a Berlin-based startup", "At X, we".
fn is_said(before: &str, after: &str) -> bool {
    let next = after.strip_prefix(' ').unwrap_or_default();
    let opens = opens_sentence(before);
    if opens {
        let next = behind_name(next);
        if DOES.iter().any(|does| next.starts_with(does)) {
            return true;
        }
        if ["is a", "is the"].iter().any(|is| next.strip_prefix(is).is_some_and(names_company)) {
            return true;
        }
    }
    // "X, a listening firm, seeks", "developer at X, the apparel brand".
    if (opens || before.ends_with(" at "))
        && [", a", ", the"]
            .iter()
            .any(|what| behind_name(after).strip_prefix(what).is_some_and(names_company))
    {
        return true;
    }
    let at = ["At ", "Join ", "About "].iter().find_map(|at| before.strip_suffix(at));
    at.is_some_and(opens_sentence)
        && (after.is_empty()
            || after.starts_with([',', '.', '\n', '!', ':'])
            || ["we", "you", "our", "and", "as", "is"].contains(&first_word(next)))
}

/// Whether the next words of a sentence say "startup" or the like, and not "the language of the company".
fn names_company(text: &str) -> bool {
    for word in text.split_inclusive(|c: char| !(is_word(c) || c == '-')).take(WORDS) {
        let ends = word.ends_with(['.', '\n', ';', ',']);
        let word = word.trim_end_matches(|c| !is_word(c));
        if IS.contains(&word) || word.ends_with("-based") {
            return true;
        }
        if ends || TURNS.contains(&word) {
            return false;
        }
    }
    false
}

/// Behind these words a sentence speaks of something else.
const TURNS: [&str; 16] = [
    "of", "for", "in", "at", "by", "to", "that", "which", "who", "we", "our", "your", "where", "with",
    "from", "is",
];

/// What follows the rest of a name: the capitals of "Weight Loss & Wellness is hiring".
fn behind_name(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..4 {
        let word = first_word(rest.trim_start_matches(' '));
        let next = rest.trim_start_matches(' ');
        match next.strip_prefix('&') {
            Some(behind) => rest = behind,
            None if word.starts_with(char::is_uppercase) => rest = &next[word.len()..],
            None => break,
        }
    }
    rest.trim_start_matches(' ')
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

fn opens_sentence(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':', '|', '-', '•'])
}

/// Part of a longer name of something else: "Jasmine Okafor", "Locust Walk". `is_name` says whether a known name
/// begins at a place.
pub(super) fn is_part_of_name(text: &str, start: usize, end: usize, is_name: impl Fn(usize) -> bool) -> bool {
    let surface = &text[start..end];
    if !surface.contains(|c: char| c.is_lowercase()) {
        return false;
    }
    text[end..].strip_prefix(' ').is_some_and(|next| {
        let word = first_word(next);
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && !GOES_WITH.contains(&word)
            && !is_name(end + 1)
    })
}
