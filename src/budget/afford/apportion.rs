//! Whole images shared out in proportion, so that one image more never takes one away from anybody.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use num_bigint::BigUint;

/// So many images over cells of these weights.
///
/// Each cell first gets its share rounded down; the few that are left go one by one to the cell with the
/// largest weight ÷ (images + 1), the first of equals. That is D'Hondt's rule, whose shares never fall as
/// the number of images grows. Cells without weight get nothing, and without any weight nobody does.
pub(super) fn apportion(images: u64, weights: &[u64]) -> Vec<u64> {
    let all: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if all == 0 {
        return vec![0; weights.len()];
    }
    let whole = |weight: &u64| {
        let share = BigUint::from(images) * *weight / all;
        u64::try_from(share).unwrap_or(images)
    };
    let mut shares: Vec<u64> = weights.iter().map(whole).collect();
    let left = images - shares.iter().sum::<u64>();
    let turn = |(cell, share): (usize, &u64)| Turn { weight: weights[cell], share: *share, cell };
    let turns = shares.iter().enumerate().map(turn).filter(|turn| turn.weight > 0);
    let mut turns: BinaryHeap<Turn> = turns.collect();
    for _ in 0..left {
        let Some(mut next) = turns.pop() else { break };
        shares[next.cell] += 1;
        next.share += 1;
        turns.push(next);
    }
    shares
}

/// A cell that waits for its next image.
#[derive(PartialEq, Eq)]
struct Turn {
    weight: u64,
    share: u64,
    cell: usize,
}

impl Ord for Turn {
    /// a ÷ (b + 1) > c ÷ (d + 1) where a × (d + 1) > c × (b + 1); of equals the first cell.
    fn cmp(&self, other: &Turn) -> Ordering {
        let times = |weight: u64, share: u64| u128::from(weight) * (u128::from(share) + 1);
        let by_weight = times(self.weight, other.share).cmp(&times(other.weight, self.share));
        by_weight.then_with(|| other.cell.cmp(&self.cell))
    }
}

impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Turn) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_by_hand() {
        // 10 over 100 : 103 : 106 is 3.24, 3.33, 3.43: 3 each, and one is left: 106 ÷ 4 is the largest.
        assert_eq!(apportion(10, &[100, 103, 106]), [3, 3, 4]);
        assert_eq!(apportion(0, &[5, 5]), [0, 0]);
        assert_eq!(apportion(7, &[1, 1, 1]), [3, 2, 2], "the first of equals");
        assert_eq!(apportion(5, &[0, 2]), [0, 5]);
        assert_eq!(apportion(5, &[0, 0]), [0, 0], "nowhere to go");
        assert_eq!(apportion(u64::MAX, &[u64::MAX, u64::MAX]).iter().sum::<u64>(), u64::MAX);
    }

    #[test]
    fn one_more_takes_none_away_and_every_image_is_placed() {
        for weights in [vec![7, 3, 1], vec![1, 1, 1, 1], vec![1000, 1, 0, 40], vec![3; 12]] {
            let mut before = apportion(0, &weights);
            for images in 1..300 {
                let now = apportion(images, &weights);
                assert_eq!(now.iter().sum::<u64>(), images);
                assert!(now.iter().zip(&before).all(|(now, before)| now >= before));
                before = now;
            }
        }
    }
}
