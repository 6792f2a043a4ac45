"""The interface of files: its document is valid OpenAPI, and every file is what the document says."""

import json
import re
from pathlib import Path

import pytest

from tests.stages.publish.invented import dossier
from uncounted.stages.publish import publish
from uncounted.stages.publish.api import ANSWERS, openapi


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    publish(dossier(), folder)
    return folder


def test_the_document_is_valid_openapi() -> None:
    from openapi_spec_validator import validate

    validate(openapi())


def test_every_file_of_the_interface_is_as_the_document_says(release: Path) -> None:
    from jsonschema import Draft202012Validator

    document = json.loads((release / "api/openapi.json").read_bytes())
    seen = set()
    for path in sorted((release / "api").rglob("*.json")):
        name = "/" + path.relative_to(release).as_posix()
        if name == "/api/openapi.json":
            continue
        (known,) = [p for p in document["paths"] if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(p)), name)]
        seen.add(known)
        schema = document["paths"][known]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator({**schema, "components": document["components"]}).validate(json.loads(path.read_bytes()))
    assert {p for p in ANSWERS if "{number}" not in p} == seen


def test_the_way_leads_from_the_release_to_a_passage(release: Path) -> None:
    about = json.loads((release / "api/release.json").read_bytes())
    listed = json.loads((release / about["links"]["incidents"]).read_bytes())
    market = json.loads((release / listed["incidents"][0]["at"]).read_bytes())
    killed = next(claim for claim in market["claims"] if claim["id"] == "kkilled")
    report = next(one for one in market["reports"] if one["id"] == killed["document"])
    text = (release / report["text"]).read_bytes().decode()
    passage = killed["passage"]
    assert text[passage["start"] : passage["end"]] == passage["text"]
    assert (release / market["page"]).is_file()


def test_an_open_bound_is_null(release: Path) -> None:
    toll = json.loads((release / "api/toll.json").read_bytes())
    assert toll["toll"][""][0]["high"] is None
