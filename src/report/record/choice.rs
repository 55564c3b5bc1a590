//! Which columns a file has: those that answer most questions, all of them, or those that are named.

use super::{Columns, Field};
use crate::near::near_matches;

/// Which columns a file has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Chosen {
    /// Those that answer most questions.
    #[default]
    Common,
    /// All that there are, with the ends of quantities.
    All,
    /// Those of these keys, in this order.
    Named(Vec<String>),
}

/// A column that was asked for and is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no column `{name}`")]
pub struct UnknownColumn {
    /// The name as given.
    pub name: String,
    /// Names spelled alike.
    pub near: Vec<String>,
    /// Every name.
    pub known: Vec<String>,
}

impl<R> Columns<R> {
    /// The columns that are chosen of all fields. `common` are the keys of [`Chosen::Common`].
    ///
    /// # Errors
    /// The first name that is none of a field.
    pub fn choose(
        all: Vec<Field<R>>,
        common: &[&str],
        chosen: &Chosen,
    ) -> Result<Columns<R>, UnknownColumn> {
        let fields = match chosen {
            Chosen::All => all,
            Chosen::Common => {
                all.into_iter().filter(|field| common.contains(&field.key())).collect()
            }
            Chosen::Named(names) => named(all, names)?,
        };
        Ok(Columns { fields, with_ends: *chosen == Chosen::All })
    }
}

/// The fields of these names in their order, each once; `cost_low_usd` names the field of `cost`.
fn named<R>(mut all: Vec<Field<R>>, names: &[String]) -> Result<Vec<Field<R>>, UnknownColumn> {
    let known: Vec<String> = all.iter().map(|field| field.key().to_owned()).collect();
    let mut fields: Vec<Field<R>> = Vec::new();
    for name in names {
        let is_it = |field: &Field<R>| {
            field.key() == name || field.keys().iter().any(|key| key == name.as_str())
        };
        match all.iter().position(is_it) {
            Some(at) => fields.push(all.remove(at)),
            None if fields.iter().any(is_it) => {}
            None => {
                let near = near_matches(name, known.iter().map(String::as_str));
                let near = near.into_iter().map(str::to_owned).collect();
                return Err(UnknownColumn { name: name.clone(), near, known });
            }
        }
    }
    Ok(fields)
}
