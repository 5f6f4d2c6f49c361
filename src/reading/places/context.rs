//! A city whose name several countries have, settled by the country that the rest of the text speaks of.

use std::collections::BTreeMap;

use super::Located;
use crate::domain::place::Place;
use crate::reading::gazetteer::City;
use crate::reading::pattern;

/// Whether cities of several countries have this name.
pub(super) fn is_abroad_too(cities: &[City]) -> bool {
    cities.iter().any(|city| city.country != cities[0].country)
}

/// Moves a city to the country that the texts speak of, if they say nothing of the country of the largest of its name:
/// "Hamilton", with a word of KiwiSaver.
pub(super) fn by_context(located: &mut Located, title: &str, texts: [&str; 2]) {
    let words = located.words.clone();
    let mut known: BTreeMap<String, Option<bool>> = BTreeMap::new();
    // `None` for countries whose words we do not know. Each text is looked through once for a country.
    let mut told = |country: &str| {
        *known.entry(country.to_owned()).or_insert_with(|| {
            let said = words_of(country)?;
            Some([title, &words].into_iter().chain(texts).any(|text| said.is_match(text)))
        })
    };
    for (place, cities) in std::mem::take(&mut located.alone) {
        let Some(at) = located.places.iter().position(|known| *known == place) else { continue };
        if place.country.as_deref().is_none_or(|country| told(country) != Some(false)) {
            continue;
        }
        // Of Paris nobody means the one in Texas without saying so.
        let mut like = cities.iter().filter(|city| city.people * 10 >= cities[0].people);
        if let Some(city) = like.find(|city| told(city.country) == Some(true)) {
            located.places[at] = Place {
                city: Some(city.name.to_owned()),
                region: (!city.region.is_empty()).then(|| city.region.to_owned()),
                country: Some(city.country.to_owned()),
            };
        }
    }
}

/// The words that only people of a country use: its name, money, laws and addresses.
fn words_of(country: &str) -> Option<&'static regex::Regex> {
    Some(match country {
        "US" => pattern!(r"\b(?:USA?|U\.S\.A?\.?|american|401 ?\(?k\)?|403 ?\(?b\)?|W-?2|PTO)\b|\.us\b"),
        "CA" => pattern!(r"\b(?:canad(?:a|ian)s?|CAD|RRSP|ontario|alberta)\b|\.ca\b|\bC\$"),
        "GB" => pattern!(r"\b(?:UK|britain|british|NHS|IR35|BPSS|england|scotland|wales)\b|£|\.uk\b"),
        "AU" => pattern!(
            r"\b(?:australian?s?|aussie|super(?:annuation)?|AUD|NSW|QLD|victoria|pty|melbourne|sydney)\b|\bA\$|\.au\b"
        ),
        "NZ" => pattern!(r"\b(?:new zealand|kiwi\w*|NZ|NZD|aotearoa|waikato|auckland)\b|\bNZ\$|\.nz\b"),
        "IE" => pattern!(r"\b(?:ireland|irish)\b|\.ie\b"),
        "IN" => pattern!(r"\b(?:indian?|INR|LPA|lakhs?|crores?|CTC)\b|₹|\.in\b"),
        "PK" => pattern!(r"\b(?:pakistani?|PKR|lahore|karachi|islamabad)\b|\.pk\b"),
        "NP" => pattern!(r"\b(?:nepali?|NPR|kathmandu|dashain)\b|\.np\b"),
        "PH" => pattern!(r"\b(?:philippines?|filipino|PHP ?\d|HMO|manila)\b|₱|\.ph\b"),
        "ZA" => pattern!(r"\b(?:south africa\w*|ZAR|R ?\d\d[ \d]*\d{3}|johannesburg|cape town)\b|\.za\b"),
        "MX" => pattern!(r"\b(?:mexic(?:o|an)s?|MXN|aguinaldo|CDMX)\b|\.mx\b"),
        "ES" => pattern!(r"\b(?:spain|spanish company|españa)\b|\.es\b"),
        "AR" => pattern!(r"\b(?:argentin(?:a|e)s?|ARS|buenos aires)\b|\.ar\b"),
        "CL" => pattern!(r"\b(?:chilean?|CLP)\b|\.cl\b"),
        "CO" => pattern!(r"\b(?:colombian?s?|COP)\b"),
        "BR" => pattern!(r"\b(?:bra[sz]il\w*|BRL|CLT|PJ)\b|R\$|\.br\b"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::domain::posting::Posting;
    use crate::reading::fields::Fields;

    #[test]
    fn the_country_that_a_text_speaks_of_has_the_city() {
        let of = |place: &str, text: &str| {
            let posting = Posting { locations: vec![place.to_owned()], ..Posting::default() };
            let located = read(&posting, &[], &Fields::default(), [text, ""]);
            located.places.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(of("Hamilton", "We sell tea."), "Hamilton, ON, CA");
        assert_eq!(of("Hamilton", "With KiwiSaver."), "Hamilton, NZ");
        assert_eq!(of("Hamilton, ON", "With KiwiSaver."), "Hamilton, ON, CA");
        assert_eq!(of("Lahore, Punjab, Pakistan", ""), "Lahore, PK");
        assert_eq!(of("Recife - PE", ""), "Recife, BR");
    }
}
