//! The fields of a schema or a sample that take text, each with a document that has a hole in its place.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// What stands in the place of a text.
pub(super) const HOLE: &str = "HOLE-FOR-A-TEXT";

/// Texts of which one fits wherever a text is needed beside a hole.
const FITTING: [&str; 9] = [
    "text",
    "1",
    "1%",
    "2027-01",
    "2026-06-01",
    "USD",
    "1024x1024",
    "×1.2",
    "https://acme.example/",
];

/// A field by its path, such as `workloads[].name`, and a document with the hole there.
pub(super) type Field = (String, Value);

/// The fields of a schema, keys of maps among them (`tags{}`). What several fields share is a field once.
pub(super) fn in_schema(schema: &Value) -> Vec<Field> {
    let mut walk = Walk { schema, seen: BTreeSet::new(), fitting: RefCell::default() };
    walk.fields(schema, 0)
}

struct Walk<'s> {
    schema: &'s Value,
    /// The definitions whose fields are listed already.
    seen: BTreeSet<&'s str>,
    /// The texts that fit patterns, found once for each.
    fitting: RefCell<BTreeMap<&'s str, &'static str>>,
}

/// How deep samples go: required keys lie in each other a few times, and definitions that name themselves end.
const DEEPEST: usize = 12;

impl<'s> Walk<'s> {
    fn fields(&mut self, of: &'s Value, depth: usize) -> Vec<Field> {
        if let Some(name) = of["$ref"].as_str() {
            let is_new = self.seen.insert(name) && depth < DEEPEST;
            let definition = self.definition(name);
            return if is_new { self.fields(definition, depth + 1) } else { Vec::new() };
        }
        let mut all = Vec::new();
        for branch in branches(of) {
            all.extend(self.fields(branch, depth + 1));
        }
        for (key, inner) in of["properties"].as_object().into_iter().flatten() {
            for (path, value) in self.fields(inner, depth + 1) {
                all.push((joined(key, &path), self.beside(of, key, value)));
            }
        }
        let values = &of["additionalProperties"];
        if values.is_object() {
            let sample = self.sample(values, 0);
            all.push(("{}".to_owned(), self.beside(of, HOLE, sample)));
            for (path, value) in self.fields(values, depth + 1) {
                all.push((joined("*", &path), self.beside(of, "a", value)));
            }
        }
        if of["items"].is_object() {
            let items = self.fields(&of["items"], depth + 1);
            all.extend(items.into_iter().map(|(path, it)| (joined("[]", &path), json!([it]))));
        }
        if is(of, "string") || of["enum"].is_array() {
            all.push((String::new(), HOLE.into()));
        }
        all
    }

    fn definition(&self, name: &str) -> &'s Value {
        let at = name.strip_prefix('#').expect("a definition of the schema itself");
        self.schema.pointer(at).expect("a definition")
    }

    /// A key with its value, and what is required beside it.
    fn beside(&self, of: &'s Value, key: &str, value: Value) -> Value {
        let mut object = self.required(of, 0);
        object.insert(key.to_owned(), value);
        object.into()
    }

    fn required(&self, of: &'s Value, depth: usize) -> Map<String, Value> {
        let keys = of["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let key = |key: &str| (key.to_owned(), self.sample(&of["properties"][key], depth + 1));
        keys.map(key).collect()
    }

    /// A value that is as a schema says, as far as one can be told by it.
    fn sample(&self, of: &'s Value, depth: usize) -> Value {
        if let Some(name) = of["$ref"].as_str() {
            return self.sample(self.definition(name), depth + 1);
        }
        if depth > DEEPEST {
            return Value::Null;
        }
        let first = branches(of).next();
        match of {
            _ if of["enum"].is_array() => of["enum"][0].clone(),
            _ if of["const"] != Value::Null => of["const"].clone(),
            _ if is(of, "object") => self.required(of, depth).into(),
            _ if is(of, "array") => json!([self.sample(&of["items"], depth + 1)]),
            _ if is(of, "string") => self.fitting(of).into(),
            _ if is(of, "integer") || is(of, "number") => json!(1),
            _ if is(of, "boolean") => json!(true),
            _ => first.map_or(Value::Null, |branch| self.sample(branch, depth + 1)),
        }
    }

    fn fitting(&self, of: &'s Value) -> &'static str {
        let pattern = of["pattern"].as_str().unwrap_or_default();
        let find = || {
            let text = json!({"type": "string", "pattern": pattern});
            let found = FITTING.into_iter().find(|it| jsonschema::is_valid(&text, &json!(it)));
            found.unwrap_or_else(|| panic!("no text fits {of}"))
        };
        self.fitting.borrow_mut().entry(pattern).or_insert_with(find)
    }
}

fn branches(of: &Value) -> impl Iterator<Item = &Value> {
    let all = ["oneOf", "anyOf", "allOf"].into_iter();
    all.filter_map(|key| of[key].as_array()).flatten()
}

fn is(of: &Value, kind: &str) -> bool {
    let kinds = &of["type"];
    kinds == kind || kinds.as_array().is_some_and(|all| all.iter().any(|it| it == kind))
}

fn joined(key: &str, path: &str) -> String {
    let is_inner = !path.is_empty() && !path.starts_with(['[', '{']);
    format!("{key}{}{path}", if is_inner { "." } else { "" })
}

/// The texts and the keys of a sample.
pub(super) fn in_sample(sample: &Value) -> Vec<Field> {
    match sample {
        Value::String(_) => vec![(String::new(), HOLE.into())],
        Value::Array(items) => items.first().map_or(Vec::new(), |first| {
            let with = |(path, value): Field| {
                let mut items = items.clone();
                items[0] = value;
                (joined("[]", &path), items.into())
            };
            in_sample(first).into_iter().map(with).collect()
        }),
        Value::Object(entries) => {
            let mut all = Vec::new();
            for (key, inner) in entries {
                let with = |key: &str, value: Value, without: Option<&str>| {
                    let mut entries = entries.clone();
                    without.map(|key| entries.remove(key));
                    entries.insert(key.to_owned(), value);
                    Value::from(entries)
                };
                all.push((format!("{{}} for {key}"), with(HOLE, inner.clone(), Some(key))));
                for (path, value) in in_sample(inner) {
                    all.push((joined(key, &path), with(key, value, None)));
                }
            }
            all
        }
        _ => Vec::new(),
    }
}
