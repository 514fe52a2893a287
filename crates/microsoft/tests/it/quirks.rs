//! However oddly it is said, the same is understood.

use microsoft::RequestId;
use microsoft_sim::Quirks;

use crate::{desk::Desk, tour::everything};

async fn check(name: &str, quirks: Quirks) {
    let desk = Desk::new().await;
    let requests = desk.at().service_requests().unwrap();
    let id = requests.all(None, 0, 10).await.unwrap().items[0].id.clone();
    desk.sim
        .world(|world| world.microsoft_says(&id.to_string(), "We look into it.", Some("attention_needed")));
    let plain = everything(desk.at()).await;
    let noted = requests.add_note(&id, "One", RequestId::new()).await.unwrap();

    desk.sim.world(|world| world.quirks = quirks.clone());
    let read = requests.get(&id).await.unwrap();
    assert_eq!(read, noted, "{name}");
    // Answers to writes have oddities of their own.
    let again = requests.add_note(&id, "Two", RequestId::new()).await.unwrap();
    assert_eq!(
        (again.notes.len(), again.status, again.severity),
        (3, noted.status, noted.severity),
        "{name}"
    );

    // The same state, read plainly and oddly.
    desk.sim.world(|world| world.quirks = Quirks::default());
    let plain_now = everything(desk.at()).await;
    assert_eq!(plain.len(), plain_now.len());
    desk.sim.world(|world| world.quirks = quirks);
    let odd = everything(desk.at()).await;
    for (plain, odd) in plain_now.iter().zip(&odd) {
        assert_eq!(plain, odd, "{name}");
    }
}

macro_rules! quirks {
    ($($name:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $name() {
            check(stringify!($name), Quirks { $name: true, ..Quirks::default() }).await;
        }
    )+};
}

quirks! {
    byte_order_mark,
    pascal_case,
    no_zone,
    upper_case_guids,
    links_with_version,
    numbers_as_texts,
    wrong_total,
    empty_next,
    words_as_numbers,
    pascal_words,
    get_in_words,
    token_on_top,
    blanks_in_dates,
}

#[tokio::test]
async fn all_at_once() {
    check("all", Quirks::all()).await;
}

#[tokio::test]
async fn no_switch_is_forgotten() {
    let switches = serde_json::to_value(Quirks::default()).unwrap().as_object().unwrap().len();
    let tested = include_str!("quirks.rs").split("quirks! {\n").nth(1).unwrap().split('}').next().unwrap();
    assert_eq!(tested.lines().filter(|line| line.ends_with(',')).count(), switches);
}
