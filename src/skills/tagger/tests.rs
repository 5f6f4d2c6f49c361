//! Scenes with the tagger over the shipped catalog.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::cues::CUES;
use super::*;

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(&Catalog::load(None).unwrap()));

fn ids(text: &str) -> Vec<String> {
    TAGGER.tag(text).into_iter().map(|tag| tag.skill.0.clone()).collect()
}

fn has(text: &str, id: &str) -> bool {
    ids(text).iter().any(|found| found == id)
}

#[test]
fn the_extra_mile_is_not_a_language() {
    assert_eq!(
        ids("You go the extra mile. Go above and beyond, excel in teams, and React to change."),
        [""; 0]
    );
    assert!(has("Backend services in Go and gRPC", "go"));
    assert!(has("Senior Go Engineer", "go"));
    assert!(!has("Own our Go-to-market plan with Python", "go"));
}

#[test]
fn signs_belong_to_names() {
    assert_eq!(ids("C++"), ["cpp"]);
    assert_eq!(ids("C++17 and C#."), ["cpp", "csharp"]);
    assert_eq!(ids("C/C++, Rust"), ["c", "cpp", "rust"]);
    assert_eq!(ids("We use Node.js, .NET; CI/CD"), ["nodejs", "dotnet", "ci-cd"]);
    assert!(!has("Có kinh nghiệm với Python", "c"));
    assert!(!has("Series C funding, Python", "c"));
    assert!(!has("We spend on R&D in Python and SQL", "r"));
}

#[test]
fn the_longest_name_wins_and_a_hyphen_is_a_border() {
    assert_eq!(ids("Spring Boot"), ["spring-boot"]);
    assert_eq!(ids("JavaScript"), ["javascript"]);
    assert_eq!(ids("Python-based tools"), ["python"]);
    assert_eq!(ids("reactive javanese rubyist"), [""; 0]);
}

#[test]
fn lists_and_tag_lines_prove_weak_names() {
    assert_eq!(ids("java react node"), ["java", "react", "nodejs"]);
    assert_eq!(ids("- Python\n- Rust\n- Go"), ["python", "rust", "go"]);
    assert!(
        has("You know Kafka, Flink, Storm", "storm") || !TAGGER.ids.iter().any(|id| id.as_str() == "storm")
    );
}

#[test]
fn a_word_joined_by_and_is_no_list() {
    assert!(!has("We help you to understand AI and make better decisions", "make"));
    assert!(has("You know gcc, make and git", "make"));
    // Small letters between two names of a list.
    assert!(has("The team uses Django, celery, PostgreSQL", "celery"));
    // A verb opens a list as well, and a name that the catalog lacks is an item of it.
    assert!(has("The team uses puppet, nginx and uWSGI", "puppet"));
    assert!(has("Tools: Git, New Relic, Cloudbuzz, Asana", "project-tracking-tools"));
    // Every item has its bullet, with empty lines between.
    assert!(has("* MySQL\n\n* REST\n\nJoin us", "rest-apis"));
}

#[test]
fn companies_and_people_are_called_like_skills() {
    assert!(!has(
        "Torch is a Columbus-based startup. We use Python. At Torch, data models matter.",
        "pytorch"
    ));
    assert!(!has("Grunt Style sells shirts. JavaScript on product pages.", "grunt"));
    assert!(!has("Snowflake is hiring Java developers.", "snowflake"));
    assert!(!has("Send your CV to Jasmine Okafor. JavaScript tests with Jest.", "jasmine"));
    assert!(has("JavaScript tests with Jasmine and Karma.", "jasmine"));
    assert!(has("Python is the language that our company writes.", "python"));
    assert!(has("SAP is the backbone of the bank. You know SAP.", "sap"));
    // What is only called like a company is no company elsewhere.
    assert!(has("Certificates of the Linux Foundation are welcome. You know Linux.", "linux"));
    // A field of work goes on in capitals.
    assert!(has("Backend Software Engineer", "backend-development"));
}

#[test]
fn what_one_makes_in_a_tool_and_moves_to_it_proves_a_name() {
    assert!(has("It was written four years ago in React by two founders.", "react"));
    assert!(has("We moved everything off our own racks and into GCP last spring.", "gcp"));
    assert!(has("One small Flask service for 200 researchers.", "flask"));
    assert!(!has("Work in Phoenix, close to the airport.", "phoenix"));
}

#[test]
fn a_veto_forbids_in_any_case_unless_only_small_words_are_in_it() {
    assert!(!has("Verification: Black Box, White Box", "box"));
    assert!(has("Migrate to React.", "react"));
}

#[test]
fn turns_of_phrase_prove_names() {
    assert!(has("It runs on servers; our office uses Angular today", "angular"));
    assert!(has("Choose the transformation tooling (dbt, or other)", "dbt"));
    assert!(has("3+ years experience with react and a record of delivery", "react"));
    assert!(has("Strong React experience", "react") && has("real Rust experience", "rust"));
    assert!(!has("Head Chef experience wanted", "chef"));
    assert!(has("Build user interfaces with React.", "react"));
    assert!(!has("We have partnered for years with Oracle.", "oracle-database"));
    assert!(!has("You have experience with access to classified data", "ms-access"));
}

#[test]
fn addresses_give_nothing() {
    assert_eq!(ids("Apply: https://jobs.io/python/rust.php, rust@kafka.com or python.org, @docker"), [""; 0]);
}

