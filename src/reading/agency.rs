//! Whether a recruiter posts for a client, or the employer speaks.

use super::{Read, pattern};

/// True when the poster recruits for a client, false when the employer speaks of itself.
pub(super) fn read(company: &str, text: &str) -> Read<bool> {
    let client = pattern!(
        r"\b(on behalf of (our|a|one of) (\w+ )?clients?|our client,? (is|has|an?|in|based|seeks|who|needs|looking)\b|our clients (are )?(looking|seeking|hiring|need|recruiting)\b|for one of our clients\b|(hiring|recruiting|looking|searching|seeking|sourcing|roles?|positions?|opportunity|vacancy)\b[^.\n]{0,60}\b(for|with) our client\b|for our client,|my client\b|(are|is|as) an? ([\w-]+ ){0,4}(recruit(ing|ment) (agency|firm|partner|consultancy)|staffing (agency|firm|company))|company of head hunting|largest [\w-]+ staffing|we are (recruiting|hiring) for (a|an|our|one)|end client|unser kunde|für unseren kunden|client is (a|an|looking|seeking)|our (?:[\w-]+ )?client(?:,| (?:is|was|has|needs|pays|wants|seeks|requires|offers|operates|builds|runs|makes|develops)\b)|openings? (?:with|for|at) (?:our|one of our|an?) (?:[\w-]+ ){0,3}client|(?:eind|end) ?(?:klant|kunde)|opdrachtgever|name (?:shared|disclosed|to be disclosed)|(?:client|payroll) ?: ?|retained (?:search|by)|direct client|unser mandant|for (one of )?(our|my) (relations|clients|customers),|(acts|acting|operating) as an? (employment|recruitment) (agency|business)|client \(name|confidential client|selects? for (an|our|a)|we recruit only)"
    );
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
    own.find(text).map(|words| (false, words.as_str().to_owned()))
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
