//! The pixels of a reference image, read from the header of its file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::Path;

use super::named_files::NotFound;
use super::{InputImage, NamedFiles, base64_text};
use crate::errors::NotAValue;
use crate::help::Sentence;
use crate::image_header::{NoHeader, width_and_height};
use crate::input_limits::IMAGE_HEADER;
use crate::long::cut;
use crate::size::{NoSize, Size};

/// The most bytes of a path on Linux; no system that imgcost runs on takes longer ones.
const LONGEST_PATH: usize = 4096;
/// The most characters of what is too long for one in a message.
const LONGEST_SHOWN: usize = 40;

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
pub(crate) fn named(
    argument: &str,
    place: &str,
    files: &NamedFiles,
) -> Result<InputImage, Sentence> {
    let shown = if files.is_reached() {
        format!("the file at `{place}`")
    } else if argument.len() > LONGEST_PATH {
        cut(argument, LONGEST_SHOWN).into_owned()
    } else {
        argument.to_owned()
    };
    if argument.len() > LONGEST_PATH {
        return Err(format!(
            "{shown}: it is too long for the path of a file; an image itself stands in a data URL, \
             `data:image/png;base64,…`"
        )
        .into());
    }
    image(argument, || {
        let path = files.find(argument).map_err(|why| match why {
            NotFound::Unreadable(error) => format!("{shown}: {}", not_there(&error)).into(),
            outside => outside.sentence(&shown),
        })?;
        read(&path).map_err(|why| format!("{shown}: {why}").into())
    })
}

/// The same in a body, which is also priced away from its images: the size of one that is not there is open.
///
/// # Errors
/// Why the file cannot be used, in words.
pub(crate) fn named_in_body(
    argument: &str,
    place: &str,
    files: &NamedFiles,
) -> Result<InputImage, Sentence> {
    let is_missing = || {
        matches!(
            files.find(argument),
            Err(NotFound::Unreadable(error)) if error.kind() == ErrorKind::NotFound
        )
    };
    if argument.len() <= LONGEST_PATH && is_missing() && argument.parse::<Size>().is_err() {
        let shown = if files.is_reached() { place } else { argument };
        return Ok(InputImage::new(shown, Err(NoSize::FileNotThere)));
    }
    named(argument, place, files)
}

fn image<E>(
    argument: &str,
    read: impl FnOnce() -> Result<(Size, u64), E>,
) -> Result<InputImage, E> {
    if let Ok(size) = argument.parse::<Size>() {
        return Ok(InputImage::new(argument, Ok(size)));
    }
    let (size, bytes) = read()?;
    Ok(InputImage {
        bytes: Some(bytes),
        ..InputImage::new(format!("{argument} ({size})"), Ok(size))
    })
}

/// A reference image from an address in a request body: a data URL is read, for any other the size is
/// not in the request.
///
/// # Errors
/// Why a data URL cannot be used, in words.
pub(crate) fn from_url(url: &str, name: &str) -> Result<InputImage, Sentence> {
    let Some(data) = url.strip_prefix("data:") else {
        return Ok(InputImage::elsewhere(name.to_owned()));
    };
    let (parameters, encoded) =
        data.split_once(";base64,").ok_or("is a data URL that is not base64")?;
    let cannot = |why| format!("is a data URL that cannot be used: {why}");
    let (size, bytes) = in_base64(encoded).map_err(cannot)?;
    let bytes = stated_bytes(parameters).unwrap_or(bytes);
    Ok(InputImage { bytes: Some(bytes), ..InputImage::new(format!("{name} ({size})"), Ok(size)) })
}

/// A reference image whose file stands in base64, as replies hold those that they made.
///
/// # Errors
/// Why it cannot be used, in words.
pub(crate) fn from_base64(encoded: &str, name: &str) -> Result<InputImage, Sentence> {
    let cannot = |why| format!("is an image in base64 that cannot be used: {why}");
    let (size, bytes) = in_base64(encoded).map_err(cannot)?;
    Ok(InputImage { bytes: Some(bytes), ..InputImage::new(format!("{name} ({size})"), Ok(size)) })
}

/// The size of an image in base64, and the bytes of its file. It is decoded block by block and nothing of it is kept: what
/// stands behind the header is only checked to be base64.
fn in_base64(encoded: &str) -> Result<(Size, u64), String> {
    let invalid = |_| "its base64 is not valid".to_owned();
    let mut bytes = BufReader::new(base64_text::decoder(encoded));
    let size = header(&mut bytes, invalid)?;
    io::copy(&mut bytes, &mut io::sink()).map_err(invalid)?;
    Ok((size, base64_text::length(encoded)))
}

/// The length of a file of which a data URL holds the header alone, as those do that a form is read into.
fn stated_bytes(parameters: &str) -> Option<u64> {
    parameters.split(';').find_map(|parameter| parameter.strip_prefix("bytes=")?.parse().ok())
}

/// The size of an image, and the bytes of its file.
fn read(path: &Path) -> Result<(Size, u64), String> {
    let metadata = std::fs::metadata(path).map_err(|error| not_there(&error))?;
    if !metadata.is_file() {
        return Err("not a file".into());
    }
    let file = File::open(path).map_err(|error| error.to_string())?;
    let size = header(BufReader::new(file), |error| error.to_string())?;
    Ok((size, metadata.len()))
}

fn not_there(error: &io::Error) -> String {
    format!(
        "neither a size such as 1024x1024 nor a file that can be read ({error}); \
         the size in place of the file is enough, such as 1024x1024"
    )
}

/// The size in a header; `cannot` words why its bytes cannot be read.
fn header(reader: impl BufRead, cannot: fn(io::Error) -> String) -> Result<Size, String> {
    let (width, height) = width_and_height(reader).map_err(|why| match why {
        NoHeader::AnotherFormat => {
            "not a PNG, JPEG or WebP image, and the Images API takes no other".to_owned()
        }
        NoHeader::Broken => "the image header is broken or cut off".to_owned(),
        NoHeader::TooLong => IMAGE_HEADER.to_string(),
        NoHeader::Unreadable(error) => cannot(error),
    })?;
    let not_a_size = || format!("{width} x {height} pixels is not a size that can be priced");
    Size::new(width, height).ok_or_else(not_a_size)
}
