//! What a terminal gets: text alone, whatever a file or a flag holds.

use std::io::{Result, Write};

use crate::hidden::plain;

/// Passes lines on to a terminal, with hidden characters shown.
pub(super) struct Gate<W> {
    to: W,
    /// The line that has begun: a character may be cut in two by a write.
    begun: Vec<u8>,
}

impl<W: Write> Gate<W> {
    /// A gate before this terminal.
    pub(super) fn new(to: W) -> Gate<W> {
        Gate { to, begun: Vec::new() }
    }

    fn pass(&mut self, bytes: &[u8]) -> Result<()> {
        self.to.write_all(plain(&String::from_utf8_lossy(bytes)).as_bytes())
    }
}

impl<W: Write> Write for Gate<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.begun.extend_from_slice(bytes);
        if let Some(last) = self.begun.iter().rposition(|byte| *byte == b'\n') {
            let next = self.begun.split_off(last + 1);
            let lines = std::mem::replace(&mut self.begun, next);
            self.pass(&lines)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        let rest = std::mem::take(&mut self.begun);
        self.pass(&rest)?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_escape_however_it_is_cut() {
        let text = "a fox\n\u{1b}]0;title\u{7}, \u{9b}2J é\nend \u{202e}";
        for size in 1..text.len() {
            let mut gate = Gate::new(Vec::new());
            for part in text.as_bytes().chunks(size) {
                gate.write_all(part).expect("memory takes it");
            }
            gate.flush().expect("memory takes it");
            let shown = String::from_utf8(gate.to).expect("UTF-8");
            assert_eq!(shown, "a fox\n\\u{1b}]0;title\\u{7}, \\u{9b}2J é\nend \\u{202e}");
        }
    }
}
