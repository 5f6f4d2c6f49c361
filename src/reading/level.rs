//! Level from the title: plain words only, never from years.

use super::{Read, pattern};
use crate::domain::level::Level;

/// The level that a title names, or else the text in so many words; nothing when a title names several.
pub(super) fn read(title: &str, prose: &str) -> Read<Level> {
    of_title(title).or_else(|| of_prose(prose))
}

/// "Software Engineers, Senior Research Engineer": several jobs that are not of one level have none.
fn of_title(title: &str) -> Read<Level> {
    let job = pattern!(
        r"\b(engineer|developer|scientist|designer|manager|lead|architect|analyst)s?\W*(\(etc\.?\))?$"
    );
    let jobs: Vec<&str> = pattern!(r"[,&;+]|\s/\s|\band\b|\bor\b")
        .split(title)
        .filter(|part| part.split_whitespace().count() > 1 && job.is_match(part.trim()))
        .collect();
    let level = |title: &str| of_job(title).map(|(level, _)| level);
    if let [first, others @ ..] = jobs.as_slice()
        && others.iter().any(|other| level(other) != level(first))
    {
        return None;
    }
    of_job(title)
}

fn of_job(title: &str) -> Read<Level> {
    // Titles of professions in which the word says nothing about the level.
    let professions = pattern!(
        r"\b((product|program|project|account|office|community|marketing|social media|customer success|partner|partnerships?|content|brand|case|success|relationship|campaign|category|territory|sales|delivery|release|property|growth|operations|scrum|engagement|technical program|technical account|technical product|store|portfolio|risk|change|supply( chain)?|revenue|deployment|implementation|pr|activation|communications?|social|pricing|events?|facilit(y|ies)|talent|hr|key account|region(al)? sales|business development) manager|(account|sales|advertising) executive|(art|account|casting|funeral|music) director|executive assistant|lead generation|staff (accountant|nurse|attorney|writer|reporter|physician)|chief of staff|assistant to|leads? qualification|member of (the )?technical staff|general manager|mid[ -]?market|intern(al|ational)|head (chef|start|coach))\b"
    );
    // Editors leave signs of no width within words.
    let title: String = title
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
        .collect();
    // "Senior PR Manager" is a senior one; "Senior Engineering Manager" and "Senior Manager, PR" manage people.
    let graded = pattern!(
        r"\b(?P<grade>(?:senior|sr\.?|staff|principal|lead|junior|jr\.?)\s+(?P<field>(?:[\w&/-]+\s+){1,4}))manager\b"
    );
    let title = graded.replace(&title, |found: &regex::Captures<'_>| {
        let people = pattern!(r"\b(engineering|engineers?|software|development|developers?|design|research|data|team|people|general|store|shift|science|platform|infrastructure|security|qa|test(ing)?|it)\s*$");
        if people.is_match(&found["field"]) { found[0].to_owned() } else { found["grade"].to_owned() }
    });
    // Who runs a warehouse leads people; who runs "sales operations" may not.
    let people =
        pattern!(r"\b(?:warehouse|fulfil?lment|(?:cyber)?security|it|plant|production) operations manager\b");
    let title = people.replace(&title, "manager");
    let cleaned = professions.replace_all(&title, " ");
    // Half a senior is none.
    let cleaned = pattern!(r"\bsemi[ -]?senior\b").replace_all(&cleaned, "ssr");
    let rules: [(&regex::Regex, Level); 9] = [
        (
            pattern!(
                r"\b(interns?|internship|trainee|working student|werkstudent(in)?|praktikum|praktikant(in)?|apprentice(ship)?|co-?op (?:student|intern|term|placement|position)|stagiaire|alternance|est[aá]gio|estagi[aá]ri[oa])\b|\bco-?op\W*$|^stage\b"
            ),
            Level::Intern,
        ),
        (
            pattern!(
                r"\b(chief \w+( \w+)? officer|c[etfmpio]o|ciso|cdo|vp|svp|evp|avp|vice[ -]president|president|director|head of|head,|head -|(engineering|global|regional) head|managing partner|geschäftsführer)\b"
            ),
            Level::Executive,
        ),
        (
            pattern!(r"\b(staff|principal|distinguished|(technical|engineering|senior) fellow)\b"),
            Level::Staff,
        ),
        (pattern!(r"\b(manager|managing|supervisor|teamleiter(in)?)\b"), Level::Manager),
        (pattern!(r"\b((tech(nical)?|team|squad) lead|lead|leader)\b"), Level::Lead),
        (pattern!(r"\b(senior|s[êe]nior|sr\.?|snr)(\b|\s|$)"), Level::Senior),
        (
            pattern!(
                r"\b(junior|jr\.?|entry[ -]level|new ?grad(uate)?s?|graduate|early career|freshers?|university grad(uate)?|campus|(sales|business|market) development (rep(resentative)?s?|associate)|[sb]drs?|(associate|analyst)\b.*\b20[2-4]\d)(\b|\s|$)"
            ),
            Level::Entry,
        ),
        (
            pattern!(
                r"\b(mid[ -]?(level|senior)?|pleno|plena|semi[ -]?senior|ssr|middle (?:\w+ )?(engineer|developer|tester|designer|analyst)|\(middle\)|medior|intermediate|(engineer|developer|scientist|analyst|designer|sde|swe|programmer) (ii|2)|ii)\b"
            ),
            Level::Mid,
        ),
        (pattern!(r"\b(engineer|developer|analyst|scientist|sde|swe) (i|1)\b"), Level::Entry),
    ];
    let mut found: Vec<(Level, String)> = Vec::new();
    for (rule, level) in rules {
        if let Some(words) = rule.find(&cleaned)
            && found.iter().all(|(known, _)| *known != level)
        {
            found.push((level, words.as_str().to_owned()));
        }
    }
    // "Senior Staff Engineer", "Senior Engineering Manager": the higher of the two says more. "Senior or Staff" does
    // not say which.
    let several = pattern!(
        r"\b(senior|junior|fresher|staff|mid(dle)?|regular|medior|lead|principal|sr\.?|jr\.?)( level)?\s*(/|or|,|&|and|-|to)\s*(senior|junior|staff|mid(dle)?|regular|medior|lead|principal|sr\.?|jr\.?)\b"
    );
    let beginners = pattern!(r"\b(junior|fresher|jr\.?)\s*(/|or|,|&|and|-)\s*(junior|fresher|jr\.?)\b");
    if several.is_match(&cleaned) && !beginners.is_match(&cleaned) {
        return None;
    }
    let order = |level: Level| match level {
        Level::Intern => 9,
        Level::Executive => 8,
        Level::Manager => 7,
        Level::Staff => 6,
        Level::Lead => 5,
        Level::Senior => 4,
        Level::Mid => 3,
        Level::Entry => 2,
    };
    // A seniority before a job that is itself a management role keeps the role: "Senior Manager" is a manager.
    found.into_iter().max_by_key(|(level, _)| order(*level))
}

