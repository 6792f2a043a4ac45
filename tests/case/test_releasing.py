"""Releases of an invented case: re-made to the byte, explained, and safe for those who are named in the case."""

import io
import json
import random
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.case.invented import ADA, claim, report
from uncounted.case import Case, corrections, lists, policies, releasing, reviewing, safety, sealing
from uncounted.case import consent as consenting
from uncounted.model.claims import Claim, Count, Passage, Place, Time
from uncounted.model.errors import Refused

BEN = "Ben Reviewer"
ENGLISH = ("en",)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "case", "Invented", ADA, invented=True)
    for number in range(3):
        claim(made, number, 7 + number, f"clinic of ward {number}", at=number)
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_release_twice_and_after_a_rebuild_is_the_same_to_the_byte(case: Case, tmp_path: Path) -> None:
    for profile in ("open", "careful"):
        for name in ("one", "two"):
            releasing.publish(case, tmp_path / profile / name, BEN, profile=profile, languages=ENGLISH)
            case.views.rebuild()
        assert files(tmp_path / profile / "one") == files(tmp_path / profile / "two")


def test_a_later_release_says_what_changed_and_why(case: Case, tmp_path: Path) -> None:
    releasing.publish(case, tmp_path / "first", BEN, languages=ENGLISH)
    form = tmp_path / "form.toml"
    wrong = case.views.claims(status="accepted")[0].claim
    form.write_text(f'about = "{wrong.id}"\nreason = "duplicate"\nsaid = "counted in Odra already"\n')
    asked = corrections.ask(case, form, BEN)
    corrections.decide(case, asked.id, "accepted", BEN, "It was counted twice.", reject=(wrong.id,))
    claim(case, 9, 30, "clinic of ward 9", at=1)
    releasing.publish(case, tmp_path / "second", BEN, languages=ENGLISH)
    said = (tmp_path / "second" / "CHANGELOG.md").read_text()
    assert "Since the release first" in said
    assert f"correction {asked.id}: It was counted twice." in said
    assert "people killed: 24 → 17" in said
    (told,) = json.loads((tmp_path / "second" / "corrections.json").read_bytes())
    assert (told["verdict"], told["note"]) == ("accepted", "It was counted twice.")
    assert not {"said", "by"} & told.keys()
    page = (tmp_path / "second" / "corrections.html").read_text()
    assert "It was counted twice." in page


def test_a_release_bears_its_papers_and_its_sums_check(case: Case, tmp_path: Path) -> None:
    (case.folder / "LICENSE").write_text("CC BY-SA 4.0\n")
    releasing.publish(case, tmp_path / "release", BEN, languages=ENGLISH)
    folder = tmp_path / "release"
    assert "cff-version" in (folder / "CITATION.cff").read_text()
    assert "CC BY-SA 4.0" in (folder / "LICENSE").read_text()
    assert (folder / "checkpoint.txt").read_text().splitlines()[1] == str(len(case.ledger) - 1)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS", "--quiet"], cwd=folder, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_policy_that_is_adopted_rules_the_release(case: Case, tmp_path: Path) -> None:
    policies.adopt(case, "ohchr", BEN, "for the yearly report")
    made = releasing.publish(case, tmp_path / "release", BEN, languages=ENGLISH)
    assert made.policy == "ohchr"
    tables = json.loads((tmp_path / "release" / "beside.json").read_bytes())["tables"]
    assert {cell["cell"]["part"]: cell["low"] for cell in tables["sex"]} == {"unknown": 24}


def test_a_planted_name_that_would_come_out_stops_the_release(case: Case, tmp_path: Path) -> None:
    (case.folder / safety.CANARIES).write_text("clinic of ward 1\n")
    with pytest.raises(Refused) as refused:
        releasing.publish(case, tmp_path / "release", BEN, languages=ENGLISH)
    assert "ward 1" not in str(refused.value)
    assert not (tmp_path / "release" / "manifest.json").exists()


def test_withdrawn_consent_takes_the_words_and_keeps_the_figure(case: Case, tmp_path: Path) -> None:
    capture = case.views.claims(status="accepted")[0].claim.document
    consenting.state(case, BEN, capture, ["publish"], given=False)
    releasing.publish(case, tmp_path / "release", BEN, languages=ENGLISH)
    written = files(tmp_path / "release")
    assert not [path for path, data in written.items() if b"clinic of ward 0" in data or b"Paper 0" in data]
    (whole,) = json.loads(written["toll.json"])["toll"][""]
    assert whole["low"] == 24


def test_a_name_with_a_small_article_is_withheld_without_consent(case: Case, tmp_path: Path) -> None:
    words = "Mahmud al-Mukhtara was killed"
    capture = report(case, 8, f"{words}, the clinic said.")
    named = "Mahmud al-Mukhtara"
    made = Claim(
        document=capture, id="", harm="killed", passage=Passage(words, 0, len(words)),
        victim=Passage(named, 0, len(named)), count=Count(low=1, high=1, quantifier="exact"), place=Place(name="Mara"),
        time=Time(from_="2025-03-01", to="2025-03-01", precision="day"),
    )  # fmt: skip
    reviewing.add_claim(case, made, "Ada Recorder")
    releasing.publish(case, tmp_path / "open", BEN, languages=ENGLISH)
    assert [path for path, data in files(tmp_path / "open").items() if b"Mukhtara" in data]
    releasing.publish(case, tmp_path / "careful", BEN, profile="careful", languages=ENGLISH)
    assert not [path for path, data in files(tmp_path / "careful").items() if b"Mukhtara" in data]


