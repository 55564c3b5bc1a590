//! What a file holds, told by its content and never by its name: requests, replies, or what another command takes.
//!
//! ```text
//! bytes ─ text (byte order marks, HTTP headers, multipart, UTF-16, images) ─ values (one object, a list, lines, a stream; chunks put together) ─ object (kind of each)
//!            └──────────────────────────────────────────────┴─ other (budget, spreadsheet, price table …), with what takes it
//! ```

mod bytes;
mod chunks;
mod http;
mod multipart;
mod object;
mod other;
mod value;
mod values;

pub use bytes::{text, text_of_utf16};
pub use object::{Kind, Reply, Request};
pub(crate) use object::{OF_IMAGES_API, OF_RESPONSES};
pub use other::Other;
pub(crate) use value::Value;
pub use values::{Form, holds, is_json};
pub(crate) use values::{form, values};
