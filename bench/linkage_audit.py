"""Coverage of 95 % intervals from audits of 200, 300 and 500 records, looked up twice with 5 % of verdicts wrong.

The linkages are simulated after the sizes, links and rates that the development tasks showed: records by stratum, and
the share of each that truly has a mate.
"""

TRIALS = 400
SIZES = {
    "T1": ({"sure": 9480, "linked": 230, "possible": 140, "none": 506}, (0.990, 0.65, 0.2, 0.12), 55_180),
    "T2": ({"sure": 9690, "linked": 130, "possible": 120, "none": 416}, (0.990, 0.55, 0.15, 0.12), 55_180),
    "T4": ({"sure": 9560, "linked": 200, "possible": 150, "none": 446}, (0.990, 0.65, 0.2, 0.12), 55_180),
    "T3": ({"sure": 640, "linked": 110, "possible": 130, "none": 714}, (0.990, 0.80, 0.25, 0.03), 54_387),
    "half": ({"sure": 2200, "linked": 300, "possible": 500, "none": 2000}, (0.95, 0.7, 0.3, 0.08), 30_000),
}


def main() -> None:
    import numpy as np

    from uncounted.stages.match.persons.audit import STRATA, Answers, chapman_draws, posterior, sampled

    print(f"{'task':>6} {'audit':>6} {'coverage':>9} {'width / N':>10} {'bias':>7}")
    for task, (sizes, rates, other) in SIZES.items():
        strata = np.repeat(np.arange(4), [sizes[name] for name in STRATA])
        for size in (200, 300, 500):
            covered, width, bias = 0, [], []
            for trial in range(TRIALS):
                rng = np.random.default_rng([trial, size])
                mate = rng.random(len(strata)) < np.array(rates)[strata]
                answers = {}
                for name, rows in sampled(strata, size, trial).items():
                    verdicts = mate[rows][:, None] ^ (rng.random((len(rows), 2)) < 0.05)
                    answers[name] = Answers(sizes[name], verdicts.sum(1), np.full(len(rows), 2))
                found = posterior(answers, 400, trial)
                draws = chapman_draws(len(strata), other, found.mates(answers, trial))
                truth = float(chapman_draws(len(strata), other, np.array([mate.sum()]))[0])
                low, middle, high = np.quantile(draws, [0.025, 0.5, 0.975])
                covered += low <= truth <= high
                width.append((high - low) / truth)
                bias.append(middle / truth - 1)
            print(
                f"{task:>6} {size:6} {covered / TRIALS:9.3f} {np.mean(width):10.1%} {np.mean(bias):+7.2%}", flush=True
            )


if __name__ == "__main__":
    main()
