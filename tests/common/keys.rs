//! Holds the readers of a kind of file to its schema, key by key.
//!
//! Each mapping that the schema knows is put, empty but for one strange key, into a file that holds nothing else. What
//! the reader says there names every key that it takes, in their order, and every key that it misses.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use imgcost::problem::{Problem, ProblemCode};

/// A key that is like no other.
const STRANGE: &str = "000";

/// Checks that a reader takes the keys of a schema and no others, and misses those that the schema requires; and
/// counts the mappings that were compared.
pub fn assert_reads(schema: &Value, load: &dyn Fn(&str) -> Vec<Problem>) -> usize {
    let mut walk = Walk { schema, load, seen: BTreeSet::new(), compared: 0 };
    walk.part(schema, &|value| value);
    walk.compared
}

struct Walk<'a> {
    schema: &'a Value,
    load: &'a dyn Fn(&str) -> Vec<Problem>,
    seen: BTreeSet<&'a str>,
    compared: usize,
}

impl<'a> Walk<'a> {
    /// Compares a part of the schema; `file` puts a value where the part stands.
    fn part(&mut self, part: &'a Value, file: &dyn Fn(Value) -> Value) {
        if let Some(target) = part["$ref"].as_str() {
            if self.seen.insert(target) {
                let part = self.schema.pointer(&target[1..]).expect("a part of the schema");
                self.part(part, file);
            }
            return;
        }
        if part["items"].is_object() {
            self.part(&part["items"], &|value| file(json!([value])));
        }
        if part["additionalProperties"].is_object() {
            self.part(&part["additionalProperties"], &|value| file(json!({"any": value})));
        }
        if let Some(properties) = part["properties"].as_object() {
            self.mapping(part, properties, file);
        } else if let Some(choices) = part["oneOf"].as_array() {
            self.choices(choices, file);
        } else if let Some(choices) = part["anyOf"].as_array() {
            let mappings = choices.iter().filter(|choice| choice["$ref"].is_string());
            mappings.for_each(|choice| self.part(choice, file));
        }
    }

    fn mapping(
        &mut self,
        part: &'a Value,
        properties: &'a Map<String, Value>,
        file: &dyn Fn(Value) -> Value,
    ) {
        let said = self.said(file);
        let keys: Vec<&str> = properties.keys().map(String::as_str).collect();
        let help = format!("the keys are: {}", keys.join(", "));
        let of = |code| said.iter().filter(move |problem: &&Problem| problem.code == code);
        let unknown: Vec<String> =
            of(ProblemCode::UnknownKey).map(|it| it.help.to_string()).collect();
        assert_eq!(unknown, [help], "the keys of {part:#}");
        let missing: Vec<&str> =
            of(ProblemCode::MissingKey).map(|it| it.message.as_str()).collect();
        let required = part["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let one_of = part["anyOf"].as_array().map(|choices| {
            let keys = choices.iter().filter_map(|choice| choice["required"][0].as_str());
            keys.collect::<Vec<_>>().join("` or `")
        });
        let required = required.map(str::to_owned).chain(one_of);
        let required: Vec<String> =
            required.map(|key| format!("the key `{key}` is missing")).collect();
        assert_eq!(missing, required, "the required keys of {part:#}");
        self.values(properties, file);
    }

    fn choices(&mut self, choices: &'a [Value], file: &dyn Fn(Value) -> Value) {
        let words: Vec<&str> = choices.iter().flat_map(words_of).collect();
        let help = format!("the words are: {}", words.join(", "));
        let said: Vec<String> =
            self.said(file).into_iter().map(|problem| problem.help.to_string()).collect();
        assert_eq!(said, [help], "the words of {choices:#?}");
        for properties in choices.iter().filter_map(|choice| choice["properties"].as_object()) {
            self.values(properties, file);
        }
    }

    fn values(&mut self, properties: &'a Map<String, Value>, file: &dyn Fn(Value) -> Value) {
        self.compared += 1;
        for (key, part) in properties {
            self.part(part, &|value| file(json!({key: value})));
        }
    }

    /// What is said of a mapping of one strange key, where the file puts it.
    fn said(&self, file: &dyn Fn(Value) -> Value) -> Vec<Problem> {
        let mut problems = (self.load)(&file(json!({STRANGE: "x"})).to_string());
        problems.retain(|problem| {
            let text = problem.place.text.as_deref().unwrap_or_default();
            text.get(problem.place.span.clone()) == Some(&format!("\"{STRANGE}\""))
        });
        problems
    }
}

/// The words that one choice of several allows: its key, or its word.
fn words_of(choice: &Value) -> Vec<&str> {
    let keys = choice["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
    let words = choice["enum"].as_array().into_iter().flatten().chain(choice.get("const"));
    keys.map(String::as_str).chain(words.filter_map(Value::as_str)).collect()
}
