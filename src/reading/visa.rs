//! Visa sponsorship: offered or refused in plain words; "authorised to work" alone says nothing.

use super::fields::{Fields, Label};
use super::sections::telling;
use super::{Read, any_of, header, pattern};
use crate::domain::level::Visa;
use crate::domain::text::tail;

/// What the texts say about sponsorship; a refusal outweighs an offer elsewhere in its text.
pub(super) fn read(header: &[&str], fields: &Fields<'_>, texts: [&str; 3]) -> Read<Visa> {
    let said = fields.said(Label::Visa).find_map(|value| Some((of_value(value)?, value.to_owned())));
    said.or_else(|| texts.into_iter().find_map(of_prose)).or_else(|| {
        // "Onsite, Visa" on the first line is an offer.
        let alone = pattern!(
            r"^(?:(?:on-?site|remote|full[ -]?time|interns?)\W+)*(?:visas?|h-?1b|(?:ep|tn|visa) sponsor(?:ship|ed))( sponsor(ship|ed)?| transfer| available| support| ok| welcome| possible| ?(\+|&|and) relocation)*(\W+(on-?site|remote|interns?.*|full[ -]?time|for [\w ]+|https?:.*))*\)?$"
        );
        header::part(header, alone).map(|part| (Visa::Offered, part.to_owned()))
    })
}

/// What stands behind "Visa:" or "Sponsorship:".
fn of_value(value: &str) -> Option<Visa> {
    if any_of![
            r"^(?:no|none|not|n/a|nil)\b",
            r"\b(?:no|not|without|cannot|can't|unable)\b[^.;]{0,40}\b(?:sponsor\w*|visas?|provided|available|offered|h-?1b|opt|cpt)\b",
            r"\b(?:us|u\.s\.?|american|uk|eu|australian|canadian)? ?(?:citizens?(?:hip)?(?: or (?:permanent residents?|pr))?|nationals?) (?:only|required)",
            r"^(?:usc|gc|us citizens?|green ?card|citizens?)(?:\W+(?:usc|gc|us citizens?|green ?card|permanent residents?|pr|holders?|ead|and|or))* ?(?:only)?\W*$",
            r"\b(?:usc|gc|citizens) only\b",
            r"required\b.{0,30}\bonly\b",
        ]
    .is_match(value)
    {
        return Some(Visa::NotOffered);
    }
    pattern!(
        r"^(?:yes|ok|available|provided|offered|possible|sponsored|support(?:ed)?|company[- ]sponsored|full|employment visa|we )\b|\b(?:sponsor(?:ed|ship|s|able)|support|help|assistance|provided|available|offered|transfer|welcome)\b"
    )
    .is_match(value)
    .then_some(Visa::Offered)
}

