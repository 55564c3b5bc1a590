//! Keys and values → YAML text, in the one form that needs no rules of quoting: text stands in quotes.
//!
//! The YAML library reads only; a writer for text, whole numbers and truth values is shorter than the
//! options of one that writes more.

use serde_json::{Map, Value};

use crate::hidden::is_hidden;

/// A mapping as the body of a YAML file.
pub(super) fn emit(keys: &Map<String, Value>) -> String {
    let mut out = String::new();
    mapping(keys, 0, &mut out);
    out
}

fn mapping(keys: &Map<String, Value>, depth: usize, out: &mut String) {
    for (index, (key, value)) in keys.iter().enumerate() {
        // The first key of a list item stands on the line of its dash.
        if index > 0 || out.is_empty() || out.ends_with('\n') {
            indent(depth, out);
        }
        out.push_str(&self::key(key));
        out.push(':');
        nested(value, depth, out);
    }
}

fn nested(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(keys) if !keys.is_empty() => {
            out.push('\n');
            mapping(keys, depth + 1, out);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            list(items, depth + 1, out);
        }
        value => {
            out.push(' ');
            out.push_str(&scalar(value));
            out.push('\n');
        }
    }
}

fn list(items: &[Value], depth: usize, out: &mut String) {
    for item in items {
        indent(depth, out);
        out.push_str("- ");
        match item {
            Value::Object(keys) if !keys.is_empty() => mapping(keys, depth + 1, out),
            item => {
                out.push_str(&scalar(item));
                out.push('\n');
            }
        }
    }
}

fn indent(depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
}

/// A key of the shape as it is, any other name in quotes.
fn key(key: &str) -> String {
    let is_plain = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    // Some readers take these for truth values or for nothing.
    let is_taken = ["no", "yes", "on", "off", "true", "false", "null", "y"].contains(&key);
    if is_plain && !is_taken && !key.is_empty() { key.to_owned() } else { quoted(key) }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// Text in double quotes; what a reader cannot see is written by its number.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if is_hidden(c) => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
