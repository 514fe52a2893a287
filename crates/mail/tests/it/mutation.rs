//! The corpus, damaged at random: nothing panics, nothing passes a limit. `PARTNERDESK_SEED` repeats a run,
//! `PARTNERDESK_LONG=1` makes it long.

use crate::{corpus, effort::bounded};
use mail::{Limits, parse};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::catch_unwind;

/// SplitMix64: enough for choosing damage.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

const LABELS: &[&str] = &[
    "utf-8",
    "us-ascii",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "koi8-r",
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "euc-kr",
    "iso-2022-kr",
    "hz-gb-2312",
    "utf-7",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "macintosh",
    "ibm866",
    "tis-620",
    "x-user-defined",
    "unknown-8bit",
    "",
    "none",
    "utf-8*en",
    "utf8mb4",
    "cp850",
    "viscii",
    "iso-10646-ucs-4",
    "replacement",
    "x-mac-cyrillic",
    "windows-874",
    "\u{1f4a9}",
];

fn damage(raw: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = raw.to_vec();
    match random.below(5) {
        0 => {
            for _ in 0..=random.below(40) {
                let at = random.below(out.len());
                if let Some(byte) = out.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
        1 => out.truncate(raw.len() * random.below(10) / 10),
        2 => {
            let text = String::from_utf8_lossy(raw).replace("\r\n", "\n");
            out = text.replace('\n', ["\r", "\r\n", "\n", "\r\r\n", "\n\r"][random.below(5)]).into_bytes();
        }
        3 => {
            let label = LABELS[random.below(LABELS.len())];
            let text = String::from_utf8_lossy(raw);
            let mut pieces = text.split("charset=");
            let mut relabelled = pieces.next().unwrap_or("").to_owned();
            for piece in pieces {
                let end = piece.find([';', '\r', '\n', ' ']).unwrap_or(piece.len());
                relabelled.push_str("charset=");
                relabelled.push_str(label);
                relabelled.push_str(&piece[end..]);
            }
            out = relabelled.into_bytes();
        }
        _ => {
            // A piece moved elsewhere: headers in bodies, boundaries in the wrong place.
            let (from, to) = (random.below(out.len()), random.below(out.len()));
            let len = random.below(2_000).min(out.len() - from);
            let piece = out[from..from + len].to_vec();
            out.splice(to..to, piece);
        }
    }
    out
}

#[test]
fn v18_v22_v23_damaged_mails_are_read_within_limits() {
    let Some(cases) = corpus::load() else { return };
    let seed = std::env::var("PARTNERDESK_SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or_else(|| RandomState::new().build_hasher().finish());
    let rounds = if std::env::var_os("PARTNERDESK_LONG").is_some() { 50_000 } else { 2_000 };
    println!("PARTNERDESK_SEED={seed}");
    let mut random = Random(seed);
    let limits = Limits::default();
    for round in 0..rounds {
        let case = &cases[random.below(cases.len())];
        let mut raw = damage(&case.raw, &mut random);
        if random.below(4) == 0 {
            raw = damage(&raw, &mut random);
        }
        let which = format!("seed {seed} round {round} mail {}", case.id);
        let message = bounded(&which, || catch_unwind(|| parse(&raw, &limits)))
            .unwrap_or_else(|_| panic!("panic: {which}"));
        assert!(message.attachments.len() <= limits.parts);
        assert!(message.text.len() <= limits.text_bytes && message.new_text.len() <= message.text.len());
        assert!(!message.text.contains(['\0', '\r']));
        assert!(message.to.len() <= limits.addresses && message.references.len() <= limits.references);
        assert!(message.attachments.iter().map(|a| a.size).sum::<usize>() <= raw.len() * 2);
    }
    println!("corpus mutations {rounds}/{rounds}");
}
