//! What programs send and proxies save: bodies in `multipart/form-data`, and requests with their headers.

use imgcost::shape;

use super::inputs::{day, read_items, with_tables};

/// What stands before the body of a saved request: three lines.
const HEADERS: &str = "POST /v1/images/edits HTTP/1.1\r\nHost: api.openai.com\r\n\r\n";

/// A body in parts: what follows the first boundary. What is read of it is JSON, or refused by the bounds of JSON.
pub fn multipart(data: &[u8]) {
    let bytes = [b"--x\r\nContent-Disposition: form-data; name=", data].concat();
    if let Ok(text) = shape::text(bytes) {
        read_items(&text);
    }
}

/// A request with its headers has the body that it has without them, on lines of the file.
pub fn saved_request(data: &[u8]) {
    let mark = "\u{feff}".as_bytes();
    let mut without_marks = data;
    while let Some(rest) = without_marks.strip_prefix(mark) {
        without_marks = rest;
    }
    let is_saved_already =
        [&b"POST "[..], b"HTTP/"].iter().any(|start| without_marks.starts_with(start));
    if is_saved_already {
        return;
    }
    let body = shape::text(data.to_vec());
    let saved = shape::text([HEADERS.as_bytes(), data].concat());
    match (&body, &saved) {
        (Ok(body), Ok(saved)) => {
            read_items(saved);
            let [body, saved] = [body, saved].map(|text| text.replace('\n', ""));
            assert_eq!(body.trim(), saved.trim());
        }
        (body, saved) => assert_eq!(body.is_err(), saved.is_err(), "{body:?} {saved:?}"),
    }
}

/// A body costs the same as a form and as JSON.
pub fn form_or_json(data: &[u8]) {
    let value = |at: usize, values: &[&'static str]| {
        values[usize::from(data.get(at).copied().unwrap_or(0)) % values.len()]
    };
    let fields = [
        ("model", value(0, &["gpt-image-2", "gpt-image-1.5", "gpt-image-1-mini", "paint"])),
        ("prompt", value(1, &["A fox", "42", "true", "--y", "\u{202e}", "{\"n\": 2}"])),
        ("size", value(2, &["1024x1024", "1536x1024", "auto", "1x1"])),
        ("quality", value(3, &["low", "medium", "high", "auto", "hd"])),
        ("background", value(4, &["opaque", "auto", "transparent"])),
        ("output_format", value(5, &["png", "jpeg", "webp"])),
    ];
    let n = 1 + usize::from(data.get(6).copied().unwrap_or(0)) % 12;
    let part = |(name, value): &(&str, &str)| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let form: String = fields.iter().map(part).collect();
    let form = format!("{form}{}--x--\r\n", part(&("n", &n.to_string())));
    let json =
        |(name, value): &(&str, &str)| format!("{name:?}: \"{}\", ", value.replace('"', "\\\""));
    let json: String = fields.iter().map(json).collect();
    let price = |text: &str| with_tables(|tables| imgcost::price(tables, day(), text));
    let of_form = shape::text(form.into_bytes()).map(|text| price(&text).map(|it| it.total));
    let of_json = price(&format!("{{{json}\"n\": {n}}}")).map(|it| it.total);
    match (of_form.expect("a form"), of_json) {
        (Ok(of_form), Ok(of_json)) => assert_eq!(of_form, of_json),
        (of_form, of_json) => assert_eq!(of_form.is_err(), of_json.is_err(), "{json}"),
    }
}
