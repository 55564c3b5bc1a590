//! A log → blocks of whole lines, so that no more of it is in memory than is being read.
//!
//! Blocks are cut in the same places whoever reads them, so that what is found does not depend on how many do.

use std::io::{self, Read};

use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter, memrchr};

/// How many bytes a block has, or a line more.
pub(super) const BLOCK: usize = 1 << 18;

/// Where the lines of a log end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    /// At each line break.
    Plain,
    /// At line breaks that do not stand between quotes.
    Quoted,
}

/// Whole lines of a log.
#[derive(Debug)]
pub(super) struct Block {
    /// Its place among the blocks, from 0.
    pub number: u64,
    /// The lines.
    pub bytes: Vec<u8>,
    /// How many bytes a line has that is too long to be read, in the place of lines.
    pub too_long: Option<u64>,
    /// Whether the log ends with it, without a line break.
    pub is_cut_off: bool,
    /// Why nothing could be read behind it, where that is not the end of the log.
    pub broken: Option<Broken>,
}

/// How a log broke off.
#[derive(Debug)]
pub(super) struct Broken {
    /// What the system says, or what unpacks it.
    pub error: io::Error,
    /// Whether it was within a line, of which nothing is taken: a number that is cut off is another number.
    pub within_line: bool,
}

/// The blocks of a log, one by one.
pub(super) struct Blocks<R> {
    from: R,
    ends: LineEnds,
    longest_line: usize,
    rest: Vec<u8>,
    next: u64,
    is_done: bool,
    failed: Option<io::Error>,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(from: R, ends: LineEnds, longest_line: usize) -> Blocks<R> {
        Blocks { from, ends, longest_line, rest: Vec::new(), next: 0, is_done: false, failed: None }
    }

    /// The next block, in a buffer that was used before.
    pub(super) fn next(&mut self, mut bytes: Vec<u8>) -> Option<Block> {
        bytes.clear();
        bytes.append(&mut self.rest);
        let mut wanted = BLOCK;
        loop {
            self.fill(&mut bytes, wanted);
            if let Some(error) = self.failed.take() {
                return Some(self.broken(bytes, error));
            }
            if bytes.is_empty() {
                return None;
            }
            if self.is_done {
                let is_cut_off = bytes.last() != Some(&b'\n');
                return Some(self.block(bytes, is_cut_off));
            }
            if let Some(end) = self.last_end(&bytes) {
                self.rest.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                return Some(self.block(bytes, false));
            }
            if bytes.len() > self.longest_line {
                return Some(self.skip_line(bytes));
            }
            wanted = bytes.len() + BLOCK;
        }
    }

    /// The last block of a log that breaks off: the lines that are whole.
    fn broken(&mut self, mut bytes: Vec<u8>, error: io::Error) -> Block {
        let whole = memrchr(b'\n', &bytes).map_or(0, |at| at + 1);
        let within_line = whole < bytes.len();
        bytes.truncate(whole);
        let block = self.block(bytes, false);
        Block { broken: Some(Broken { error, within_line }), ..block }
    }

    /// Puts bytes back that were taken off the first block, which is then the first again.
    pub(super) fn put_back(&mut self, mut bytes: Vec<u8>, broken: Option<Broken>) {
        self.failed = broken.map(|broken| broken.error);
        bytes.append(&mut self.rest);
        self.rest = bytes;
        self.next = 0;
    }

    fn block(&mut self, bytes: Vec<u8>, is_cut_off: bool) -> Block {
        self.next += 1;
        Block { number: self.next - 1, bytes, too_long: None, is_cut_off, broken: None }
    }

    /// Reads until there are so many bytes, or no more.
    fn fill(&mut self, bytes: &mut Vec<u8>, wanted: usize) {
        let missing = wanted.saturating_sub(bytes.len()) as u64;
        if missing > 0 && !self.is_done {
            match self.from.by_ref().take(missing).read_to_end(bytes) {
                Ok(got) => self.is_done = (got as u64) < missing,
                Err(error) => {
                    self.is_done = true;
                    self.failed = Some(error);
                }
            }
        }
    }

