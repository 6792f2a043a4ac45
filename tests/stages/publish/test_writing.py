"""Publishing again: what has not changed is left alone, and what comes out is the same to the byte."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.publish.invented import FIRST, MARKET, SECOND, TEXTS, dossier
from uncounted.model.claims import Claim, Passage
from uncounted.model.release import Dossier
from uncounted.stages.publish import publish, verify
from uncounted.stages.publish.site.cutting import parts_of
from uncounted.stages.publish.writing import JOURNAL


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def titled(title: str) -> Dossier:
    return dossier(incidents=(msgspec.structs.replace(FIRST, title=title), SECOND), facts=42, root="f" * 64)


@pytest.mark.parametrize(
    "change", ["title", "facts", "claim", "text", "report", "origin", "figure", "place", "nothing"]
)
def test_an_incremental_release_is_the_full_one_to_the_byte(tmp_path: Path, change: str) -> None:
    base, made = tmp_path, dossier()
    figures = tuple(msgspec.structs.replace(cell, why=("told anew",)) for cell in made.toll["incident"])
    changed = {
        "title": titled("Another title"),
        "facts": dossier(facts=99),
        "claim": dossier(claims={n: c for n, c in dossier().claims.items() if n != "ktotal"}),
        "text": dossier(texts={**TEXTS, "ctotal": TEXTS["ctotal"] + " More."}),
        "report": dossier(
            captures=made.captures
            | {"cwire": msgspec.structs.replace(made.captures["cwire"], title="Named anew", published="2031-05-30")}
        ),
        "origin": dossier(origins=made.origins | {"imarket": made.origins["imarket"][:1]}),
        "figure": dossier(toll=made.toll | {"incident": figures}),
        "place": dossier(claims=made.claims | {"kseven": msgspec.structs.replace(made.claims["kseven"], place=MARKET)}),
        "nothing": dossier(),
    }[change]
    publish(dossier(), base / "site", memory=base / "memory")
    publish(changed, base / "site", memory=base / "memory")
    publish(changed, base / "full")
    assert held(base / "site") == held(base / "full")
    verify(base / "site")


def test_pages_that_did_not_change_are_not_written_again(tmp_path: Path) -> None:
    publish(dossier(), tmp_path / "site", memory=tmp_path / "memory")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*") if p.is_file()}
    publish(titled("Another title"), tmp_path / "site", memory=tmp_path / "memory")
    written = {p.relative_to(tmp_path / "site").as_posix() for p, at in before.items() if p.stat().st_mtime_ns != at}
    assert "incidents/imarket.html" in written
    assert "verify.html" in written
    assert not written & {"incidents/ihamlet.html", "captures/carabic.html", "captures/cwire.txt", "style.css"}


def test_a_page_that_somebody_changed_is_made_again(tmp_path: Path) -> None:
    publish(dossier(), tmp_path / "site", memory=tmp_path / "memory")
    (tmp_path / "site" / "index.html").write_text("all is well")
    (tmp_path / "site" / "cite.html").unlink()
    publish(dossier(), tmp_path / "site", memory=tmp_path / "memory")
    verify(tmp_path / "site")


def test_a_memory_that_cannot_be_read_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "memory").write_bytes(b"\xff nonsense")
    publish(dossier(), tmp_path / "site", memory=tmp_path / "memory")
    verify(tmp_path / "site")


def test_a_writing_that_was_cut_off_can_be_done_again_and_leaves_nothing_behind(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / JOURNAL).write_text("toll/all-old.html\n")
    (site / "toll").mkdir()
    (site / "toll" / "all-old.html").write_text("half")
    publish(dossier(), site)
    assert not (site / "toll" / "all-old.html").exists()
    assert not (site / JOURNAL).exists()
    verify(site)


def test_a_link_in_the_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    publish(dossier(), tmp_path / "site")
    (tmp_path / "site" / "index.html").unlink()
    (tmp_path / "site" / "index.html").symlink_to(victim)
    publish(dossier(), tmp_path / "site")
    assert victim.read_text() == "mine"
    verify(tmp_path / "site")


def test_a_very_long_report_and_many_claims_go_on_over_pages_of_less_than_300_kb(tmp_path: Path) -> None:
    text = " ".join(f"In town {n} seven people died, the hospital said." for n in range(12_000))
    claims = {}
    for number in range(900):
        start = text.index(f"In town {number} ")
        passage = Passage(text[start : start + 30], start, start + 30)
        claims[f"k{number}"] = Claim(document="clong", id=f"k{number}", harm="killed", passage=passage)
    capture = msgspec.structs.replace(dossier().captures["cwire"], id="clong", text=None)
    one = msgspec.structs.replace(FIRST, claims=tuple(claims))
    made = dossier(
        claims=claims, captures={"clong": capture}, texts={"clong": text}, incidents=(one,), origins={}, toll={}
    )
    publish(made, tmp_path)
    sizes = {p.relative_to(tmp_path).as_posix(): p.stat().st_size for p in tmp_path.rglob("*.html")}
    assert max(sizes.values()) < 300_000
    assert "incidents/imarket.2.html" in sizes
    assert "captures/clong.2.html" in sizes


@given(
    st.text(alphabet="ab \n", max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40)), max_size=8)
)
def test_the_parts_of_a_report_are_its_text_and_hold_each_claim_once(text: str, spans: list[tuple[int, int]]) -> None:
    claims = sorted(
        (
            Claim(document="c", id=f"k{n}", harm="killed", passage=Passage(text[s : s + w], s, min(s + w, len(text))))
            for n, (s, w) in enumerate(spans)
            if s < len(text)
        ),
        key=lambda claim: (claim.passage.start, claim.passage.end, claim.id),
    )
    parts = parts_of(text, claims, letters=60, most=3)
    assert "".join(text[part.start : part.end] for part in parts) == text
    assert [claim.id for part in parts for claim in part.claims] == [claim.id for claim in claims]
