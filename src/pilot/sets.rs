//! The sets of trials: few images, each of which shows something else.

/// A set of trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// The first hour with a route.
    FirstHour,
    /// A move from one route to another.
    Migration,
}

/// An image to make, and what it shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Sample {
    /// The name, which is unique in its set.
    pub name: &'static str,
    /// What it is to show.
    pub shows: &'static str,
    /// The prompt.
    pub prompt: &'static str,
    /// What kind of request it is.
    pub kind: Kind,
}

/// What a sample asks for besides its prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The size that the model makes where none is named.
    UsualSize,
    /// This size.
    Size(&'static str),
    /// The size in which the image will be used.
    FinalSize,
    /// A change of a reference image.
    Edit,
    /// Made by hand in ChatGPT, with so many reference images.
    ByHand(u32),
}

const SHORT: &str =
    "A red fox in fresh snow at first light, seen from the side, soft shadows, no text.";

const EDIT: &str = "Keep the object of the reference image exactly as it is, with its shape, colours and \
     lettering. Place it on a light oak table beside a window, in soft daylight from the left.";

const LONG_TEXT: &str = "A poster for a town library, portrait format, calm blue and white. Heading: \
     \"Read the Night\". Below it, in this order and with this spelling: \"Friday, 5 March, 6 pm to \
     midnight\"; \"Readings for children until 8 pm\"; \"Crime writers talk shop, 8 to 10 pm\"; \"Poetry \
     by candlelight from 10 pm\"; \"Entry is free. Please bring a cup.\". At the foot, small: \"Town \
     Library, 12 Mill Lane. Step-free entrance at the back.\" Every word must be readable.";

const FIRST_HOUR: [Sample; 8] = [
    Sample {
        name: "prompt-only",
        shows: "a generation from a prompt alone",
        prompt: SHORT,
        kind: Kind::UsualSize,
    },
    Sample {
        name: "reference-edit",
        shows: "whether a reference image is kept",
        prompt: EDIT,
        kind: Kind::Edit,
    },
    Sample {
        name: "long-text",
        shows: "whether long text is spelled right",
        prompt: LONG_TEXT,
        kind: Kind::Size("1024x1536"),
    },
    Sample {
        name: "non-square",
        shows: "whether the size asked for is the size made",
        prompt: SHORT,
        kind: Kind::Size("1536x1024"),
    },
    Sample {
        name: "repeat",
        shows: "how far the same request differs",
        prompt: SHORT,
        kind: Kind::UsualSize,
    },
    Sample {
        name: "chatgpt-prompt-only",
        shows: "the same prompt by hand",
        prompt: SHORT,
        kind: Kind::ByHand(0),
    },
    Sample {
        name: "chatgpt-reference-edit",
        shows: "the same edit by hand",
        prompt: EDIT,
        kind: Kind::ByHand(1),
    },
    Sample {
        name: "chatgpt-long-text",
        shows: "the same poster by hand",
        prompt: LONG_TEXT,
        kind: Kind::ByHand(0),
    },
];

const MIGRATION: [Sample; 6] = [
    Sample {
        name: "dense-text-poster",
        shows: "whether long text is spelled right",
        prompt: LONG_TEXT,
        kind: Kind::Size("1024x1536"),
    },
    Sample {
        name: "product-mockup",
        shows: "materials, light and lettering of a product",
        prompt: "A matt white coffee tin with a green lid on a grey stone slab, studio light, one soft \
                 shadow to the right. On the tin, in small dark green capitals: \"HILLTOP ROAST\", and \
                 below it \"250 g\".",
        kind: Kind::UsualSize,
    },
    Sample {
        name: "multilingual",
        shows: "scripts other than Latin",
        prompt: "A wooden sign of a tea house with four lines of painted text, one below the other: \"Open \
                 daily\", \"Täglich geöffnet\", \"毎日営業\", \"매일 영업\". Plain background.",
        kind: Kind::UsualSize,
    },
    Sample {
        name: "diagram",
        shows: "arrows, labels and their order",
        prompt: "A flat diagram on white with four boxes from left to right, joined by arrows: \"Order\", \
                 \"Check stock\", \"Pack\", \"Ship\". From \"Check stock\" a dashed arrow leads down to a \
                 fifth box, \"Back order\". Black lines, one accent colour.",
        kind: Kind::Size("1536x1024"),
    },
    Sample {
        name: "reference-edit",
        shows: "whether a reference image is kept",
        prompt: EDIT,
        kind: Kind::Edit,
    },
    Sample {
        name: "final-size",
        shows: "an asset in the size in which it is used",
        prompt: "A wide banner of rolling hills in autumn colours under a clear sky, empty space in the \
                 upper third for a heading, no text.",
        kind: Kind::FinalSize,
    },
];

impl Sample {
    /// Whether it is made by hand, in an app.
    pub fn is_by_hand(&self) -> bool {
        matches!(self.kind, Kind::ByHand(_))
    }
}

impl Set {
    /// Every set.
    pub const ALL: [Set; 2] = [Set::FirstHour, Set::Migration];

    /// The word on the command line and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Set::FirstHour => "first-hour",
            Set::Migration => "migration",
        }
    }

    /// Its samples, in the order in which they are made.
    pub fn samples(self) -> &'static [Sample] {
        match self {
            Set::FirstHour => &FIRST_HOUR,
            Set::Migration => &MIGRATION,
        }
    }
}
