//! The JSON Schemas and the loader, held to each other: what one refuses, so does the other, as far as a
//! schema can see.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use imgcost::catalog::Catalog;
use imgcost::catalog::files::{TableFile, read_folder};
use imgcost::catalog::schema::Shape;
use imgcost::problem::{Problem, ProblemCode};

use common::cli::run;
use common::keys::assert_reads;
use common::table_file;

static VALIDATORS: LazyLock<BTreeMap<Shape, Validator>> = LazyLock::new(|| {
    let validator = |shape: Shape| {
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        (shape, options.build(&shape.json_schema()).expect("a schema of draft 2020-12"))
    };
    Shape::ALL.into_iter().map(validator).collect()
});

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The kind of table that stands at a path of a catalogue; none for the record of what is published.
fn shape_of(path: &str) -> Option<Shape> {
    match path {
        path if path.starts_with("published/") => None,
        "guidance.yaml" => Some(Shape::Guidance),
        "free_keys.yaml" => Some(Shape::FreeKeys),
        path if path.starts_with("amendments/") => Some(Shape::Amendment),
        path if path.starts_with("models/") => Some(Shape::Model),
        path if path.ends_with("/owner.yaml") => Some(Shape::Owner),
        _ => Some(Shape::Route),
    }
}

fn tables(folder: &str) -> Vec<(Shape, TableFile)> {
    let files = read_folder(&project(folder)).expect("tables that can be read");
    files.into_iter().filter_map(|file| Some((shape_of(&file.path)?, file))).collect()
}

/// A table as an editor sees it: plain values by the rules of YAML 1.2.
fn as_json(text: &str) -> Option<Value> {
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).ok()
}

fn schema_errors(shape: Shape, value: &Value) -> Vec<String> {
    let errors = VALIDATORS[&shape].iter_errors(value);
    errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_program_prints_each_schema_and_lists_them() {
    for shape in Shape::ALL {
        let printed = run(&["schema", shape.as_str()]);
        assert_eq!((printed.code, printed.stdout), (0, shape.document()));
    }
    assert_matches_snapshot!("schema__list", run(&["schema"]).shown());
    assert_matches_snapshot!("schema__help", run(&["schema", "--help"]).shown());
    assert_matches_snapshot!("schema__guidance", run(&["schema", "guidance"]).shown());
}

#[test]
fn the_schemas_beside_the_tables_are_those_of_the_program() {
    for shape in Shape::ALL {
        let path = format!("pricing/schema/{}.json", shape.as_str());
        let written = fs::read_to_string(project(&path)).unwrap_or_default();
        let name = shape.as_str();
        assert!(written == shape.document(), "run: cargo run -- schema {name} > {path}");
    }
    // Those of budgets and settings stand there as well.
    for entry in fs::read_dir(project("pricing/schema")).expect("a folder") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
        let written = fs::read_to_string(&path).expect("a schema");
        assert!(written == run(&["schema", &name]).stdout, "run: cargo run -- schema {name}");
    }
}

#[test]
fn every_shipped_table_names_its_schema_in_its_first_line() {
    for (shape, file) in tables("pricing") {
        let up = "../".repeat(file.path.matches('/').count());
        let header = format!("# yaml-language-server: $schema={up}schema/{}.json", shape.as_str());
        assert_eq!(file.text.lines().next(), Some(&*header), "{}", file.path);
    }
}

#[test]
fn every_table_that_loads_is_valid() {
    for folder in ["pricing", "fixtures/pricing/valid"] {
        for (shape, file) in tables(folder) {
            let value = as_json(&file.text).expect("YAML");
            let errors = schema_errors(shape, &value);
            assert!(errors.is_empty(), "{}: {errors:#?}", file.shown);
        }
    }
}

