//! The width and height of an image in pixels.

use std::fmt;
use std::str::FromStr;

/// The width and height of an image in pixels, each from 1 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// The longest edge that a size may have: well above any image, and small enough that no product of
/// edges and token factors overflows.
pub const MAX_EDGE: u32 = 1_000_000;

/// Why the size of a reference image is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum NoSize {
    /// The request names the image by an address.
    #[error("its size is not in the request")]
    NotInRequest,
    /// It is a file that is not there.
    #[error("the file is not there")]
    FileNotThere,
    /// The file that names it says `unknown`.
    #[error("its size is not known; write WIDTHxHEIGHT in place of `unknown`")]
    SaidUnknown,
    /// An edit comes without its images.
    #[error("the edit comes without its images")]
    ImageLeftOut,
    /// It is the image of a turn that asks for size `auto`.
    #[error("its size is open, since size auto is asked for")]
    SizeAuto,
    /// It is the image of a turn that asks for no size.
    #[error("its size is open")]
    SizeOpen,
    /// The log does not tell it.
    #[error("not logged")]
    NotLogged,
}

/// A text that is not a size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("`{0}` is not a size: write WIDTHxHEIGHT in pixels, such as 1024x1536")]
pub struct NotASize(pub String);

impl Size {
    /// Sizes that are often asked for, as far as a model makes them.
    pub const COMMON: [Size; 8] = [
        Size { width: 1024, height: 1024 },
        Size { width: 1024, height: 1536 },
        Size { width: 1536, height: 1024 },
        Size { width: 2048, height: 1152 },
        Size { width: 2048, height: 2048 },
        Size { width: 2560, height: 1440 },
        Size { width: 3840, height: 2160 },
        Size { width: 2160, height: 3840 },
    ];

    /// A size from its edges; `None` if an edge is 0 or above [`MAX_EDGE`].
    pub fn new(width: u32, height: u32) -> Option<Size> {
        let legal = |edge: u32| (1..=MAX_EDGE).contains(&edge);
        (legal(width) && legal(height)).then_some(Size { width, height })
    }

    /// Width × height.
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The longer edge.
    pub fn long_edge(self) -> u32 {
        self.width.max(self.height)
    }

    /// The shorter edge.
    pub fn short_edge(self) -> u32 {
        self.width.min(self.height)
    }

    /// Whether both edges are equal.
    pub fn is_square(self) -> bool {
        self.width == self.height
    }
}

impl FromStr for Size {
    type Err = NotASize;

    fn from_str(text: &str) -> Result<Size, NotASize> {
        let not_a_size = || NotASize(text.to_owned());
        let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(not_a_size)?;
        let edge = |part: &str| {
            let digits = part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<u32>().ok().filter(|_| digits).ok_or_else(not_a_size)
        };
        Size::new(edge(width)?, edge(height)?).ok_or_else(not_a_size)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        assert_eq!("1024x1536".parse(), Ok(Size { width: 1024, height: 1536 }));
        assert_eq!("1024×1536".parse::<Size>().expect("the sign is read").to_string(), "1024x1536");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in
            ["", "x", "1024", "1024x", "0x5", "-1x5", "1.5x2", "1024x1024x1", "+1x1", "9999999x1"]
        {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