fn of_prose(prose: &str) -> Read<Visa> {
    // Few lines speak of it, and the patterns are long.
    let prose = &*telling(
        prose,
        pattern!(
            r"visa|sponsor|permit|citizen|national|h-?1b|\bopt\b|\bcpt\b|\busc\b|\bgc\b|\bprs?\b|singaporean|immigration|blue card|papers|eligib|relocat"
        ),
    );
    let refused = any_of![
        r"\b(no|not|without|unable to|can(no|')t|cannot|do not|don't|does not|doesn't|aren't|aren’t|isn't|isn’t|too small to|will not|won't|not able to|not (currently )?(in a position to )?(offer|provide)(ing)?)\b[^.\n;]{0,60}\b(sponsor(ship|ing)?|visas?|permits?)\b",
        r"\bonly (?:\w+ )?\w+ (citizens?|nationals?) (?:with [^.\n;]{0,40} )?(will|can|may) be\b",
        r"\bneed to be an? \w+ citizen or permanent resident\b",
        r"\bbring your own (?:valid )?(?:work permit|visa|papers)\b",
        r"\bonly (?:singaporeans?|citizens?)(?: (?:or|and) (?:prs?|permanent residents?))?\b",
        r"\b(?:can['’]?t|cannot) (?:arrange|help with|do) (?:the |any )?(?:papers|immigration)\b",
        r"\bonly (nationals|citizens) of\b",
        r"\bonly (able to )?(consider|accept|hire|employ)\w* [^.\n;]{0,30}\b(citizens?|nationals?|permanent residents)\b",
        r"\bnationality (only|required)\b",
        r"\b(sponsorship|visas?|permits?)\b[^.\n;]{0,40}\b(cannot|can['’]t|can not|(is|are)n['’]t|not something we can|unable to)( be)? (arrange|provide|offer|sponsor|available|possible)",
        r"\b(sponsorship|visa sponsorship|visas?) (is |are )?(not|unavailable)[^.\n;]{0,30}",
        r"\b(us|u\.s\.) citizens(hip)? (only|required|is required)",
        r"\bvisas?( sponsorship)?(/relocation)?\s*[:?]\s*no\b",
        r"must be (a |an )?(us|u\.s\.) citizens?",
        r"\bonly (us|u\.s\.) citizens",
        r"\bno (h-?1b|opt|cpt|visa|third[- ]part\w+,? h-?1b)\b",
        r"\b(usc|gc|citizens|usc ?/ ?gc|gc ?/ ?usc)( and gc| or gc)? only\b",
        r"\b(singaporeans?|prs?|nationals)(\W+(and|or)?\W*(singaporeans?|prs?|citizens))* only\b",
        r"\bcitizens or (permanent residents|pr holders|prs?) only\b",
        r"\b(uk|eu|australian|canadian|singaporean|singapore) (citizens?(hip)?|nationals?|passport holders?) (only|required)\b",
        r"\b(?-i:\p{Lu}[\w.]+) (citizen(s|ship)?|nationals?)\b[^.\n;]{0,40}\b(only|required|essential|mandatory|can be considered)\b",
        r"\b(only|must be)( an?)? (\w+|u\.s\.a?) (citizens?|nationals?)\b",
        r"(?m:^)[^\w\n]*(us|u\.s\.|uk|australian|canadian|indian|eu) citizen(ship)?( \(?no dual\)?)?[^\w\n]*(?m:$)",
        r"\b(already )?(have|hold|with) (the |a |an )?(existing |full |unrestricted )?(right|rights|permission|authori[sz]ation|permit|visa) to (live and )?work\b[^.\n;]{0,60}\b(no|not|can't|cannot|without|unable)\b[^.\n;]{0,30}\b(sponsor\w*|visas?)\b",
    ];
    let offered = any_of![
        r"\b(support|help|assistance) (with|for|in getting) (your |the |a |an )?([\w-]+ )?(\([\w ]+\) )?(visas?|work permits?)\b",
        r"\byes,? we (can )?sponsor\b",
        r"\bvisa (sponsorship|support)( and relocation)? (is )?(potentially )?(available|provided|offered|possible)",
        r"\b(we|can|will|do|happy to|able to|to) (also )?sponsor( (your|a|work|h-?1b|employment|uk|us|eu))? ?(work )?visas?",
        r"\b(we|company) (offer|provide|support)s? [^.\n;]{0,40}visa( sponsorship| support)?",
        r"\bvisa sponsorship\b",
        r"\bsponsor(s|ing)? visas?",
        r"\bvisas?:? (yes|sponsored)\b",
        r"\bvisa[ -](welcome|friendly)",
        r"\bvisas? (potentially |possibly )?available",
        r"\bh-?1b (is |are |visas? )?(welcome|transfer|ok|okay|fine|possible|considered|sponsor)",
        r"\b(we|will|can|able to) sponsor (h-?1b|work permits?|candidates|visas?)",
        r"relocation and visa",
        r"\b((visas?|work permits?|blue card|immigration)( ?(and|&|\+|/) ?(relocation|work permits?|immigration|visas?))?|relocation ?(and|&|\+|/) ?(visas?|work permits?|immigration)) (sponsorship|support|assistance|help|process handled|paid)\b",
        r"\b(visas?|work permits?|relocation)/(visas?|work permits?|relocation|blue card) (sponsorship|support|assistance|help|provided|offered)\b",
        r"\bsponsor(s|ing)? (for )?(\W?[\w-]+\W? ){0,4}(visas?|permits?|h-?1bs?|o-?1s?|e-?3|tns?|opt|482|eps?|employment pass(es)?|work authori[sz]ations?|green cards?|blue cards?)\b",
        r"\b(handle|take care of|sort out|arrange|cover|assist( you)? with|help( \w+){0,4} with|do|pay for|organi[sz]e|process|provide|support) (all |the |your |a |with )*((hsm|employment|work|skilled worker|highly skilled migrant|blue card|residence|paper ?work|relocation|and|for) ){0,4}(visas?|work permits?|residence permits?|blue card|immigration)\b",
        r"\b(recogni[sz]ed|licensed|registered|approved|accredited) (visa )?sponsors?\b",
        r"\b(ep|tn|e-?3|employment pass|skilled worker) (visa )?sponsorship\b",
        r"\b(blue card|work permit)\b[^.\n;]{0,20}\b(paperwork|help|we'll|we’ll|we will)\b",
        r"\b(visas?|work permits?)\b[^.\n;]{0,50}\b(provided|arranged|sponsored|covered|processed|handled|taken care|paid for)\b",
        r"\b(can|will|able to|happy to|do) (provide|offer)( you)?( with)? (visa )?sponsorship\b",
        r"\bsponsorship (is |are |may be )?(available|possible|offered|provided)\b",
        r"\b(employment pass(es)?|critical skills (employment )?permits?|work permits?|blue cards?|skilled worker visas?|eps?)\b[^.\n;]{0,30}\b(sponsored|supported|arranged|possible|provided)\b",
        r"\bpermits? (is |are )?(possible|arranged|supported)\b",
        r"\bsupported with an? (\w+ ){0,3}(permit|visa)\b",
        r"\bemployment visas? for you\b",
        r"(?m:^)[^\w\n]*employment visas?\b,",
        r"\bvisa \(\d{3} ok\)",
        r"\b(will|can|would) (gladly |happily |also )?sponsor (a \w+|you|your|the right (person|candidate)|them)\b[.,;)]",
        r"\barrang\w+ (the|your|all) (\w+ )?(work )?(visas?|permits?)\b",
        r"\blicen[cs]e to sponsor\b",
        r"\bget your (\w+ )?(visa|permit)\b",
        r"\b(?:take over|transfer)(?: an?)?(?: existing)? h-?1bs?\b",
        r"\bh-?1b transfers?\b",
        r"\b(?:work(?:ing)? )?visas? we (?:can |will )?(?:support|sponsor|arrange)\b",
        r"\b(?:we|company)(?:['’]ll| will| can)? (?:take care of|support|arrange|handle)(?: [\w-]+){0,7} (?:visas?|permits?)\b",
        r"\bhelp with (?:[\w ]+, ){0,3}[\w ]*\b(?:work permit|visa)\b",
        r"\b(?:accompany|guide) you with (?:the |your )?(?:blue card|visa|permit)\b",
        r"\bapply for the certificate of eligibility\b",
        r"\b(?:considered|eligible) for (?:visa )?sponsorship\b",
        r"\b(?:hold|have) an? (?:\w+ )?sponsor(?:ship)? licen[cs]e\b",
        r"(?m:^)\W*(?:\+ )?employment visa [+&]",
        r"\bapply for (the |your |a )?(work permit|visa)s? for you\b",
        r"\brequiring (visa )?sponsorship (will|can|may) be\b",
        r"\bpaperwork\b[^.\n;]{0,40}\b(visa|permit)s?\b",
        r"\b(able|happy|willing|licen[cs]ed) to sponsor\b",
        r"\bvisas? under [^.\n;]{0,25}sponsorship\b",
        r"\b(company|free|residence|residency) visas?\b",
        r"\bprepare the (?:work )?visa\b",
        r"\bwill do visas?\b",
        r"\b(h-?1b|visa) transfers? (ok|okay|welcome|possible|accepted|supported|considered)\b",
    ];
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
    // "Visa support is determined case by case" leaves it open.
    let open = pattern!(r"^[^.\n;]{0,40}\b(case[- ]by[- ]case|not guaranteed)\b");
    // A trip's visa is none to live there.
    let trip = pattern!(r"\b(trips?|travel\w*)\b[^.\n]{0,60}$");
    let mut found = offered.find_iter(prose).filter(|words| {
        !open.is_match(&prose[words.end()..]) && !trip.is_match(tail(&prose[..words.start()], 90))
    });
    found.next().map(|words| (Visa::Offered, words.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_and_refusals_are_told_apart() {
        let visa = |text| read(&[], &Fields::of(text), [text, "", ""]).map(|(visa, _)| visa);
        assert_eq!(visa("We sponsor visas and pay relocation."), Some(Visa::Offered));
        assert_eq!(visa("Visa sponsorship is available."), Some(Visa::Offered));
        assert_eq!(visa("We are unable to provide visa sponsorship at this time."), Some(Visa::NotOffered));
        assert_eq!(visa("Candidates must work without sponsorship."), Some(Visa::NotOffered));
        assert_eq!(visa("You must be authorised to work in the UK."), None);
        assert_eq!(visa("H1B is fine."), Some(Visa::Offered));
        assert_eq!(visa("We are visa friendly."), Some(Visa::Offered));
        assert_eq!(visa("Visa/relocation: No"), Some(Visa::NotOffered));
        assert_eq!(
            read(&["Acme", "Berlin", "VISA"], &Fields::default(), ["We use Visa cards.", "", ""])
                .map(|(visa, _)| visa),
            Some(Visa::Offered)
        );
        assert_eq!(visa("US citizens only"), Some(Visa::NotOffered));
        assert_eq!(visa("[Visa] Support available"), Some(Visa::Offered));
        assert_eq!(visa("We handle your work visa and pay the first month."), Some(Visa::Offered));
        assert_eq!(visa("We are a recognised sponsor."), Some(Visa::Offered));
        assert_eq!(visa("Employment visa will be arranged by the bank."), Some(Visa::Offered));
        assert_eq!(visa("- U.S. citizenship\n- Rust"), Some(Visa::NotOffered));
        assert_eq!(visa("Saudi nationals only"), Some(Visa::NotOffered));
        assert_eq!(visa("We can't help with work permits."), Some(Visa::NotOffered));
        assert_eq!(visa("Visa support is determined case by case."), None);
    }
}
