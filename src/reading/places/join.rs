//! Pieces of a place string to places: a region or country behind a city narrows it.

use super::atoms::Atom;
use crate::domain::place::Place;
use crate::reading::gazetteer::{City, key, region};

/// The place at the start of `atoms`, and how many of them it takes.
pub(super) fn take(atoms: &[Atom]) -> (Option<Place>, usize) {
    let place = |city: Option<&str>, region: &str, country: Option<&str>| {
        Some(Place {
            city: city.map(str::to_owned),
            region: (!region.is_empty()).then(|| region.to_owned()),
            country: country.map(str::to_owned),
        })
    };
    match atoms {
        // "Hai Chau, Da Nang", "Canary Wharf, London": a quarter.
        [Atom::City(quarter), Atom::City(cities), ..] if is_within(quarter, cities) => {
            let (place, used) = take(&atoms[1..]);
            (place, used + 1)
        }
        [Atom::City(cities), rest @ ..] => {
            let mut candidates = cities.clone();
            let mut used = 1;
            for next in rest.iter().take(2) {
                let fits = |city: &City| match next {
                    Atom::Region(regions, country) => {
                        regions.contains(&(city.region, city.country)) || *country == Some(city.country)
                    }
                    Atom::Country(country) => city.country == *country,
                    // "New York, New York"; "Luxembourg, Luxembourg"; "Seattle, Washington": a state's name too.
                    Atom::City(others) => {
                        used == 1
                            && others.first().is_some_and(|other| {
                                other.name == city.name
                                    || region(&key(other.name)) == Some((city.region, city.country))
                            })
                    }
                    Atom::Name(_) => false,
                };
                let narrowed: Vec<City> = candidates.iter().filter(|city| fits(city)).copied().collect();
                if narrowed.is_empty() {
                    // A country or state that none of the known cities lies in: believe the text, unless the state is
                    // one of the city's own country, which no table of ours holds: "Recife - PE", "Lahore, Punjab, Pakistan".
                    if let (Atom::Region(regions, _), 1) = (next, used)
                        && let Some((region, country)) = regions.first()
                    {
                        let city = cities[0];
                        let named = matches!(rest.get(1), Some(Atom::Country(of)) if *of == city.country);
                        let own =
                            OWN_CODES.contains(&city.country) && city.people >= 100 && region.len() == 2;
                        if named || own {
                            return (
                                place(Some(city.name), city.region, Some(city.country)),
                                2 + usize::from(named),
                            );
                        }
                        return (place(Some(cities[0].name), region, Some(country)), 2);
                    }
                    break;
                }
                candidates = narrowed;
                used += 1;
            }
            let city = candidates[0];
            // "Paris" alone is the big one; a village's name alone is too little to be sure.
            if used == 1 && city.people < 30 && cities.len() > 2 {
                return (None, 1);
            }
            (place(Some(city.name), city.region, Some(city.country)), used)
        }
        [Atom::Name(name), Atom::Region(regions, _), rest @ ..] => {
            let more = usize::from(matches!(rest.first(), Some(Atom::Country(_))));
            match regions.first() {
                Some((region, country)) => (place(Some(name), region, Some(country)), 2 + more),
                None => (None, 2),
            }
        }
        [Atom::Name(name), Atom::Country(country), ..] if !matches!(*country, "US") => {
            // "Lower Saxony, Germany" is a region, "Garching, Germany" a town; only towns of the table are cities.
            let _ = name;
            (place(None, "", Some(country)), 2)
        }
        // "US, Minnesota, Maplewood", "GB-London": from the wide to the narrow.
        [Atom::Country(country), Atom::Region(regions, _), ..]
            if regions.iter().any(|(_, of)| of == country) =>
        {
            let mut inside = atoms[1..].to_vec();
            inside[0] = Atom::Region(regions.iter().filter(|(_, of)| of == country).copied().collect(), None);
            let (place, used) = take(&inside);
            (place, used + 1)
        }
        [Atom::Country(country), Atom::City(cities), rest @ ..]
            if !matches!(rest.first(), Some(Atom::Region(..) | Atom::Country(_)))
                && within(cities, |city| city.country == *country).is_some() =>
        {
            let city = within(cities, |city| city.country == *country).unwrap_or(cities[0]);
            (place(Some(city.name), city.region, Some(city.country)), 2)
        }
        [Atom::Region(regions, _), Atom::City(cities), rest @ ..]
            if !matches!(rest.first(), Some(Atom::Region(..)))
                && within(cities, |city| regions.contains(&(city.region, city.country))).is_some() =>
        {
            let fits = |city: &City| regions.contains(&(city.region, city.country));
            let city = within(cities, fits).unwrap_or(cities[0]);
            (place(Some(city.name), city.region, Some(city.country)), 2)
        }
        [Atom::Region(regions, country), rest @ ..] => {
            let state = regions.first().copied();
            match (state, country, rest.first()) {
                (Some((code, of)), _, Some(Atom::Country(next))) if of == *next => {
                    (place(None, code, Some(of)), 2)
                }
                // "CA" or "IN" alone is a country as likely as a state; two letters alone say too little.
                (Some((code, _)), Some(country), _)
                    if code.len() == 2 && matches!(*country, "CA" | "IN" | "DE" | "GB" | "AU") =>
                {
                    (place(None, "", Some(country)), 1)
                }
                (Some((code, of)), _, _) => (place(None, code, Some(of)), 1),
                (None, Some(country), _) => (place(None, "", Some(country)), 1),
                (None, None, _) => (None, 1),
            }
        }
        [Atom::Country(country), ..] => (place(None, "", Some(country)), 1),
        _ => (None, 1),
    }
}

