//! Tags of a row, which exports write as JSON in a cell: with the braces around them, or without.

use std::sync::Arc;

use crate::json::{Json, parse};

/// The value of the tag `project`, in whatever case its name is written.
pub(super) fn project(text: &str) -> Option<Arc<str>> {
    let text = text.trim();
    if !text.to_ascii_lowercase().contains("project") {
        return None;
    }
    let whole = match text.starts_with('{') {
        true => text.to_owned(),
        false => format!("{{{text}}}"),
    };
    let Ok(Json::Object(entries)) = parse(&whole) else { return None };
    let found = entries.into_iter().find(|(key, _)| key.eq_ignore_ascii_case("project"));
    match found {
        Some((_, Json::Text(value))) if !value.trim().is_empty() => Some(value.trim().into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_of_a_project_is_read_with_and_without_braces() {
        assert_eq!(project(r#"{"team": "a", "Project": "posters"}"#).as_deref(), Some("posters"));
        assert_eq!(project(r#""team": "a","project": "posters""#).as_deref(), Some("posters"));
        assert_eq!(project(r#"{"team": "a"}"#), None);
        assert_eq!(project(r#"{"project": ["#), None);
        assert_eq!(project(""), None);
    }
}
