//! What an answer was made of besides the price tables: the files that were read and the exchange rates. They are noted
//! where they are read, and said in the objects for programs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::exchange::ExchangeRate;
use crate::report::made_of::{InputFile, MadeOf, StatedRate};
use crate::request::NamedFiles;

static FILES: Mutex<Vec<InputFile>> = Mutex::new(Vec::new());
static IMAGES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static RATES: Mutex<BTreeMap<String, StatedRate>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// The files that other files may name: which of them were read is known in the end.
    static NAMED: RefCell<Vec<NamedFiles>> = const { RefCell::new(Vec::new()) };
}

/// Notes a file that was read as a whole.
pub(super) fn file(name: &str, bytes: &[u8]) {
    note(InputFile::new(name.to_owned(), Some(hex(&Sha256::digest(bytes)))));
}

/// What is read of a file as it comes, and its digest.
pub(super) struct Digesting<R> {
    from: R,
    digest: Sha256,
}

impl<R> Digesting<R> {
    /// Of a file from its start.
    pub(super) fn new(from: R) -> Digesting<R> {
        Digesting { from, digest: Sha256::new() }
    }

    /// Notes a file that was read to its end.
    pub(super) fn note(self, name: &str) {
        note(InputFile::new(name.to_owned(), Some(hex(&self.digest.finalize()))));
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(to)?;
        self.digest.update(&to[..read]);
        Ok(read)
    }
}

/// Notes an image, of which the header alone was read.
pub(super) fn image(path: &str) {
    let Ok(mut images) = IMAGES.lock() else { return };
    images.push(path.to_owned());
}

/// Notes files that a file may name.
pub(super) fn named(files: &NamedFiles) {
    NAMED.with(|named| named.borrow_mut().push(files.clone()));
}

/// Notes an exchange rate; whose it is stays as it was said before.
pub(super) fn rate(code: &str, rate: ExchangeRate) {
    let stated = stated(code, rate);
    let Ok(mut rates) = RATES.lock() else { return };
    let is_same = |known: &StatedRate| (&known.pair, &known.rate) == (&stated.pair, &stated.rate);
    if !rates.get(code).is_some_and(is_same) {
        rates.insert(code.to_owned(), stated);
    }
}

/// Notes an exchange rate with its day and who states it.
pub(super) fn rate_of(
    code: &str,
    rate: ExchangeRate,
    day: Option<NaiveDate>,
    source: Option<&str>,
) {
    let stated = stated(code, rate).of(day, source.map(str::to_owned));
    let Ok(mut rates) = RATES.lock() else { return };
    rates.insert(code.to_owned(), stated);
}

fn stated(code: &str, rate: ExchangeRate) -> StatedRate {
    let (pair, number) = rate.stated(code);
    StatedRate::new(pair, number.to_string())
}

/// All that was noted.
pub(super) fn to_say() -> MadeOf {
    let found: Vec<_> =
        NAMED.with(|named| named.borrow().iter().flat_map(NamedFiles::found).collect());
    let images = IMAGES.lock().map(|images| images.clone()).unwrap_or_default();
    let images = images.into_iter().map(|path| (path.clone(), path.into()));
    for (name, path) in images.chain(found) {
        note(InputFile::new(name, digest_of(&path)));
    }
    let inputs = FILES.lock().map(|files| files.clone()).unwrap_or_default();
    let rates = RATES.lock().map(|rates| rates.clone()).unwrap_or_default();
    MadeOf { inputs, exchange_rates: rates.into_values().collect() }
}

/// The call that made it, as it is typed in a shell: without where and in which format it is written, which changes nothing
/// of what was found.
pub(super) fn call() -> String {
    let mut words = vec!["imgcost".to_owned()];
    let mut args = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--force" => {}
            "--output" | "-o" | "--format" => drop(args.next()),
            _ if ["--output=", "--format=", "-o"].iter().any(|flag| arg.starts_with(flag)) => {}
            _ => words.push(quoted(&arg)),
        }
    }
    words.join(" ")
}

/// An argument as a shell takes it.
fn quoted(arg: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,%@+".contains(c);
    match arg {
        plain if !plain.is_empty() && plain.chars().all(is_plain) => plain.to_owned(),
        other => format!("'{}'", other.replace('\'', r"'\''")),
    }
}

fn note(file: InputFile) {
    let Ok(mut files) = FILES.lock() else { return };
    if !files.contains(&file) {
        files.push(file);
    }
}

/// The digest of a file, read in parts: a reference image can be large.
fn digest_of(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let (mut digest, mut part) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut part).ok()? {
            0 => return Some(hex(&digest.finalize())),
            read => digest.update(&part[..read]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
