//! What is wrong with a configuration is said before anything is done.

use crate::program::{Place, text};

fn complaint(place: &Place, args: &[&str]) -> String {
    let output = place.run(args);
    assert_eq!(output.status.code(), Some(1));
    text(&output.stderr)
}

#[test]
fn mistakes_are_named_with_their_line() {
    let place = Place::new();
    place.write("desk.toml", "base_url = 'https://help.example.com'\ndata_dir = 'd'\n[smtp]\nhos = 'x'\n");
    let said = complaint(&place, &["--config", "desk.toml", "migrate"]);
    assert!(said.contains("desk.toml:4: unknown field `hos`"), "{said}");
    assert!(complaint(&place, &["--config", "absent.toml", "serve"]).contains("absent.toml"));
    assert!(complaint(&place, &["desk", "list"]).contains("missing field `base_url`"));
}

#[test]
fn a_desk_without_a_mail_server_is_not_served() {
    let place = Place::with_desk();
    place.write("partnerdesk.toml", place.read("partnerdesk.toml").replace("keep_mail = true", ""));
    assert!(complaint(&place, &["serve"]).contains("no [smtp] server is configured"));
}

#[test]
fn a_database_is_made_by_a_command_of_its_own() {
    let place = Place::with_desk();
    std::fs::remove_dir_all(place.path("data")).unwrap();
    std::fs::create_dir(place.path("data")).unwrap();
    assert!(complaint(&place, &["serve"]).contains("there is no database"));
    assert!(!crate::program::exists(&place.path("data/desk.db")), "a wrong path makes no empty desk");
    assert!(place.run(&["migrate"]).status.success());
    assert!(text(&place.run(&["migrate"]).stdout).contains("up to date"));
}

#[test]
fn words_that_are_no_command_end_with_2() {
    assert_eq!(Place::new().run(&["sing"]).status.code(), Some(2));
    assert_eq!(Place::new().run(&["--help"]).status.code(), Some(0));
}
