"""Run the standard benchmarks, or one that is named on the command line with its own arguments."""

import importlib
import sys

STANDARD = ("capture", "ledger", "names", "incidents", "toll", "publish", "desk", "road")
"""What ``make bench`` runs: no arguments, minutes rather than hours; ``road`` is skipped where its data is not."""


def main() -> None:
    named = sys.argv[1:2]
    for name in named or STANDARD:
        print(f"== {name}", flush=True)
        sys.argv = [f"bench.{name}", *sys.argv[2:]] if named else [f"bench.{name}"]
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
