//! From nothing to a desk, and what an operator does with it.

use std::os::unix::fs::PermissionsExt;

use crate::program::{Place, exists, text};

#[test]
fn init_doctor_verify() {
    let place = Place::with_desk();
    for private in ["partnerdesk.toml", "partnerdesk.secret"] {
        let mode = std::fs::metadata(place.path(private)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{private}");
    }
    let findings = place.json(&["doctor", "--json"]);
    assert!(findings.len() >= 7);
    assert!(findings.iter().all(|finding| finding["ok"] == true), "{findings:?}");
    let verdict = place.json(&["verify", "--json"]);
    assert_eq!(verdict[0]["audit"]["whole"], true);

    let again = place.run(&["init", "--desk", "north", "--admin-email", "admin@north.example"]);
    assert!(!again.status.success(), "a desk is made once");
    assert!(
        place
            .run(&["desk", "add", "--desk", "south", "--admin-email", "admin@south.example"])
            .status
            .success()
    );
    let desks = place.json(&["desk", "list", "--json"]);
    let slugs: Vec<&str> = desks.iter().map(|desk| desk["desk"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["north", "south"]);
    assert!(!place.run(&["inbox", "list"]).status.success(), "with two desks, one has to be named");
}

#[test]
fn doctor_says_what_to_do() {
    let place = Place::with_desk();
    std::fs::remove_file(place.path("partnerdesk.secret")).unwrap();
    place.write(
        "partnerdesk.toml",
        place.read("partnerdesk.toml").replace("'data'", "'none'").replace("\"data\"", "\"none\""),
    );
    let output = place.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    for wanted in ["ok   configuration", "bad  secret", "bad  data directory", "bad  database", "→ "] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert!(!exists(&place.path("none")), "doctor makes nothing");
}

#[test]
fn people_are_added_and_disabled() {
    let place = Place::with_desk();
    let add = ["user", "add", "eva@north.example", "--role", "helpdesk_agent", "--password-stdin"];
    assert_eq!(place.code(&add, b"short\n"), 1);
    assert_eq!(place.code(&add, b"a long enough password\n"), 0);
    assert_eq!(place.code(&add, b"a long enough password\n"), 1, "she is there already");
    let made = place.run(&["user", "password", "eva@north.example"]);
    assert!(made.status.success());
    assert!(text(&made.stdout).trim().rsplit(' ').next().unwrap().len() >= 20);
    assert_eq!(place.code(&["user", "disable", "eva@north.example"], b""), 0);
    assert_eq!(place.code(&["user", "disable", "nobody@north.example"], b""), 1);
}

#[test]
fn verify_finds_content_that_was_altered() {
    let place = Place::with_desk();
    let large = format!("From: a@b.example\r\nSubject: large\r\n\r\n{}", "text ".repeat(100_000));
    assert_eq!(place.code(&["mail", "pipe"], large.as_bytes()), 0);
    assert!(place.run(&["verify"]).status.success());
    let Some(file) = files(&place.path("data/blobs")).pop() else { panic!("a large message is a file") };
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[1000] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(place.run(&["verify"]).status.code(), Some(1));
    std::fs::remove_file(&file).unwrap();
    let output = place.run(&["verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("1 damaged"));
}

fn files(directory: &std::path::Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

#[test]
fn a_backup_is_made_checked_and_restored() {
    let place = Place::with_desk();
    // More than stand in a row.
    let large = format!("To: x@x\r\nSubject: large\r\n\r\n{}", "words and more words\r\n".repeat(10_000));
    assert_eq!(place.code(&["mail", "pipe", "--desk", "north"], large.as_bytes()), 0);
    let backup = place.path("backup").display().to_string();
    let made = place.run(&["backup", "make", &backup]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains("1 large contents"), "{}", text(&made.stdout));
    assert!(!place.run(&["backup", "make", &backup]).status.success(), "nothing is written over");
    assert!(place.run(&["backup", "check", &backup]).status.success());
    assert!(!place.run(&["backup", "restore", &backup]).status.success(), "there is a desk already");

    let other = Place::new();
    for file in ["partnerdesk.toml", "partnerdesk.secret"] {
        other.write(file, place.read(file));
    }
    let restored = other.run(&["backup", "restore", &backup]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    // DUN-9: whatever opens it next keeps it silent.
    assert!(other.path("data/restored").exists() && !place.path("data/restored").exists());
    let waiting = |place: &Place| place.json(&["inbox", "list", "--state", "waiting", "--json"]);
    assert_eq!(waiting(&other), waiting(&place));
    assert!(!other.path("data/restored").exists(), "it is noted with each desk");
    assert_eq!(other.json(&["verify", "--json"])[0]["messages"]["damaged"], serde_json::json!([]));

    let content = std::fs::read_dir(format!("{backup}/blobs")).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_dir_all(content).unwrap();
    let broken = place.run(&["backup", "check", &backup]);
    assert!(
        !broken.status.success() && text(&broken.stderr).contains("is missing"),
        "{}",
        text(&broken.stderr)
    );
}
