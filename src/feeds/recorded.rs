//! Reads recorded answers of real boards where they lie beside the project, and the sandbox's own board always.

use std::path::{Path, PathBuf};

use super::{Kind, Page, ReadError, resolve};
use crate::domain::ids::FeedKey;
use crate::domain::posting::Body;

/// The folder of recorded data, some levels above the project; `None` on machines that do not have it.
fn data() -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared/data"))
        .find(|folder| folder.join("fixtures").is_dir())
}

fn read(key: &str, path: &Path) -> Result<Page, ReadError> {
    let (kind, board): (&dyn Kind, String) = resolve(&FeedKey::from(key)).unwrap();
    let body = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    kind.read(&board, Some("Somebody"), &kind.first(&board).unwrap(), &body)
}

/// What every posting of every board has.
fn check(page: &Page, from: &str) {
    let mut keys = std::collections::BTreeSet::new();
    for posting in &page.postings {
        let here = format!("{from}: {}", posting.key);
        assert!(keys.insert(posting.key.as_str()), "{here}: twice");
        assert_eq!(posting.title, posting.title.trim(), "{here}");
        assert!(!posting.title.is_empty() && !posting.company.is_empty(), "{here}");
        assert!(posting.url.starts_with("https://") || posting.url.starts_with("http://"), "{here}");
        // Pinpoint's answers tell no date, and the lists of others leave it to each posting's own page.
        let dated =
            !["bamboohr", "pinpoint", "rippling", "workday"].iter().any(|kind| from.starts_with(kind));
        assert!(posting.posted_at.is_some() || !dated, "{here}: no date");
        if let Body::Html(html) = &posting.body {
            assert!(html.contains('<') && !html.contains("&lt;p&gt;"), "{here}: escaped HTML");
        }
        if let Some(pay) = &posting.pay {
            let (min, max) = (pay.min.unwrap_or(0.0), pay.max.unwrap_or(f64::MAX));
            assert!(min <= max && pay.currency.is_some() && pay.period.is_some(), "{here}: {pay:?}");
        }
    }
    let count =
        |has: fn(&crate::domain::posting::Posting) -> bool| page.postings.iter().filter(|p| has(p)).count();
    println!(
        "{from}: {} postings ({} with places shown, {} structured, {} work mode, {} employment, {} level, {} pay, {} pay text, {} visa, {} closed), skipped {:?}, whole {}",
        page.postings.len(),
        count(|p| !p.locations.is_empty()),
        count(|p| !p.places.is_empty()),
        count(|p| p.work_mode.is_some()),
        count(|p| p.employment.is_some()),
        count(|p| p.level.is_some()),
        count(|p| p.pay.is_some()),
        count(|p| p.pay_text.is_some()),
        count(|p| p.visa.is_some()),
        count(|p| p.closed),
        page.skipped,
        page.whole,
    );
}

#[test]
fn every_recorded_answer_is_read() {
    let Some(data) = data() else {
        println!("left out: no recorded answers beside the project");
        return;
    };
    for kind in [
        "arbeitnow",
        "ashby",
        "bamboohr",
        "breezy",
        "greenhouse",
        "himalayas",
        "jobicy",
        "lever",
        "personio",
        "pinpoint",
        "recruitee",
        "remoteok",
        "remotive",
        "rippling",
        "smartrecruiters",
        "teamtailor",
        "themuse",
        "workable",
        "workday",
    ] {
        let folder = std::fs::read_dir(data.join("fixtures").join(kind)).unwrap();
        let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{kind}");
        for path in files {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let board = match kind {
                "arbeitnow" | "remoteok" => "all",
                "workday" => "acme/wd1/Careers",
                _ => "acme",
            };
            let read = read(&format!("{kind}:{board}"), &path);
            if name.contains("detail") {
                assert!(read.is_err(), "{name}: one posting is no board");
                continue;
            }
            let page = read.unwrap_or_else(|error| panic!("{kind}/{name}: {error}"));
            assert!(!page.postings.is_empty(), "{kind}/{name}");
            check(&page, &format!("{kind}/{name}"));
        }
    }
}

#[test]
fn the_recorded_pages_of_single_postings_complete_them() {
    let Some(data) = data() else {
        println!("left out: no recorded answers beside the project");
        return;
    };
    for (key, name) in [("workday:acme/wd1/Careers", "workday"), ("smartrecruiters:acme", "smartrecruiters")]
    {
        let (kind, _) = resolve(&FeedKey::from(key)).unwrap();
        let body = std::fs::read(data.join(format!("fixtures/{name}/candidatezero-detail.json"))).unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let id = answer["id"].as_str().unwrap_or("/job/x").to_owned();
        let mut posting = crate::domain::posting::Posting { key: id, ..Default::default() };
        kind.complete(&mut posting, &body).unwrap();
        assert!(matches!(&posting.body, Body::Html(html) if html.len() > 300), "{key}: {:?}", posting.body);
    }
}

#[test]
fn the_recorded_feeds_are_read() {
    let Some(data) = data() else {
        println!("left out: no recorded answers beside the project");
        return;
    };
    let page =
        read("rss:https://jobs.example/feed", &data.join("fixtures/rss/gsa-neogov-less-items.rss")).unwrap();
    check(&page, "rss/gsa-neogov-less-items.rss");
    assert!(page.postings.len() > 1 && page.skipped.is_empty());
    // Broken by whoever trimmed it, with an item within an item: that is told, and nothing is read by half.
    let broken = read("wwr:all", &data.join("fixtures/wwr/jht-devops.rss")).unwrap_err();
    assert!(broken.to_string().contains("ill-formed"), "{broken}");
}

#[test]
fn the_recorded_list_and_lines_are_read_whole() {
    let Some(data) = data() else {
        println!("left out: no recorded answers beside the project");
        return;
    };
    let page =
        read("simplify:SimplifyJobs/Summer2024-Internships", &data.join("simplify-sample.json")).unwrap();
    check(&page, "simplify-sample.json");
    let skipped: u32 = page.skipped.iter().map(|(_, many)| many).sum();
    assert_eq!(page.postings.len() + skipped as usize, 400);
    assert_eq!(page.postings.iter().filter(|posting| !posting.closed).count(), 286);

    let page = read("jsonl:file:jobs-sample.jsonl", &data.join("jobs-sample.jsonl")).unwrap();
    check(&page, "jobs-sample.jsonl");
    let skipped: u32 = page.skipped.iter().map(|(_, many)| many).sum();
    assert_eq!(page.postings.len() + skipped as usize, 300);
}

#[test]
fn the_sandboxs_board_is_read_without_a_skip() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/sandbox-openings.jsonl");
    let page = read("jsonl:http://127.0.0.1:8080/board/openings.jsonl", &path).unwrap();
    assert!(page.postings.len() > 100 && page.skipped.is_empty() && page.whole, "{:?}", page.skipped);
    assert!(
        page.postings.iter().all(|posting| posting.body != Body::default() && !posting.locations.is_empty())
    );
    assert!(page.postings.iter().filter(|posting| posting.work_mode.is_some()).count() > 80);
}
