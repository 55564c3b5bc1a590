//! A saved HTTP request → its body: what a proxy or a debugger writes, with the request line and the headers before it.

/// The blank line that ends the headers, as lines end in HTTP and as editors leave them.
const ENDS_OF_HEADERS: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];

/// The methods of requests and the start of replies.
const STARTS: [&[u8]; 3] = [b"POST ", b"HTTP/1", b"HTTP/2"];

/// The most that the headers of a request take.
const MOST_HEADERS: usize = 64 * 1024;

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
}
