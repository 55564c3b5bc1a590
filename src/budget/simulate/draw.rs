//! Draws: one stream of random numbers for the inputs of a run, another for its chances.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::quantile::normal;

/// A stream of random numbers.
pub(super) struct Draws {
    generator: ChaCha8Rng,
}

impl Draws {
    /// The inputs and the chances of a run. Its streams are its own, whichever thread runs it.
    pub(super) fn of_run(seed: u64, run: u64) -> [Draws; 2] {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let stream = |number: u64| {
            let mut generator = ChaCha8Rng::from_seed(key);
            generator.set_stream(number);
            Draws { generator }
        };
        [stream(2 * run), stream(2 * run + 1)]
    }

    /// A number between 0 and 1, neither of them included.
    pub(super) fn share(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.generator.next_u64() >> 11) as f64 + 0.5) * STEP
    }

    /// A share that was met `met` times and missed `missed` times: Beta(met + ½, missed + ½).
    pub(super) fn beta(&mut self, met: f64, missed: f64) -> f64 {
        let (a, b) = (self.gamma(met + 0.5), self.gamma(missed + 0.5));
        if a + b > 0.0 { a / (a + b) } else { 0.5 }
    }

    /// Gamma with a scale of 1, by Marsaglia and Tsang.
    pub(super) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let share = self.share();
            return self.gamma(shape + 1.0) * libm::pow(share, 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = normal(self.share());
            let base = 1.0 + c * x;
            let u = self.share();
            if base <= 0.0 {
                continue;
            }
            let v = base * base * base;
            if libm::log(u) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_run_give_the_same_numbers() {
        let first = |seed, run| Draws::of_run(seed, run).map(|mut draws| draws.share());
        assert_eq!(first(7, 3), first(7, 3));
        let [inputs, chances] = first(7, 3);
        assert!(inputs != chances && first(7, 4) != first(7, 3) && first(8, 3) != first(7, 3));
        // By ChaCha with 8 rounds, key 1, streams 0 and 1, on every machine.
        assert_eq!(first(1, 0).map(|share| (share * 1e9) as u64), [381_489_413, 103_533_138]);
    }

    #[test]
    fn a_beta_has_the_mean_and_variance_of_its_sample() {
        // 28 of 40: a = 28.5, b = 12.5: mean a ÷ (a + b) = 0.695, variance a b ÷ ((a + b)² (a + b + 1)).
        let [mut draws, _] = Draws::of_run(1, 1);
        let runs = 20_000;
        let values: Vec<f64> = (0..runs).map(|_| draws.beta(28.0, 12.0)).collect();
        let mean = values.iter().sum::<f64>() / f64::from(runs);
        let variance =
            values.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / f64::from(runs);
        let (a, b): (f64, f64) = (28.5, 12.5);
        let right = a * b / ((a + b) * (a + b) * (a + b + 1.0));
        assert!((mean - a / (a + b)).abs() < 4.0 * (right / f64::from(runs)).sqrt(), "{mean}");
        assert!((variance / right - 1.0).abs() < 0.05, "{variance} {right}");
    }
}
