//! Bytes → text: the mark of UTF-8 is taken off, a body in parts becomes JSON, and what is no text is named.

use super::{Other, http, multipart};

/// The mark of UTF-8 text, which editors of some systems put before it, and tools that join files into it.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What files that are no text begin with.
const MARKS: [(&[u8], Other); 9] = [
    (b"\x89PNG\r\n\x1a\n", Other::Image("a PNG image")),
    (b"\xff\xd8\xff", Other::Image("a JPEG image")),
    (b"GIF8", Other::Image("a GIF image")),
    (b"%PDF-", Other::Packed("a PDF document")),
    (b"PK\x03\x04", Other::Packed("a workbook or another packed file (ZIP)")),
    (b"\x1f\x8b", Other::Packed("a packed file (gzip)")),
    (b"\x28\xb5\x2f\xfd", Other::Packed("a packed file (zstd)")),
    (b"\xff\xfe", Other::Utf16),
    (b"\xfe\xff", Other::Utf16),
];

/// The text of a file without its byte order marks. Of a saved HTTP request it is the body; one in `multipart/form-data` is
/// written as JSON, with each value on its own line of the file.
///
/// # Errors
/// What it is instead of UTF-8 text.
pub fn text(mut bytes: Vec<u8>) -> Result<String, Other> {
    take_marks_off(&mut bytes, 0);
    let mut headers = http::headers(&bytes);
    if let Some(whole) = http::put_together(&bytes, headers)? {
        (bytes, headers) = whole;
    }
    take_marks_off(&mut bytes, headers);
    let (before, body) = bytes.split_at(headers);
    if let Some(other) = by_mark(body) {
        return Err(other);
    }
    if multipart::is_multipart(body) {
        return multipart::to_json(body, before.iter().filter(|byte| **byte == b'\n').count());
    }
    // Blank lines in place of the headers, so that what stands after them keeps its line.
    bytes[..headers].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let its_start = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let character = String::from_utf8_lossy(its_start).chars().count() + 1;
        Other::NotUtf8 { line, character }
    })
}

/// Takes the byte order marks off that stand at a place, however many.
fn take_marks_off(bytes: &mut Vec<u8>, at: usize) {
    let marks = bytes[at..].chunks_exact(BYTE_ORDER_MARK.len());
    let marks = marks.take_while(|mark| *mark == BYTE_ORDER_MARK).count();
    bytes.drain(at..at + marks * BYTE_ORDER_MARK.len());
}

/// The text of bytes in UTF-16, with its mark or told by its zeros; `None` of others, and of units that make no text.
pub fn text_of_utf16(bytes: &[u8]) -> Option<String> {
    let (bytes, is_big) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, false),
        [0xfe, 0xff, rest @ ..] => (rest, true),
        _ if is_unmarked_utf16(bytes) => (bytes, bytes.first() == Some(&0)),
        _ => return None,
    };
    let units = bytes.chunks_exact(2).map(|unit| match is_big {
        true => u16::from_be_bytes([unit[0], unit[1]]),
        false => u16::from_le_bytes([unit[0], unit[1]]),
    });
    let is_whole = bytes.len().is_multiple_of(2);
    String::from_utf16(&units.collect::<Vec<_>>()).ok().filter(|_| is_whole)
}

fn by_mark(bytes: &[u8]) -> Option<Other> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Other::Image("a WebP image"));
    }
    let known =
        MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, other)| other.clone());
    known.or_else(|| is_unmarked_utf16(bytes).then_some(Other::Utf16))
}

/// Text of Latin letters in UTF-16 has a zero in every second byte, with or without a mark before it.
fn is_unmarked_utf16(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64) / 2 * 2];
    let zeros =
        |first: usize| start.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let most = start.len() / 2;
    most > 1 && (zeros(0) == 0 && zeros(1) == most || zeros(1) == 0 && zeros(0) == most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_order_mark_before_the_text_is_taken_off() {
        for marks in ["", "\u{feff}", "\u{feff}\u{feff}"] {
            assert_eq!(text(format!("{marks}é").into_bytes()), Ok("é".to_owned()));
            let saved = text(format!("{marks}POST /a HTTP/1.1\n\n{marks}é").into_bytes());
            assert_eq!(saved.as_deref().map(str::trim), Ok("é"), "after the headers as well");
        }
    }

    #[test]
    fn utf16_is_named_with_and_without_its_mark() {
        let words: Vec<u16> = "{\"model\": 1}".encode_utf16().collect();
        let little: Vec<u8> = words.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = words.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in
            [&little, &big, &[b"\xff\xfe", &little[..]].concat(), &[b"\xfe\xff", &big[..]].concat()]
        {
            assert_eq!(text(bytes.clone()), Err(Other::Utf16));
        }
        assert!(text(b"a\0".to_vec()).is_ok(), "too short to tell");
    }

    #[test]
    fn what_is_no_text_is_told_by_its_first_bytes_or_by_the_first_that_fits_nowhere() {
        assert_eq!(text(b"\x89PNG\r\n\x1a\n....".to_vec()), Err(Other::Image("a PNG image")));
        assert_eq!(text(b"ab\nc\xff".to_vec()), Err(Other::NotUtf8 { line: 2, character: 2 }));
    }
}
