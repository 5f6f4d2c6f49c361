//! A piece of a place string, between commas, to what it may be: a city, a region, a country or an unknown name.

use super::{Located, push};
use crate::reading::gazetteer::{self, City, key};
use crate::reading::pattern;

/// What a piece between commas may be.
#[derive(Debug, Clone)]
pub(super) enum Atom {
    City(Vec<City>),
    /// A full name or a postal code; codes may be countries too ("CA", "DE").
    Region(Vec<(&'static str, &'static str)>, Option<&'static str>),
    Country(&'static str),
    /// Capitalised words that no table knows: a place only before a state.
    Name(String),
}

/// The atoms of a piece: one as a rule, several where hyphens without spaces join them ("India-Karnataka").
pub(super) fn atoms(part: &str, out: &mut Located) -> Vec<Atom> {
    let whole = atom(part, out);
    if !matches!(whole, None | Some(Atom::Name(_))) {
        return whole.into_iter().collect();
    }
    let pieces: Vec<&str> = part.split('-').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if (2..=5).contains(&pieces.len()) {
        let found: Vec<Atom> = pieces.iter().filter_map(|piece| atom(piece, out)).collect();
        // A country or region says that these are places, and so do two large cities; "Lock-Haven" is one name.
        let large = |atom: &Atom| matches!(atom, Atom::City(cities) if cities[0].people >= 400);
        if found.iter().any(|atom| matches!(atom, Atom::Country(_) | Atom::Region(..)))
            || found.iter().filter(|atom| large(atom)).count() == pieces.len()
        {
            return found;
        }
        // "Berlin-Mitte"
        if let Some(Atom::City(cities)) = atom(pieces[0], out)
            && cities[0].people >= 400
            && pieces[1..].iter().all(|piece| piece.starts_with(char::is_uppercase))
        {
            return vec![Atom::City(cities)];
        }
    }
    let known = well_known(part).or(whole);
    out.unknown |= known.is_none() && says_more(part);
    known.into_iter().collect()
}

/// Whether a piece that is no place holds other words than those of remote work, contracts and areas.
fn says_more(part: &str) -> bool {
    let known = pattern!(
        r"\b(remote(ly)?|hybrid|on-?site|in[ -]?(office|person)|full[ -]?time|part[ -]?time|contract|ok|only|or|first|friendly|possible|visa|local|anywhere|worldwide|global(ly)?|europe(an)?|eu|emea|apac|latam|americas?|north america|namer|asia|nordics?|benelux|dach|and|\d+%|time ?zones?)\b"
    );
    known.replace_all(part, "").chars().any(char::is_alphanumeric)
}

/// The large city that a district, building or quarter is named with: "Boston Drydock", "North Austin". Hospitals,
/// schools and shops are named after cities wherever they stand.
fn well_known(part: &str) -> Option<Atom> {
    if pattern!(r"\b(hospitals?|clinics?|medical|health(care)?|school|university|college|church|stores?|mall|methodist|memorial|bank|county|street|road|avenue|hwy|highway|ave|rd|house|club|airlines?|air|life|press|times|group|inc|llc|ltd|gmbh)\b").is_match(part) {
        return None;
    }
    let words: Vec<&str> = part.split_whitespace().collect();
    if !(2..=4).contains(&words.len()) || !words.iter().all(|word| word.starts_with(char::is_uppercase)) {
        return None;
    }
    let directed = matches!(
        key(words[0]).as_str(),
        "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "inner"
            | "uptown"
            | "midtown"
            | "metropolitan"
    );
    let large = |words: &[&str]| {
        let cities = gazetteer::cities(&key(&words.join(" ")));
        let large = cities.first().is_some_and(|city| city.people >= 400);
        (large && gazetteer::region(&key(&words.join(" "))).is_none()).then(|| Atom::City(cities.to_vec()))
    };
    if directed {
        return large(&words[1..]);
    }
    (1..words.len()).rev().find_map(|count| large(&words[..count]))
}

fn atom(part: &str, out: &mut Located) -> Option<Atom> {
    // The region around San Francisco is named without it more often than not.
    let bay = pattern!(r"^\W*(?:(?:san francisco|sf)\W+)?bay area\W*$").is_match(part);
    let part = if bay { "San Francisco" } else { part };
    // "1020 Wien", "Praha 8", "Paris 9e": the post's numbers of a city.
    let part = pattern!(r"^(?:[A-Z]{1,2}-)?\d{4,6}\s+|\s+\d{1,2}(?:e|er|ème|th)?\s*$").replace_all(part, "");
    // "Perth WA 6000"
    let part = pattern!(r"\b((?-i:[A-Z]{2,3}))\s+\d{4}$").replace(&part, "$1");
    let part = &*part;
    let part = pattern!(r"\b(remote(ly)?|anywhere in|hybrid|on-?site|in[ -]office|in[ -]person|office|hq|headquarters|greater|metro(politan)?( area)?|area|region|city of|based|preferred|only|within|from|with|in|the|fully|work|home|wfh|flexible|usa?-based|downtown|locations?|offices|local|locally|regional|nationwide|pan|nationally|countrywide|various|multiple|field position|wide|\d+%|\d{5}(-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b")
        .replace_all(part, " ");
    let part = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let key = key(part);
    if key.is_empty() {
        return None;
    }
    if let Some(area) = gazetteer::area(&key) {
        push(&mut out.areas, area);
        return None;
    }
    match key.as_str() {
        "north america" | "namer" => {
            push(&mut out.areas, "US");
            push(&mut out.areas, "CA");
            return None;
        }
        "dach" => {
            for country in ["DE", "AT", "CH"] {
                push(&mut out.areas, country);
            }
            return None;
        }
        "nordics" | "nordic" | "the nordics" | "scandinavia" => {
            for country in ["SE", "NO", "DK", "FI"] {
                push(&mut out.areas, country);
            }
            return None;
        }
        "benelux" => {
            for country in ["BE", "NL", "LU"] {
                push(&mut out.areas, country);
            }
            return None;
        }
        "singapore" | "hong kong" => return Some(Atom::City(gazetteer::cities(&key)[..1].to_vec())),
        "washington dc" | "washington d c" => {
            return Some(Atom::City(gazetteer::cities("washington dc")[..1].to_vec()));
        }
        "new york" | "washington" | "mexico" | "luxembourg" | "quebec" | "georgia" | "guatemala"
        | "panama" => {}
        _ => {
            if let Some(country) = gazetteer::country(&key) {
                return Some(Atom::Country(country));
            }
        }
    }
    // "Halifax, West Yorkshire": counties are in no table, and towns abroad are called like theirs.
    if key.ends_with("shire") && key != "new hampshire" {
        return Some(Atom::Country("GB"));
    }
    if let Some((country, _)) = COUNTIES.iter().find(|(_, names)| names.contains(&key.as_str())) {
        return Some(Atom::Country(country));
    }
    if let Some((_, city)) = AIRPORTS.iter().find(|(code, _)| *code == part) {
        return Some(Atom::City(gazetteer::cities(&self::key(city)).first().copied().into_iter().collect()));
    }
    let trimmed = part.replace('.', "");
    let regions = gazetteer::region_code(trimmed.trim());
    let country = gazetteer::country_code(trimmed.trim());
    if !regions.is_empty() || country.is_some() {
        return Some(match (regions.is_empty(), country) {
            (true, Some(country)) => Atom::Country(country),
            (_, country) => Atom::Region(regions, country),
        });
    }
    let cities = gazetteer::cities(&key);
    if !cities.is_empty()
        && (gazetteer::region(&key).is_none() || matches!(key.as_str(), "new york" | "washington"))
        && !EVERYDAY.contains(&key.as_str())
    {
        return Some(Atom::City(cities.to_vec()));
    }
    if let Some(region) = gazetteer::region(&key) {
        return Some(Atom::Region(vec![region], gazetteer::country(&key)));
    }
    if let Some(country) = gazetteer::country(&key) {
        return Some(Atom::Country(country));
    }
    // "Austin TX", "Berlin Germany", "San Francisco CA": without a comma.
    if let Some((head, tail)) = part.rsplit_once(' ') {
        let tail_key = self::key(tail);
        let place = gazetteer::cities(&self::key(head));
        if !place.is_empty() {
            let narrowed: Vec<City> =
                if let Some(country) = gazetteer::country(&tail_key).or(gazetteer::country_code(tail)) {
                    place.iter().filter(|city| city.country == country).copied().collect()
                } else {
                    Vec::new()
                };
            if !narrowed.is_empty() {
                return Some(Atom::City(narrowed));
            }
            let regions = gazetteer::region_code(tail);
            let narrowed: Vec<City> =
                place.iter().filter(|city| regions.contains(&(city.region, city.country))).copied().collect();
            if !narrowed.is_empty() {
                return Some(Atom::City(narrowed));
            }
        }
    }
    let proper = part.split_whitespace().all(|word| {
        word.starts_with(|c: char| c.is_uppercase())
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\''))
    });
    (proper && part.split_whitespace().count() <= 3 && part.chars().count() >= 3)
        .then(|| Atom::Name(part.to_owned()))
}

