//! Numbers that people see, per desk: taken in blocks, so that a desk's counter is no hot row.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use domain::id::DeskId;

use crate::{Error, Store, params};

/// How many are taken at once. What is left of a block when the program ends is a gap.
const BLOCK: i64 = 32;
const FIRST: i64 = 10_001;

crate::sql! {
    desk TAKE_BLOCK = "INSERT INTO numbers (desk_id, name, next) VALUES ($1, 'ticket', $2)
        ON CONFLICT (desk_id, name) DO UPDATE SET next = numbers.next + $3 RETURNING next";
}

/// What is left of the block of each desk. A desk's lock is held while its next block is taken.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    desks: Mutex<HashMap<DeskId, Arc<tokio::sync::Mutex<Range<i64>>>>>,
}

impl Numbers {
    pub(crate) async fn next(&self, store: &Store, desk: DeskId) -> Result<i64, Error> {
        let left = {
            let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(desks.entry(desk).or_default())
        };
        let mut left = left.lock().await;
        if let Some(number) = left.next() {
            return Ok(number);
        }
        let (end,): (i64,) = store
            .write::<_, Error, _>(desk, |tx| {
                Box::pin(async move { tx.query_one(&TAKE_BLOCK, params![FIRST + BLOCK, BLOCK]).await })
            })
            .await?;
        *left = end - BLOCK + 1..end;
        Ok(end - BLOCK)
    }
}
