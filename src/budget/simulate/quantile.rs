//! Quantiles: which value belongs to a number from 0 to 1.
//!
//! Each draw takes one number, whatever it is a draw of, so that a budget that differs in a volume meets the
//! same chances. All of it is addition, multiplication, division and square roots of 64-bit floats, which
//! every machine rounds alike, and logarithms of the `libm` crate, which is compiled in and not the
//! machine's own. Only counts and shares are ever drawn here; money is not.
//!
//! Counts are exact (the terms of the distribution are added up) while fewer than [`FEW`] are expected. Above
//! that the Cornish-Fisher expansion to the third order takes their place, whose values are within one count
//! of the exact ones over the central 99.9% (a test holds it to that).

/// Up to how many expected counts the terms of a distribution are added up.
const FEW: f64 = 40.0;
/// Fewer successes than this are too skewed for the expansion.
const SKEWED: u64 = 40;
/// Where adding up terms ends in any case.
const MOST_TERMS: u64 = 4_000;

/// Standard normal, by Wichura's AS 241 (accurate to about 16 digits).
pub(super) fn normal(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

/// From `low` over the likeliest to `high`, by a triangle.
pub(super) fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return mode;
    }
    match u * width < mode - low {
        true => low + (u * width * (mode - low)).sqrt(),
        false => high - ((1.0 - u) * width * (high - mode)).sqrt(),
    }
}

/// Successes among `n` trials of which each succeeds with `p`.
pub(super) fn binomial(n: u64, p: f64, u: f64) -> u64 {
    if p > 0.5 {
        return n - binomial(n, 1.0 - p, 1.0 - u);
    }
    let trials = n as f64;
    let mean = trials * p;
    if n == 0 || p <= 0.0 {
        return 0;
    }
    if mean < FEW {
        let odds = p / (1.0 - p);
        let first = libm::exp(trials * libm::log1p(-p));
        return add_up(u, first, n, |k, term| term * (trials - k) / (k + 1.0) * odds);
    }
    let variance = mean * (1.0 - p);
    let skewness = (1.0 - 2.0 * p) / variance.sqrt();
    let excess = (1.0 - 6.0 * p * (1.0 - p)) / variance;
    whole(expansion(u, mean, variance, skewness, excess)).min(n)
}

/// Failures before the `n`-th success, where each trial succeeds with `p`.
pub(super) fn failures_before(n: u64, p: f64, u: f64) -> u64 {
    let q = 1.0 - p;
    if n == 0 || q <= 0.0 {
        return 0;
    }
    let successes = n as f64;
    let mean = successes * q / p;
    if mean < FEW || n < SKEWED {
        if mean > MOST_TERMS as f64 / 10.0 {
            return whole(gamma_like(successes, u) * q / p);
        }
        let first = libm::exp(successes * libm::log(p));
        return add_up(u, first, MOST_TERMS, |k, term| term * (successes + k) / (k + 1.0) * q);
    }
    let variance = mean / p;
    let skewness = (1.0 + q) / (successes * q).sqrt();
    let excess = (6.0 + p * p / q) / successes;
    whole(expansion(u, mean, variance, skewness, excess))
}

/// The first count at which the sum of the terms reaches `u`.
fn add_up(u: f64, first: f64, most: u64, next: impl Fn(f64, f64) -> f64) -> u64 {
    let (mut term, mut sum, mut count) = (first, first, 0);
    while sum < u && count < most {
        term = next(count as f64, term);
        sum += term;
        count += 1;
    }
    count
}

fn expansion(u: f64, mean: f64, variance: f64, skewness: f64, excess: f64) -> f64 {
    let z = normal(u);
    let (square, cube) = (z * z, z * z * z);
    let bent = z + skewness / 6.0 * (square - 1.0) + excess / 24.0 * (cube - 3.0 * z)
        - skewness * skewness / 36.0 * (2.0 * cube - 5.0 * z);
    mean + variance.sqrt() * bent
}

/// The sum of `n` exponential waits, by Wilson and Hilferty; for few successes that take very many trials.
fn gamma_like(n: f64, u: f64) -> f64 {
    let root = 1.0 - 1.0 / (9.0 * n) + normal(u) / (3.0 * n.sqrt());
    let root = root.max(0.0);
    n * root * root * root
}

/// The nearest count.
pub(super) fn whole(value: f64) -> u64 {
    // A float below zero becomes 0, and one that is too large the largest count.
    (value + 0.5) as u64
}

fn ratio([above, below]: &[[f64; 8]; 2], r: f64) -> f64 {
    let polynomial = |terms: &[f64; 8]| terms.iter().fold(0.0, |sum, term| sum * r + term);
    polynomial(above) / polynomial(below)
}

