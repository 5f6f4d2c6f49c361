//! The life of an opening over weeks: flapping boards, bulk loads, changed ids and reposts neither flood nor repeat.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crier::domain::ids::FeedKey;
use crier::domain::time::{DAY, HOUR, Millis};
use crier::ingest::Ingest;
use crier::scheduler::settings;
use serde_json::{Value, json};

use crate::support::boards::{board, ingest_from, read_now};
use crate::support::world::{Engine, World};
use crate::{in_a_world, shows};

/// A list as it stands now, `None` while its host is down, and the ingest that reads it.
struct List {
    key: FeedKey,
    shown: Arc<Mutex<Option<Vec<Value>>>>,
    ingest: Ingest,
}

impl List {
    /// A list with these entries, read once, that `#jobs` is subscribed to.
    async fn start(world: &mut World, entries: Vec<Value>) -> Self {
        world.ada("/subscribe query:rust").await;
        world.press("Confirm").await;
        let key = FeedKey::from("simplify:Acme/List");
        let shown = Arc::new(Mutex::new(Some(entries)));
        let listed = Arc::clone(&shown);
        let base = board(move |_| listed.lock().unwrap().clone().map(Value::from)).await;
        let ingest = ingest_from(world, "raw.githubusercontent.com", base);
        world.app.store.set_feed(&settings(&key, None, None, 365 * DAY), world.clock.now()).await.unwrap();
        let list = Self { key, shown, ingest };
        list.read(world).await;
        list
    }

    /// Reads the list, and lets what is due go out.
    async fn read(&self, world: &mut World) {
        if self.shown.lock().unwrap().is_some() {
            read_now(world, &self.ingest, &self.key).await;
        } else {
            let now = world.clock.now();
            let store = &world.app.store;
            let feed = store.claim_feed_named(&self.key, &self.ingest.worker, now, HOUR).await.unwrap();
            self.ingest.poll(&feed.unwrap()).await.unwrap_err();
        }
        world.tick().await;
    }

    async fn show(&self, world: &mut World, entries: Vec<Value>) {
        *self.shown.lock().unwrap() = Some(entries);
        self.read(world).await;
    }
}

fn entry(id: &str, company: &str, title: &str, posted: Millis) -> Value {
    json!({ "id": id, "title": title, "company_name": company, "url": format!("https://jobs.example/{id}"),
        "locations": ["Remote"], "active": true, "is_visible": true, "date_posted": posted.0 / 1_000 })
}

/// The N of every "N new for" in the posts, and how often each company is named in them.
fn told(posts: &[String]) -> (u64, BTreeMap<String, usize>) {
    let count = |post: &String| {
        let words = post.split_once("**").and_then(|(_, rest)| rest.split_once(" new"))?;
        words.0.parse::<u64>().ok()
    };
    let mut companies = BTreeMap::new();
    for line in posts.iter().flat_map(|post| post.lines()) {
        if let Some((_, company)) = line.rsplit_once(" · Firm ") {
            let name: String = company.chars().take_while(|c| !c.is_whitespace() && *c != '~').collect();
            *companies.entry(name).or_default() += 1;
        }
    }
    (posts.iter().filter_map(count).sum(), companies)
}