/// Countries whose states and provinces have codes of two letters that mean others elsewhere.
const OWN_CODES: [&str; 6] = ["BR", "IT", "MX", "AR", "CH", "ES"];

/// Whether a name stands for a quarter of the large city behind it: small for a town of its own, or of a country where
/// one writes a city's district before it.
fn is_within(quarter: &[City], cities: &[City]) -> bool {
    const DISTRICTS: [&str; 7] = ["AE", "VN", "TH", "ID", "KR", "JP", "CN"];
    let Some(city) = cities.first().filter(|city| city.people >= 1000 && city.country != "US") else {
        return false;
    };
    let most = if DISTRICTS.contains(&city.country) { city.people / 3 } else { 80 };
    quarter
        .iter()
        .any(|place| place.country == city.country && place.people <= most && place.name != city.name)
        && quarter.first().is_some_and(|place| place.people < 400)
}

/// The largest of these cities that lies within; none where the name alone means one that is far larger ("US, London").
fn within(cities: &[City], fits: impl Fn(&City) -> bool) -> Option<City> {
    let city = cities.iter().find(|city| fits(city))?;
    (city.people * 20 >= cities.first()?.people).then_some(*city)
}

/// Settles a name that two cities of like size have by what stands beside it: "Cambridge / Boston, MA".
pub(super) fn settle(found: &mut [Place], alone: &[(usize, Vec<City>)]) {
    for (at, cities) in alone {
        let Some(largest) = cities.first() else { continue };
        let others = || found.iter().enumerate().filter(|(other, _)| other != at).map(|(_, place)| place);
        let beside = |city: &City| {
            others().any(|place| {
                place.country.as_deref() == Some(city.country)
                    && place.region.as_deref().unwrap_or_default() == city.region
            })
        };
        let like = cities.iter().find(|city| city.people * 2 >= largest.people && beside(city)).copied();
        if let (Some(city), Some(place)) = (like, found.get_mut(*at)) {
            place.region = (!city.region.is_empty()).then(|| city.region.to_owned());
            place.country = Some(city.country.to_owned());
        }
    }
}
