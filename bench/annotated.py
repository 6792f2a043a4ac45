"""The annotated reports: claims F1 and chains exactly right, with what went wrong by class.

``python -m bench annotated [--misses]``; the reports lie in ``tests/annotated``.
"""

import argparse

from tests.annotated.form import LANGUAGES, reports
from tests.annotated.scoring import score

from uncounted.stages.read.standard import standard_reader


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true", help="show each miss")
    wanted = parser.parse_args()
    everything = {language: reports(language) for language in LANGUAGES}
    for name, found in (*everything.items(), ("all", [one for held in everything.values() for one in held])):
        got = score(found, standard_reader())
        print(
            f"   {name:3} {len(found):3} reports  claims P {got.precision:.1%} R {got.recall:.1%} F1 {got.f1:.1%}"
            f" ({got.right} of {got.annotated} annotated, {got.read} read)  chains {got.chain:.1%} ({got.chains})"
        )
        if name == "all":
            print("   " + ", ".join(f"{kind} {number}" for kind, number in got.classes()))
            for miss in got.misses if wanted.misses else ():
                claim = miss.claim
                chain = " > ".join(f"{node.name}:{node.kind}" for node in claim.attribution[1:])
                bounds = f"{claim.count.low}..{claim.count.high}"
                print(f"      {miss.document} {miss.kind}: {claim.harm} {bounds} {claim.group} {claim.modality}"
                      f" «{claim.victim.text if claim.victim else claim.passage.text}» {chain}")  # fmt: skip


if __name__ == "__main__":
    main()
