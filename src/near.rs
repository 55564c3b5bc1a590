//! Near matches for messages: "did you mean …?"

/// How alike two names must be, from 0 (not at all) to 1 (equal). At 0.75 `gpt-image2` finds
/// `gpt-image-2`, and `dall-e-3` finds nothing.
const ALIKE: f64 = 0.75;
/// No name is longer: what is longer is a file in the place of a name, and costly to compare.
const LONGEST_NAME: usize = 200;

/// Up to three of the known names that are most like the one given, the nearest first.
pub fn near_matches<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    if given.len() > LONGEST_NAME {
        return Vec::new();
    }
    let given = given.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .map(|name| (strsim::jaro_winkler(&given, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}
