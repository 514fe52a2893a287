//! Random questions, with all facts or some, against the oracle.
//!
//! The oracle knows no unknown facts, so a question with gaps is filled in every way that there is: the advisor has
//! to say what the oracle says in all of them, and nothing where the oracle's answers differ.

use std::collections::BTreeMap;

use domain::vehicle::rules;
use serde_json::{Map, Value, json};

use super::oracle::{FIELDS, Facts, Told};
use super::{Standing, ask, ask_rules, missing, standing};
use crate::dice::{self, Dice};

const VEHICLES: [&str; 6] = ["commercial", "csp_plan", "signature_cloud", "product_support", "asfp", "psfp"];
const PLACES: [&str; 6] =
    ["msrc", "publisher", "product_portal", "partner_center_help", "resolve_here", "provider"];

/// The number of a value for each field, or none.
#[derive(Clone, Copy)]
struct Asked([Option<usize>; FIELDS.len()]);

fn field(name: &str) -> usize {
    FIELDS.iter().position(|(field, _)| *field == name).unwrap()
}

impl Asked {
    fn random(dice: &mut Dice) -> Asked {
        // Most matters that are drawn evenly go elsewhere, and would try nothing but that.
        let likely = [("security_report", 0), ("sold_by_us", 0), ("cloud", 0), ("break_fix", 0), ("kind", 2)];
        Asked(std::array::from_fn(|number| {
            let (name, values) = FIELDS[number];
            match likely.iter().find(|(field, _)| *field == name) {
                Some((_, value)) if dice.chance(60) => Some(*value),
                _ => {
                    Some(usize::try_from(dice.between(0, i64::try_from(values.len()).unwrap() - 1)).unwrap())
                }
            }
        }))
    }

    /// Forgets so many facts. What an absent field of these two stands for is not unknown.
    fn forget(mut self, dice: &mut Dice, facts: i64) -> Asked {
        for _ in 0..facts {
            let number = usize::try_from(dice.between(0, 16)).unwrap();
            self.0[number] = None;
        }
        self
    }

    fn json(&self) -> Value {
        let mut question = Map::new();
        for ((name, values), value) in FIELDS.iter().zip(self.0) {
            let Some(value) = value else { continue };
            let value: Value = serde_json::from_str(values[value]).unwrap();
            match name.split_once('.') {
                Some((group, name)) => {
                    let group = question.entry(group).or_insert_with(|| json!({}));
                    group[name] = value;
                }
                None => drop(question.insert((*name).to_owned(), value)),
            }
        }
        Value::Object(question)
    }

    /// Every way to fill the gaps. A count that is not given is any, or unlimited where the benefit is.
    fn filled(&self) -> Vec<Facts> {
        let mut all = vec![Facts(self.0.map(Option::unwrap_or_default))];
        for number in (0..FIELDS.len()).filter(|number| self.0[*number].is_none()) {
            all = all
                .into_iter()
                .flat_map(|facts| {
                    let values = 0..FIELDS[number].1.len();
                    values.map(move |value| {
                        let mut facts = facts;
                        facts.0[number] = value;
                        facts
                    })
                })
                .collect();
        }
        let count = field("incidents.signature_cloud");
        if self.0[count].is_none() {
            all.retain(|facts| !facts.has_any_number() || FIELDS[count].1[facts.0[count]] == "null");
        }
        all
    }
}

#[test]
fn a_question_with_all_facts_is_answered_as_the_oracle_does() {
    dice::in_every_case(if dice::is_long() { 500_000 } else { 4_000 }, |dice| {
        let asked = Asked::random(dice);
        let question = asked.json();
        let wanted = Facts(asked.0.map(Option::unwrap)).told();
        let answer = ask(&question);
        assert_eq!(answer["instead"], json!(wanted.instead), "{question}: {answer}");
        let found: Vec<_> = answer["vehicles"].as_array().unwrap().iter().collect();
        let numbers =
            |vehicle: &&Value| json!([vehicle["id"], vehicle["consumes"], vehicle["first_response_minutes"]]);
        let found: Vec<Value> = found.iter().map(numbers).collect();
        assert_eq!(json!(found), json!(wanted.vehicles), "{question}: {answer}");
        for vehicle in VEHICLES {
            assert_ne!(standing(&answer, vehicle), Standing::Open, "{question}: {answer}");
        }
        assert_eq!(missing(&answer), obtainable(&asked, &wanted), "{question}: {answer}");
    });
}

/// What to get, where all facts are known: delegated administration if that helps, or else the least plan that does
/// if nothing else is left.
fn obtainable(asked: &Asked, told: &Told) -> Vec<&'static str> {
    let facts = Facts(asked.0.map(Option::unwrap));
    let with = |name: &str, value: usize| {
        let mut facts = facts;
        facts.0[field(name)] = value;
        facts.told().vehicles.len()
    };
    if with("delegated_admin", 0) > told.vehicles.len() {
        return vec!["delegated_admin"];
    }
    match told.vehicles.is_empty() {
        true if with("plans", 1) > 0 => vec!["plans.asfp"],
        true if with("plans", 2) > 0 => vec!["plans.psfp"],
        _ => vec![],
    }
}

