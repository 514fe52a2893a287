//! `mail inspect`, `mail import`, `mail pipe`.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::{Value, json};

use crate::program::{Place, lines, text};

fn message(number: usize, subject: &str) -> String {
    format!(
        "From: Ada <ada@acme.example>\r\nTo: help@north.example\r\nSubject: {subject}\r\n\
         Message-ID: <{number}@acme.example>\r\nDate: Mon, 4 May 2026 10:00:00 +0200\r\n\r\nHello {number}\r\n"
    )
}

#[test]
fn inspect_reads_any_bytes_and_says_what_it_cannot_read() {
    let place = Place::new();
    place.write("good.eml", message(1, "=?utf-8?Q?H=C3=A4r?="));
    place.write("empty.eml", b"");
    let noise: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    place.write("noise.eml", noise);
    let output = place.run(&["mail", "inspect", "good.eml", "absent.eml", "empty.eml", ".", "noise.eml"]);
    assert_eq!(output.status.code(), Some(1));
    let answers = lines(&output.stdout);
    assert_eq!(answers.len(), 5);
    assert_eq!(answers[0]["subject"], "Här");
    assert_eq!(answers[0]["from"], json!(["ada@acme.example"]));
    for (place, file) in [(1, "absent.eml"), (3, ".")] {
        assert_eq!(answers[place]["file"], file);
        assert!(answers[place]["error"].is_string());
    }
    assert_eq!(answers[2]["subject"], Value::Null);
    assert!(answers[4]["oddities"].is_array());
    assert!(place.run(&["mail", "inspect", "good.eml"]).status.success());
}

#[test]
fn r15_a_huge_file_is_read_to_the_limit_only() {
    let place = Place::new();
    let path = place.write("huge.eml", message(1, "huge"));
    // A hole: 20 GB that take no room on the disk, and would not fit into memory.
    fs::File::options().write(true).open(path).unwrap().set_len(20 << 30).unwrap();
    let output = place.run(&["mail", "inspect", "huge.eml"]);
    assert!(output.status.success());
    let answer = &lines(&output.stdout)[0];
    assert_eq!(answer["subject"], "huge");
    assert!(answer["oddities"].as_array().unwrap().contains(&json!("message_cut")));
}

