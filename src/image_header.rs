//! The pixels of an image from the header of its file: PNG, JPEG and WebP, which the Images API takes.
//!
//! Read here, since the crate for it, imagesize 0.15, takes the scale bits of a WebP for pixels and the fill bytes of a
//! JPEG for a segment, and follows segments without end; libraries that decode images read the whole file first.

use std::io::{self, BufRead, ErrorKind};

use crate::input_limits::IMAGE_HEADER;

/// Why the size of an image cannot be read from its file.
#[derive(Debug)]
pub(crate) enum NoHeader {
    /// It is no PNG, JPEG or WebP.
    AnotherFormat,
    /// It ends too early, or is not what its format says.
    Broken,
    /// More than [`IMAGE_HEADER`] stands before the size.
    TooLong,
    /// It cannot be read.
    Unreadable(io::Error),
}

type Edges = Result<(u32, u32), NoHeader>;

/// Width and height as the header states them, which may be 0. What lies behind them is not read.
///
/// # Errors
/// Why there are none.
pub(crate) fn width_and_height(reader: impl BufRead) -> Edges {
    let mut header = reader.take(IMAGE_HEADER.most);
    match by_format(&mut header) {
        // The end of what is looked at, and not that of the file.
        Err(NoHeader::Broken) if header.limit() == 0 => Err(NoHeader::TooLong),
        edges => edges,
    }
}

fn by_format(header: &mut impl BufRead) -> Edges {
    match &next(header)? {
        b"\x89PNG" => png(header),
        b"RIFF" => webp(header),
        [0xff, 0xd8, 0xff, marker] => jpeg(header, *marker),
        _ => Err(NoHeader::AnotherFormat),
    }
}

/// The rest of the signature, and the chunk that comes first (PNG specification, sections 5.2 and 11.2.1).
fn png(header: &mut impl BufRead) -> Edges {
    let (signature, _length, chunk) = (next(header)?, next::<4>(header)?, next(header)?);
    if signature != *b"\r\n\x1a\n" || chunk != *b"IHDR" {
        return Err(NoHeader::Broken);
    }
    Ok((u32::from_be_bytes(next(header)?), u32::from_be_bytes(next(header)?)))
}

/// The rest of the file header, and the first chunk, whose name tells how the size is written (RFC 9649, section 2.4).
fn webp(header: &mut impl BufRead) -> Edges {
    let (_size, format) = (next::<4>(header)?, next(header)?);
    let (chunk, _length) = (next(header)?, next::<4>(header)?);
    match (&format, &chunk) {
        (b"WEBP", b"VP8 ") => lossy(header),
        (b"WEBP", b"VP8L") => lossless(header),
        (b"WEBP", b"VP8X") => canvas(header),
        (b"WEBP", _) => Err(NoHeader::Broken),
        _ => Err(NoHeader::AnotherFormat),
    }
}

/// A frame tag of three bytes, a start code, and each edge in 14 bits below 2 of a scale, which changes no pixel of the
/// file (RFC 6386, section 9.1).
fn lossy(header: &mut impl BufRead) -> Edges {
    let (_tag, start_code) = (next::<3>(header)?, next(header)?);
    if start_code != [0x9d, 0x01, 0x2a] {
        return Err(NoHeader::Broken);
    }
    let mut edge = || Ok(u32::from(u16::from_le_bytes(next(header)?) & 0x3fff));
    Ok((edge()?, edge()?))
}

/// A signature, and each edge less one in 14 bits (RFC 9649, section 3.4).
fn lossless(header: &mut impl BufRead) -> Edges {
    if next(header)? != [0x2f] {
        return Err(NoHeader::Broken);
    }
    let bits = u32::from_le_bytes(next(header)?);
    Ok(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
}

/// Flags, and each edge of the canvas less one in 24 bits (RFC 9649, section 2.7).
fn canvas(header: &mut impl BufRead) -> Edges {
    let _flags: [u8; 4] = next(header)?;
    let mut edge = || {
        let [low, middle, high] = next(header)?;
        Ok(u32::from_le_bytes([low, middle, high, 0]) + 1)
    };
    Ok((edge()?, edge()?))
}

/// The segments up to the frame header, from the marker of the first one on (ITU T.81, section B.2.1).
fn jpeg(header: &mut impl BufRead, first: u8) -> Edges {
    let mut marker = first;
    loop {
        // Any marker may follow any number of fill bytes (B.1.1.2).
        while marker == 0xff {
            [marker] = next(header)?;
        }
        match marker {
            // Tables and an extension among the marks of frames (table B.1).
            0xc4 | 0xc8 | 0xcc => segment(header)?,
            0xc0..=0xcf => return frame(header),
            // What stands alone, without a length (B.1.1.3).
            0x01 | 0xd0..=0xd7 => {}
            // Stuffing, another image, the end or a scan before any frame.
            0x00 | 0xd8..=0xda => return Err(NoHeader::Broken),
            _ => segment(header)?,
        }
        let mark: [u8; 2] = next(header)?;
        if mark[0] != 0xff {
            return Err(NoHeader::Broken);
        }
        marker = mark[1];
    }
}

/// Skips a segment: its length counts the two bytes in which it stands (B.1.1.4).
fn segment(header: &mut impl BufRead) -> Result<(), NoHeader> {
    let length = u16::from_be_bytes(next(header)?);
    let mut left = usize::from(length.checked_sub(2).ok_or(NoHeader::Broken)?);
    while left > 0 {
        let read = header.fill_buf().map_err(NoHeader::Unreadable)?.len().min(left);
        if read == 0 {
            return Err(NoHeader::Broken);
        }
        header.consume(read);
        left -= read;
    }
    Ok(())
}

/// A length, a precision, the lines and the samples of a line (B.2.2).
fn frame(header: &mut impl BufRead) -> Edges {
    let (_length, _precision) = (next::<2>(header)?, next::<1>(header)?);
    let mut edge = || Ok(u32::from(u16::from_be_bytes(next(header)?)));
    let (height, width) = (edge()?, edge()?);
    Ok((width, height))
}

fn next<const N: usize>(header: &mut impl BufRead) -> Result<[u8; N], NoHeader> {
    let mut bytes = [0; N];
    header.read_exact(&mut bytes).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => NoHeader::Broken,
        _ => NoHeader::Unreadable(error),
    })?;
    Ok(bytes)
}

