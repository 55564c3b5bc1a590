//! How many tokens a reference image is.

use num_integer::Roots;

use crate::catalog::model_rules::{Fidelity, InputImageRule, ModelRules, Patches, Tiles};
use crate::figure::Figure;
use crate::reason::Metering;
use crate::request::{InputFidelity, InputImage, Request, RequestError};
use crate::size::{NoSize, Size};

/// The tokens of all reference images of one returned image, and how they come about.
///
/// # Errors
/// [`RequestError::TooLarge`].
pub fn all(
    rules: &ModelRules,
    request: &Request,
) -> Result<(Figure<u64>, Vec<String>), RequestError> {
    let mut sum = Figure::Exact(0);
    let mut how = Vec::new();
    if request.input_images.is_empty() {
        sum = Figure::unknown(0, Metering::EditWithoutImages);
    }
    for image in &request.input_images {
        let tokens = one(rules, image, request.input_fidelity);
        how.push(format!("{}: {}", image.name, in_words(&tokens)));
        sum = sum.try_join(&tokens, |a, b| a.checked_add(b).ok_or(RequestError::TooLarge))?;
    }
    how.push(super::rule_of(&rules.input_images.evidence));
    Ok((sum, how))
}

/// The most tokens that an image of any size can be, if the rule has such a bound.
pub fn most(rule: &InputImageRule) -> Option<u64> {
    match rule {
        InputImageRule::Each(tokens) => Some(*tokens),
        InputImageRule::Patches(patches) => Some(u64::from(patches.max_patches)),
        InputImageRule::Tiles(_) | InputImageRule::NotKnown(_) => None,
    }
}

/// Whether the rule was measured, and none of the maker's was found.
pub fn is_observed(rule: &InputImageRule) -> bool {
    match rule {
        InputImageRule::Tiles(tiles) => !tiles.published,
        InputImageRule::Patches(patches) => !patches.published,
        InputImageRule::Each(_) | InputImageRule::NotKnown(_) => false,
    }
}

fn one(rules: &ModelRules, image: &InputImage, fidelity: Option<InputFidelity>) -> Figure<u64> {
    match (&rules.input_images.rule, &image.size) {
        (InputImageRule::Each(tokens), _) => Figure::Exact(*tokens),
        (InputImageRule::NotKnown(stated), _) => {
            Figure::unknown(0, Metering::InputImageRuleOpen(stated.as_str().into()))
        }
        (InputImageRule::Patches(patches), Err(why)) => {
            let most = u64::from(patches.max_patches);
            Figure::range(1, None, most, size_not_known(image, *why, Some(most)))
        }
        (_, Err(why)) => Figure::unknown(0, size_not_known(image, *why, None)),
        (InputImageRule::Tiles(tiles), Ok(size)) => {
            let added = added_by_fidelity(rules.input_images.fidelity.as_ref(), fidelity, *size);
            let tokens = tile_tokens(tiles, *size).and_then(|tokens| tokens.checked_add(added));
            tokens.map_or_else(too_large_to_count, Figure::Exact)
        }
        (InputImageRule::Patches(patches), Ok(size)) => patch_tokens(patches, *size),
    }
}

fn size_not_known(image: &InputImage, why: NoSize, most: Option<u64>) -> Metering {
    Metering::InputImage { name: image.name.as_str().into(), why, most }
}

fn in_words(tokens: &Figure<u64>) -> String {
    match tokens {
        Figure::Exact(tokens) => format!("{} tokens", crate::unit::grouped(*tokens)),
        figure => figure.reasons().in_words(),
    }
}

fn added_by_fidelity(rule: Option<&Fidelity>, asked: Option<InputFidelity>, size: Size) -> u64 {
    match (rule, asked) {
        (
            Some(Fidelity::Selectable { high_adds_square, high_adds_other }),
            Some(InputFidelity::High),
        ) => {
            if size.is_square() {
                *high_adds_square
            } else {
                *high_adds_other
            }
        }
        _ => 0,
    }
}

/// The tile rule: scale to a fixed short edge, the long one rounded down, and count tiles; `None` if
/// the count is beyond all measure.
pub fn tile_tokens(rule: &Tiles, size: Size) -> Option<u64> {
    let (long, short) = (u64::from(size.long_edge()), u64::from(size.short_edge()));
    let scaled_short = u64::from(rule.short_edge);
    let scaled_long = long * scaled_short / short;
    let tile = u64::from(rule.tile_edge);
    let tiles = scaled_long.div_ceil(tile).checked_mul(scaled_short.div_ceil(tile))?;
    rule.tokens_per_tile.checked_mul(tiles)?.checked_add(rule.base_tokens)
}

fn too_large_to_count() -> Figure<u64> {
    Figure::unknown(0, Metering::ImageTooLarge)
}

