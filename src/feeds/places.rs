//! Places from structured fields: country and region names to codes. Prose and free text are read elsewhere.

use serde_json::Value;

use super::json;
use crate::domain::place::Place;
use crate::domain::text::fold;

/// The place of separate fields for city, region and country (name or code); `None` when nothing is known. A
/// country that is no country is left out, so that "European Union" does not become a place.
pub(super) fn place(city: Option<&str>, region: Option<&str>, country: Option<&str>) -> Option<Place> {
    let country = country.and_then(country_code).map(str::to_owned);
    let region = region.and_then(json::clean).and_then(|name| region_name(country.as_deref(), name));
    let city = city.and_then(json::clean);
    let place = Place { city, region, country };
    (place != Place::default()).then_some(place)
}

/// The same for an object whose keys for city, region and country are given.
pub(super) fn from_object(value: &Value, keys: [&str; 3]) -> Option<Place> {
    let [city, region, country] = keys.map(|key| value.get(key).and_then(Value::as_str));
    place(city, region, country)
}

/// ISO 3166-1 alpha-2 of a country's name or code in any case.
pub(super) fn country_code(text: &str) -> Option<&'static str> {
    let key = key(text);
    COUNTRIES
        .iter()
        .find(|(name, code)| *name == key || key.eq_ignore_ascii_case(code))
        .map(|(_, code)| *code)
}

/// The area of [`crate::domain::place::AREAS`] that a field for countries names in place of one.
pub(super) fn area(text: &str) -> Option<&'static str> {
    Some(match key(text).as_str() {
        "eu" | "european union" => "EU",
        "europe" => "Europe",
        "emea" => "EMEA",
        "americas" | "the americas" => "Americas",
        "latam" | "latin america" => "LATAM",
        "apac" | "asia pacific" => "APAC",
        "world" | "worldwide" | "global" | "anywhere" => "world",
        _ => return None,
    })
}

/// A region by its postal code where its country has such, else by the name given.
fn region_name(country: Option<&str>, name: String) -> Option<String> {
    let Some((_, regions)) = REGIONS.iter().find(|(code, _)| Some(*code) == country) else {
        // Boards fill the region with the country when there is none.
        return (country.is_none() || country_code(&name) != country).then_some(name);
    };
    let key = key(&name);
    let known = regions.iter().find(|(full, code)| *full == key || key.eq_ignore_ascii_case(code));
    match known {
        Some((_, code)) => Some((*code).to_owned()),
        None if country_code(&name) == country => None,
        None => Some(name),
    }
}

