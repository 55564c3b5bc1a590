//! Templates with named holes: the files of an offer as they will stand, and what is filled in.

use std::collections::BTreeMap;

/// Where the comments behind lines begin.
const COMMENT_AT: usize = 48;

/// What is filled into the holes of a template, by their names.
#[derive(Default)]
pub(super) struct Holes(BTreeMap<&'static str, Vec<String>>);

impl Holes {
    /// Fills a hole: with nothing, one value, or several.
    pub fn fill(&mut self, hole: &'static str, values: impl IntoIterator<Item = String>) {
        self.0.entry(hole).or_default().extend(values);
    }

    /// Fills a hole that shows nothing and keeps its line where something is so.
    pub fn keep(&mut self, hole: &'static str, is_so: bool) {
        self.fill(hole, is_so.then(String::new));
    }

    fn values(&self, hole: &str) -> &[String] {
        self.0.get(hole).map_or(&[], Vec::as_slice)
    }

    /// The template with its holes, `<name>`, filled: a line stands once for each value of its holes, and not at all
    /// where one of them has none. What is filled in is never looked at again.
    pub fn filled(&self, template: &str) -> String {
        let mut text = String::new();
        for line in template.lines() {
            let counts = || holes(line).map(|hole| self.values(hole).len());
            let copies =
                if counts().any(|count| count == 0) { 0 } else { counts().max().unwrap_or(1) };
            for copy in 0..copies {
                text += &self.line(line, copy);
                text.push('\n');
            }
        }
        text
    }

    /// A line of the template, its comment at the same column whatever is filled in before it.
    fn line(&self, line: &str, copy: usize) -> String {
        match line.split_once("  # ").filter(|(code, _)| !code.trim().is_empty()) {
            Some((code, comment)) => {
                let code = self.with_values(code.trim_end(), copy);
                let width = COMMENT_AT - 2;
                format!("{code:width$}  # {comment}")
            }
            None => self.with_values(line, copy),
        }
    }

    fn with_values(&self, text: &str, copy: usize) -> String {
        let mut parts = text.split('<');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for (hole, rest) in parts.filter_map(|part| part.split_once('>')) {
            let values = self.values(hole);
            filled += values.get(copy).or(values.last()).map_or("", String::as_str);
            filled += rest;
        }
        filled
    }
}

fn holes(line: &str) -> impl Iterator<Item = &str> {
    line.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stands_once_for_each_value_of_its_hole_and_what_is_filled_in_is_data() {
        let mut holes = Holes::default();
        holes.fill("name", ["\"<rate> # no comment\"".to_owned()]);
        holes.fill("rate", ["1".to_owned(), "2".to_owned()]);
        holes.fill("nothing", None);
        let template = "name: <name>    # for people\nrates:\n  - <rate>\nnone: <nothing>\n";
        let name = format!("{:46}  # for people", "name: \"<rate> # no comment\"");
        assert_eq!(holes.filled(template), format!("{name}\nrates:\n  - 1\n  - 2\n"));
    }
}
