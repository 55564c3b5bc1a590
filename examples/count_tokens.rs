//! Counts the tokens of texts, for `benches/tokenizer/compare.py`: a JSON string a line in, a number a line out.

use std::io::{BufRead, BufWriter, Error, Write, stdin, stdout};

use imgcost::metering::prompt::count_tokens;

fn main() -> Result<(), Error> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        writeln!(out, "{}", count_tokens(&text))?;
    }
    out.flush()
}
