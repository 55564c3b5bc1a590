//! Holds the objects of `--format json` to the schemas that `imgcost schema output` prints.

use imgcost::report::outputs::OUTPUTS;
use serde_json::Value;

/// Checks that an object is as its schema says, and that the schema knows each of its keys.
pub fn assert_of_schema(object: &Value) {
    let id = object["schema"].as_str().unwrap_or_default();
    let Some(output) = OUTPUTS.iter().find(|it| id == format!("imgcost.{}/1", it.name)) else {
        return;
    };
    let mut schema = output.json_schema();
    close(&mut schema);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors = validator.iter_errors(object);
    let errors: Vec<String> =
        errors.map(|it| format!("{}: {it}", it.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{id}: {errors:#?}");
}

/// Says of every object of a schema that it has no other keys.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            if keys.contains_key("properties") && !keys.contains_key("additionalProperties") {
                keys.insert("additionalProperties".into(), false.into());
            }
            keys.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