    /// Behind the last line that ends in these bytes.
    fn last_end(&self, bytes: &[u8]) -> Option<usize> {
        let plain = memrchr(b'\n', bytes).map(|at| at + 1);
        match self.ends {
            LineEnds::Quoted if memchr(b'"', bytes).is_some() => last_record_end(bytes),
            _ => plain,
        }
    }

    /// Leaves out a line that is too long: what stands behind it is the start of the next block.
    fn skip_line(&mut self, mut bytes: Vec<u8>) -> Block {
        let mut length = bytes.len() as u64;
        loop {
            bytes.clear();
            self.fill(&mut bytes, BLOCK);
            match memchr(b'\n', &bytes) {
                Some(at) => {
                    length += at as u64;
                    self.rest.extend_from_slice(&bytes[at + 1..]);
                    break;
                }
                None if self.is_done => {
                    length += bytes.len() as u64;
                    break;
                }
                None => length += bytes.len() as u64,
            }
        }
        bytes.clear();
        let block = self.block(bytes, false);
        Block { too_long: Some(length), ..block }
    }
}

/// Behind the last record that ends in these bytes, by the rules of the `csv` crate, where some are quoted.
fn last_record_end(bytes: &[u8]) -> Option<usize> {
    let mut reader = csv_core::Reader::new();
    let (mut output, mut ends) = ([0; 4096], [0; 256]);
    let (mut at, mut last) = (0, None);
    while at < bytes.len() {
        let (result, read, _, _) = reader.read_record(&bytes[at..], &mut output, &mut ends);
        at += read;
        match result {
            // A record ends at the first of the two characters of its line break.
            ReadRecordResult::Record if bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') => {
                last = Some(at + 1);
            }
            ReadRecordResult::Record => last = Some(at),
            ReadRecordResult::InputEmpty | ReadRecordResult::End => break,
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
        }
    }
    last
}

/// How many line breaks there are.
pub(super) fn line_breaks(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &[u8], ends: LineEnds, longest: usize) -> Vec<Block> {
        let mut blocks = Blocks::new(text, ends, longest);
        std::iter::from_fn(|| blocks.next(Vec::new())).collect()
    }

    #[test]
    fn blocks_are_whole_lines_and_nothing_is_lost() {
        let line = format!("{}\n", "x".repeat(99));
        let text = line.repeat(10_000);
        let all = blocks(text.as_bytes(), LineEnds::Plain, 1 << 20);
        assert!(all.len() > 3 && all.iter().all(|block| block.bytes.len() % 100 == 0));
        let together: Vec<u8> = all.into_iter().flat_map(|block| block.bytes).collect();
        assert_eq!(together, text.as_bytes());
    }

    #[test]
    fn a_line_break_between_quotes_ends_no_line() {
        let record = format!("a,\"{}\"\n", "b\n".repeat(40));
        let text = record.repeat(10_000);
        for block in blocks(text.as_bytes(), LineEnds::Quoted, 1 << 20) {
            assert_eq!(block.bytes.len() % record.len(), 0, "block {}", block.number);
        }
    }

    /// Of a log that breaks off the whole lines are read, whoever reads, and the number that is cut off is not.
    #[test]
    fn what_is_whole_of_a_log_that_breaks_off_is_read() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let from = &b"a,1\nb,2\nc,1"[..];
        let mut blocks = Blocks::new(from.chain(Broken), LineEnds::Plain, 1 << 20);
        let block = blocks.next(Vec::new()).expect("a block");
        assert_eq!(block.bytes, b"a,1\nb,2\n");
        assert!(block.broken.is_some_and(|broken| broken.within_line));
        assert!(blocks.next(Vec::new()).is_none());
    }

    #[test]
    fn a_line_that_is_too_long_is_counted_and_left_out() {
        let text = format!("first\n{}\nlast", "x".repeat(3 * BLOCK));
        let all = blocks(text.as_bytes(), LineEnds::Plain, BLOCK);
        let long: Vec<_> = all.iter().filter_map(|block| block.too_long).collect();
        assert_eq!(long, [3 * BLOCK as u64]);
        let rest: Vec<u8> = all.iter().flat_map(|block| block.bytes.clone()).collect();
        assert_eq!(rest, b"first\nlast");
        assert!(all.last().is_some_and(|block| block.is_cut_off));
    }
}