/// Folded, without points and apostrophes, other marks as spaces: "U.S.A." → "usa".
fn key(text: &str) -> String {
    let folded: String = fold(text)
        .chars()
        .filter(|c| !matches!(c, '.' | '\'' | '’'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

const COUNTRIES: &[(&str, &str)] = &[
    ("andorra", "AD"),
    ("united arab emirates", "AE"),
    ("uae", "AE"),
    ("afghanistan", "AF"),
    ("antigua and barbuda", "AG"),
    ("albania", "AL"),
    ("armenia", "AM"),
    ("angola", "AO"),
    ("argentina", "AR"),
    ("austria", "AT"),
    ("osterreich", "AT"),
    ("australia", "AU"),
    ("aruba", "AW"),
    ("azerbaijan", "AZ"),
    ("bosnia and herzegovina", "BA"),
    ("bosnia", "BA"),
    ("barbados", "BB"),
    ("bangladesh", "BD"),
    ("belgium", "BE"),
    ("belgique", "BE"),
    ("belgie", "BE"),
    ("burkina faso", "BF"),
    ("bulgaria", "BG"),
    ("bahrain", "BH"),
    ("burundi", "BI"),
    ("benin", "BJ"),
    ("bermuda", "BM"),
    ("brunei", "BN"),
    ("bolivia", "BO"),
    ("brazil", "BR"),
    ("brasil", "BR"),
    ("bahamas", "BS"),
    ("the bahamas", "BS"),
    ("bhutan", "BT"),
    ("botswana", "BW"),
    ("belarus", "BY"),
    ("belize", "BZ"),
    ("canada", "CA"),
    ("democratic republic of the congo", "CD"),
    ("dr congo", "CD"),
    ("central african republic", "CF"),
    ("congo", "CG"),
    ("republic of the congo", "CG"),
    ("switzerland", "CH"),
    ("schweiz", "CH"),
    ("suisse", "CH"),
    ("ivory coast", "CI"),
    ("cote divoire", "CI"),
    ("chile", "CL"),
    ("cameroon", "CM"),
    ("china", "CN"),
    ("pr china", "CN"),
    ("peoples republic of china", "CN"),
    ("colombia", "CO"),
    ("costa rica", "CR"),
    ("cuba", "CU"),
    ("cape verde", "CV"),
    ("cabo verde", "CV"),
    ("cyprus", "CY"),
    ("czech republic", "CZ"),
    ("czechia", "CZ"),
    ("germany", "DE"),
    ("deutschland", "DE"),
    ("djibouti", "DJ"),
    ("denmark", "DK"),
    ("danmark", "DK"),
    ("dominica", "DM"),
    ("dominican republic", "DO"),
    ("algeria", "DZ"),
    ("ecuador", "EC"),
    ("estonia", "EE"),
    ("egypt", "EG"),
    ("eritrea", "ER"),
    ("spain", "ES"),
    ("espana", "ES"),
    ("ethiopia", "ET"),
    ("finland", "FI"),
    ("suomi", "FI"),
    ("fiji", "FJ"),
    ("faroe islands", "FO"),
    ("france", "FR"),
    ("gabon", "GA"),
    ("united kingdom", "GB"),
    ("uk", "GB"),
    ("great britain", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("northern ireland", "GB"),
    ("united kingdom of great britain and northern ireland", "GB"),
    ("grenada", "GD"),
    ("georgia", "GE"),
    ("guernsey", "GG"),
    ("ghana", "GH"),
    ("gibraltar", "GI"),
    ("gambia", "GM"),
    ("the gambia", "GM"),
    ("guinea", "GN"),
    ("equatorial guinea", "GQ"),
    ("greece", "GR"),
    ("guatemala", "GT"),
    ("guinea bissau", "GW"),
    ("guyana", "GY"),
    ("hong kong", "HK"),
    ("hong kong sar", "HK"),
    ("honduras", "HN"),
    ("croatia", "HR"),
    ("haiti", "HT"),
    ("hungary", "HU"),
    ("indonesia", "ID"),
    ("ireland", "IE"),
    ("republic of ireland", "IE"),
    ("israel", "IL"),
    ("isle of man", "IM"),
    ("india", "IN"),
    ("iraq", "IQ"),
    ("iran", "IR"),
    ("iceland", "IS"),
    ("italy", "IT"),
    ("italia", "IT"),
    ("jersey", "JE"),
    ("jamaica", "JM"),
    ("jordan", "JO"),
    ("japan", "JP"),
    ("kenya", "KE"),
    ("kyrgyzstan", "KG"),
    ("cambodia", "KH"),
    ("comoros", "KM"),
    ("saint kitts and nevis", "KN"),
    ("south korea", "KR"),
    ("korea", "KR"),
    ("republic of korea", "KR"),
    ("korea republic of", "KR"),
    ("kuwait", "KW"),
    ("cayman islands", "KY"),
    ("kazakhstan", "KZ"),
    ("laos", "LA"),
    ("lebanon", "LB"),
    ("saint lucia", "LC"),
    ("liechtenstein", "LI"),
    ("sri lanka", "LK"),
    ("liberia", "LR"),
    ("lesotho", "LS"),
    ("lithuania", "LT"),
    ("luxembourg", "LU"),
    ("latvia", "LV"),
    ("libya", "LY"),
    ("morocco", "MA"),
    ("monaco", "MC"),
    ("moldova", "MD"),
    ("montenegro", "ME"),
    ("madagascar", "MG"),
    ("north macedonia", "MK"),
    ("macedonia", "MK"),
    ("mali", "ML"),
    ("myanmar", "MM"),
    ("mongolia", "MN"),
    ("macau", "MO"),
    ("macao", "MO"),
    ("mauritania", "MR"),
    ("malta", "MT"),
    ("mauritius", "MU"),
    ("maldives", "MV"),
    ("malawi", "MW"),
    ("mexico", "MX"),
    ("mexico", "MX"),
    ("malaysia", "MY"),
    ("mozambique", "MZ"),
    ("namibia", "NA"),
    ("niger", "NE"),
    ("nigeria", "NG"),
    ("nicaragua", "NI"),
    ("netherlands", "NL"),
    ("the netherlands", "NL"),
    ("holland", "NL"),
    ("nederland", "NL"),
    ("norway", "NO"),
    ("norge", "NO"),
    ("nepal", "NP"),
    ("new zealand", "NZ"),
    ("oman", "OM"),
    ("panama", "PA"),
    ("peru", "PE"),
    ("papua new guinea", "PG"),
    ("philippines", "PH"),
    ("the philippines", "PH"),
    ("pakistan", "PK"),
    ("poland", "PL"),
    ("polska", "PL"),
    ("puerto rico", "PR"),
    ("palestine", "PS"),
    ("portugal", "PT"),
    ("paraguay", "PY"),
    ("qatar", "QA"),
    ("romania", "RO"),
    ("serbia", "RS"),
    ("russia", "RU"),
    ("russian federation", "RU"),
    ("rwanda", "RW"),
    ("saudi arabia", "SA"),
    ("kingdom of saudi arabia", "SA"),
    ("seychelles", "SC"),
    ("sudan", "SD"),
    ("sweden", "SE"),
    ("sverige", "SE"),
    ("singapore", "SG"),
    ("slovenia", "SI"),
    ("slovakia", "SK"),
    ("sierra leone", "SL"),
    ("san marino", "SM"),
    ("senegal", "SN"),
    ("somalia", "SO"),
    ("suriname", "SR"),
    ("south sudan", "SS"),
    ("sao tome and principe", "ST"),
    ("el salvador", "SV"),
    ("syria", "SY"),
    ("eswatini", "SZ"),
    ("swaziland", "SZ"),
    ("chad", "TD"),
    ("togo", "TG"),
    ("thailand", "TH"),
    ("tajikistan", "TJ"),
    ("turkmenistan", "TM"),
    ("tunisia", "TN"),
    ("turkey", "TR"),
    ("turkiye", "TR"),
    ("trinidad and tobago", "TT"),
    ("taiwan", "TW"),
    ("tanzania", "TZ"),
    ("ukraine", "UA"),
    ("uganda", "UG"),
    ("united states", "US"),
    ("united states of america", "US"),
    ("usa", "US"),
    ("us", "US"),
    ("usa", "US"),
    ("america", "US"),
    ("uruguay", "UY"),
    ("uzbekistan", "UZ"),
    ("vatican city", "VA"),
    ("saint vincent and the grenadines", "VC"),
    ("venezuela", "VE"),
    ("vietnam", "VN"),
    ("viet nam", "VN"),
    ("kosovo", "XK"),
    ("yemen", "YE"),
    ("south africa", "ZA"),
    ("zambia", "ZM"),
    ("zimbabwe", "ZW"),
];

/// The regions that have postal codes, by country.
const REGIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "US",
        &[
            ("alabama", "AL"),
            ("alaska", "AK"),
            ("arizona", "AZ"),
            ("arkansas", "AR"),
            ("california", "CA"),
            ("colorado", "CO"),
            ("connecticut", "CT"),
            ("delaware", "DE"),
            ("district of columbia", "DC"),
            ("washington dc", "DC"),
            ("washington dc", "DC"),
            ("florida", "FL"),
            ("georgia", "GA"),
            ("hawaii", "HI"),
            ("idaho", "ID"),
            ("illinois", "IL"),
            ("indiana", "IN"),
            ("iowa", "IA"),
            ("kansas", "KS"),
            ("kentucky", "KY"),
            ("louisiana", "LA"),
            ("maine", "ME"),
            ("maryland", "MD"),
            ("massachusetts", "MA"),
            ("michigan", "MI"),
            ("minnesota", "MN"),
            ("mississippi", "MS"),
            ("missouri", "MO"),
            ("montana", "MT"),
            ("nebraska", "NE"),
            ("nevada", "NV"),
            ("new hampshire", "NH"),
            ("new jersey", "NJ"),
            ("new mexico", "NM"),
            ("new york", "NY"),
            ("north carolina", "NC"),
            ("north dakota", "ND"),
            ("ohio", "OH"),
            ("oklahoma", "OK"),
            ("oregon", "OR"),
            ("pennsylvania", "PA"),
            ("rhode island", "RI"),
            ("south carolina", "SC"),
            ("south dakota", "SD"),
            ("tennessee", "TN"),
            ("texas", "TX"),
            ("utah", "UT"),
            ("vermont", "VT"),
            ("virginia", "VA"),
            ("washington", "WA"),
            ("west virginia", "WV"),
            ("wisconsin", "WI"),
            ("wyoming", "WY"),
        ],
    ),
    (
        "CA",
        &[
            ("alberta", "AB"),
            ("british columbia", "BC"),
            ("manitoba", "MB"),
            ("new brunswick", "NB"),
            ("newfoundland and labrador", "NL"),
            ("nova scotia", "NS"),
            ("northwest territories", "NT"),
            ("nunavut", "NU"),
            ("ontario", "ON"),
            ("prince edward island", "PE"),
            ("quebec", "QC"),
            ("quebec", "QC"),
            ("saskatchewan", "SK"),
            ("yukon", "YT"),
        ],
    ),
    (
        "AU",
        &[
            ("australian capital territory", "ACT"),
            ("new south wales", "NSW"),
            ("northern territory", "NT"),
            ("queensland", "QLD"),
            ("south australia", "SA"),
            ("tasmania", "TAS"),
            ("victoria", "VIC"),
            ("western australia", "WA"),
        ],
    ),
    (
        "IN",
        &[
            ("andhra pradesh", "AP"),
            ("assam", "AS"),
            ("bihar", "BR"),
            ("chhattisgarh", "CG"),
            ("chandigarh", "CH"),
            ("delhi", "DL"),
            ("new delhi", "DL"),
            ("goa", "GA"),
            ("gujarat", "GJ"),
            ("himachal pradesh", "HP"),
            ("haryana", "HR"),
            ("jharkhand", "JH"),
            ("jammu and kashmir", "JK"),
            ("karnataka", "KA"),
            ("kerala", "KL"),
            ("maharashtra", "MH"),
            ("madhya pradesh", "MP"),
            ("odisha", "OD"),
            ("punjab", "PB"),
            ("rajasthan", "RJ"),
            ("telangana", "TG"),
            ("tamil nadu", "TN"),
            ("uttarakhand", "UK"),
            ("uttar pradesh", "UP"),
            ("west bengal", "WB"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(city: &str, region: &str, country: &str) -> String {
        place(Some(city), Some(region), Some(country)).map(|place| place.to_string()).unwrap_or_default()
    }

    #[test]
    fn countries_and_regions_come_down_to_codes() {
        assert_eq!(text("San Francisco ", "California ", "USA"), "San Francisco, CA, US");
        assert_eq!(text("New York City", "NY", "United States of America"), "New York City, NY, US");
        assert_eq!(text("Toronto", "ontario", "Canada"), "Toronto, ON, CA");
        assert_eq!(text("Zürich", "", "Switzerland"), "Zürich, CH");
        assert_eq!(text("Paris", "Île-de-France", "fr"), "Paris, Île-de-France, FR");
        assert_eq!(text("", "Germany", "Germany"), "DE");
    }

    #[test]
    fn georgia_is_a_state_in_the_states_and_a_country_elsewhere() {
        assert_eq!(text("Atlanta", "Georgia", "United States"), "Atlanta, GA, US");
        assert_eq!(text("Tbilisi", "", "Georgia"), "Tbilisi, GE");
    }

    #[test]
    fn what_is_no_country_is_no_place_but_may_be_an_area() {
        assert_eq!(place(Some(" "), None, Some("European Union")), None);
        assert_eq!(area("European Union"), Some("EU"));
        assert_eq!(area("Berlin"), None);
    }

    #[test]
    fn tables_hold_their_keys_in_the_form_that_is_looked_up() {
        for (name, code) in COUNTRIES.iter().chain(REGIONS.iter().flat_map(|(_, regions)| regions.iter())) {
            assert_eq!(*name, key(name));
            assert!((2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase()));
        }
    }
}
