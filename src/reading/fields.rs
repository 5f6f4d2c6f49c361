//! Lines that name a fact and say it: "Work mode: hybrid", "[Visa] Support available", "📍 Lisbon or remote".

use super::pattern;

/// What a line says, by its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Where the work is.
    Place,
    /// How one works there; also the place of work, of which some say just "Remote".
    Mode,
    /// "Remote: 2 days a week", "Home office: as you wish".
    Home,
    /// The kind of contract, or how many hours.
    Employment,
    /// For how long: a contract, unless something else is said.
    Duration,
    Visa,
    Pay,
    /// Experience that is asked for.
    Years,
}

/// The labelled lines of a text, in order.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(Vec<(Label, &'a str)>);

/// A label and a value of more characters are none.
const LABEL: usize = 34;
const VALUE: usize = 160;
/// No posting has more such lines: the cost stays bounded whatever a feed sends.
const MOST: usize = 200;

impl<'a> Fields<'a> {
    /// Finds them; several may stand on one line, parted by bars or dots.
    pub(super) fn of(text: &'a str) -> Self {
        let mut found = Vec::new();
        let mut bare: Option<&[Label]> = None;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            // "Location" on a line of its own says what the next one is.
            let waiting = bare.take();
            for cell in pattern!(r"\s[|•·]\s|\t").split(line) {
                if let Some((labels, value)) = labelled(cell) {
                    let value = if labels.contains(&Label::Place) { several(line, value) } else { value };
                    found.extend(labels.iter().map(|label| (*label, value)));
                } else if let Some(labels) = waiting.filter(|_| cell.len() <= VALUE) {
                    found.extend(labels.iter().map(|label| (*label, cell.trim())));
                } else {
                    // Behind "Compensation" several lines may follow, each with its own sum: prose tells those.
                    bare = label(cell.trim_matches(|c: char| !c.is_alphanumeric() && c != ')'))
                        .filter(|labels| *labels != [Label::Pay]);
                }
            }
        }
        found.truncate(MOST);
        Self(found)
    }

    /// What lines with this label say.
    pub(super) fn said(&self, label: Label) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(other, _)| *other == label).map(|(_, value)| *value)
    }
}

/// "Locations: Austin, TX | Denver, CO": with the cells behind, unless one of them has a label.
fn several<'a>(line: &'a str, value: &'a str) -> &'a str {
    // Longer lines are no lists of places, and would be searched from each of their cells.
    if line.len() > VALUE * 2 {
        return value;
    }
    let at = line.find(value);
    at.map(|at| line[at..].trim_end()).filter(|all| !all.contains(':')).unwrap_or(value)
}

/// A cell's label and value.
fn labelled(cell: &str) -> Option<(&'static [Label], &str)> {
    let cell = cell.trim();
    let sign = cell.chars().next().and_then(by_sign);
    let start = cell.find(|c: char| c.is_alphanumeric())?;
    let rest = &cell[start..];
    let mark = pattern!(r"\s*\*{0,2}(?:[:：=]\*{0,2}|[\]】](?:\s*[:：])?|\s[–—-]\s)\s*").find(rest);
    if let Some(mark) = mark
        && let Some(labels) = label(&rest[..mark.start()])
    {
        let value = rest[mark.end()..].trim().trim_end_matches('*');
        // "Monthly rate: …": the label of a sum says something of it.
        let timed = pattern!(r"\b(?:hourly|daily|weekly|monthly|annual|yearly|per \w+|day)\b")
            .is_match(&rest[..mark.start()]);
        let value = if labels == [Label::Pay] && timed && !value.is_empty() { rest } else { value };
        // "Locations: Austin or Boston. This is a hybrid role …"
        let first = value.split(". ").next().unwrap_or(value);
        let value = if labels.contains(&Label::Place) && value.len() > VALUE { first } else { value };
        return (!value.is_empty() && value.chars().count() <= VALUE).then_some((labels, value));
    }
    // "4 - 7 yrs" alone in its cell says what is asked for.
    if pattern!(r"^\d{1,2}\s*(?:-|–|to)\s*\d{1,2}\+?\s*(?:yrs?|years?)\.?(?: exp\w*| of exp\w*)?$")
        .is_match(rest)
    {
        return Some((&[Label::Years], rest));
    }
    // "Full time · On-site": a mode alone in its cell.
    if pattern!(r"^(?:(?:fully?|100 ?%) )?(?:remote|on-?site|hybrid|in[ -]office)$").is_match(rest) {
        return Some((&[Label::Mode], rest));
    }
    // "📍 Lisbon or remote": a sign in place of the label.
    let behind = cell
        .trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric() && !"£€₹¥₱₦₪₩".contains(c))
        .trim();
    sign.filter(|_| behind.chars().count() <= VALUE).map(|labels| (labels, behind))
}

fn by_sign(sign: char) -> Option<&'static [Label]> {
    Some(match sign {
        '📍' | '📌' | '🗺' | '🌍' | '🌎' | '🌏' | '🏙' | '🌐' => &[Label::Place, Label::Mode],
        '🏠' | '🏡' | '🏢' | '💻' => &[Label::Mode],
        '⏰' | '🕐' | '🕒' | '🕘' | '⏱' | '🕓' | '📄' | '📝' | '📃' | '💼' => {
            &[Label::Employment]
        }
        '🛂' => &[Label::Visa],
        '💰' | '💵' | '💶' | '💷' | '💴' | '💸' => &[Label::Pay],
        _ => return None,
    })
}

