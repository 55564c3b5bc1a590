//! The words in which APIs count: the same counts under other names.

use crate::json::{Object, What, Wrong};

/// The names of the counts of a `usage` object.
pub(super) struct Words {
    pub input: &'static str,
    pub output: &'static str,
    pub input_details: &'static str,
    pub output_details: &'static str,
    /// Whether what is not named as image output is text, as where text is left out of the details.
    pub rest_is_text: bool,
}

/// Of the Images and the Responses API.
static NATIVE: Words = Words {
    input: "input_tokens",
    output: "output_tokens",
    input_details: "input_tokens_details",
    output_details: "output_tokens_details",
    rest_is_text: false,
};
/// Of the Chat Completions API, in which gateways also log the calls of others.
static CHAT: Words = Words {
    input: "prompt_tokens",
    output: "completion_tokens",
    input_details: "prompt_tokens_details",
    output_details: "completion_tokens_details",
    rest_is_text: true,
};

impl Words {
    /// The words of a usage; `None` where it counts nothing in any of them. Gateways write a usage in both, with nothing in
    /// one of them.
    pub(super) fn of(usage: &Object) -> Option<&'static Words> {
        if usage.get(NATIVE.input).is_some() || usage.get(NATIVE.output).is_some() {
            return Some(&NATIVE);
        }
        let counts = |key| usage.count(key, &mut Vec::new()).is_some_and(|count| count > 0);
        (counts(CHAT.input) || counts(CHAT.output)).then_some(&CHAT)
    }

    /// Where a usage has both words, they say the same.
    pub(super) fn report_contradictions(usage: &Object, wrong: &mut Vec<Wrong>) {
        for (native, chat) in [(NATIVE.input, CHAT.input), (NATIVE.output, CHAT.output)] {
            let [here, there] = [native, chat].map(|key| usage.count(key, &mut Vec::new()));
            // A count of none beside another one is what a gateway fills in.
            if let (Some(here), Some(there @ 1..)) = (here, there)
                && here != there
            {
                let path = usage.path_of(chat);
                wrong.push(usage.wrong(native, What::Contradicted { here, path, there }));
            }
        }
    }
}
