"""How long a release takes: invented incidents of five claims each in three reports, published into a folder.

Usage: ``python -m bench publish`` for 10,000 incidents, or ``UNCOUNTED_BENCH_INCIDENTS=N``.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from uncounted.model.claims import Claim, Count, Passage, Place, Source, Time
from uncounted.model.evidence import Capture
from uncounted.model.identity import digest
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.model.release import Dossier
from uncounted.stages.publish import publish

SAID = "Shells fell on the quarter of Town {town} in the night. {count} people were killed, the town hospital said. "
FILLER = "Families left with what they could carry, and the road to the valley was closed until the morning. "


def made(number: int, seed: int = 1) -> Dossier:
    """A dossier of invented incidents, spread over 500 towns and four years."""
    draw = random.Random(seed)
    incidents, claims, origins, captures, texts, cells = [], {}, {}, {}, {}, []
    for at in range(number):
        name, low = f"i{at:06}", draw.randint(1, 40)
        day = f"20{30 + at % 4}-{1 + at % 12:02}-{1 + at % 28:02}"
        place = Place(name=f"Town {at % 500}", lat=20 + at % 25 * 0.4, lon=30 + at % 20 * 0.5, precision="town")
        ids = []
        for one in range(5):
            document, claim, count = f"d{at}-{one % 3}", f"k{at}-{one}", low + one
            text = texts.get(document, "") + SAID.format(town=at % 500, count=count) + FILLER * draw.randint(2, 8)
            start = text.index(f"{count} people were killed", len(texts.get(document, "")))
            texts[document] = text
            claims[claim] = Claim(
                document=document,
                id=claim,
                harm="killed",
                passage=Passage(text[start : start + len(str(count)) + 19], start, start + len(str(count)) + 19),
                count=Count(low=count, high=count, quantifier="exact", text=str(count), start=start,
                            end=start + len(str(count))),
                attribution=(Source(name=f"Outlet {one % 3}", kind="publisher"),
                             Source(name="the town hospital", kind="medical")),
                place=place,
            )  # fmt: skip
            ids.append(claim)
        for document in {claims[claim].document for claim in ids}:
            text = texts[document]
            captures[document] = Capture(
                id=document, object=digest(text.encode()), form="text", size=len(text), name=f"{document}.txt",
                taken="2034-01-01T00:00:00Z", text=digest(text.encode()), title=f"Report {document}", published=day,
            )  # fmt: skip
        incidents.append(
            Incident(id=name, anchor=ids[0], claims=tuple(ids), title=f"Shelling of {place.name}", place=place,
                     time=Time(from_=day, to=day, precision="day"))
        )  # fmt: skip
        origins[name] = (Origin(id=f"o{at}", name="the town hospital", kind="medical", claims=tuple(ids)),)
        cells.append(
            TollCell(cell={"incident": name, "harm": "killed", "group": "people"}, low=low, high=low + 4,
                     policy="literal", incidents=(name,), origins=1, claims=tuple(ids), why=("one origin",))
        )  # fmt: skip
    whole = TollCell(
        cell={"harm": "killed", "group": "people"}, low=sum(c.low or 0 for c in cells), high=None, policy="literal",
        incidents=tuple(i.id for i in incidents), origins=number, claims=tuple(claims),
    )  # fmt: skip
    return Dossier(
        title="A bench (invented)", invented=True, facts=number, root=digest(b"bench"), policy="literal", rules={},
        toll={"": (whole,), "incident": tuple(cells)}, incidents=tuple(incidents), claims=claims, origins=origins,
        captures=captures, texts=texts,
    )  # fmt: skip


def main() -> None:
    """Publish, publish again after one change, and print how long each took and what came out."""
    number = int(os.environ.get("UNCOUNTED_BENCH_INCIDENTS", "10000"))
    dossier = made(number)
    with tempfile.TemporaryDirectory() as folder:
        site, memory = Path(folder) / "site", Path(folder) / "memory"
        full = _timed(lambda: publish(dossier, site, memory=memory))
        changed = msgspec.structs.replace(dossier, facts=number + 1, root=digest(b"later"), incidents=(
            msgspec.structs.replace(dossier.incidents[0], title="Shelling of Town 0, corrected"),
            *dossier.incidents[1:],
        ))  # fmt: skip
        again = _timed(lambda: publish(changed, site, memory=memory))
        written = sum(1 for p in site.rglob("*") if p.is_file() and p.stat().st_mtime > memory.stat().st_ctime - again)
        pages = sorted((p.stat().st_size, str(p.relative_to(site))) for p in site.rglob("*.html"))
        files = [p for p in site.rglob("*") if p.is_file()]
        size = sum(p.stat().st_size for p in files)
    print(f"{number} incidents, {len(dossier.claims)} claims, {len(dossier.captures)} reports; processor seconds")
    print(f"{len(files)} files, {size / 1e6:.0f} MB, {full:.1f} s; {full / number * 1e3:.2f} ms an incident")
    print(f"again after one change: {again:.2f} s, {written} files written")
    print("largest pages: " + ", ".join(f"{name} {size / 1e3:.0f} kB" for size, name in pages[-6:]))


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
