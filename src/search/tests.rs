//! The index against the reference: generated openings and filters, and a few scenes.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::cadence::Cadence;
use crate::domain::filter::{PayFloor, TextTerm};
use crate::domain::ids::{ChannelId, FeedKey, UserId};
use crate::domain::level::{Employment, Level, Visa, WorkMode};
use crate::domain::opening::Facts;
use crate::domain::pay::{Pay, Period, Rates};
use crate::domain::place::Place;
use crate::domain::subscription::Topic;
use crate::domain::time::{DAY, HOUR};

const NOW: Millis = Millis(1_767_603_600_000);
const SKILLS: [&str; 5] = ["distributed-systems", "kafka", "rust", "go", "sql"];
const WORDS: [&str; 6] = ["rust", "payments", "engineer", "C++", "São", "systems"];

fn world() -> Arc<World> {
    let under = BTreeMap::from([("distributed-systems".into(), ["kafka".into()].into())]);
    let usd = BTreeMap::from([("USD".to_owned(), 1.0), ("EUR".to_owned(), 1.1)]);
    let skill_names = SKILLS.iter().map(|id| ((*id).into(), id.replace('-', " "))).collect();
    Arc::new(World { rates: Rates { date: "2026-01-01".into(), usd }, under, skill_names })
}

fn search() -> Search {
    let names: Vec<(String, SkillId)> = [
        ("Kubernetes", "kubernetes"),
        ("k8s", "kubernetes"),
        ("Kafka Streams", "kafka-streams"),
        ("Kafka", "kafka"),
    ]
    .map(|(name, id)| (name.to_owned(), id.into()))
    .to_vec();
    Search::new(world(), &names)
}

fn place() -> impl Strategy<Value = Place> {
    const PLACES: [(&str, &str, &str); 5] =
        [("Berlin", "", "DE"), ("", "", "DE"), ("", "CA", "US"), ("São Paulo", "", "BR"), ("", "", "US")];
    proptest::sample::select(&PLACES[..]).prop_map(|(city, region, country)| {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Place { city: part(city), region: part(region), country: part(country) }
    })
}

fn area() -> impl Strategy<Value = String> {
    proptest::sample::select(&["DE", "EU", "world", "US", "LATAM"][..]).prop_map(str::to_owned)
}

fn skills() -> impl Strategy<Value = Vec<SkillId>> {
    proptest::sample::subsequence(&SKILLS[..], 0..4)
        .prop_map(|ids| ids.into_iter().map(SkillId::from).collect())
}

fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(proptest::sample::select(&WORDS[..]).prop_map(str::to_owned), 0..5)
}

fn pay() -> impl Strategy<Value = Pay> {
    let currency = proptest::option::of(proptest::sample::select(&["USD", "EUR", "XXX"][..]));
    let period = proptest::sample::select(&[Period::Year, Period::Hour][..]);
    (proptest::option::of(20_000..200_000_u32), currency, proptest::option::of(period)).prop_map(
        |(min, currency, period)| Pay {
            min: min.map(f64::from),
            max: None,
            currency: currency.map(str::to_owned),
            period,
        },
    )
}

prop_compose! {
    fn facts()(
        skills in skills(),
        level in proptest::option::of(proptest::sample::select(Level::ALL)),
        employment in proptest::option::of(proptest::sample::select(Employment::ALL)),
        work_mode in proptest::option::of(proptest::sample::select(WorkMode::ALL)),
        remote_from in proptest::collection::vec(area(), 0..2),
        places in proptest::collection::vec(place(), 0..3),
        pay in proptest::option::of(pay()),
        visa in proptest::option::of(proptest::sample::select(Visa::ALL)),
        years in proptest::option::of(0..8_u8),
        agency in proptest::option::of(any::<bool>()),
    ) -> Facts {
        Facts { skills, level, employment, work_mode, remote_from, places, pay, visa, years, agency, ..Facts::default() }
    }
}