/// Headers made by hand, each by its section.
#[cfg(test)]
mod tests {
    use super::*;

    /// The frame header of a JPEG of 1024x768: 8 bits, 768 lines, 1024 samples, 1 component (T.81, B.2.2).
    const FRAME: &[u8] = b"\xff\xc0\x00\x0b\x08\x03\x00\x04\x00\x01\x01\x11\x00";
    /// An empty segment for applications.
    const EMPTY: &[u8] = b"\xff\xe0\x00\x02";

    fn of(parts: &[&[u8]]) -> Edges {
        width_and_height(&parts.concat()[..])
    }

    fn is_broken(parts: &[&[u8]]) -> bool {
        matches!(of(parts), Err(NoHeader::Broken))
    }

    fn lossy_webp(width: u16, height: u16) -> Edges {
        let edges = [width.to_le_bytes(), height.to_le_bytes()].concat();
        of(&[b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0", b"\x10\0\0\x9d\x01\x2a", &edges])
    }

    /// RFC 6386, section 9.1: 2 bits of scale above 14 of the edge. 17408 = 1024 + 1 × 16384.
    #[test]
    fn the_scale_of_a_lossy_webp_is_no_part_of_its_edges() {
        for scale in 0..4 {
            let edges = lossy_webp(1024 | scale << 14, 768 | (3 - scale) << 14);
            assert_eq!(edges.expect("a size"), (1024, 768));
        }
        assert_eq!(lossy_webp(0xffff, 0xffff).expect("the largest"), (16383, 16383));
    }

    /// RFC 9649, sections 3.4 (1023 + 767 × 16384 = 0xbfc3ff) and 2.7 (edges less one in three bytes).
    #[test]
    fn the_other_webps_state_their_edges_less_one() {
        let lossless: &[&[u8]] = &[b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0", b"\x2f\xff\xc3\xbf\0"];
        assert_eq!(of(lossless).expect("a size"), (1024, 768));
        let extended: &[&[u8]] =
            &[b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0", b"\0\0\0\0\xff\x03\0\xff\x02\0"];
        assert_eq!(of(extended).expect("a size"), (1024, 768));
        assert!(is_broken(&[b"RIFF\0\0\0\0WEBPALPH\0\0\0\0"]));
        assert!(matches!(of(&[b"RIFF\0\0\0\0WAVEfmt \0\0\0\0"]), Err(NoHeader::AnotherFormat)));
    }

    /// T.81, B.1.1.2: any marker may follow any number of fill bytes, the first and that of the frame too.
    #[test]
    fn fill_bytes_before_a_marker_are_no_marker() {
        let fill: &[u8] = &[0xff; 7];
        for parts in [
            &[b"\xff\xd8", FRAME] as &[&[u8]],
            &[b"\xff\xd8", fill, FRAME],
            &[b"\xff\xd8", fill, EMPTY, fill, FRAME],
            &[b"\xff\xd8", b"\xff\xe1\x00\x05\xff\xc0\x00", FRAME],
            &[b"\xff\xd8", b"\xff\x01", b"\xff\xd0", b"\xff\xc4\x00\x02", FRAME],
        ] {
            assert_eq!(of(parts).expect("a size"), (1024, 768), "{parts:x?}");
        }
    }

    #[test]
    fn a_jpeg_whose_segments_lead_nowhere_is_broken() {
        for rest in [
            b"\xff\xda\x00\x02" as &[u8], // a scan
            b"\xff\xd9\x00\x02",          // the end
            b"\xff\xe0\x00\x01",          // a length below that of itself
            b"\xff\xe0\x00\x09",          // cut off
            b"\xff\xe0\x00\x02\x00\xc0",  // no marker behind the segment
        ] {
            assert!(is_broken(&[b"\xff\xd8", rest]), "{rest:x?}");
        }
    }

    /// 4,194,304 empty segments of four bytes, and no end in sight.
    #[test]
    fn no_more_is_looked_at_than_a_header_may_have() {
        let empty = EMPTY.repeat(IMAGE_HEADER.most as usize / EMPTY.len() + 1);
        assert!(matches!(of(&[b"\xff\xd8", &empty, FRAME]), Err(NoHeader::TooLong)));
        let fill = vec![0xff; IMAGE_HEADER.most as usize];
        assert!(matches!(of(&[b"\xff\xd8", &fill, FRAME]), Err(NoHeader::TooLong)));
    }

    /// PNG specification, section 11.2.1: IHDR comes first, with width and height in four bytes each.
    #[test]
    fn a_png_begins_with_its_edges() {
        let header: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0";
        assert_eq!(of(&[header]).expect("a size"), (1024, 768));
        assert!((0..header.len()).all(|cut| is_broken(&[&header[..cut]])));
        assert!(is_broken(&[b"\x89PNG\r\n\x1a\n\0\0\0\x04CgBI\0\0\x04\0\0\0\x03\0"]));
        assert!(matches!(of(&[b"GIF89a"]), Err(NoHeader::AnotherFormat)));
    }
}
