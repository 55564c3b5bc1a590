//! Where a source, or an owner's price page, is found again.

use std::fmt;

/// The most characters of an address: those of the longest query of a price list, twice over.
pub const MOST_CHARACTERS: usize = 500;

/// The word for what was read and whose address nobody kept.
pub const NOT_RECORDED: &str = "not_recorded";

/// What an address looks like, for schemas: [`Locator::parse`] takes the same texts. There is no room for a user name or
/// a password in front of the host.
pub(super) const PATTERN: &str = r"^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?$";

/// An address that a reader can follow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator(String);

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoLocator {
    /// It begins with neither of the two.
    #[error("does not begin with https:// or http://")]
    Scheme,
    /// It carries a name or a password, which nobody else may use.
    #[error("has a user name or a password in front of its host")]
    UserInfo,
    /// What names the machine is empty or malformed.
    #[error("has no host that can be looked up")]
    Host,
    /// A blank, a control character or another one that must be written by its number.
    #[error("has a character that no address has (U+{:04X})", u32::from(*.0))]
    Character(char),
    /// It is longer than [`MOST_CHARACTERS`].
    #[error("is longer than {MOST_CHARACTERS} characters")]
    TooLong,
}

impl Locator {
    /// The address of a text.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Locator, NoLocator> {
        let schemes = ["https://", "http://"];
        let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
        let rest = rest.ok_or(NoLocator::Scheme)?;
        if let Some(c) = text.chars().find(|c| !may_stand(*c)) {
            return Err(NoLocator::Character(c));
        }
        if text.len() > MOST_CHARACTERS {
            return Err(NoLocator::TooLong);
        }
        let host = rest.find(['/', '?', '#']).map_or(rest, |end| &rest[..end]);
        if host.contains('@') {
            return Err(NoLocator::UserInfo);
        }
        if is_host(host) { Ok(Locator(text.to_owned())) } else { Err(NoLocator::Host) }
    }

    /// The address as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The characters of addresses (RFC 3986); every other one is written as % and its number.
fn may_stand(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

/// A name of letters, digits, dots and hyphens, with a port or without.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    let is_port = |port: &str| {
        (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit())
    };
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let ends = name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric());
    ends && name.chars().all(of_name) && port.is_none_or(is_port)
}

/// Where something is found again, as its table says. That nobody kept the address is a statement; a table that is
/// silent makes none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Located {
    /// The table does not say.
    #[default]
    NotGiven,
    /// The address was not kept when the source was read.
    NotRecorded,
    /// At these addresses, at least one; of several sources that one evidence names, those whose address is known.
    At(Vec<Locator>),
}

impl Located {
    /// The addresses; none where they are not recorded or not given.
    pub fn addresses(&self) -> &[Locator] {
        match self {
            Located::At(found) => found,
            Located::NotGiven | Located::NotRecorded => &[],
        }
    }

    /// What the table says: the addresses, or that they are not recorded; nothing where it is silent.
    pub fn as_written(&self) -> Vec<&str> {
        match self {
            Located::NotGiven => Vec::new(),
            Located::NotRecorded => vec![NOT_RECORDED],
            Located::At(found) => found.iter().map(Locator::as_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_a_reader_can_follow() {
        let github =
            "https://github.com/Comfy-Org/docs/blob/5c4d55740/tutorials/partner-nodes/pricing.mdx";
        for text in [
            "https://example.com",
            "http://wiki/prices",
            "https://example.com:8443/a?b=c#d",
            "https://example.com/@owner/page",
            github,
        ] {
            assert_eq!(Locator::parse(text).map(|it| it.to_string()), Ok(text.to_owned()));
        }
        let long = format!("https://example.com/{}", "a".repeat(MOST_CHARACTERS));
        for (text, why) in [
            ("example.com/prices", NoLocator::Scheme),
            ("HTTPS://example.com", NoLocator::Scheme),
            ("javascript:alert(1)", NoLocator::Scheme),
            ("file:///etc/passwd", NoLocator::Scheme),
            ("https://", NoLocator::Host),
            ("https:///prices", NoLocator::Host),
            ("https://-example.com", NoLocator::Host),
            ("https://example.com:port/", NoLocator::Host),
            ("https://name:word@example.com/", NoLocator::UserInfo),
            ("https://name@example.com", NoLocator::UserInfo),
            ("https://example.com/a b", NoLocator::Character(' ')),
            ("https://example.com/\n", NoLocator::Character('\n')),
            ("https://exämple.com/", NoLocator::Character('ä')),
            ("https://example.com/\u{202e}", NoLocator::Character('\u{202e}')),
            (&long, NoLocator::TooLong),
        ] {
            assert_eq!(Locator::parse(text), Err(why), "{text}");
        }
    }
}
