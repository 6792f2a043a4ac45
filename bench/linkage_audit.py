"""Coverage of 95 % intervals from an audit of 300 records, 5 % of whose verdicts are wrong, on simulated linkages."""

TRIALS = 400


def main() -> None:
    import numpy as np

    from uncounted.stages.match.persons.audit import Stratum, chapman_draws, overlap_draws, sampled

    print(f"{'linked':>8} {'true':>6} {'missed':>7} {'coverage':>9} {'width / N':>10} {'bias':>7}")
    for linked_share, true, missed in ((0.95, 0.99, 0.3), (0.95, 0.99, 0.05), (0.7, 0.9, 0.2), (0.5, 0.95, 0.1)):
        covered, width, bias = 0, [], []
        for trial in range(TRIALS):
            rng = np.random.default_rng(trial)
            linked = rng.random(5000) < linked_share
            mate = np.where(linked, rng.random(5000) < true, rng.random(5000) < missed)
            strata = {}
            for name, rows in sampled(linked, 300, trial).items():
                verdict = mate[rows] ^ (rng.random(len(rows)) < 0.05)
                strata[name] = Stratum(int((linked == (name == "linked")).sum()), len(rows), int(verdict.sum()))
            draws = chapman_draws(5000, 30_000, overlap_draws(strata, 1000, trial, error=0.05))
            truth = float(chapman_draws(5000, 30_000, np.array([mate.sum()]))[0])
            low, middle, high = np.quantile(draws, [0.025, 0.5, 0.975])
            covered += low <= truth <= high
            width.append((high - low) / truth)
            bias.append(middle / truth - 1)
        print(
            f"{linked_share:8.0%} {true:6.0%} {missed:7.0%} {covered / TRIALS:9.3f} {np.mean(width):10.1%} "
            f"{np.mean(bias):+7.2%}"
        )


if __name__ == "__main__":
    main()
