//! Whether a recruiter posts for a client, or the employer speaks.

use super::{Read, any_of, pattern};

/// True when the poster recruits for a client, false when the employer speaks of itself.
pub(super) fn read(company: &str, text: &str) -> Read<bool> {
    let client = any_of![
        r"\bon behalf of (our|a|one of) (\w+ )?clients?",
        r"\bour client,? (is|has|an?|in|based|seeks|who|needs|looking)\b",
        r"\bour clients (are )?(looking|seeking|hiring|need|recruiting)\b",
        r"\bfor one of our clients\b",
        r"\b(hiring|recruiting|looking|searching|seeking|sourcing|roles?|positions?|opportunity|vacancy)\b[^.\n]{0,60}\b(for|with) our client\b",
        r"\bfor our client,",
        r"\bmy client\b",
        r"\b(are|is|as) an? ([\w-]+ ){0,4}(recruit(ing|ment) (agency|firm|partner|consultancy)|staffing (agency|firm|company))",
        r"\bcompany of head hunting",
        r"\blargest [\w-]+ staffing",
        r"\bwe are (recruiting|hiring) for (a|an|our|one)",
        r"\bend client",
        r"\(our client\)",
        r"(?m:^)\W*our client\b ?[-–—:]",
        r"\bone of our (?:\w+ )?clients?\b",
        r"\bconducting the search for\b",
        r"\bour client will conduct\b",
        r"\bconsultancy of (?:it )?recruitment\b",
        r"\bfor a client of (?:mine|ours)\b",
        r"\bunser kunde",
        r"\bfür unseren kunden",
        r"\b(?:our|my|the) client is (a|an|looking|seeking)",
        r"\bour (?:[\w-]+ )?client(?:,| (?:is|was|has|needs|pays|wants|seeks|requires|offers|operates|builds|runs|makes|develops)\b)",
        r"\bopenings? (?:with|for|at) (?:our|one of our|an?) (?:[\w-]+ ){0,3}client",
        r"\b(?:eind|end) ?(?:klant|kunde)",
        r"\bopdrachtgever",
        r"\bname (?:shared|disclosed|to be disclosed)",
        r"\b(?:client|payroll) ?: ?",
        r"\bretained (?:search|by)",
        r"\bdirect client",
        r"\bunser mandant",
        r"\bfor (one of (our|my) (relations|clients|customers)|(our|my) relations),",
        r"\b(acts|acting|operating) as an? (employment|recruitment) (agency|business)",
        r"\bclient \(name",
        r"\bconfidential client",
        r"\bselects? for (an|our|a)",
        r"\bwe recruit only",
        r"\bour client [a-z]+s (?:the|an?|its|their|over|more|\d)\b",
        r"\bfor our customer(?:,| (?:in|from|based)\b)",
        r"\bwe (?:at \w+ )?(?:place|introduce) (?:only )?(?:engineers|candidates|contractors|consultants|developers|people|specialists|positions)\b",
        r"\bon (?:the|our|\w+) payroll\b[^.\n]{0,40}\bclient|\bclient\b[^.\n]{0,40}\bon (?:the|our|\w+) payroll\b",
    ];
    if let Some(words) = client.find(text) {
        return Some((true, words.as_str().to_owned()));
    }
    if let Some(words) = pattern!(r"\b(recruit(ment|ing|ers?)|staffing|talent (partners?|solutions)|personnel|headhunt(ers?|ing)|executive search|resourcing|manpower|search (partners|group|& selection)|(&|and) \w+ search)\b|\bsearch$").find(company) {
        return Some((true, words.as_str().to_owned()));
    }
    // Who says "we" and "our" without a client speaks of itself.
    let own = pattern!(
        r"\b(join our team|we('re|’re| are) (looking for|hiring|seeking|building)|our (mission|product|platform|customers|company)|about us|at [A-Z]\w+, we|join us|(we|our) [a-z’']{2,}( [a-z]+)?)\b"
    );
    if let Some(words) = own.find(text) {
        return Some((false, words.as_str().to_owned()));
    }
    // Who is named in its own text tells of itself.
    let named = company.len() > 2 && text.contains(company);
    named.then(|| (false, company.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recruiter_speaks_of_clients() {
        let agency = |company, text| read(company, text).map(|(agency, _)| agency);
        assert_eq!(agency("Ferrow", "Our client, a bank, needs a Rust engineer."), Some(true));
        assert_eq!(agency("Northquay Recruitment", "Rust engineer wanted."), Some(true));
        assert_eq!(agency("Railway", "We are looking for an engineer. Our customers love us."), Some(false));
        assert_eq!(agency("Railway", "We bring value to our clients as we grow. About us"), Some(false));
        assert_eq!(
            agency("Ferrow", "We are looking for a Rust engineer for our client in Ghent."),
            Some(true)
        );
        assert_eq!(agency("Akelei", "We deliver meaningful outcomes for our client's brand."), Some(false));
        assert_eq!(agency("Railway", "Rust."), None);
    }
}