/// The patch rule: enlarge a small image, count patches, and shrink until they are within the budget.
///
/// The square roots of the measured rule cancel out. With the budget `B` of patches, the shrinking
/// factor `√(B·p²/(w·h))` leaves `⌊√(B·w/h)⌋` whole patches of edge `p` across and `⌊√(B·h/w)⌋` down;
/// the image then shrinks until the edge that loses more is exactly that many patches long.
pub fn patch_tokens(rule: &Patches, size: Size) -> Figure<u64> {
    let (long, short) = (u64::from(size.long_edge()), u64::from(size.short_edge()));
    if long > short * u64::from(rule.max_aspect) {
        let most = u64::from(rule.max_patches);
        let reason = Metering::BeyondAspect { max_aspect: rule.max_aspect, most };
        return Figure::range(1, None, most, reason);
    }
    let (width, height) = (u128::from(size.width), u128::from(size.height));
    let patch = u128::from(rule.patch_edge);
    let (numerator, denominator) = enlargement(rule, size.long_edge());
    let patches_along = |edge: u128| (edge * numerator).div_ceil(patch * denominator);
    let patches = patches_along(width) * patches_along(height);
    let budget = u128::from(rule.max_patches);
    let tokens = if patches <= budget { patches } else { shrunk(width, height, patch, budget) };
    u64::try_from(tokens).map_or_else(|_| too_large_to_count(), Figure::Exact)
}

/// By how much a small image is enlarged, as a fraction.
fn enlargement(rule: &Patches, long_edge: u32) -> (u128, u128) {
    let (long, target) = (u128::from(long_edge), u128::from(rule.enlarge_to));
    let most = u128::from(rule.enlarge_at_most);
    if long >= target {
        (1, 1)
    } else if long * most <= target {
        (most, 1)
    } else {
        (target, long)
    }
}

fn shrunk(width: u128, height: u128, patch: u128, budget: u128) -> u128 {
    let across = (budget * width / height).sqrt();
    let down = (budget * height / width).sqrt();
    // The edge with the smaller share of whole patches decides: across / width against down / height.
    let (whole, this_edge, other_edge) = if across * height <= down * width {
        (across, width, height)
    } else {
        (down, height, width)
    };
    let other_pixels = other_edge * patch * whole / this_edge;
    whole * other_pixels.div_ceil(patch)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCHES: Patches = Patches {
        patch_edge: 32,
        max_patches: 1536,
        enlarge_to: 1024,
        enlarge_at_most: 2,
        max_aspect: 3,
        published: false,
    };
    const TILES: Tiles = Tiles {
        short_edge: 512,
        tile_edge: 512,
        base_tokens: 65,
        tokens_per_tile: 129,
        published: true,
    };

    fn patches(size: &str) -> Option<u64> {
        patch_tokens(&PATCHES, size.parse().expect("a size")).exact()
    }

    fn tiles(size: &str) -> Option<u64> {
        tile_tokens(&TILES, size.parse().expect("a size"))
    }

    #[test]
    fn check_points_of_the_patch_rule() {
        assert_eq!(patches("1024x1024"), Some(32 * 32));
        assert_eq!(patches("1536x1024"), Some(48 * 32), "exactly the budget");
        assert_eq!(patches("1024x1536"), Some(32 * 48));
        assert_eq!(patches("1179x2556"), Some(26 * 57), "shrunk to 832 x 1803");
        assert_eq!(patches("1280x1280"), Some(39 * 39), "any larger square");
        assert_eq!(patches("3000x3000"), Some(1521));
    }

    #[test]
    fn a_small_image_is_enlarged_at_most_twice() {
        assert_eq!(patches("256x256"), Some(16 * 16), "to 512 x 512");
        assert_eq!(patches("341x512"), Some(22 * 32), "to 682 x 1024");
        assert_eq!(patches("300x300"), Some(19 * 19), "to 600 x 600, not to 1024");
        assert_eq!(patches("800x600"), Some(32 * 24), "to 1024 x 768");
        assert_eq!(patches("1x1"), Some(1));
    }

    #[test]
    fn beyond_three_to_one_an_image_is_at_most_the_budget_of_patches() {
        assert_eq!(patches("3000x1000"), Some(66 * 22), "3:1 itself: shrunk to 2112 x 704");
        let beyond = patch_tokens(&PATCHES, "3001x1000".parse().expect("a size"));
        assert_eq!((beyond.low(), beyond.expected(), beyond.high()), (1, None, Some(1536)));
    }

    #[test]
    fn check_points_of_the_tile_rule() {
        assert_eq!(tiles("1024x1024"), Some(65 + 129));
        assert_eq!(tiles("1024x1025"), Some(65 + 129), "512 x 512.5 is rounded down to one tile");
        assert_eq!(tiles("1024x1536"), Some(65 + 129 * 2));
        assert_eq!(tiles("1000000x1"), Some(65 + 129 * 1_000_000));
    }
}
