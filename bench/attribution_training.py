"""Train the scorer of attributions: ``python -m bench.attribution_training --data DIR [--documents N]``.

DIR holds ``train/docs.jsonl`` and ``train/gold.jsonl``: documents, and for each the sources, cues and contents of its
attributions as lists of ``[start, end]`` in code points. Only numbers are written: weights of features, among which
words of the lexicon and function words, never a text. The threshold is chosen on documents kept out of the fit.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from uncounted.stages.read.attribution_features import (
    cue_features,
    cue_positions,
    near_chunks,
    pair_features,
    source_features,
)
from uncounted.stages.read.attribution_scorer import logit, probability
from uncounted.stages.read.attribution_sentence import Clauses, clauses
from uncounted.stages.read.attribution_words import Reporting, reporting
from uncounted.text.view import View, view

Row = tuple[list[str], bool]
OUT = Path(__file__).parent.parent / "src/uncounted/stages/read/data/en/attribution_weights.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--strength", type=float, default=0.5, help="inverse of the regularisation, for cues")
    parser.add_argument("--seen", type=int, default=10, help="a feature must occur in so many rows")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    known = reporting("en")
    documents = list(load(options.data / "train"))[: options.documents]
    kept = [document for number, document in enumerate(documents) if number % 5 == 0]
    fitted = [document for number, document in enumerate(documents) if number % 5]
    # The cue's scorer sees how well the best source fits; it must see that from a source scorer fitted elsewhere.
    halves = [fitted[::2], fitted[1::2]]
    source = [fit(source_rows(half, known), 0.3, options.seen) for half in halves]
    rows = [
        row for half, weights in zip(halves, reversed(source), strict=True) for row in cue_rows(half, known, weights)
    ]
    cue = fit(rows, options.strength, options.seen)
    whole = fit(source_rows(fitted, known), 0.3, options.seen)
    least, f1 = best_threshold(kept, known, cue, whole)
    print(f"kept apart: cue and source F1 {100 * f1:.1f} at {least:.2f}; {len(cue)} + {len(whole)} weights")
    reach = farthest(kept, known, cue, whole, least)
    weights = {"cue": rounded(cue), "source": rounded(whole), "least": round(least, 2), "reach": reach}
    options.out.write_text(json.dumps(weights, ensure_ascii=True, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def load(folder: Path) -> Any:
    with (folder / "docs.jsonl").open(encoding="utf-8") as docs, (folder / "gold.jsonl").open(encoding="utf-8") as gold:
        for document, key in zip(docs, gold, strict=True):
            yield view(msgspec.json.decode(document)["text"]), msgspec.json.decode(key)["attributions"]


def overlaps(spans: list[list[int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)


def raw(seen: View, said: Clauses, first: int, last: int) -> tuple[int, int]:
    return seen.span(said.tokens[first].start, said.tokens[last - 1].end)


def matched(seen: View, said: Clauses, at: int, gold: list[Any]) -> list[Any]:
    return [one for one in gold if overlaps(one["cue"], *raw(seen, said, at, at + 1))]


def candidates(said: Clauses, at: int, known: Reporting) -> list[tuple[int, list[str]]]:
    return [
        (number, source_features(said, at, said.chunks[number], steps, known))
        for number, steps in near_chunks(said, at)
    ]


def source_rows(documents: Any, known: Reporting) -> list[Row]:
    rows = list[Row]()
    for seen, gold in documents:
        for said in clauses(seen, known):
            for at in cue_positions(said, known):
                for one in matched(seen, said, at, gold)[:1]:
                    true = [
                        (overlaps(one["source"], *raw(seen, said, said.chunks[n].first, said.chunks[n].last)), features)
                        for n, features in candidates(said, at, known)
                    ]
                    if any(right for right, _ in true):
                        rows += [(features, right) for right, features in true]
    return rows


def with_source(said: Clauses, at: int, known: Reporting, weights: dict[str, float]) -> tuple[Any, list[str]]:
    """Return the best source's chunk and the features of the cue with it."""
    scored = sorted(((logit(weights, f), n) for n, f in candidates(said, at, known)), reverse=True)
    if not scored:
        return None, []
    chunk, second = said.chunks[scored[0][1]], scored[1][0] if len(scored) > 1 else None
    return chunk, [
        *cue_features(said, at, known),
        *pair_features(said, at, chunk, known, score=scored[0][0], second=second),
    ]


def cue_rows(documents: Any, known: Reporting, source: dict[str, float]) -> list[Row]:
    rows = list[Row]()
    for seen, gold in documents:
        for said in clauses(seen, known):
            for at in cue_positions(said, known):
                chunk, features = with_source(said, at, known, source)
                if chunk:
                    span = raw(seen, said, chunk.first, chunk.last)
                    right = any(overlaps(one["source"], *span) for one in matched(seen, said, at, gold))
                    rows.append((features, right))
    return rows


def fit(rows: list[Row], strength: float, seen: int) -> dict[str, float]:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for features, _ in rows for feature in set(features))
    index = {feature: at for at, feature in enumerate(sorted(f for f, n in counts.items() if n >= seen))}
    places, starts = list[int](), [0]
    for features, _ in rows:
        places += sorted({index[feature] for feature in features if feature in index})
        starts.append(len(places))
    table = csr_matrix(([1.0] * len(places), places, starts), shape=(len(rows), len(index)))
    model = LogisticRegression(C=strength, max_iter=400, solver="liblinear")
    model.fit(table, [right for _, right in rows])
    weights = {feature: float(model.coef_[0][at]) for feature, at in index.items()}
    weights["bias"] = float(model.intercept_[0])
    return weights


def best_threshold(
    documents: Any, known: Reporting, cue: dict[str, float], source: dict[str, float]
) -> tuple[float, float]:
    scored, wanted = list[tuple[float, bool]](), 0
    for seen, gold in documents:
        wanted += sum(bool(one["source"]) for one in gold)
        free = list(gold)
        for said in clauses(seen, known):
            for at in cue_positions(said, known):
                chunk, features = with_source(said, at, known, source)
                if chunk is None:
                    continue
                likely = probability(logit(cue, [*features, "bias"]))
                hit = matched(seen, said, at, free)
                right = bool(hit) and overlaps(hit[0]["source"], *raw(seen, said, chunk.first, chunk.last))
                scored.append((likely, right))
    best = (0.5, 0.0)
    for step in range(20, 80, 2):
        told = [right for likely, right in scored if likely >= step / 100]
        precision, recall = sum(told) / max(1, len(told)), sum(told) / max(1, wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        best = max(best, (step / 100, f1), key=lambda one: one[1])
        print(f"  {step / 100:.2f}  P {100 * precision:.1f}  R {100 * recall:.1f}  F1 {100 * f1:.1f}")
    return best


def farthest(documents: Any, known: Reporting, cue: dict[str, float], source: dict[str, float], least: float) -> float:
    """What a source adds to a cue's score at most, but for one told statement in two hundred."""
    added = list[float]()
    for seen, _ in documents:
        for said in clauses(seen, known):
            for at in cue_positions(said, known):
                chunk, features = with_source(said, at, known, source)
                alone = logit(cue, [*cue_features(said, at, known), "bias"])
                whole = logit(cue, [*features, "bias"])
                if chunk and probability(whole) >= least:
                    added.append(whole - alone)
    return round(sorted(added)[-max(1, len(added) // 200)], 2)


def rounded(weights: dict[str, float]) -> dict[str, float]:
    return {feature: round(value, 2) for feature, value in weights.items() if abs(value) >= 0.04}


if __name__ == "__main__":
    main()
