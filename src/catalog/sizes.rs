//! Which sizes a model makes: legal or every rule broken, and the nearest legal ones.

use super::broken_rule::BrokenRule;
use super::model_rules::{SizeGrid, SizeRule};
use crate::size::Size;

/// Every rule that a size breaks; empty if it is legal or no rule is known.
pub fn broken_rules(rule: &SizeRule, size: Size) -> Vec<BrokenRule> {
    match rule {
        SizeRule::Listed(sizes) if sizes.contains(&size) => Vec::new(),
        SizeRule::Listed(sizes) => vec![BrokenRule::NotListed(sizes.clone())],
        SizeRule::Grid(grid) => broken_bounds(grid, size),
        SizeRule::Tiers(_) | SizeRule::NotKnown(_) => Vec::new(),
    }
}

/// The rules that a size breaks, in the order in which they are named.
fn breaks(grid: &SizeGrid, size: Size) -> [bool; 5] {
    let off_grid = |edge: u32| !edge.is_multiple_of(grid.edge_multiple);
    let (long, short) = (u64::from(size.long_edge()), u64::from(size.short_edge()));
    [
        off_grid(size.width) || off_grid(size.height),
        size.long_edge() > grid.max_edge,
        long > short * u64::from(grid.max_aspect),
        size.pixels() < grid.min_pixels,
        size.pixels() > grid.max_pixels,
    ]
}

fn broken_bounds(grid: &SizeGrid, size: Size) -> Vec<BrokenRule> {
    let pixels = size.pixels();
    let rules = [
        BrokenRule::OffGrid { multiple: grid.edge_multiple },
        BrokenRule::EdgeTooLong { most: grid.max_edge },
        BrokenRule::TooFlat { most: grid.max_aspect },
        BrokenRule::TooFewPixels { pixels, least: grid.min_pixels },
        BrokenRule::TooManyPixels { pixels, most: grid.max_pixels },
    ];
    let broken = breaks(grid, size).into_iter().zip(rules);
    broken.filter(|(broken, _)| *broken).map(|(_, rule)| rule).collect()
}

/// Every legal size, by width and height; none where sizes are not given in pixels.
pub fn legal_sizes(rule: &SizeRule) -> Vec<Size> {
    match rule {
        SizeRule::Listed(sizes) => sizes.clone(),
        SizeRule::Grid(grid) => grid_sizes(grid),
        SizeRule::Tiers(_) | SizeRule::NotKnown(_) => Vec::new(),
    }
}

fn grid_sizes(grid: &SizeGrid) -> Vec<Size> {
    let step = grid.edge_multiple;
    let edges = || (step..=grid.max_edge).step_by(step as usize);
    edges()
        .flat_map(|width| edges().filter_map(move |height| Size::new(width, height)))
        .filter(|size| !breaks(grid, *size).contains(&true))
        .collect()
}

/// Legal sizes among which any count that grows with the short edge is least and most: all of a list; of each
/// long edge of a grid, lying, the shortest and the longest short edge. Of gpt-image-2's
/// 29,146 legal sizes they are 380.
pub fn outermost_sizes(rule: &SizeRule) -> Vec<Size> {
    match rule {
        SizeRule::Grid(grid) => outermost_of_grid(grid).collect(),
        _ => legal_sizes(rule),
    }
}

/// A legal size, of a grid that of the shortest long edge; none where sizes are not given in pixels.
pub fn first_size(rule: &SizeRule) -> Option<Size> {
    match rule {
        SizeRule::Grid(grid) => outermost_of_grid(grid).next(),
        SizeRule::Listed(sizes) => sizes.first().copied(),
        SizeRule::Tiers(_) | SizeRule::NotKnown(_) => None,
    }
}

fn outermost_of_grid(grid: &SizeGrid) -> impl Iterator<Item = Size> {
    let step = grid.edge_multiple;
    let longs = (step..=grid.max_edge).step_by(step as usize);
    let ends = longs.filter_map(move |long| Some((long, short_edges(grid, long)?)));
    ends.flat_map(move |(long, shorts)| shorts.map(|short| Size { width: long, height: short }))
        .filter(move |size| !breaks(grid, *size).contains(&true))
}

