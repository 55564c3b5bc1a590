//! The pixels of a reference image, read from the header of its file.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, ErrorKind, Seek};
use std::path::Path;

use base64::Engine;
use imagesize::ImageType;

use super::named_files::NotFound;
use super::{InputImage, NamedFiles};
use crate::errors::NotAValue;
use crate::size::{NoSize, Size};

/// Bytes of a data URL that are decoded: enough for the header and the metadata before it.
const DATA_URL_PREFIX: usize = 256 * 1024;

/// A reference image from what a user typed: `WIDTHxHEIGHT`, or the path of a file.
///
/// # Errors
/// Why the file cannot be used, in words.
pub fn from_argument(argument: &str) -> Result<InputImage, NotAValue> {
    let read = || read(Path::new(argument)).map_err(|why| format!("{argument}: {why}"));
    image(argument, read).map_err(NotAValue)
}

/// A reference image that a file names by its size or path. Of a file that was itself reached through
/// another one the path is not shown: `place` says where it stands.
///
/// # Errors
/// Why the file cannot be used, in words.
pub(crate) fn named(argument: &str, place: &str, files: &NamedFiles) -> Result<InputImage, String> {
    let shown =
        if files.is_reached() { format!("the file at `{place}`") } else { argument.to_owned() };
    image(argument, || {
        let path = files.find(argument).map_err(|why| match why {
            NotFound::Unreadable(error) => format!("{shown}: {}", not_there(&error)),
            outside => outside.in_words(&shown),
        })?;
        read(&path).map_err(|why| format!("{shown}: {why}"))
    })
}

/// The same in a body, which is also priced away from its images: the size of one that is not there is open. Of a body that
/// was itself reached through another file, what it names is there.
///
/// # Errors
/// Why the file cannot be used, in words.
pub(crate) fn named_in_body(
    argument: &str,
    place: &str,
    files: &NamedFiles,
) -> Result<InputImage, String> {
    let is_missing = matches!(
        files.find(argument),
        Err(NotFound::Unreadable(error)) if error.kind() == ErrorKind::NotFound
    );
    if is_missing && !files.is_reached() && argument.parse::<Size>().is_err() {
        return Ok(InputImage { name: argument.to_owned(), size: Err(NoSize::FileNotThere) });
    }
    named(argument, place, files)
}

fn image(
    argument: &str,
    read: impl FnOnce() -> Result<Size, String>,
) -> Result<InputImage, String> {
    if let Ok(size) = argument.parse::<Size>() {
        return Ok(InputImage { name: argument.to_owned(), size: Ok(size) });
    }
    let size = read()?;
    Ok(InputImage { name: format!("{argument} ({size})"), size: Ok(size) })
}

/// A reference image from an address in a request body: a data URL is read, for any other the size is
/// not in the request.
///
/// # Errors
/// Why a data URL cannot be used, in words.
pub(crate) fn from_url(url: &str, name: &str) -> Result<InputImage, String> {
    let Some(data) = url.strip_prefix("data:") else {
        return Ok(InputImage { name: name.to_owned(), size: Err(NoSize::NotInRequest) });
    };
    let encoded = data.split_once(";base64,").map(|(_, encoded)| encoded);
    let encoded = encoded.ok_or_else(|| format!("{name}: the data URL is not base64"))?;
    // A multiple of four characters decodes by itself.
    let prefix = encoded.get(..DATA_URL_PREFIX.min(encoded.len()) / 4 * 4).unwrap_or_default();
    let bytes = base64::engine::general_purpose::STANDARD.decode(prefix);
    let bytes = bytes.map_err(|_| format!("{name}: the data URL is not valid base64"))?;
    let size = header(Cursor::new(bytes)).map_err(|why| format!("{name}: {why}"))?;
    Ok(InputImage { name: format!("{name} ({size})"), size: Ok(size) })
}

fn read(path: &Path) -> Result<Size, String> {
    let metadata = std::fs::metadata(path).map_err(|error| not_there(&error))?;
    if !metadata.is_file() {
        return Err("not a file".into());
    }
    let file = File::open(path).map_err(|error| error.to_string())?;
    header(BufReader::new(file))
}

fn not_there(error: &std::io::Error) -> String {
    format!(
        "neither a size such as 1024x1024 nor a file that can be read ({error}); \
         the size in place of the file is enough, such as 1024x1024"
    )
}

fn header(mut reader: impl BufRead + Seek) -> Result<Size, String> {
    let kind = imagesize::reader_type(&mut reader).map_err(|_| "not an image file".to_owned())?;
    if !matches!(kind, ImageType::Png | ImageType::Jpeg | ImageType::Webp) {
        return Err("the Images API takes PNG, JPEG and WebP only".into());
    }
    // The reader stands behind the mark of the format, which is where reading the size goes on.
    let size = kind
        .reader_size(&mut reader)
        .map_err(|_| "the image header is broken or cut off".to_owned())?;
    let edge = |edge: usize| u32::try_from(edge).ok();
    edge(size.width)
        .zip(edge(size.height))
        .and_then(|(width, height)| Size::new(width, height))
        .ok_or_else(|| {
            format!("{} x {} pixels is not a size that can be priced", size.width, size.height)
        })
}
