//! Every input that the fuzz targets found, a few good ones, and what comes of changing them: without a fuzzer, by chance
//! alone, the same on every machine.

use std::path::Path;

use crate::targets::{TARGETS, run};

/// The inputs of a target.
fn inputs(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let entries = folder.join("regressions").join(name).read_dir().expect("its inputs");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{name} is tried");
    paths.iter().map(|path| std::fs::read(path).expect("an input")).collect()
}

#[test]
fn what_the_fuzzer_found_stays_closed() {
    for (name, _) in TARGETS {
        inputs(name).iter().for_each(|input| run(name, input));
    }
}

/// Numbers by chance (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).expect("small")
    }
}

const WORDS: [&[u8]; 12] = [
    b"0",
    b"-1",
    b"18446744073709551616",
    b"1e999",
    b"\"",
    b"\n",
    b"[",
    b"}",
    b",",
    "\u{202e}".as_bytes(),
    b"null",
    b"99999999999999999999999999999999",
];

/// One to four changes: a part is cut, doubled, or taken from another input; a byte is another; a word is put in.
fn changed(input: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut text = input.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(text.len() + 1);
        let end = (at + chance.below(40)).min(text.len());
        let part: Vec<u8> = match chance.below(5) {
            0 => Vec::new(),
            1 => text[at..end].repeat(2),
            2 => {
                let from = chance.below(other.len());
                other[from..(from + chance.below(60)).min(other.len())].to_vec()
            }
            3 => vec![u8::try_from(chance.below(256)).expect("a byte")],
            _ => WORDS[chance.below(WORDS.len())].to_vec(),
        };
        text.splice(at..end, part);
    }
    text
}

/// IMGCOST_FUZZ names how many changes of each target are tried, and where they begin.
#[test]
fn what_is_changed_by_chance_is_read_or_refused() {
    let asked = std::env::var("IMGCOST_FUZZ").unwrap_or_else(|_| "120,1".into());
    let mut asked = asked.split(',').map(|part| part.parse::<u64>().expect("a number"));
    let [changes, seed] = [(); 2].map(|()| asked.next().expect("two numbers"));
    for (name, _) in TARGETS {
        let inputs = inputs(name);
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..changes {
            let [input, other] = [(); 2].map(|()| &inputs[chance.below(inputs.len())]);
            let text = changed(input, other, &mut chance);
            let tried = std::panic::catch_unwind(|| run(name, &text));
            assert!(tried.is_ok(), "{name} fails on {text:?}: {}", String::from_utf8_lossy(&text));
        }
    }
}