/// Regions of which no more is told than their country: counties of the United Kingdom that do not end as most do, states
/// and provinces that stand behind cities on boards of their country.
#[rustfmt::skip]
const COUNTIES: &[(&str, &[&str])] = &[
    ("GB", &[
        "kent", "surrey", "essex", "east sussex", "west sussex", "sussex", "norfolk", "suffolk", "devon", "cornwall",
        "dorset", "somerset", "merseyside", "greater manchester", "west midlands", "east midlands", "tyne and wear",
        "cumbria", "county durham", "middlesex", "county antrim", "fife", "lothian", "gwent", "dyfed",
    ]),
    ("DE", &[
        "bavaria", "bayern", "baden wurttemberg", "nrw", "north rhine westphalia", "nordrhein westfalen", "hesse",
        "hessen", "lower saxony", "niedersachsen", "saxony", "sachsen", "saxony anhalt", "sachsen anhalt", "thuringia",
        "thuringen", "rhineland palatinate", "rheinland pfalz", "saarland", "schleswig holstein", "mecklenburg vorpommern",
    ]),
    ("FR", &[
        "ile de france", "auvergne rhone alpes", "occitanie", "nouvelle aquitaine", "hauts de france", "grand est",
        "bretagne", "brittany", "normandie", "normandy", "pays de la loire", "provence alpes cote dazur", "paca",
    ]),
    ("ES", &["catalonia", "catalunya", "cataluna", "andalusia", "andalucia", "comunidad de madrid", "pais vasco", "basque country"]),
    ("IT", &["lombardy", "lombardia", "lazio", "piedmont", "piemonte", "veneto", "emilia romagna", "tuscany", "toscana", "campania", "puglia"]),
    ("PL", &[
        "mazowieckie", "masovian", "malopolskie", "dolnoslaskie", "wielkopolskie", "slaskie", "pomorskie", "lodzkie",
        "lubelskie", "podkarpackie", "zachodniopomorskie", "kujawsko pomorskie", "podlaskie", "warminsko mazurskie", "opolskie",
    ]),
    ("NL", &["north holland", "noord holland", "south holland", "zuid holland", "north brabant", "noord brabant", "gelderland", "overijssel", "flevoland"]),
    ("BE", &["flanders", "vlaanderen", "wallonia", "wallonie"]),
    ("CH", &["vaud", "aargau", "ticino", "canton of zurich"]),
    ("AT", &["tyrol", "tirol", "styria", "steiermark", "upper austria", "oberosterreich", "carinthia", "karnten"]),
    ("SE", &["skane", "vastra gotaland", "stockholms lan", "ostergotland"]),
    ("ZA", &["gauteng", "western cape", "eastern cape", "northern cape", "kwazulu natal", "kzn", "mpumalanga", "limpopo"]),
    ("BR", &["minas gerais", "parana", "santa catarina", "rio grande do sul", "bahia", "pernambuco", "ceara", "goias", "espirito santo"]),
    ("MX", &["jalisco", "nuevo leon", "estado de mexico", "edomex", "baja california", "sonora", "guanajuato"]),
    ("PH", &["ncr", "national capital region", "calabarzon", "cavite", "laguna", "bulacan", "pampanga", "central luzon"]),
    ("ID", &["dki jakarta", "west java", "jawa barat", "central java", "jawa tengah", "east java", "jawa timur", "banten"]),
    ("MY", &["selangor", "penang", "pulau pinang", "johor", "sabah", "sarawak", "perak", "wilayah persekutuan"]),
    ("PK", &["sindh", "khyber pakhtunkhwa", "kpk"]),
    ("NG", &["lagos state", "oyo state", "ogun state", "rivers state", "kaduna state", "enugu state"]),
    ("KE", &["nairobi county", "mombasa county", "kiambu county"]),
    ("NZ", &["waikato", "otago", "bay of plenty", "taranaki", "hawkes bay"]),
    ("IE", &["county dublin", "co dublin", "county cork", "co cork", "county galway", "co galway"]),
    ("JP", &["kanagawa", "aichi", "hyogo", "kanagawa prefecture", "aichi prefecture"]),
];