in_a_world! {
    async fn a_month_of_a_list_brings_each_opening_once(mut world: World) {
        let start = world.clock.now();
        let job = |name: String, posted: Millis| entry(&name, &format!("Firm {name}"), "Rust Engineer", posted);
        let mut base: Vec<Value> = (0..30).map(|n| job(format!("base{n}"), start.minus(DAY))).collect();
        let list = List::start(&mut world, base.clone()).await;
        let mut flapping: Vec<Value> = Vec::new();
        for poll in 0..180_usize {
            world.clock.advance(4 * HOUR);
            let (day, now) = (poll / 6, world.clock.now());
            if poll % 6 == 0 {
                let fresh = job(format!("day{day}"), now);
                if day < 2 { flapping.push(fresh) } else { base.push(fresh) }
            }
            match poll {
                // A feed that suddenly lists jobs of years ago, and one that brings a hundred and twenty of today.
                60 => base.extend((0..200).map(|n| job(format!("old{n}"), now.minus(1_000 * DAY)))),
                90 => base.extend((0..120).map(|n| job(format!("bulk{n}"), now))),
                // Every id changes, what stands there stays.
                120 => {
                    for entry in base.iter_mut().chain(&mut flapping) {
                        entry["id"] = format!("{}-again", entry["id"].as_str().unwrap()).into();
                    }
                }
                _ => {}
            }
            // For ten days the flapping ones are away for two readings of four; the order is never the same twice.
            let mut entries = base.clone();
            if poll % 4 < 2 || day >= 10 {
                entries.extend(flapping.iter().cloned());
            }
            let turn = poll % entries.len();
            entries.rotate_left(turn);
            *list.shown.lock().unwrap() = if poll % 37 == 36 { None } else { Some(entries) };
            list.read(&mut world).await;
        }
        let posts = world.posts("jobs").await;
        let (new, companies) = told(&posts);
        assert_eq!(new, 30 + 120, "thirty by the day, and the load of today");
        let twice: Vec<_> = companies.iter().filter(|(_, times)| **times > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(companies.keys().all(|name| !name.starts_with("base") && !name.starts_with("old")));
        // 120 at once are one message that shows the best and counts the rest, that day's among them.
        assert_eq!(posts.len(), 30);
        // Two openings closed and opened again fourteen times each, which soon is told once a day only.
        let edits = world.requests("PATCH", "/messages").await.len();
        assert!((10..2 * 20).contains(&edits), "{edits} edits");
        assert!(posts.iter().all(|post| !post.contains("~~")), "in the end all is as it is on the list");
        let (open, _) = world.app.store.opening_counts().await.unwrap();
        assert!(open >= 30 + 22 + 200 + 120, "{open}");
    }

    async fn what_happened_to_an_opening_stands_in_its_details(mut world: World) {
        let list = List::start(&mut world, Vec::new()).await;
        let now = world.clock.now();
        let one = entry("a", "Firm a", "Rust Engineer", now);
        let moved = |place: &str| {
            let mut moved = one.clone();
            moved["locations"] = json!([place]);
            vec![moved]
        };
        list.show(&mut world, moved("Berlin, Germany")).await;
        world.clock.advance(HOUR);
        list.show(&mut world, moved("Paris, France")).await;
        for _ in 0..2 {
            world.clock.advance(HOUR);
            list.show(&mut world, Vec::new()).await;
        }
        world.clock.advance(HOUR);
        list.show(&mut world, moved("Paris, France")).await;
        assert_eq!(world.posts("jobs").await.len(), 1, "it opened again, which is no news");
        shows!(world.press("Details").await, @r#"
        ### Rust Engineer · Firm a
        **Where** Paris, FR · "Paris, France"
        -# posted <+0s>, seen <+0s> · source: jobs.example
        -# opened again <+4h>
        -# closed <+3h>
        -# places changed, was Berlin, DE <+1h>
        ---
        -# Skills asked for; each leads to its explainer
        [Rust]
        [Apply → https://jobs.example/a] [Similar]
        "#);
    }

    async fn a_job_posted_again_soon_is_the_same_and_months_later_a_new_one(mut world: World) {
        let list = List::start(&mut world, Vec::new()).await;
        let mut told = Vec::new();
        for (away, id) in [(0, "a"), (20, "b"), (90, "c")] {
            list.show(&mut world, Vec::new()).await;
            world.clock.advance(DAY);
            list.show(&mut world, Vec::new()).await;
            world.clock.advance(away * DAY);
            let now = world.clock.now();
            list.show(&mut world, vec![entry(id, "Firm a", "Rust Engineer", now)]).await;
            told.push(world.posts("jobs").await.len());
        }
        assert_eq!(told, [1, 1, 2]);
    }

    async fn a_subscription_with_an_age_of_its_own_goes_by_that(mut world: World) {
        let list = List::start(&mut world, Vec::new()).await;
        world.ada("/subscribe channel:#rust-jobs query:rust age:720").await;
        world.press("Confirm").await;
        let old = world.clock.now().minus(20 * DAY);
        list.show(&mut world, vec![entry("a", "Firm a", "Rust Engineer", old)]).await;
        assert_eq!(world.posts("jobs").await.len(), 0, "published three weeks ago is no news");
        assert_eq!(world.posts("rust-jobs").await.len(), 1);
    }

    async fn what_was_folded_wrongly_is_taken_apart_and_stays_apart(mut world: World) {
        let list = List::start(&mut world, Vec::new()).await;
        let now = world.clock.now();
        let entries = || {
            let place = |id: &str, place: &str| {
                let mut one = entry(id, "Firm a", "Rust Engineer", now);
                one["locations"] = json!([place]);
                one
            };
            vec![place("a", "Berlin, Germany"), place("b", "Paris, France"), place("c", "Madrid, Spain")]
        };
        list.show(&mut world, entries()).await;
        let all = crier::domain::filter::Filter::default();
        let ids = world.app.search.find(&all, crier::search::Sort::Newest, 0, 9, &[], now).ids;
        assert_eq!(ids.len(), 1);
        let made = list.ingest.unfold(ids[0], &[(list.key.clone(), "b".to_owned())]).await.unwrap();
        assert_eq!(made.len(), 1);
        world.tick().await;
        let posts = world.posts("jobs").await;
        assert!(posts.len() == 1 && posts[0].contains("Berlin, DE; Madrid, ES"), "the post was edited: {posts:?}");
        // Read again, changed, gone and back: it stays by itself, and nobody is told of it again.
        let mut changed = entries();
        changed[1]["url"] = "https://jobs.example/b?again".into();
        for list_now in [entries(), changed, vec![entries()[0].clone()], vec![entries()[0].clone()], entries()] {
            world.clock.advance(HOUR);
            list.show(&mut world, list_now).await;
        }
        let open = world.app.store.openings(&[ids[0], made[0]]).await.unwrap();
        let places: Vec<usize> = open.iter().map(|opening| opening.facts.places.len()).collect();
        assert_eq!((places, open.iter().all(crier::domain::opening::Opening::is_open)), (vec![2, 1], true));
        assert_eq!(world.posts("jobs").await.len(), 1);
        // The rest taken apart: the first keeps the opening.
        let rest = [(list.key.clone(), "a".to_owned()), (list.key.clone(), "c".to_owned())];
        assert_eq!(list.ingest.unfold(ids[0], &rest).await.unwrap().len(), 1);
        assert_eq!(world.app.store.opening_counts().await.unwrap().0, 3);
    }
}
