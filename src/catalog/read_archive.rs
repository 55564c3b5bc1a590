//! Reading a whole catalogue from a .tar.gz, within bounds: nothing is unpacked onto the disk, and whatever is in it,
//! the program ends and says what it met.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use tar::{Archive, Entry, EntryType};

use super::read_folder::{is_table, text, unreadable};
use super::stamp::FILE as STAMP;
use super::table_file::{Origin, TableFile};
use crate::errors::Errors;
use crate::help::Help;
use crate::input_limits::{
    CATALOG_BYTES, FOLDER_ENTRIES, FOLDER_LEVELS, InputLimit, TABLE_BYTES, UNPACKED_BYTES,
};
use crate::problem::{Place, Problem, ProblemCode};

/// Reads the tables of an archive; their paths start where its `catalog.yaml` stands: at the root, or in the one folder
/// that was packed.
///
/// # Errors
/// The first thing that makes it no archive of a catalogue: what is met in a hostile one is not gone on with.
pub(super) fn read_archive(path: &Path) -> Result<Vec<TableFile>, Errors<Problem>> {
    read(path).map_err(|problem| Errors(vec![*problem]))
}

type Found = Result<Vec<TableFile>, Box<Problem>>;

fn read(path: &Path) -> Found {
    let name = path.to_string_lossy().to_ascii_lowercase();
    if !name.ends_with(".tar.gz") && !name.ends_with(".tgz") {
        let help = match name.ends_with(".zip") {
            true => {
                "a .zip is not read: unpack it and give the folder, or pack the catalogue as .tar.gz"
            }
            false => "give a folder, or a whole catalogue as .tar.gz",
        };
        return Err(Box::new(unreadable(path, "this is no folder and no .tar.gz", help)));
    }
    let cannot = |error: io::Error| {
        let message = format!("the archive cannot be read: {error}");
        Box::new(unreadable(path, &message, "get it again, or give the folder that it was made of"))
    };
    let packed = MultiGzDecoder::new(File::open(path).map_err(cannot)?);
    let unpacked = Bounded { of: packed, left: UNPACKED_BYTES.most };
    let mut archive = Archive::new(unpacked);
    let mut tables = BTreeMap::new();
    let mut bytes = 0;
    for (index, entry) in archive.entries().map_err(cannot)?.enumerate() {
        let entry = entry.map_err(cannot)?;
        FOLDER_ENTRIES.holds(index + 1).map_err(|limit| refused_by(path, limit))?;
        let Some(inside) = path_of(&entry).map_err(|why| Box::new(refused(path, &why)))? else {
            continue;
        };
        let shown = path.join(&inside).display().to_string();
        let mut content = Vec::new();
        entry.take(TABLE_BYTES.most + 1).read_to_end(&mut content).map_err(cannot)?;
        let text = text_of(content, &shown)?;
        bytes += text.len();
        CATALOG_BYTES.holds(bytes).map_err(|limit| refused_by(path, limit))?;
        let file =
            TableFile { path: inside.clone(), shown, text: text.into(), origin: Origin::Shipped };
        if tables.insert(inside.clone(), file).is_some() {
            return Err(Box::new(refused(path, &format!("{inside} is in it twice"))));
        }
    }
    from_the_stamp(path, tables)
}

/// The path of a table in an archive; `None` of what is none. What could lead elsewhere is refused.
fn path_of(entry: &Entry<impl Read>) -> Result<Option<String>, String> {
    let bytes = entry.path_bytes();
    let shown = String::from_utf8_lossy(&bytes);
    match entry.header().entry_type() {
        EntryType::Regular | EntryType::Continuous => {}
        EntryType::Directory | EntryType::XGlobalHeader => return Ok(None),
        EntryType::Symlink | EntryType::Link => return Err(format!("{shown} is a link")),
        _ => return Err(format!("{shown} is neither a file nor a folder")),
    }
    let path = std::str::from_utf8(&bytes).map_err(|_| format!("{shown} is not UTF-8 text"))?;
    let parts: Vec<&str> = path.split('/').filter(|part| *part != ".").collect();
    let leads_out = |part: &&str| part.is_empty() || *part == ".." || part.contains(['\\', ':']);
    if parts.iter().any(leads_out) {
        return Err(format!("{shown} leads out of the archive"));
    }
    FOLDER_LEVELS.holds(parts.len()).map_err(|limit| format!("{shown}: {}", limit.message()))?;
    let path = parts.join("/");
    Ok(is_table(Path::new(&path)).then_some(path))
}

/// The text of a table, of which no more was read than may be.
fn text_of(bytes: Vec<u8>, shown: &str) -> Result<String, Box<Problem>> {
    TABLE_BYTES.holds(bytes.len()).map_err(|limit| limit.problem(Place::file(shown)))?;
    text(bytes).map_err(|why| {
        Box::new(unreadable(Path::new(shown), &why, "save the file as UTF-8 and pack it again"))
    })
}

/// The tables by their paths from the folder of the stamp.
fn from_the_stamp(path: &Path, tables: BTreeMap<String, TableFile>) -> Found {
    let is_stamp = |inside: &&String| inside.split('/').next_back() == Some(STAMP);
    let root = tables.keys().filter(is_stamp).map(|inside| &inside[..inside.len() - STAMP.len()]);
    let Some(root) = root.min_by_key(|root| root.len()).map(str::to_owned) else {
        return Err(Box::new(Problem {
            help: Help::Stamp { packed: true },
            ..refused(path, "it has no catalog.yaml, so that it is no whole catalogue")
        }));
    };
    let mut files = Vec::new();
    for (inside, file) in tables {
        let Some(below) = inside.strip_prefix(&root) else {
            let message = format!("{inside} lies outside of {root}, in which the catalogue stands");
            return Err(Box::new(refused(path, &message)));
        };
        files.push(TableFile { path: below.to_owned(), ..file });
    }
    Ok(files)
}

/// An archive with more than may be.
fn refused_by(path: &Path, limit: &InputLimit) -> Problem {
    Problem { code: ProblemCode::TooLarge, ..refused(path, &limit.message()) }
}

fn refused(path: &Path, message: &str) -> Problem {
    Problem {
        code: ProblemCode::Unreadable,
        message: message.to_owned(),
        place: Place::file(path.display().to_string()),
        help: "give an archive with a whole catalogue and nothing else".into(),
    }
}

/// Ends with an error where more is read than may be: what is packed small may be endless.
struct Bounded<R> {
    of: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.of.read(into)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other(UNPACKED_BYTES.message()))?;
        Ok(read)
    }
}