/// The shortest and the longest short edge that a long edge of a grid may have, if it may have any.
fn short_edges(grid: &SizeGrid, long: u32) -> Option<[u32; 2]> {
    let (step, pixels) = (grid.edge_multiple, u64::from(long));
    let least = long.div_ceil(grid.max_aspect.max(1)).next_multiple_of(step);
    let enough = grid.min_pixels.div_ceil(pixels).next_multiple_of(u64::from(step));
    let most = grid.max_pixels / pixels;
    let shortest = u64::from(least).max(enough);
    let longest = u64::from(long).min(most - most % u64::from(step));
    let edge = |edge: u64| u32::try_from(edge).ok();
    if shortest <= longest { Some([edge(shortest)?, edge(longest)?]) } else { None }
}

/// The legal sizes nearest to a size by the change of both edges, the nearest first.
pub fn nearest(rule: &SizeRule, size: Size, most: usize) -> Vec<Size> {
    let change = |legal: &Size| {
        let edge = |a: u32, b: u32| u64::from(a.abs_diff(b)).pow(2);
        edge(legal.width, size.width) + edge(legal.height, size.height)
    };
    let mut sizes = legal_sizes(rule);
    sizes.sort_by_key(|legal| (change(legal), *legal));
    sizes.truncate(most);
    sizes
}

/// The number of pixels above which results are called experimental, if the size is above it.
pub fn experimental_above(rule: &SizeRule, size: Size) -> Option<u64> {
    match rule {
        SizeRule::Grid(grid) => {
            Some(grid.experimental_above_pixels).filter(|limit| size.pixels() > *limit)
        }
        SizeRule::Listed(_) | SizeRule::Tiers(_) | SizeRule::NotKnown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The bounds of gpt-image-2, 2.5 and 2.6.
    fn grid() -> SizeRule {
        SizeRule::Grid(SizeGrid {
            edge_multiple: 16,
            max_edge: 3840,
            max_aspect: 3,
            min_pixels: 655_360,
            max_pixels: 8_294_400,
            experimental_above_pixels: 3_686_400,
        })
    }

    fn size(text: &str) -> Size {
        text.parse().expect("a size")
    }

    #[test]
    fn every_broken_rule_is_named() {
        let broken = broken_rules(&grid(), size("4001x100"));
        assert_eq!(broken.len(), 4, "{broken:?}");
        assert!(broken_rules(&grid(), size("1024x1024")).is_empty());
        assert!(broken_rules(&grid(), size("3840x2160")).is_empty(), "exactly the most pixels");
        assert!(broken_rules(&grid(), size("640x1024")).is_empty(), "exactly the fewest pixels");
    }

    #[test]
    fn the_outermost_sizes_are_the_ends_of_each_long_edge() {
        let mut ends: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
        for size in legal_sizes(&grid()) {
            let (long, short) = (size.long_edge(), size.short_edge());
            let [shortest, longest] = ends.entry(long).or_insert([short, short]);
            (*shortest, *longest) = (short.min(*shortest), short.max(*longest));
        }
        let sizes = |(long, ends): (&u32, &[u32; 2])| {
            ends.map(|short| Size { width: *long, height: short })
        };
        let expected: Vec<Size> = ends.iter().flat_map(sizes).collect();
        assert_eq!(outermost_sizes(&grid()), expected);
        assert_eq!((legal_sizes(&grid()).len(), expected.len()), (29_146, 380));
        assert!(expected.contains(&size("3840x2160")), "3840 × 2160 is the most pixels");
        assert!(expected.contains(&size("3840x1280")), "3840 is three times 1280");
    }

    #[test]
    fn the_nearest_legal_size_is_the_smallest_change() {
        assert_eq!(nearest(&grid(), size("1000x1000"), 1), [size("992x992")]);
        assert_eq!(nearest(&grid(), size("1920x1080"), 2), [size("1920x1072"), size("1920x1088")]);
        assert_eq!(nearest(&grid(), size("3000x3000"), 1), [size("2880x2880")]);
    }

    #[test]
    fn experimental_starts_above_2560x1440() {
        assert_eq!(experimental_above(&grid(), size("2560x1440")), None);
        assert_eq!(experimental_above(&grid(), size("2576x1440")), Some(3_686_400));
    }
}
