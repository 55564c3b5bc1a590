//! Files that stand in a text as base64, read block by block: an image of 50 MB is never held beside its text.

use std::io::{self, Read};

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::read::DecoderReader;

/// What data URLs may hold: line breaks and blanks are passed over, and the padding may be missing (WHATWG Infra,
/// "forgiving-base64 decode").
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The bytes of a file, decoded as they are read; an error of a read is that the text is not base64.
pub(super) fn decoder(text: &str) -> impl Read {
    DecoderReader::new(Letters(text.as_bytes()), &FORGIVING)
}

/// How many bytes a text that is base64 stands for: six bits a letter.
pub(super) fn length(text: &str) -> u64 {
    let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').count();
    letters as u64 * 6 / 8
}

/// The letters of a text without its blanks and line breaks.
struct Letters<'t>(&'t [u8]);

impl Read for Letters<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let letters = self.0.trim_ascii_start();
        let most = &letters[..letters.len().min(out.len())];
        let count = most.iter().position(u8::is_ascii_whitespace).unwrap_or(most.len());
        out[..count].copy_from_slice(&letters[..count]);
        self.0 = &letters[count..];
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        decoder(text).read_to_end(&mut bytes).ok().map(|_| bytes)
    }

    /// RFC 4648, section 10.
    #[test]
    fn padding_and_line_breaks_change_nothing() {
        for (text, file) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zg", "f"),
            ("Zm8=", "fo"),
            ("Zm9vYmFy", "foobar"),
            (" Zm9v\r\nYm\n\tFy\n", "foobar"),
        ] {
            assert_eq!(decoded(text).as_deref(), Some(file.as_bytes()), "{text:?}");
            assert_eq!(length(text), file.len() as u64, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_base64_is_found_however_far_behind() {
        for wrong in ["!", "=", "-", "é"] {
            let text = format!("{}{wrong}{}", "Zm9v".repeat(100_000), "Zm9v".repeat(10));
            assert_eq!(decoded(&text), None, "{wrong}");
        }
    }
}