def test_a_request_needs_a_key_for_whoever_asks_and_never_shows_them(case: Case, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    form.write_text(
        'about = "' + case.views.claims()[0].claim.id + '"\nreason = "safety"\nsaid = "take it down"\n'
        'from = "Tarik Planted"\ncontact = "+00 000 0042"\n'
    )
    with pytest.raises(Refused, match="no key"):
        corrections.ask(case, form, BEN)
    sealing.make_key(case, tmp_path / "key", BEN)
    asked = corrections.ask(case, form, BEN)
    assert corrections.ask(case, form, BEN) == asked
    assert sealing.unseal(case, "c" + asked.id[1:], "from", tmp_path / "key") == "Tarik Planted"
    stored = [path for path in case.folder.rglob("*") if path.is_file() and b"Tarik Planted" in path.read_bytes()]
    assert stored == []


def test_the_words_of_a_private_request_are_under_seal_alone(case: Case, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    about = case.views.claims()[0].claim.id
    form.write_text(f'about = "{about}"\nreason = "safety"\nsaid = "my uncle Planted hides there"\nprivate = true\n')
    with pytest.raises(Refused, match="no key"):
        corrections.ask(case, form, BEN)
    sealing.make_key(case, tmp_path / "key", BEN)
    asked = corrections.ask(case, form, BEN)
    assert asked.said == ""
    assert sealing.unseal(case, "c" + asked.id[1:], "said", tmp_path / "key") == "my uncle Planted hides there"
    assert [path for path in case.folder.rglob("*") if path.is_file() and b"uncle Planted" in path.read_bytes()] == []
    assert corrections.ask(case, form, BEN).id != asked.id


def planted(number: int) -> str:
    return f"Canarius{number} Velloni{number}"


def victim(case: Case, number: int) -> None:
    """One invented victim, told of by name in a report of its own, and on a list."""
    name = planted(number)
    text = f"{name} was killed in Mara, a neighbour said."
    capture = report(case, 500 + number, text, author=planted(900))
    reviewing.add_claim(
        case,
        Claim(
            document=capture, id="", harm="killed", passage=Passage(f"{name} was killed", 0, len(name) + 11),
            victim=Passage(name, 0, len(name)), count=Count(low=1, high=1, quantifier="exact"),
            place=Place(name="Mara", lat=12.345678, lon=45.678912, precision="exact"),
            time=Time(from_="2025-03-01", to="2025-03-01", precision="day"), flags=("named",),
        ),
        "Ada Recorder",
    )  # fmt: skip


def test_twenty_successive_releases_reveal_none_of_the_planted_people(case: Case, tmp_path: Path) -> None:
    draw = random.Random(8)
    rows = "".join(f"{number},{planted(number)},f,30\n" for number in range(60))
    (tmp_path / "list.csv").write_text("id,name,sex,age\n" + rows)
    lists.add(case, tmp_path / "list.csv", ADA, name="families")
    people, shown = 0, dict[str, list[int]]()
    for turn in range(20):
        for _ in range(draw.choice((1, 1, 2, 3))):
            victim(case, people)
            people += 1
        if turn % 4 == 0:
            claim(case, 100 + turn, 6 + turn, f"clinic of ward {turn}", at=turn % 3)
        folder = tmp_path / f"release{turn}"
        releasing.publish(case, folder, BEN, profile="careful", languages=ENGLISH)
        for path, data in files(folder).items():
            assert b"Canarius" not in data, path
            assert b"Velloni" not in data, path
            assert b"12.3456" not in data, path
        toll = json.loads((folder / "toll.json").read_bytes())["toll"]
        for by, cells in toll.items():
            for cell in cells:
                shown.setdefault(f"{by} {cell['cell']}", []).append(cell["low"] or 0)
            if by in ("month", "place", "incident") and cells and toll[""]:
                killed = [cell["low"] or 0 for cell in cells if cell["cell"]["harm"] == "killed"]
                shown.setdefault(f"rest of {by}", []).append(toll[""][0]["low"] - sum(killed))
    assert people > 30
    revealed = [
        name for name, values in shown.items()
        if any(0 < abs(one - other) < 5 for one in [*values, 0] for other in [*values, 0])
    ]  # fmt: skip
    assert revealed == []
    assert any(len(set(values)) > 2 for values in shown.values())


@pytest.mark.parametrize(
    "data",
    [
        b"said D\xc3\xaf O'Planted", b"said D\xc3\xaf O&#x27;Planted", b'{"said": "D\\u00ef O\'Planted"}',
        b"/search?q=D%C3%AF%20O%27Planted",
    ],
)  # fmt: skip
def test_a_planted_name_is_found_however_a_file_writes_it(data: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", data)
    for held in (data, packed.getvalue()):
        with pytest.raises(Refused, match="line 2") as refused:
            safety.silent_about("a.xlsx", held, ("Nobody Here", "D\u00ef O'Planted"))
        assert "Planted" not in str(refused.value)
    safety.silent_about("a.xlsx", packed.getvalue(), ("Nobody Here",))
