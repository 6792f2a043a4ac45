"""A release: the same bytes each time, every number at its words, nothing that could run or call out."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from tests.stages.publish.invented import KILLED, TEXTS, dossier
from uncounted.model.corrections import Correction
from uncounted.model.errors import BadInput, Refused
from uncounted.model.identity import digest
from uncounted.model.incidents import TollCell
from uncounted.stages.assess.tree import origin_tree
from uncounted.stages.publish import publish


class Page(HTMLParser):
    """What a page links to, which ids it has, and which text lies in its marked passages."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.resources: list[str] = []
        self._link: list[str] | None = None
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.resources += [value for name, value in attrs if name in {"src", "href", "xlink:href", "action"} and value]
        if tag == "a" and has.get("href"):
            self._link = [has["href"] or "", ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self.links.append((self._link[0], self._link[1]))
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._link is not None:
            self._link[1] += data


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    publish(dossier(), folder)
    return folder


def html(release: Path) -> dict[Path, str]:
    return {path: path.read_text() for path in release.rglob("*.html")}


def test_the_same_dossier_gives_the_same_bytes(tmp_path: Path) -> None:
    publish(dossier(), tmp_path / "one")
    publish(dossier(), tmp_path / "two")
    one, two = (
        {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two


def test_the_manifest_names_every_file_by_its_hash(release: Path) -> None:
    listed = json.loads((release / "manifest.json").read_bytes())["files"]
    found = {str(p.relative_to(release)): digest(p.read_bytes()) for p in release.rglob("*") if p.is_file()}
    del found["manifest.json"]
    assert listed == found


def test_every_link_leads_to_a_page_and_an_anchor_that_exist(release: Path) -> None:
    ids = {path.resolve(): set(Page(text).ids) for path, text in html(release).items()}
    for path, text in html(release).items():
        for to in Page(text).resources:
            name, _, anchor = to.partition("#")
            target = (path.parent / name).resolve() if name else path.resolve()
            assert target.is_file(), f"{path.name} → {to}"
            assert not anchor or anchor in ids[target], f"{path.name} → {to}"


def test_every_number_leads_to_its_passage_in_at_most_two_clicks(release: Path) -> None:
    shown = dossier()
    figure = re.compile(r"^(\d[\d,]*(–\d[\d,]*)?( or more)?|up to \d+)$")
    numbers = 0
    for path, text in html(release).items():
        for to, words in Page(text).links:
            if not figure.match(words.strip()) or "class" in to:
                continue
            numbers += 1
            name, _, _ = to.partition("#")
            first = (path.parent / name).resolve() if name else path
            assert any(claim in Page(first.read_text()).ids for claim in shown.claims), f"{words} on {path.name}"
    assert numbers >= 8


def test_each_claims_page_shows_exactly_the_captures_slice(release: Path) -> None:
    for row in csv.DictReader(io.StringIO((release / "claims.csv").read_text())):
        name, _, anchor = row["page"].partition("#")
        page = (release / name).read_text()
        card = page[page.index(f'<article class="claim" id="{anchor}"') :]
        card = card[: card.index("</article>")]
        pieces = re.findall(r'<mark class="([^"]*)">(.*?)</mark>', card, re.DOTALL)
        shown = "".join(piece for roles, piece in pieces if "passage" in roles.split())
        text = (release / "captures" / f"{row['capture']}.txt").read_bytes().decode()
        passage = text[int(row["start"]) : int(row["end"])]
        assert shown == passage == row["passage"].removeprefix("'")


def test_working_texts_hash_to_what_the_captures_say(release: Path) -> None:
    for capture in dossier().captures.values():
        assert digest((release / "captures" / f"{capture.id}.txt").read_bytes()) == capture.text


def test_a_capture_page_holds_the_whole_text_to_the_letter(release: Path) -> None:
    for name, text in TEXTS.items():
        page = (release / "captures" / f"{name}.html").read_text()
        body = re.search(r'<div class="words whole"[^>]*>(.*?)</div>', page, re.DOTALL)
        assert body is not None
        plain = re.sub(r"</?(?:mark|span)[^>]*>", "", body.group(1))
        for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
            plain = plain.replace(entity, letter)
        assert plain == text


def test_nothing_in_a_page_can_run_or_call_out(release: Path) -> None:
    for path, text in html(release).items():
        page = Page(text)
        scripts = re.findall(r"<script.*?</script>", text, re.DOTALL)
        if path.name == "map.html":
            assert [re.sub(r"(\.\./)*", "", one) for one in scripts] == [
                '<script src="explore-data.js"></script>', '<script src="explore.js"></script>',
            ]  # fmt: skip
        else:
            assert scripts == [], path.name
        assert "style" not in page.tags, path.name
        assert not any(name.startswith("on") or name == "style" for name, _ in page.attributes), path.name
        assert not any(re.match(r"\w+:|//", to) for to in page.resources), path.name
    style = (release / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


def test_a_script_in_a_report_is_words(release: Path) -> None:
    page = (release / "captures" / "cwire.html").read_text()
    assert "&lt;script&gt;" in page
    assert "<b>market</b>" not in page


def test_arabic_is_set_right_to_left(release: Path) -> None:
    assert 'dir="rtl" lang="ar"' in (release / "captures" / "carabic.html").read_text()


def test_every_page_of_an_invented_case_says_so_and_a_real_one_does_not(release: Path, tmp_path: Path) -> None:
    assert all('class="invented"' in text for text in html(release).values())
    publish(dossier(invented=False), tmp_path)
    assert not any('class="invented"' in text for text in html(tmp_path).values())


def test_an_open_bound_is_put_in_words_and_an_unknown_one_too(release: Path) -> None:
    index = (release / "index.html").read_text()
    assert ">21 or more<" in index
    assert "∞" not in index
    assert "None" not in "".join(html(release).values())


def test_the_path_a_file_had_on_somebodys_machine_is_not_published(release: Path) -> None:
    for path in release.rglob("*"):
        assert not path.is_file() or b"/home/someone" not in path.read_bytes()


def test_the_methods_page_states_every_rule_of_the_policy(release: Path) -> None:
    page = (release / "methodology.html").read_text()
    assert "open high" in page
    assert "stays open" in page
    assert "not known" in page


def test_claims_whose_words_are_not_the_reports_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    moved = msgspec.structs.replace(
        KILLED, passage=msgspec.structs.replace(KILLED.passage, start=KILLED.passage.start + 1)
    )
    with pytest.raises(BadInput, match="kkilled"):
        publish(dossier(claims={"kkilled": moved}), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_later_release_removes_what_it_no_longer_holds(tmp_path: Path) -> None:
    publish(dossier(), tmp_path)
    (tmp_path / "claims.csv").unlink()
    manifest = publish(dossier(incidents=(), toll={}, origins={}), tmp_path)
    assert not (tmp_path / "incidents" / "imarket.html").exists()
    assert set(manifest.files) == {
        str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file() and p.name != "manifest.json"
    }


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(Refused, match="no release"):
        publish(dossier(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_id_that_would_lead_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be the name"):
        publish(dossier(texts={**TEXTS, "../../evil": "x"}), tmp_path)


def test_an_empty_case_has_a_site_that_says_no_figure(tmp_path: Path) -> None:
    publish(dossier(toll={}, incidents=(), claims={}, origins={}, captures={}, texts={}), tmp_path)
    assert "No figure can be given yet" in (tmp_path / "index.html").read_text()


def test_a_decided_correction_is_shown_without_the_words_or_the_name_of_anybody(tmp_path: Path) -> None:
    asked = Correction(
        id="q1", about="imarket", subject="kkilled", reason="typo", said="I am Nobody Invented and I saw it",
        at="2031-05-20T08:00:00Z", verdict="accepted", note="The place was mended.", by="Rana Invented",
        decided="2031-05-21T08:00:00Z",
    )  # fmt: skip
    waiting = Correction(id="q2", about="clinic:7", subject="clinic:7", reason="alive", said="x", at="2031-05-22")
    publish(dossier(corrections=(asked, waiting)), tmp_path)
    page = (tmp_path / "corrections.html").read_text()
    assert "The place was mended." in page
    assert 'href="incidents/imarket.html"' in page
    assert "wait for a decision: 1" in page
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(word in data for word in (b"Nobody Invented", b"Rana Invented", b"clinic:7")), path.name


def test_figures_beside_the_toll_and_tables_have_their_words_too(tmp_path: Path) -> None:
    told = TollCell(cell={"harm": "killed", "group": "people", "beside": "conceded"}, low=2, high=2, policy="reported",
                    claims=("kkilled",), origins=1)  # fmt: skip
    part = TollCell(cell={"harm": "killed", "group": "people", "sex": "unknown"}, low=3, high=None, policy="reported",
                    claims=("kseven",), origins=1)  # fmt: skip
    publish(dossier(beside=(told,), tables={"sex": (part,)}), tmp_path)
    index = (tmp_path / "index.html").read_text()
    assert "Told beside the toll" in index
    for name in ("beside", "sex"):
        (page,) = re.findall(rf'href="(toll/{name}-\w+\.html)"', index)
        assert 'class="claim"' in (tmp_path / page).read_text()


def test_the_share_of_a_figure_that_rests_on_one_origin_stands_beside_it_unless_it_is_withheld(tmp_path: Path) -> None:
    cell = msgspec.structs.replace(dossier().toll[""][0], low=20, alone=5)
    publish(dossier(toll={"": (cell,)}), tmp_path / "told")
    publish(dossier(toll={"": (msgspec.structs.replace(cell, alone=None),)}), tmp_path / "withheld")
    assert "25 % on one origin alone" in (tmp_path / "told" / "index.html").read_text()
    assert "25% على مصدر أصلي واحد" in (tmp_path / "told" / "ar" / "index.html").read_text()
    assert "on one origin alone" not in (tmp_path / "withheld" / "index.html").read_text()
    shares = [json.loads((tmp_path / name / "toll.json").read_text())["toll"][""][0]["share_alone"]
              for name in ("told", "withheld")]  # fmt: skip
    assert shares == [0.25, None]


def test_an_incidents_page_draws_who_told_whom_down_to_the_claims(tmp_path: Path) -> None:
    made = dossier()
    trees = {"imarket": tuple(origin_tree(one, made.claims, made.captures) for one in made.origins["imarket"])}
    publish(dossier(trees=trees), tmp_path)
    page = (tmp_path / "incidents" / "imarket.html").read_text()
    tree = page[page.index('<ul class="tree">') : page.index('id="claims"')]
    steps = re.sub(r"<[^>]+>", " ", tree).split()
    assert [steps.index(word) for word in ("hospital", "Valley", "2031-05-07,")] == sorted(
        steps.index(word) for word in ("hospital", "Valley", "2031-05-07,")
    )
    assert 'href="#kkilled"' in tree
    assert 'id="kkilled"' in page