/// The coefficients of AS 241, highest power first: numerator, denominator.
const CENTRE: [[f64; 8]; 2] = [
    [
        2_509.080_928_730_122_6,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_854,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
];
const MIDDLE: [[f64; 8]; 2] = [
    [
        7.745_450_142_783_414e-4,
        0.022_723_844_989_269_184,
        0.241_780_725_177_450_6,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        0.015_198_666_563_616_457,
        0.148_103_976_427_480_08,
        0.689_767_334_985_1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
];
const FAR: [[f64; 8]; 2] = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        0.001_242_660_947_388_078_4,
        0.026_532_189_526_576_124,
        0.296_560_571_828_504_87,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_7e-5,
        7.868_691_311_456_133e-4,
        0.014_875_361_290_850_615,
        0.136_929_880_922_735_8,
        0.599_832_206_555_888,
        1.0,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> impl Iterator<Item = f64> {
        (1..2000).map(|step| f64::from(step) / 2000.0)
    }

    #[test]
    fn the_normal_is_that_of_the_tables() {
        // Φ⁻¹(0.975) = 1.959963985, Φ⁻¹(0.0001) = −3.719016485, Φ⁻¹(1e−20) = −9.262340090.
        for (u, z) in
            [(0.5, 0.0), (0.975, 1.959_963_985), (1e-4, -3.719_016_485), (1e-20, -9.262_340_090)]
        {
            assert!((normal(u) - z).abs() < 1e-8, "{u}: {}", normal(u));
        }
    }

    #[test]
    fn a_triangle_by_hand() {
        // From 0 over 1 to 4: a quarter of the area lies below 1; half of it lies below 4 − √6 = 1.5505.
        assert!((triangular(0.0, 1.0, 4.0, 0.25) - 1.0).abs() < 1e-12);
        assert!((triangular(0.0, 1.0, 4.0, 0.5) - 1.550_510_257).abs() < 1e-8);
        assert!((triangular(7.0, 7.0, 7.0, 0.3) - 7.0).abs() < 1e-12);
    }

    #[test]
    fn the_expansion_is_within_one_count_of_the_exact_terms() {
        for (n, p) in [(100_u64, 0.7), (150, 0.5), (45, 0.3), (60, 0.4), (900, 0.93)] {
            for u in grid() {
                let first = libm::exp(n as f64 * libm::log(p));
                let exact = add_up(u, first, u64::MAX, |k, term| {
                    term * (n as f64 + k) / (k + 1.0) * (1.0 - p)
                });
                assert!(failures_before(n, p, u).abs_diff(exact) <= 1, "{n} {p} {u}");
            }
        }
        for (n, p) in [(200_u64, 0.3), (1000, 0.05), (90, 0.48)] {
            for u in grid() {
                let first = libm::exp(n as f64 * libm::log1p(-p));
                let odds = p / (1.0 - p);
                let exact = add_up(u, first, n, |k, term| term * (n as f64 - k) / (k + 1.0) * odds);
                assert!(binomial(n, p, u).abs_diff(exact) <= 1, "{n} {p} {u}");
            }
        }
    }

    #[test]
    fn mean_and_variance_are_those_of_the_closed_form() {
        // Failures before the n-th success: mean n q ÷ p, variance n q ÷ p².
        for (n, p) in [(3_u64, 0.7), (30, 0.5), (60, 0.3), (12_000, 0.7), (2_000_000, 0.95)] {
            let q = 1.0 - p;
            let steps = 20_000;
            let at = |step: i32| (f64::from(step) + 0.5) / f64::from(steps);
            let values: Vec<f64> =
                (0..steps).map(|it| failures_before(n, p, at(it)) as f64).collect();
            let mean = values.iter().sum::<f64>() / f64::from(steps);
            let variance =
                values.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / f64::from(steps);
            let (right, wide) = (n as f64 * q / p, n as f64 * q / p / p);
            assert!((mean - right).abs() < 0.01 * wide.sqrt(), "{n} {p}: {mean} {right}");
            assert!((variance / wide - 1.0).abs() < 0.03, "{n} {p}: {variance} {wide}");
        }
    }

    #[test]
    fn more_wanted_images_never_take_fewer_attempts() {
        for u in [0.0001, 0.01, 0.3, 0.5, 0.77, 0.99, 0.9999] {
            for p in [0.2, 0.5, 0.7, 0.95, 1.0] {
                let mut before = 0;
                for n in 0..400 {
                    let attempts = n + failures_before(n, p, u);
                    assert!(attempts >= before, "{n} {p} {u}");
                    before = attempts;
                }
            }
        }
    }
}
