"""How fast reports are read with all fields, on one core: claims, chains, places and times.

``python -m bench reading_speed`` reads invented reports; with ``UNCOUNTED_DEV_DATA`` also a recorder's real ones. Times
are of the processor. ``--large`` adds one document of 0.1, 1 and 10 MB in English and one in Arabic: the cost must grow
as the length does.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.annotated.form import reports

from uncounted.model.claims import Document
from uncounted.stages.locate.attach import locate
from uncounted.stages.locate.gazetteer import Gazetteer, open_gazetteer
from uncounted.stages.read.chain_cues import with_cues
from uncounted.stages.read.chains import chains
from uncounted.stages.read.grammar import GrammarReader

T = TypeVar("T")

PASSES = 3
"""The best of so many passes counts: on a busy machine even processor time swells."""
SIZE = 2_700
"""Code points of an invented document: as long as a recorder's assessment."""


def invented(count: int, language: str = "en") -> list[Document]:
    """Documents of several annotated reports each, all different."""
    texts = [report.document.text for report in reports(language)]
    made = []
    for at in range(count):
        text = ""
        for step in range(len(texts)):
            if len(text) >= SIZE:
                break
            text += texts[(at + step * (1 + at % 7)) % len(texts)] + "\n\n"
        made.append(Document(id=f"d{at}", text=f"Report {at}.\n\n{text}", published="2025-03-05", publisher="Courier"))
    return made


def assessments(folder: Path, count: int) -> list[Document]:
    """A recorder's assessments, of the development data."""
    lines = (folder / "reading/airwars/docs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:count]]
    return [Document(id=row["id"], text=row["text"], published=row.get("published")) for row in rows]


def measured(name: str, documents: Sequence[Document]) -> None:
    """Print milliseconds a document for each part, and documents a second for all of them."""
    with TemporaryDirectory() as folder:
        gazetteer = open_gazetteer(Path(folder) / "none.csv")
        reader = GrammarReader()
        reader.read(documents[0])
        passes = [once(documents, reader, gazetteer) for _ in range(PASSES if len(documents) > 1 else 1)]
    spent, claims = min(passes, key=lambda one: sum(one[0].values()))
    whole = sum(spent.values())
    letters = sum(len(document.text) for document in documents) / len(documents)
    parts = ", ".join(f"{part} {1000 * seconds / len(documents):.2f} ms" for part, seconds in spent.items())
    print(
        f"   {name}: {len(documents)} documents of {letters:,.0f} code points, {claims} claims: {parts};"
        f" {len(documents) / whole:.0f} documents/s"
    )


def once(documents: Sequence[Document], reader: GrammarReader, gazetteer: Gazetteer) -> tuple[dict[str, float], int]:
    """Seconds of each part over all documents, and the number of claims."""
    spent = dict.fromkeys(("claims", "chains", "places and times"), 0.0)
    claims = 0
    for document in documents:
        found = timed(spent, "claims", lambda: reader.read(document))  # noqa: B023 - called at once
        found = timed(spent, "chains", lambda: with_cues(document, chains(document, found)))  # noqa: B023
        timed(spent, "places and times", lambda: locate(document, found, gazetteer))  # noqa: B023
        claims += len(found)
    return spent, claims


def timed(spent: dict[str, float], part: str, act: Callable[[], T]) -> T:
    """Do something and add its processor time."""
    begun = time.process_time()
    done = act()
    spent[part] += time.process_time() - begun
    return done


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="one document of 0.1, 1 and 10 MB in each language")
    parser.add_argument("--documents", type=int, default=150)
    wanted = parser.parse_args()
    measured("invented", invented(wanted.documents))
    if os.environ.get("UNCOUNTED_DEV_DATA"):
        measured("assessments", assessments(Path(os.environ["UNCOUNTED_DEV_DATA"]), wanted.documents))
    for language in ("en", "ar") if wanted.large else ():
        unit = "\n\n".join(document.text for document in invented(8, language))
        for size in (100_000, 1_000_000, 10_000_000):
            text = (unit * (size // len(unit) + 1))[:size]
            document = Document(id="d", text=text, published="2025-03-05", language=language)
            measured(f"{language}, {size / 1e6:g} MB", [document])


if __name__ == "__main__":
    main()