/// What a label speaks of; `None` for what is no label that we know.
fn label(text: &str) -> Option<&'static [Label]> {
    if text.is_empty() || text.chars().count() > LABEL {
        return None;
    }
    let rules: [(&regex::Regex, &'static [Label]); 9] = [
        (
            pattern!(
                r"^(?:work ?places?|place of work(?:ing)?|(?:job |work(?:ing)? |primary |base |office |posting |role |project )?(?:location|site|campus)s?(?: ?type)?|location\(s\)|office(?: location)?|base(?:d(?: in)?)?|where|lieu(?: de travail)?|sede|ubicaci[oó]n|luogo(?: di lavoro)?|localiza(?:tion|ção)|local(?:isation)?|standort|(?:arbeits|einsatz)?ort|locatie|miejsce pracy|lokalizacja|duty station|placement|zona(?: de trabajo)?|địa điểm|standplaats|plaats|work address|job city|area|town|suburb|branch|outlet|store|facility|plant|hub|school|department location)$"
            ),
            &[Label::Place, Label::Mode],
        ),
        (
            pattern!(
                r"^(?:place(?: of employment)?|address|working place|city|cities|lugar(?: de trabajo)?|city/country|work city)$"
            ),
            &[Label::Place],
        ),
        (
            pattern!(
                r"^(?:(?:work(?:ing|place)?|job|operating|office|attendance)[ -]?(?:mode|model|types?|arrangements?|set-?up|style|policy|setting|pattern|format)|modes?(?: of work(?:ing)?)?|arrangement|on-?site ?/ ?remote|modali(?:dad|dade|ty)(?: de traba(?:jo|lho))?|modelo de trabalho|esquema(?: de trabajo)?|working style|work env\w*|schedule|hybrid(?: set-?up| work(?:ing)?| policy)?|(?:office )?attendance|presence|work(?:ing)? conditions|set-?up)$"
            ),
            &[Label::Mode, Label::Employment],
        ),
        (
            pattern!(
                r"^(?:remote(?: work(?:ing)?| ok| option| possible| policy| status| type| friendly)?\??|home[ -]?office|tele(?:work(?:ing)?|commut\w+)(?: eligible)?|wfh|work from home|smart[ -]?working|télétravail|teletrabajo)$"
            ),
            &[Label::Home],
        ),
        (
            pattern!(
                r"^(?:employment(?: type| status| terms?| basis)?|(?:job|position|contract|engagement|time|work|worker|role|appointment|hire|vacancy|hiring) (?:type|status|term|category)s?|types?(?: of)?(?: job| employment| contract| position| role| work| engagement)?|contract|commitment|engagement|status|(?:working )?hours?|workload|working time|work time|vertragsart|contrat|type de contrat|form(?: of (?:cooperation|employment))?|classification|basis|shift|fte|(?:employment )?tenure|tipo de (?:empleo|contrato)|contrata(?:ção|cion)|regime|jornada|hình thức|contractvorm|dienstverband|umowa|arbeitszeit)$"
            ),
            &[Label::Employment],
        ),
        (pattern!(r"^(?:(?:contract |project )?(?:duration|length|term)|laufzeit)$"), &[Label::Duration]),
        (
            pattern!(
                r"^(?:visas?(?: ?/ ?relocation)?(?: sponsorship| status| support| requirements?)?|sponsorship|work (?:permits?|authori[sz]ation|visa|eligibility|rights?|status)|citizenship(?: status| requirements?)?|eligibility|immigration|(?:visa )?sponsor(?:ed)?\??|relocation (?:and|&) visa)$"
            ),
            &[Label::Visa],
        ),
        (
            pattern!(
                r"^(?:(?:total |work(?:ing)? |required |min(?:imum|\.)? ?|relevant |professional |years of |yrs of |overall |desired |relv )*(?:experiences?|exp|yoe|kinh nghiệm|experiencia|experiência|berufserfahrung|ervaring)(?: required| level| needed| range| in years| \(years\)| \(yrs\))?|years|seniority)$"
            ),
            &[Label::Years],
        ),
        (
            pattern!(
                r"^(?:(?:base |basic |gross |annual |monthly |hourly |starting |estimated |offered |total )*(?:salary|salaries|pay|budget|rate|wages?|compensation|ctc|remuneration|gehalt|vergütung|jahresgehalt|lohn|salaire|rémunération|gratification|sueldo|salario|salário(?: clt)?|faixa salarial|remuneração|stipendio|ral|tarief|salaris|lön|løn|lønn|palkka|wynagrodzenie|widełki|mức lương|gaji|money|base)(?: ?/ ?(?:salary|pay|wage))?(?: range| band| scale| details| per \w+| ?\(.{1,14}\))?)$"
            ),
            &[Label::Pay],
        ),
    ];
    rules.into_iter().find(|(label, _)| label.is_match(text.trim())).map(|(_, labels)| labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_signs_say_what_a_line_is_about() {
        let text = "Role: Rust\n* **Location:** Berlin\n[Visa] Support available\nType: Full-time | Duration: 6 months\n\
                    📍 Lisbon or remote\nWork Mode – WFO, 5 days\nLocation\nPrague\nWe use Go: a language.";
        let fields = Fields::of(text);
        let said = |label| fields.said(label).collect::<Vec<_>>();
        assert_eq!(said(Label::Place), ["Berlin", "Lisbon or remote", "Prague"]);
        assert_eq!(said(Label::Visa), ["Support available"]);
        assert_eq!(said(Label::Employment), ["Full-time", "WFO, 5 days"]);
        assert_eq!(said(Label::Duration), ["6 months"]);
        assert_eq!(said(Label::Mode), ["Berlin", "Lisbon or remote", "WFO, 5 days", "Prague"]);
    }
}
