//! Contents by their hash.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use store::{
    Error, Store,
    blob::{self, Blobs, Hash, IN_ROW},
};
use testkit::{db::TestDb, on_both};

use crate::desk;

fn directory(db: &TestDb) -> PathBuf {
    let name = db.path().map_or_else(
        || format!("store-blobs-{}", db.config().url.rsplit(['/', '?']).nth(1).unwrap_or_default()),
        |path| path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned() + "-blobs",
    );
    let directory = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&directory);
    directory
}

async fn put(store: &Store, blobs: &Blobs, number: u8, bytes: Vec<u8>) -> Hash {
    let prepared = blobs.prepare(desk(number), bytes).await.unwrap();
    let hash = prepared.hash();
    let put = store.write::<_, Error, _>(desk(number), move |tx| {
        let prepared = prepared.clone();
        Box::pin(async move { blob::put(tx, Timestamp::UNIX_EPOCH, &prepared).await })
    });
    put.await.unwrap();
    hash
}

fn only_file(directory: &Path) -> PathBuf {
    let mut files = vec![directory.to_owned()];
    loop {
        let path = files.pop().unwrap();
        if path.is_file() {
            assert!(files.is_empty());
            return path;
        }
        files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
    }
}

on_both! {
    async fn small_and_large_come_back(db) {
        let directory = directory(&db);
        let blobs = Blobs::new(directory.join("not/yet/there"));
        for size in [0, 1, IN_ROW, IN_ROW + 1, 1_000_000] {
            let bytes = vec![size as u8; size];
            let hash = put(db.store(), &blobs, 1, bytes.clone()).await;
            assert_eq!(put(db.store(), &blobs, 1, bytes.clone()).await, hash, "twice is one");
            assert_eq!(blobs.get(db.store(), desk(1), hash).await, Ok(Some(bytes)));
            assert_eq!(blobs.get(db.store(), desk(2), hash).await, Ok(None), "another desk");
        }
        std::fs::remove_dir_all(directory).unwrap();
    }

    async fn damage_is_found_and_healed(db) {
        let directory = directory(&db);
        let blobs = Blobs::new(directory.clone());
        let bytes = vec![1; IN_ROW + 1];
        let hash = put(db.store(), &blobs, 1, bytes.clone()).await;
        let file = only_file(&directory);
        for damaged in [vec![2; IN_ROW + 1], vec![1; IN_ROW], vec![]] {
            std::fs::write(&file, damaged).unwrap();
            assert!(matches!(blobs.get(db.store(), desk(1), hash).await, Err(Error::Damaged(_))));
        }
        std::fs::remove_file(&file).unwrap();
        let missing = blobs.get(db.store(), desk(1), hash).await.unwrap_err();
        assert!(missing.to_string().contains(&hash.to_string()), "{missing}");
        put(db.store(), &blobs, 1, bytes.clone()).await;
        assert_eq!(blobs.get(db.store(), desk(1), hash).await, Ok(Some(bytes)));
        std::fs::remove_dir_all(directory).unwrap();
    }
}