/// "Seniority level: senior", "this is a senior-level role".
fn of_prose(prose: &str) -> Read<Level> {
    let stated = pattern!(
        r"\b(?:(?:seniority|(?:seniority|experience|career|job|position) level)\s*[:–]\s*(?P<a>intern|entry|junior|mid|senior|staff|lead|executive)\b|(?:this is|is|as) an? (?P<b>entry|junior|mid|senior)[ -]level (?:role|position|job|opportunity)|(?:looking for|seeking|hiring|need|want|search(?:ing)? for) (?:an?|our (?:first|next)|someone|somebody|one(?: more)?) (?P<c>senior|mid|junior|entry)(?:[ -]level)? (?:\w+ ){0,3}(?:engineer|developer|dev|designer|person|programmer|analyst|scientist|one|someone)\b)"
    );
    let found = stated.captures(prose)?;
    let named = found.name("a").or(found.name("b")).or(found.name("c"))?;
    let level = match named.as_str().to_lowercase().as_str() {
        "intern" => Level::Intern,
        "entry" | "junior" => Level::Entry,
        "mid" => Level::Mid,
        "senior" => Level::Senior,
        "staff" => Level::Staff,
        "lead" => Level::Lead,
        _ => Level::Executive,
    };
    Some((level, found[0].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_levels() {
        let level = |title| read(title, "").map(|(level, _)| level);
        assert_eq!(level("Senior Rust Engineer"), Some(Level::Senior));
        assert_eq!(level("Sr. Engineer"), Some(Level::Senior));
        assert_eq!(level("Staff Software Engineer"), Some(Level::Staff));
        assert_eq!(level("Software Engineer II"), Some(Level::Mid));
        assert_eq!(level("Engineering Manager"), Some(Level::Manager));
        assert_eq!(level("Senior Product Manager"), Some(Level::Senior));
        assert_eq!(level("Senior PR Manager"), Some(Level::Senior));
        assert_eq!(level("Senior Engineering Manager"), Some(Level::Manager));
        assert_eq!(level("Senior Manager, Quality"), Some(Level::Manager));
        assert_eq!(level("Sales Development Representative"), Some(Level::Entry));
        assert_eq!(level("Senior SDR"), Some(Level::Senior));
        assert_eq!(level("Research Fellow"), None);
        assert_eq!(level("QC Engineer (Middle/ Senior)"), None);
        assert_eq!(level("Junior/Middle/Senior React Native Developer"), None);
        assert_eq!(level("Regular/Senior Embedded Software Engineer"), None);
        assert_eq!(level("Product Manager"), None);
        assert_eq!(level("Account Executive"), None);
        assert_eq!(level("VP of Engineering"), Some(Level::Executive));
        assert_eq!(level("Software Engineering Intern"), Some(Level::Intern));
        assert_eq!(level("Internal Tools Engineer"), None);
        assert_eq!(level("Senior / Staff Engineer"), None);
        assert_eq!(level("Platform Engineer"), None);
        assert_eq!(level("Software Engineers, Senior Research Engineer"), None);
        assert_eq!(level("AI / ML Engineer, Senior UX/UI Designer"), None);
        assert_eq!(level("Fresher/Junior Bridge System Engineer"), Some(Level::Entry));
        assert_eq!(level("Senior Backend Engineer & Senior Data Engineer"), Some(Level::Senior));
        assert_eq!(level("Mid-Market Account Executive"), None);
        assert_eq!(level("Software Engineer I\u{200b}I"), Some(Level::Mid));
    }

    #[test]
    fn a_text_names_a_level_in_so_many_words() {
        let level = |prose| read("Engineer", prose).map(|(level, _)| level);
        assert_eq!(level("Seniority level: Senior"), Some(Level::Senior));
        assert_eq!(level("This is an entry-level position."), Some(Level::Entry));
        assert_eq!(level("You work with senior engineers and entry-level colleagues."), None);
    }
}
