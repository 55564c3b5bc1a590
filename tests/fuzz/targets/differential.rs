//! The same asked in two ways: the figures are the same, and so is whether there are any.

use std::path::Path;
use std::sync::Arc;

use imgcost::budget;
use imgcost::figure::Figure;
use imgcost::items::Asked;
use imgcost::request::NamedFiles;
use rust_decimal::Decimal;

use super::inputs::{day, read_items, with_tables};

/// What is asked, drawn from bytes.
struct Drawn<'a>(&'a [u8]);

impl Drawn<'_> {
    fn byte(&mut self) -> usize {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(*first)
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.byte() % words.len()]
    }
}

/// A request in words that a body and a budget share, and how many of it.
struct Work {
    model: &'static str,
    quality: &'static str,
    size: String,
    tokens: usize,
    images: usize,
}

fn work(data: &[u8]) -> Work {
    let mut drawn = Drawn(data);
    let model = drawn.one_of(&["gpt-image-2", "gpt-image-1.5", "gpt-image-1-mini", "gpt-image-1"]);
    let quality = drawn.one_of(&["low", "medium", "high"]);
    let free = format!("{}x{}", 16 * drawn.byte(), 16 * drawn.byte());
    let size = match drawn.byte() % 2 {
        0 => drawn.one_of(&["1024x1024", "1024x1536", "1536x1024", "2048x2048"]).to_owned(),
        _ => free,
    };
    Work { model, quality, size, tokens: drawn.byte() * 7, images: 1 + drawn.byte() * 31 }
}

type Cost = Option<(Decimal, Option<Decimal>, Option<Decimal>)>;

fn bounds(figure: &Figure<Decimal>) -> Cost {
    Some((figure.low(), figure.expected(), figure.high()))
}

fn of_budget(text: &str) -> Cost {
    let files = NamedFiles::of(Path::new("/nowhere"), &[]);
    let read = budget::file::read("budget", &Arc::from(text), &files, day()).ok()?;
    of_forecast(&read)
}

fn of_forecast(read: &budget::Budget) -> Cost {
    with_tables(|tables| {
        let forecast = budget::forecast(tables, read, day()).ok()?;
        let months = budget::totals(read, &forecast, &[budget::By::Month]).ok()?;
        months.iter().find_map(|month| bounds(&month.cost))
    })
}

fn budget_of(work: &Work) -> String {
    let Work { model, quality, size, tokens, images } = work;
    format!(
        "start: 2026-11\nmonths: 1\nworkloads:\n- name: work\n  request: {{model: {model}, quality: {quality}, size: \
         {size}, prompt_tokens: {tokens}}}\n  accepted_images: {images}\n  attempts: {{acceptance: \"100%\"}}\n"
    )
}

/// An estimate, as many times as there are images, is a budget of one month.
pub fn estimate_or_budget(data: &[u8]) {
    use imgcost::estimate::price_request;
    use imgcost::request::{Draft, Prompt};
    let work = work(data);
    let draft = Draft {
        model: Some(work.model.into()),
        quality: Some(work.quality.into()),
        size: Some(work.size.clone()),
        prompt: Some(Prompt::Tokens(work.tokens as u64)),
        ..Draft::default()
    };
    let month = of_budget(&budget_of(&work));
    let estimate = with_tables(|tables| price_request(tables, &draft, &day().into())).ok();
    let times = Decimal::from(work.images as u64);
    let estimated = estimate.and_then(|it| bounds(&it.total)).map(|(low, expected, high)| {
        (low * times, expected.map(|it| it * times), high.map(|it| it * times))
    });
    // What an estimate refuses, a budget plans as a cost that is not known.
    let is_unknown = matches!(month, Some((_, None, None)));
    assert!(estimated == month || estimated.is_none() && is_unknown, "{estimated:?} {month:?}");
}

/// A row of a spreadsheet says what a workload of a budget says.
pub fn row_or_body(data: &[u8]) {
    let work = work(data);
    let Work { model, quality, size, tokens, images } = &work;
    let row = format!(
        "workload,model,quality,size,prompt_tokens,acceptance,2026-11\nwork,{model},{quality},{size},{tokens},100%,{images}\n"
    );
    let read = budget::volumes::read("volumes", &Arc::from(&*row)).ok();
    let of_row = read.and_then(|(read, _)| of_forecast(&read));
    assert_eq!(of_row, of_budget(&budget_of(&work)), "{row}");
}

/// A reply that came as a stream has the counts of the same in one piece.
pub fn streamed_or_whole(data: &[u8]) {
    let mut drawn = Drawn(data);
    let [text, image, output] = [drawn.byte(), 3 * drawn.byte(), 5 * drawn.byte()];
    let usage = format!(
        r#"{{"input_tokens": {input}, "input_tokens_details": {{"text_tokens": {text}, "image_tokens": {image}}}, "output_tokens": {output}, "total_tokens": {total}}}"#,
        input = text + image,
        total = text + image + output,
    );
    let whole =
        format!(r#"{{"created": 1790000000, "data": [{{"b64_json": "x"}}], "usage": {usage}}}"#);
    let event = format!(
        r#"{{"type": "image_generation.completed", "created_at": 1790000000, "b64_json": "x", "usage": {usage}}}"#
    );
    let partial = r#"{"type": "image_generation.partial_image", "b64_json": "x"}"#;
    let partials = format!("data: {partial}\n\n").repeat(drawn.byte() % 4);
    let end = ["\n\n", "\n", "\r\n\r\n", "\n\ndata: [DONE]\n\n"][drawn.byte() % 4];
    let streamed = format!("{partials}data: {event}{end}");
    let counts = |text: &str| match &read_items(text).0[..] {
        [Asked::Reply(reply)] => format!("{:?}", reply.tokens),
        others => panic!("not one reply but {others:?}: {text}"),
    };
    assert_eq!(counts(&streamed), counts(&whole), "{streamed}");
}
