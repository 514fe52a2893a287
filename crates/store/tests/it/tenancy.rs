//! On PostgreSQL the database itself keeps desks apart.

use store::{Error, Store, params};
use testkit::db::TestDb;

use crate::{GET, PUT, desk};

async fn with_one_row_each() -> TestDb {
    let db = TestDb::postgres().await;
    for number in [1, 2] {
        let put = db.store().write::<_, Error, _>(desk(number), |tx| {
            Box::pin(async move { tx.execute(&PUT, params!["a", 7]).await })
        });
        put.await.unwrap();
    }
    db
}

async fn names_seen_as(client: &tokio_postgres::Client, desk: &str) -> Vec<String> {
    client.batch_execute("BEGIN").await.unwrap();
    client.execute("SELECT set_config('app.desk', $1, true)", &[&desk]).await.unwrap();
    let rows = client.query("SELECT desk_id::text FROM numbers", &[]).await.unwrap();
    client.batch_execute("COMMIT").await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn without_a_desk_there_are_no_rows() {
    let db = with_one_row_each().await;
    let client = db.raw_postgres().await.unwrap();
    let all = "SELECT desk_id FROM numbers";
    assert!(client.query(all, &[]).await.unwrap().is_empty(), "a fresh connection");
    let own = desk(1).uuid().to_string();
    assert_eq!(names_seen_as(&client, &own).await, [own]);
    assert!(client.query(all, &[]).await.unwrap().is_empty(), "after a transaction with a desk");
}

#[tokio::test]
async fn a_desk_cannot_write_for_another() {
    let db = with_one_row_each().await;
    let client = db.raw_postgres().await.unwrap();
    let (own, other) = (desk(1).uuid(), desk(2).uuid());
    client.batch_execute("BEGIN").await.unwrap();
    client.execute("SELECT set_config('app.desk', $1, true)", &[&own.to_string()]).await.unwrap();
    let changed = client.execute("UPDATE numbers SET next = 0 WHERE desk_id = $1", &[&other]).await.unwrap();
    assert_eq!(changed, 0);
    let forged = client.execute("INSERT INTO numbers VALUES ($1, 'b', 1)", &[&other]).await.unwrap_err();
    assert_eq!(forged.code().unwrap().code(), "42501", "{forged:?}");
    client.batch_execute("ROLLBACK").await.unwrap();

    let kept = db.store().read::<_, Error, _>(desk(2), |tx| {
        Box::pin(async move { tx.query_one::<(i64,)>(&GET, params!["a"]).await })
    });
    assert_eq!(kept.await, Ok((7,)));
}

#[tokio::test]
async fn a_role_that_sees_everything_is_refused() {
    let db = TestDb::postgres().await;
    let mut config = db.config().clone();
    config.url = config.url.replace("desk_program", "desk_seer");
    let refused = Store::open(&config).await.unwrap_err();
    assert!(matches!(&refused, Error::Schema(why) if why.contains("BYPASSRLS")), "{refused}");
}
