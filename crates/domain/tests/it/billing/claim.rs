//! Claims: their deadlines, their course, and money that is given away once.

use domain::billing::claim::{
    ClaimAct, ClaimKind, ClaimState, Evidence, Fact, MOVES, Refusal, Standing, rule,
};
use jiff::civil::{Date, date};

use crate::dice::{in_every_case, is_long};

fn fact(act: ClaimAct, amount: i64, reference: &str) -> Fact<'_> {
    Fact { act, day: None, amount, reference, note: "" }
}

#[test]
fn each_kind_has_a_rule_and_evidence() {
    for kind in ClaimKind::ALL {
        let rule = rule(*kind);
        assert_eq!(rule.kind, *kind);
        assert!(!rule.evidence.is_empty() && !rule.source.is_empty(), "{kind}");
    }
    let named = |wanted: &Evidence| ClaimKind::ALL.iter().any(|kind| rule(*kind).evidence.contains(wanted));
    assert!(Evidence::ALL.iter().all(named), "no evidence that nobody asks for");
}

#[test]
fn a_deadline_is_what_microsoft_says_or_unknown() {
    let check = |kind: ClaimKind, happened: Date, until: Option<Date>| {
        assert_eq!(rule(kind).deadline(happened), until, "{kind} {happened}");
    };
    check(ClaimKind::SlaCredit, date(2026, 2, 15), Some(date(2026, 3, 31)));
    check(ClaimKind::SlaCredit, date(2026, 12, 31), Some(date(2027, 1, 31)));
    check(ClaimKind::SlaCreditAzure, date(2025, 12, 31), Some(date(2026, 2, 28)));
    check(ClaimKind::DuplicateOrder, date(2026, 1, 1), Some(date(2026, 5, 1)));
    check(ClaimKind::FraudRefund, date(2026, 1, 1), Some(date(2026, 3, 2)));
    check(ClaimKind::WrongCharge, date(2026, 1, 1), None);
    check(ClaimKind::FraudRefund, Date::MAX, None);
}

#[test]
fn a_claim_from_its_draft_to_the_customer() {
    let mut standing = Standing::default();
    let mut states = vec![standing.state()];
    for next in [
        fact(ClaimAct::Tick, 0, "tenant"),
        fact(ClaimAct::Submit, 0, "2610"),
        fact(ClaimAct::Refuse, 0, ""),
        fact(ClaimAct::Submit, 0, "2611"),
        fact(ClaimAct::Credit, 700, "CN-1"),
        fact(ClaimAct::PassOn, 500, "OUR-1"),
        fact(ClaimAct::Keep, 200, ""),
        // More comes, and is to be passed on; it was a mistake.
        fact(ClaimAct::Credit, 100, "CN-2"),
        fact(ClaimAct::Credit, -100, "CN-2"),
    ] {
        standing = standing.with(&next).unwrap();
        states.push(standing.state());
    }
    use ClaimState::{Credited, Draft, PassedOn, Refused, Submitted};
    assert_eq!(
        states,
        [Draft, Draft, Submitted, Refused, Submitted, Credited, Credited, PassedOn, Credited, PassedOn]
    );
    assert_eq!((standing.credited, standing.given(), standing.left()), (700, 700, 0));
    assert!(standing.ticked.contains("tenant"));
}

#[test]
fn what_was_passed_on_is_not_passed_on_twice() {
    let facts = [fact(ClaimAct::Submit, 0, "1"), fact(ClaimAct::Credit, 700, "CN-1")];
    let standing = Standing::of(facts);
    let check = |act: ClaimAct, amount: i64, reference: &str, note: &str, wanted: Result<i64, Refusal>| {
        let once = standing.clone().with(&fact(ClaimAct::PassOn, 500, "OUR-1")).unwrap();
        let next = Fact { note, ..fact(act, amount, reference) };
        assert_eq!(once.with(&next).map(|after| after.given()), wanted, "{act} {amount} {reference}");
    };
    check(ClaimAct::PassOn, 100, "OUR-1", "", Err(Refusal::Twice));
    check(ClaimAct::PassOn, 200, "OUR-2", "", Ok(700));
    check(ClaimAct::PassOn, 201, "OUR-2", "", Err(Refusal::Over));
    check(ClaimAct::PassOn, 201, "OUR-2", "goodwill", Ok(701));
    check(ClaimAct::Keep, 201, "", "ours", Err(Refusal::Over));
    check(ClaimAct::Keep, -1, "", "wrong", Err(Refusal::Amount));
    check(ClaimAct::PassOn, -501, "OUR-1", "", Err(Refusal::Amount));
    check(ClaimAct::PassOn, -500, "OUR-1", "", Ok(0));
    check(ClaimAct::PassOn, 0, "OUR-2", "", Err(Refusal::Amount));
    check(ClaimAct::PassOn, i64::MAX, "OUR-2", "all", Err(Refusal::Amount));
    check(ClaimAct::Credit, 5, "CN-1", "", Err(Refusal::Twice));
    check(ClaimAct::Credit, -300, "CN-1", "", Err(Refusal::Over));
    check(ClaimAct::Credit, -300, "CN-1", "they took it back", Ok(500));
    check(ClaimAct::Submit, 0, "2", "", Err(Refusal::State));
    check(ClaimAct::Withdraw, 0, "", "", Err(Refusal::State));
}

/// Whatever is noted in whatever order, no sum is below nothing, no state lies, and what is said twice counts once.
#[test]
fn random_claims_add_up() {
    in_every_case(if is_long() { 100_000 } else { 2_000 }, |dice| {
        let mut standing = Standing::default();
        let mut taken = Vec::new();
        for _ in 0..12 {
            let act = *dice.one_of(ClaimAct::ALL);
            let amount = dice.between(-2, 4) * 100;
            let reference = *dice.one_of(&["a", "b"]);
            let next =
                Fact { note: if dice.chance(50) { "" } else { "why" }, ..fact(act, amount, reference) };
            let is_money = matches!(act, ClaimAct::Credit | ClaimAct::PassOn | ClaimAct::Keep);
            let next = if is_money { next } else { Fact { amount: 0, ..next } };
            let (before, may) = (standing.clone(), standing.state().may(act));
            match standing.clone().with(&next) {
                Ok(after) => {
                    assert!(may, "{act} in {}", before.state());
                    assert!(after.left() >= 0 || after.left() >= before.left() || next.note == "why");
                    standing = after;
                    taken.push(next);
                }
                Err(refusal) => assert_eq!(refusal == Refusal::State, !may, "{act} {refusal:?}"),
            }
            assert!(standing.credited >= 0 && standing.passed >= 0 && standing.kept >= 0);
            let settled = standing.credited > 0 && standing.left() <= 0;
            assert_eq!(standing.state() == ClaimState::PassedOn, settled);
        }
        assert_eq!(Standing::of(taken), standing);
    });
    assert_eq!(MOVES.len(), ClaimAct::ALL.len());
}
