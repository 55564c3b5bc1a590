//! Errors that every room shares: everything that is wrong with one thing, and a text that is no value.
//!
//! What people hand in is checked to its end, so that all of it is mended in one go. A list is no
//! [`std::error::Error`], and a caller could not pass it on with `?`; [`Errors`] is one.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::ops::Deref;

/// All that is wrong with one thing; prints each error on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors<E>(pub Vec<E>);

impl<E: Display> Display for Errors<E> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        out.write_str(&lines.join("\n"))
    }
}

impl<E: Error> Error for Errors<E> {}

impl<E> Deref for Errors<E> {
    type Target = [E];

    fn deref(&self) -> &[E] {
        &self.0
    }
}

impl<E> From<Vec<E>> for Errors<E> {
    fn from(errors: Vec<E>) -> Errors<E> {
        Errors(errors)
    }
}

impl<E> From<Errors<E>> for Vec<E> {
    fn from(errors: Errors<E>) -> Vec<E> {
        errors.0
    }
}

impl<E> FromIterator<E> for Errors<E> {
    fn from_iter<I: IntoIterator<Item = E>>(errors: I) -> Errors<E> {
        Errors(errors.into_iter().collect())
    }
}

impl<E> IntoIterator for Errors<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, E> IntoIterator for &'a Errors<E> {
    type Item = &'a E;
    type IntoIter = std::slice::Iter<'a, E>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A text that is not the value that it should be: why, in words, without the text itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAValue(pub String);

impl From<String> for NotAValue {
    fn from(why: String) -> NotAValue {
        NotAValue(why)
    }
}

impl From<&str> for NotAValue {
    fn from(why: &str) -> NotAValue {
        NotAValue(why.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::NotASize;

    #[test]
    fn each_error_stands_on_a_line_of_its_own() {
        let errors = Errors(vec![NotASize("a".into()), NotASize("b".into())]);
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(errors.to_string(), lines.join("\n"));
        let _is_one: &dyn Error = &errors;
    }
}
