"""Many incidents at once give the ranges and cells that they give one by one."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stages.toll.cases import claim, incident, origins
from uncounted.model.claims import Claim, Place, Relation
from uncounted.model.incidents import Incident, Origin
from uncounted.stages.toll import Policy, cells, incident_toll, load_policy, toll, tolls

POLICIES = {
    "literal": load_policy("literal"),
    "airwars": load_policy("airwars"),
    "largest": msgspec.structs.replace(load_policy("literal"), low_across="largest", units={"family": (3, 8)}),
}
Event = tuple[Incident, dict[str, Claim], tuple[Origin, ...], dict[str, str]]

GROUPS = ("people", "people", "civilians", "children", "women", "combatants", "health_workers")
DAYS = (
    "",
    "2025",
    "2025-03",
    "2025-03-04",
    "2025-03-04T23:30:00-05:00",
    "2025-03-05",
    "2025-03-05T08:00:00Z",
    "2025-03-05T09:00:00+03:00",
)


@st.composite
def one_claim(draw: Any, name: str, others: tuple[str, ...]) -> Claim:
    def pick(*values: Any) -> Any:
        return draw(st.sampled_from(values))

    low = draw(st.integers(0, 9))
    more = draw(st.integers(0, 4))
    quantifier = pick("exact", "exact", "at_least", "more_than", "at_most", "about", "range", "vague", "unquantified")
    bounds = {
        "exact": (low, low), "at_least": (low, None), "more_than": (low, None), "at_most": (None, low),
        "about": (low, low), "range": (low, low + more), "vague": pick((None, None), (low, None)),
        "unquantified": (None, None),
    }[str(quantifier)]  # fmt: skip
    kind = pick("plain", "plain", "plain", "plain", "single", "part", "update")
    fields: dict[str, Any] = {
        "harm": pick("killed", "killed", "killed", "injured", "casualties", "destroyed"),
        "group": pick(*GROUPS),
        "document": pick("d1", "d2", "d3"),
        "modality": pick("asserted", "asserted", "asserted", "estimated", "denied", "possible"),
        "scope": pick("incident", "incident", "incident", "cumulative"),
    }
    if kind == "single":
        return claim(name, 1, 1, victim=str(pick("Amal Odran", "Benat Sulu", "a baker")), **fields)
    if others and kind == "part":
        fields["subset_of"] = pick(*others)
    if others and kind == "update":
        fields["relations"] = (Relation("update_of", str(pick(*others))),)
    return claim(
        name, *bounds, quantifier=quantifier, unit=pick("person", "person", "person", "family"), text="dozens", **fields
    )


@st.composite
def event(draw: Any, name: str) -> Event:
    held: list[Claim] = []
    groups: list[list[Claim]] = [[], [], []]
    for number in range(draw(st.integers(1, 6))):
        made = draw(one_claim(f"{name}-{number}", tuple(one.id for one in held)))
        assert isinstance(made, Claim)
        held.append(made)
        where = draw(st.integers(0, 3))
        if isinstance(where, int) and where < 3:
            groups[where].append(made)
    told = tuple(
        msgspec.structs.replace(one, id=f"{name}-{one.id}") for one in origins(*(tuple(one) for one in groups if one))
    )
    place = Place(name=str(draw(st.sampled_from(["Mara", "Odra"]))))
    published = {one.document: str(draw(st.sampled_from(DAYS))) for one in held}
    return incident(*held, name=name, place=place), {one.id: one for one in held}, told, published


@settings(max_examples=60)
@given(st.data())
@pytest.mark.parametrize("policy", POLICIES)
def test_arrays_give_what_one_by_one_gives(policy: str, data: st.DataObject) -> None:
    rules: Policy = POLICIES[policy]
    events = [data.draw(event(f"i{number}")) for number in range(data.draw(st.integers(1, 3)))]
    claims = {name: one for _, held, _, _ in events for name, one in held.items()}
    by = {one.id: told for one, _, told, _ in events}
    when = {document: day for *_, published in events for document, day in published.items() if day}
    incidents = [one for one, *_ in events]
    slowly = {one.id: incident_toll(one, claims, by[one.id], rules, when, explain=False) for one in incidents}
    before = cells.MANY
    cells.MANY = 0
    try:
        quickly = tolls(incidents, claims, by, rules, when, explain=False)
        assert quickly == slowly
        for parts in ((), ("place", "group"), ("incident", "group")):
            assert toll(incidents, claims, by, rules, by=parts, published=when) == toll(
                incidents,
                claims,
                by,
                rules,
                by=parts,
                published=when,
                known=slowly,
            )
    finally:
        cells.MANY = before


def test_a_case_without_any_claim_has_no_cells() -> None:
    before = cells.MANY
    cells.MANY = 0
    try:
        assert toll([incident(claim("a", 1, 1))], {}, {}, POLICIES["literal"]) == ()
    finally:
        cells.MANY = before
