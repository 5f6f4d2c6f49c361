//! A server's own boards: added by a careers page, seen by that server only, healthy or not, removed and taken back.

use crier::domain::ids::{FeedKey, GuildId, UserId};
use crier::domain::time::{DAY, HOUR, MINUTE};
use crier::store::{FeedSettings, OwnFeed};
use serde_json::json;

use crate::support::world::{Engine, World};
use crate::{in_a_world, shows};

const BOARD: &str = "/v1/boards/acme/jobs?content=true&pay_transparency=true";

fn show(world: &World, path: &str, jobs: &[(u32, &str)]) {
    let list: Vec<_> = jobs
        .iter()
        .map(|(id, title)| {
            json!({ "id": id, "title": title, "absolute_url": format!("https://acme.example/{id}"), "company_name": "Acme",
                "location": { "name": "Berlin, Germany" }, "content": "We write Rust." })
        })
        .collect();
    world.elsewhere.lock().unwrap().insert(path.to_owned(), json!({ "jobs": list }).to_string());
}

/// Ada's server has Acme's board, with one job on it.
async fn added(world: &mut World) {
    show(world, BOARD, &[(1, "Rust Engineer")]);
    world.ada("/feeds add address:https://boards.greenhouse.io/acme").await;
    world.press("Add this board").await;
    world.tick().await;
}

