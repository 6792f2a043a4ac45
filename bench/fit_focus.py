"""Fit a focus: which of the claims that are read would MUC-4's analysts have recorded?

    python -m bench.fit_focus --data DIR [--out weights.json] [--threshold 0.25]

DIR holds ``docs.jsonl`` and ``keys.jsonl`` of MUC-4's development set. A claim counts as recorded when some fact of its
document's key agrees in harm and number and shares a content word. Only numbers are written: features seen fewer than
``--least`` times are left out, so that no single name can carry weight.
"""

import argparse
import collections
import json
import re
from pathlib import Path
from typing import Any

import msgspec

from uncounted.model.claims import Claim, Document
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.read.focus import features
from uncounted.stages.read.grammar import GrammarReader

COMMON = {"people", "person", "persons", "others", "individuals", "victims", "deaths", "casualties", "members"}


def words(text: str) -> set[str]:
    found = {"*" if word in COMMON else word[:5] for word in re.findall(r"[a-z]{3,}", text.lower())}
    return found - {"the", "and", "their", "his", "her", "two", "three", "four", "five", "six", "other"}


def agrees(number: str, claim: Claim) -> bool:
    low, high = claim.count.low, claim.count.high
    exact = low is not None and low == high
    if number.upper().startswith("PLURAL"):
        return not exact or claim.count.quantifier == "vague"
    found = re.search(r"\d+", number)
    return found is not None and claim.count.quantifier != "vague" and int(found[0]) in (low, high)


def recorded(claim: Claim, facts: list[dict[str, Any]]) -> bool:
    victim = words(claim.victim.text) if claim.victim else set()
    for fact in facts:
        if claim.harm not in fact["harms"]:
            continue
        if fact["number"] and not any(agrees(number, claim) for number in fact["number"]):
            continue
        named = words(" ".join(fact["strings"]))
        nameless = victim <= {"*"} or "*" in named
        if victim & named or (nameless and (claim.count.low or claim.count.high or 0) > 1):
            return True
    return False


def rows(folder: Path) -> tuple[list[dict[str, float]], list[bool]]:
    reader, seen, judged = GrammarReader(), [], []
    keys = [json.loads(line) for line in (folder / "keys.jsonl").open(encoding="utf-8")]
    with (folder / "docs.jsonl").open("rb") as lines:
        for line, key in zip(lines, keys, strict=True):
            for reading in reader.readings(msgspec.json.decode(line, type=Document)):
                claim = reading.claim
                if claim.modality in HELD_MODALITIES and claim.harm in ("killed", "injured"):
                    seen.append(features(reading))
                    judged.append(recorded(claim, key["facts"]))
    return seen, judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--threshold", type=float, default=0.25)
    parser.add_argument("--least", type=int, default=8)
    options = parser.parse_args()

    if options.data is None:
        print("needs --data DIR with docs.jsonl and keys.jsonl; nothing fitted")
        return

    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen, judged = rows(options.data)
    often = collections.Counter(name for row in seen for name in row)
    kept = [{name: value for name, value in row.items() if often[name] >= options.least} for row in seen]
    table = DictVectorizer()
    model = LogisticRegression(C=0.7, max_iter=3000).fit(table.fit_transform(kept), judged)
    fitted = {
        "about": "Acts as MUC-4's analysts recorded them: no combat of armed sides, no old events, no totals.",
        "threshold": options.threshold,
        "intercept": round(float(model.intercept_[0]), 3),
        "weights": {
            name: round(float(weight), 3) for name, weight in zip(table.feature_names_, model.coef_[0], strict=True)
        },
    }
    print(f"{len(seen)} claims, {sum(judged)} of them recorded, {len(fitted['weights'])} features")
    if options.out:
        options.out.write_text(json.dumps(fitted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
