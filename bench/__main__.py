"""Run every benchmark of this folder, or those named on the command line."""

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    names = sys.argv[1:] or [
        module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__"
    ]
    for name in names:
        print(f"== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