in_a_world! {
    async fn a_careers_page_leads_to_its_board_which_is_shown_and_added(mut world: World) {
        show(&world, BOARD, &[(1, "Rust Engineer"), (2, "Cook")]);
        let page = "<script src='https://boards.greenhouse.io/embed/job_board/js?for=acme'></script>";
        world.elsewhere.lock().unwrap().insert("/careers".to_owned(), page.to_owned());
        shows!(world.ada("/feeds add address:acme.example/careers").await, @r"
        **Add greenhouse\:acme?**
        It lists 2 jobs now.
        ---
        - Rust Engineer · Acme · Berlin, Germany
        - Cook · Acme · Berlin, Germany
        ---
        -# Its openings are found and posted in this server only. What it lists now is not posted; what comes later is.
        [Add this board] [Leave it]
        ");
        shows!(world.press("Add this board").await, @r"**Added greenhouse\:acme.** It is read within a minute, and from then on as often as its rules allow; /feeds list shows how it is. /jobs finds its openings in this server, and subscriptions of this server get those that are new.");
        world.tick().await;
        shows!(world.ada("/feeds list").await, @r"
        **1 board of this server's own**, of at most 10
        - greenhouse\:acme · read <+0s> · 2 postings · next <+7m>
        -# Besides, everybody has 1 board; see /status.
        [Choose one to remove ▾ greenhouse:acme]
        ");
        // What it listed when it was added is found, and was not posted.
        world.ada("/subscribe query:rust").await;
        world.press("Confirm").await;
        world.advance(HOUR).await;
        assert_eq!(world.posts("jobs").await.len(), 0);
        show(&world, BOARD, &[(1, "Rust Engineer"), (3, "Rust Developer")]);
        world.advance(HOUR).await;
        assert!(world.posts("jobs").await[0].contains("Rust Developer"));
        assert!(world.ada("/jobs query:rust").await.contains("3 openings"));
    }

    async fn a_site_of_its_own_is_found_by_its_sitemap_and_read_page_by_page(mut world: World) {
        let elsewhere = std::sync::Arc::clone(&world.elsewhere);
        let put = |path: &str, body: &str| {
            elsewhere.lock().unwrap().insert(path.to_owned(), body.to_owned());
        };
        let job = |id: u32, title: &str| {
            let json = json!({ "@type": "JobPosting", "title": title, "description": "We write Rust.",
                "hiringOrganization": { "name": "Acme" }, "url": format!("https://acme.example/jobs/{id}") });
            format!("<html><script type=\"application/ld+json\">{json}</script></html>")
        };
        let map = |ids: &[u32]| {
            let pages = ids.iter().map(|id| format!("<url><loc>https://acme.example/jobs/{id}</loc></url>"));
            format!("<urlset>{}<url><loc>https://acme.example/about</loc></url></urlset>", pages.collect::<String>())
        };
        put("/", "<html>We are Acme.</html>");
        put("/robots.txt", "User-agent: *\nSitemap: https://acme.example/index.xml\n");
        put("/index.xml", "<sitemapindex><sitemap><loc>https://acme.example/jobs.xml</loc></sitemap></sitemapindex>");
        put("/jobs.xml", &map(&[1, 2]));
        put("/jobs/1", &job(1, "Rust Engineer"));
        put("/jobs/2", "<html>This job is gone.</html>");
        shows!(world.ada("/feeds add address:https://acme.example/").await, @r"
        **Add jsonld\:https\://acme.example/index.xml?**
        It lists 1 job now.
        ---
        - Rust Engineer · Acme
        ---
        -# Its openings are found and posted in this server only. What it lists now is not posted; what comes later is.
        [Add this board] [Leave it]
        ");
        world.press("Add this board").await;
        world.tick().await;
        world.ada("/subscribe query:rust").await;
        world.press("Confirm").await;
        put("/jobs.xml", &map(&[1, 3]));
        put("/jobs/3", &job(3, "Rust Developer"));
        world.advance(HOUR).await;
        let posts = world.posts("jobs").await;
        assert!(posts.len() == 1 && posts[0].contains("Rust Developer** · Acme"), "{posts:?}");
        assert!(world.ada("/jobs query:rust").await.contains("2 openings"));
    }

    async fn what_a_servers_own_board_lists_is_for_that_server(mut world: World) {
        added(&mut world).await;
        assert!(world.ada("/jobs query:rust").await.contains("Acme"));
        // Another server has the same board: it is polled once, and each sees it. A third sees nothing.
        let store = world.app.store.clone();
        let (now, key) = (world.clock.now(), FeedKey::from("greenhouse:acme"));
        let offered = OwnFeed { id: 5, guild: Some(GuildId(9)), feed: key.clone(), company: None, added_by: UserId(1), added_at: None };
        store.offer_feed(&offered, now).await.unwrap();
        let settings = FeedSettings { key: key.clone(), company: None, interval: 15 * MINUTE, announce_first: false };
        store.accept_feed(5, Some(GuildId(9)), &settings, 10, now).await.unwrap().unwrap();
        assert_eq!(store.feeds().await.unwrap().iter().filter(|row| row.settings.key == key).count(), 1);
        let seen = |own: &[FeedKey]| world.app.search.count(&crier::domain::filter::Filter::default(), own, now);
        assert_eq!((seen(&[]), seen(&[FeedKey::from("lever:other")]), seen(std::slice::from_ref(&key))), (0, 0, 1));
        // The first server drops it; the other still has it, and it is still polled.
        shows!(world.ada("/feeds remove board:greenhouse:acme").await, @r"
        **Removed greenhouse\:acme.** This server no longer finds its openings; posts that were made stay.
        [Undo]
        ");
        shows!(world.ada("/jobs query:rust").await, @r"
        **No open opening**
        skill Rust
        Leaving out any one condition finds none either. Try fewer or other words.
        [Subscribe this channel]
        ");
        assert!(store.feeds().await.unwrap().iter().any(|row| row.settings.key == key && row.on));
        store.remove_feed(Some(GuildId(9)), &key).await.unwrap();
        assert!(store.feeds().await.unwrap().iter().all(|row| row.settings.key != key || !row.on));
        // Taken back within a day.
        world.press("Undo").await;
        assert!(world.ada("/jobs query:rust").await.contains("Acme"));
    }

    async fn a_board_that_becomes_everybodys_shows_its_openings_to_all(mut world: World) {
        added(&mut world).await;
        let (now, key) = (world.clock.now(), FeedKey::from("greenhouse:acme"));
        let filter = crier::domain::filter::Filter::default();
        assert_eq!(world.app.search.count(&filter, &[], now), 0);
        let settings = FeedSettings { key, company: None, interval: 15 * MINUTE, announce_first: false };
        world.app.store.set_feed(&settings, now).await.unwrap();
        world.advance(HOUR).await;
        assert_eq!(world.app.search.count(&filter, &[], world.clock.now()), 1);
        assert_eq!(world.app.store.opening_counts().await.unwrap(), (1, 1), "it is the same opening");
    }

    async fn what_cannot_be_added_is_told_with_what_to_do(mut world: World) {
        let mut told = Vec::new();
        for address in [
            "jobs", "jsonl:file:/etc/passwd", "http://127.0.0.1:8080/careers", "https://169.254.169.254/latest/meta-data",
            "https://jobs.lever.co/", "https://acme.example/nothing", "greenhouse:nobody",
        ] {
            told.push(world.ada(&format!("/feeds add address:{address}")).await);
        }
        world.elsewhere.lock().unwrap().insert("/plain".to_owned(), "<html>We are hiring!</html>".to_owned());
        told.push(world.ada("/feeds add address:https://acme.example/plain").await);
        told.push(world.say("lin", "jobs", "/feeds add address:greenhouse:acme").await);
        told.push(world.ada("/feeds remove board:lever:nobody").await);
        told.push(world.ada("/feeds list").await);
        shows!(told.join("\n"), @r#"
        "jobs" is no web address; give that of a careers page, such as https\://jobs.lever.co/acme. Nothing was added.
        Only whoever runs Crier can add jsonl boards. Nothing was added.
        127\.0.0.1 is an address of a private network; jsonld boards are public. Nothing was added.
        169\.254.169.254 is an address of a private network; jsonld boards are public. Nothing was added.
        https\://jobs.lever.co/ is on lever, but names no board; give the page that lists its jobs. Nothing was added.
        acme.example answered 503. Nothing was added.
        greenhouse\:nobody\: boards-api.greenhouse.io answered 503. Nothing was added.
        https\://acme.example/plain is no board that Crier knows, and no way to one was found in it. Tried\: jsonld\:https\://acme.example/sitemap.xml\: acme.example answered 503. Nothing was added.
        Adding and removing boards needs Manage Server. Nothing was changed.
        This server has no board "lever\:nobody". Nothing was changed; /feeds list shows those it has.
        This server has no boards of its own. /feeds add takes the careers page of a company.
        -# Besides, everybody has 1 board; see /status.
        "#);
        added(&mut world).await;
        shows!(world.ada("/feeds add address:greenhouse:acme").await, @r"This server has greenhouse\:acme already; /feeds list shows how it is.");
    }

    async fn a_board_in_trouble_is_slowed_and_says_so(mut world: World) {
        added(&mut world).await;
        world.elsewhere.lock().unwrap().clear();
        for _ in 0..6 {
            world.advance(DAY).await;
        }
        shows!(world.ada("/feeds list").await, @r"
        **1 board of this server's own**, of at most 10
        - greenhouse\:acme · read <+0s> · 1 posting · failing 6 times in a row, next try <+6d>: boards-api.greenhouse.io answered 503
        -# Besides, everybody has 1 board; see /status.
        [Choose one to remove ▾ greenhouse:acme]
        ");
        show(&world, BOARD, &[(1, "Rust Engineer")]);
        world.advance(DAY).await;
        assert!(!world.ada("/feeds list").await.contains("failing"));
        assert!(world.ada("/jobs query:rust").await.contains("Acme"), "nothing closed meanwhile");
    }
}