prop_compose! {
    fn opening()(
        id in 0..40_i64, title in words(), description in words(), facts in facts(),
        company in proptest::sample::select(&["Zalando", "ZALANDO", "Runa", ""][..]),
        age in 0..40_i64, closed in proptest::bool::weighted(0.2),
    ) -> Opening {
        let posted_at = NOW.minus(age * DAY);
        Opening {
            id: OpeningId(id), title: title.join(" "), company: company.to_owned(), url: String::new(),
            description: description.join(" "), facts, posted_at, seen_at: posted_at, changed_at: posted_at,
            closed_at: closed.then_some(NOW), feeds: vec![FeedKey::from("jsonl:x")], only: None,
        }
    }
}

prop_compose! {
    fn text_term()(words in proptest::collection::vec(proptest::sample::select(&WORDS[..]), 1..3), exclude in any::<bool>()) -> TextTerm {
        TextTerm { words: words.into_iter().map(str::to_owned).collect(), exclude }
    }
}

prop_compose! {
    fn wishes()(
        text in proptest::collection::vec(text_term(), 0..2),
        any in skills(), all in proptest::sample::subsequence(&SKILLS[..], 0..2), none in proptest::sample::subsequence(&SKILLS[..], 0..2),
        companies in (proptest::sample::subsequence(&["zalando", "Runa"][..], 0..2), proptest::sample::subsequence(&["Runa"][..], 0..1)),
        age in proptest::option::of(1..1_000_u32),
    ) -> Filter {
        let ids = |ids: Vec<&str>| ids.into_iter().map(SkillId::from).collect();
        let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Filter {
            text, skills_any: any.into_iter().take(2).collect(), skills_all: ids(all), skills_none: ids(none),
            companies_only: names(companies.0), companies_none: names(companies.1), max_age_hours: age,
            ..Filter::default()
        }
    }
}

prop_compose! {
    fn filter()(
        wishes in wishes(), use_wishes in any::<bool>(),
        places in proptest::collection::vec(place(), 0..2), remote_from in proptest::collection::vec(area(), 0..2),
        modes in proptest::sample::subsequence(WorkMode::ALL, 0..2), levels in proptest::sample::subsequence(Level::ALL, 0..4),
        employments in proptest::sample::subsequence(Employment::ALL, 0..2),
        floor in proptest::option::of(pay()), pay_stated_only in proptest::bool::weighted(0.2),
        no_agencies in any::<bool>(), visa in proptest::option::of(proptest::sample::select(Visa::ALL)),
        max_years in proptest::option::of(0..8_u8),
    ) -> Filter {
        let floor = floor.and_then(|pay| Some(PayFloor { amount: pay.min?, currency: pay.currency?, period: pay.period? }));
        Filter {
            places, remote_from, work_modes: modes.into_iter().collect(), levels: levels.into_iter().collect(),
            employments: employments.into_iter().collect(), pay: floor, pay_stated_only, no_agencies, visa, max_years,
            ..if use_wishes { wishes } else { Filter::default() }
        }
    }
}