fn import(place: &Place, path: &str) -> Vec<Value> {
    let output = place.run(&["mail", "import", path, "--desk", "north"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    lines(&output.stdout)
}

fn outcomes(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["outcome"].as_str().unwrap()).collect()
}

#[test]
fn import_takes_each_message_once_from_wherever_it_lies() {
    let place = Place::with_desk();
    let mbox: String =
        (0..3).map(|n| format!("From x Mon May  4 10:00:00 2026\n{}\n", message(n, "mbox"))).collect();
    place.write("old.mbox", mbox.replace("\r\n", "\n"));
    for (number, folder) in [(10, "cur"), (11, "new"), (12, "tmp")] {
        place.write(&format!("maildir/{folder}/{number}.host"), message(number, "maildir"));
    }
    place.write("folder/a/20.eml", message(20, "folder"));
    place.write("folder/21.eml", message(21, "folder"));
    place.write("folder/readme.txt", "no message");

    for (path, count) in [("old.mbox", 3), ("maildir", 2), ("folder", 2)] {
        let first = import(&place, path);
        assert_eq!(outcomes(&first), vec!["ticket"; count], "{path}");
        for line in &first {
            assert!(line["ticket"].as_i64().unwrap() > 10_000);
            assert_eq!(line["digest"].as_str().unwrap().len(), 64);
            assert!(line["file"].as_str().unwrap().starts_with(path));
            assert_eq!(line["why"], Value::Null);
        }
        let second = import(&place, path);
        assert_eq!(outcomes(&second), vec!["duplicate"; count], "{path}");
        assert!(second.iter().all(|line| line["ticket"].is_null()));
    }
    assert_eq!(import(&place, "old.mbox")[2]["index"], 2);
    let inbox = place.json(&["inbox", "list", "--json"]);
    assert_eq!(inbox.len(), 7);
    assert!(inbox.iter().all(|raw| raw["state"] == "done" && raw["source"] == "import"));
}

#[test]
fn import_finds_conversations_in_any_order_of_files() {
    let place = Place::with_desk();
    let said = |id: &str, day: u8, from: &str, to: &str, answers: &str| {
        format!(
            "From: {from}\nTo: {to}\nSubject: {id}\nMessage-ID: <{id}@x>\nDate: {day} May 2026 10:00:00 +0200\n\
             In-Reply-To: {answers}\n\nHello\n"
        )
    };
    let (ada, desk) = ("ada@acme.example", "admin@north.example");
    // Sent and received lie apart, as they do in a mail program; the clock of the desk was behind.
    place.write(
        "old/a-sent.mbox",
        format!("From x Mon 1 2026\n{}", said("answer", 3, desk, ada, "<request@x>")),
    );
    let received = [
        said("thanks", 5, ada, desk, "<answer@x>"),
        said("other", 1, "bo@else.example", desk, ""),
        said("request", 4, ada, desk, ""),
    ];
    let mbox: String = received.iter().map(|mail| format!("From x Mon 1 2026\n{mail}\n")).collect();
    place.write("old/b-received.mbox", mbox);
    place.write("old/c-stranger.eml", said("stranger", 6, "eve@evil.example", desk, "<request@x>"));

    let lines = import(&place, "old");
    let order: Vec<_> =
        lines.iter().map(|l| (l["file"].as_str().unwrap(), l["index"].as_u64().unwrap())).collect();
    let received = |index| ("old/b-received.mbox", index);
    let sent = ("old/a-sent.mbox", 0);
    assert_eq!(order, [sent, received(0), received(1), received(2), ("old/c-stranger.eml", 0)]);
    assert_eq!(outcomes(&lines), ["reply", "reply", "ticket", "ticket", "ticket"]);
    let ticket = |line: usize| lines[line]["ticket"].as_i64().unwrap();
    assert_eq!((ticket(0), ticket(1)), (ticket(3), ticket(3)));
    assert!(ticket(2) != ticket(3) && ticket(4) != ticket(3) && ticket(2) != ticket(4));
    assert_eq!(outcomes(&import(&place, "old")), vec!["duplicate"; 5]);
}

#[test]
fn import_goes_on_after_what_cannot_be_read_and_says_so() {
    let place = Place::with_desk();
    place.write("folder/1.eml", message(1, "small"));
    place.write("folder/2.eml", vec![b'x'; 2000]);
    place.write("folder/3.eml", message(3, "after"));
    let output = place
        .program(&["mail", "import", "folder", "--desk", "north"])
        .env("PARTNERDESK_MAX_MESSAGE", "1000")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = lines(&output.stdout);
    assert_eq!(said[0]["outcome"], "ticket");
    assert!(said[1]["error"].as_str().unwrap().contains("2000 bytes"));
    assert_eq!(said[2]["outcome"], "ticket");

    assert_eq!(place.run(&["mail", "import", "absent", "--desk", "north"]).status.code(), Some(1));
    let nowhere = place.run(&["mail", "import", "folder", "--desk", "south"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(text(&nowhere.stderr).contains("there is no desk south"));
}

#[test]
fn pipe_says_0_only_when_it_is_kept() {
    let place = Place::with_desk();
    let good = message(1, "kept");
    assert_eq!(place.code(&["mail", "pipe"], good.as_bytes()), 0);
    assert_eq!(place.code(&["mail", "pipe", "--desk", "north"], good.as_bytes()), 0);
    let inbox = place.json(&["inbox", "list", "--json"]);
    assert_eq!(inbox.len(), 1, "the same bytes are the same message: {inbox:?}");

    assert_eq!(place.code(&["mail", "pipe", "--recipient", "nobody@north.example"], good.as_bytes()), 67);
    assert_eq!(place.code(&["mail", "pipe", "--recipent", "typo@north.example"], good.as_bytes()), 64);
    assert_eq!(place.code(&["mail", "pipe", "--desk", "south"], good.as_bytes()), 75);
    assert_eq!(place.code(&["--config", "absent.toml", "mail", "pipe"], good.as_bytes()), 75);
    assert_eq!(place.json(&["inbox", "list", "--json"]).len(), 1);
}

#[test]
fn pipe_refuses_for_good_what_is_too_large() {
    let place = Place::with_desk();
    let run = |bytes: &[u8]| {
        let mut child = place
            .program(&["mail", "pipe"])
            .env("PARTNERDESK_MAX_MESSAGE", "1000")
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        crate::program::feed(&mut child, bytes);
        child.wait().unwrap().code()
    };
    assert_eq!(run(&[b'x'; 1001]), Some(69));
    // More than a pipe holds: it is read to its end.
    assert_eq!(run(&vec![b'x'; 1 << 20]), Some(69));
    assert_eq!(run(&[b'x'; 1000]), Some(0));
}

#[test]
fn r03_pipe_asks_to_try_again_when_nothing_can_be_written() {
    let place = Place::with_desk();
    // Too large for a row: it needs a file, in a folder that cannot be made where a file is.
    let message = message(1, "later") + &"more ".repeat(100_000);
    place.write("data/blobs", "in the way");
    assert_eq!(place.code(&["mail", "pipe"], message.as_bytes()), 75);
    fs::remove_file(place.path("data/blobs")).unwrap();

    fs::rename(place.path("data"), place.path("away")).unwrap();
    assert_eq!(place.code(&["mail", "pipe"], message.as_bytes()), 75);
    fs::rename(place.path("away"), place.path("data")).unwrap();
    assert!(place.json(&["inbox", "list", "--json"]).is_empty());

    // The superuser may write anywhere.
    if !is_superuser(&place.path("data")) {
        fs::set_permissions(place.path("data"), fs::Permissions::from_mode(0o500)).unwrap();
        fs::set_permissions(place.path("data/desk.db"), fs::Permissions::from_mode(0o400)).unwrap();
        assert_eq!(place.code(&["mail", "pipe"], message.as_bytes()), 75);
        fs::set_permissions(place.path("data"), fs::Permissions::from_mode(0o700)).unwrap();
        fs::set_permissions(place.path("data/desk.db"), fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert_eq!(place.code(&["mail", "pipe"], message.as_bytes()), 0);
    assert_eq!(place.json(&["inbox", "list", "--json"]).len(), 1);
}

fn is_superuser(path: &Path) -> bool {
    std::os::unix::fs::MetadataExt::uid(&fs::metadata(path).unwrap()) == 0
}
