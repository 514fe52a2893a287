//! What every unit of work can rely on.

use domain::id::DeskId;
use store::{Error, params};
use testkit::on_both;

use crate::{GET, PUT, desk};

on_both! {
    async fn keeps_what_it_answers(db) {
        let put = db.store().write(desk(1), |tx| {
            Box::pin(async move { tx.execute(&PUT, params!["a", 7]).await })
        });
        assert_eq!(put.await, Ok(1));
        assert_eq!(get(&db, desk(1)).await, Ok((7,)));
        assert_eq!(get(&db, desk(2)).await, Err(Error::NotFound("GET")));
    }
}

async fn get(db: &testkit::db::TestDb, desk: DeskId) -> Result<(i64,), Error> {
    db.store().read(desk, |tx| Box::pin(async move { tx.query_one(&GET, params!["a"]).await })).await
}
