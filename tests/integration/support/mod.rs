//! What the tests share: databases of both engines, and small made-up values.

pub(crate) mod boards;
pub(crate) mod browser;
pub(crate) mod postgres;
pub(crate) mod values;
pub(crate) mod world;

use crier::store::{Location, Store};

/// A fresh SQLite store in a folder that vanishes with the returned guard.
pub(crate) async fn sqlite() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&Location::Sqlite(folder.path().join("data/crier.db")), true).await.unwrap();
    store.migrate().await.unwrap();
    (store, folder)
}

/// A fresh, migrated store in a PostgreSQL database of its own, or `None` where these tests are left out.
pub(crate) async fn on_postgres() -> Option<Store> {
    let location = postgres::location().await?;
    let store = Store::open(&location, true).await.unwrap();
    store.migrate().await.unwrap();
    Some(store)
}

/// Makes of each scene `async fn name(store: Store) { … }` two tests, `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* async fn $name:ident($store:ident: Store) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;

            async fn scene($store: Store) $body

            #[tokio::test]
            async fn sqlite() {
                let (store, _folder) = $crate::support::sqlite().await;
                scene(store).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(store) = $crate::support::on_postgres().await {
                    scene(store).await;
                }
            }
        }
    )*};
}

/// Makes of each scene `async fn name(world: World) { … }` two tests on a whole world, one for each engine.
#[macro_export]
macro_rules! in_a_world {
    ($($(#[$doc:meta])* async fn $name:ident(mut $world:ident: World) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;

            async fn scene(mut $world: World) $body

            #[tokio::test]
            async fn sqlite() {
                scene(World::start(Engine::Sqlite).await.expect("SQLite is always there")).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(world) = World::start(Engine::Postgres).await {
                    scene(world).await;
                }
            }
        }
    )*};
}

/// The whole text as an inline snapshot; the same on both engines.
#[macro_export]
macro_rules! shows {
    ($text:expr, @$expected:literal) => {{
        let text = $text;
        insta::allow_duplicates! {
            insta::assert_snapshot!(text, @$expected);
        }
    }};
}
