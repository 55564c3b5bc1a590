//! Whole numbers of a spreadsheet, as people write them: what is no plain number is refused, and why.

/// A whole number, or what is wrong with it and what to write.
///
/// `1,000` and `1.000` are each a thousand to some and one to others, so that neither is guessed.
pub(super) fn whole(text: &str) -> Result<u64, (String, String)> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(text) {
        let help = "correct the number".to_owned();
        return text.parse().map_err(|_| (format!("`{text}` is too large"), help));
    }
    let what = format!("`{text}` is not a whole number");
    let negative = text.strip_prefix(['-', '−']).is_some_and(|rest| is_digits(rest.trim()));
    if negative {
        return Err((format!("`{text}` is negative"), "write 0, or leave the cell empty".into()));
    }
    let is_mark = |c: char| matches!(c, ',' | '.' | '\'' | '’' | '_') || c.is_whitespace();
    let parts: Vec<&str> = text.split(is_mark).collect();
    if !parts.iter().all(|part| is_digits(part)) {
        return Err((what, "write the number of images in digits alone".into()));
    }
    let thousands = parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3);
    let help = match thousands {
        true => format!("write it without separators: {}", parts.concat()),
        false => "write whole images, without decimals and separators".to_owned(),
    };
    Err((what, help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_refused_with_what_to_write() {
        assert_eq!(whole("12000"), Ok(12_000));
        let help = |text: &str| whole(text).expect_err("refused").1;
        for text in ["1,000", "1.000", "1 000", "1\u{202f}000", "1'000"] {
            assert_eq!(help(text), "write it without separators: 1000", "{text}");
        }
        let decimals = "write whole images, without decimals and separators";
        for text in ["1.000,5", "1,5", "100.0"] {
            assert_eq!(help(text), decimals, "{text}");
        }
        assert_eq!(help("-5"), "write 0, or leave the cell empty");
        for text in ["1e3", "n/a", "12 images", "٥", "99999999999999999999", "", "+5"] {
            assert!(whole(text).is_err(), "{text}");
        }
    }
}
