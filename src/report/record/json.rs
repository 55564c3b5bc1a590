//! Records as JSON: an object of every field of a row, and lists that are written as they come.

use std::borrow::Cow;
use std::rc::Rc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Field, Recorded, Value, schema};
use crate::report::currency;
use crate::report::dictionary::Kind;

/// A row for programs: an object with every key of every field.
#[derive(Debug)]
pub struct Record<R> {
    fields: Rc<[Field<R>]>,
    row: R,
}

impl<R: Recorded> Record<R> {
    /// A row with every field that such rows have.
    pub fn of(row: R) -> Record<R> {
        Record { fields: R::fields().into(), row }
    }
}

impl<R> Record<R> {
    /// A row with these fields, which rows share.
    pub fn new(fields: &Rc<[Field<R>]>, row: R) -> Record<R> {
        Record { fields: Rc::clone(fields), row }
    }
}

impl<R> Serialize for Record<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        let has_currency = currency::shown().is_some();
        for field in self.fields.iter() {
            let value = field.value(&self.row);
            for (ending, key) in field.keys().iter().enumerate() {
                if field.term.kind.is_in_currency(ending) && !has_currency {
                    continue;
                }
                match (&value, field.term.kind) {
                    (Value::Flag(flag), _) => object.serialize_entry(key, flag)?,
                    (Value::List(words), _) => object.serialize_entry(key, words)?,
                    (value, kind @ (Kind::Number | Kind::Count)) => {
                        let whole = value.part(kind, ending);
                        let whole = whole.and_then(|whole| whole.parse::<i64>().ok());
                        object.serialize_entry(key, &whole)?;
                    }
                    (value, kind) => object.serialize_entry(key, &value.part(kind, ending))?,
                }
            }
        }
        object.end()
    }
}

impl<R: Recorded> JsonSchema for Record<R> {
    fn schema_name() -> Cow<'static, str> {
        R::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schema::of(&R::fields())
    }
}

/// A list whose items are made and written one by one.
pub struct Each<'a, T>(Box<dyn Fn() -> Items<'a, T> + 'a>);

type Items<'a, T> = Box<dyn Iterator<Item = T> + 'a>;

impl<'a, T: 'a> Each<'a, T> {
    /// The items that a function makes whenever they are written.
    pub fn of<I: Iterator<Item = T> + 'a>(items: impl Fn() -> I + 'a) -> Each<'a, T> {
        Each(Box::new(move || Box::new(items())))
    }
}

impl<'a, R: 'a> Each<'a, Record<R>> {
    /// Rows with these fields.
    pub fn with<I: Iterator<Item = R> + 'a>(
        fields: Vec<Field<R>>,
        rows: impl Fn() -> I + 'a,
    ) -> Each<'a, Record<R>> {
        let fields: Rc<[Field<R>]> = fields.into();
        Each::of(move || {
            let fields = Rc::clone(&fields);
            rows().map(move |row| Record::new(&fields, row))
        })
    }

    /// Rows with every field that such rows have.
    pub fn row<I: Iterator<Item = R> + 'a>(rows: impl Fn() -> I + 'a) -> Each<'a, Record<R>>
    where
        R: Recorded,
    {
        Each::with(R::fields(), rows)
    }
}

impl<T> std::fmt::Debug for Each<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Each")
    }
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl<T: JsonSchema> JsonSchema for Each<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}
