"""A folder of kept estimates: one small file a result, named by what it was made from."""

import os
import tempfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path


class Kept(MutableMapping[str, str]):
    """Estimates by key in a folder. A file appears whole or not at all, so that a run may be stopped at any moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._file(key).exists()

    def __getitem__(self, key: str) -> str:
        try:
            return self._file(key).read_text("utf-8")
        except FileNotFoundError:
            raise KeyError(key) from None

    def __setitem__(self, key: str, value: str) -> None:
        file = self._file(key)
        file.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as new:
            new.write(value)
        Path(name).replace(file)

    def __delitem__(self, key: str) -> None:
        self._file(key).unlink()

    def __iter__(self) -> Iterator[str]:
        return (file.stem for file in sorted(self.folder.glob("??/*.json")))

    def __len__(self) -> int:
        return sum(1 for _ in self)
