//! What every unit of work can rely on.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use futures_util::future::join_all;
use jiff::Timestamp;
use store::{ConflictKind, Error, Json, Store, Value, params};
use testkit::{db::TestDb, on_both};

use crate::{GET, PUT, SET, desk};

store::sql! {
    desk KEEP = "INSERT INTO blobs (desk_id, hash, size, body, at) VALUES ($1, $2, $3, $4, $5)";
    desk SIZE_AS_TEXT = "SELECT hash, at FROM blobs WHERE desk_id = $1";
    system JOB = "INSERT INTO jobs (id, desk_id, kind, payload, key, state, run_at, created_at)
        VALUES ($1, $1, $2, $3, $4, 'waiting', $5, $5)";
    system JOB_BACK = "SELECT kind, payload, key, run_at FROM jobs WHERE id = $1";
    system BAD_STATE = "UPDATE jobs SET state = 'odd'";
    system NO_KIND = "UPDATE jobs SET kind = NULL";
}

async fn get(db: &TestDb, number: u8, name: &'static str) -> Result<i64, Error> {
    let get = db.store().read(desk(number), move |tx| {
        Box::pin(async move { tx.query_one::<(i64,)>(&GET, params![name]).await })
    });
    get.await.map(|(next,)| next)
}

on_both! {
    async fn keeps_what_it_answers(db) {
        let put = db.store().write(desk(1), |tx| {
            Box::pin(async move { tx.execute(&PUT, params!["a", 7]).await })
        });
        assert_eq!(put.await, Ok(1));
        assert_eq!(get(&db, 1, "a").await, Ok(7));
        assert_eq!(get(&db, 2, "a").await, Err(Error::NotFound("GET")));
    }

    async fn keeps_nothing_of_what_it_refuses(db) {
        let refused = db.store().write::<(), _, _>(desk(1), |tx| {
            Box::pin(async move {
                tx.execute(&PUT, params!["a", 7]).await?;
                Err(Error::Stale)
            })
        });
        assert_eq!(refused.await, Err(Error::Stale));
        assert_eq!(get(&db, 1, "a").await, Err(Error::NotFound("GET")));
    }

    async fn what_is_put_is_there_for_the_next_statement_and_for_others_after_it(db) {
        // More than wait in line at once.
        let put = db.store().write::<_, Error, _>(desk(1), |tx| {
            Box::pin(async move {
                for n in 0..60 {
                    tx.put(&PUT, params![format!("n{n}"), n]).await?;
                }
                let own: (i64,) = tx.query_one(&GET, params!["n59"]).await?;
                tx.put(&PUT, params!["last", 60]).await?;
                Ok(own.0)
            })
        });
        assert_eq!(put.await, Ok(59));
        assert_eq!((get(&db, 1, "n0").await, get(&db, 1, "last").await), (Ok(0), Ok(60)));
    }

    async fn what_cannot_be_put_ends_the_transaction(db) {
        for asks_afterwards in [false, true] {
            let twice = db.store().write::<_, Error, _>(desk(1), move |tx| {
                Box::pin(async move {
                    tx.put(&PUT, params!["a", 7]).await?;
                    tx.put(&PUT, params!["a", 8]).await?;
                    tx.put(&PUT, params!["b", 9]).await?;
                    if asks_afterwards {
                        tx.query::<(i64,)>(&GET, params!["a"]).await?;
                    }
                    Ok(())
                })
            });
            assert!(twice.await.unwrap_err().is_taken("numbers", "name"));
            for name in ["a", "b"] {
                assert_eq!(get(&db, 1, name).await, Err(Error::NotFound("GET")));
            }
        }
    }

    async fn what_was_put_before_a_refusal_is_not_kept(db) {
        let refused = db.store().write::<(), _, _>(desk(1), |tx| {
            Box::pin(async move {
                tx.put(&PUT, params!["a", 7]).await?;
                Err(Error::Stale)
            })
        });
        assert_eq!(refused.await, Err(Error::Stale));
        assert_eq!(get(&db, 1, "a").await, Err(Error::NotFound("GET")));
    }

    async fn an_error_ends_the_transaction_even_if_it_is_hidden(db) {
        let hidden = db.store().write::<_, Error, _>(desk(1), |tx| {
            Box::pin(async move {
                tx.execute(&PUT, params!["a", 7]).await?;
                let twice = tx.execute(&PUT, params!["a", 8]).await;
                assert!(twice.unwrap_err().is_taken("numbers", "name"));
                assert!(tx.query::<(i64,)>(&GET, params!["a"]).await.is_err());
                Ok(())
            })
        });
        let error = hidden.await.unwrap_err();
        assert!(error.is_taken("numbers", "name"), "{error}");
        assert_eq!(get(&db, 1, "a").await, Err(Error::NotFound("GET")));
    }

    async fn a_panic_is_one_units_own(db) {
        let panicked = db.store().write::<(), Error, _>(desk(1), |tx| {
            Box::pin(async move {
                tx.execute(&PUT, params!["a", 7]).await?;
                panic!("in a unit of work, on purpose")
            })
        });
        assert_eq!(panicked.await, Err(Error::Panicked));
        assert_eq!(get(&db, 1, "a").await, Err(Error::NotFound("GET")));
    }

    async fn a_reader_cannot_write(db) {
        let write = db.store().read(desk(1), |tx| {
            Box::pin(async move { tx.execute(&PUT, params!["a", 7]).await })
        });
        assert!(write.await.is_err());
        assert_eq!(get(&db, 1, "a").await, Err(Error::NotFound("GET")));
    }

    async fn those_who_meet_take_turns(db) {
        db.store()
            .write::<_, Error, _>(desk(1), |tx| {
                Box::pin(async move { tx.execute(&PUT, params!["a", 0]).await })
            })
            .await
            .unwrap();
        let increments = (0..12).map(|_| {
            db.store().write::<_, Error, _>(desk(1), |tx| {
                Box::pin(async move {
                    let (next,): (i64,) = tx.query_one(&GET, params!["a"]).await?;
                    tx.execute(&SET, params!["a", next + 1]).await
                })
            })
        });
        for result in join_all(increments).await {
            assert_eq!(result, Ok(1));
        }
        assert_eq!(get(&db, 1, "a").await, Ok(12));
    }

    async fn values_come_back(db) {
        let at: Timestamp = "2026-02-28T23:59:59.123456789Z".parse().unwrap();
        let cut: Timestamp = "2026-02-28T23:59:59.123456Z".parse().unwrap();
        let long_ago: Timestamp = "1815-12-10T00:00:00Z".parse().unwrap();
        for (at, cut) in [(at, cut), (long_ago, long_ago)] {
            let store = db.store().clone();
            let id = desk(9).uuid();
            let payload = serde_json::json!({ "å": [1, null, "\u{1f600}\0"], "b": 1.5 });
            let (back, kept): ((String, Json<serde_json::Value>, Option<String>, Timestamp), _) = store
                .system_write::<_, Error, _>(move |tx| {
                    let payload = payload.clone();
                    Box::pin(async move {
                        tx.execute(&crate::DELETE_JOBS, &[]).await?;
                        tx.execute(&JOB, params![id, "k\0\u{10ffff}", payload, None::<String>, at]).await?;
                        Ok((tx.query_one(&JOB_BACK, params![id]).await?, payload))
                    })
                })
                .await
                .unwrap();
            assert_eq!(back.0, "k\u{fffd}\u{10ffff}");
            assert_eq!(back.1.0["b"], kept["b"]);
            assert_eq!(back.1.0["å"], serde_json::json!([1, null, "\u{1f600}\u{fffd}"]));
            assert_eq!((back.2, back.3), (None, cut));
        }
    }

    async fn a_wrong_value_is_named(db) {
        let store = db.store();
        store
            .write::<_, Error, _>(desk(1), |tx| {
                Box::pin(async move {
                    tx.execute(&KEEP, params![[1, 2], 2, None::<Vec<u8>>, Timestamp::UNIX_EPOCH]).await
                })
            })
            .await
            .unwrap();
        let wrong = store.read(desk(1), |tx| {
            Box::pin(async move { tx.query_one::<(Vec<u8>, String)>(&SIZE_AS_TEXT, &[]).await })
        });
        assert_eq!(
            wrong.await,
            Err(Error::Corrupt { statement: "SIZE_AS_TEXT", column: 1, wanted: "text" })
        );
        let too_few = store.read(desk(1), |tx| {
            Box::pin(async move { tx.query_one::<(Vec<u8>,)>(&SIZE_AS_TEXT, &[]).await })
        });
        assert!(matches!(too_few.await, Err(Error::Corrupt { column: 1, .. })));
    }

    async fn constraints_have_kinds(db) {
        let kind = async |sql, params: &'static [Value<'static>]| {
            let refused = db.store().system_write::<_, Error, _>(move |tx| {
                Box::pin(async move {
                    tx.execute(&JOB, params![desk(1).uuid(), "k", serde_json::json!({}), "x", Timestamp::UNIX_EPOCH])
                        .await?;
                    tx.execute(sql, params).await
                })
            });
            match refused.await {
                Err(Error::Conflict(conflict)) => conflict.kind,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(kind(&BAD_STATE, &[]).await, ConflictKind::Check);
        assert_eq!(kind(&NO_KIND, &[]).await, ConflictKind::NotNull);
    }

    async fn numbers_are_unique_across_programs(db) {
        let other = Store::open(db.config()).await.unwrap();
        let stores = [db.store(), &other];
        let numbers = join_all((0..150).map(|i| stores[i % 2].ticket_number(desk(1)))).await;
        let mut numbers: Vec<i64> = numbers.into_iter().map(Result::unwrap).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 150);
        assert_eq!(numbers[0], 10_001);
        assert_eq!(db.store().ticket_number(desk(2)).await, Ok(10_001));
    }

    async fn a_newer_schema_is_refused(db) {
        assert_eq!(Store::migrate(db.config()).await.unwrap().names, Vec::<&str>::new());
        let newer = "INSERT INTO migrations (version, name, checksum) VALUES (99999, 'of the future', '')";
        if let Some(path) = db.path() {
            let newer = newer.replace("''", "x''");
            rusqlite::Connection::open(path).unwrap().execute(&newer, []).unwrap();
        } else {
            let mut owner = db.config().clone();
            owner.url = owner.owner_url.take().unwrap();
            let (client, connection) =
                tokio_postgres::connect(&owner.url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            client.execute(newer, &[]).await.unwrap();
        }
        for refused in [
            Store::open(db.config()).await.unwrap_err(),
            Store::migrate(db.config()).await.unwrap_err(),
        ] {
            assert!(refused.to_string().contains("newer Partnerdesk (it has of the future"), "{refused}");
        }
    }
}

#[tokio::test]
async fn sqlite_refuses_a_unit_that_waits_for_something_else() {
    let db = TestDb::sqlite().await;
    let waits = db.store().write::<(), Error, _>(desk(1), |tx| {
        Box::pin(async move {
            tx.execute(&PUT, params!["a", 7]).await?;
            tokio::task::yield_now().await;
            Ok(())
        })
    });
    assert_eq!(waits.await, Err(Error::Waited));
    assert_eq!(get(&db, 1, "a").await, Err(Error::NotFound("GET")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_runs_again_who_met_another() {
    let db = TestDb::postgres().await;
    let put = db
        .store()
        .write::<_, Error, _>(desk(1), |tx| Box::pin(async move { tx.execute(&PUT, params!["a", 0]).await }));
    put.await.unwrap();
    let (runs, both_have_read) = (Arc::new(AtomicU32::new(0)), Arc::new(tokio::sync::Barrier::new(2)));
    let increment = || {
        let (runs, both_have_read) = (Arc::clone(&runs), Arc::clone(&both_have_read));
        db.store().write::<_, Error, _>(desk(1), move |tx| {
            let run = runs.fetch_add(1, Ordering::Relaxed);
            let both_have_read = Arc::clone(&both_have_read);
            Box::pin(async move {
                let (next,): (i64,) = tx.query_one(&GET, params!["a"]).await?;
                if run < 2 {
                    both_have_read.wait().await;
                }
                tx.execute(&SET, params!["a", next + 1]).await
            })
        })
    };
    let (one, other) = futures_util::future::join(increment(), increment()).await;
    assert_eq!((one, other), (Ok(1), Ok(1)));
    assert_eq!(get(&db, 1, "a").await, Ok(2));
    assert!(runs.load(Ordering::Relaxed) > 2, "somebody ran again");
}