#[test]
fn companies_and_refusals_are_no_demand() {
    assert_eq!(
        ids("A team of ex-Stripe people backed by Databricks and Snowflake. No Scrum, no PHP."),
        [""; 0]
    );
    let tags = TAGGER.tag_posting(
        "Engineer at MongoDB",
        "MongoDB hires Rust and Kafka people",
        &[],
        "MongoDB, Inc.",
    );
    let named: Vec<&str> = tags.iter().map(|tag| tag.skill.as_str()).collect();
    assert_eq!(named, ["rust", "kafka"]);
}

#[test]
fn fields_of_work_are_read_as_a_reader_does() {
    assert_eq!(ids("an example of high-quality engineering"), [""; 0]);
    assert!(has("experience in quality engineering", "testing"));
    assert_eq!(ids("help clients with activities of daily living (ADLs)"), [""; 0]);
    assert!(has("pipelines from ADLS to Synapse", "data-lake"));
    assert_eq!(ids("Expert in multi-threaded sales"), [""; 0]);
    assert!(has("engineers who thrive in a full-stack JS environment", "javascript"));
    assert!(
        has("experience building LLM based products", "llms")
            && !has("Law graduates with an LLM degree", "llms")
    );
}

#[test]
fn what_is_nice_to_have_is_marked() {
    let tags = TAGGER.tag("Requirements:\n- Rust and Kafka\nNice to have:\n- Terraform\n- Kafka\n\nYou know SQL. Docker is a plus.");
    let optional: Vec<&str> = tags.iter().filter(|tag| tag.optional).map(|tag| tag.skill.as_str()).collect();
    assert_eq!(optional, ["terraform", "docker"]);
    assert!(tags.iter().any(|tag| tag.skill.as_str() == "kafka" && !tag.optional));
}

#[test]
fn nice_to_have_is_said_in_many_ways() {
    let optional = |text| -> Vec<&str> {
        TAGGER.tag(text).into_iter().filter(|tag| tag.optional).map(|tag| tag.skill.as_str()).collect()
    };
    for text in [
        "Nice: Docker",
        "- Preferable: Docker",
        "- Kotlin is a must. Docker - advantage",
        "Docker integration experience: plus",
        "- Solid Python, ideally Docker",
        "Requirements:\n- Python\nWhat would be a treat\n- Docker",
        "[Want]\nDocker\n",
        "*Will be valued*\n- Docker",
        "- Python (Docker is an added advantage)",
        "Knowledge of Docker would be appreciated.",
    ] {
        assert_eq!(optional(text), ["docker"], "{text}");
    }
    assert_eq!(optional("Our competitive advantage: Docker skills are required."), [""; 0]);
}

#[test]
fn words_run_together_are_parted() {
    assert_eq!(ids("experienceKubernetes and DockerWe offer"), ["kubernetes", "docker"]);
}

#[test]
fn a_posting_joins_title_text_and_the_boards_tags() {
    let tags = TAGGER.tag_posting(
        "Rust Developer",
        "We run Kafka.",
        &["golang".into(), "Express".into(), "rust".into(), "Remote".into()],
        "Acme",
    );
    let named: Vec<&str> = tags.iter().map(|tag| tag.skill.as_str()).collect();
    assert_eq!(named, ["rust", "kafka", "go", "express"]);
    assert_eq!(tags[0].span, 0..4);
}

#[test]
fn spans_are_the_words_themselves() {
    let text = "Größe – “Kubernetes”\u{a0}and machine \u{a0}learning";
    let spans: Vec<&str> = TAGGER.tag(text).into_iter().map(|tag| &text[tag.span]).collect();
    assert_eq!(spans, ["Kubernetes", "machine \u{a0}learning"]);
}

proptest! {
    #[test]
    fn no_text_panics_and_every_span_is_whole(
        text in "(\\PC|\n|Go|uses | with |experience |tools \\(|make|é|’|C\\+\\+|C#|\\.NET|Node\\.js| and |, |is a plus|ex-|'|https://|React|@|\\|){0,60}",
        company in "\\PC{0,12}",
    ) {
        for tag in TAGGER.tag(&text) {
            prop_assert!(text.get(tag.span.clone()).is_some_and(|mention| !mention.is_empty()));
        }
        let _ = TAGGER.tag_posting(&text, &text, std::slice::from_ref(&text), &company);
    }
}

/// Counts what the scan finds, the only thing whose number could outgrow the text: every step after it looks at a
/// bounded stretch around each.
#[test]
fn four_times_the_text_holds_four_times_the_work() {
    let spots = |text: &str| {
        let found = scan::scan(&TAGGER.patterns, text);
        found.names.len()
            + found.hints.len()
            + found.vetoes.len()
            + CUES.iter().map(|(cue, _)| found.cues(*cue).len()).sum::<usize>()
    };
    for piece in
        ["Go, ", "no no ", "C++/C#/", "experience with React. ", "data model ", "aaaa", "e.g. (", "\u{a0} "]
    {
        let text = piece.repeat(500);
        let (once, four) = (spots(&text), spots(&text.repeat(4)));
        assert!(four <= 4 * once + 16, "{piece:?}: {once} and {four}");
        assert!(once <= 8 * text.len(), "{piece:?}: {once}");
    }
}

#[test]
fn a_currency_is_no_shell() {
    let ids =
        |text| TAGGER.tag(text).into_iter().map(|tag| tag.skill.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids("Salary: Ksh. 150,000 - 180,000 p.m."), [""; 0]);
    assert_eq!(ids("Salary: KSH 95,000. You write Ksh scripts."), ["shell-scripting"]);
    assert_eq!(ids("You write PHP. 10,000 shops use it."), ["php"]);
}
