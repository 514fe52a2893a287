//! Requirements of services, and what follows from them.

use std::collections::BTreeSet;

use domain::id::AgentId;
use domain::lang::Lang;
use domain::ticket::baseline::{
    Condition, Finding, Journey, Passage, Reached, Sheet, SheetError, Step, may_go, path, shipped, text_in,
};
use domain::ticket::diagnosis::{self, Decision, Diagnosis, Evidence, Findings, Verdict};
use domain::ticket::kinds::{Kind, Service};
use domain::ticket::lifecycle::State;
use jiff::Timestamp;

fn decision(verdict: Verdict) -> Decision {
    Decision { verdict, reason: "because".into(), category: None, at: Timestamp::UNIX_EPOCH, by: None }
}

fn taken(key: &str) -> diagnosis::Step {
    diagnosis::Step {
        key: key.into(),
        text: "Look".into(),
        skipped: None,
        finding: String::new(),
        at: Timestamp::UNIX_EPOCH,
        by: AgentId::new(Timestamp::UNIX_EPOCH, [1; 10]),
    }
}

#[test]
fn every_shipped_sheet_is_whole_in_five_languages() {
    let (mut rows, mut reconstructed) = (0, 0);
    for service in Service::ALL {
        for kind in Kind::ALL {
            let sheet = shipped().sheet(*service, *kind);
            let name = format!("{service} {kind}");
            assert_eq!(sheet.check(), Ok(()), "{name}");
            assert!(!sheet.categories.is_empty() && !sheet.steps.is_empty(), "{name}");
            let texts = sheet.categories.iter().map(|row| (&row.key, &row.text));
            let texts = texts.chain(sheet.questions.iter().map(|row| (&row.key, &row.text)));
            let texts = texts.chain(sheet.steps.iter().map(|row| (&row.key, &row.text)));
            for (key, texts) in texts.chain([(&name, &sheet.role)]) {
                rows += 1;
                let missing: Vec<_> = Lang::ALL.iter().filter(|lang| !texts.contains_key(lang)).collect();
                assert!(missing.is_empty(), "{name} {key}: {missing:?}");
                let different: BTreeSet<&str> = texts.values().map(String::as_str).collect();
                assert_eq!(different.len(), Lang::ALL.len(), "{name} {key} is not translated");
            }
            for row in &sheet.categories {
                assert!(row.reconstruction == row.source.is_empty(), "{name} {}: no source", row.key);
                reconstructed += usize::from(row.reconstruction);
            }
            for step in &sheet.steps {
                assert!(
                    step.fills.is_none_or(|fills| sheet.evidence.contains(&fills)),
                    "{name} {}",
                    step.key
                );
            }
        }
    }
    println!("{rows} rows, {reconstructed} of them reconstructed");
    assert!(reconstructed > 0);
}

#[test]
fn a_row_that_a_sheet_names_is_there() {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../../../../data/services.json")).unwrap();
    for sheet in file["sheets"].as_array().unwrap() {
        let service = sheet["service"].as_str().unwrap().parse().unwrap();
        let read = shipped().sheet(service, sheet["kind"].as_str().unwrap().parse().unwrap());
        let count = |part: &str| sheet[part].as_array().unwrap().len();
        assert_eq!(read.categories.len(), count("categories"), "{sheet}");
        assert_eq!(read.questions.len(), count("questions"), "{sheet}");
        assert_eq!(read.steps.len(), count("steps"), "{sheet}");
    }
}

#[test]
fn findings_take_the_answers_that_are_offered() {
    for finding in [
        Finding::BreakFix,
        Finding::Topic,
        Finding::ProductVersion,
        Finding::SecurityReport,
        Finding::SoldByUs,
    ] {
        let mut findings = Findings::default();
        assert_eq!(finding.of(&findings), None);
        for answer in finding.answers() {
            finding.set(&mut findings, Some(answer)).unwrap();
            assert_eq!(finding.of(&findings), Some(*answer), "{finding}");
        }
        assert!(finding.set(&mut findings, Some("perhaps")).is_err());
        finding.set(&mut findings, None).unwrap();
        assert_eq!(findings, Findings::default(), "{finding}");
    }
}

#[test]
fn a_step_is_open_while_it_may_be_worth_taking() {
    let sheet = shipped().sheet(Service::Microsoft365, Kind::Technical);
    let mut diagnosis = Diagnosis::default();
    let keys = |d: &Diagnosis| sheet.open(d).steps.iter().map(|s| s.key.clone()).collect::<Vec<_>>();
    let all = keys(&diagnosis).len();
    assert_eq!(all, sheet.steps.len());
    diagnosis.findings.break_fix = Some(false);
    let fewer = keys(&diagnosis);
    assert!(fewer.len() < all && !fewer.contains(&"health".into()) && fewer.contains(&"tenant".into()));
    diagnosis.findings.break_fix = Some(true);
    diagnosis.steps.push(taken("health"));
    assert_eq!(keys(&diagnosis).len(), all - 1);
    assert!(sheet.open(&diagnosis).evidence.contains(&Evidence::TenantId));
    diagnosis.evidence.insert(Evidence::TenantId, "  ".into());
    assert!(sheet.open(&diagnosis).evidence.contains(&Evidence::TenantId), "blank is nothing");
    diagnosis.evidence.insert(Evidence::TenantId, "0b6a".into());
    assert!(!sheet.open(&diagnosis).evidence.contains(&Evidence::TenantId));
}

