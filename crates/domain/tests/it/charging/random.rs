//! Random work on random contracts: nothing is made, nothing is lost, nothing is charged for that was not agreed.

use domain::charging::entitlement::Entitlement;
use domain::charging::lines::{What, hundredths, settle};
use domain::charging::prepaid::{Contract, Holds, draw};
use domain::charging::rules::INCREMENTS;
use domain::charging::work::{Agreement, Answer, Work, charged, sum};
use domain::offering::PriceUnit;
use domain::vehicle::wallet::{Act, Entry, Step, replay, step};

use super::{at, contract, eur};
use crate::dice::{self, Dice};

fn number(dice: &mut Dice, low: i64, high: i64) -> u32 {
    u32::try_from(dice.between(low, high)).unwrap()
}

/// A contract with its ledger.
struct Account {
    contract: Contract,
    ledger: Vec<Entry>,
}

impl Account {
    fn act(&mut self, act: Act, case: Option<String>, units: u32) {
        let done: Vec<Entry> =
            self.ledger.iter().filter(|e| e.case.is_some() && e.case == case).cloned().collect();
        let Step::Append { units, balance } =
            step(Some(self.contract.left.into()), &done, act, units).unwrap()
        else {
            panic!("done before")
        };
        self.contract.left = u32::try_from(balance.unwrap()).unwrap();
        self.ledger.push(Entry { act, case, units });
    }
}

#[test]
fn work_and_money_are_conserved() {
    let cases = if dice::is_long() { 100_000 } else { 2_000 };
    dice::in_every_case(cases, |dice| {
        let increment = *dice.one_of(INCREMENTS);
        let mut accounts: Vec<Account> = (1..=3_u8)
            .map(|n| {
                let to = *dice.one_of(&[None, Some("2026-07-01T00:00:00Z"), Some("2026-08-01T00:00:00Z")]);
                let mut account = Account { contract: contract(n, Holds::Hours, 0, to), ledger: Vec::new() };
                account.act(Act::Grant, None, number(dice, 1, 20) * 15);
                account
            })
            .collect();
        let granted: u32 = accounts.iter().map(|a| a.contract.left).sum();
        let now = at("2026-06-15T09:00:00Z");
        let mut work: Vec<(Work, Vec<(usize, String)>)> = Vec::new();
        for entry in 0..number(dice, 1, 12) {
            // Sometimes what was taken is given back, as the entry is corrected.
            if dice.chance(20) && !work.is_empty() {
                let at = usize::try_from(dice.between(0, work.len() as i64 - 1)).unwrap();
                let (_, taken) = work.remove(at);
                for (account, case) in taken {
                    let used =
                        accounts[account].ledger.iter().find(|e| e.case.as_ref() == Some(&case)).unwrap();
                    let units = used.units;
                    accounts[account].act(Act::Refund, Some(case), units);
                }
                continue;
            }
            let (minutes, chargeable) = (charged(number(dice, 1, 200), increment), dice.chance(80));
            let mut taken = Vec::new();
            let mut prepaid = 0;
            if chargeable {
                let all: Vec<Contract> = accounts.iter().map(|a| a.contract.clone()).collect();
                let (shares, rest) = draw(&all, Holds::Hours, now, minutes);
                prepaid = shares.iter().map(|(_, share)| share).sum();
                assert_eq!(prepaid + rest, minutes);
                for (id, share) in shares {
                    let account = accounts.iter().position(|a| a.contract.id == id).unwrap();
                    let case = format!("{entry}/{account}");
                    accounts[account].act(Act::Consume, Some(case.clone()), share);
                    taken.push((account, case));
                }
            }
            work.push((Work { minutes, chargeable, prepaid }, taken));
        }
        let work: Vec<Work> = work.into_iter().map(|(work, _)| work).collect();
        let left: u32 = accounts.iter().map(|a| a.contract.left).sum();
        let sum = sum(&work);
        assert_eq!(granted - left, sum.prepaid, "what is not left was used");
        assert_eq!(sum.all, sum.waived + sum.prepaid + sum.open, "every minute is somewhere");
        for account in &accounts {
            assert_eq!(replay(true, &account.ledger), Ok(Some(account.contract.left.into())));
        }
        let cap = number(dice, 1, 40) * 15;
        let answer = *dice.one_of(Answer::ALL);
        let price = eur(dice.between(0, 50_000));
        let agreement = Agreement { answer, per: PriceUnit::Hour, price, cap: Some(cap) };
        let first = &accounts[0].contract;
        let prepaid = Entitlement::Prepaid {
            contract: first.id,
            name: String::new(),
            left: first.left,
            beyond: Some(price),
        };
        let settled = settle(&prepaid, &work, &[agreement], price.currency);
        let quantity: u32 = settled.lines.iter().map(|line| line.quantity).sum();
        assert_eq!(
            quantity + hundredths(settled.unconfirmed),
            hundredths(sum.all),
            "every minute is on one line"
        );
        for line in &settled.lines {
            assert!(line.amount.minor == 0 || line.what == What::Hours && answer == Answer::Confirmed);
            assert!(line.what != What::Hours || line.quantity <= hundredths(cap));
        }
    });
}

#[test]
fn what_has_expired_is_lost_once() {
    let mut account = Account { contract: contract(1, Holds::Hours, 0, None), ledger: Vec::new() };
    account.act(Act::Grant, None, 90);
    account.act(Act::Consume, Some("a".into()), 30);
    account.act(Act::Expire, None, 60);
    assert_eq!(account.contract.left, 0);
    // What is given back later is there again until it expires too.
    account.act(Act::Refund, Some("a".into()), 30);
    account.act(Act::Expire, None, 30);
    assert_eq!(replay(true, &account.ledger), Ok(Some(0)));
    assert!(step(Some(0), [], Act::Expire, 1).is_err());
    assert!(step(None, [], Act::Expire, 1).is_err(), "nothing that is not counted expires");
}
