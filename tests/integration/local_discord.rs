//! The sandbox against Discord's rules, one by one: what a bot depends on must be true of it.

use std::sync::Arc;

use crier::clock::Clock;
use crier::domain::time::{MINUTE, SECOND};
use crier::sandbox::{self, Running};
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Method;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::shows;
use crate::support::values::START;

/// A sandbox, and a bot that speaks plain HTTP to it.
struct Discord {
    sandbox: Running,
    clock: Clock,
    http: reqwest::Client,
}

impl Discord {
    async fn start() -> Self {
        let clock = Clock::set_to(START);
        let now = clock.clone();
        let options = sandbox::Options {
            port: 0,
            record: None,
            seed: 3,
            now: Arc::new(move || now.now().0),
            openings: String::new(),
            published_at_start: 0,
        };
        let sandbox = sandbox::start(options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().user_agent("DiscordBot (test, 1)").build().unwrap();
        Self { sandbox, clock, http }
    }

    async fn raw(
        &self,
        method: Method,
        path: &str,
        body: Value,
    ) -> Result<reqwest::Response, reqwest::Error> {
        let url = format!("{}/api/v10/{path}", self.sandbox.base_url);
        let request =
            self.http.request(method, url).header("Authorization", format!("Bot {}", self.sandbox.token));
        if body.is_null() { request.send().await } else { request.json(&body).send().await }
    }

    /// Status and body.
    async fn ask(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let answer = self.raw(method, path, body).await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
    }

    async fn post(&self, channel: &str, body: Value) -> (u16, Value) {
        let id = self.channel(channel).await;
        self.ask(Method::POST, &format!("channels/{id}/messages"), body).await
    }

    /// What the page does for a person.
    async fn page(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/page/{path}", self.sandbox.base_url);
        self.http.post(url).json(&body).send().await.unwrap().json().await.unwrap()
    }

    async fn state(&self, who: &str) -> Value {
        let url = format!("{}/page/state?as={who}", self.sandbox.base_url);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    async fn channel(&self, name: &str) -> String {
        let state = self.state("ada").await;
        let rooms = state["channels"].as_array().unwrap();
        rooms.iter().find(|room| room["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    }

    fn commands(&self) -> String {
        format!("applications/{}/commands", self.sandbox.application_id)
    }

    /// Ada calls `/ping` in #jobs; id and token of the interaction.
    async fn interaction(&self) -> (String, String) {
        let command = json!([{ "name": "ping", "description": "Pings" }]);
        assert_eq!(self.ask(Method::PUT, &self.commands(), command).await.0, 200);
        let channel = self.channel("jobs").await;
        let told = self
            .page(
                "command",
                json!({ "as": "ada", "channel_id": channel, "name": "ping", "path": [], "options": {} }),
            )
            .await;
        let id = told["interaction_id"].as_str().unwrap().to_owned();
        (id.clone(), format!("sandbox-interaction-{id}"))
    }

    async fn callback(&self, (id, token): &(String, String), body: Value) -> (u16, Value) {
        self.ask(Method::POST, &format!("interactions/{id}/{token}/callback"), body).await
    }

    async fn fault(&self, fault: Value) {
        let mut fault = fault;
        fault["on"] = json!(true);
        assert!(self.page("fault", fault).await["faults"].is_array());
    }
}

/// The paths and codes of a refused form: `components.0.label BASE_TYPE_MAX_LENGTH`.
fn problems(answer: &(u16, Value)) -> String {
    fn walk(errors: &Value, path: &str, out: &mut Vec<String>) {
        for (key, value) in errors.as_object().into_iter().flatten() {
            if key == "_errors" {
                let codes = value.as_array().into_iter().flatten().filter_map(|error| error["code"].as_str());
                out.extend(codes.map(|code| format!("{path} {code}")));
            } else {
                walk(value, format!("{path}.{key}").trim_start_matches('.'), out);
            }
        }
    }
    let mut out = Vec::new();
    walk(&answer.1["errors"], "", &mut out);
    format!("{} {}: {}", answer.0, answer.1["code"], out.join(", "))
}

fn v2(components: Value) -> Value {
    json!({ "flags": 1 << 15, "components": components })
}

#[tokio::test]
async fn who_asks_must_say_who_and_in_which_form() {
    let discord = Discord::start().await;
    let url = format!("{}/api/v10/users/@me", discord.sandbox.base_url);
    let nameless = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(nameless.get(&url).send().await.unwrap().json::<Value>().await.unwrap()["code"], 40333);
    assert_eq!(discord.http.get(&url).send().await.unwrap().status(), 401);
    assert_eq!(
        discord.http.get(&url).header("Authorization", "Bot wrong").send().await.unwrap().status(),
        401
    );
    let (status, me) = discord.ask(Method::GET, "users/@me", Value::Null).await;
    assert_eq!((status, me["bot"].as_bool()), (200, Some(true)));
    let id = discord.channel("jobs").await;
    let url = format!("{}/api/v10/channels/{id}/messages", discord.sandbox.base_url);
    let broken = discord
        .http
        .post(url)
        .header("Authorization", format!("Bot {}", discord.sandbox.token))
        .body("{\"content\":");
    assert_eq!(broken.send().await.unwrap().json::<Value>().await.unwrap()["code"], 50109);
    let (status, _) = discord.ask(Method::GET, "nothing/of/the/kind", Value::Null).await;
    assert_eq!(
        (status, &discord.state("ada").await["unknown"][0]["path"]),
        (501, &json!("nothing/of/the/kind"))
    );
}

#[tokio::test]
async fn a_message_is_refused_at_the_path_of_each_wrong_field() {
    let discord = Discord::start().await;
    let button = |id: &str| json!({ "type": 2, "style": 2, "label": "x", "custom_id": id });
    let text = |n: usize| json!({ "type": 10, "content": "x".repeat(n) });
    let many: Vec<Value> = (0..41).map(|_| text(1)).collect();
    for (body, expected) in [
        (json!({}), "400 50006: "),
        (json!({ "content": "x".repeat(2001) }), "400 50035: content BASE_TYPE_MAX_LENGTH"),
        (json!({ "content": "x", "nonce": "n".repeat(26) }), "400 50035: nonce BASE_TYPE_MAX_LENGTH"),
        (
            json!({ "flags": 1 << 15, "content": "x", "components": [text(1)] }),
            "400 50035: content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        (v2(json!([text(0)])), "400 50035: components.0.content BASE_TYPE_BAD_LENGTH"),
        (
            v2(json!([text(2001), text(2000)])),
            "400 50035: components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        ),
        (v2(json!(many)), "400 50035: components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        (
            v2(json!([{ "type": 17, "components": [{ "type": 17, "components": [text(1)] }] }])),
            "400 50035: components.0.components.0.type UNION_TYPE_CHOICES",
        ),
        (
            v2(json!([{ "type": 9, "components": [text(1)] }])),
            "400 50035: components.0.accessory BASE_TYPE_REQUIRED",
        ),
        (
            v2(json!([{ "type": 1, "components": [button("a"), button("a")] }])),
            "400 50035: components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            v2(json!([{ "type": 1, "components": [] }])),
            "400 50035: components.0.components BASE_TYPE_BAD_LENGTH",
        ),
        (
            v2(
                json!([{ "type": 1, "components": [{ "type": 2, "style": 2, "label": "x".repeat(81), "custom_id": "" }] }]),
            ),
            "400 50035: components.0.components.0.label BASE_TYPE_MAX_LENGTH, components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH",
        ),
        (
            v2(
                json!([{ "type": 1, "components": [{ "type": 2, "style": 5, "label": "x", "url": "javascript:1" }] }]),
            ),
            "400 50035: components.0.components.0.url URL_TYPE_INVALID_SCHEME",
        ),
        (
            v2(json!([{ "type": 1, "components": [{ "type": 3, "custom_id": "s", "options": [] }] }])),
            "400 50035: components.0.components.0.options BASE_TYPE_BAD_LENGTH",
        ),
        (
            v2(json!([{ "type": 12, "items": [{ "media": { "url": "attachment://missing.png" } }] }])),
            "400 50035: components.0.items.0.media.url MEDIA_ITEM_ATTACHMENT_NOT_FOUND",
        ),
        (json!({ "components": [text(1)] }), "400 50035: components.0.type UNION_TYPE_CHOICES"),
        (
            json!({ "embeds": [{ "title": "x".repeat(257), "fields": [{ "name": "n", "value": " " }] }] }),
            "400 50035: embeds.0.title BASE_TYPE_MAX_LENGTH, embeds.0.fields.0.value BASE_TYPE_REQUIRED",
        ),
        (
            json!({ "embeds": [{ "description": "x".repeat(4000) }, { "description": "x".repeat(2001) }] }),
            "400 50035: embeds MAX_EMBED_SIZE_EXCEEDED",
        ),
        (
            json!({ "content": "x", "allowed_mentions": { "parse": ["roles"], "roles": ["1"] } }),
            "400 50035: allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
    ] {
        // Each try stands in a channel of its own: the limits are another test's.
        let made = discord.page("channel", json!({ "name": "try", "type": 0 })).await;
        let path = format!("channels/{}/messages", made["id"].as_str().unwrap());
        let answer = discord.ask(Method::POST, &path, body.clone()).await;
        assert_eq!(problems(&answer), expected, "{body}");
    }
}

#[tokio::test]
async fn commands_are_refused_at_the_path_of_each_wrong_field() {
    let discord = Discord::start().await;
    let command = |fields: Value| {
        let mut command = json!({ "name": "x", "description": "d" });
        for (key, value) in fields.as_object().unwrap() {
            command[key] = value.clone();
        }
        json!([command])
    };
    let option = |kind: u64, fields: Value| {
        let mut option = json!({ "type": kind, "name": "o", "description": "d" });
        for (key, value) in fields.as_object().unwrap() {
            option[key] = value.clone();
        }
        option
    };
    let mut wrong = Vec::new();
    for body in [
        command(json!({ "name": "Big" })),
        command(json!({ "name": "a b" })),
        command(json!({ "description": "" })),
        json!([{ "name": "menu", "type": 2, "description": "none allowed" }]),
        json!([{ "name": "x", "description": "d" }, { "name": "x", "description": "d" }]),
        command(
            json!({ "options": [option(3, json!({})), option(3, json!({ "name": "p", "required": true }))] }),
        ),
        command(
            json!({ "options": [option(3, json!({ "autocomplete": true, "choices": [{ "name": "a", "value": "a" }] }))] }),
        ),
        command(json!({ "options": [option(1, json!({})), option(3, json!({ "name": "p" }))] })),
        command(json!({ "options": [option(2, json!({ "options": [option(2, json!({}))] }))] })),
        command(
            json!({ "options": [option(3, json!({ "choices": [{ "name": "n", "value": "v".repeat(101) }] }))] }),
        ),
        command(json!({ "default_member_permissions": 32 })),
        command(json!({ "description_localizations": { "tlh": "Klingon" } })),
        json!({ "not": "a list" }),
    ] {
        // One a fresh sandbox: registering has a limit of its own.
        let discord = Discord::start().await;
        wrong.push(problems(&discord.ask(Method::PUT, &discord.commands(), body).await));
    }
    shows!(wrong.join("\n"), @r"
    400 50035: 0.name APPLICATION_COMMAND_INVALID_NAME
    400 50035: 0.name APPLICATION_COMMAND_INVALID_NAME
    400 50035: 0.description BASE_TYPE_BAD_LENGTH
    400 50035: 0.description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_EXIST
    400 50035: 1.name APPLICATION_COMMANDS_DUPLICATE_NAME
    400 50035: 0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID
    400 50035: 0.options.0.autocomplete APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE
    400 50035: 0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID
    400 50035: 0.options.0.options.0.type BASE_TYPE_CHOICES
    400 50035: 0.options.0.choices.0.value BASE_TYPE_MAX_LENGTH
    400 50035: 0.default_member_permissions PERMISSION_INVALID
    400 50035: 0.description_localizations.tlh BASE_TYPE_CHOICES
    400 50035:  LIST_TYPE_CONVERT
    ");
    let (status, made) = discord.ask(Method::PUT, &discord.commands(), command(json!({}))).await;
    assert_eq!(status, 200);
    // Overwriting keeps the id of what keeps its name, and deletes what is not listed.
    let (_, again) =
        discord.ask(Method::PUT, &discord.commands(), command(json!({ "description": "other" }))).await;
    assert_eq!(again[0]["id"], made[0]["id"]);
    let own = format!(
        "applications/{}/guilds/{}/commands",
        discord.sandbox.application_id, discord.sandbox.guild_id
    );
    assert_eq!(discord.ask(Method::POST, &own, json!({ "name": "here", "description": "d" })).await.0, 201);
    assert_eq!(discord.state("ada").await["commands"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_interaction_is_answered_once_within_three_seconds_and_edited_for_fifteen_minutes() {
    let discord = Discord::start().await;
    let hello = json!({ "type": 4, "data": { "content": "hello", "flags": 64 } });
    let asked = discord.interaction().await;
    assert_eq!(
        discord.callback(&asked, json!({ "type": 8, "data": { "choices": [] } })).await.1["code"],
        50035,
        "no completion was asked for"
    );
    let bad = discord.callback(&asked, json!({ "type": 4, "data": { "content": "x".repeat(2001) } })).await;
    assert_eq!(problems(&bad), "400 50035: data.content BASE_TYPE_MAX_LENGTH");
    assert_eq!(discord.callback(&asked, hello.clone()).await.0, 204, "a refused answer does not count");
    assert_eq!(discord.callback(&asked, hello.clone()).await.1["code"], 40060);
    // Only the person who asked sees it, and no reading of the channel shows it.
    let channel = discord.channel("jobs").await;
    assert_eq!(discord.state("ada").await["messages"][&channel].as_array().map(Vec::len), Some(1));
    assert_eq!(discord.state("lin").await["messages"][&channel].as_array().map(Vec::len), Some(0));
    let (_, listed) = discord.ask(Method::GET, &format!("channels/{channel}/messages"), Value::Null).await;
    assert_eq!(listed, json!([]));
    // Edits and follow-ups for fifteen minutes.
    let webhook = format!("webhooks/{}/{}", discord.sandbox.application_id, asked.1);
    discord.clock.advance(14 * MINUTE);
    let (status, edited) = discord
        .ask(Method::PATCH, &format!("{webhook}/messages/@original"), json!({ "content": "bye" }))
        .await;
    assert_eq!((status, edited["content"].as_str()), (200, Some("bye")));
    assert_eq!(discord.ask(Method::POST, &webhook, json!({ "content": "more" })).await.0, 200);
    discord.clock.advance(2 * MINUTE);
    assert_eq!(discord.ask(Method::POST, &webhook, json!({ "content": "late" })).await.1["code"], 50027);
    // Too late for a first answer.
    let asked = discord.interaction().await;
    discord.clock.advance(4 * SECOND);
    assert_eq!(discord.callback(&asked, hello).await.1["code"], 10062);
    // "Thinking…" decides who sees it; the edit brings the words.
    let asked = discord.interaction().await;
    assert_eq!(discord.callback(&asked, json!({ "type": 5, "data": { "flags": 64 } })).await.0, 204);
    let webhook = format!("webhooks/{}/{}", discord.sandbox.application_id, asked.1);
    let (_, shown) = discord
        .ask(
            Method::PATCH,
            &format!("{webhook}/messages/@original"),
            v2(json!([{ "type": 10, "content": "now" }])),
        )
        .await;
    assert_eq!((shown["loading"].as_bool(), shown["ephemeral_for"].is_string()), (Some(false), true));
}

#[tokio::test]
async fn a_nonce_makes_a_second_try_safe() {
    let discord = Discord::start().await;
    let body = json!({ "content": "once", "nonce": "abc", "enforce_nonce": true });
    let (_, first) = discord.post("jobs", body.clone()).await;
    let (_, second) = discord.post("jobs", body.clone()).await;
    assert_eq!(first["id"], second["id"]);
    assert_ne!(discord.post("welcome", body.clone()).await.1["id"], first["id"], "each channel has its own");
    let path =
        format!("channels/{}/messages/{}", discord.channel("jobs").await, first["id"].as_str().unwrap());
    assert_eq!(discord.ask(Method::DELETE, &path, Value::Null).await.0, 204);
    assert_eq!(
        discord.post("jobs", body.clone()).await.1["code"],
        10008,
        "deleted meanwhile: not posted again"
    );
    discord.clock.advance(6 * MINUTE);
    assert_eq!(discord.post("jobs", body).await.0, 200, "after some minutes it is forgotten");
}

#[tokio::test]
async fn limits_are_told_by_headers_and_kept_by_429() {
    let discord = Discord::start().await;
    let id = discord.channel("jobs").await;
    let path = format!("channels/{id}/messages");
    let mut told = Vec::new();
    for _ in 0..5 {
        let answer = discord.raw(Method::POST, &path, json!({ "content": "x" })).await.unwrap();
        assert_eq!(answer.status(), 200);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        told.push(header("x-ratelimit-remaining"));
        assert_eq!((header("x-ratelimit-limit").as_str(), header("x-ratelimit-bucket").len()), ("5", 32));
    }
    assert_eq!(told, ["4", "3", "2", "1", "0"]);
    let answer = discord.raw(Method::POST, &path, json!({ "content": "x" })).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["x-ratelimit-scope"].to_str().unwrap()),
        (429, "user")
    );
    let body: Value = answer.json().await.unwrap();
    assert!(
        body["retry_after"].as_f64().is_some_and(|s| s > 0.0 && s <= 5.0) && body["global"] == false,
        "{body}"
    );
    assert_eq!(
        discord.post("welcome", json!({ "content": "x" })).await.0,
        200,
        "another channel has its own bucket"
    );
    // Fifty a second in all; interactions do not count.
    let mut last = (0, Value::Null);
    for _ in 0..60 {
        last = discord.ask(Method::GET, "users/@me", Value::Null).await;
        if last.0 == 429 {
            break;
        }
    }
    assert_eq!((last.0, &last.1["global"]), (429, &json!(true)));
    assert_eq!(discord.ask(Method::GET, "gateway", Value::Null).await.0, 200);
}

#[tokio::test]
async fn rights_threads_and_forums_refuse_as_discord_does() {
    let discord = Discord::start().await;
    let hello = json!({ "content": "x" });
    assert_eq!(discord.post("staff-only", hello.clone()).await.1["code"], 50001);
    assert_eq!(discord.post("read-only", hello.clone()).await.1["code"], 50013);
    assert_eq!(discord.ask(Method::POST, "channels/1/messages", hello.clone()).await.1["code"], 10003);
    assert_eq!(discord.post("job-board", hello.clone()).await.1["code"], 40058);
    let forum = discord.channel("job-board").await;
    let threads = format!("channels/{forum}/threads");
    let (_, bad) =
        discord.ask(Method::POST, &threads, json!({ "name": "", "auto_archive_duration": 5 })).await;
    assert_eq!(
        problems(&(400, bad)),
        "400 50035: name BASE_TYPE_BAD_LENGTH, auto_archive_duration BASE_TYPE_CHOICES, message BASE_TYPE_REQUIRED"
    );
    let (status, thread) =
        discord.ask(Method::POST, &threads, json!({ "name": "A post", "message": hello })).await;
    assert_eq!(
        (status, &thread["message"]["id"]),
        (201, &thread["id"]),
        "the first message has the thread's id"
    );
    assert_eq!(
        discord
            .ask(Method::POST, &threads, json!({ "name": "t", "message": hello, "applied_tags": ["1"] }))
            .await
            .1["code"],
        10087
    );
    let id = thread["id"].as_str().unwrap();
    let (_, active) = discord
        .ask(Method::GET, &format!("guilds/{}/threads/active", discord.sandbox.guild_id), Value::Null)
        .await;
    assert_eq!(active["threads"][0]["id"], id);
    // Archived threads take no edits, and wake when something is posted; locked ones take nothing.
    let room = format!("channels/{id}");
    let change = |fields: Value| discord.ask(Method::PATCH, &room, fields);
    change(json!({ "archived": true })).await;
    let edit = format!("channels/{id}/messages/{id}");
    assert_eq!(discord.ask(Method::PATCH, &edit, hello.clone()).await.1["code"], 50083);
    assert_eq!(discord.ask(Method::POST, &format!("channels/{id}/messages"), hello.clone()).await.0, 200);
    assert_eq!(discord.ask(Method::PATCH, &edit, hello.clone()).await.0, 200);
    change(json!({ "locked": true })).await;
    assert_eq!(
        discord.ask(Method::POST, &format!("channels/{id}/messages"), hello.clone()).await.1["code"],
        160_005
    );
    // Announcements are published to followers once; other people's messages are not ours to edit.
    let (_, news) = discord.post("announcements", hello.clone()).await;
    let path = format!(
        "channels/{}/messages/{}/crosspost",
        discord.channel("announcements").await,
        news["id"].as_str().unwrap()
    );
    assert_eq!(discord.ask(Method::POST, &path, Value::Null).await.0, 200);
    assert_eq!(discord.ask(Method::POST, &path, Value::Null).await.1["code"], 40033);
    let jobs = discord.channel("jobs").await;
    let said = discord.page("send", json!({ "as": "lin", "channel_id": jobs, "content": "hi" })).await;
    let path = format!("channels/{jobs}/messages/{}", said["id"].as_str().unwrap());
    assert_eq!(discord.ask(Method::PATCH, &path, hello).await.1["code"], 50005);
}

#[tokio::test]
async fn an_edit_can_set_components_v2_and_never_clear_it() {
    let discord = Discord::start().await;
    let (_, message) = discord.post("jobs", json!({ "content": "x" })).await;
    let path =
        format!("channels/{}/messages/{}", discord.channel("jobs").await, message["id"].as_str().unwrap());
    let to_v2 = json!({ "flags": 1 << 15, "content": null, "embeds": [], "components": [{ "type": 10, "content": "new" }] });
    let (status, edited) = discord.ask(Method::PATCH, &path, to_v2).await;
    assert_eq!((status, edited["edited_timestamp"].is_string()), (200, true));
    let back =
        discord.ask(Method::PATCH, &path, json!({ "flags": 0, "content": "old", "components": [] })).await;
    assert_eq!(problems(&back), "400 50035: content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
}

#[tokio::test]
async fn files_come_by_multipart_and_are_referred_to_by_name() {
    let discord = Discord::start().await;
    let payload = json!({ "flags": 1 << 15, "attachments": [{ "id": 0, "filename": "chart.png", "description": "A chart" }],
        "components": [{ "type": 12, "items": [{ "media": { "url": "attachment://chart.png" } }] }] });
    let file = reqwest::multipart::Part::bytes(b"not really a picture".to_vec())
        .file_name("chart.png")
        .mime_str("image/png")
        .unwrap();
    let form =
        reqwest::multipart::Form::new().text("payload_json", payload.to_string()).part("files[0]", file);
    let url =
        format!("{}/api/v10/channels/{}/messages", discord.sandbox.base_url, discord.channel("jobs").await);
    let request = discord
        .http
        .post(url)
        .header("Authorization", format!("Bot {}", discord.sandbox.token))
        .multipart(form);
    let message: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(message["attachments"][0]["description"], "A chart", "{message}");
    let url = message["attachments"][0]["url"].as_str().unwrap();
    assert_eq!(discord.http.get(url).send().await.unwrap().bytes().await.unwrap(), "not really a picture");
}

#[tokio::test]
async fn faults_break_what_they_say_and_nothing_else() {
    let discord = Discord::start().await;
    let body = || json!({ "content": "x" });
    let count = async || {
        let jobs = discord.channel("jobs").await;
        discord.state("ada").await["messages"][&jobs].as_array().map_or(0, Vec::len)
    };
    let path = format!("channels/{}/messages", discord.channel("jobs").await);
    discord.fault(json!({ "kind": "reset_before", "count": 1 })).await;
    assert!(discord.raw(Method::POST, &path, body()).await.is_err());
    assert_eq!(count().await, 0, "cut before the work");
    discord.fault(json!({ "kind": "reset_after", "count": 1 })).await;
    assert!(discord.raw(Method::POST, &path, body()).await.is_err());
    assert_eq!(count().await, 1, "cut after the work");
    discord
        .fault(json!({ "kind": "server_error", "status": 502, "count": 1, "match": "POST channels" }))
        .await;
    assert_eq!(discord.ask(Method::GET, "users/@me", Value::Null).await.0, 200, "another route");
    assert_eq!(discord.post("jobs", body()).await.0, 502);
    assert_eq!(discord.post("jobs", body()).await.0, 200, "used up");
    for (scope, global) in [("user", false), ("shared", false), ("global", true)] {
        discord.fault(json!({ "kind": "rate_limit", "scope": scope, "seconds": 1.5, "count": 1 })).await;
        let answer = discord.raw(Method::GET, "users/@me", Value::Null).await.unwrap();
        assert_eq!(answer.headers()["x-ratelimit-scope"].to_str().unwrap(), scope);
        assert_eq!(answer.headers()["retry-after"].to_str().unwrap(), "2");
        let told: Value = answer.json().await.unwrap();
        assert_eq!((told["retry_after"].as_f64(), &told["global"]), (Some(1.5), &json!(global)));
    }
    discord.fault(json!({ "kind": "guild_outage" })).await;
    assert_eq!(discord.post("jobs", body()).await.0, 503);
    assert_eq!(discord.post("Crier", body()).await.0, 200, "direct messages go on");
    assert!(
        discord.page("fault", json!({ "kind": "nonsense" })).await["error"]
            .as_str()
            .is_some_and(|e| e.contains("no fault"))
    );
    discord.page("fault", json!({ "kind": "none" })).await;
    assert_eq!(discord.post("welcome", body()).await.0, 200);
}

#[tokio::test]
async fn the_page_answers_only_to_itself() {
    let discord = Discord::start().await;
    let url = format!("{}/page/state?as=ada", discord.sandbox.base_url);
    let foreign = discord.http.get(&url).header("Origin", "https://evil.example").send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    let rebound = discord.http.get(&url).header("Host", "evil.example").send().await.unwrap();
    assert_eq!(rebound.status(), 403);
    let own = discord.http.get(&url).header("Origin", discord.sandbox.base_url.clone()).send().await.unwrap();
    assert_eq!(own.status(), 200);
    assert_eq!(
        discord.page("press", json!({ "as": "nobody" })).await["error"],
        "\"as\" must be \"ada\" or \"lin\"."
    );
}

/// A raw connection to the gateway.
struct Gateway {
    socket: tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>,
}

impl Gateway {
    async fn open(discord: &Discord, query: &str) -> Self {
        let url = format!("{}/gateway{query}", discord.sandbox.base_url.replacen("http", "ws", 1));
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        Self { socket }
    }

    async fn send(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame, or the code with which the connection was closed.
    async fn next(&mut self) -> Result<Value, u16> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => return Err(frame.code.into()),
                Some(Ok(_)) => {}
                _ => return Err(0),
            }
        }
    }

    /// Identified, up to READY; its session.
    async fn ready(discord: &Discord) -> (Self, String) {
        let mut gateway = Self::open(discord, "?v=10&encoding=json").await;
        assert_eq!(gateway.next().await.unwrap()["op"], 10);
        gateway.send(identify(discord, json!({}))).await;
        let ready = gateway.next().await.unwrap();
        assert_eq!(ready["t"], "READY");
        (gateway, ready["d"]["session_id"].as_str().unwrap().to_owned())
    }
}

fn identify(discord: &Discord, fields: Value) -> Value {
    let mut data = json!({ "token": discord.sandbox.token, "intents": 0, "properties": {} });
    for (key, value) in fields.as_object().unwrap() {
        data[key] = value.clone();
    }
    json!({ "op": 2, "d": data })
}

#[tokio::test]
async fn the_gateway_closes_with_discords_codes() {
    let discord = Discord::start().await;
    for (frame, code) in [
        (identify(&discord, json!({ "token": "wrong" })), 4004),
        (identify(&discord, json!({ "shard": [1, 1] })), 4010),
        (identify(&discord, json!({ "intents": 1_u64 << 40 })), 4013),
        (identify(&discord, json!({ "intents": 2 })), 4014),
        (json!({ "op": 8, "d": {} }), 4003),
        (json!({ "op": 99 }), 4003),
        (json!({ "op": 2, "d": "x".repeat(5000) }), 4002),
    ] {
        let mut gateway = Gateway::open(&discord, "?v=10").await;
        gateway.next().await.unwrap();
        gateway.send(frame).await;
        assert_eq!(gateway.next().await, Err(code));
    }
    assert_eq!(Gateway::open(&discord, "?v=9").await.next().await, Err(4012));
    let (mut gateway, _) = Gateway::ready(&discord).await;
    gateway.send(json!({ "op": 1, "d": 1 })).await;
    assert_eq!(gateway.next().await.unwrap()["op"], 11);
    gateway.send(identify(&discord, json!({}))).await;
    assert_eq!(gateway.next().await, Err(4005));
    let (_, told) = discord.ask(Method::GET, "gateway/bot", Value::Null).await;
    assert_eq!(told["session_start_limit"]["remaining"], 999, "each identify counts");
    let (mut gateway, _) = Gateway::ready(&discord).await;
    discord.fault(json!({ "kind": "gateway_close", "code": 4011 })).await;
    assert_eq!(gateway.next().await, Err(4011));
}

#[tokio::test]
async fn a_session_is_resumed_with_what_was_missed() {
    let discord = Discord::start().await;
    let (gateway, session) = Gateway::ready(&discord).await;
    discord.fault(json!({ "kind": "gateway_drop" })).await;
    drop(gateway);
    let asked = discord.interaction().await;
    let mut gateway = Gateway::open(&discord, "?v=10").await;
    gateway.next().await.unwrap();
    gateway
        .send(json!({ "op": 6, "d": { "token": discord.sandbox.token, "session_id": session, "seq": 1 } }))
        .await;
    let missed = gateway.next().await.unwrap();
    assert_eq!((&missed["t"], &missed["d"]["id"]), (&json!("INTERACTION_CREATE"), &json!(asked.0)));
    assert_eq!(gateway.next().await.unwrap()["t"], "RESUMED");
    // A number that was never sent, and a session that is none.
    for (session, seq, told) in
        [(session.as_str(), 99, Err(4007)), ("none", 1, Ok(json!({ "op": 9, "d": false })))]
    {
        let mut gateway = Gateway::open(&discord, "?v=10").await;
        gateway.next().await.unwrap();
        gateway.send(json!({ "op": 6, "d": { "token": discord.sandbox.token, "session_id": session, "seq": seq } })).await;
        assert_eq!(gateway.next().await, told);
    }
}

#[tokio::test]
async fn every_request_of_the_bot_is_recorded_and_a_busy_port_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.jsonl");
    let options = |port, record| sandbox::Options {
        port,
        record,
        seed: 1,
        now: Arc::new(|| START.0),
        openings: String::new(),
        published_at_start: 0,
    };
    std::fs::write(&file, "of an earlier run\n").unwrap();
    let sandbox = sandbox::start(options(0, Some(file.clone()))).await.unwrap();
    let discord = Discord {
        sandbox,
        clock: Clock::set_to(START),
        http: reqwest::Client::builder().no_proxy().user_agent("t").build().unwrap(),
    };
    discord.post("jobs", json!({ "content": "x" })).await;
    discord.state("ada").await;
    let id = discord.channel("jobs").await;
    let record: Vec<Value> = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        record,
        [
            json!({ "method": "POST", "path": format!("/api/v10/channels/{id}/messages"), "body": { "content": "x" } })
        ]
    );
    let port = discord.sandbox.base_url.rsplit(':').next().unwrap().parse().unwrap();
    let busy = sandbox::start(options(port, None)).await.err().unwrap().to_string();
    assert_eq!(
        busy,
        format!("port {port} is taken by another program: choose another with --port, or 0 for any free one")
    );
    // It ends at once, even with a page and a bot connected.
    let (_gateway, _) = Gateway::ready(&discord).await;
    let _page =
        discord.http.get(format!("{}/page/events?as=ada", discord.sandbox.base_url)).send().await.unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(2), discord.sandbox.stop())
        .await
        .expect("it stops in time");
}
