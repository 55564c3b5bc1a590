//! Characters that a reader does not see, or that change what one sees.

/// Control characters other than a line break, odd line breaks, marks that turn the reading direction
/// and spaces without width: on a terminal they can rewrite a line or make two names look alike.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'
            | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}')
}
