//! A saved HTTP request → its body: what a proxy or a debugger writes, with the request line and the headers before it.

use super::Other;

/// The blank line that ends the headers, as lines end in HTTP and as editors leave them.
const ENDS_OF_HEADERS: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];

/// The methods of requests and the start of replies.
const STARTS: [&[u8]; 3] = [b"POST ", b"HTTP/1", b"HTTP/2"];

/// The most that the headers of a request take.
const MOST_HEADERS: usize = 64 * 1024;

/// The most that the line before a chunk takes.
const MOST_OF_SIZE: usize = 1024;

/// How many bytes of a saved request or reply stand before its body; none where it is no such thing.
pub(super) fn headers(bytes: &[u8]) -> usize {
    let start = &bytes[..bytes.len().min(MOST_HEADERS)];
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_http = STARTS.iter().any(|word| first.starts_with(word))
        && first.windows(5).any(|word| word == b"HTTP/");
    let end = |mark: &&[u8]| {
        let at = start.windows(mark.len()).position(|window| window == *mark)?;
        Some(at + mark.len())
    };
    if is_http { ENDS_OF_HEADERS.iter().filter_map(end).min().unwrap_or(0) } else { 0 }
}

/// A saved message whose body came in chunks, with its body put together, and how many bytes stand before it now; nothing
/// where it did not, or where the program that saved it has put it together.
///
/// # Errors
/// That a chunk is missing.
pub(super) fn put_together(
    bytes: &[u8],
    headers: usize,
) -> Result<Option<(Vec<u8>, usize)>, Other> {
    let (before, body) = bytes.split_at(headers);
    if !says_chunked(before) || size_line(body).is_none() {
        return Ok(None);
    }
    // The line with the size of the first chunk is an empty one.
    let mut whole = Body { bytes: [before, b"\n"].concat(), owed: 0, is_stream: false };
    let mut rest = body;
    loop {
        let (size, after) = size_line(rest).ok_or(Other::BrokenChunks)?;
        if size == 0 {
            return Ok(Some((whole.bytes, headers + 1)));
        }
        let chunk = after.get(..size).ok_or(Other::BrokenChunks)?;
        whole.add(chunk, headers + 1);
        let after = &after[size..];
        let end = [&b"\r\n"[..], b"\n"].into_iter().find_map(|end| after.strip_prefix(end));
        rest = end.ok_or(Other::BrokenChunks)?;
    }
}

fn says_chunked(headers: &[u8]) -> bool {
    let headers = headers.to_ascii_lowercase();
    headers.split(|byte| *byte == b'\n').any(|line| {
        let value = line.strip_prefix(b"transfer-encoding:");
        value.is_some_and(|value| value.windows(7).any(|word| word == b"chunked"))
    })
}

/// The size that a line says, which may have an extension after it, and what stands after the line.
fn size_line(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().take(MOST_OF_SIZE).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let size = line.split(';').next().unwrap_or_default().trim();
    let is_size = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = is_size.then(|| usize::from_str_radix(size, 16).ok())??;
    Some((size, &bytes[end + 1..]))
}

/// A body as its chunks come.
struct Body {
    bytes: Vec<u8>,
    /// Lines of the file that are not in the body: they follow as empty ones, so that what comes later keeps its line.
    owed: usize,
    /// Whether empty lines are put between events alone.
    is_stream: bool,
}

impl Body {
    fn add(&mut self, chunk: &[u8], start: usize) {
        if self.bytes.len() == start {
            self.is_stream = !chunk.trim_ascii_start().starts_with(b"{");
        }
        for line in chunk.split_inclusive(|byte| *byte == b'\n') {
            let ends = if self.is_stream { &b"\n\n"[..] } else { b"\n" };
            if self.bytes.ends_with(ends) || self.bytes.ends_with(b"\n\r\n") {
                self.bytes.resize(self.bytes.len() + self.owed, b'\n');
                self.owed = 0;
            }
            self.bytes.extend_from_slice(line);
        }
        self.owed += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_begins_after_the_blank_line_and_other_text_has_no_headers() {
        for (text, body) in [
            ("POST /v1/images/edits HTTP/1.1\r\nHost: a\r\n\r\n{}", "{}"),
            ("POST /v1/images/edits HTTP/1.1\nHost: a\n\n{}\n\n{}", "{}\n\n{}"),
            ("HTTP/1.1 200 OK\r\n\r\n{}", "{}"),
            ("POST a letter\n\n{}", "POST a letter\n\n{}"),
            ("{\n\n}", "{\n\n}"),
        ] {
            assert_eq!(&text[headers(text.as_bytes())..], body, "{text}");
        }
    }

    fn body_of(chunks: &str) -> Result<Option<String>, Other> {
        let headers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let found = put_together(format!("{headers}{chunks}").as_bytes(), headers.len())?;
        Ok(found.map(|(bytes, start)| String::from_utf8(bytes[start..].to_vec()).expect("UTF-8")))
    }

    #[test]
    fn chunks_are_put_together_and_what_follows_keeps_its_line() {
        let one = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(body_of("7\r\n{\"a\":1}\r\n0\r\n\r\n"), one("{\"a\":1}"));
        assert_eq!(body_of("3;x=y\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"), one("{\"a\":1}"));
        // After the first size come `a`, an empty line, the end of the chunk, a size, and on the fifth line `b`.
        let two = "9\r\n{\"a\":1}\n\n\r\n8\r\n{\"b\":2}\n\r\n0\r\n\r\n";
        assert_eq!(body_of(two), one("{\"a\":1}\n\n\n\n{\"b\":2}\n"));
        assert_eq!(body_of("{\"a\": 1}"), Ok(None), "put together by who saved it");
        assert_eq!(body_of("9\r\n{\"a\"\r\n"), Err(Other::BrokenChunks));
        assert_eq!(body_of("2\r\n{}\r\n"), Err(Other::BrokenChunks), "the last chunk is missing");
    }
}