/// Problems that no schema can see, and why.
#[rustfmt::skip]
const UNSEEN: [(ProblemCode, &str); 27] = [
    (ProblemCode::YamlSyntax, "it is not YAML, and an editor says so without a schema"),
    (ProblemCode::DuplicateKey, "YAML itself forbids it, and an editor says so without a schema"),
    (ProblemCode::Anchors, "a schema looks at values, not at how they are written"),
    (ProblemCode::HiddenCharacter, "a list of characters, kept in one place of the program"),
    (ProblemCode::TooLarge, "a schema has no limit for a file"),
    (ProblemCode::Unreadable, "the file cannot be read at all"),
    (ProblemCode::UnexpectedFile, "a schema knows no paths"),
    (ProblemCode::ShippedAlready, "a schema knows no paths"),
    (ProblemCode::OutOfRange, "the bounds stand where a number is read, and some rest on another number"),
    (ProblemCode::UnknownModel, "it stands in another file"),
    (ProblemCode::UnknownRoute, "it stands in another file"),
    (ProblemCode::DuplicateAlias, "it stands in another file"),
    (ProblemCode::OwnerKind, "it stands in another file"),
    (ProblemCode::FarFromOfficial, "it stands in another file"),
    (ProblemCode::PublishedStatementChanged, "it stands in another file"),
    (ProblemCode::PublishedStatementGone, "it stands in another file"),
    (ProblemCode::NotInShippedTables, "it depends on whose folder it is"),
    (ProblemCode::NotHere, "a version of an amendment has the keys of any other"),
    (ProblemCode::Empty, "whether prices may be missing depends on the status"),
    (ProblemCode::VersionEndsBeforeStart, "a schema compares no days"),
    (ProblemCode::VersionsOverlap, "a schema compares no days"),
    (ProblemCode::VersionWithoutDay, "one of three days must be known, two of them inside other keys"),
    (ProblemCode::StaleSource, "it depends on today"),
    (ProblemCode::UndatedSource, "it is a warning: the table may be used"),
    (ProblemCode::IdleAcknowledgement, "it depends on what else the table says"),
    (ProblemCode::RatedAndNotBilled, "a schema compares no two lists"),
    (ProblemCode::UnreachableRate, "a schema compares no two rates"),
];

#[test]
fn a_schema_refuses_every_broken_table_that_it_can_see() {
    for folder in fs::read_dir(project("fixtures/pricing/invalid")).expect("the folder") {
        let code = folder.expect("an entry").file_name().into_string().expect("UTF-8");
        if code == ProblemCode::Unreadable.as_str() {
            continue;
        }
        let unseen = UNSEEN.iter().find(|(unseen, _)| unseen.as_str() == code);
        let refused =
            tables(&format!("fixtures/pricing/invalid/{code}")).iter().any(|(shape, file)| {
                as_json(&file.text).is_some_and(|value| !VALIDATORS[shape].is_valid(&value))
            });
        match unseen {
            None => assert!(refused, "{code}: the schema takes it, and UNSEEN gives no reason"),
            Some((_, why)) => assert!(!refused, "{code}: the schema sees it, although {why}"),
        }
    }
}

/// Problems of the shape of a file: what a schema is for.
const OF_SHAPE: [ProblemCode; 12] = [
    ProblemCode::WrongType,
    ProblemCode::UnknownKey,
    ProblemCode::MissingKey,
    ProblemCode::UnquotedPrice,
    ProblemCode::NegativePrice,
    ProblemCode::BadPrice,
    ProblemCode::BadDate,
    ProblemCode::UnknownWord,
    ProblemCode::UnknownMeter,
    ProblemCode::BadSize,
    ProblemCode::BadAddress,
    ProblemCode::BlankText,
];

/// Of these, messages about names and sizes that another place of the tables gives.
const OF_OTHER_PLACES: [&str; 12] = [
    "needs an address",
    "is not a label of this model",
    "is not a quality of the model",
    "is not a class of this version",
    "has no output-token rule",
    "has no output tokens",
    "there are no `qualities`",
    "need sizes",
    "the sizes have no `default`",
    "a default size has no meaning",
    "is not legal",
    "does not say whose price it is",
];

fn is_of_shape(problem: &Problem) -> bool {
    let elsewhere = OF_OTHER_PLACES.iter().any(|words| problem.message.contains(words));
    OF_SHAPE.contains(&problem.code) && !elsewhere
}

/// What the loader says of a table.
fn problems_of(shape: Shape, text: &str) -> Vec<Problem> {
    let path = match shape {
        Shape::Guidance => "guidance.yaml",
        Shape::FreeKeys => "free_keys.yaml",
        Shape::Model => "models/mine.yaml",
        Shape::Owner => "provider/mine/owner.yaml",
        Shape::Route => "provider/mine/route.yaml",
        Shape::Amendment => "amendments/official/openai/gpt-image-2.yaml",
    };
    let table = table_file(path, text);
    let result = match shape {
        Shape::Amendment => Catalog::shipped().with_files(vec![table]),
        Shape::Route => {
            let owner = table_file("provider/mine/owner.yaml", "name: Mine\n");
            Catalog::from_files(vec![owner, table])
        }
        _ => Catalog::from_files(vec![table]),
    };
    result.err().map_or_else(Vec::new, Vec::from)
}

