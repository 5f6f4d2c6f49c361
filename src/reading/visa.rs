//! Visa sponsorship: offered or refused in plain words; "authorised to work" alone says nothing.

use super::{Read, header, pattern};
use crate::domain::level::Visa;

/// What the texts say about sponsorship; a refusal outweighs an offer elsewhere in its text.
pub(super) fn read(header: &[&str], texts: [&str; 2]) -> Read<Visa> {
    texts.into_iter().find_map(of_prose).or_else(|| {
        // "Onsite, Visa" on the first line is an offer.
        let alone = pattern!(
            r"^(?:(?:on-?site|remote|full[ -]?time)\W+)?visas?( sponsor(ship|ed)?| ok| welcome| possible)?(\W+(on-?site|remote|full[ -]?time|https?:.*))?$"
        );
        header::part(header, alone).map(|part| (Visa::Offered, part.to_owned()))
    })
}

fn of_prose(prose: &str) -> Read<Visa> {
    let refused = pattern!(
        r"(\b(no|not|without|unable to|can(no|')t|cannot|do not|don't|does not|doesn't|will not|won't|not able to|not (currently )?(in a position to )?(offer|provide)(ing)?)\b[^.\n;]{0,60}\b(sponsor(ship|ing)?|visas?)\b|\b(sponsorship|visa sponsorship|visas?) (is |are )?(not|unavailable)[^.\n;]{0,30}|\b(us|u\.s\.) citizens(hip)? (only|required|is required)|\bvisas?( sponsorship)?(/relocation)?\s*[:?]\s*no\b|must be (a |an )?(us|u\.s\.) citizens?|\bonly (us|u\.s\.) citizens)"
    );
    let offered = pattern!(
        r"(\bvisa (sponsorship|support)( and relocation)? (is )?(potentially )?(available|provided|offered|possible)|\b(we|can|will|do|happy to|able to|to) (also )?sponsor( (your|a|work|h-?1b|employment|uk|us|eu))? ?(work )?visas?|\b(we|company) (offer|provide|support)s? [^.\n;]{0,40}visa( sponsorship| support)?|\bvisa sponsorship\b|\bsponsor(s|ing)? visas?|\bvisas?:? (yes|sponsored)\b|\bvisa[ -](welcome|friendly)|\bvisas? (potentially |possibly )?available|\bh-?1b (is |are |visas? )?(welcome|transfer|ok|okay|fine|possible|considered|sponsor)|\b(we|will|can|able to) sponsor (h-?1b|work permits?|candidates|visas?)|relocation and visa)"
    );
    if let Some(words) = refused.find(prose) {
        // "No problem: we sponsor visas", "not only visa sponsorship but" are offers.
        let harmless = pattern!(
            r"\b(not only|no matter|no problem|no worries|if you (do not|don't)|don't worry|whether or not)\b"
        )
        .is_match(words.as_str());
        if !harmless {
            return Some((Visa::NotOffered, words.as_str().to_owned()));
        }
    }
    offered.find(prose).map(|words| (Visa::Offered, words.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_and_refusals_are_told_apart() {
        let visa = |text| read(&[], [text, ""]).map(|(visa, _)| visa);
        assert_eq!(visa("We sponsor visas and pay relocation."), Some(Visa::Offered));
        assert_eq!(visa("Visa sponsorship is available."), Some(Visa::Offered));
        assert_eq!(visa("We are unable to provide visa sponsorship at this time."), Some(Visa::NotOffered));
        assert_eq!(visa("Candidates must work without sponsorship."), Some(Visa::NotOffered));
        assert_eq!(visa("You must be authorised to work in the UK."), None);
        assert_eq!(visa("H1B is fine."), Some(Visa::Offered));
        assert_eq!(visa("We are visa friendly."), Some(Visa::Offered));
        assert_eq!(visa("Visa/relocation: No"), Some(Visa::NotOffered));
        assert_eq!(
            read(&["Acme", "Berlin", "VISA"], ["We use Visa cards.", ""]).map(|(visa, _)| visa),
            Some(Visa::Offered)
        );
        assert_eq!(visa("US citizens only"), Some(Visa::NotOffered));
    }
}
