//! Postings made up by number: each its own job, about 2,000 characters, with skills, pay, place and level in its words.

use crier::domain::posting::{Body, Posting};

const TITLES: [&str; 8] = [
    "Senior Backend Engineer",
    "Platform Engineer",
    "Data Engineer",
    "Site Reliability Engineer",
    "Frontend Developer",
    "Machine Learning Engineer",
    "Security Engineer",
    "Engineering Manager",
];
const PLACES: [&str; 8] = [
    "Berlin, Germany",
    "London, UK",
    "Remote - US",
    "Austin, TX",
    "Paris, France",
    "Toronto, ON, Canada",
    "Remote, Europe",
    "Bengaluru, India",
];
const SKILLS: [(&str, &str); 12] = [
    ("rust", "Rust"),
    ("python", "Python"),
    ("kafka", "Apache Kafka"),
    ("postgresql", "PostgreSQL"),
    ("kubernetes", "Kubernetes"),
    ("terraform", "Terraform"),
    ("react", "React.js"),
    ("typescript", "TypeScript"),
    ("docker", "Docker"),
    ("aws", "AWS"),
    ("grpc", "gRPC"),
    ("java", "Java"),
];
const SENTENCES: [&str; 10] = [
    "You will own a service from its first design to the night when it pages somebody, and make that night rare.",
    "Our customers move goods across nineteen borders, and each of them has its own forms, fees and holidays.",
    "We write decisions down, argue about them in the open, and change them when the numbers say so.",
    "The team has seven people in four countries and meets twice a year in a house by the sea.",
    "You have shipped software that others depend on, and can tell a good shortcut from an expensive one.",
    "Our data grows by two terabytes a month, most of it twice as useful once it is half as large.",
    "You explain a failure in plain words to somebody who has never seen our code.",
    "We review each change within a day, deploy many times a day, and roll back without asking.",
    "Benefits are thirty days of vacation, a budget for learning, and equipment of your choice.",
    "You measure before you optimise, and you stop when it is fast enough.",
];

/// The catalog id of a skill.
pub(crate) fn skill(number: usize) -> &'static str {
    SKILLS[number % SKILLS.len()].0
}

/// So many postings from this number on.
pub(crate) fn made(from: usize, many: usize) -> Vec<Posting> {
    (from..from + many).map(one).collect()
}

/// The text of one that was made here.
pub(crate) fn text(posting: &Posting) -> String {
    match &posting.body {
        Body::Text(text) | Body::Html(text) => text.clone(),
    }
}

fn one(number: usize) -> Posting {
    let pick = |list: &[&str], step: usize| list[(number / step + number) % list.len()].to_owned();
    let mut body = String::new();
    for line in 0..18 {
        body.push_str(&pick(&SENTENCES, 1 + line * 3));
        body.push(if line % 3 == 2 { '\n' } else { ' ' });
    }
    let names: Vec<&str> = (0..4).map(|step| SKILLS[(number + step * 5) % SKILLS.len()].1).collect();
    body.push_str(&format!(
        "\nRequirements\n- {} years of experience with {}\n- Fluent English\nThe salary is €{}k to €{}k a year. Reference {number}.",
        2 + number % 8,
        names.join(", "),
        60 + number % 40,
        110 + number % 60,
    ));
    Posting {
        key: number.to_string(),
        title: format!("{} {}", pick(&TITLES, 3), number % 9_973),
        company: format!("Company {}", number % 19_997),
        url: format!("https://jobs.example/{number}"),
        locations: vec![pick(&PLACES, 5)],
        body: Body::Text(body),
        ..Posting::default()
    }
}
