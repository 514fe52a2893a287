//! The service's oddities, each with a switch.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Which oddities answers have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quirks {
    /// A byte order mark before the body.
    pub byte_order_mark: bool,
    /// Answers to writes in Pascal case, with nulls in them.
    pub pascal_case: bool,
    /// Dates without zone, with seven decimals.
    pub no_zone: bool,
    /// GUIDs in upper case.
    pub upper_case_guids: bool,
    /// Links with `/v1`.
    pub links_with_version: bool,
    /// Numbers and truth values as texts.
    pub numbers_as_texts: bool,
    /// A `totalCount` that is wrong.
    pub wrong_total: bool,
    /// A link to a next page on the last one, without a number.
    pub empty_next: bool,
    /// Severity and status of service requests as numbers.
    pub words_as_numbers: bool,
    /// Words in Pascal case.
    pub pascal_words: bool,
    /// `"method": "Get"`.
    pub get_in_words: bool,
    /// The continuation token at the top of a page, and no link.
    pub token_on_top: bool,
    /// Blanks in dates.
    pub blanks_in_dates: bool,
}

impl Quirks {
    /// All that can be on together.
    #[must_use]
    pub fn all() -> Self {
        Self {
            byte_order_mark: true,
            pascal_case: true,
            no_zone: true,
            upper_case_guids: true,
            links_with_version: true,
            numbers_as_texts: true,
            wrong_total: true,
            empty_next: true,
            words_as_numbers: true,
            pascal_words: false,
            get_in_words: true,
            token_on_top: false,
            blanks_in_dates: false,
        }
    }

    /// Bends an answer.
    pub(crate) fn bend(&self, body: Value, wrote: bool) -> Value {
        let body = self.value(body, "");
        if wrote && self.pascal_case { pascal(body) } else { body }
    }

    fn value(&self, value: Value, name: &str) -> Value {
        match value {
            Value::Object(members) => Value::Object(self.members(members)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item, name)).collect(),
            Value::String(text) => Value::String(self.text(text, name)),
            Value::Number(number) if self.numbers_as_texts => Value::String(number.to_string()),
            Value::Bool(truth) if self.numbers_as_texts => Value::String(truth.to_string()),
            other => other,
        }
    }

    fn members(&self, members: Map<String, Value>) -> Map<String, Value> {
        let is_page = members.contains_key("totalCount");
        let mut bent = Map::new();
        for (name, value) in members {
            let value = match (name.as_str(), &value) {
                ("totalCount", _) if self.wrong_total => 37.into(),
                ("links", Value::Object(links)) if is_page => self.page_links(links.clone(), &mut bent),
                _ => value,
            };
            let value = self.number_of(&name, value);
            bent.insert(name.clone(), self.value(value, &name));
        }
        bent
    }

    fn page_links(&self, mut links: Map<String, Value>, page: &mut Map<String, Value>) -> Value {
        let next = links.get("next").cloned();
        match next {
            Some(next) if self.token_on_top && !next["headers"][0]["value"].is_null() => {
                page.insert("continuationToken".into(), next["headers"][0]["value"].clone());
                links.remove("next");
            }
            None if self.empty_next => {
                let here = links.get("self").and_then(|link| link["uri"].as_str()).unwrap_or_default();
                let path = here.split('?').next().unwrap_or_default();
                let uri = format!("{path}?size=2&offset=");
                links
                    .insert("next".into(), serde_json::json!({ "uri": uri, "method": "GET", "headers": [] }));
            }
            _ => {}
        }
        Value::Object(links)
    }

    /// Some words have a place in their set that old answers give instead.
    fn number_of(&self, name: &str, value: Value) -> Value {
        let sets: &[(&str, &[&str])] = &[
            ("severity", &["unknown", "critical", "moderate", "minimal"]),
            ("status", &["none", "open", "closed", "attention_needed"]),
        ];
        let set = sets.iter().find(|(set, _)| self.words_as_numbers && *set == name);
        let place = set.and_then(|(_, words)| words.iter().position(|word| Some(*word) == value.as_str()));
        place.map_or(value, Value::from)
    }

    fn text(&self, text: String, name: &str) -> String {
        if name == "method" && self.get_in_words {
            return "Get".into();
        }
        if name == "uri" && self.links_with_version && text.starts_with('/') && !text.starts_with("/v1") {
            return format!("/v1{text}");
        }
        if self.upper_case_guids && text.len() == 36 && text.parse::<Uuid>().is_ok() {
            return text.to_uppercase();
        }
        if self.pascal_words
            && ["severity", "status", "relationshipToPartner", "operationStatus"].contains(&name)
        {
            return text.split('_').map(capital).collect();
        }
        match text.parse::<jiff::Timestamp>() {
            Ok(at) if self.no_zone => at.strftime("%Y-%m-%dT%H:%M:%S%.7f").to_string(),
            Ok(_) if self.blanks_in_dates => text.replace(':', ": "),
            _ => text,
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn pascal(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut pascal_members: Map<String, Value> =
                members.into_iter().map(|(name, value)| (capital(&name), pascal(value))).collect();
            pascal_members.insert("ContractId".into(), Value::Null);
            Value::Object(pascal_members)
        }
        Value::Array(items) => items.into_iter().map(pascal).collect(),
        other => other,
    }
}
