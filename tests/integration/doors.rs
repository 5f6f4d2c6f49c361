//! The two doors: the gateway with its troubles, and signed HTTP.

use crier::discord::endpoint::Endpoint;
use crier::web::{self, Web};
use serde_json::json;

use crate::support::world::{Engine, World};
use crate::{in_a_world, shows};

/// The bot's web server on a free port; its address.
async fn web(world: &World) -> String {
    let endpoint = Endpoint::new(world.bot.clone(), &world.sandbox.public_key).unwrap();
    let web = Web { endpoint: Some(endpoint), store: world.app.store.clone(), clock: world.clock.clone() };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(web::serve(listener, web::router(web), std::future::pending()));
    address
}

in_a_world! {
    async fn the_same_commands_come_by_signed_http(mut world: World) {
        world.publish("a", json!({})).await;
        world.poll().await;
        let by_gateway = world.ada("/jobs query:rust").await;
        let address = web(&world).await;
        // Discord tries the address with a ping and with a wrong signature before it takes it.
        world.control("endpoint", &json!({ "url": format!("{address}/interactions") })).await;
        assert_eq!(world.ada("/jobs query:rust").await, by_gateway);
        assert!(world.press("Details").await.starts_with("### Rust Engineer"));
        // The HTTP door knows what the bot may do in a picked channel; the gateway's library drops it.
        shows!(world.ada("/subscribe channel:#read-only query:rust").await, @"Crier lacks Send Messages in #read-only. Nothing was saved: give Crier Send Messages there (channel settings → Permissions), then try again.");
    }

    async fn who_does_not_sign_is_refused(mut world: World) {
        world.tick().await;
        let address = web(&world).await;
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let ping = json!({ "type": 1 }).to_string();
        for (signature, timestamp) in [("", ""), ("zz", "1"), (&"00".repeat(64)[..], "1"), (&"ab".repeat(63)[..], "1")] {
            let answer = http
                .post(format!("{address}/interactions"))
                .header("X-Signature-Ed25519", signature)
                .header("X-Signature-Timestamp", timestamp)
                .body(ping.clone())
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 401, "{signature}");
        }
        assert_eq!(http.get(format!("{address}/healthz")).send().await.unwrap().text().await.unwrap(), "alive\n");
        assert_eq!(http.get(format!("{address}/readyz")).send().await.unwrap().status(), 200);
        let metrics = http.get(format!("{address}/metrics")).send().await.unwrap().text().await.unwrap();
        assert!(metrics.contains("crier_feeds_on 1"), "{metrics}");
    }

    async fn a_dropped_gateway_comes_back(mut world: World) {
        for fault in [
            json!({ "kind": "gateway_drop" }),
            json!({ "kind": "gateway_reconnect" }),
            json!({ "kind": "gateway_close", "code": 4000 }),
            json!({ "kind": "gateway_invalid", "resumable": false }),
        ] {
world.fault(fault.clone()).await;
            world.online_again().await;
            assert!(world.ada("/help").await.contains("Find a job"), "{fault}");
        }
    }

    async fn a_fatal_close_ends_the_process(mut world: World) {
        world.fault(json!({ "kind": "gateway_close", "code": 4014 })).await;
        let why = world.gateway_ended().await;
        assert!(why.contains("the gateway ended"), "{why}");
    }

    async fn nearly_spent_connections_are_not_spent(mut world: World) {
        world.tick().await;
        world.sandbox.spend_identifies(1_000);
        let why = world.another_gateway().await;
        shows!(why, @"only 0 gateway connections are left today, and this start needs 1; Discord gives new ones in 240 minutes. Crier stops rather than lose its token");
    }
}
