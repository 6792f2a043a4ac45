"""An origin's tree (invented): from the first teller through those who passed it on to the claims."""

from uncounted.model.claims import Claim, Passage, Source
from uncounted.model.incidents import Origin
from uncounted.stages.assess.tree import lines, origin_tree

WIRE, PAPER = Source(name="Valley Wire", kind="agency"), Source(name="Morning Courier", kind="publisher")
HOSPITAL = Source(name="the district hospital", kind="medical")


def told(name: str, document: str, *chain: Source) -> Claim:
    return Claim(document=document, id=name, harm="killed", passage=Passage("9 died", 0, 6), attribution=chain)


CLAIMS = {
    one.id: one
    for one in (told("a", "d1", PAPER, WIRE, HOSPITAL), told("b", "d2", WIRE, HOSPITAL), told("c", "d3", HOSPITAL))
}
ORIGIN = Origin(id="o1", name="the district hospital", kind="medical", claims=("a", "b", "c"), reasons=("one teller",))


def test_a_chain_is_a_branch_from_the_first_teller_to_the_report() -> None:
    assert lines(origin_tree(ORIGIN, CLAIMS, {})) == [
        "the district hospital",
        "├─ Valley Wire",
        "│  ├─ Morning Courier",
        "│  │  └─ d1",
        "│  │     └─ “9 died” a",
        "│  └─ d2",
        "│     └─ “9 died” b",
        "└─ d3",
        "   └─ “9 died” c",
    ]


def test_every_claim_is_a_leaf_once_and_the_reasons_stand_at_the_root() -> None:
    tree = origin_tree(ORIGIN, CLAIMS, {})
    leaves = [line.rsplit(" ", 1)[1] for line in lines(tree) if "“" in line]
    assert sorted(leaves) == ["a", "b", "c"]
    assert tree.reasons == ("one teller",)