#[test]
fn a_sheet_that_cannot_be_kept_says_why() {
    let step = |key: &str, text: &str| Step {
        key: key.into(),
        fills: None,
        when: None,
        text: [(Lang::En, text.to_owned())].into(),
    };
    let of = |steps: Vec<Step>| Sheet { steps, ..Sheet::default() }.check();
    assert_eq!(of(vec![step("a", "Look")]), Ok(()));
    assert_eq!(of(vec![step("a", "Look"), step("a", "Again")]), Err(SheetError::Key));
    assert_eq!(of(vec![step("A b", "Look")]), Err(SheetError::Key));
    assert_eq!(of(vec![step("a", " ")]), Err(SheetError::NoText));
    assert_eq!(of(vec![step("a", &"ő".repeat(301))]), Err(SheetError::TooLong));
    let many = (0..61).map(|n| step(&format!("s{n}"), "Look")).collect();
    assert_eq!(of(many), Err(SheetError::TooMany));
    let never = Condition { finding: Finding::BreakFix, is: "n-1".into() };
    assert_eq!(of(vec![Step { when: Some(never), ..step("a", "Look") }]), Err(SheetError::Condition));
}

#[test]
fn only_a_technical_ticket_needs_a_decision_and_only_at_its_end() {
    let some = decision(Verdict::Unclear);
    for kind in Kind::ALL {
        for state in State::ALL {
            let ends = matches!(state, State::Resolved | State::Closed);
            assert_eq!(may_go(*kind, *state, None), *kind != Kind::Technical || !ends, "{kind} {state}");
            assert!(may_go(*kind, *state, Some(&some)));
        }
    }
}

#[test]
fn a_text_is_found_in_some_language() {
    let sheet = shipped().sheet(Service::Azure, Kind::Technical);
    assert_eq!(text_in(&sheet.role, Lang::Hu), sheet.role[&Lang::Hu]);
    assert_eq!(text_in(&[(Lang::En, "a".to_owned())].into(), Lang::Hu), "a");
    assert_eq!(text_in(&[(Lang::Sv, "b".to_owned())].into(), Lang::Hu), "b");
    assert_eq!(text_in(&[].into(), Lang::Hu), "");
}

/// Kind, state, open steps, decision, passage, whether the customer was told, and the path.
type Row = (Kind, State, usize, Option<Verdict>, Passage, bool, &'static str);

#[test]
fn the_path_says_what_is_to_be_done_now() {
    use Passage::{Back, Home, Out};
    use State::{Open, Resolved, WaitingSupplier};
    use Verdict::{Inside, NotNeeded, Outside, Unclear};
    // Received is always done; then diagnosed, decided, handed over, returned, informed, resolved.
    let rows: &[Row] = &[
        (Kind::Technical, Open, 3, None, Home, false, "✓n....."),
        (Kind::Technical, Open, 0, None, Home, false, "✓✓n...."),
        (Kind::Technical, Open, 3, None, Home, true, "✓n...✓."),
        (Kind::Technical, Open, 0, Some(Inside), Home, false, "✓✓✓--n."),
        (Kind::Technical, Open, 0, Some(Inside), Home, true, "✓✓✓--✓n"),
        (Kind::Technical, Open, 0, Some(Unclear), Home, false, "✓✓✓..n."),
        (Kind::Technical, Open, 0, Some(Outside), Home, false, "✓✓✓n..."),
        (Kind::Technical, WaitingSupplier, 0, Some(Outside), Out, false, "✓✓✓✓n.."),
        (Kind::Technical, Open, 0, Some(Outside), Back, false, "✓✓✓✓✓n."),
        (Kind::Technical, Open, 0, Some(Outside), Back, true, "✓✓✓✓✓✓n"),
        (Kind::Technical, Resolved, 0, Some(Outside), Back, true, "✓✓✓✓✓✓✓"),
        (Kind::Technical, Resolved, 0, Some(NotNeeded), Home, false, "✓✓----✓"),
        (Kind::Billing, Resolved, 0, None, Home, true, "✓✓---✓✓"),
    ];
    for (kind, state, open_steps, verdict, passage, informed, expected) in rows {
        let mut diagnosis = Diagnosis { decision: verdict.map(decision), ..Diagnosis::default() };
        diagnosis.steps.push(taken("health"));
        let at = Journey {
            kind: *kind,
            state: *state,
            diagnosis: &diagnosis,
            open_steps: *open_steps,
            passage: *passage,
            informed: *informed,
        };
        let drawn: String = path(&at)
            .iter()
            .map(|(_, reached)| match reached {
                Reached::Done => '✓',
                Reached::Now => 'n',
                Reached::Ahead => '.',
                Reached::Skipped => '-',
            })
            .collect();
        assert_eq!(&drawn, expected, "{kind} {state} {verdict:?} {passage}");
    }
    // A question about an invoice goes straight to its answer.
    let nothing = Diagnosis::default();
    let at = Journey {
        kind: Kind::Billing,
        state: State::New,
        diagnosis: &nothing,
        open_steps: 2,
        passage: Home,
        informed: false,
    };
    assert_eq!(
        path(&at).map(|(_, r)| r)[1..6],
        [Reached::Skipped, Reached::Skipped, Reached::Skipped, Reached::Skipped, Reached::Now]
    );
}
