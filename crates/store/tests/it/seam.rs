use domain::id::DeskId;
use std::path::Path;
use store::{Config, Error, Store, params};

store::sql! {
    desk PUT = "INSERT INTO numbers (desk_id, name, next) VALUES ($1, $2, $3)";
    desk GET = "SELECT next FROM numbers WHERE desk_id = $1 AND name = $2";
}

#[tokio::test]
async fn smoke() {
    let dir = std::env::temp_dir().join("store-smoke");
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    let path = dir.join("a.db");
    let config = Config {
        url: format!("sqlite:{}", path.display()),
        owner_url: None,
        readers: 2,
    };
    assert!(Store::open(&config).await.is_err());
    println!("{:?}", Store::migrate(&config).await.unwrap());
    println!("{:?}", Store::migrate(&config).await.unwrap());
    run(&config).await;
    assert!(Path::new(&path).exists());
}

async fn run(config: &Config) {
    let store = Store::open(config).await.unwrap();
    let desk = DeskId::new(jiff::Timestamp::UNIX_EPOCH, [3; 10]);
    let name = "a".to_owned();
    store
        .write::<_, Error, _>(desk, move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.execute(&PUT, params![name, 7_i64]).await })
        })
        .await
        .unwrap();
    let got = store
        .read::<_, Error, _>(desk, |tx| {
            Box::pin(async move { tx.query_one::<(i64,)>(&GET, params!["a"]).await })
        })
        .await;
    assert_eq!(got, Ok((7,)));
}