#[test]
fn a_question_with_gaps_is_answered_with_what_holds_however_they_are_filled() {
    dice::in_every_case(if dice::is_long() { 100_000 } else { 1_500 }, |dice| {
        let gaps = dice.between(1, 4);
        let asked = Asked::random(dice).forget(dice, gaps);
        let (question, answer) = (asked.json(), ask(&asked.json()));
        let told: Vec<(Facts, Told)> =
            asked.filled().into_iter().map(|facts| (facts, facts.told())).collect();
        check_vehicles(&question, &answer, &told);
        check_place(&question, &answer, &told);
        check_missing(&asked, &answer, &told);
    });
}

/// Whatever the rows say, those that are not verified too.
#[test]
fn to_learn_facts_never_takes_back_what_was_said() {
    dice::in_every_case(if dice::is_long() { 200_000 } else { 2_000 }, |dice| {
        let full = Asked::random(dice);
        let gaps = dice.between(1, 8);
        let partial = full.forget(dice, gaps);
        let [before, after] = [partial, full].map(|asked| ask_rules(rules::all(), &asked.json()));
        for vehicle in VEHICLES {
            let (said, learnt) = (standing(&before, vehicle), standing(&after, vehicle));
            // A count that is not given stands for any number where a benefit has one, so it is not a gap.
            let is_count =
                vehicle == "signature_cloud" && partial.0[field("incidents.signature_cloud")].is_none();
            let holds =
                said == Standing::Open || said == learnt || (said == Standing::Recommended && is_count);
            assert!(holds, "{vehicle}: {}: {before}\n{}: {after}", partial.json(), full.json());
        }
        assert!(before["instead"].is_null() || !after["instead"].is_null(), "{}: {before}", partial.json());
    });
}

fn check_vehicles(question: &Value, answer: &Value, told: &[(Facts, Told)]) {
    for vehicle in VEHICLES {
        let mut minutes = Vec::new();
        for (_, told) in told {
            minutes
                .extend(told.vehicles.iter().find(|(id, ..)| *id == vehicle).map(|(.., minutes)| *minutes));
        }
        let wanted = match minutes.len() {
            0 => Standing::Blocked,
            all if all == told.len() => Standing::Recommended,
            _ => Standing::Open,
        };
        assert_eq!(standing(answer, vehicle), wanted, "{vehicle}: {question}: {answer}");
        if wanted == Standing::Recommended {
            let vehicles = answer["vehicles"].as_array().unwrap();
            let found =
                &vehicles.iter().find(|found| found["id"] == vehicle).unwrap()["first_response_minutes"];
            let same = minutes.iter().all(|one| *one == minutes[0]);
            assert_eq!(*found, if same { json!(minutes[0]) } else { Value::Null }, "{question}: {answer}");
        }
    }
}

/// The first place that is known to hold: if none but places come out, the last of these, since the facts that would
/// make it an earlier one are not there.
fn check_place(question: &Value, answer: &Value, told: &[(Facts, Told)]) {
    let rank = |place: &str| PLACES.iter().position(|known| *known == place).unwrap();
    let mut places: Vec<Option<usize>> = told.iter().map(|(_, told)| told.instead.map(rank)).collect();
    places.sort_unstable();
    let wanted = if places.contains(&None) { None } else { places.last().copied().flatten() };
    assert_eq!(answer["instead"], json!(wanted.map(|rank| PLACES[rank])), "{question}: {answer}");
}

/// A field is missing if another value of it, and of nothing else, can change where the matter goes, what is
/// recommended, or how soon something that is recommended anyway answers. And only then, if it is the only gap: the
/// advisor does not think several gaps through together.
fn check_missing(asked: &Asked, answer: &Value, told: &[(Facts, Told)]) {
    let missing = missing(answer);
    for number in (0..FIELDS.len()).filter(|number| asked.0[*number].is_none()) {
        let mut others: BTreeMap<_, Told> = BTreeMap::new();
        let decides = told.iter().any(|(facts, told)| {
            let mut rest = facts.0;
            rest[number] = 0;
            let mut told = told.clone();
            for (id, consumes, minutes) in &mut told.vehicles {
                *consumes = 0;
                *minutes = minutes.filter(|_| standing(answer, id) == Standing::Recommended);
            }
            told.vehicles.sort_unstable();
            *others.entry(rest).or_insert_with(|| told.clone()) != told
        });
        let (name, _) = FIELDS[number];
        let is_missing = missing.contains(&name);
        assert!(is_missing || !decides, "{name} would decide: {}: {answer}", asked.json());
        let gaps = asked.0.iter().filter(|value| value.is_none()).count();
        assert!(decides || !is_missing || gaps > 1, "{name} decides nothing: {}: {answer}", asked.json());
    }
}