/// What the loader says of the shape of a table.
fn shape_problems(shape: Shape, text: &str) -> Vec<String> {
    let problems = problems_of(shape, text);
    problems.iter().filter(|problem| is_of_shape(problem)).map(Problem::one_line).collect()
}

#[test]
fn the_readers_take_the_keys_of_the_schemas_and_miss_those_that_they_require() {
    for shape in Shape::ALL {
        let schema = shape.json_schema();
        let compared = assert_reads(&schema, &|text| problems_of(shape, text));
        let parts = schema["$defs"].as_object().map_or(0, |parts| parts.len());
        assert!(compared > parts, "{}: {compared} of {parts} parts", shape.as_str());
    }
}

/// One change of a table; the index is of its mappings, keys or leaves in their order.
#[derive(Debug, Clone)]
enum Change {
    DeleteKey(Index),
    AddKey(Index),
    SetLeaf(Index, Value),
}

fn a_change() -> impl Strategy<Value = Change> {
    let leaves = json!([
        5,
        -1,
        1.5,
        0,
        true,
        null,
        [],
        {},
        "",
        " ",
        "5",
        "5.00",
        "-5",
        "1e3",
        "no such word",
        "2026-02-28",
        "2026-13-01",
        "1999-01-01",
        "undated",
        "not_stated",
        "1024x1024",
        "0x5",
        "USD",
        "images",
        "tokens",
        "true",
        18446744073709551615_u64,
    ]);
    let leaves = leaves.as_array().expect("a list").clone();
    prop_oneof![
        any::<Index>().prop_map(Change::DeleteKey),
        any::<Index>().prop_map(Change::AddKey),
        (any::<Index>(), select(leaves)).prop_map(|(at, leaf)| Change::SetLeaf(at, leaf)),
    ]
}

/// The JSON pointers of all mappings and of all leaves.
fn pointers(value: &Value, at: &str, mappings: &mut Vec<String>, leaves: &mut Vec<String>) {
    match value {
        Value::Object(keys) => {
            mappings.push(at.to_owned());
            for (key, value) in keys {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{at}/{key}"), mappings, leaves);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), mappings, leaves);
            }
        }
        _ => leaves.push(at.to_owned()),
    }
}

impl Change {
    fn apply(&self, table: &mut Value) {
        let (mut mappings, mut leaves) = (Vec::new(), Vec::new());
        pointers(table, "", &mut mappings, &mut leaves);
        match self {
            Change::DeleteKey(at) => {
                let mapping = table
                    .pointer_mut(at.get(&mappings[..]).as_str())
                    .and_then(Value::as_object_mut);
                let keys = mapping.expect("a mapping");
                if let Some(key) = keys.keys().nth(at.index(keys.len().max(1))).cloned() {
                    keys.remove(&key);
                }
            }
            Change::AddKey(at) => {
                let mapping = table.pointer_mut(at.get(&mappings[..]).as_str()).expect("a mapping");
                mapping["of_my_own"] = "5".into();
            }
            Change::SetLeaf(at, leaf) if !leaves.is_empty() => {
                *table.pointer_mut(at.get(&leaves[..]).as_str()).expect("a leaf") = leaf.clone();
            }
            Change::SetLeaf(..) => {}
        }
    }
}

/// Every shipped table and every good fixture, as plain values.
static GOOD: LazyLock<Vec<(Shape, Value)>> = LazyLock::new(|| {
    ["pricing", "fixtures/pricing/valid", "fixtures/pricing/amended"]
        .iter()
        .flat_map(|folder| tables(folder))
        .map(|(shape, file)| (shape, as_json(&file.text).expect("YAML")))
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A table of JSON is YAML as well, so that the loader reads what the schema judges.
    #[test]
    fn schema_and_loader_refuse_the_same_shapes(
        table in any::<Index>(),
        changes in prop::collection::vec(a_change(), 1..4),
    ) {
        let (shape, mut value) = table.get(&GOOD).clone();
        changes.iter().for_each(|change| change.apply(&mut value));
        let text = format!("{value:#}\n");
        let (by_schema, by_loader) = (schema_errors(shape, &value), shape_problems(shape, &text));
        prop_assert!(
            by_schema.is_empty() == by_loader.is_empty(),
            "the schema says {by_schema:#?}, the loader {by_loader:#?} of\n{text}"
        );
    }
}

#[test]
fn the_page_of_columns_is_the_dictionary() {
    let page = std::fs::read_to_string("docs/columns.md").expect("a page");
    let printed = run(&["schema", "columns"]).stdout;
    assert_eq!(page, printed, "cargo run -- schema columns > docs/columns.md");
}
