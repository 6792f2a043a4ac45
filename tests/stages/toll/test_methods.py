"""The worked examples of the methods page say what the program does."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.stages.toll.cases import claim, incident, origins
from uncounted.model.claims import Claim
from uncounted.stages.toll import incident_toll, load_policy, policy_names, said

PAGE = Path(__file__).parents[3] / "docs" / "methods-toll.md"
EXAMPLES = [tomllib.loads(block) for block in re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: "; ".join(example["toll"].values()))
def test_a_worked_example_gives_the_toll_beside_it(example: dict[str, Any]) -> None:
    held: dict[str, list[Claim]] = {}
    published: dict[str, str] = {}
    for number, told in enumerate(example["claims"]):
        fields = dict(told)
        origin, day = fields.pop("origin"), fields.pop("published", None)
        made = claim(f"k{number}", fields.pop("low", None), fields.pop("high", None), **fields)
        held.setdefault(origin, []).append(made)
        if day:
            published[made.document] = day
    every = [one for group in held.values() for one in group]
    by = origins(*(tuple(group) for group in held.values()))
    found = incident_toll(
        incident(*every), {one.id: one for one in every}, by, load_policy(example["policy"]), published
    )
    assert {f"{harm} {group}": said(one.low, one.high) for (harm, group), one in found.items()} == example["toll"]


def test_the_page_has_an_example_for_every_policy_that_counts_differently() -> None:
    assert {example["policy"] for example in EXAMPLES} == set(policy_names())
