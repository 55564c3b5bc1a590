//! The rates of a run, drawn so that they can all hold at once.
//!
//! Failures, time-outs and blocks are disjoint shares of the attempts. Those that were seen in one sample are
//! drawn together, Dirichlet(met + ½ each, the rest + ½); of one alone that is Beta(met + ½, missed + ½). Where
//! samples differ or a rate is given as a range they are drawn one by one, and once more if they add up to all.

use super::draw::Draws;
use super::plan::Draw;

/// How often rates are drawn that may add up to all attempts, before the stated ones are taken.
const MOST_DRAWS: usize = 100;

/// Acceptance, then failures, time-outs and blocks.
pub(super) fn drawn(
    stated: [f64; 4],
    spreads: [Option<Draw>; 4],
    least_delivered: f64,
    draws: &mut Draws,
) -> [f64; 4] {
    let acceptance = one(stated[0], spreads[0], draws);
    let [_, stated @ ..] = stated;
    let [_, spreads @ ..] = spreads;
    if spreads.iter().all(Option::is_none) {
        return [acceptance, stated[0], stated[1], stated[2]];
    }
    for _ in 0..MOST_DRAWS {
        let shares = undelivered(stated, spreads, draws);
        if shares.iter().sum::<f64>() <= 1.0 - least_delivered {
            return [acceptance, shares[0], shares[1], shares[2]];
        }
    }
    [acceptance, stated[0], stated[1], stated[2]]
}

fn undelivered(stated: [f64; 3], spreads: [Option<Draw>; 3], draws: &mut Draws) -> [f64; 3] {
    let mut samples = spreads.iter().filter_map(|spread| match spread {
        Some(Draw::Sample { of, .. }) => Some(*of),
        _ => None,
    });
    let first = samples.next();
    let is_one_sample = first.is_some() && samples.all(|of| Some(of) == first);
    let mut weights = [0.0; 3];
    let mut shares = stated;
    let mut rest = first.unwrap_or(0.0);
    for index in 0..3 {
        match spreads[index] {
            Some(Draw::Sample { met, .. }) if is_one_sample => {
                rest -= met;
                weights[index] = draws.gamma(met + 0.5);
            }
            spread => shares[index] = one(stated[index], spread, draws),
        }
    }
    if is_one_sample {
        let all = weights.iter().sum::<f64>() + draws.gamma(rest.max(0.0) + 0.5);
        for index in 0..3 {
            if matches!(spreads[index], Some(Draw::Sample { .. })) {
                shares[index] = if all > 0.0 { weights[index] / all } else { stated[index] };
            }
        }
    }
    shares
}

fn one(stated: f64, spread: Option<Draw>, draws: &mut Draws) -> f64 {
    match spread {
        None => stated,
        Some(Draw::Sample { met, of }) => draws.beta(met, of - met),
        Some(Draw::Range(low, high)) => {
            super::quantile::triangular(low, stated, high, draws.share())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: u64 = 4_000;

    fn all(stated: [f64; 4], spreads: [Option<Draw>; 4]) -> Vec<[f64; 4]> {
        let of_run = |run| drawn(stated, spreads, 1e-6, &mut Draws::of_run(1, run)[0]);
        (0..RUNS).map(of_run).collect()
    }

    fn sample(met: f64, of: f64) -> Option<Draw> {
        Some(Draw::Sample { met, of })
    }

    #[test]
    fn rates_of_one_sample_are_disjoint_shares_of_it() {
        // 2 failed and 2 blocked of 8: Dirichlet(2.5, 2.5, 4.5), each 2.5 ÷ 9.5 in the mean, and of the variance
        // of a Dirichlet: 2.5 × 7 ÷ (9.5² × 10.5) = 0.018467; their covariance is −2.5 × 2.5 ÷ (9.5² × 10.5).
        let (stated, two) = ([0.5, 0.25, 0.0, 0.25], sample(2.0, 8.0));
        let runs = all(stated, [None, two, None, two]);
        let mean = |of: &dyn Fn(&[f64; 4]) -> f64| runs.iter().map(of).sum::<f64>() / RUNS as f64;
        assert!(runs.iter().all(|it| it[0] == 0.5 && it[2] == 0.0 && it[1] + it[3] < 1.0));
        let error = 4.0 * (0.018_467_f64 / RUNS as f64).sqrt();
        assert!((mean(&|it| it[1]) - 2.5 / 9.5).abs() < error);
        assert!((mean(&|it| it[3]) - 2.5 / 9.5).abs() < error);
        let together = mean(&|it| (it[1] - 2.5 / 9.5) * (it[3] - 2.5 / 9.5));
        assert!((together + 0.006_595).abs() < 0.002, "{together}");
    }

    #[test]
    fn rates_of_different_samples_never_leave_nothing_delivered() {
        let spreads = [None, sample(4.0, 9.0), Some(Draw::Range(0.0, 0.9)), sample(4.5, 10.0)];
        let runs = all([1.0, 0.44, 0.1, 0.45], spreads);
        assert!(runs.iter().all(|it| it[1] + it[2] + it[3] < 1.0));
    }
}
