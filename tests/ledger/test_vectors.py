"""The published test vectors of transparency-dev/merkle, where they lie at hand.

Set ``UNCOUNTED_MERKLE_VECTORS`` to the folder ``testdata`` of https://github.com/transparency-dev/merkle (Apache-2.0).
"""

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest

from uncounted.ledger.merkle import verify_consistency, verify_inclusion

FOLDER = os.environ.get("UNCOUNTED_MERKLE_VECTORS", "")

pytestmark = pytest.mark.skipif(not FOLDER, reason="set UNCOUNTED_MERKLE_VECTORS to the vectors' folder to run them")


def cases(kind: str) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted((Path(FOLDER) / kind).rglob("*.json"))]


def raw(words: str | None) -> bytes:
    return base64.b64decode(words or "")


def test_inclusion() -> None:
    found = cases("inclusion")
    assert len(found) >= 98
    for case in found:
        proof = [raw(value) for value in case["proof"] or []]
        holds = verify_inclusion(raw(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, raw(case["root"]))
        assert holds is not case["wantErr"], case


def test_consistency() -> None:
    found = cases("consistency")
    assert len(found) >= 98
    for case in found:
        proof = [raw(value) for value in case["proof"] or []]
        roots = raw(case["root1"]), raw(case["root2"])
        assert verify_consistency(case["size1"], case["size2"], proof, *roots) is not case["wantErr"], case