fn subscription(id: i64, filter: Filter) -> Subscription {
    Subscription {
        id: SubscriptionId(id),
        guild: None,
        channel: ChannelId(1),
        topic: Topic::Openings { filter },
        label: String::new(),
        cadence: Cadence::Instant,
        role: None,
        cap: None,
        created_by: UserId(1),
        created_at: NOW,
        paused: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The three evaluators agree on every opening, however the openings came in.
    #[test]
    fn reference_index_and_subscriptions_agree(
        batches in proptest::collection::vec(proptest::collection::vec(opening(), 1..12), 1..8),
        filters in proptest::collection::vec(filter(), 1..6),
    ) {
        let search = search();
        let world = world();
        let mut held: BTreeMap<OpeningId, Opening> = BTreeMap::new();
        let mut revision = 0;
        for batch in batches {
            let numbered: Vec<(i64, Opening)> = batch.into_iter().map(|opening| { revision += 1; (revision, opening) }).collect();
            search.put_openings(&numbered);
            held.extend(numbered.into_iter().map(|(_, opening)| (opening.id, opening)));
        }
        prop_assert_eq!(search.revision(), revision);
        let subscriptions = (0_i64..).zip(&filters).map(|(id, filter)| subscription(id, filter.clone())).collect();
        search.set_subscriptions(1, subscriptions);
        for filter in &filters {
            let mut expected: Vec<&Opening> =
                held.values().filter(|o| o.is_open() && filter.matches(o, &world, NOW)).collect();
            expected.sort_by_key(|o| std::cmp::Reverse((o.posted_at, o.id)));
            let ids: Vec<OpeningId> = expected.iter().map(|o| o.id).collect();
            let found = search.find(filter, Sort::Newest, 0, 100, &[], NOW);
            prop_assert_eq!(&found.ids, &ids, "{:?}", filter);
            prop_assert_eq!(found.total, ids.len() as u64);
            let page: Vec<OpeningId> = ids.iter().skip(3).take(4).copied().collect();
            prop_assert_eq!(search.find(filter, Sort::Newest, 3, 4, &[], NOW).ids, page);
            let mut paid = search.find(filter, Sort::Pay, 0, 100, &[], NOW).ids;
            paid.sort_unstable();
            let mut sorted = ids.clone();
            sorted.sort_unstable();
            prop_assert_eq!(paid, sorted);
            for (condition, count) in search.loosen(filter, &[], NOW) {
                let loose = filter.without(condition);
                let expected = held.values().filter(|o| o.is_open() && loose.matches(o, &world, NOW)).count();
                prop_assert_eq!(count, expected as u64);
            }
        }
        for opening in held.values() {
            let expected: Vec<i64> =
                (0_i64..).zip(&filters).filter(|(_, f)| f.matches(opening, &world, NOW)).map(|(id, _)| id).collect();
            let found: Vec<i64> = search.subscriptions_for(opening, NOW).iter().map(|one| one.id.0).collect();
            prop_assert_eq!(found, expected);
        }
    }
}

fn simple(id: i64, pay: Option<f64>) -> (i64, Opening) {
    let facts = Facts {
        skills: vec!["rust".into(), "kafka".into()],
        pay: pay.map(|min| Pay {
            min: Some(min),
            max: None,
            currency: Some("USD".into()),
            period: Some(Period::Year),
        }),
        places: vec![Place { city: Some("Berlin".into()), region: None, country: Some("DE".into()) }],
        ..Facts::default()
    };
    let posted_at = NOW.minus(id * HOUR);
    let opening = Opening {
        id: OpeningId(id),
        title: "Rust engineer".into(),
        company: "Zalando".into(),
        url: String::new(),
        description: String::new(),
        facts,
        posted_at,
        seen_at: posted_at,
        changed_at: posted_at,
        closed_at: None,
        feeds: Vec::new(),
        only: None,
    };
    (id, opening)
}

#[test]
fn a_closed_opening_is_not_found_but_counts_in_a_preview() {
    let search = search();
    search.put_openings(&[simple(1, None), simple(2, None)]);
    let (_, mut closed) = simple(1, None);
    closed.closed_at = Some(NOW);
    search.put_openings(&[(3, closed)]);
    assert_eq!(search.count(&Filter::default(), &[], NOW), 1);
    let preview = search.preview(&Filter::default(), 7, 5, &[], NOW);
    assert_eq!((preview.per_day[6], preview.samples.len()), (2, 2));
}

#[test]
fn best_pay_comes_first_and_the_unstated_last() {
    let search = search();
    search.put_openings(&[simple(1, None), simple(2, Some(90_000.0)), simple(3, Some(120_000.0))]);
    let ids: Vec<i64> =
        search.find(&Filter::default(), Sort::Pay, 0, 9, &[], NOW).ids.iter().map(|id| id.0).collect();
    assert_eq!(ids, [3, 2, 1]);
}

#[test]
fn the_condition_that_hides_most_is_named_first() {
    let search = search();
    search.put_openings(&[simple(1, None), simple(2, Some(90_000.0))]);
    let filter = Filter {
        pay_stated_only: true,
        levels: [Level::Senior].into(),
        skills_all: ["go".into()].into(),
        ..Filter::default()
    };
    assert_eq!(search.loosen(&filter, &[], NOW)[0], (Condition::Skills, 1));
}

#[test]
fn numbers_are_of_open_openings_and_new_ones_of_all() {
    let search = search();
    let day = 24 * HOUR;
    let made = |id: i64, skills: &[&str], age: i64, pay: Option<f64>, closed: bool| {
        let (_, mut opening) = simple(id, pay);
        opening.facts.skills = skills.iter().map(|&skill| skill.into()).collect();
        opening.posted_at = NOW.minus(age * day);
        opening.company = format!("Firm {}", id % 3);
        opening.closed_at = closed.then_some(NOW);
        (id, opening)
    };
    let mut all = Vec::new();
    for id in 0..40 {
        // Every second asks for Kafka, of those every second for Rust as well; Rust stands nowhere else.
        let skills: &[&str] = if id % 4 == 0 {
            &["kafka", "rust"]
        } else if id % 2 == 0 {
            &["kafka"]
        } else {
            &["go"]
        };
        all.push(made(1 + id, skills, id, (id < 20).then_some(50_000.0 + 1_000.0 * id as f64), id == 2));
    }
    search.put_openings(&all);
    let filter = Filter { skills_all: ["kafka".into()].into(), ..Filter::default() };
    let numbers = search.numbers(&filter, &[], NOW);
    assert_eq!((numbers.open, numbers.new, numbers.before), (19, 15, 5));
    let spread = &numbers.pay[0];
    // 50, 54, 56, … 68: nine of them, without the closed one.
    assert_eq!((spread.count, spread.lower, spread.median, spread.upper), (9, 56_000.0, 60_000.0, 64_000.0));
    let beside: Vec<_> = numbers.companions.iter().map(|one| (one.skill.as_str(), one.both)).collect();
    assert_eq!(beside, [("rust", 10)], "Go stands nowhere beside it");
    let lift = numbers.companions[0].lift;
    assert!((lift - (10.0 * 39.0) / (19.0 * 10.0)).abs() < 1e-9, "{lift}");
    assert_eq!(numbers.companies.iter().map(|one| one.1).sum::<u64>(), 19);
}

#[test]
fn names_complete_by_prefix_by_word_and_by_typo() {
    let search = search();
    search.put_openings(&[simple(1, None)]);
    let labels =
        |kind, typed| search.complete(kind, typed, 5).into_iter().map(|c| c.value).collect::<Vec<_>>();
    assert_eq!(labels(NameKind::Skill, "kuberntes")[0], "kubernetes");
    assert_eq!(labels(NameKind::Skill, "K8")[0], "kubernetes");
    assert_eq!(labels(NameKind::Skill, "kafka"), ["kafka", "kafka-streams"]);
    assert_eq!(labels(NameKind::Skill, "strea"), ["kafka-streams"]);
    assert_eq!(labels(NameKind::Skill, "")[0], "kafka");
    assert_eq!(labels(NameKind::Company, "zal"), ["Zalando"]);
    assert_eq!(labels(NameKind::Place, "ber"), ["Berlin, DE"]);
    assert_eq!(search.company("ZALANDO").as_deref(), Some("Zalando"));
    assert_eq!(search.nearest_skills("Kubernets", 1), ["kubernetes".into()]);
    assert_eq!(search.similar(&simple(9, None).1, 3, &[]), [OpeningId(1)]);
}