/// Words that are names of small towns and of much else.
#[rustfmt::skip]
pub(super) const EVERYDAY: &[&str] = &[
    "mobile", "remote", "home", "central", "enterprise", "engineering", "sales", "product", "field", "market",
    "best", "union", "liberty", "independence", "reading", "bath", "nice", "orange", "normal", "university",
    "of", "most", "hub", "campus", "studio", "north", "south", "east", "west", "brand", "data", "bar",
    "split", "male", "mall", "coming", "clerk", "cloud", "general", "security", "design", "support",
    "operations", "internal", "full", "global", "open", "other", "various", "headquarters", "america",
    "americas", "opportunity", "national", "northwest", "southwest", "salt", "sandy", "wedding", "meridian",
];

/// Codes in capitals that stand for cities: airports (IATA) and two that cities call themselves. Codes that are also
/// countries' or common words are left out.
#[rustfmt::skip]
const AIRPORTS: &[(&str, &str)] = &[
    ("ATX", "austin"), ("LDN", "london"), ("LHR", "london"), ("LGW", "london"), ("SEA", "seattle"), ("PDX", "portland"),
    ("SFO", "san francisco"), ("OAK", "oakland"), ("SJC", "san jose"), ("LAX", "los angeles"), ("SAN", "san diego"),
    ("DEN", "denver"), ("DFW", "dallas"), ("IAH", "houston"), ("ORD", "chicago"), ("ATL", "atlanta"), ("MIA", "miami"),
    ("BOS", "boston"), ("JFK", "new york"), ("LGA", "new york"), ("EWR", "newark"), ("PHL", "philadelphia"),
    ("DCA", "washington dc"), ("IAD", "washington dc"), ("SLC", "salt lake city"), ("PHX", "phoenix"),
    ("LAS", "las vegas"), ("MSP", "minneapolis"), ("DTW", "detroit"), ("BNA", "nashville"), ("YYZ", "toronto"),
    ("YVR", "vancouver"), ("YUL", "montreal"), ("YOW", "ottawa"), ("YYC", "calgary"), ("CDG", "paris"),
    ("BER", "berlin"), ("MUC", "munich"), ("HAM", "hamburg"), ("ZRH", "zurich"), ("GVA", "geneva"), ("VIE", "vienna"),
    ("ARN", "stockholm"), ("CPH", "copenhagen"), ("OSL", "oslo"), ("HEL", "helsinki"), ("DUB", "dublin"),
    ("MAD", "madrid"), ("BCN", "barcelona"), ("LIS", "lisbon"), ("WAW", "warsaw"), ("PRG", "prague"),
    ("BUD", "budapest"), ("TLV", "tel aviv"), ("DXB", "dubai"), ("BLR", "bengaluru"), ("BOM", "mumbai"),
    ("DEL", "delhi"), ("HYD", "hyderabad"), ("MAA", "chennai"), ("PNQ", "pune"), ("SIN", "singapore"),
    ("HKG", "hong kong"), ("NRT", "tokyo"), ("HND", "tokyo"), ("ICN", "seoul"), ("SYD", "sydney"),
    ("MEL", "melbourne"), ("AKL", "auckland"), ("GRU", "sao paulo"), ("EZE", "buenos aires"),
];
